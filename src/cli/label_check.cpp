// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"
#include "catalog/json_object.h"
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

// A picture or sound that the programs could not take: no label is found, and none is ruled out.
ExplicitLabel not_looked(const Error& error) {
  return {false,
          JsonObject().boolean("found", false).text("error", error.what).str(),
          {"未能查找显式标识：" + error.text(Language::zh),
           "labels seen or heard were not looked for: " + error.text()}};
}

class Checker {
 public:
  Checker(Session& session, const Content& content)
      : session_(session), content_(content), clauses_(content) {
    rules_.writer = session.flag("--received") ? label::Writer::later : label::Writer::first;
    traces_.declared = session.flag("--declared");
  }

  const label::Rules& rules() const { return rules_; }
  const label::Traces& traces() const { return traces_; }

  Status look(const LabelSubject& subject, label::Checked& checked) {
    ++counts_[static_cast<std::size_t>(checked.verdict)];
    TRY(look_further(subject, checked));
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

  int code() const {
    const auto count = [&](label::Verdict v) { return counts_[static_cast<std::size_t>(v)]; };
    const bool missing = session_.flag("--require") && count(label::Verdict::none) > 0;
    if (count(label::Verdict::noncompliant) > 0 || missing) return 1;
    const bool nothing = counts_ == std::array<std::uint64_t, 4>{};
    return count(label::Verdict::undecided) > 0 || nothing ? 3 : 0;
  }

 private:
  // What is asked for beyond the label in the metadata: what is seen or heard, and C2PA.
  Status look_further(const LabelSubject& subject, label::Checked& checked) {
    label::Traces traces = traces_;
    explicit_ = {};
    c2pa_ = {};
    if (session_.flag("--explicit")) {
      auto found = look_for_explicit(subject, checked.format, content_);
      if (found.ok())
        explicit_ = std::move(*found);
      else if (found.error().code == Code::invalid || found.error().code == Code::limit)
        explicit_ = not_looked(found.error());
      else
        return found.error();
      traces.explicit_label = explicit_.found;
    }
    const bool c2pa = session_.flag("--c2pa") || session_.value("--c2pa-trust");
    if (c2pa && !subject.member && subject.in != nullptr) {
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
    if (session_.flag("--explicit")) out.raw("explicit", explicit_.json);
    if (session_.flag("--c2pa") || session_.value("--c2pa-trust")) out.raw("c2pa", c2pa_json());
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
    if (!explicit_.told.empty()) session_.out("  " + session_.say(explicit_.told) + "\n");
    show_c2pa();
    for (const Flaw& flaw : checked.flaws) {
      if (!counts_as_finding(flaw)) continue;
      const auto& clauses = clauses_.of(flaw.id, checked.format);
      session_.out(fmt::format("  [{}] {}{}\n", flaw.id, session_.say(flaw.message),
                               clauses.empty() ? "" : "  (" + clauses.front() + ")"));
      if (!flaw.where.empty()) session_.out("    " + printable(flaw.where, 400) + "\n");
      session_.out(
          fmt::format("    {}: {}\n", session_.say("整改", "mend"), session_.say(flaw.mend)));
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
  }

  Session& session_;
  const Content& content_;
  LabelClauses clauses_;
  Sarif sarif_;
  label::Rules rules_;
  label::Traces traces_;
  ExplicitLabel explicit_;
  label::C2pa c2pa_;
  std::array<std::uint64_t, 4> counts_{};
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
    session.out(
        fmt::format("  {}\n    {}\n", printable(one.where, 400), printable(one.value, 4096)));
}

}  // namespace

Result<int> label_check(Session& session) {
  const Content& content = *TRY(session.content());
  Checker checker(session, content);
  const auto look = [&](const LabelSubject& subject, label::Checked& checked) {
    return checker.look(subject, checked);
  };
  TRY(each_label_subject(session, {checker.rules(), checker.traces(), look}));
  checker.finish();
  return checker.code();
}

Result<int> label_read(Session& session) {
  int code = 0;
  const auto look = [&](const LabelSubject& subject, const label::Checked& checked) -> Status {
    if (checked.verdict == label::Verdict::undecided) code = 3;
    show_label(session, subject, checked);
    return Done{};
  };
  TRY(each_label_subject(session, {{}, {}, look}));
  return code;
}

}  // namespace assay::cli
