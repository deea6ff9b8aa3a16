// SPDX-License-Identifier: Apache-2.0
//
// JSON of every type with a describe(): one line, keys in the order of describe(), absent where
// optional and default. Heavy header in json.cpp only; the types that may be used are listed there.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace assay {

template <class T>
std::string to_json(const T& value);

// Refuses unknown keys, wrong types and missing keys with Code::invalid and the key's path.
template <class T>
Result<T> from_json(std::string_view json);

// `text` as a JSON string with its quotes. Ill-formed UTF-8 is replaced with U+FFFD.
std::string json_string(std::string_view text);

// A number as JSON writes it, without a needless fraction: 4000, 97.5.
std::string json_number(double value);

}  // namespace assay
