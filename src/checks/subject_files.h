// SPDX-License-Identifier: Apache-2.0
//
// The files that a description names under one key, folders walked, and what they have in common
// for checks that look at each.
#pragma once

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
};

SubjectFiles subject_files(const CheckInput& input, Input subject);

// The measurement that each kind of flaw is about, so that a clause can show what it rests on.
struct FlawMeasurement {
  std::string_view flaw;
  std::string_view measurement;
};

// Reports a flaw found in `file` as a finding at "file: place", about the measurement of `about`.
void report(Sink& sink, std::string_view check, const SubjectFile& file, Flaw flaw,
            std::span<const FlawMeasurement> about = {});
void report_unread(Sink& sink, std::string_view check, std::string_view shown,
                   std::string_view why);
void report_unread(Sink& sink, std::string_view check, const SubjectFiles& subjects);

// A list of what was looked at, a line a file, kept as evidence: whole up to 1 MiB, else its
// digest.
class Listing {
 public:
  void line(const std::string& text);
  void keep(Sink& sink, std::string_view check, std::string name);

 private:
  Sha256 digest_;
  std::string text_;
  double bytes_ = 0;
};

}  // namespace assay::checks
