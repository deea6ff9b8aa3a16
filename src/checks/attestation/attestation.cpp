// SPDX-License-Identifier: Apache-2.0
//
// What people attest: a file of statements, each with a signer, dates and evidence by digest.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/messages.h"
#include "checks/common.h"
#include "checks/subject_files.h"
#include "model/from_node.h"

namespace assay::checks::attestation {

enum class Outcome : std::uint8_t { unstated, satisfied, not_satisfied };

struct EvidenceFile {
  std::string file;    // relative to the folder of the attestation file
  std::string sha256;  // hexadecimal
};

struct Statement {
  std::string target;
  Outcome result{};
  Text statement;
  std::string signer;
  std::string role;
  Date date;
  Date valid_until;
  std::vector<EvidenceFile> evidence;
};

template <class V, Is<EvidenceFile> T>
void describe(V& v, T& t) {
  v.required("file", t.file);
  v.required("sha256", t.sha256);
}

// The signer may be absent here: who forgot it is told so in the words of an attestation.
template <class V, Is<Statement> T>
void describe(V& v, T& t) {
  v.required("target", t.target);
  v.required("result", t.result);
  v.optional("statement", t.statement);
  v.optional("signer", t.signer);
  v.optional("role", t.role);
  v.required("date", t.date);
  v.required("valid_until", t.valid_until);
  v.optional("evidence", t.evidence);
}

}  // namespace assay::checks::attestation

namespace assay {

template <>
struct Words<checks::attestation::Outcome> {
  using Outcome = checks::attestation::Outcome;
  static constexpr std::array<Word<Outcome>, 3> table = {{
      {Outcome::unstated, "unstated", {"未说明", "unstated"}},
      {Outcome::satisfied, "satisfied", {"符合", "satisfied"}},
      {Outcome::not_satisfied, "not-satisfied", {"不符合", "not satisfied"}},
  }};
};

}  // namespace assay

namespace assay::checks::attestation {
namespace {

constexpr std::string_view kId = "attestation";
constexpr std::uint64_t kKeep = 1 << 20;  // evidence up to here is kept whole

constexpr std::array<CheckMeasurement, 2> kMeasurements = {{
    {"accepted", Input::attestations, {"被接受的证明", "attestations accepted"}},
    {"refused", Input::attestations, {"未被接受的证明", "attestations refused"}},
}};

struct Trouble {
  std::string_view id;
  StaticText message;  // {} is the detail
  StaticText mend;
};

constexpr Trouble kUnknownTarget = {
    "unknown-target",
    {"“{}”不是本内容中的控制项或条款", "'{}' is neither a control nor a clause of the content"},
    {"用 assay plan 查出待人工的控制项并填写其标识",
     "fill in the id that assay plan shows for the control"}};
constexpr Trouble kSignerMissing = {
    "signer-missing",
    {"没有签署人{}", "nobody signed it{}"},
    {"填写签署人的姓名和职务", "fill in the signer's name and role"}};
constexpr Trouble kNotYetValid = {
    "not-yet-valid",
    {"签署日期 {} 晚于评估日期", "its date {} lies after the day of the assessment"},
    {"核对日期，或用更晚的评估日期", "check the date, or assess as of a later day"}};
constexpr Trouble kExpired = {"attestation-expired",
                              {"有效期已于 {} 届满", "it was valid until {} only"},
                              {"重新核实并签署", "look again and sign anew"}};
constexpr Trouble kDates = {
    "attestation-dates",
    {"有效期 {} 早于签署日期", "it is valid until {}, which lies before its date"},
    {"改正两个日期", "correct the two dates"}};
constexpr Trouble kNoEvidence = {
    "evidence-missing",
    {"没有列出证据文件{}", "it names no file of evidence{}"},
    {"列出至少一个证据文件及其 SHA-256", "name at least one file of evidence with its SHA-256"}};
constexpr Trouble kEvidenceMissing = {
    "evidence-missing",
    {"证据文件无法读取：{}", "a file of evidence cannot be read: {}"},
    {"把文件放到所写的位置，或改正路径",
     "put the file where it is said to be, or correct the path"}};
constexpr Trouble kEvidenceChanged = {"evidence-changed",
                                      {"证据文件 {} 的内容与所写的 SHA-256 不符",
                                       "the file {} is not the one whose SHA-256 was attested"},
                                      {"核对文件后重新签署", "look at the file and sign anew"}};
constexpr Trouble kBadDigest = {"evidence-digest",
                                {"“{}”不是 SHA-256", "'{}' is no SHA-256"},
                                {"写出 sha256sum 给出的 64 位十六进制数",
                                 "write the 64 hexadecimal digits that sha256sum gives"}};
constexpr Trouble kConflict = {
    "attestation-conflict",
    {"对“{}”有互相矛盾的有效证明", "valid attestations contradict each other on '{}'"},
    {"保留一份，撤回另一份", "keep one and withdraw the other"}};

// A file of evidence that is what the attestation says; its bytes where it is small.
struct Kept {
  Evidence evidence;
  std::string bytes;
};

class Run {
 public:
  Run(const CheckInput& input, Sink& sink) : input_(input), sink_(sink) {}

  Status operator()() {
    SubjectFiles subjects = subject_files(input_, Input::attestations);
    report_unread(sink_, kId, subjects);
    std::erase_if(subjects.files, [](const SubjectFile& file) {
      const std::string ending = to_lower(file.path.extension().string());
      return ending != ".yaml" && ending != ".yml";  // a folder holds the evidence too
    });
    if (subjects.files.empty())
      return Error{Code::io, "no attestation could be read", 0, "subjects.attestations",
                   "name YAML files, or folders that hold some"};
    std::uint64_t done = 0;
    for (const SubjectFile& file : subjects.files) {
      if (input_.stop.stop_requested()) return Error{Code::interrupted, "interrupted"};
      read(file);
      sink_.progress(++done, subjects.files.size());
    }
    report_conflicts();
    for (Attested& attested : accepted_) sink_.attested(std::move(attested));
    measure_count(sink_, kId, "accepted", accepted_.size(), "attestations");
    measure_count(sink_, kId, "refused", refused_, "attestations");
    return Done{};
  }

