// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/messages.h"
#include "base/strings.h"
#include "catalog/json_object.h"
#include "checks/sample.h"
#include "cli/label_commands.h"
#include "cli/sarif.h"
#include "label/c2pa.h"
#include "model/result_types.h"

namespace assay::cli {
namespace {

using catalog::JsonObject;

constexpr StaticText name_of(label::Verdict verdict) {
  switch (verdict) {
    case label::Verdict::compliant: return {"符合", "compliant"};
    case label::Verdict::noncompliant: return {"不符合", "not compliant"};
    case label::Verdict::none: return {"无标识", "no label"};
    case label::Verdict::undecided: return {"未判定", "undecided"};
  }
  return {};
}

constexpr StaticText name_of(label::Platform verdict) {
  switch (verdict) {
    case label::Platform::confirmed: return {"属于生成合成内容", "confirmed as generated"};
    case label::Platform::possible: return {"可能为生成合成内容", "possibly generated"};
    case label::Platform::suspected: return {"疑似生成合成内容", "suspected to be generated"};
    case label::Platform::none: return {"无", "none"};
  }
  return {};
}

std::string_view word(label::C2paVerdict verdict) {
  constexpr std::array<std::string_view, 5> kWords = {"none", "valid", "valid-untrusted", "invalid",
                                                      "undecided"};
  return kWords[static_cast<std::size_t>(verdict)];
}

class Checker {
 public:
  Checker(Session& session, const Content& content, ExplicitLooker looker)
      : session_(session), clauses_(content), looker_(std::move(looker)) {
    writer_ = session.flag("--received") ? label::Writer::later : label::Writer::first;
    traces_.declared = session.flag("--declared");
  }

  label::Writer writer() const { return writer_; }
  const label::Traces& traces() const { return traces_; }

  Status look(const LabelSubject& subject, label::Checked& checked) {
    ++counts_[static_cast<std::size_t>(checked.verdict)];
    TRY(look_further(subject, checked));
    take_into_sample(subject, checked.verdict);
    if (session_.flag("--sarif"))
      add_sarif(subject, checked);
    else if (session_.json())
      session_.out(json(subject, checked) + "\n");
    else
      show(subject, checked);
    return Done{};
  }

  void finish() {
    if (session_.flag("--sarif")) session_.out(sarif_.str() + "\n");
    std::string line;
    for (std::size_t i = 0; i < counts_.size(); ++i)
      line += fmt::format("{}{} {}", i == 0 ? "" : ", ",
                          session_.say(name_of(static_cast<label::Verdict>(i))), counts_[i]);
    if (counts_[0] + counts_[1] + counts_[2] + counts_[3] != 1) session_.note(line + "\n");
  }

  // What the drawn files say of all of them.
  void tell_sample(const LabelSample& sample, const LabelWalked& walked) {
    end_file();
    if (session_.json()) return session_.out(sample_json(sample, walked) + "\n");
    session_.note(fmt::format(
        fmt::runtime(session_.say("抽样：按种子 {} 从 {} 个文件中抽取，检查 {} 个\n",
                                  "sample: by the seed {} from {} files, {} looked at\n")),
        printable(sample.seed, 80), walked.files, walked.drawn));
    for (const Tally& tally : tallies_) {
      if (tally.open == walked.drawn && !explicit_asked()) continue;  // nothing was looked at
      const Range range = range_of(tally, walked);
      session_.note(fmt::format(
          "  {}: {:.1f} % [{:.1f} %, {:.1f} %] ({}/{}{})\n", session_.say(tally.title),
          range.percent, range.low, range.high, tally.hold, walked.drawn,
          tally.open == 0 ? ""
                          : fmt::format(", {} {}", session_.say("未判定", "open"), tally.open)));
    }
    session_.note(session_.say(
        "  方括号内为 95 % "
        "精确置信限（Clopper–Pearson），未判定的两种可能都计入；总体较小时真实区间更窄\n",
        "  in brackets exact 95 % limits (Clopper-Pearson), whichever way the open ones fall; of "
        "few "
        "files they are closer\n"));
  }

