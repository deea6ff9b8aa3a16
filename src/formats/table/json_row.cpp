// SPDX-License-Identifier: Apache-2.0
#include "formats/table/json_row.h"

#include <simdjson.h>

#include <string>

namespace assay::formats::table {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

void append_text(std::string& out, const element& value) {
  switch (value.type()) {
    case element_type::STRING: out += std::string_view(value.get_string().value_unsafe()); return;
    case element_type::NULL_VALUE: return;
    default: out += simdjson::minify(value);
  }
}

std::string text_of(const element& value) {
  std::string out;
  simdjson::dom::array members;
  if (value.get_array().get(members) != simdjson::SUCCESS) {
    append_text(out, value);
    return out;
  }
  for (const element member : members) {
    if (!out.empty()) out += ';';
    append_text(out, member);
  }
  return out;
}

}  // namespace

struct JsonRow::Parser {
  simdjson::dom::parser parser;
};

JsonRow::JsonRow() : parser_(std::make_unique<Parser>()) {}
JsonRow::~JsonRow() = default;
JsonRow::JsonRow(JsonRow&&) noexcept = default;
JsonRow& JsonRow::operator=(JsonRow&&) noexcept = default;

bool JsonRow::read(std::string_view text,
                   const std::function<void(std::string_view, std::string_view)>& on_field) {
  element root;
  if (parser_->parser.parse(text.data(), text.size(), true).get(root) != simdjson::SUCCESS)
    return false;
  simdjson::dom::object object;
  if (root.get_object().get(object) != simdjson::SUCCESS) return false;
  for (const auto& field : object) {
    if (field.value.type() == element_type::STRING) {
      on_field(field.key, field.value.get_string().value_unsafe());
    } else {
      on_field(field.key, text_of(field.value));
    }
  }
  return true;
}

}  // namespace assay::formats::table
