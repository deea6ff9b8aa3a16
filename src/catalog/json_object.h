// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::catalog {

// A JSON object written key by key, for results that have no describe().
class JsonObject {
 public:
  JsonObject() = default;
  // Goes on with an object that to_json() wrote.
  static JsonObject extend(std::string object);

  JsonObject& text(std::string_view key, std::string_view value);
  JsonObject& number(std::string_view key, double value);
  JsonObject& boolean(std::string_view key, bool value);
  JsonObject& strings(std::string_view key, const std::vector<std::string>& values);
  // `json` is put in as it stands; so is each of `items`, as a list.
  JsonObject& raw(std::string_view key, std::string_view json);
  JsonObject& list(std::string_view key, const std::vector<std::string>& items);

  std::string str() const { return "{" + body_ + "}"; }

 private:
  std::string body_;
};

std::string json_list(const std::vector<std::string>& items);

}  // namespace assay::catalog
