// SPDX-License-Identifier: Apache-2.0
#include "model/from_node.h"

namespace assay {
namespace {

constexpr bool is_ideograph(char32_t c) {
  return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

}  // namespace

bool has_chinese(std::string_view text) {
  for (std::size_t at = 0; at < text.size();)
    if (is_ideograph(next_code_point(text, at))) return true;
  return false;
}

void report_unknown_key(const Faults& faults, const Entry& entry,
                        const std::vector<std::string>& known) {
  if (const auto near = nearest(entry.key, known))
    faults.add(entry.at, FaultId::misspelt_key, {entry.key, *near});
  else
    faults.add(entry.at, FaultId::unknown_key, {entry.key, join(known, ", ")});
}

void report_unknown_reference(const Faults& faults, Place at, const std::string& key,
                              const std::string& name, const std::vector<std::string>& known) {
  if (const auto near = nearest(name, known))
    faults.add(at, FaultId::misspelt_reference, {key, name, *near});
  else
    faults.add(at, FaultId::unknown_reference, {key, name});
}

const std::string* NodeReader::text(const Node& node, const std::string& key) const {
  if (node.kind == NodeKind::scalar && !trim(node.text).empty()) return &node.text;
  const bool nothing = node.kind == NodeKind::null || node.kind == NodeKind::scalar;
  faults_.add(node.at, nothing ? FaultId::empty_value : FaultId::wants_text, {key});
  return nullptr;
}

void NodeReader::read(const Node& node, const std::string& key, std::string& value) const {
  // An overlay empties an optional text with "".
  if (rules_.stated_only && node.kind == NodeKind::scalar && node.quoted && node.text.empty())
    return value.clear();
  if (const std::string* found = text(node, key)) value = *found;
}

void NodeReader::read(const Node& node, const std::string& key, bool& value) const {
  const std::string* word = text(node, key);
  if (word == nullptr) return;
  if (*word == "true" || *word == "false")
    value = *word == "true";
  else
    faults_.add(node.at, FaultId::bad_boolean, {key, *word});
}

void NodeReader::read(const Node& node, const std::string& key, double& value) const {
  const std::string* word = text(node, key);
  if (word == nullptr) return;
  const auto number = to_number<double>(*word);
  if (number && std::isfinite(*number))
    value = *number;
  else
    faults_.add(node.at, FaultId::bad_number, {key, *word});
}

void NodeReader::read(const Node& node, const std::string& key,
                      std::optional<double>& value) const {
  // docs/formats/content.md: true is 1 and false is 0.
  if (node.text == "true" || node.text == "false") {
    value = node.text == "true" ? 1 : 0;
    return;
  }
  double number = 0;
  const std::size_t before = faults_.size();
  read(node, key, number);
  if (faults_.size() == before) value = number;
}

void NodeReader::read(const Node& node, const std::string& key, Date& value) const {
  const std::string* word = text(node, key);
  if (word == nullptr) return;
  const Result<Date> date = parse_date(*word);
  if (date.ok())
    value = *date;
  else
    faults_.add(node.at, FaultId::bad_date, {key, *word});
}

void NodeReader::read(const Node& node, const std::string& key, PlainText& value) const {
  if (node.kind == NodeKind::map) return read(node, key, static_cast<Text&>(value));
  if (const std::string* both = text(node, key)) value = PlainText(*both);
}

}  // namespace assay
