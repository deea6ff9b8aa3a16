// SPDX-License-Identifier: Apache-2.0
//
// The files that a description names under one key, folders walked, and what they have in common
// for checks that look at each.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/files.h"
#include "base/flaw.h"
#include "engine/check.h"

namespace assay::checks {

struct SubjectFile {
  fs::path path;
  std::string shown;  // below the folder of system.yaml where it lies there
};

struct SubjectFiles {
  std::vector<SubjectFile> files;  // sorted within each path of the description
  struct Unread {
    std::string shown;
    std::string why;
  };
  std::vector<Unread> unread;
  std::uint64_t population = 0;  // files that there are
  bool sampled() const { return files.size() < population; }
};

// All of them, or of the media outputs those of the sample that the description asks for.
SubjectFiles subject_files(const CheckInput& input, Input subject);

// The measurement that each kind of flaw is about, so that a clause can show what it rests on.
struct FlawMeasurement {
  std::string_view flaw;
  std::string_view measurement;
};

// Reports a flaw found in `file` as a finding at "file: place", about the measurement of `about`.
void report(Sink& sink, std::string_view check, const SubjectFile& file, Flaw flaw,
            std::span<const FlawMeasurement> about = {});
void report_unread(Sink& sink, std::string_view check, const SubjectFiles& subjects);

// Looks at each file that the description names under `subject`, and returns how many could not be
// read: those for which `look` ends in an Error, which are told, as is a sample. Code::internal and
// Code::interrupted end the walk; Code::io where no file at all could be read.
struct Walked {
  std::uint64_t unread = 0;
  std::uint64_t population = 0;
  bool sampled = false;
};
Result<Walked> each_file(const CheckInput& input, Sink& sink, std::string_view check, Input subject,
                         const std::function<Status(const SubjectFile&)>& look);

// A list of what was looked at, a line a file, kept as evidence: whole up to 1 MiB, else its
// digest.
class Listing {
 public:
  // The file's name, its digest and `rest`, in which a tab stands before each part.
  void file(const SubjectFile& file, std::string_view rest);
  void keep(Sink& sink, std::string_view check, std::string name);

 private:
  Sha256 digest_;
  std::string text_;
  double bytes_ = 0;
};

}  // namespace assay::checks
