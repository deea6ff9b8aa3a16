// SPDX-License-Identifier: Apache-2.0
//
// What a platform recorded of its posts against Article 6 of the Labelling Measures: the notice
// that was shown against the verdict on the file, and its own propagation data.
#include <algorithm>
#include <array>
#include <optional>

#include "base/strings.h"
#include "checks/common.h"
#include "checks/label_words.h"
#include "checks/notes.h"
#include "label/c2pa.h"
#include "label/check.h"
#include "label/standard.h"
#include "text/cells.h"

namespace assay::checks::label_platform {
namespace {

namespace table = formats::table;
using label::Platform;

constexpr std::string_view kId = "label_platform";
constexpr std::size_t kWindow = 4096;

constexpr std::array<CheckMeasurement, 10> kMeasurements = {{
    {"posts", Input::posts, {"发布记录", "posts on record"}},
    {"posts_open", Input::posts, {"文件无法判定的发布", "posts whose file could not be judged"}},
    {"confirmed", Input::posts, {"判为属于的发布", "posts confirmed as generated"}},
    {"confirmed_unsaid",
     Input::posts,
     {"判为属于而未相应提示的发布", "confirmed posts without that notice"}},
    {"possible", Input::posts, {"判为可能的发布", "posts possibly generated"}},
    {"possible_unsaid",
     Input::posts,
     {"判为可能而未相应提示的发布", "possible posts without that notice"}},
    {"suspected", Input::posts, {"判为疑似的发布", "posts suspected to be generated"}},
    {"suspected_unsaid",
     Input::posts,
     {"判为疑似而未相应提示的发布", "suspected posts without that notice"}},
    {"published",
     Input::posts,
     {"发布后应带传播信息的文件", "files that should say who spread them"}},
    {"propagation_missing",
     Input::posts,
     {"没有本平台传播信息的文件", "files without propagation data of the platform"}},
}};

enum : std::size_t { kFile, kNotice, kDeclared, kPublished };
constexpr std::array<table::Column, 4> kColumns = {{
    {"file", "path|文件", table::Need::required},
    {"notice", "label|提示|判定", table::Need::optional},
    {"declared", "user_declared|声明", table::Need::optional},
    {"published", "published_file|发布后文件", table::Need::optional},
}};

constexpr StaticText kMendNotice = {
    "按判定结果补上提示，并核对发布流程。",
    "Show the notice that the verdict asks for, and check the flow."};

constexpr std::array<Telling, 7> kTellings = {{
    {"notice-confirmed-missing",
     Severity::high,
     {"{0}：元数据标明为生成内容，记录的提示为“{1}”",
      "{0}: its metadata name it as generated; the notice on record is “{1}”"},
     kMendNotice,
     "confirmed_unsaid"},
    {"notice-possible-missing",
     Severity::high,
     {"{0}：用户声明或元数据表明可能为生成内容，记录的提示为“{1}”",
      "{0}: user or metadata say that it may be generated; the notice on record is “{1}”"},
     kMendNotice,
     "possible_unsaid"},
    {"notice-suspected-missing",
     Severity::high,
     {"{0}：检测到标识或生成痕迹，记录的提示为“{1}”",
      "{0}: a label or traces are detected; the notice on record is “{1}”"},
     kMendNotice,
     "suspected_unsaid"},
    {"propagation-missing",
     Severity::high,
     {"{0}：发布后的文件没有本平台的传播者和传播编号",
      "{0}: the published file names neither the platform as propagator nor its number"},
     {"发布时以平台自身的编码和编号更新传播字段：assay label write --as propagator。",
      "On publishing write the platform's own code and number: assay label write --as propagator."},
     "propagation_missing"},
    {"post-file-outside",
     Severity::medium,
     {"{0} 不在发布记录所在目录下，未检查",
      "{0} does not lie below the folder of the record; it was not looked at"},
     {"文件路径相对于发布记录填写。", "Give paths relative to the record."}},
    {"post-file-unread",
     Severity::medium,
     {"{0} 无法判定：{1*}", "{0} cannot be judged: {1}"},
     {"检查文件是否存在、完整；缺少的程序请安装。",
      "Check that the file is there and whole; install programs that are missing."}},
    {"notice-unknown",
     Severity::medium,
     {"{0}：提示“{1}”不是可识别的值", "{0}: the notice “{1}” is no known value"},
     {"写作 confirmed、possible、suspected 或 none。",
      "Write confirmed, possible, suspected or none."}},
}};

struct Word {
  std::string_view word;
  Platform notice;
};
constexpr std::array<Word, 9> kNotices = {{{"confirmed", Platform::confirmed},
                                           {"属于", Platform::confirmed},
                                           {"possible", Platform::possible},
                                           {"可能", Platform::possible},
                                           {"suspected", Platform::suspected},
                                           {"疑似", Platform::suspected},
                                           {"none", Platform::none},
                                           {"无", Platform::none},
                                           {"", Platform::none}}};

std::optional<Platform> notice_in(std::string_view cell) {
  const std::string small = to_lower(cell);
  for (const Word& one : kNotices)
    if (one.word == small) return one.notice;
  return std::nullopt;
}

struct Tally {
  std::uint64_t posts = 0, unsaid = 0;
};

class Run {
 public:
  Run(const CheckInput& input, Sink& sink, const std::string& path, label::ExplicitRules rules)
      : input_(input),
        sink_(sink),
        path_(path),
        notes_(input, sink, kId, path_, kTellings),
        rules_(std::move(rules)) {}

