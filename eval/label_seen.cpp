// SPDX-License-Identifier: Apache-2.0
//
// label_seen_eval FILE…: looks for a label in each picture and prints a line of JSON for each.
#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "label/seen.h"

int main(int argc, char** argv) {
  using namespace assay;
  label::SeenRules rules;
  rules.words = {{"人工智能", "AI"},
                 {"生成", "合成"},
                 {"artificial intelligence"},
                 {"generated", "synthetic", "synthesized", "synthesised"}};
  for (int i = 1; i < argc; ++i) {
    const Result<label::Seen> seen = label::look_at_picture(argv[i], rules);
    if (!seen.ok()) {
      fmt::print(stderr, "{}: {}\n", argv[i], seen.error().text());
      return 2;
    }
    const label::SeenLabel found = seen->label.value_or(label::SeenLabel{});
    const nlohmann::json row = {{"path", argv[i]},         {"found", found.whole()},
                                {"ai", found.ai_element},  {"other_words", found.other_words},
                                {"text", found.text},      {"height_percent", found.height_percent},
                                {"at_edge", found.at_edge}};
    fmt::print("{}\n", row.dump());
  }
  return 0;
}
