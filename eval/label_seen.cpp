// SPDX-License-Identifier: Apache-2.0
//
// label_seen_eval FILE…: looks for a label in each picture or film (.mp4, .mkv) and prints a line
// of JSON for each.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "label/seen.h"

namespace assay {
namespace {

nlohmann::json row_of(const std::optional<label::SeenLabel>& seen) {
  const label::SeenLabel found = seen.value_or(label::SeenLabel{});
  return {{"found", found.whole()},
          {"ai", found.ai_element},
          {"other_words", found.other_words},
          {"text", found.text},
          {"height_percent", found.height_percent},
          {"at_edge", found.at_edge}};
}

Result<nlohmann::json> look(const fs::path& path, const label::SeenRules& rules) {
  if (path.extension() != ".mp4" && path.extension() != ".mkv")
    return row_of(TRY(label::look_at_picture(path, rules)).label);
  const label::SeenVideo film = TRY(label::look_at_video(path, rules));
  nlohmann::json row = row_of(film.label);
  row["from"] = film.from;
  row["stays"] = film.stays;
  return row;
}

}  // namespace
}  // namespace assay

int main(int argc, char** argv) {
  using namespace assay;
  label::SeenRules rules;
  rules.words = {{"人工智能", "AI"},
                 {"生成", "合成"},
                 {"Artificial Intelligence"},
                 {"generated", "synthetic", "synthesized", "synthesised"}};
  for (int i = 1; i < argc; ++i) {
    const auto start = std::chrono::steady_clock::now();
    Result<nlohmann::json> row = look(argv[i], rules);
    if (!row.ok()) {
      fmt::print(stderr, "{}: {}\n", argv[i], row.error().text());
      return 2;
    }
    (*row)["path"] = argv[i];
    (*row)["seconds"] =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    fmt::print("{}\n", row->dump());
  }
  return 0;
}
