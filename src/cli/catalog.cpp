// SPDX-License-Identifier: Apache-2.0
//
// The table of `assay catalog`.
#include <array>

#include "cli/catalog_commands.h"

namespace assay::cli {
namespace {

constexpr Option kJson = {"--json", "", {"每行一个 JSON 对象", "one JSON object a line"}};
constexpr Option kAsOf = {
    "--as-of",
    "DATE",
    {"按这一天的状态（默认今天，UTC）", "the state on that day (default: today, UTC)"}};
constexpr Option kEdition = {"--edition",
                             "1.0|2.0|3.0",
                             {"治理框架的版本（默认 1.0；其他版本经版本对照得到）",
                              "edition of the governance framework (default 1.0; the others are "
                              "reached through the concordance)"}};
constexpr Option kOutput = {
    "-o,--output",
    "FILE",
    {"写入文件（默认标准输出）", "write to a file (default: standard output)"}};
constexpr Option kStatus = {
    "--status",
    "STATUS",
    {"状态：planned、drafting、consultation、published、in-force、superseded …",
     "status: planned, drafting, consultation, published, in-force, superseded ..."}};
constexpr Option kKind = {"--kind",
                          "KIND",
                          {"文件类型：recommended-standard、practice-guide …",
                           "kind of document: recommended-standard, practice-guide ..."}};
constexpr Option kFrom = {"--from", "DATE", {"起始日期", "first day"}};
constexpr Option kTo = {"--to", "DATE", {"截止日期", "last day"}};

constexpr Positional kId[] = {
    {"ID",
     Arity::one,
     {"文件或条款：标识、编号或名称", "document or clause: id, number or title"}}};
constexpr Positional kText[] = {
    {"TEXT",
     Arity::many,
     {"要找的词，中文或英文，或一个编号", "words in Chinese or English, or a number"}}};
constexpr Positional kEnds[] = {
    {"FROM", Arity::one, {"框架、框架条目或文件", "a framework, an item of one, or a document"}},
    {"TO", Arity::one, {"框架、框架条目或文件", "a framework, an item of one, or a document"}}};

constexpr Option kListOptions[] = {
    kKind,
    kStatus,
    {"--part",
     "PART",
     {"结构中的部分或节点及其下级：A … E、C.n5",
      "part or node of the structure, with what is below it: A ... E, C.n5"}},
    {"--risk",
     "RISK",
     {"应对该风险的文件：V1-3.2.1a", "documents that answer this risk: V1-3.2.1a"}},
    {"--text", "TEXT", {"名称、要点或内容含有的字词", "words in title, key issue or content"}},
    {"--v1",
     "",
     {"只列 V1.0 的成员、可能的成员和候选",
      "only members, probable members and candidates of V1.0"}},
    kAsOf,
    kJson};
constexpr Option kShowOptions[] = {kAsOf, kJson};
constexpr Option kSearchOptions[] = {
    {"--limit", "N", {"最多几条（默认 20）", "at most so many hits (default 20)"}}, kJson};
constexpr Option kTreeOptions[] = {
    {"--v1", "", {"V1.0 的 24 个名额及其现状", "the 24 slots of V1.0 and what became of them"}},
    {"--all", "", {"也列出后来的报告所加的节点", "also the nodes that later reports added"}},
    kAsOf,
    kJson};
constexpr Option kMapOptions[] = {kEdition, kAsOf, kJson};
constexpr Option kTimelineOptions[] = {
    kFrom, kTo, {"--document", "ID", {"只看一份文件", "only one document"}}, kStatus, kKind, kJson};
constexpr Option kDiffOptions[] = {kFrom, kTo, kJson};
constexpr Option kCrosswalkOptions[] = {
    {"--via",
     "FRAMEWORK",
     {"经一个框架间接对照，分值相乘", "through one framework in between; scores are multiplied"}},
    kJson};
constexpr Option kExportOptions[] = {
    {"--format",
     "FORMAT",
     {"json、csv、sssom、oscal-catalog、oscal-mapping（默认 json）",
      "json, csv, sssom, oscal-catalog, oscal-mapping (default json)"}},
    {"--table",
     "TABLE",
     {"csv 的内容：documents、clauses、mappings",
      "what the csv holds: documents, clauses, mappings"}},
    {"--set", "ID", {"sssom 只取一个对照表", "only one mapping set in sssom"}},
    kAsOf,
    kOutput};
constexpr Option kDiagramOptions[] = {kAsOf, kOutput};
constexpr Option kMatrixOptions[] = {kEdition, kAsOf, kOutput};

using Line = std::string_view;
constexpr Line kListExamples[] = {"assay catalog list --status in-force --part C",
                                  "assay catalog list --risk V1-3.2.1a --as-of 2025-12-31 --json"};
constexpr Line kShowExamples[] = {"assay catalog show gb-45438",
                                  "assay catalog show gbt-45654/GAI-KW-001"};
constexpr Line kSearchExamples[] = {"assay catalog search GB/T45654",
                                    "assay catalog search 训练数据 来源"};
constexpr Line kTreeExamples[] = {"assay catalog tree",
                                  "assay catalog tree --v1 --as-of 2025-01-26"};
constexpr Line kMapExamples[] = {"assay catalog map", "assay catalog map --edition 3.0 --json"};
constexpr Line kGapsExamples[] = {"assay catalog gaps --edition 2.0"};
constexpr Line kTimelineExamples[] = {"assay catalog timeline --from 2025 --to 2025"};
constexpr Line kDiffExamples[] = {"assay catalog diff --from 2025-01-26 --to 2026-01-26"};
constexpr Line kCrosswalkExamples[] = {"assay catalog crosswalk owasp-llm-2025 owasp-llm-2026",
                                       "assay catalog crosswalk aisgf-2 nist-ai-rmf --via aisgf-1"};
constexpr Line kExportExamples[] = {"assay catalog export --format oscal-catalog -o catalog.json",
                                    "assay catalog export --format csv --table clauses"};
constexpr Line kDiagramExamples[] = {"assay catalog diagram --lang zh -o structure.svg"};
constexpr Line kMatrixExamples[] = {"assay catalog matrix --edition 3.0 --lang en -o matrix.svg"};

constexpr Command kRows[] = {
    {"catalog list",
     {"列出标准和文件", "list standards and other documents"},
     {},
     kListOptions,
     kListExamples,
     catalog_list},
    {"catalog show",
     {"显示一份文件或一条条款", "show one document or clause"},
     kId,
     kShowOptions,
     kShowExamples,
     catalog_show},
    {"catalog search",
     {"检索文件、条款和风险", "search documents, clauses and risks"},
     kText,
     kSearchOptions,
     kSearchExamples,
     catalog_search},
    {"catalog tree",
     {"标准体系的结构及各处数量", "the structure of the system, with counts"},
     {},
     kTreeOptions,
     kTreeExamples,
     catalog_tree},
    {"catalog map",
     {"风险与标准的对应矩阵", "the matrix of risks and standards"},
     {},
     kMapOptions,
     kMapExamples,
     catalog_map},
    {"catalog gaps",
     {"每项风险、每个部分有何文件，缺什么", "what each risk and part has, and what is missing"},
     {},
     kMapOptions,
     kGapsExamples,
     catalog_gaps},
    {"catalog timeline",
     {"按日期排列的大事", "dated events"},
     {},
     kTimelineOptions,
     kTimelineExamples,
     catalog_timeline},
    {"catalog diff",
     {"两个日期之间的变化", "what changed between two days"},
     {},
     kDiffOptions,
     kDiffExamples,
     catalog_diff},
    {"catalog crosswalk",
     {"两个框架或文件之间的对照", "how two frameworks or documents meet"},
     kEnds,
     kCrosswalkOptions,
     kCrosswalkExamples,
     catalog_crosswalk},
    {"catalog export",
     {"导出为 JSON、CSV、SSSOM 或 OSCAL", "export as JSON, CSV, SSSOM or OSCAL"},
     {},
     kExportOptions,
     kExportExamples,
     catalog_export},
    {"catalog diagram",
     {"标准体系结构图（SVG）", "the structure as a picture (SVG)"},
     {},
     kDiagramOptions,
     kDiagramExamples,
     catalog_diagram},
    {"catalog matrix",
     {"风险与标准热力图（SVG）", "risks and standards as a heat map (SVG)"},
     {},
     kMatrixOptions,
     kMatrixExamples,
     catalog_matrix},
};

}  // namespace

extern const Group catalog_group;
const Group catalog_group = {
    "catalog", {"查阅人工智能安全标准体系", "read the AI security standards system"}, kRows};

}  // namespace assay::cli
