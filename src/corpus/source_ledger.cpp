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
  kModelVersion,
  kAcquired,
};
constexpr std::array<table::Column, 16> kColumns = {{
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
    {"self-collected|自采",
     SourceKind::self_collected,
     {kCollectionRecord, kId, kId},
     "source-collection-unrecorded"},
    {"website|crawled|网站|爬取",
     SourceKind::website,
     {kUrl, kCollectionRecord, kRobots},
     "source-collection-unrecorded"},
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

// Columns whose cell may name a file. In those of papers that are known by a number, such as
// HT/2026/03, a slash alone does not make a path.
struct RecordColumn {
  std::size_t column;
  bool numbered;
};
constexpr std::array<RecordColumn, 5> kRecords = {{
    {kLicenceRecord, false},
    {kCollectionRecord, false},
    {kContract, true},
    {kSupplierProof, true},
    {kAuthorisation, true},
}};
constexpr std::array<std::string_view, 41> kEndings = {
    ".7z",     ".bmp",  ".csv",     ".db",   ".doc",  ".docx", ".eml",   ".et",   ".gif",
    ".gz",     ".htm",  ".html",    ".jpeg", ".jpg",  ".json", ".jsonl", ".log",  ".md",
    ".msg",    ".ofd",  ".parquet", ".pdf",  ".png",  ".ppt",  ".pptx",  ".rar",  ".rtf",
    ".sqlite", ".tar",  ".tgz",     ".tif",  ".tiff", ".tsv",  ".txt",   ".webp", ".wps",
    ".xls",    ".xlsx", ".xml",     ".yaml", ".zip"};

// What people write where they have nothing.
constexpr std::array<std::string_view, 19> kNothing = {
    "-",    "--",  "—",    "——", "–",    "/",    "n/a",  "na",     "nil", "none",
    "null", "tbd", "todo", "无", "暂无", "没有", "待补", "待补充", "待定"};

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

// A cell without the words that mean nothing.
std::string_view value_of(const table::Row& row, std::size_t column) {
  const std::string_view cell = trim(row[column]);
  constexpr std::size_t kLongest = 9;  // bytes of the words above
  const bool nothing = cell.size() <= kLongest && std::ranges::count(kNothing, to_lower(cell)) > 0;
  return nothing ? std::string_view() : cell;
}

bool names_a_file(std::string_view cell, const RecordColumn& column) {
  if (cell.find("://") != std::string_view::npos) return false;
  const std::string lower = to_lower(cell);
  const bool slash = lower.find_first_of("/\\") != std::string::npos;
  return (slash && !column.numbered) ||
         std::ranges::any_of(kEndings, [&](std::string_view e) { return lower.ends_with(e); });
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
    const std::string_view wrong = days_.take(value_of(row, kAcquired));
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
    const auto languages = text::list_in(value_of(row, kLanguage));
    const auto modalities = text::list_in(value_of(row, kModality));
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
    const bool website = kind->kind == SourceKind::website;
    const bool collected = kind->kind == SourceKind::self_collected;
    // The rules of the site are judged on their own.
    const bool has = collected || website ? std::ranges::count(missing, kCollectionRecord) == 0
                                          : missing.empty();
    count(share_of(kind->kind), has);
    if (!has) note(kind->lacks, row, {std::string(row[kId]), column_names(missing)});
    for (const std::size_t column : kAlways)
      if (value_of(row, column).empty()) missing.push_back(column);
    const bool has_url = !value_of(row, kUrl).empty();
    if (collected && has_url && row[kRobots].empty()) missing.push_back(kRobots);
    if (website || (collected && has_url)) check_robots(row);
    count(ledger_.complete, missing.empty());
    if (!missing.empty())
      note("source-incomplete", row, {std::string(row[kId]), column_names(missing)});
  }

  std::vector<std::size_t> missing_of(const table::Row& row, const KindRow& kind,
                                      bool acquired_is_day) {
    std::vector<std::size_t> missing;
    for (const std::size_t column : kind.asks) {
      if (column == kId) continue;
      const bool empty = column == kRobots ? row[column].empty() : value_of(row, column).empty();
      if (empty || (column == kAcquired && !acquired_is_day) || !files_exist(row, column))
        missing.push_back(column);
    }
    return missing;
  }

  // Whether the files that a cell names are there; each that is not is noted.
  bool files_exist(const table::Row& row, std::size_t column) {
    const auto* record = std::ranges::find(kRecords, column, &RecordColumn::column);
    if (record == kRecords.end()) return true;
    bool all = true;
    for (const std::string_view part : text::list_in(value_of(row, column))) {
      if (!names_a_file(part, *record)) continue;
      const auto path = below_folder(part);
      std::error_code ignored;
      if (path && fs::exists(*path, ignored)) continue;
      all = false;
      note("source-file-missing", row,
           {std::string(row[kId]), std::string(kColumns[column].name), std::string(part)});
    }
    return all;
  }

  static void count(Share& share, bool has) {
    ++share.of;
    share.have += has ? 1 : 0;
  }

  Share& share_of(SourceKind kind) {
    switch (kind) {
      case SourceKind::open_source: return ledger_.open_source_licensed;
      case SourceKind::bought: return ledger_.bought_contracted;
      case SourceKind::user_input: return ledger_.user_authorised;
      case SourceKind::synthetic: return ledger_.synthetic_recorded;
      case SourceKind::self_collected:
      case SourceKind::website: break;
    }
    return ledger_.collected_recorded;
  }

  void check_robots(const table::Row& row) {
    const Robots* robots = rules_of(row);
    const std::string_view url = value_of(row, kUrl);
    if (robots == nullptr || url.empty()) {
      ++ledger_.robots_unread;
      return;
    }
    const std::string_view agent = value_of(row, kUserAgent);
    if (robots->allows(agent.empty() ? "*" : agent, url)) return;
    ++ledger_.robots_disallowed;
    note("source-robots-disallowed", row, {std::string(row[kId]), std::string(url)});
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

  Result<std::string> recorded_rules(std::string_view cell) {
    const auto path = below_folder(cell);
    if (!path) return Error{Code::invalid, "not a path below the ledger's folder"};
    std::string rules = TRY(read_file(*path, kRobotsBytes));
    if (ledger_.robots_files.size() < kMaxRobotsFiles) ledger_.robots_files.emplace(cell);
    return rules;
  }

  // A ledger comes from strangers: it can only name files below its own folder.
  std::optional<fs::path> below_folder(std::string_view cell) const {
    if (cell.find('\0') != std::string_view::npos) return std::nullopt;
    const fs::path relative = fs::path(cell).lexically_normal();
    if (relative.is_absolute() || relative.empty() || *relative.begin() == "..")
      return std::nullopt;
    return folder_ / relative;
  }

  fs::path folder_;
  const table::Hooks& hooks_;
  text::LatestDay days_;
  SourceLedger ledger_;
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
