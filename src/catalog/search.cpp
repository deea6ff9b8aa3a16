// SPDX-License-Identifier: Apache-2.0
#include "catalog/search.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/strings.h"
#include "catalog/risks.h"

namespace assay::catalog {
namespace {

constexpr double kSaturation = 1.2;    // k1 of BM25
constexpr double kLengthWeight = 0.5;  // b; fields here are short, so less than the usual 0.75
constexpr double kNumberBonus = 50;    // above every score of words
constexpr std::size_t kShortestNumber = 4;
constexpr double kAboveClauses = 1.01;

struct Weighted {
  std::string_view text;
  double weight;
};

struct Entry {
  SearchHit hit;
  std::vector<double> weights;  // of each term of the query
  double length = 0;
  bool titled = false;  // a document whose title or number holds every term of the query
};

bool is_cjk(char32_t c) { return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF); }

char32_t fold(char32_t c) {
  if (c == 0x3000) return ' ';
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

enum class Class : std::uint8_t { other, letter, digit, cjk };

Class class_of(char32_t c) {
  if (is_cjk(c)) return Class::cjk;
  if (c >= '0' && c <= '9') return Class::digit;
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7);
  return letter ? Class::letter : Class::other;
}

std::string encode(std::u32string_view run) {
  std::string out;
  for (const char32_t c : run) append_utf8(out, c);
  return out;
}

void add_run(std::u32string_view run, Class kind, std::vector<std::string>& out) {
  if (run.empty()) return;
  if (kind == Class::cjk && run.size() > 1) {
    for (std::size_t i = 0; i + 1 < run.size(); ++i) out.push_back(encode(run.substr(i, 2)));
    return;
  }
  std::string term = encode(run);
  const bool plural = kind == Class::letter && term.size() > 3 && term.ends_with('s') &&
                      !term.ends_with("ss") && !term.ends_with("us");
  if (plural) term.pop_back();
  out.push_back(std::move(term));
}

class Searcher {
 public:
  explicit Searcher(std::string_view query) : terms_(terms(query)), number_(squeeze(query)) {
    std::ranges::sort(terms_);
    terms_.erase(std::unique(terms_.begin(), terms_.end()), terms_.end());
  }

  void add(SearchHit hit, const std::vector<Weighted>& fields,
           const std::vector<std::string>& names) {
    Entry entry{std::move(hit), std::vector<double>(terms_.size(), 0.0), 0};
    for (const Weighted& field : fields) {
      for (const std::string& term : terms(field.text)) {
        entry.length += 1;
        const auto at = std::ranges::lower_bound(terms_, term);
        if (at != terms_.end() && *at == term)
          entry.weights[static_cast<std::size_t>(at - terms_.begin())] += field.weight;
      }
    }
    entry.hit.score = number_bonus(names);
    entry.titled = entry.hit.kind == HitKind::document && holds_all(names, *entry.hit.standard);
    total_length_ += entry.length;
    entries_.push_back(std::move(entry));
  }

  std::vector<SearchHit> finish(std::size_t most) {
    for (Entry& entry : entries_) entry.hit.score += score(entry);
    put_above_clauses();
    std::erase_if(entries_, [](const Entry& entry) { return entry.hit.score <= 0; });
    std::ranges::sort(entries_, [](const Entry& a, const Entry& b) {
      return a.hit.score != b.hit.score ? a.hit.score > b.hit.score : a.hit.id < b.hit.id;
    });
    std::vector<SearchHit> out;
    for (Entry& entry : entries_) {
      if (out.size() == most) break;
      out.push_back(std::move(entry.hit));
    }
    return out;
  }

 private:
  bool holds_all(const std::vector<std::string>& names, const Standard& standard) const {
    std::vector<std::string> held;
    for (const std::string& text : {standard.title.zh, standard.title.en, join(names, " ")})
      for (std::string& term : terms(text)) held.push_back(std::move(term));
    return !terms_.empty() && std::ranges::all_of(terms_, [&held](const std::string& term) {
      return std::ranges::find(held, term) != held.end();
    });
  }

  // A document named by what is asked for stands above its own clauses, which only repeat it.
  void put_above_clauses() {
    std::map<const Standard*, double> best;
    for (const Entry& entry : entries_)
      if (entry.hit.kind == HitKind::clause)
        best[entry.hit.standard] = std::max(best[entry.hit.standard], entry.hit.score);
    for (Entry& entry : entries_)
      if (entry.titled)
        entry.hit.score = std::max(entry.hit.score, best[entry.hit.standard] * kAboveClauses);
  }

