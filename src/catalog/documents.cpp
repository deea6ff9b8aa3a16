// SPDX-License-Identifier: Apache-2.0
#include "catalog/documents.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/strings.h"
#include "catalog/risks.h"
#include "model/json.h"

namespace assay::catalog {
namespace {

// Series that many titles begin with; said once by the kind, they only lengthen a label.
constexpr std::array<std::string_view, 5> kSeriesZh = {
    "网络安全标准实践指南——", "网络安全技术 ", "信息安全技术 ", "数据安全技术 ", "信息技术 "};
constexpr std::array<std::string_view, 6> kSeriesEn = {
    "Practice guide - ",           "Practice guide: ",
    "Cybersecurity technology - ", "Information security technology - ",
    "Data security technology - ", "Information technology - "};

template <std::size_t N>
std::string without_series(const std::string& title,
                           const std::array<std::string_view, N>& series) {
  for (const std::string_view name : series)
    if (title.starts_with(name)) return title.substr(name.size());
  return title;
}

char32_t narrow(char32_t c) {
  if (c == 0x3000) return ' ';
  return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
}

bool is_word(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 0x3400 && c <= 0x9FFF) ||
         (c >= 0xC0 && c < 0x3000 && c != 0xD7 && c != 0xF7 && (c < 0x2000 || c > 0x206F));
}

bool matches_text(const Standard& standard, const std::string& squeezed) {
  std::vector<std::string_view> fields = {
      standard.id,           standard.number,       standard.title.zh,   standard.title.en,
      standard.key_issue.zh, standard.key_issue.en, standard.content.zh, standard.content.en};
  fields.insert(fields.end(), standard.aliases.begin(), standard.aliases.end());
  return std::ranges::any_of(fields, [&](std::string_view field) {
    return squeeze(field).find(squeezed) != std::string::npos;
  });
}

// Insertions, deletions and changes that turn `a` into `b`.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({change, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row[b.size()];
}

std::ptrdiff_t turn(DocumentStatus status) {
  return std::ranges::find(kStatusOrder, status) - kStatusOrder.begin();
}

// Runs of digits count as numbers: "20257A" before "202510A".
bool natural_less(std::string_view a, std::string_view b) {
  const auto digits = [](std::string_view text) {
    std::size_t n = 0;
    while (n < text.size() && text[n] >= '0' && text[n] <= '9') ++n;
    return n;
  };
  while (!a.empty() && !b.empty()) {
    const std::size_t in_a = digits(a);
    const std::size_t in_b = digits(b);
    const std::size_t take_a = std::max<std::size_t>(in_a, 1);
    const std::size_t take_b = std::max<std::size_t>(in_b, 1);
    if (in_a != in_b && in_a > 0 && in_b > 0) return in_a < in_b;
    const auto left = a.substr(0, take_a) <=> b.substr(0, take_b);
    if (left != 0) return left < 0;
    a.remove_prefix(take_a);
    b.remove_prefix(take_b);
  }
  return a.size() < b.size();
}

bool passes(const Content& content, const Filter& filter, const Standard& standard) {
  if (filter.kind && standard.kind != *filter.kind) return false;
  if (filter.status && standard.status(filter.as_of) != *filter.status) return false;
  if (filter.v1 && standard.in_v1 < Membership::candidate) return false;
  return filter.part.empty() || within_part(content, standard.part, filter.part);
}

}  // namespace

bool normative(Kind kind) {
  switch (kind) {
    case Kind::mandatory_standard:
    case Kind::recommended_standard:
    case Kind::guidance_document:
    case Kind::technical_document:
    case Kind::practice_guide:
    case Kind::standard_plan:
    case Kind::industry_standard:
    case Kind::group_standard: return true;
    case Kind::research_report:
    case Kind::law:
    case Kind::framework:
    case Kind::unstated: break;
  }
  return false;
}

Stage stage(const Standard& standard, const Date& date) {
  switch (standard.status(date)) {
    case DocumentStatus::unknown: return Stage::unknown;
    case DocumentStatus::not_started: return Stage::not_started;
    case DocumentStatus::planned:
    case DocumentStatus::drafting:
    case DocumentStatus::consultation: return Stage::in_development;
    case DocumentStatus::published:
      return standard.effective.known() && order(standard.effective, date) > 0 ? Stage::issued
                                                                               : Stage::in_force;
    case DocumentStatus::in_force: return Stage::in_force;
    case DocumentStatus::superseded:
    case DocumentStatus::withdrawn: return Stage::ended;
  }
  return Stage::unknown;
}

const std::string& name_of(const Standard& standard) {
  const bool no_number = standard.number.empty() || standard.number == standard.title.en;
  return no_number ? standard.id : standard.number;
}

Text short_title(const Standard& standard) {
  return {without_series(standard.title.zh, kSeriesZh),
          without_series(standard.title.en, kSeriesEn)};
}

