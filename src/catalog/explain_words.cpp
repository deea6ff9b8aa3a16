// SPDX-License-Identifier: Apache-2.0
#include "catalog/explain.h"
#include "model/result_types.h"

namespace assay::catalog {
namespace {

constexpr std::array<StaticText, 4> kConfidenceMeanings = {{
    {"没有说明可信度", "no confidence is stated"},
    {"凭记忆，没有读到来源；据此得出的结论标为未核实，不计入合计",
     "from memory, no source was read; a verdict that rests on it is marked unverified and left "
     "out of the totals"},
    {"我们自己的解读或推断，没有文本这样说", "our own reading or link; no text says so"},
    {"在写明的来源中读到", "read in a source that is named"},
}};

constexpr std::array<StaticText, 9> kStatusMeanings = {{
    {"那一天的状态没有查到", "what the document was on that day was not found"},
    {"那一天还没有任何记录", "nothing is recorded of the document before that day"},
    {"已列入计划或需求，尚未起草", "listed in a plan or a call for needs, not yet being written"},
    {"正在起草", "being written"},
    {"征求意见稿已公开", "a draft is open for comments"},
    {"已发布；有施行日期的，尚未施行",
     "issued; where it has a day of effect, that day has not come"},
    {"已施行", "in effect"},
    {"已由另一份文件接替", "another document has taken its place"},
    {"已停止使用，没有接替者", "no longer in use, without a successor"},
}};

constexpr std::array<StaticText, 5> kMembershipMeanings = {{
    {"是否属于 V1.0 没有查到", "whether it belongs to V1.0 was not found"},
    {"不属于 V1.0", "not one of the 24 of V1.0"},
    {"V1.0 某个名额的候选，未确认", "a candidate for a slot of V1.0, not confirmed"},
    {"很可能属于 V1.0", "very likely one of the 24 of V1.0"},
    {"属于 V1.0", "one of the 24 of V1.0"},
}};

constexpr std::array<StaticText, 4> kTestMeanings = {{
    {"没有说明", "not stated"},
    {"程序可以独自判定", "a program can decide it alone"},
    {"程序测量，部分由人判断", "a program measures, a person judges part of it"},
    {"由人凭证据判断", "a person judges it on evidence"},
}};

constexpr std::array<StaticText, 5> kVerdictMeanings = {{
    {"检查未能执行，没有结论", "a check could not run; there is no verdict"},
    {"需要人工判断或举证", "a person has to judge or give evidence"},
    {"条款不适用于该系统", "the clause does not speak to this system"},
    {"测量值不满足限值", "a measurement does not keep the limit"},
    {"测量值满足限值，且没有待定事项", "the measurements keep the limit and nothing is open"},
}};

template <Worded E, std::size_t N>
void add(std::vector<WordInfo>& out, std::string_view list_word, StaticText list,
         const std::array<StaticText, N>& meanings) {
  static_assert(N == Words<E>::table.size());
  for (std::size_t i = 0; i < N; ++i) {
    const Word<E>& row = Words<E>::table[i];
    out.push_back({list, list_word, row.word, row.name, meanings[i]});
  }
}

// Enumerations whose names say enough.
template <Worded E>
void add(std::vector<WordInfo>& out, std::string_view list_word, StaticText list) {
  for (const Word<E>& row : Words<E>::table)
    if (row.word != "unstated") out.push_back({list, list_word, row.word, row.name, row.name});
}

std::vector<WordInfo> build() {
  std::vector<WordInfo> out;
  add<Confidence>(out, "confidence", {"可信度", "confidence"}, kConfidenceMeanings);
  add<DocumentStatus>(out, "status", {"文件状态", "status of a document"}, kStatusMeanings);
  add<Membership>(out, "in-v1", {"是否属于 V1.0", "membership in V1.0"}, kMembershipMeanings);
  add<TestKind>(out, "test", {"检验方式", "kind of test"}, kTestMeanings);
  add<Verdict>(out, "verdict", {"结论", "verdict"}, kVerdictMeanings);
  add<Kind>(out, "kind", {"文件类型", "kind of document"});
  add<Subject>(out, "subject", {"被测对象", "subject"});
  add<ItemKind>(out, "item-kind", {"框架条目类型", "kind of framework item"});
  add<Severity>(out, "severity", {"严重程度", "severity"});
  return out;
}

}  // namespace

StaticText meaning_of(Confidence confidence) {
  return kConfidenceMeanings[static_cast<std::size_t>(confidence)];
}

std::span<const WordInfo> all_words() {
  static const std::vector<WordInfo> kWords = build();
  return kWords;
}

}  // namespace assay::catalog
