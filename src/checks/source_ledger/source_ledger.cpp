// SPDX-License-Identifier: Apache-2.0
#include "corpus/source_ledger.h"

#include <array>

#include "checks/common.h"
#include "checks/notes.h"

namespace assay::checks::source_ledger {
namespace {

constexpr std::string_view kId = "source_ledger";

constexpr std::array<CheckMeasurement, 8> kMeasurements = {{
    {"min_sources_per_type",
     Input::ledger,
     {"各语言与类型中最少的来源数", "fewest sources for a language and type"}},
    {"open_source_licensed_share",
     Input::ledger,
     {"有许可记录的开源来源", "open-source sources with a licence record"}},
    {"robots_disallowed",
     Input::ledger,
     {"违反所记录 robots 规则的来源", "sources disallowed by recorded robots rules"}},
    {"collected_unrecorded",
     Input::ledger,
     {"缺少采集记录的自采来源", "collected sources without a record of collection"}},
    {"bought_contract_share",
     Input::ledger,
     {"有合同和供方证明的外购来源", "bought sources with contract and proof"}},
    {"user_authorised_share",
     Input::ledger,
     {"有授权记录的使用者输入来源", "user-input sources with an authorisation"}},
    {"complete_records_share", Input::ledger, {"记录完整的来源", "sources with complete records"}},
    {"synthetic_recorded_share",
     Input::ledger,
     {"记录完整的合成数据来源", "synthetic sources with complete records"}},
}};

constexpr std::array<Telling, 13> kTellings = {{
    {"source-incomplete",
     Severity::medium,
     {"来源 {0} 缺少：{1}", "Source {0} lacks: {1}"},
     {"补齐该来源的记录；无法补齐的，不用于训练。",
      "Complete the record of the source, or do not train on it."},
     "complete_records_share"},
    {"source-unlicensed",
     Severity::medium,
     {"开源来源 {0} 没有许可记录，缺少：{1}", "Open-source data {0} has no licence on record: {1}"},
     {"补存许可文件并登记；找不到许可的，移出训练数据。",
      "Store and register the licence; without one, remove the data."},
     "open_source_licensed_share"},
    {"source-uncontracted",
     Severity::medium,
     {"外购来源 {0} 的合同与证明不齐，缺少：{1}",
      "Bought data {0} has no contract with proof: {1}"},
     {"向供方补取合同和证明；不能提供的，停止使用。",
      "Get contract and proof from the supplier, or stop using the data."},
     "bought_contract_share"},
    {"source-unauthorised",
     Severity::high,
     {"使用者输入 {0} 没有授权记录，缺少：{1}", "User input {0} is not authorised: {1}"},
     {"移出没有授权的数据。", "Remove the data without authorisation."},
     "user_authorised_share"},
    {"source-version-unrecorded",
     Severity::medium,
     {"合成来源 {0} 没有模型版本和时间，缺少：{1}",
      "Synthetic data {0} has no model version and day: {1}"},
     {"补记生成所用模型的版本和日期。", "Record the model's version and the day."},
     "synthetic_recorded_share"},
    {"source-collection-unrecorded",
     Severity::medium,
     {"自采来源 {0} 没有采集记录，缺少：{1}",
      "Self-collected data {0} has no record of its collection: {1}"},
     {"补存采集日志；没有记录的，移出训练数据。",
      "Store the log of the collection; without one, remove the data."},
     "collected_unrecorded"},
    {"source-file-missing",
     Severity::medium,
     {"来源 {0} 的“{1}”所指的文件不在台账所在目录下：{2}",
      "The file that “{1}” of source {0} names is not below the ledger's folder: {2}"},
     {"把文件放在台账所在目录下，写明相对路径；没有文件的，写明编号。",
      "Put the file below the ledger's folder and give its relative path; where there is no file, "
      "give the number of the paper."},
     "complete_records_share"},
    {"source-robots-disallowed",
     Severity::high,
     {"来源 {0} 的网址被所记录的 robots 协议禁止采集：{1}",
      "The recorded robots rules of source {0} forbid collecting {1}"},
     {"停止采集并移除该来源的数据，或取得网站的书面许可。",
      "Stop collecting and remove the data, or get the site's written consent."},
     "robots_disallowed"},
    {"source-robots-unreadable",
     Severity::medium,
     {"来源 {0} 的 robots 记录“{1}”无法读取 {2*}",
      "The robots record “{1}” of source {0} cannot be read {2}"},
     {"把采集时的 robots.txt 保存在台账所在目录下；网站没有该文件的，写 none。",
      "Keep the robots.txt of that day below the ledger's folder; write none where the site has "
      "no such file."},
     "robots_disallowed"},
    {"source-kind-unknown",
     Severity::medium,
     {"来源 {0} 的类型“{1}”不可识别", "The kind of source {0}, “{1}”, is not known"},
     {"使用 open-source、self-collected、website、bought、user-input 或 synthetic。",
      "Use open-source, self-collected, website, bought, user-input or synthetic."},
     "complete_records_share"},
    {"source-id-repeated",
     Severity::low,
     {"来源编号 {0} 与第 {1} 行相同", "Source id {0} is that of line {1}"},
     {"每个来源使用不同编号。", "Give each source its own id."}},
    {"source-foreign-only",
     Severity::medium,
     {"“{0} × {1}”只有境外来源", "All sources of “{0} × {1}” are foreign"},
     {"搭配境内来源。", "Combine them with domestic sources."},
     "min_sources_per_type"},
    {"source-robots-unrecorded",
     Severity::high,
     {"{0} 个网站来源没有可用的网址和 robots 记录，不能确定其允许采集",
      "{0} sources from the web have no usable URL and robots record, so it is unknown whether "
      "they "
      "may be collected"},
     {"补充采集时的 robots 记录。", "Add the robots rules recorded at the time."},
     "robots_disallowed"},
}};

void share(Sink& sink, std::string_view name, const corpus::Share& of) {
  measure_share(sink, kId, name, of.have, of.of);
}

Status run(const CheckInput& input, Sink& sink) {
  const auto given = paths(input.system, Input::ledger);
  if (given.empty()) return Done{};
  const std::string& path = given.front();
  Notes notes(input, sink, kId, path, kTellings);
  const corpus::SourceLedger ledger =
      TRY(corpus::read_source_ledger(resolve(input, path), input.as_of, notes.hooks()));
  if (ledger.robots_unread > 0)
    notes.tell({"source-robots-unrecorded", 0, {std::to_string(ledger.robots_unread)}});
  notes.tell_unread(ledger.totals);

  const std::uint64_t unrecorded = ledger.collected_recorded.of - ledger.collected_recorded.have;
  // A row that was not read could lower any share and hide what robots rules forbid.
  const bool whole = ledger.totals.unread == 0;
  if (whole) {
    if (ledger.types > 0)
      measure_count(sink, kId, "min_sources_per_type", ledger.min_per_type, "sources");
    share(sink, "open_source_licensed_share", ledger.open_source_licensed);
    share(sink, "bought_contract_share", ledger.bought_contracted);
    share(sink, "user_authorised_share", ledger.user_authorised);
    share(sink, "complete_records_share", ledger.complete);
    share(sink, "synthetic_recorded_share", ledger.synthetic_recorded);
  }
  measure_faults(sink, kId, "collected_unrecorded", unrecorded, "sources",
                 whole && ledger.collected_recorded.of > 0);
  measure_faults(sink, kId, "robots_disallowed", ledger.robots_disallowed, "sources",
                 whole && ledger.totals.rows > 0 && ledger.robots_unread == 0);
  for (const std::string& file : ledger.robots_files)
    TRY(add_evidence(input, sink, kId, (fs::path(path).parent_path() / file).generic_string(),
                     "text/plain"));
  return add_evidence(input, sink, kId, path, "text/plain");
}

}  // namespace

extern const Check kCheck = {kId, {"训练数据来源台账", "source ledger"}, 1, kMeasurements, run};

}  // namespace assay::checks::source_ledger
