// SPDX-License-Identifier: Apache-2.0
//
// What loading the model files would import and call, by disassembly, against an allow list.
#include <fmt/format.h>

#include <array>

#include "artifact/model_file.h"
#include "base/strings.h"
#include "checks/common.h"
#include "checks/subject_files.h"

namespace assay::checks::pickle_calls {
namespace {

constexpr std::string_view kId = "pickle_calls";
constexpr std::string_view kLexicon = "pickle-callables";

constexpr std::array<CheckMeasurement, 7> kMeasurements = {{
    {"files", Input::model_files, {"检查的模型文件", "model files judged"}},
    {"files_not_read",
     Input::model_files,
     {"未检查的其他类型文件", "files of other kinds, not judged"}},
    {"files_text", Input::model_files, {"文本文件", "text files"}},
    {"files_unreadable", Input::model_files, {"无法读取的文件", "files that could not be read"}},
    {"streams", Input::model_files, {"pickle 数据流", "pickle streams"}},
    {"unsafe_calls",
     Input::model_files,
     {"允许名单之外的导入和调用", "imports and calls outside the allow list"}},
    {"streams_not_followed",
     Input::model_files,
     {"未能跟踪到底的数据流", "streams that could not be followed"}},
}};

constexpr std::array<FlawMeasurement, 13> kAbout = {{
    {"pickle-import", "unsafe_calls"},
    {"pickle-computed-import", "unsafe_calls"},
    {"pickle-call", "unsafe_calls"},
    {"pickle-unknown-call", "unsafe_calls"},
    {"pickle-argument", "unsafe_calls"},
    {"pickle-target", "unsafe_calls"},
    {"pickle-extension", "unsafe_calls"},
    {"pickle-persistent-id", "unsafe_calls"},
    {"pickle-not-followed", "streams_not_followed"},
    {"pickle-frame", "streams_not_followed"},
    {"pickle-trailing", "streams_not_followed"},
    {"pickle-too-deep", "streams_not_followed"},
    {"pickle-too-many", "streams_not_followed"},
}};

Result<artifact::AllowList> allow_list(const Content& content) {
  const Lexicon* lexicon = find_lexicon(content, kLexicon);
  if (lexicon == nullptr)
    return Error{Code::not_found, "the content has no list 'pickle-callables'", 0,
                 "content/lexicons", "use the content that belongs to this program"};
  artifact::AllowList out;
  for (const LexiconEntry& entry : lexicon->entries) TRY(out.add(entry.value, entry.argument));
  return out;
}

struct Totals {
  std::uint64_t files = 0;     // judged
  std::uint64_t not_read = 0;  // of other kinds
  std::uint64_t text = 0;      // texts, not judged
  std::uint64_t unreadable = 0;
  std::uint64_t streams = 0;
  std::uint64_t unsafe = 0;
  std::uint64_t not_followed = 0;
};

class Run {
 public:
  Run(const CheckInput& input, Sink& sink, artifact::AllowList allow)
      : input_(input), sink_(sink), allow_(std::move(allow)) {}

  Status operator()() {
    const Walked walked = TRY(each_file(input_, sink_, kId, Input::model_files,
                                        [this](const SubjectFile& file) { return look_at(file); }));
    totals_.unreadable = walked.unread;
    listing_.keep(sink_, kId, "subjects.model_files");
    measure();
    return Done{};
  }

 private:
  Status look_at(const SubjectFile& file) {
    artifact::ModelLimits limits;
    limits.pickle.stop = input_.stop;
    artifact::ModelReport judged = TRY(artifact::judge_model_file(
        file.path, printable(file.path.filename().string()), allow_, limits));
    for (Flaw& flaw : judged.pickles.flaws) report(sink_, kId, file, std::move(flaw), kAbout);
    if (judged.pickles.flaws_dropped > 0) report_dropped(file, judged.pickles.flaws_dropped);
    switch (judged.format) {
      case artifact::ModelFormat::other:
        ++totals_.not_read;
        report_other(file);
        break;
      case artifact::ModelFormat::text:
        ++totals_.text;
        report_other(file);
        break;
      default: ++totals_.files;
    }
    totals_.streams += judged.pickles.streams;
    totals_.unsafe += judged.pickles.unsafe_calls;
    totals_.not_followed += judged.pickles.streams_not_followed;
    list(file, judged);
    return Done{};
  }

  void report_other(const SubjectFile& file) {
    report(
        sink_, kId, file,
        {"format-not-read",
         Severity::info,
         "",
         {"不是 pickle、PyTorch 压缩包、NumPy 数组或 safetensors，未作判断",
          "neither a pickle, a PyTorch archive, a NumPy array nor safetensors: it was not judged"},
         {"说明该文件的用途，以及为何加载它是安全的",
          "say what the file is for and why loading it is safe"}});
  }

  void report_dropped(const SubjectFile& file, std::uint64_t dropped) {
    report(sink_, kId, file,
           {"findings-dropped",
            Severity::info,
            "",
            {fmt::format("另有 {} 条同类问题未列出", dropped),
             fmt::format("{} more findings of this file are not listed", dropped)},
            {}});
  }

  void list(const SubjectFile& file, const artifact::ModelReport& judged) {
    const artifact::PickleReport& of = judged.pickles;
    listing_.file(
        file,
        fmt::format("\tstreams {}\timports {}\tcalls {}\tunsafe {}\tnot followed {}", of.streams,
                    of.imports, of.calls, of.unsafe_calls, of.streams_not_followed));
  }

  // No data is never a pass: where no file was of a kind that is judged nothing is said about
  // calls, and while files were not judged only what is already wrong is. Texts are no model.
  void measure() {
    measure_count(sink_, kId, "files", totals_.files, "files");
    measure_count(sink_, kId, "files_not_read", totals_.not_read, "files");
    measure_count(sink_, kId, "files_text", totals_.text, "files");
    measure_count(sink_, kId, "files_unreadable", totals_.unreadable, "files");
    if (totals_.files == 0 && totals_.unsafe + totals_.not_followed == 0) return;
    measure_count(sink_, kId, "streams", totals_.streams, "streams");
    const bool all_seen = totals_.not_read + totals_.unreadable == 0;
    measure_faults(sink_, kId, "unsafe_calls", totals_.unsafe, "imports and calls", all_seen);
    measure_faults(sink_, kId, "streams_not_followed", totals_.not_followed, "streams", all_seen);
  }

  const CheckInput& input_;
  Sink& sink_;
  artifact::AllowList allow_;
  Totals totals_;
  Listing listing_;
};

Status run(const CheckInput& input, Sink& sink) {
  artifact::AllowList allow = TRY(allow_list(input.content));
  return Run(input, sink, std::move(allow))();
}

}  // namespace

extern const Check kCheck = {
    kId,
    {"加载模型文件时的导入和调用", "Imports and calls when a model file is loaded"},
    1,
    kMeasurements,
    run};

}  // namespace assay::checks::pickle_calls
