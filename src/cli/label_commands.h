// SPDX-License-Identifier: Apache-2.0
//
// The commands of `assay label` and what they share.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/files.h"
#include "cli/command.h"
#include "label/check.h"

namespace assay::cli {

Result<int> label_read(Session& session);
Result<int> label_check(Session& session);
Result<int> label_write(Session& session);
Result<int> label_chime(Session& session);
Result<int> label_sign(Session& session);
Result<int> label_verify(Session& session);
Result<int> label_code(Session& session);
Result<int> label_formats(Session& session);

// Something whose label is looked at: a file, or a member of an archive ("outer!inner").
struct LabelSubject {
  std::string path;          // as the user gave it
  fs::path file;             // where it lies
  bool member = false;       // of an archive
  fs::path name = {};        // its own, or the member's
  ByteSource* in = nullptr;  // its bytes; null where they cannot be read
  Error unread = {};         // why
};

// How files are looked at.
struct LabelWalk {
  label::Rules rules = {};
  label::Traces traces = {};
  // Given each file with what was found in it, in order; an Error of it ends the walk.
  std::function<Status(const LabelSubject&, label::Checked&)> tell = {};
};

// Every file that PATH names: folders and archives walked, "-" is a list on standard input, a path
// a line. --jobs threads read; the caller's tells.
Status each_label_subject(Session& session, const LabelWalk& how);

// A label that is seen or heard.
struct ExplicitLabel {
  bool found = false;
  std::string json = "null";  // null: not a picture, film or sound
  Text told = {};
};
Result<ExplicitLabel> look_for_explicit(const LabelSubject& subject, std::string_view format,
                                        const Content& content);

// The path and its label as JSON: the seven keys as they were read, or null.
std::string label_json(const label::Checked& checked);

// Ids of the clauses that a flaw of a file of `format` is about, by the measurement of the check.
class LabelClauses {
 public:
  explicit LabelClauses(const Content& content) : content_(content) {}
  const std::vector<std::string>& of(std::string_view flaw, std::string_view format);

 private:
  const Content& content_;
  std::map<std::string, std::vector<std::string>, std::less<>> known_;  // by measurement
};

}  // namespace assay::cli
