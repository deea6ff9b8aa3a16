// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/strings.h"
#include "label/label.h"

namespace assay::label {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxFields = 100;

// Collects the fields of the object at `level`, as events: repeated keys are kept, and values that
// nest cost nothing.
class Collector : public nlohmann::json_sax<Json> {
 public:
  explicit Collector(Label& out) : out_(out) {}
  std::string inner;  // the text value of "AIGC" in the wrapped form, or of the whole

  bool null() override { return add(FieldType::other, "null"); }
  bool boolean(bool value) override { return add(FieldType::other, value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override {
    return add(FieldType::number, std::to_string(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return add(FieldType::number, std::to_string(value));
  }
  bool number_float(number_float_t, const string_t& text) override {
    return add(FieldType::number, text);
  }
  bool string(string_t& value) override {
    if (depth_ == 0 || (depth_ == 1 && wraps_)) inner = value;
    return add(FieldType::text, value);
  }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override {
    if (depth_ == 1 && wraps_ && out_.form != Form::wrapped) {
      out_.form = Form::wrapped;
      out_.fields.clear();
    } else if (depth_ == 0) {
      out_.form = Form::bare;
    } else if (depth_ == level()) {
      add(FieldType::other, "{}");
    }
    ++depth_;
    return true;
  }
  bool end_object() override {
    --depth_;
    return true;
  }
  bool start_array(std::size_t) override {
    if (depth_ == level()) add(FieldType::other, "[]");
    ++depth_;
    return true;
  }
  bool end_array() override {
    --depth_;
    return true;
  }
  bool key(string_t& name) override {
    if (depth_ == 1) wraps_ = name == "AIGC";
    // In the wrapped form what stands beside "AIGC" is none of the label's.
    if (depth_ == level()) key_ = name;
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) override {
    return false;
  }

 private:
  int level() const { return out_.form == Form::wrapped ? 2 : 1; }

  bool add(FieldType type, std::string value) {
    if (depth_ != level() || (out_.form == Form::wrapped && !wraps_)) return true;
    if (out_.fields.size() < kMaxFields) out_.fields.push_back({key_, type, std::move(value)});
    return true;
  }

  Label& out_;
  int depth_ = 0;
  bool wraps_ = false;  // the key at depth 1 is "AIGC"
  std::string key_;
};

// Bytes of a Base64 or Base64url text; empty where it is none.
std::string decode_base64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int have = 0;
  while (text.ends_with('=')) text.remove_suffix(1);
  for (const char c : text) {
    std::uint32_t value = 0;
    if (c >= 'A' && c <= 'Z') {
      value = static_cast<std::uint32_t>(c - 'A');
    } else if (c >= 'a' && c <= 'z') {
      value = static_cast<std::uint32_t>(c - 'a' + 26);
    } else if (c >= '0' && c <= '9') {
      value = static_cast<std::uint32_t>(c - '0' + 52);
    } else if (c == '+' || c == '-') {
      value = 62;
    } else if (c == '/' || c == '_') {
      value = 63;
    } else {
      return {};
    }
    bits = (bits << 6 | value) & 0xffffff;
    have += 6;
    if (have >= 8) {
      have -= 8;
      out += static_cast<char>(bits >> have & 0xff);
    }
  }
  return out;
}

// Where the first JSON object of `text` ends, so that padding and neighbours behind it do not
// matter.
std::string_view first_object(std::string_view text) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text) {
      if (c == '\\') ++i;
      if (c == '"') in_text = false;
    } else if (c == '"') {
      in_text = true;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && --depth == 0) {
      return text.substr(0, i + 1);
    }
  }
  return text;
}

// Reads `text` into `out`; returns the text value where the object stands inside one.
std::string collect(std::string_view text, Label& out) {
  Label label;
  Collector collector(label);
  if (text.starts_with('{')) text = first_object(text);
  if (!Json::sax_parse(text.begin(), text.end(), &collector)) return {};
  if (label.form == Form::none) return collector.inner;
  label.base64 = out.base64;
  label.twice = out.twice;
  label.more = out.more;
  const bool only_wraps =
      label.form == Form::bare && label.fields.size() == 1 && label.fields[0].key == "AIGC";
  if (only_wraps) return collector.inner;
  out = std::move(label);
  return {};
}

}  // namespace

const Field* Label::find(std::string_view key) const {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& field) { return field.key == key; });
  return found == fields.end() ? nullptr : &*found;
}

std::string_view Label::text(std::string_view key) const {
  const Field* field = find(key);
  return field != nullptr && field->type == FieldType::text ? std::string_view(field->value)
                                                            : std::string_view();
}

Label parse(std::string_view value) {
  Label out;
  std::string text(trim(value));
  if (text.starts_with("AIGC{")) {
    text.erase(0, 4);
    out.more = true;
  }
  if (!text.starts_with('{') && !text.starts_with('"')) {
    text = decode_base64(text);
    out.base64 = trim(text).starts_with('{');
    if (!out.base64) return out;
    text = std::string(trim(text));
  }
  if (text.starts_with('{')) {
    const std::string_view behind = std::string_view(text).substr(first_object(text).size());
    out.more = out.more ||
               behind.find_first_not_of(std::string_view(" \t\r\n\0", 5)) != std::string_view::npos;
  }
  std::string inner = collect(text, out);
  if (out.form == Form::none && !inner.empty()) {
    out.twice = true;
    collect(trim(inner), out);
  }
  return out;
}

}  // namespace assay::label