  int code() const {
    const auto count = [&](label::Verdict v) { return counts_[static_cast<std::size_t>(v)]; };
    const bool missing = session_.flag("--require") && count(label::Verdict::none) > 0;
    if (count(label::Verdict::noncompliant) > 0 || missing) return 1;
    const bool nothing = counts_ == std::array<std::uint64_t, 4>{};
    return count(label::Verdict::undecided) > 0 || nothing ? 3 : 0;
  }

 private:
  // Of the drawn files, an archive being one: those that hold, and those that are not decided.
  struct Tally {
    std::string_view key;
    StaticText title;
    std::uint64_t hold = 0, open = 0;
  };
  // In percent; exact limits over what the open ones may turn out to be.
  struct Range {
    double percent = 0, low = 0, high = 0;
  };
  static Range range_of(const Tally& tally, const LabelWalked& walked) {
    const checks::Share least = checks::share_of(tally.hold, walked.drawn);
    const checks::Share most = checks::share_of(tally.hold + tally.open, walked.drawn);
    const bool all = walked.drawn == walked.files;
    return {least.percent, all ? least.percent : least.low, all ? most.percent : most.high};
  }

  // What is known of the file under way, over all members of an archive.
  struct FileSoFar {
    fs::path path;
    std::array<bool, 2> wrong{}, open{};
  };

  void take_into_sample(const LabelSubject& subject, label::Verdict verdict) {
    if (!subject.listed) return;
    if (!file_ || file_->path != subject.file) {
      end_file();
      file_ = FileSoFar{subject.file, {}, {}};
    }
    const bool undecided = verdict == label::Verdict::undecided;
    file_->open[0] = file_->open[0] || undecided;
    file_->wrong[0] = file_->wrong[0] || (!undecided && verdict != label::Verdict::compliant);
    file_->open[1] = file_->open[1] || !explicit_.decided;
    file_->wrong[1] = file_->wrong[1] || (explicit_.decided && !explicit_.found);
  }

  void end_file() {
    if (!file_) return;
    for (std::size_t i = 0; i < tallies_.size(); ++i) {
      if (file_->wrong[i]) continue;
      ++(file_->open[i] ? tallies_[i].open : tallies_[i].hold);
    }
    file_.reset();
  }

  std::string sample_json(const LabelSample& sample, const LabelWalked& walked) const {
    JsonObject out;
    out.number("population", static_cast<double>(walked.files))
        .number("looked", static_cast<double>(walked.drawn))
        .text("seed", sample.seed)
        .text("method", "lowest SHA-256 of seed, line feed, path");
    for (const Tally& tally : tallies_) {
      const Range range = range_of(tally, walked);
      out.raw(tally.key, JsonObject()
                             .number("count", static_cast<double>(tally.hold))
                             .number("open", static_cast<double>(tally.open))
                             .number("percent", range.percent)
                             .number("low", range.low)
                             .number("high", range.high)
                             .str());
    }
    return JsonObject().raw("sample", out.str()).str();
  }

  // What is asked for beyond the label in the metadata: what is seen or heard, and C2PA.
  Status look_further(const LabelSubject& subject, label::Checked& checked) {
    label::Traces traces = traces_;
    c2pa_ = {};
    explicit_ = TRY(looker_.look(subject, checked.format));
    traces.explicit_label = explicit_.trace;
    if (session_.flag("--c2pa") && !subject.member && subject.in != nullptr) {
      std::optional<fs::path> trust;
      if (const auto list = session_.value("--c2pa-trust")) trust = *list;
      c2pa_ = TRY(label::read_c2pa(subject.file, trust));
      traces.c2pa = c2pa_.ai;
    }
    checked.platform = label::platform_verdict(checked.reading, checked.judgement, traces);
    return Done{};
  }

  std::string c2pa_json() const {
    std::vector<std::string> reasons;
    for (const Flaw& flaw : c2pa_.reasons)
      reasons.push_back(
          JsonObject().text("id", flaw.id).text("message", session_.say(flaw.message)).str());
    return JsonObject()
        .text("verdict", word(c2pa_.verdict))
        .text("claim_generator", c2pa_.claim_generator)
        .strings("actions", c2pa_.actions)
        .strings("source_types", c2pa_.source_types)
        .boolean("ai", c2pa_.ai)
        .text("signer", c2pa_.signer)
        .list("reasons", reasons)
        .str();
  }

