// SPDX-License-Identifier: Apache-2.0
#include "corpus/source_ledger.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/strings.h"
#include "corpus/robots.h"
#include "text/cells.h"

namespace assay::corpus {
namespace {

enum : std::size_t {
  kId,
  kKind,
  kLanguage,
  kModality,
  kOrigin,
  kUrl,
  kLicence,
  kLicenceRecord,
  kCollectionRecord,
  kRobots,
  kUserAgent,
  kContract,
  kSupplierProof,
  kAuthorisation,
  kConsent,
  kModelVersion,
  kAcquired,
};
constexpr std::array<table::Column, 17> kColumns = {{
    {"id", "source_id|编号|来源编号", table::Need::required},
    {"kind", "type|来源类型|类型", table::Need::required},
    {"language", "lang|语言|语种"},
    {"modality", "模态|数据类型"},
    {"origin", "境内外|来源地"},
    {"url", "网址"},
    {"licence", "license|licence_id|license_id|许可协议"},
    {"licence_record", "license_record|许可记录"},
    {"collection_record", "采集记录"},
    {"robots", "robots_txt|robots协议"},
    {"user_agent", {}},
    {"contract", "contract_id|合同"},
    {"supplier_proof", "proof|供方证明"},
    {"authorisation", "authorization|授权记录"},
    {"consent", "consent_id|同意记录"},
    {"model_version", "模型版本"},
    {"acquired", "acquired_on|获取时间|获取日期"},
}};

enum class SourceKind : std::uint8_t {
  open_source,
  self_collected,
  website,
  bought,
  user_input,
  synthetic,
};

struct KindRow {
  std::string_view words;  // with | between
  SourceKind kind;
  std::array<std::size_t, 3> asks;  // columns that must have a value; kId where there are fewer
  std::string_view lacks = {};      // what to note where one of them has none
};
constexpr std::array<KindRow, 6> kKinds = {{
    {"open-source|开源",
     SourceKind::open_source,
     {kLicence, kLicenceRecord, kId},
     "source-unlicensed"},
    {"self-collected|自采", SourceKind::self_collected, {kCollectionRecord, kId, kId}},
    {"website|crawled|网站|爬取", SourceKind::website, {kUrl, kCollectionRecord, kRobots}},
    {"bought|commercial|商业|购买",
     SourceKind::bought,
     {kContract, kSupplierProof, kId},
     "source-uncontracted"},
    {"user-input|用户输入",
     SourceKind::user_input,
     {kAuthorisation, kId, kId},
     "source-unauthorised"},
    {"synthetic|ai-generated|合成",
     SourceKind::synthetic,
     {kModelVersion, kAcquired, kId},
     "source-version-unrecorded"},
}};
// Every source says what it is and where it is from.
constexpr std::array<std::size_t, 3> kAlways = {kLanguage, kModality, kOrigin};

constexpr std::size_t kMaxTypes = 1'000;
constexpr std::uint64_t kMaxSources = 5'000'000;
constexpr std::uint64_t kRobotsBytes = 16 << 20;

const KindRow* find_kind(std::string_view cell) {
  std::string word = to_lower(cell);
  std::ranges::replace(word, '_', '-');
  std::ranges::replace(word, ' ', '-');
  const auto* at = std::ranges::find_if(kKinds, [&](const KindRow& row) {
    return std::ranges::count(split(row.words, '|'), word) > 0;
  });
  return at == kKinds.end() ? nullptr : at;
}

bool is_foreign(std::string_view origin) {
  const std::string word = to_lower(origin);
  return word == "foreign" || word == "境外" || word == "国外";
}

// Rules that a cell itself holds, a line each whether it was written in one line or in several;
// empty where the cell holds none and so names a recorded file.
std::string rules_in(std::string_view cell) {
  constexpr std::array<std::string_view, 3> kKeys = {"user-agent:", "allow:", "disallow:"};
  const std::string lower = to_lower(cell);
  if (lower.find(kKeys[0]) == std::string::npos) return {};
  std::string out;
  for (std::size_t at = 0; at < cell.size(); ++at) {
    const bool in_word = at > 0 && lower[at - 1] >= 'a' && lower[at - 1] <= 'z';
    const bool key = std::ranges::any_of(kKeys, [&](std::string_view k) {
      return std::string_view(lower).substr(at).starts_with(k);
    });
    if (key && !in_word) {
      while (!out.empty() && std::string_view(" ;,|\n").find(out.back()) != std::string_view::npos)
        out.pop_back();
      out += '\n';
    }
    out += cell[at];
  }
  return out;
}

// The site has no robots.txt, which allows everything (RFC 9309, 2.3.1.3).
bool says_no_rules(std::string_view cell) {
  const std::string word = to_lower(cell);
  return word == "none" || word == "404" || word == "无";
}

std::string column_names(const std::vector<std::size_t>& columns) {
  std::vector<std::string> names;
  for (const std::size_t column : columns) names.emplace_back(kColumns[column].name);
  return join(names, ", ");
}

struct Type {
  std::uint64_t sources = 0;
  std::uint64_t foreign = 0;
};

class Reading {
 public:
  Reading(fs::path folder, const Date& as_of, const table::Hooks& hooks)
      : folder_(std::move(folder)), hooks_(hooks), days_(as_of) {}

