// SPDX-License-Identifier: Apache-2.0
//
// pickle_calls_eval ALLOW FOLDER…: judges every file below each folder by the allow list (lines of
// "module name [argument]") and prints how many are flagged. The bytes are disassembled only.
#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "artifact/model_file.h"
#include "base/files.h"
#include "base/strings.h"

namespace {

using namespace assay;

struct Tally {
  int files = 0, clean = 0, unsafe = 0, not_followed = 0, other = 0, unread = 0;
};

Status read_list(const fs::path& path, artifact::AllowList& allow) {
  const std::string text = TRY(read_file(path, 1 << 20));
  for (const std::string_view line : split(text, '\n')) {
    const std::vector<std::string_view> words = split(trim(line), '\t');
    if (words[0].empty()) continue;
    TRY(allow.add(words[0], words.size() > 1 ? words[1] : ""));
  }
  return Done{};
}

void print_file(const fs::path& path, const artifact::ModelReport& report, std::string_view kind) {
  fmt::print("  {:13} {} streams {} imports {} calls {} unsafe {} not-followed {} members {}\n",
             kind, path.string(), report.pickles.streams, report.pickles.imports,
             report.pickles.calls, report.pickles.unsafe_calls, report.pickles.streams_not_followed,
             report.members);
  for (const Flaw& flaw : report.pickles.flaws)
    fmt::print("      {} [{}] {}\n", flaw.id, flaw.where, flaw.message.en);
}

Tally judge_folder(const fs::path& folder, const artifact::AllowList& allow) {
  Tally tally;
  std::vector<std::string> unread;
  for (const fs::path& path : list_files(folder, unread)) {
    ++tally.files;
    const auto report = artifact::judge_model_file(path, path.filename().string(), allow, {});
    if (!report.ok()) {
      ++tally.unread;
      fmt::print("  unread {}: {}\n", path.string(), report.error().text());
      continue;
    }
    const bool none = report->format == artifact::ModelFormat::other ||
                      report->format == artifact::ModelFormat::text;
    const bool unsafe = report->pickles.unsafe_calls > 0;
    const bool lost = report->pickles.streams_not_followed > 0;
    tally.other += none;
    tally.unsafe += unsafe;
    tally.not_followed += lost && !unsafe;
    tally.clean += !none && !unsafe && !lost;
    print_file(path, *report,
               none     ? "not-looked-at"
               : unsafe ? "unsafe"
               : lost   ? "not-followed"
                        : "clean");
  }
  return tally;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: pickle_calls_eval ALLOW FOLDER…\n");
    return 2;
  }
  artifact::AllowList allow;
  if (const Status read = read_list(argv[1], allow); !read.ok()) {
    fmt::print(stderr, "{}\n", read.error().text());
    return 2;
  }
  for (int i = 2; i < argc; ++i) {
    const Tally t = judge_folder(argv[i], allow);
    fmt::print(
        "{}: {} files: {} unsafe, {} not followed to the end, {} clean, {} not looked at, {} "
        "unread\n",
        argv[i], t.files, t.unsafe, t.not_followed, t.clean, t.other, t.unread);
  }
  return 0;
}
