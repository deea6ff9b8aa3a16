// SPDX-License-Identifier: Apache-2.0
//
// The commands of `assay label` and what they share.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "cli/command.h"
#include "cli/sarif.h"
#include "label/check.h"
#include "label/explicit.h"

namespace assay::cli {

Result<int> label_read(Session& session);
Result<int> label_check(Session& session);
Result<int> label_write(Session& session);
Result<int> label_chime(Session& session);
Result<int> label_stamp(Session& session);
Result<int> label_sign(Session& session);
Result<int> label_verify(Session& session);
Result<int> label_code(Session& session);
Result<int> label_formats(Session& session);

// Something whose label is looked at: a file, or a member of an archive ("outer!inner").
struct LabelSubject {
  std::string path;          // as the user gave it
  fs::path file;             // where it lies
  bool member = false;       // of an archive
  bool listed = true;        // a file that a sample is drawn from
  fs::path name = {};        // its own, or the member's
  ByteSource* in = nullptr;  // its bytes; null where they cannot be read
  Error unread = {};         // why
};

// Files drawn from all that PATH names; see checks/sample.h.
struct LabelSample {
  std::size_t files = 0;
  std::string seed = "0";
};

// How files are looked at.
struct LabelWalk {
  label::Writer writer{};
  label::Traces traces = {};
  // Given each file with what was found in it, in order; an Error of it ends the walk.
  std::function<Status(const LabelSubject&, label::Checked&)> tell = {};
  std::optional<LabelSample> sample = {};  // all files where there is none
};

struct LabelWalked {
  std::size_t files = 0;  // that there are
  std::size_t drawn = 0;  // of them
  int code = 0;           // the exit code that the paths alone ask for
};

// Every file that PATH names, or those of a sample: folders and archives walked (an archive is
// drawn whole), "-" is a list on standard input, a path a line. --jobs threads read; the caller's
// tells. A path of the command line that is not there is wrong use.
Result<LabelWalked> each_label_subject(Session& session, const LabelWalk& how);

// Of several exit codes the one that says most: a fault that was found, then what could not be
// done, then what is undecided.
int worse(int a, int b);

// Calls `change` with each PATH and where its result goes: the PATH itself, or --output for one
// alone. One that fails is told and does not keep the others from it.
Result<int> each_file(Session& session,
                      const std::function<Status(const fs::path&, const fs::path&)>& change);

// A label that is seen, heard or read, and what is to be said of it.
struct ExplicitLabel {
  bool found = false;         // a whole one
  bool trace = false;         // of generation, for a platform: also in words of others
  bool decided = false;       // found, or surely not there
  std::string json = "null";  // null: not looked for
  std::vector<Flaw> told = {};
  SarifPlace place = {};
};

// Looks at texts, and at pictures, films and sound where `all` are asked for.
class ExplicitLooker {
 public:
  // `evidence`: the folder for pictures of what is seen and heard.
  static Result<ExplicitLooker> make(const Content& content, bool all,
                                     std::optional<fs::path> evidence);
  // An Error says nothing of the file: a program is missing, or the disk is full.
  Result<ExplicitLabel> look(const LabelSubject& subject, std::string_view format);

 private:
  ExplicitLooker() = default;
  Result<std::string> keep(const LabelSubject& subject, const label::Explicit& found);

  label::ExplicitRules rules_;
  bool all_ = false;
  std::optional<fs::path> evidence_;
  int kept_ = 0;
};
// The words of labels in pictures and how high they must be, by the content.
struct ExplicitWanted {
  label::SeenRules rules;
  double picture_height = 0;  // of the shortest side, in percent, at least
};
Result<ExplicitWanted> explicit_wanted(const Content& content);

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