 private:
  // A file with faults is read by nobody: half a list could hide the other half.
  void read(const SubjectFile& file) {
    std::vector<Fault> faults;
    const auto statements = read_list<Statement>(file.path, "attestations", faults);
    for (const Fault& fault : faults)
      sink_.finding({std::string(kId), "attestation-file", Severity::high,
                     fmt::format("{}:{}:{}", file.shown, fault.at.line, fault.at.column),
                     fault_message(fault), fault_mend(fault)});
    if (!statements.ok()) {
      ++refused_;
      return;
    }
    for (std::size_t i = 0; i < statements->size(); ++i)
      judge(file, (*statements)[i], fmt::format("{}: attestation {}", file.shown, i + 1));
  }

  void judge(const SubjectFile& file, const Statement& statement, const std::string& where) {
    trouble_ = {};
    kept_.clear();
    const std::string_view target = statement.target;
    if (find_control(input_.content, target) == nullptr &&
        find_clause(input_.content, target) == nullptr)
      say(kUnknownTarget, where, printable(target));
    if (trim(statement.signer).empty()) say(kSignerMissing, where, "");
    judge_dates(statement, where);
    Attested attested{statement.target,    statement.result == Outcome::satisfied,
                      statement.signer,    statement.role,
                      statement.date,      statement.valid_until,
                      statement.statement, {}};
    if (statement.evidence.empty()) say(kNoEvidence, where, "");
    for (const EvidenceFile& evidence : statement.evidence)
      look_at(file, evidence, where, attested);
    if (!trouble_.empty()) {
      ++refused_;
      attested.evidence.clear();
      attested.refused = std::move(trouble_);
      sink_.attested(std::move(attested));
      return;
    }
    for (Kept& kept : kept_) sink_.evidence(std::move(kept.evidence), kept.bytes);
    accepted_.push_back(std::move(attested));
  }

  void judge_dates(const Statement& statement, const std::string& where) {
    if (order(statement.valid_until, statement.date) < 0)
      say(kDates, where, statement.valid_until.text());
    if (order(statement.date, input_.as_of) > 0) say(kNotYetValid, where, statement.date.text());
    if (order(statement.valid_until, input_.as_of) < 0)
      say(kExpired, where, statement.valid_until.text());
  }

  void look_at(const SubjectFile& by, const EvidenceFile& evidence, const std::string& where,
               Attested& attested) {
    const fs::path path = by.path.parent_path() / evidence.file;
    const std::string name = printable(evidence.file, 400);
    const Result<Digest> want = parse_digest(to_lower(evidence.sha256));
    if (!want.ok()) return say(kBadDigest, where, printable(evidence.sha256, 80));
    const Result<FileReader> file = FileReader::open(path);
    if (!file.ok()) return say_unread(where, name, file.error());
    std::string bytes;
    if (file->size() <= kKeep) {
      Result<std::string> whole = read_file(path, kKeep);
      if (!whole.ok()) return say_unread(where, name, whole.error());
      bytes = std::move(whole).value();
    }
    const Result<Digest> have =
        file->size() <= kKeep ? Result<Digest>(sha256(as_raw(bytes))) : sha256_file(path);
    if (!have.ok()) return say_unread(where, name, have.error());
    if (*have != *want) return say(kEvidenceChanged, where, name);
    const fs::path shown = fs::path(by.shown).parent_path() / evidence.file;
    Evidence kept{std::string(kId), shown.generic_string(), hex(*have),
                  static_cast<double>(file->size()), ""};
    attested.evidence.push_back(kept);
    kept_.push_back({std::move(kept), std::move(bytes)});
  }

  void say_unread(const std::string& where, const std::string& name, const Error& error) {
    say(kEvidenceMissing, where,
        Text{name + "：" + in(error.what, Language::zh), name + ": " + error.what});
  }

  void say(const Trouble& trouble, const std::string& where, const std::string& detail) {
    say(trouble, where, Text{detail, detail});
  }

  void say(const Trouble& trouble, const std::string& where, const Text& detail) {
    const Text message = {fmt::format(fmt::runtime(trouble.message.zh), detail.zh),
                          fmt::format(fmt::runtime(trouble.message.en), detail.en)};
    if (trouble_.empty()) trouble_ = message;
    sink_.finding({std::string(kId), std::string(trouble.id), Severity::high, where, message,
                   trouble.mend.text()});
  }

  void report_conflicts() {
    std::map<std::string, bool> said;
    std::map<std::string, bool> reported;
    for (const Attested& attested : accepted_) {
      const auto [first, fresh] = said.emplace(attested.target, attested.satisfied);
      if (fresh || first->second == attested.satisfied) continue;
      if (reported.emplace(attested.target, true).second)
        say(kConflict, "subjects.attestations", printable(attested.target));
    }
  }

  const CheckInput& input_;
  Sink& sink_;
  Text trouble_;            // the first thing wrong with the attestation at hand
  std::vector<Kept> kept_;  // its evidence
  std::uint64_t refused_ = 0;
  std::vector<Attested> accepted_;
};

Status run(const CheckInput& input, Sink& sink) { return Run(input, sink)(); }

}  // namespace

extern const Check kCheck = {
    kId, {"人工证明及其证据", "Attestations and their evidence"}, 1, kMeasurements, run};

}  // namespace assay::checks::attestation
