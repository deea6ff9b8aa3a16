// SPDX-License-Identifier: Apache-2.0
//
// The verdict on one file, for the command line and for gateways.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "label/platform.h"

namespace assay::label {

enum class Verdict : std::uint8_t {
  compliant,
  noncompliant,  // a label is there, with a fault of severity medium or more
  none,          // all metadata could be read, and no label stands in them
  undecided,     // the file or a part of its metadata could not be read
};

std::string_view word(Verdict verdict);   // "noncompliant"
std::string_view word(Platform verdict);  // "confirmed"

struct Checked {
  Verdict verdict{};
  std::string format;  // empty where it is none that we read
  Reading reading;
  Judgement judgement;
  PlatformVerdict platform;
  std::vector<Flaw> flaws;  // all of them
};

// Never an Error for what is in the file: a broken or unknown one is undecided, with a flaw that
// says so. Code::io, Code::not_found and Code::interrupted are passed on.
Result<Checked> check(ByteSource& in, const std::filesystem::path& name, Writer writer,
                      const Traces& traces);
Result<Checked> check_file(const std::filesystem::path& path, Writer writer, const Traces& traces);

// The verdict on a file that could not be read at all.
Checked unread(const Error& why, const Traces& traces);

}  // namespace assay::label
