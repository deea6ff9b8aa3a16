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

// Every file that PATH names: folders and archives walked, "-" is a list on standard input, a path
// a line. Stops at the first Error of `look`. The exit code that the paths alone ask for: that of
// wrong use where one of the command line is not there.
Result<int> each_label_subject(Session& session,
                               const std::function<Status(const LabelSubject&)>& look);

// Of several exit codes the one that says most: a fault that was found, then what could not be
// done, then what is undecided.
int worse(int a, int b);

// Calls `change` with each PATH and where its result goes: the PATH itself, or --output for one
// alone. One that fails is told and does not keep the others from it.
Result<int> each_file(Session& session,
                      const std::function<Status(const fs::path&, const fs::path&)>& change);

// The file's verdict; see label/check.h.
Result<label::Checked> check_subject(const LabelSubject& subject, label::Writer writer,
                                     const label::Traces& traces);

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
