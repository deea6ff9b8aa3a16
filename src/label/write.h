// SPDX-License-Identifier: Apache-2.0
//
// Writing the label of GB 45438-2025 into a file, to the place that its container's guide names;
// everything else in the file stays as it is.
#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "label/label.h"

namespace assay::label {

// Annex E g) to i): who generates a file fills all fields; who spreads it replaces the
// propagator's and keeps the rest.
enum class Role : std::uint8_t { producer, propagator };

struct Request {
  Role role{};
  std::array<std::optional<std::string>, kKeyCount> values;  // in the order of kKeys
  bool replace = false;      // put the new label in place of whatever labels are there
  bool will_resign = false;  // the file may hold a C2PA signature, which any change breaks
};

struct Written {
  std::string format;
  std::string where;  // the label's place, as read back
  std::string value;
  bool changed = false;  // false: the label was there already, and the file is as it was
};

// Is it one object of the seven keys, all texts, and nothing else?
bool whole(const Label& label);

// The seven fields as the JSON text of Annex E b): no spaces, all strings. Code::invalid where a
// required one is empty or a character is not allowed.
Result<std::string> compose(const std::array<std::string, kKeyCount>& fields);

// Writes the label into `path` and puts the result at `out`, which may be the same path: beside it
// first, read back, then renamed. Code::invalid where another label is there already (see
// Request::replace), Code::unsupported where the container cannot be written.
Result<Written> write_file(const std::filesystem::path& path, const Request& request,
                           const std::filesystem::path& out);

// Code::invalid where the file holds a C2PA manifest store.
Status refuse_signed(ByteSource& in);

// The same for the label `value` as it is; it takes the place of all labels in the file. `reading`
// is what read() said of `in`, the file at `path`. `accept` sees the new file as it was read back,
// before it takes the place of `out`.
using Accept = std::function<Status(ByteSource& in, const Reading& reading)>;
Result<Written> put_label(FileSource& in, const Reading& reading, const std::string& value,
                          const std::filesystem::path& path, const std::filesystem::path& out,
                          const Accept& accept = {});

// The change that leaves exactly the label `value` in the agreed place, and none elsewhere; with no
// value, no label at all. Code::unsupported where a label is not ours to take out.
Result<formats::Change> change_to(const Reading& reading, const std::optional<std::string>& value);

}  // namespace assay::label
