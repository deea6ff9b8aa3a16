// SPDX-License-Identifier: Apache-2.0
#include "artifact/allow_list.h"

#include "artifact/python2_names.h"

namespace assay::artifact {
namespace {

std::optional<ArgumentRule> rule(std::string_view word) {
  if (word.empty()) return ArgumentRule::any;
  if (word == "latin1") return ArgumentRule::latin1;
  if (word == "object-base") return ArgumentRule::object_base;
  return std::nullopt;
}

}  // namespace

Status AllowList::add(std::string_view value, std::string_view argument) {
  const std::size_t space = value.find(' ');
  const bool two_words = space != std::string_view::npos && space != 0 &&
                         space + 1 < value.size() &&
                         value.find(' ', space + 1) == std::string_view::npos;
  if (!two_words)
    return Error{Code::invalid, "'" + std::string(value) + "' is not \"module name\""};
  const std::optional<ArgumentRule> found = rule(argument);
  if (!found)
    return Error{Code::invalid, "unknown argument rule '" + std::string(argument) + "'", 0,
                 std::string(value), "use latin1, object-base or nothing"};
  const QualifiedName name = python3_name({value.substr(0, space), value.substr(space + 1)});
  rows_.insert_or_assign({std::string(name.module), std::string(name.name)}, *found);
  return Done{};
}

std::optional<ArgumentRule> AllowList::find(std::string_view module, std::string_view name) const {
  const auto found = rows_.find(std::pair(std::string(module), std::string(name)));
  if (found == rows_.end()) return std::nullopt;
  return found->second;
}

}  // namespace assay::artifact