Ref split_ref(std::string_view id) {
  const auto colon = id.find(':');
  if (colon == std::string_view::npos) return {{}, id};
  return {id.substr(0, colon), id.substr(colon + 1)};
}

std::string document_ref(const Standard& standard) { return "standard:" + standard.id; }

std::string item_ref(const Framework& framework, const Item& item) {
  return framework.id + ":" + item.id;
}

const Item* find_item_by_ref(const Content& content, std::string_view ref) {
  const Ref parts = split_ref(ref);
  const Framework* framework = find_framework(content, parts.prefix);
  return framework == nullptr ? nullptr : find_item(*framework, parts.local);
}

const Standard* find_standard_by_ref(const Content& content, std::string_view ref) {
  const Ref parts = split_ref(ref);
  return parts.prefix == "standard" ? find_standard(content, parts.local) : nullptr;
}

const Part* find_part(const Content& content, std::string_view id) {
  const auto at = std::ranges::find(content.parts, id, &Part::id);
  return at == content.parts.end() ? nullptr : &*at;
}

const Text* title_of_part(const Content& content, std::string_view id) {
  const Part* part = find_part(content, id);
  return part == nullptr ? nullptr : &part->title;
}

bool within_part(const Content& content, std::string_view part, std::string_view root) {
  // Overlays may close a ring of parents: no chain is longer than there are parts.
  for (std::size_t step = 0; step <= content.parts.size() && !part.empty(); ++step) {
    if (part == root) return true;
    const Part* here = find_part(content, part);
    if (here == nullptr) return false;
    part = here->parent;
  }
  return false;
}

std::vector<const Standard*> superseded_by(const Content& content, std::string_view id) {
  std::vector<const Standard*> out;
  for (const Standard& standard : content.standards)
    if (std::ranges::find(standard.supersedes, id) != standard.supersedes.end())
      out.push_back(&standard);
  return out;
}

std::vector<const Standard*> list_documents(const Content& content, const Filter& filter) {
  const std::string squeezed = squeeze(filter.text);
  std::vector<std::string> of_risk;
  if (!filter.risk.empty())
    for (const RiskLink& link : links_of_risk(content, filter.risk))
      of_risk.push_back(link.standard->id);
  std::vector<const Standard*> out;
  for (const Standard& standard : content.standards) {
    if (!passes(content, filter, standard)) continue;
    if (!squeezed.empty() && !matches_text(standard, squeezed)) continue;
    if (!filter.risk.empty() && std::ranges::find(of_risk, standard.id) == of_risk.end()) continue;
    out.push_back(&standard);
  }
  std::ranges::sort(out, [&](const Standard* a, const Standard* b) {
    if (a->part != b->part) return a->part.empty() ? false : b->part.empty() || a->part < b->part;
    const auto turn_a = turn(a->status(filter.as_of));
    const auto turn_b = turn(b->status(filter.as_of));
    return turn_a != turn_b ? turn_a < turn_b : natural_less(name_of(*a), name_of(*b));
  });
  return out;
}

std::string squeeze(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    char32_t c = narrow(next_code_point(text, at));
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    if (is_word(c)) append_utf8(out, c);
  }
  return out;
}

std::vector<const Standard*> documents_named(const Content& content, std::string_view word) {
  if (const Standard* exact = find_standard(content, split_ref(word).local)) return {exact};
  const std::string wanted = squeeze(word);
  std::vector<const Standard*> whole;
  std::vector<const Standard*> partly;
  if (wanted.empty()) return {};
  for (const Standard& standard : content.standards) {
    std::vector<std::string> names = {squeeze(standard.id), squeeze(standard.number),
                                      squeeze(standard.title.zh), squeeze(standard.title.en)};
    for (const std::string& alias : standard.aliases) names.push_back(squeeze(alias));
    if (std::ranges::find(names, wanted) != names.end()) whole.push_back(&standard);
    // "45654" or "gbt45654" without the year; shorter pieces name too much.
    const std::string& number = names[1];
    if (wanted.size() >= 5 && number.find(wanted) != std::string::npos) partly.push_back(&standard);
  }
  return whole.empty() ? partly : whole;
}

std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& known,
                                 std::size_t most) {
  constexpr std::size_t kLongest = 64;
  const std::string wanted = to_lower(word.substr(0, kLongest));
  std::vector<std::pair<std::size_t, std::string>> scored;
  for (const std::string& name : known) {
    const std::string lower = to_lower(name);
    const std::size_t distance = edit_distance(wanted, lower);
    const bool close = distance <= std::max<std::size_t>(2, wanted.size() / 2);
    if (close || (wanted.size() >= 3 && lower.find(wanted) != std::string::npos))
      scored.emplace_back(distance, name);
  }
  std::ranges::sort(scored);
  std::vector<std::string> out;
  for (const auto& entry : scored) {
    if (out.size() == most) break;
    if (std::ranges::find(out, entry.second) == out.end()) out.push_back(entry.second);
  }
  return out;
}

}  // namespace assay::catalog
