// SPDX-License-Identifier: Apache-2.0
//
// The table of `assay document`.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "catalog/json_object.h"
#include "cli/document_commands.h"
#include "document/outline.h"

namespace assay::cli {
namespace {

using catalog::JsonObject;

constexpr std::array<Positional, 1> kPaths = {
    {{"PATH",
      Arity::many,
      {"PDF、DOCX、ODT、EPUB、HTML、Markdown 或文本文件",
       "files: PDF, DOCX, ODT, EPUB, HTML, Markdown or text"}}}};
constexpr Option kJson = {"--json", "", {"每个文件一行 JSON", "JSON, a line a file"}};
constexpr std::array<Option, 1> kTextOptions = {kJson};
constexpr std::array<std::string_view, 2> kTextExamples = {
    "assay document text law.pdf | less", "assay document text --json policies/*.docx"};

std::string_view name(document::BlockKind kind) {
  constexpr std::array<std::string_view, 4> kNames = {"heading", "paragraph", "row", "footnote"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string json_of(const std::string& path, const document::Document& document) {
  std::vector<std::string> blocks;
  for (const document::Block& block : document.blocks)
    blocks.push_back(JsonObject()
                         .text("kind", name(block.kind))
                         .number("page", page_of(document, block.span.begin))
                         .number("start", static_cast<double>(block.span.begin))
                         .number("end", static_cast<double>(block.span.end))
                         .text("text", document.at(block.span))
                         .str());
  return JsonObject()
      .text("path", path)
      .text("format", document.format)
      .text("title", document.title)
      .number("pages", static_cast<double>(document.pages.size()))
      .number("pages_without_text", static_cast<double>(document.pages_without_text))
      .list("blocks", blocks)
      .str();
}

}  // namespace

Result<int> document_text(Session& session) {
  for (const std::string& path : session.positional("PATH")) {
    const document::Document document = TRY(document::read_document(path));
    session.out(session.json() ? json_of(path, document) + "\n" : document.text);
  }
  return 0;
}

namespace {

std::string_view name(document::Unit unit) {
  constexpr std::array<std::string_view, 8> kNames = {"part",   "chapter", "section", "article",
                                                      "clause", "item",    "annex",   "recital"};
  return kNames[static_cast<std::size_t>(unit)];
}

std::string json_of(const std::string& path, const document::Document& document,
                    const document::Outline& outline) {
  std::vector<std::string> nodes;
  for (const document::Node& node : outline.nodes)
    nodes.push_back(JsonObject()
                        .text("unit", name(node.unit))
                        .text("label", node.label)
                        .text("title", node.title)
                        .number("parent", node.parent)
                        .number("page", page_of(document, node.head.begin))
                        .number("start", static_cast<double>(node.span.begin))
                        .number("end", static_cast<double>(node.span.end))
                        .str());
  return JsonObject().text("path", path).text("title", outline.title).list("nodes", nodes).str();
}

}  // namespace

Result<int> document_outline(Session& session) {
  for (const std::string& path : session.positional("PATH")) {
    const document::Document document = TRY(document::read_document(path));
    const document::Outline outline = outline_of(document);
    if (session.json()) {
      session.out(json_of(path, document, outline) + "\n");
      continue;
    }
    session.out(printable(outline.title, 400) + "\n");
    for (const document::Node& node : outline.nodes) {
      const std::string page =
          document.pages.empty() ? "" : fmt::format("  p. {}", page_of(document, node.head.begin));
      session.out(fmt::format("{}{} {}{}\n",
                              std::string(2 * static_cast<std::size_t>(node.depth + 1), ' '),
                              node.label, printable(node.title, 400), page));
    }
  }
  return 0;
}

namespace {

constexpr std::array<Positional, 1> kRowFiles = {
    {{"FILE",
      Arity::many,
      {"JSON Lines 或 CSV，列为 id、text", "JSON Lines or CSV with id and text"}}}};
constexpr std::array<Positional, 1> kTexts = {
    {{"TEXTS",
      Arity::one,
      {"JSON Lines 或 CSV，列为 text、label、group",
       "JSON Lines or CSV with text, label and group (their source)"}}}};
constexpr Option kTaxonomy = {
    "--taxonomy", "ID", {"框架，默认 mit-ai-risk", "the framework, mit-ai-risk where not given"}};
constexpr std::array<Option, 3> kClassifyOptions = {
    kTaxonomy, {"--model", "FILE", {"用另一个模型", "use another model"}}, kJson};
constexpr std::array<Option, 2> kTrainOptions = {
    {kTaxonomy, {"-o,--output", "FILE", {"模型文件", "the model"}}}};
constexpr std::array<Option, 2> kEvalOptions = {kTaxonomy, kJson};
constexpr std::array<std::string_view, 1> kClassifyExamples = {
    "assay document classify --taxonomy mit-ai-risk --json passages.jsonl"};
constexpr std::array<std::string_view, 1> kTrainExamples = {
    "assay document train --taxonomy mit-ai-risk content/training/mit-ai-risk.jsonl -o "
    "mit-ai-risk.model"};
constexpr std::array<std::string_view, 1> kEvalExamples = {
    "assay document eval --taxonomy mit-ai-risk content/training/mit-ai-risk.jsonl"};
constexpr std::array<std::string_view, 1> kOutlineExamples = {"assay document outline law.pdf"};

constexpr std::array<Command, 5> kRows = {{
    {"document text",
     {"提取文本：按阅读顺序，去除页眉页脚",
      "the text in reading order, without headers and footers"},
     kPaths,
     kTextOptions,
     kTextExamples,
     document_text},
    {"document outline",
     {"篇章结构：编、章、节、条、款、项", "parts, chapters, articles, clauses and items"},
     kPaths,
     kTextOptions,
     kOutlineExamples,
     document_outline},
    {"document classify",
     {"每段文本属于分类体系的哪一类", "the label of a taxonomy that each passage speaks of"},
     kRowFiles,
     kClassifyOptions,
     kClassifyExamples,
     document_classify},
    {"document train",
     {"由已标注的文本训练分类器", "train the classifier on labelled texts"},
     kTexts,
     kTrainOptions,
     kTrainExamples,
     document_train},
    {"document eval",
     {"按来源交叉验证，给出准确率", "accuracy on sources that were not learned from"},
     kTexts,
     kEvalOptions,
     kEvalExamples,
     document_eval},
}};

}  // namespace

extern const Group document_group;
const Group document_group = {
    "document",
    {"文件：提取文本、条款和覆盖情况", "documents: text, clauses and what they cover"},
    kRows};

}  // namespace assay::cli