  Status operator()() {
    Status status = Done{};
    const fs::path record = resolve(input_, path_);
    folder_ = record.parent_path();
    const auto totals = TRY(table::for_each_row(record, kColumns, table::kLimits, notes_.hooks(),
                                                [&](const table::Row& row) {
                                                  if (status.ok()) status = take(row);
                                                }));
    TRY(status);
    notes_.tell_unread(totals);
    TRY(add_evidence(input_, sink_, kId, path_, "text/csv"));
    measure(totals);
    return Done{};
  }

 private:
  void note(std::string_view id, const table::Row& row, std::vector<std::string> args) {
    notes_.tell({id, row.line(), std::move(args)});
  }

  // Below the folder of the record, or nothing.
  std::optional<fs::path> file_of(std::string_view cell) const {
    const fs::path inside = fs::path(cell).lexically_normal();
    if (inside.empty() || inside.is_absolute() || *inside.begin() == "..") return std::nullopt;
    return folder_ / inside;
  }

  Status take(const table::Row& row) {
    const std::string name(row[kFile]);
    const auto file = file_of(name);
    if (!file) {
      ++open_;
      note("post-file-outside", row, {name});
      return Done{};
    }
    const bool declared = text::yes_in(row[kDeclared]).value_or(false);
    const auto verdict = verdict_of(*file, declared);
    if (!verdict.ok()) {
      if (verdict.error().code == Code::internal) return verdict.error();
      ++open_;
      note("post-file-unread", row, {name, verdict.error().what});
      return Done{};
    }
    judge_notice(row, name, *verdict);
    return judge_propagation(row, name, *verdict);
  }

  // Article 6; what is seen or heard is looked for only where nothing else says it.
  Result<Platform> verdict_of(const fs::path& file, bool declared) {
    const label::Checked checked = TRY(label::check_file(file, {}, {.declared = declared}));
    if (checked.verdict == label::Verdict::undecided)
      return Error{Code::invalid, checked.flaws.empty() ? "the file cannot be read"
                                                        : checked.flaws.back().message.en};
    if (checked.platform.verdict > Platform::suspected) return checked.platform.verdict;
    label::Traces traces{.declared = declared};
    FileSource in(TRY(FileReader::open(file)), kWindow);
    const auto seen = TRY(label::look_for_explicit(in, file, checked.format, rules_));
    traces.explicit_label = seen.is_trace();
    const auto c2pa = TRY(label::read_c2pa(file, std::nullopt));
    traces.c2pa = c2pa.ai;
    return label::platform_verdict(checked.reading, checked.judgement, traces).verdict;
  }

