// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string_view>

namespace assay::formats::table {

// Reads one JSON object at a time (simdjson). An array's members are joined with ";", an object
// inside stays JSON text, null is no value.
class JsonRow {
 public:
  JsonRow();
  ~JsonRow();
  JsonRow(JsonRow&&) noexcept;
  JsonRow& operator=(JsonRow&&) noexcept;

  // Calls `on_field` for every key of the object in `text`, in order; false where `text` is no
  // single JSON object. What is handed out lives until the call returns.
  bool read(std::string_view text,
            const std::function<void(std::string_view key, std::string_view value)>& on_field);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace assay::formats::table
