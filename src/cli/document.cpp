// SPDX-License-Identifier: Apache-2.0
//
// The table of `assay document`.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "catalog/documents.h"
#include "catalog/json_object.h"
#include "cli/document_commands.h"
#include "cli/document_covered.h"
#include "document/references.h"

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
                         .raw("page", page_json(document, block.span.begin))
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

// The document of the catalogue that a reference names; null where none or several do.
const Standard* resolved(const Content& content, const document::Reference& reference) {
  for (const std::string_view state : {"", "中华人民共和国"}) {
    const auto found = catalog::documents_named(content, std::string(state) + reference.name);
    if (found.size() == 1) return found[0];
  }
  return nullptr;
}

std::string json_of(const Content& content, const document::Document& document,
                    const document::Outline& outline, const document::Reference& reference) {
  const Standard* standard = resolved(content, reference);
  return JsonObject()
      .text("name", reference.name)
      .text("kind", reference.kind == document::ReferenceKind::title ? "title" : "number")
      .number("times", static_cast<double>(reference.times))
      .raw("page", page_json(document, reference.first.begin))
      .text("place", place_of(outline, reference.first.begin))
      .number("start", static_cast<double>(reference.first.begin))
      .number("end", static_cast<double>(reference.first.end))
      .raw("document", standard == nullptr ? "null" : "\"" + standard->id + "\"")
      .str();
}

std::string json_of(const std::string& path, const document::Document& document,
                    const document::Outline& outline, const Content& content) {
  std::vector<std::string> nodes, references;
  for (const document::Node& node : outline.nodes)
    nodes.push_back(JsonObject()
                        .text("unit", name(node.unit))
                        .text("label", node.label)
                        .text("title", node.title)
                        .number("parent", node.parent)
                        .raw("page", page_json(document, node.head.begin))
                        .number("start", static_cast<double>(node.span.begin))
                        .number("end", static_cast<double>(node.span.end))
                        .str());
  for (const document::Reference& reference : references_of(document))
    references.push_back(json_of(content, document, outline, reference));
  return JsonObject()
      .text("path", path)
      .text("title", outline.title)
      .list("nodes", nodes)
      .list("references", references)
      .str();
}

void tell_references(Session& session, const document::Document& document, const Content& content) {
  const auto references = references_of(document);
  if (references.empty()) return;
  session.out(fmt::format("\n{}\n", session.say("引用的文件", "Documents it names")));
  for (const document::Reference& reference : references) {
    const Standard* standard = resolved(content, reference);
    session.out(fmt::format("  {} × {}{}\n", reference.times, printable(reference.name, 400),
                            standard == nullptr ? "" : "  → " + standard->id));
  }
}

}  // namespace

Result<int> document_outline(Session& session) {
  const Content& content = *TRY(session.content());
  for (const std::string& path : session.positional("PATH")) {
    const document::Document document = TRY(document::read_document(path));
    const document::Outline outline = outline_of(document);
    if (session.json()) {
      session.out(json_of(path, document, outline, content) + "\n");
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
    tell_references(session, document, content);
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

constexpr std::array<Positional, 1> kDocuments = {
    {{"PATH",
      Arity::many,
      {"文件或文件夹：PDF、DOCX、ODT、EPUB、HTML、Markdown、文本",
       "files or folders: PDF, DOCX, ODT, EPUB, HTML, Markdown, text"}}}};
constexpr std::array<Option, 5> kCoverageOptions = {
    {{"--taxonomy",
      "ID",
      {"框架，可重复；all 为全部；默认为风险、行业、生命周期、主体、效力、技术范围",
       "a framework, repeatable; all for every one; otherwise risks, sectors, life cycle, actors, "
       "legal status and technical scope"},
      true},
     {"--html",
      "FILE",
      {"网页：原文与评定，或多份文件的热力图",
       "a page: the text beside its ratings, or a heat map of several documents"}},
     {"--svg", "FILE", {"热力图（第一个框架）", "a heat map, of the first framework"}},
     {"--csv", "FILE", {"表格", "a table"}},
     kJson}};
constexpr std::array<std::string_view, 3> kCoverageExamples = {
    "assay document coverage law.pdf --html coverage.html",
    "assay document coverage --taxonomy mit-ai-risk --json policies/*.docx",
    "assay document coverage --taxonomy all laws/ --html map.html --csv map.csv"};

constexpr std::array<Positional, 2> kVersions = {
    {{"OLD", Arity::one, {"旧文件", "the older document"}},
     {"NEW", Arity::one, {"新文件", "the newer document"}}}};
constexpr std::array<Option, 2> kCompareOptions = {
    {{"--html", "FILE", {"左右对照的网页", "a page with both side by side"}},
     {"--json", "", {"每处一行 JSON", "JSON, a line a piece"}}}};
constexpr std::array<std::string_view, 1> kCompareExamples = {
    "assay document compare draft.docx final.pdf --html changes.html"};

constexpr std::array<Positional, 2> kSearched = {
    {{"QUERY",
      Arity::one,
      {"要找的话，一句或几个词", "what to look for: a sentence or some words"}},
     kDocuments[0]}};
constexpr std::array<Option, 2> kSearchOptions = {
    {{"--most", "N", {"最多几处（默认 10）", "how many at most (10 where not given)"}},
     {"--json", "", {"每处一行 JSON", "JSON, a line a passage"}}}};
constexpr std::array<std::string_view, 1> kSearchExamples = {
    "assay document search \"label generated content\" laws/"};

constexpr std::array<Option, 2> kAgainstOptions = {
    {{"--standard", "ID", {"标准，默认 gbt-45654", "the standard, gbt-45654 where not given"}},
     {"--json", "", {"每条一行 JSON", "JSON, a line a clause"}}}};
constexpr std::array<std::string_view, 2> kAgainstExamples = {
    "assay document against --standard gbt-45654 filing-report.docx",
    "assay document against --standard gb-45438 --json policies/"};

constexpr std::array<Command, 9> kRows = {{
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
    {"document coverage",
     {"文件涉及哪些风险、行业、阶段、主体，程度如何，依据哪句原文",
      "which risks, sectors, stages and actors a document covers, how far, by which passages"},
     kDocuments,
     kCoverageOptions,
     kCoverageExamples,
     document_coverage},
    {"document against",
     {"文件写到了一项标准的哪些条款，写到多少，数值是否不同",
      "which clauses of a standard a document speaks of, how much, and where its numbers differ"},
     kDocuments,
     kAgainstOptions,
     kAgainstExamples,
     document_against},
    {"document compare",
     {"两份文件或两个版本逐条对照：修改、移位、新增、删除",
      "two documents or versions, article by article: changed, moved, added, removed"},
     kVersions,
     kCompareOptions,
     kCompareExamples,
     document_compare},
    {"document search",
     {"在文件中找与一句话最相近的段落", "the passages of documents that are likest to a sentence"},
     kSearched,
     kSearchOptions,
     kSearchExamples,
     document_search},
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