  void judge_notice(const table::Row& row, const std::string& name, Platform verdict) {
    constexpr std::array<std::string_view, 4> kMissing = {
        "", "notice-suspected-missing", "notice-possible-missing", "notice-confirmed-missing"};
    const auto notice = notice_in(row[kNotice]);
    if (!notice) {
      ++open_;
      note("notice-unknown", row, {name, std::string(row[kNotice])});
      return;
    }
    Tally& tally = tallies_[static_cast<std::size_t>(verdict)];
    ++tally.posts;
    // A notice that says more than the verdict is no lack of one.
    if (verdict == Platform::none || *notice >= verdict) return;
    ++tally.unsaid;
    note(kMissing[static_cast<std::size_t>(verdict)], row,
         {name, std::string(label::word(*notice))});
  }

  Status judge_propagation(const table::Row& row, const std::string& name, Platform verdict) {
    if (row[kPublished].empty() || verdict == Platform::none) return Done{};
    const auto file = file_of(row[kPublished]);
    if (!file) {
      ++open_;
      note("post-file-outside", row, {std::string(row[kPublished])});
      return Done{};
    }
    const auto checked = label::check_file(*file, label::Writer::later, {});
    if (!checked.ok() || checked->verdict == label::Verdict::undecided) {
      ++open_;
      note("post-file-unread", row,
           {std::string(row[kPublished]),
            checked.ok() ? "the file cannot be read" : checked.error().what});
      return Done{};
    }
    ++published_.posts;
    const auto& labels = checked->judgement.labels;
    if (std::any_of(labels.begin(), labels.end(), [this](const label::Label& one) {
          return is_own(one.text("ContentPropagator")) && !one.text("PropagateID").empty();
        }))
      return Done{};
    ++published_.unsaid;
    note("propagation-missing", row, {name});
    return Done{};
  }

  // By its name, or by a provider code (TC260-PG-20252A) that holds its credit code.
  bool is_own(std::string_view propagator) const {
    const Provider& own = input_.system.provider;
    if (propagator.empty()) return false;
    return propagator == own.name.zh || propagator == own.name.en ||
           (propagator.size() == label::code::kLength &&
            propagator.substr(label::code::kCreditAt, label::code::kCreditLength) ==
                own.credit_code);
  }

  void measure(const table::Totals& totals) {
    const bool sure = open_ == 0 && totals.unread == 0;
    measure_count(sink_, kId, "posts", totals.rows, "posts");
    measure_count(sink_, kId, "posts_open", open_, "posts");
    const auto put = [&](std::string_view all, std::string_view unsaid, const Tally& tally) {
      measure_count(sink_, kId, all, tally.posts, "posts");
      if (tally.posts > 0) measure_faults(sink_, kId, unsaid, tally.unsaid, "posts", sure);
    };
    put("confirmed", "confirmed_unsaid", tallies_[static_cast<std::size_t>(Platform::confirmed)]);
    put("possible", "possible_unsaid", tallies_[static_cast<std::size_t>(Platform::possible)]);
    put("suspected", "suspected_unsaid", tallies_[static_cast<std::size_t>(Platform::suspected)]);
    put("published", "propagation_missing", published_);
  }

  const CheckInput& input_;
  Sink& sink_;
  const std::string path_;
  Notes notes_;
  label::ExplicitRules rules_;
  fs::path folder_;
  std::array<Tally, 4> tallies_{};  // by verdict
  Tally published_;
  std::uint64_t open_ = 0;
};

Status run(const CheckInput& input, Sink& sink) {
  label::ExplicitRules rules = TRY(explicit_rules(input.content));
  return Run(input, sink, input.system.subjects.posts, std::move(rules))();
}

}  // namespace

extern const Check kCheck = {kId,
                             {"平台的提示与传播信息", "Notices and propagation data of a platform"},
                             1,
                             kMeasurements,
                             run};

}  // namespace assay::checks::label_platform
