// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "report/report.h"

namespace assay::report {

// Gathers the small pieces of a report and hands them to `out` in blocks. After the first Error of
// `out` it swallows the rest, and finish() tells. Borrows `out`, which must outlive it.
class Sheet {
 public:
  explicit Sheet(const Out& out) : out_(out) {}

  void put(std::string_view piece);
  bool failed() const { return !status_.ok(); }
  Status finish();

 private:
  void flush();

  const Out& out_;
  std::string block_;
  Status status_ = Done{};
};

}  // namespace assay::report