  void take(const table::Row& row) {
    if (lines_.size() >= kMaxSources) {
      full_ = true;
      return;
    }
    const std::string id(row[kId]);
    const auto [at, first] = lines_.try_emplace(id, row.line());
    if (!first) note("source-id-repeated", row, {id, std::to_string(at->second)});
    const std::string_view wrong = days_.take(row[kAcquired]);
    if (!wrong.empty()) note(wrong, row, {"acquired", std::string(row[kAcquired])});
    if (first) take_types(row);
    take_kind(row, wrong.empty());
  }

  Result<SourceLedger> finish(table::Totals totals) {
    if (full_) return Error{Code::limit, "more than 5,000,000 sources", 0, {}, "split the ledger"};
    ledger_.totals = std::move(totals);
    ledger_.types = types_.size();
    const auto fewest =
        std::ranges::min_element(types_, {}, [](const auto& row) { return row.second.sources; });
    if (fewest != types_.end()) ledger_.min_per_type = fewest->second.sources;
    for (const auto& [type, counts] : types_)
      if (counts.foreign == counts.sources && hooks_.note)
        hooks_.note({"source-foreign-only", 0, {type.first, type.second}});
    return std::move(ledger_);
  }

 private:
  void note(std::string_view id, const table::Row& row, std::vector<std::string> args) {
    if (hooks_.note) hooks_.note({id, row.line(), std::move(args)});
  }

  void take_types(const table::Row& row) {
    const auto languages = text::list_in(row[kLanguage]);
    const auto modalities = text::list_in(row[kModality]);
    if (languages.size() * modalities.size() > kMaxTypes || types_.size() > kMaxTypes) return;
    for (const std::string_view language : languages)
      for (const std::string_view modality : modalities) {
        Type& type = types_[{to_lower(language.substr(0, language.find_first_of("-_"))),
                             to_lower(modality)}];
        ++type.sources;
        if (is_foreign(row[kOrigin])) ++type.foreign;
      }
  }

  void take_kind(const table::Row& row, bool acquired_is_day) {
    const KindRow* kind = find_kind(row[kKind]);
    if (kind == nullptr) {
      count(ledger_.complete, false);
      note("source-kind-unknown", row, {std::string(row[kId]), std::string(row[kKind])});
      return;
    }
    std::vector<std::size_t> missing = missing_of(row, *kind, acquired_is_day);
    count(*share_of(kind->kind), missing.empty());
    if (!missing.empty() && !kind->lacks.empty())
      note(kind->lacks, row, {std::string(row[kId]), column_names(missing)});
    for (const std::size_t column : kAlways)
      if (row[column].empty()) missing.push_back(column);
    const bool collected = kind->kind == SourceKind::self_collected;
    if (collected && !row[kUrl].empty() && row[kRobots].empty()) missing.push_back(kRobots);
    if (kind->kind == SourceKind::website || (collected && !row[kUrl].empty())) check_robots(row);
    count(ledger_.complete, missing.empty());
    if (!missing.empty())
      note("source-incomplete", row, {std::string(row[kId]), column_names(missing)});
  }

