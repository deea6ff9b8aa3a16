// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"
#include "catalog/json_object.h"
#include "cli/document_commands.h"
#include "content/load.h"
#include "formats/table/table.h"

namespace assay::cli {
namespace {

using catalog::JsonObject;
namespace table = formats::table;

constexpr std::uint64_t kMaxModel = std::uint64_t{256} << 20;

Error unknown_taxonomy(const Content& content, std::string_view asked) {
  std::vector<std::string> known;
  for (const Framework& framework : content.frameworks)
    if (std::ranges::any_of(framework.items, [](const Item& item) {
          return !item.cues.en.empty() || !item.cues.zh.empty();
        }))
      known.push_back(framework.id);
  return Error{Code::invalid, fmt::format("'{}' is no framework with cues", printable(asked)), 0,
               "--taxonomy", "give one of: " + join(known, ", ")};
}

std::vector<document::Label> labels_of(const Framework& framework) {
  std::vector<document::Label> out;
  for (const Item& item : framework.items) {
    if (item.cues.en.empty() && item.cues.zh.empty()) continue;
    document::Label label{
        item.id,
        fmt::format("{}. {} {} {}", item.title.en, item.text.en, item.title.zh, item.text.zh),
        item.cues.en};
    label.cues.insert(label.cues.end(), item.cues.zh.begin(), item.cues.zh.end());
    out.push_back(std::move(label));
  }
  return out;
}

// Beside the compiled content: models/mit-ai-risk.model.
Result<fs::path> model_path(std::string_view framework) {
  const fs::path compiled = TRY(content::find_compiled(content::default_places()));
  return compiled.parent_path() / "models" / (std::string(framework) + ".model");
}

Result<std::vector<document::TrainingText>> training_texts(const fs::path& path) {
  constexpr std::array<table::Column, 3> kColumns = {{{"text", "", table::Need::required},
                                                      {"label", "", table::Need::required},
                                                      {"group", "", table::Need::required}}};
  std::vector<document::TrainingText> out;
  const table::Totals totals =
      TRY(table::for_each_row(path, kColumns, table::kLimits, {}, [&](const table::Row& row) {
        out.push_back({std::string(row[0]), std::string(row[1]), std::string(row[2])});
      }));
  if (totals.unread > 0)
    return Error{Code::invalid, fmt::format("{} rows cannot be read", totals.unread), 0,
                 path.string()};
  return out;
}

std::string json_of(const document::Classifier& classifier, std::string_view id,
                    std::string_view text) {
  const std::vector<document::Ranked> ranked = classifier.rank(text);
  std::vector<std::string> top;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, ranked.size()); ++i)
    top.push_back(fmt::format("[\"{}\",{:.4f}]", classifier.labels()[ranked[i].label].id,
                              ranked[i].probability));
  return JsonObject()
      .text("id", id)
      .text("label", classifier.labels()[ranked[0].label].id)
      .number("score", ranked[0].probability)
      .list("top", top)
      .str();
}

}  // namespace

Result<std::vector<document::Label>> taxonomy_labels(Session& session, std::string& framework) {
  framework = session.value("--taxonomy").value_or("mit-ai-risk");
  const Content* content = TRY(session.content());
  const Framework* found = find_framework(*content, framework);
  std::vector<document::Label> labels;
  if (found != nullptr) labels = labels_of(*found);
  if (labels.size() < 2) return unknown_taxonomy(*content, framework);
  return labels;
}

Result<document::Classifier> taxonomy_classifier(Session& session) {
  std::string framework;
  document::Classifier out(TRY(taxonomy_labels(session, framework)));
  const fs::path path =
      session.value("--model") ? fs::path(*session.value("--model")) : TRY(model_path(framework));
  std::error_code ignored;
  if (!session.value("--model") && !fs::exists(path, ignored)) return out;
  Status read = out.read_model(TRY(read_file(path, kMaxModel)));
  if (!read.ok()) {
    read.error().where = path.string();
    return read.error();
  }
  return out;
}

Result<int> document_classify(Session& session) {
  const document::Classifier classifier = TRY(taxonomy_classifier(session));
  constexpr std::array<table::Column, 2> kColumns = {{{"text", "", table::Need::required}, {"id"}}};
  for (const std::string& path : session.positional("FILE")) {
    const table::Totals totals =
        TRY(table::for_each_row(path, kColumns, table::kLimits, {}, [&](const table::Row& row) {
          const std::string id = row[1].empty() ? std::to_string(row.line()) : std::string(row[1]);
          if (session.json()) {
            session.out(json_of(classifier, id, row[0]) + "\n");
            return;
          }
          const document::Ranked best = classifier.rank(row[0])[0];
          session.out(fmt::format("{}\t{}\t{:.2f}\n", printable(id),
                                  classifier.labels()[best.label].id, best.probability));
        }));
    if (totals.unread > 0) {
      session.note(fmt::format("{}: {}: {}\n", path,
                               session.say("未能读取的行", "rows that could not be read"),
                               totals.unread));
      return 3;
    }
  }
  return 0;
}

Result<int> document_train(Session& session) {
  std::string framework;
  std::vector<document::Label> labels = TRY(taxonomy_labels(session, framework));
  const std::vector<document::TrainingText> texts = TRY(training_texts(session.first("TEXTS")));
  const document::Classifier classifier =
      TRY(document::Classifier::train(std::move(labels), texts));
  TRY(write_file_atomic(session.value("--output").value_or(framework + ".model"),
                        classifier.write_model()));
  return 0;
}

Result<int> document_eval(Session& session) {
  std::string framework;
  const std::vector<document::Label> labels = TRY(taxonomy_labels(session, framework));
  const std::vector<document::TrainingText> texts = TRY(training_texts(session.first("TEXTS")));
  const document::Figures figures = TRY(document::Classifier::evaluate(labels, texts));
  if (session.json()) {
    session.out(JsonObject()
                    .text("taxonomy", framework)
                    .number("texts", static_cast<double>(figures.texts))
                    .number("groups", static_cast<double>(figures.groups))
                    .number("accuracy", figures.accuracy)
                    .number("macro_f1", figures.macro_f1)
                    .number("top3", figures.top3)
                    .number("calibration_error", figures.calibration_error)
                    .str() +
                "\n");
    return 0;
  }
  session.out(fmt::format("{}: {} {}, {} {}\n", framework, figures.texts,
                          session.say("段文本", "texts"), figures.groups,
                          session.say("个来源，按来源分五折", "sources, five folds by source")));
  session.out(
      fmt::format("accuracy {:.3f}  macro-F1 {:.3f}  top-3 {:.3f}  calibration error {:.3f}\n",
                  figures.accuracy, figures.macro_f1, figures.top3, figures.calibration_error));
  for (std::size_t label = 0; label < labels.size(); ++label) {
    const auto& of = figures.labels[label];
    session.out(fmt::format("  {:5} n {:3}  precision {:.2f}  recall {:.2f}  F1 {:.2f}\n",
                            labels[label].id, of.texts, of.precision, of.recall, of.f1));
  }
  return 0;
}

}  // namespace assay::cli
