// SPDX-License-Identifier: Apache-2.0
#include "content/schema.h"

#include <fmt/format.h>

#include "model/from_node.h"
#include "model/json.h"
#include "model/system.h"

namespace assay::content {
namespace {

// What a type cannot say, by path of keys.
struct Extra {
  std::string_view path;
  std::string_view json;
};
constexpr Extra kExtras[] = {
    {"/id", R"("pattern":"^[a-z0-9.-]+$")"},
    {"/provider/credit_code", R"("pattern":"^[0-9A-HJ-NP-RTUW-Y]{18}$")"},
    {"/subjects/service", R"("pattern":"^https?://")"},
};

std::string text_schema(std::string_view path) {
  for (const Extra& extra : kExtras)
    if (extra.path == path) return fmt::format(R"({{"type":"string",{}}})", extra.json);
  return R"({"type":"string","minLength":1})";
}

template <Worded E>
std::string word_schema() {
  std::vector<std::string> words;
  std::vector<std::string> names;
  for (const auto& row : Words<E>::table) {
    if (std::ranges::find(kUnwritten, row.word) != std::end(kUnwritten)) continue;
    words.push_back(json_string(row.word));
    names.push_back(fmt::format("{}: {} / {}", row.word, row.name.en, row.name.zh));
  }
  return fmt::format(R"({{"enum":[{}],"description":{}}})", join(words, ","),
                     json_string(join(names, "; ")));
}

// The visitor that turns a describe() into the schema of its keys.
class SchemaWriter {
 public:
  explicit SchemaWriter(std::string path) : path_(std::move(path)) {}

  // A list that must be there must not be empty either.
  template <class T>
  void required(const char* key, const T& value) {
    required_.push_back(json_string(key));
    add(key, value, R"(,"minItems":1)");
  }
  template <class T>
  void optional(const char* key, const T& value) {
    add(key, value, "");
  }

  std::string body() const {
    const std::string wanted =
        required_.empty() ? "" : fmt::format(R"(,"required":[{}])", join(required_, ","));
    return fmt::format(R"("type":"object","properties":{{{}}}{},"additionalProperties":false)",
                       join(properties_, ","), wanted);
  }

 private:
  template <class T>
  void add(const char* key, const T& value, std::string_view of_list) {
    const std::string path = fmt::format("{}/{}", path_, key);
    properties_.push_back(fmt::format("{}:{}", json_string(key), schema(value, path, of_list)));
  }

  static std::string schema(const std::string&, const std::string& path, std::string_view) {
    return text_schema(path);
  }
  static std::string schema(double, const std::string&, std::string_view) {
    return R"({"type":"integer","minimum":0})";
  }
  template <Worded E>
  static std::string schema(const E&, const std::string&, std::string_view) {
    return word_schema<E>();
  }
  template <class T>
  static std::string schema(const std::vector<T>&, const std::string& path,
                            std::string_view of_list) {
    return fmt::format(R"({{"type":"array","items":{}{},"uniqueItems":true}})",
                       schema(T{}, path, ""), of_list);
  }
  template <class T>
  requires std::is_class_v<T>
  static std::string schema(const T& value, const std::string& path, std::string_view) {
    SchemaWriter inner(path);
    describe(inner, value);
    return fmt::format("{{{}}}", inner.body());
  }

  std::string path_;
  std::vector<std::string> properties_;
  std::vector<std::string> required_;
};

}  // namespace

std::string system_schema() {
  SchemaWriter writer("");
  const System system;
  describe(writer, system);
  return fmt::format(
      R"({{"$schema":"http://json-schema.org/draft-07/schema#","title":"assay system.yaml",{}}})",
      writer.body());
}

}  // namespace assay::content
