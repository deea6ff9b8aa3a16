// SPDX-License-Identifier: Apache-2.0
//
// A small content for the tests of this room: four documents, three editions of a framework, and
// the rows between them.
#pragma once

#include <string>

#include "model/content.h"

namespace assay::catalog {

inline Date day(std::string_view text) {
  const Result<Date> date = parse_date(text);
  return date.ok() ? *date : Date{};
}

inline HistoryEvent happened(std::string_view date, DocumentStatus status) {
  return {day(date), status, Confidence::sourced, {}};
}

inline Standard document(std::string id, std::string number, Text title, Kind kind,
                         std::vector<HistoryEvent> history) {
  Standard out;
  out.id = std::move(id);
  out.number = std::move(number);
  out.title = std::move(title);
  out.kind = kind;
  out.history = std::move(history);
  out.confidence = Confidence::sourced;
  return out;
}

inline Mapping row_of(std::string subject, std::string predicate, std::string object,
                      std::optional<double> score = {},
                      Confidence confidence = Confidence::derived) {
  Mapping out;
  out.subject = std::move(subject);
  out.predicate = std::move(predicate);
  out.object = std::move(object);
  out.justification = "semapv:ManualMappingCuration";
  out.score = score;
  out.confidence = confidence;
  return out;
}

inline Framework framework(std::string id, std::string edition, std::vector<std::string> risks) {
  Framework out;
  out.id = id;
  out.title = {"框架 " + edition, "Framework " + edition};
  out.edition = std::move(edition);
  out.document = std::move(id);
  out.confidence = Confidence::sourced;
  for (std::string& risk : risks) {
    Item item;
    item.title = {"风险 " + risk, "Risk " + risk};
    item.id = std::move(risk);
    item.kind = ItemKind::risk;
    item.confidence = Confidence::sourced;
    out.items.push_back(std::move(item));
  }
  return out;
}

inline Clause clause(const std::string& standard, const std::string& code, Text statement) {
  Clause out;
  out.id = standard + "/" + code;
  out.standard = standard;
  out.code = code;
  out.place = PlainText("1");
  out.subject = Subject::corpus;
  out.test = TestKind::automatic;
  out.statement = std::move(statement);
  out.controls = {"library-size"};
  out.confidence = Confidence::recalled;
  return out;
}

inline std::vector<Standard> small_standards() {
  using enum DocumentStatus;
  Standard old = document("t-003", "TC260-003", {"生成式服务基本要求", "Basic requirements"},
                          Kind::technical_document,
                          {happened("2024-02-29", published), happened("2025-11-01", superseded)});
  old.part = "C.n1";
  old.in_v1 = Membership::yes;
  old.clauses = {clause("t-003", "GAI-KW-001", {"关键词库规模", "Size of the keyword library"})};
  Standard next = document("gbt-45654", "GB/T 45654-2025",
                           {"网络安全技术 生成式人工智能服务安全基本要求",
                            "Cybersecurity technology - Basic security requirements"},
                           Kind::recommended_standard,
                           {happened("2024-05", drafting), happened("2025-04-25", published),
                            happened("2025-11-01", in_force)});
  next.part = "C.n1";
  next.effective = day("2025-11-01");
  next.supersedes = {"t-003"};
  next.in_v1 = Membership::probable;
  next.clauses = {
      clause("gbt-45654", "GAI-KW-001", {"关键词库规模", "Size of the keyword library"})};
  next.clauses[0].threshold.op = Op::at_least;
  next.clauses[0].threshold.value = 10000;
  Standard plan = document("plan-x", "", {"智能体安全要求", "Agent requirements"},
                           Kind::standard_plan, {happened("2026-06-27", planned)});
  plan.part = "B";
  Standard frame = document("frame-1", "Framework 1", {"治理框架", "Framework 1"}, Kind::framework,
                            {happened("2024-09-09", published)});
  Standard frame2 = document("frame-2", "", {"治理框架二", "Framework two"}, Kind::framework,
                             {happened("2025-09-15", published)});
  return {frame, frame2, next, plan, old};
}

inline Content small_content() {
  Content out;
  out.manifest = {"small", "1.0.0", 1, day("2026-11-22")};
  out.parts = {{"B", {"安全管理", "Management"}, 1, "", Confidence::sourced, {}, ""},
               {"C", {"关键技术", "Key technologies"}, 1, "", Confidence::sourced, {}, ""},
               {"C.n1", {"生成式", "Generative"}, 2, "C", Confidence::sourced, {}, ""},
               {"C.tr005-1", {"检索增强", "Retrieval"}, 2, "C", Confidence::sourced, {}, ""}};
  out.standards = small_standards();
  Control control;
  control.id = "library-size";
  control.title = {"词库规模", "Library size"};
  control.why = {"词库太小会漏", "A small library lets things pass"};
  control.measures = {{"total", "keyword_library", "total", false}};
  out.controls = {control};
  out.frameworks = {framework("frame-1", "1.0", {"R1", "R2", "R3"}),
                    framework("frame-2", "2.0", {"S1", "S2"}), framework("owasp", "2025", {"R1"})};
  MappingSet risks;
  risks.id = "standards-to-risks";
  risks.rows = {row_of("standard:gbt-45654", "assay:mitigates", "frame-1:R1"),
                row_of("standard:t-003", "assay:mitigates", "frame-1:R1"),
                row_of("standard:plan-x", "assay:mitigates", "frame-1:R2"),
                row_of("frame-1:R1", "assay:addressedBy", "frame-1:R2")};
  MappingSet editions;
  editions.id = "editions";
  editions.rows = {row_of("frame-1:R1", "skos:closeMatch", "frame-2:S1", 0.8, Confidence::sourced),
                   row_of("frame-1:R2", "skos:broadMatch", "frame-2:S1", 0.5, Confidence::sourced),
                   row_of("frame-1:R3", "assay:noMatch", "frame-2:S2"),
                   row_of("frame-2:S1", "skos:exactMatch", "owasp:R1", 0.5, Confidence::sourced)};
  out.mappings = {editions, risks};
  out.editions = {{"v1.0", {"体系", "System"}, day("2025-01-26"), Confidence::sourced, {}, {}, {}}};
  out.editions[0].slots = {
      {SlotState::published, Kind::technical_document, "t-003", {}, Confidence::sourced, {}},
      {SlotState::published, Kind::practice_guide, "", {}, Confidence::sourced, {}},
      {SlotState::in_development,
       Kind::recommended_standard,
       "gbt-45654",
       {},
       Confidence::recalled,
       {}},
      {SlotState::in_development,
       Kind::recommended_standard,
       "",
       {"plan-x"},
       Confidence::derived,
       {}}};
  out.timeline = {{day("2025-04-25"), {"发布", "GB/T 45654 issued"}, Confidence::sourced},
                  {day("2025-05-01"), {"会议", "A meeting"}, Confidence::sourced}};
  return out;
}

}  // namespace assay::catalog
