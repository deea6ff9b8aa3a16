// SPDX-License-Identifier: Apache-2.0
#include "report/sheet.h"

namespace assay::report {
namespace {

constexpr std::size_t kBlockBytes = 64 * 1024;

}  // namespace

void Sheet::put(std::string_view piece) {
  if (failed()) return;
  block_ += piece;
  if (block_.size() >= kBlockBytes) flush();
}

Status Sheet::finish() {
  if (!failed()) flush();
  return status_;
}

void Sheet::flush() {
  if (!block_.empty()) status_ = out_(block_);
  block_.clear();
}

}  // namespace assay::report
