// SPDX-License-Identifier: Apache-2.0
#include "catalog/json_object.h"

#include "base/strings.h"
#include "model/json.h"

namespace assay::catalog {

std::string json_list(const std::vector<std::string>& items) {
  return "[" + join(items, ",") + "]";
}

JsonObject JsonObject::extend(std::string object) {
  JsonObject out;
  if (object.size() > 2) out.body_ = object.substr(1, object.size() - 2);
  return out;
}

JsonObject& JsonObject::raw(std::string_view key, std::string_view json) {
  if (!body_.empty()) body_ += ",";
  body_ += json_string(key);
  body_ += ":";
  body_ += json;
  return *this;
}

JsonObject& JsonObject::text(std::string_view key, std::string_view value) {
  return raw(key, json_string(value));
}

JsonObject& JsonObject::number(std::string_view key, double value) {
  return raw(key, json_number(value));
}

JsonObject& JsonObject::boolean(std::string_view key, bool value) {
  return raw(key, value ? "true" : "false");
}

JsonObject& JsonObject::strings(std::string_view key, const std::vector<std::string>& values) {
  std::vector<std::string> items;
  items.reserve(values.size());
  for (const std::string& value : values) items.push_back(json_string(value));
  return list(key, items);
}

JsonObject& JsonObject::list(std::string_view key, const std::vector<std::string>& items) {
  return raw(key, json_list(items));
}

}  // namespace assay::catalog
