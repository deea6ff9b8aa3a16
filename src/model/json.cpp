// SPDX-License-Identifier: Apache-2.0
#include "model/json.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "model/describe.h"
#include "model/result_types.h"
#include "model/system.h"

namespace assay {
namespace {

using Json = nlohmann::ordered_json;

Json write(const std::string& value) { return value; }
Json write(bool value) { return value; }
Json write(const Date& value) { return value.text(); }
template <class T>
Json write(const std::optional<T>& value);
Json write(double value) {
  if (value == std::floor(value) && std::abs(value) < 9e15) return static_cast<std::int64_t>(value);
  return value;
}
template <class T>
Json write(const std::optional<T>& value) {
  return value ? write(*value) : Json(nullptr);
}

template <Worded E>
Json write(E value) {
  return word(value);
}

template <class T>
Json write(const std::vector<T>& values);
template <class T>
requires std::is_class_v<T> Json write(const T& value);

struct Writer {
  Json out = Json::object();

  template <class T>
  void required(const char* key, const T& value) {
    out[key] = write(value);
  }
  template <class T>
  void optional(const char* key, const T& value) {
    Json json = write(value);
    static const Json unset = write(T{});
    if (json != unset) out[key] = std::move(json);
  }
};

template <class T>
Json write(const std::vector<T>& values) {
  Json out = Json::array();
  for (const T& value : values) out.push_back(write(value));
  return out;
}

template <class T>
requires std::is_class_v<T> Json write(const T& value) {
  Writer writer;
  describe(writer, value);
  return std::move(writer.out);
}

// Reads what Writer wrote; the first fault wins.
struct Reader {
  const Json& in;
  std::string path;
  std::string& fault;
  std::size_t seen = 0;

  void fail(const std::string& at, const char* why) {
    if (fault.empty()) fault = at + ": " + why;
  }

  void read(const Json& json, std::string& value, const std::string& at) {
    if (json.is_string())
      value = json.get<std::string>();
    else
      fail(at, "a string is wanted");
  }
  void read(const Json& json, bool& value, const std::string& at) {
    if (json.is_boolean())
      value = json.get<bool>();
    else
      fail(at, "true or false is wanted");
  }
  void read(const Json& json, double& value, const std::string& at) {
    if (json.is_number())
      value = json.get<double>();
    else
      fail(at, "a number is wanted");
  }
  template <class T>
  void read(const Json& json, std::optional<T>& value, const std::string& at) {
    if (json.is_null()) return;
    value.emplace();
    read(json, *value, at);
  }
  void read(const Json& json, Date& value, const std::string& at) {
    std::string text;
    read(json, text, at);
    if (text.empty()) return;
    const auto date = parse_date(text);
    if (date.ok())
      value = *date;
    else
      fail(at, "a date is wanted");
  }
  template <Worded E>
  void read(const Json& json, E& value, const std::string& at) {
    std::string text;
    read(json, text, at);
    if (const auto found = from_word<E>(text))
      value = *found;
    else
      fail(at, "not one of the words allowed here");
  }
  template <class T>
  void read(const Json& json, std::vector<T>& values, const std::string& at) {
    if (!json.is_array()) return fail(at, "a list is wanted");
    for (const Json& item : json)
      read(item, values.emplace_back(), at + "/" + std::to_string(values.size() - 1));
  }
  template <class T>
  requires std::is_class_v<T>
  void read(const Json& json, T& value, const std::string& at) {
    if (!json.is_object()) return fail(at, "an object is wanted");
    Reader inner{json, at, fault};
    describe(inner, value);
    if (inner.seen != json.size()) fail(at, "an unknown key stands here");
  }

  template <class T>
  void required(const char* key, T& value) {
    if (!in.contains(key)) return fail(path + "/" + key, "missing");
    optional(key, value);
  }
  template <class T>
  void optional(const char* key, T& value) {
    const auto at = in.find(key);
    if (at == in.end()) return;
    ++seen;
    read(*at, value, path + "/" + key);
  }
};

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

template <class T>
std::string to_json(const T& value) {
  return dump(write(value));
}

template <class T>
Result<T> from_json(std::string_view json) {
  const Json parsed = Json::parse(json, nullptr, false);
  if (parsed.is_discarded()) return Error{Code::invalid, "not well-formed JSON"};
  T value{};
  std::string fault;
  Reader reader{parsed, {}, fault};
  reader.read(parsed, value, "");
  if (!fault.empty()) return Error{Code::invalid, fault};
  return value;
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  out.reserve(text.size() + 16);
  for (const char c : text) {
    if (c < ' ' || c >= '\x7f') return dump(Json(text));  // slower, and knows UTF-8
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out += '"';
}
std::string json_number(double value) { return dump(write(value)); }

#define ASSAY_JSON_OUT(T) template std::string to_json<T>(const T&);
#define ASSAY_JSON_BOTH(T) \
  ASSAY_JSON_OUT(T)        \
  template Result<T> from_json<T>(std::string_view);

ASSAY_JSON_BOTH(Measurement)
ASSAY_JSON_BOTH(Finding)
ASSAY_JSON_BOTH(Evidence)
ASSAY_JSON_BOTH(Attested)
ASSAY_JSON_BOTH(CheckEnd)
ASSAY_JSON_BOTH(ClauseResult)
ASSAY_JSON_BOTH(RunHeader)
ASSAY_JSON_BOTH(System)
ASSAY_JSON_OUT(std::vector<std::string>)
ASSAY_JSON_OUT(Text)
ASSAY_JSON_OUT(Standard)
ASSAY_JSON_OUT(Clause)
ASSAY_JSON_OUT(Control)
ASSAY_JSON_OUT(Condition)
ASSAY_JSON_OUT(Framework)
ASSAY_JSON_OUT(Item)
ASSAY_JSON_OUT(Part)
ASSAY_JSON_OUT(Edition)
ASSAY_JSON_OUT(Slot)
ASSAY_JSON_OUT(Mapping)
ASSAY_JSON_OUT(MappingSet)
ASSAY_JSON_OUT(Source)
ASSAY_JSON_OUT(Lexicon)
ASSAY_JSON_OUT(TimelineEvent)
ASSAY_JSON_OUT(ReferenceNote)

}  // namespace assay
