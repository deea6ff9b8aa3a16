// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace assay::artifact {

// What a call must be given to be harmless.
enum class ArgumentRule : std::uint8_t {
  any,
  latin1,       // a text and the codec name latin1: other codecs import modules
  object_base,  // a class, builtins.object and None
};

// The names that a pickle may import and call. What is not on it is not vouched for.
class AllowList {
 public:
  // `value` is "module name", letter for letter; `argument` is "", "latin1" or "object-base". A
  // Python 2 spelling stands for its Python 3 name, since only old protocols can mean it.
  Status add(std::string_view value, std::string_view argument);

  std::optional<ArgumentRule> find(std::string_view module, std::string_view name) const;
  bool empty() const { return rows_.empty(); }

 private:
  std::map<std::pair<std::string, std::string>, ArgumentRule, std::less<>> rows_;
};

}  // namespace assay::artifact