  // A query that is a number, whole or in part, names its document whatever else it hits.
  double number_bonus(const std::vector<std::string>& names) const {
    const bool digits = number_.find_first_of("0123456789") != std::string::npos;
    if (!digits || number_.size() < kShortestNumber) return 0;
    double best = 0;
    for (const std::string& name : names) {
      const std::string squeezed = squeeze(name);
      if (squeezed.find(number_) == std::string::npos) continue;
      best = std::max(best, kNumberBonus * (1 + static_cast<double>(number_.size()) /
                                                    static_cast<double>(squeezed.size())));
    }
    return best;
  }

  double score(const Entry& entry) {
    if (entries_.empty()) return 0;
    if (rarity_.empty()) rarity_ = rarities();
    const double average = std::max(1.0, total_length_ / static_cast<double>(entries_.size()));
    const double norm = 1 - kLengthWeight + kLengthWeight * entry.length / average;
    double sum = 0;
    std::size_t found = 0;
    for (std::size_t i = 0; i < terms_.size(); ++i) {
      const double weight = entry.weights[i];
      if (weight == 0) continue;
      ++found;
      sum += rarity_[i] * weight * (kSaturation + 1) / (weight + kSaturation * norm);
    }
    if (found == 0) return 0;
    // A hit that holds the whole query stands above one that repeats a part of it.
    return sum * static_cast<double>(found) / static_cast<double>(terms_.size());
  }

  std::vector<double> rarities() const {
    std::vector<double> out;
    const auto n = static_cast<double>(entries_.size());
    for (std::size_t i = 0; i < terms_.size(); ++i) {
      const auto with = static_cast<double>(std::ranges::count_if(
          entries_, [i](const Entry& entry) { return entry.weights[i] > 0; }));
      out.push_back(std::log(1 + (n - with + 0.5) / (with + 0.5)));
    }
    return out;
  }

  std::vector<std::string> terms_;
  std::string number_;
  std::vector<Entry> entries_;
  std::vector<double> rarity_;
  double total_length_ = 0;
};

void add_document(const Content& content, const Standard& standard, Searcher& searcher) {
  std::vector<Weighted> fields = {{standard.id, 4},           {standard.number, 4},
                                  {standard.title.zh, 6},     {standard.title.en, 6},
                                  {standard.key_issue.zh, 2}, {standard.key_issue.en, 2},
                                  {standard.content.zh, 1},   {standard.content.en, 1},
                                  {standard.note.zh, 0.5},    {standard.note.en, 0.5}};
  std::vector<std::string> names = {standard.id, standard.number};
  names.insert(names.end(), standard.aliases.begin(), standard.aliases.end());
  for (const std::string& alias : standard.aliases) fields.push_back({alias, 4});
  if (const Text* part = title_of_part(content, standard.part)) {
    fields.push_back({part->zh, 1});
    fields.push_back({part->en, 1});
  }
  for (const RiskLink& link : links_of_document(content, standard)) {
    const Item* risk = find_item_by_ref(content, link.risk);
    if (risk == nullptr) continue;
    fields.push_back({risk->title.zh, 0.5});
    fields.push_back({risk->title.en, 0.5});
  }
  SearchHit hit{HitKind::document, standard.id, &standard};
  searcher.add(std::move(hit), fields, names);
}

}  // namespace

std::vector<std::string> terms(std::string_view text) {
  std::vector<std::string> out;
  std::u32string run;
  Class kind = Class::other;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = fold(next_code_point(text, at));
    const Class next = class_of(c);
    // "GB/T" and "GBT" are one word, as are "YD/T" and "YDT".
    if (c == '/' && (run == U"gb" || run == U"yd")) continue;
    if (next != kind) {
      add_run(run, kind, out);
      run.clear();
      kind = next;
    }
    if (next != Class::other) run.push_back(c);
  }
  add_run(run, kind, out);
  return out;
}

std::vector<SearchHit> search(const Content& content, std::string_view query, std::size_t most) {
  Searcher searcher(query);
  for (const Standard& standard : content.standards) {
    add_document(content, standard, searcher);
    for (const Clause& clause : standard.clauses) {
      SearchHit hit{HitKind::clause, clause.id, &standard, &clause};
      searcher.add(std::move(hit),
                   {{clause.code, 4},
                    {clause.statement.zh, 2},
                    {clause.statement.en, 2},
                    {clause.note.zh, 0.5},
                    {clause.note.en, 0.5}},
                   {clause.code});
    }
  }
  for (const Framework& framework : content.frameworks)
    for (const Item& item : framework.items) {
      SearchHit hit{HitKind::item, item_ref(framework, item), nullptr, nullptr, &framework, &item};
      searcher.add(std::move(hit),
                   {{item.id, 4},
                    {item.title.zh, 4},
                    {item.title.en, 4},
                    {item.text.zh, 1},
                    {item.text.en, 1}},
                   {item.id});
    }
  return searcher.finish(most);
}

}  // namespace assay::catalog