  static std::vector<std::size_t> missing_of(const table::Row& row, const KindRow& kind,
                                             bool acquired_is_day) {
    std::vector<std::size_t> missing;
    for (const std::size_t column : kind.asks)
      if (row[column].empty() || (column == kAcquired && !acquired_is_day))
        missing.push_back(column);
    return missing;
  }

  static void count(Share& share, bool has) {
    ++share.of;
    share.have += has ? 1 : 0;
  }

  Share* share_of(SourceKind kind) {
    switch (kind) {
      case SourceKind::open_source: return &ledger_.open_source_licensed;
      case SourceKind::bought: return &ledger_.bought_contracted;
      case SourceKind::user_input: return &ledger_.user_authorised;
      case SourceKind::synthetic: return &ledger_.synthetic_recorded;
      case SourceKind::self_collected:
      case SourceKind::website: break;
    }
    return &collected_;
  }

  void check_robots(const table::Row& row) {
    const Robots* robots = rules_of(row);
    if (robots == nullptr || row[kUrl].empty()) {
      ++ledger_.robots_unread;
      return;
    }
    const std::string_view agent = row[kUserAgent].empty() ? "*" : row[kUserAgent];
    if (robots->allows(agent, row[kUrl])) return;
    ++ledger_.robots_disallowed;
    note("source-robots-disallowed", row, {std::string(row[kId]), std::string(row[kUrl])});
  }

  // The rules on record for a row; null where there are none. Ledgers name the same file over and
  // over, so the last ones stay at hand.
  const Robots* rules_of(const table::Row& row) {
    constexpr std::size_t kKept = 64;
    const std::string cell(row[kRobots]);
    if (cell.empty()) return nullptr;
    if (robots_.size() >= kKept && !robots_.contains(cell)) robots_.clear();
    const auto [at, fresh] = robots_.try_emplace(cell);
    if (!fresh) {
      if (!at->second) note("source-robots-unreadable", row, {std::string(row[kId]), cell, ""});
      return at->second ? &*at->second : nullptr;
    }
    Result<std::string> text = rules_in(cell);
    if (text->empty() && !says_no_rules(cell)) text = recorded_rules(cell);
    if (text.ok()) {
      at->second = Robots::parse(*text);
      return &*at->second;
    }
    note("source-robots-unreadable", row, {std::string(row[kId]), cell, text.error().what});
    return nullptr;
  }

  // A ledger comes from strangers: it can only name files below its own folder.
  Result<std::string> recorded_rules(const std::string& cell) const {
    const fs::path relative = fs::path(cell).lexically_normal();
    if (relative.is_absolute() || relative.empty() || *relative.begin() == "..")
      return Error{Code::invalid, "not a path below the ledger's folder"};
    return read_file(folder_ / relative, kRobotsBytes);
  }

  fs::path folder_;
  const table::Hooks& hooks_;
  text::LatestDay days_;
  SourceLedger ledger_;
  Share collected_;
  std::map<std::pair<std::string, std::string>, Type> types_;
  std::unordered_map<std::string, std::uint64_t> lines_;
  std::unordered_map<std::string, std::optional<Robots>> robots_;
  bool full_ = false;
};

}  // namespace

Result<SourceLedger> read_source_ledger(const fs::path& path, const Date& as_of,
                                        const table::Hooks& hooks) {
  Reading reading(path.parent_path(), as_of, hooks);
  table::Totals totals = TRY(table::for_each_row(
      path, kColumns, table::kLimits, hooks, [&](const table::Row& row) { reading.take(row); }));
  return reading.finish(std::move(totals));
}

}  // namespace assay::corpus