  std::vector<std::string> findings(const label::Checked& checked) {
    std::vector<std::string> out;
    for (const Flaw& flaw : checked.flaws) {
      if (!counts_as_finding(flaw)) continue;
      const auto& clauses = clauses_.of(flaw.id, checked.format);
      JsonObject one;
      one.text("id", flaw.id)
          .text("clause", clauses.empty() ? "" : clauses.front())
          .strings("clauses", clauses)
          .text("severity", word(flaw.severity))
          .text("where", flaw.where)
          .text("message", session_.say(flaw.message))
          .text("mend", session_.say(flaw.mend));
      out.push_back(one.str());
    }
    return out;
  }

  // Without --require a file need not have a label.
  bool counts_as_finding(const Flaw& flaw) const {
    return flaw.id != "label-missing" || session_.flag("--require");
  }

  std::string json(const LabelSubject& subject, const label::Checked& checked) {
    std::vector<std::string> reasons;
    for (const Text& reason : checked.platform.reasons) reasons.push_back(session_.say(reason));
    JsonObject out;
    out.text("path", subject.path)
        .text("format", checked.format)
        .text("verdict", word(checked.verdict))
        .text("platform", word(checked.platform.verdict))
        .strings("platform_reasons", reasons)
        .raw("label", label_json(checked))
        .list("findings", findings(checked));
    if (explicit_asked() || !explicit_.told.empty()) out.raw("explicit", explicit_.json);
    if (session_.flag("--c2pa")) out.raw("c2pa", c2pa_json());
    return out.str();
  }

  void show(const LabelSubject& subject, const label::Checked& checked) {
    session_.out(fmt::format("{}: {} ({})\n", printable(subject.path, 400),
                             session_.say(name_of(checked.verdict)),
                             checked.format.empty() ? "?" : checked.format));
    if (checked.platform.verdict != label::Platform::none)
      session_.out(fmt::format("  {}: {}\n",
                               session_.say("平台判定（第六条）", "for a platform (Article 6)"),
                               session_.say(name_of(checked.platform.verdict))));
    show_explicit();
    show_c2pa();
    for (const Flaw& flaw : checked.flaws) {
      if (!counts_as_finding(flaw)) continue;
      const auto& clauses = clauses_.of(flaw.id, checked.format);
      session_.out(fmt::format("  [{}] {}{}\n", flaw.id, session_.say(flaw.message),
                               clauses.empty() ? "" : "  (" + clauses.front() + ")"));
      if (!flaw.where.empty())
        session_.out("    " + printable(in(flaw.where, session_.language()), 400) + "\n");
      session_.out(
          fmt::format("    {}: {}\n", session_.say("整改", "mend"), session_.say(flaw.mend)));
    }
  }

  bool explicit_asked() const {
    return session_.flag("--explicit") || session_.value("--evidence").has_value();
  }

  void show_explicit() {
    for (const Flaw& flaw : explicit_.told) {
      session_.out(fmt::format("  {}\n", session_.say(flaw.message)));
      const bool helps = explicit_.place.line > 0 || flaw.severity > Severity::info;
      if (helps && !flaw.where.empty()) session_.out("    " + printable(flaw.where, 400) + "\n");
    }
  }

  void show_c2pa() {
    if (c2pa_.verdict == label::C2paVerdict::none) return;
    session_.out(fmt::format("  C2PA: {} {} {}\n", word(c2pa_.verdict),
                             printable(c2pa_.claim_generator, 120), printable(c2pa_.signer, 120)));
    for (const Flaw& flaw : c2pa_.reasons)
      session_.out(fmt::format("    [{}] {}\n", flaw.id, session_.say(flaw.message)));
  }

  void add_sarif(const LabelSubject& subject, const label::Checked& checked) {
    for (const Flaw& flaw : checked.flaws)
      if (counts_as_finding(flaw))
        sarif_.add(subject.path, flaw, clauses_.of(flaw.id, checked.format));
    for (const Flaw& flaw : explicit_.told)
      sarif_.add(subject.path, flaw, clauses_.of(flaw.id, checked.format), explicit_.place);
  }

  Session& session_;
  LabelClauses clauses_;
  ExplicitLooker looker_;
  Sarif sarif_;
  label::Writer writer_;
  label::Traces traces_;
  ExplicitLabel explicit_;
  label::C2pa c2pa_;
  std::array<std::uint64_t, 4> counts_{};
  std::optional<FileSoFar> file_;
  std::array<Tally, 2> tallies_ = {
      {{"compliant", {"隐式标识符合", "with a compliant implicit label"}},
       {"explicit", {"显式标识完整", "with a whole label seen, heard or read"}}}};
};

std::string reading_json(const LabelSubject& subject, const label::Checked& checked) {
  std::vector<std::string> places;
  for (const label::Found& one : checked.reading.found)
    places.push_back(JsonObject()
                         .text("where", one.where)
                         .boolean("agreed", one.place == label::Place::agreed)
                         .text("value", printable(one.value, 65536))
                         .str());
  return JsonObject()
      .text("path", subject.path)
      .text("format", checked.format)
      .text("verdict", word(checked.verdict))
      .raw("label", label_json(checked))
      .list("found", places)
      .str();
}

void show_label(Session& session, const LabelSubject& subject, const label::Checked& checked) {
  if (session.json()) {
    session.out(reading_json(subject, checked) + "\n");
    return;
  }
  session.out(fmt::format("{} ({})\n", printable(subject.path, 400),
                          checked.format.empty() ? "?" : checked.format));
  for (const Flaw& flaw : checked.flaws)
    if (checked.verdict == label::Verdict::undecided)
      session.out(fmt::format("  {}\n", session.say(flaw.message)));
  if (checked.verdict == label::Verdict::none)
    session.out(fmt::format("  {}\n", session.say("没有隐式标识", "no implicit label")));
  for (const label::Found& one : checked.reading.found)
    session.out(fmt::format("  {}\n    {}\n", printable(in(one.where, session.language()), 400),
                            printable(one.value, 4096)));
}

}  // namespace

// --sample N, with --seed S.
Result<std::optional<LabelSample>> wanted_sample(const Session& session) {
  const auto files = session.value("--sample");
  if (!files) return std::optional<LabelSample>();
  const auto number = to_number<std::uint32_t>(*files);
  if (!number || *number == 0)
    return Error{Code::invalid, "a sample has at least one file", 0, "--sample",
                 "give a whole number, as --sample 200"};
  return std::optional(LabelSample{*number, session.value("--seed").value_or("0")});
}

namespace {

Status refuse_options_that_do_nothing(const Session& session) {
  const auto given = [&](std::string_view name) { return session.value(name).has_value(); };
  if (session.json() && session.flag("--sarif"))
    return Error{Code::invalid, "two forms of output at once", 0, "--json, --sarif",
                 "give one of the two"};
  if (given("--seed") && !given("--sample"))
    return Error{Code::invalid, "there is nothing to draw without --sample", 0, "--seed",
                 "give --sample too"};
  if (given("--c2pa-trust") && !session.flag("--c2pa"))
    return Error{Code::invalid, "the C2PA manifest is not looked at without --c2pa", 0,
                 "--c2pa-trust", "give --c2pa too"};
  return Done{};
}

}  // namespace

Result<int> label_check(Session& session) {
  TRY(refuse_options_that_do_nothing(session));
  const Content& content = *TRY(session.content());
  std::optional<fs::path> evidence;
  if (const auto folder = session.value("--evidence")) evidence = *folder;
  const bool all = session.flag("--explicit") || evidence;
  Checker checker(session, content, TRY(ExplicitLooker::make(content, all, std::move(evidence))));
  const auto sample = TRY(wanted_sample(session));
  const auto look = [&](const LabelSubject& subject, label::Checked& checked) {
    return checker.look(subject, checked);
  };
  const LabelWalked walked =
      TRY(each_label_subject(session, {checker.writer(), checker.traces(), look, sample}));
  checker.finish();
  if (sample) checker.tell_sample(*sample, walked);
  return worse(checker.code(), walked.code);
}

Result<int> label_read(Session& session) {
  int code = 0;
  const auto look = [&](const LabelSubject& subject, const label::Checked& checked) -> Status {
    if (checked.verdict == label::Verdict::undecided) code = 3;
    show_label(session, subject, checked);
    return Done{};
  };
  const LabelWalked walked = TRY(each_label_subject(session, {label::Writer::first, {}, look, {}}));
  return worse(code, walked.code);
}

}  // namespace assay::cli
