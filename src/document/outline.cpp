// SPDX-License-Identifier: Apache-2.0
#include "document/outline.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/strings.h"

namespace assay::document {
namespace {

constexpr std::size_t kLongestTitle = 150;  // bytes
constexpr std::size_t kMostCandidates = 20'000;
constexpr std::size_t kReach = 400;  // candidates that a number's successor is sought among
constexpr int kLevels = 9;           // of headings without numbers
constexpr double kGapCost = 0.4;     // for each number left out of a sequence

struct Candidate {
  std::size_t block = 0;
  Number number;
};

// --- sequences of numbers that run through the whole document

int step(const Number& from, const Number& to) {
  if (to.values[0] == from.values[0]) return to.inserted == from.inserted + 1 ? 1 : 0;
  return to.inserted == 0 ? to.values[0] - from.values[0] : 0;
}

// The longest run of numbers that go up, holes at a cost; the last such run, since a table of
// contents comes first.
std::vector<std::size_t> longest_run(const std::vector<Candidate>& candidates) {
  const std::size_t n = candidates.size();
  std::vector<double> worth(n, 1);
  std::vector<std::size_t> next(n, n);
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t j = i + 1; j < std::min(n, i + kReach); ++j) {
      const int up = step(candidates[i].number, candidates[j].number);
      if (up < 1) continue;
      const double with = 1 + worth[j] - kGapCost * (up - 1);
      if (with > worth[i]) {
        worth[i] = with;
        next[i] = j;
      }
    }
  }
  std::vector<std::size_t> run;
  if (n == 0) return run;
  std::size_t at = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double start_cost = kGapCost * (candidates[i].number.values[0] - 1);
    const double best_cost = kGapCost * (candidates[at].number.values[0] - 1);
    if (worth[i] - start_cost >= worth[at] - best_cost) at = i;
  }
  for (; at < n; at = next[at]) run.push_back(at);
  return run;
}

// --- items below an article

struct Level {
  Number::Style style{};
  bool bracket = false;  // "(1)" is not "1."
  bool capital = false;  // "(A)" is not "(a)"
  int last = 0;
  int inserted = 0;
  int node = -1;
};

bool bracketed(const Number& number) {
  return number.label.starts_with("(") || number.label.starts_with("（");
}

bool capital(const Number& number) {
  return std::ranges::any_of(number.label, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool of_level(const Level& level, const Number& number) {
  return level.style == number.style && level.bracket == bracketed(number) &&
         level.capital == capital(number);
}

// What a label may be: "(i)" is a letter and a Roman number, "(c)" too.
std::vector<Number> readings(const Number& number) {
  std::vector<Number> out = {number};
  if (number.style != Number::Style::letter) return out;
  std::string letters;
  for (const char c : number.label)
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) letters += c;
  if (const auto value = roman_number(letters)) {
    out.push_back(number);
    out.back().style = Number::Style::roman;
    out.back().values = {*value};
  }
  return out;
}

class Maker {
 public:
  explicit Maker(const Document& document) : document_(document) {}

  Outline operator()() {
    collect();
    choose();
    for (std::size_t block = 0; block < document_.blocks.size(); ++block) take(block);
    close_spans();
    outline_.title = title();
    return std::move(outline_);
  }

 private:
  std::string_view text(std::size_t block) const {
    return document_.at(document_.blocks[block].span);
  }

  void collect() {
    for (std::size_t block = 0; block < document_.blocks.size(); ++block) {
      const BlockKind kind = document_.blocks[block].kind;
      if (kind == BlockKind::footnote || in_contents(text(block))) continue;
      auto number = number_at(text(block));
      if (!number || number->values.empty()) {
        if (number && number->unit == Unit::annex) numbers_[block] = *number;
        continue;
      }
      numbers_[block] = *number;
      auto& list = by_unit_[number->unit];
      if (list.size() < kMostCandidates) list.push_back({block, std::move(*number)});
    }
  }

  // Articles, chapters and parts run through the document; so do recitals, up to the first article.
  void choose() {
    for (const Unit unit : {Unit::part, Unit::chapter, Unit::article, Unit::annex})
      run_of(by_unit_[unit]);
    const auto article = std::find_if(chosen_.begin(), chosen_.end(), [&](std::size_t block) {
      return numbers_.at(block).unit == Unit::article;
    });
    if (article == chosen_.end()) return;
    std::vector<Candidate> recitals;
    for (const Candidate& candidate : by_unit_[Unit::item])
      if (candidate.block < *article && candidate.number.style == Number::Style::digit &&
          candidate.number.label.starts_with("("))
        recitals.push_back(candidate);
    if (longest_run(recitals).size() < 3) return;
    for (const std::size_t at : longest_run(recitals)) {
      numbers_[recitals[at].block].unit = Unit::recital;
      chosen_.insert(recitals[at].block);
    }
  }

  void run_of(const std::vector<Candidate>& candidates) {
    for (const std::size_t at : longest_run(candidates)) chosen_.insert(candidates[at].block);
  }

  // --- the walk

  void take(std::size_t block) {
    const Block& what = document_.blocks[block];
    const auto found = numbers_.find(block);
    if (found == numbers_.end()) {
      if (what.kind == BlockKind::heading) plain_heading(block);
      return;
    }
    const Number& number = found->second;
    switch (number.unit) {
      case Unit::part:
      case Unit::chapter:
      case Unit::article:
      case Unit::recital:
        if (chosen_.contains(block)) heading(block, number);
        break;
      case Unit::annex:
        if (chosen_.contains(block) || number.values.empty()) heading(block, number);
        break;
      case Unit::section:
        if (continues_section(number)) heading(block, number);
        break;
      case Unit::clause:
        if (continues_clause(number))
          clause(block, number);
        else
          item(block, number);
        break;
      case Unit::item:
        if (what.kind == BlockKind::heading)
          numbered_heading(block, number);
        else
          item(block, number);
        break;
    }
  }

  // "## 1. Who we are", "## 一、基本情况": the file says that it is a heading.
  void numbered_heading(std::size_t block, const Number& number) {
    const int level = std::clamp(document_.blocks[block].level, 1, kLevels);
    Node node;
    node.unit = level <= 2 ? Unit::chapter : Unit::section;
    node.label = number.label;
    node.title = title_of(block, number);
    open(std::move(node), rank(Unit::chapter) + level, block);
  }

  // A heading of the file without a number, between chapter and section by its level.
  void plain_heading(std::size_t block) {
    const int level = std::clamp(document_.blocks[block].level, 1, kLevels);
    if (level < 2 && block == 0) return;  // the title
    Node node;
    node.unit = level <= 2 ? Unit::chapter : Unit::section;
    node.title = text(block);
    open(std::move(node), rank(Unit::chapter) + level, block);
  }

  bool continues_section(const Number& number) {
    const int want = last_section_ + 1;
    const bool goes_on = number.values[0] == want || number.values[0] == 1;
    if (goes_on) last_section_ = number.values[0];
    return goes_on;
  }

  static int rank(Unit unit) {
    switch (unit) {
      case Unit::part:
      case Unit::annex: return 0;
      case Unit::chapter:
      case Unit::recital: return 1;
      case Unit::section: return 2 + kLevels;
      case Unit::article: return 3 + kLevels;
      case Unit::clause: return 4 + kLevels;
      case Unit::item: break;
    }
    return 5 + kLevels;
  }

  void heading(std::size_t block, const Number& number) {
    Node node;
    node.unit = number.unit;
    node.label = number.label;
    node.title = title_of(block, number);
    open(std::move(node), rank(number.unit), block);
    if (rank(number.unit) <= rank(Unit::chapter)) last_section_ = 0;
  }

  void open(Node node, int mine, std::size_t block) {
    while (!open_.empty() && open_.back().first >= mine) open_.pop_back();
    node.parent = above();
    open_.emplace_back(mine, add(std::move(node), block));
    levels_.clear();
    clauses_.clear();
  }
  int above() const { return open_.empty() ? -1 : open_.back().second; }

  // 5.2.1 after 5.2, or after 5.2.0; 5.3 after 5.2.x; 6 after 5.x.
  bool continues_clause(const Number& number) const {
    const std::vector<int>& now = number.values;
    if (clauses_.empty()) return now.size() == 1 ? now[0] <= 1 : now.back() <= 1 && now.size() <= 2;
    const std::vector<int>& last = clauses_.back().first;
    if (now.size() == last.size() + 1)
      return std::equal(last.begin(), last.end(), now.begin()) && now.back() <= 1;
    if (now.size() > last.size()) return false;
    const std::size_t n = now.size();
    return std::equal(now.begin(), now.begin() + static_cast<std::ptrdiff_t>(n) - 1,
                      last.begin()) &&
           now[n - 1] > last[n - 1] && now[n - 1] <= last[n - 1] + 2;
  }

  void clause(std::size_t block, const Number& number) {
    while (!clauses_.empty() && clauses_.back().first.size() >= number.values.size())
      clauses_.pop_back();
    Node node;
    node.unit = Unit::clause;
    node.label = number.label;
    node.title = title_of(block, number);
    node.parent = clauses_.empty() ? above() : clauses_.back().second;
    clauses_.emplace_back(number.values, add(std::move(node), block));
    levels_.clear();
  }

  void item(std::size_t block, const Number& number) {
    for (std::size_t up = levels_.size(); up-- > 0;) {
      for (const Number& reading : readings(number)) {
        const Level& level = levels_[up];
        const bool next =
            reading.values[0] == level.last + 1 ||
            (reading.values[0] == level.last && reading.inserted == level.inserted + 1);
        if (!of_level(level, reading) || !next || reading.values.size() != 1) continue;
        levels_.resize(up + 1);
        add_item(block, reading, levels_[up]);
        return;
      }
    }
    for (const Number& reading : readings(number)) {
      if (reading.values.size() != 1 || reading.values[0] != 1 || levels_.size() > 6) continue;
      // No list holds one of its own kind: it begins again, where the number above was not found.
      const auto again = std::ranges::find_if(
          levels_, [&](const Level& level) { return of_level(level, reading); });
      levels_.erase(again, levels_.end());
      levels_.push_back({reading.style, bracketed(reading), capital(reading), 0, 0, -1});
      add_item(block, reading, levels_.back());
      return;
    }
  }

  void add_item(std::size_t block, const Number& number, Level& level) {
    const std::size_t depth = levels_.size();
    Node node;
    node.unit = Unit::item;
    node.label = number.label;
    if (open_.empty() && clauses_.empty()) node.title = title_of(block, number);  // "1. Who we are"
    node.parent = depth > 1           ? levels_[depth - 2].node
                  : !clauses_.empty() ? clauses_.back().second
                                      : above();
    level.last = number.values[0];
    level.inserted = number.inserted;
    level.node = add(std::move(node), block);
  }

  int add(Node node, std::size_t block) {
    node.head = document_.blocks[block].span;
    node.span = node.head;
    node.depth =
        node.parent < 0 ? 0 : outline_.nodes[static_cast<std::size_t>(node.parent)].depth + 1;
    outline_.nodes.push_back(std::move(node));
    return static_cast<int>(outline_.nodes.size()) - 1;
  }

  // The rest of the block, or the next block where the number stands alone.
  std::string title_of(std::size_t block, const Number& number) const {
    std::string_view rest = text(block).substr(number.bytes);
    if (rest.empty() && block + 1 < document_.blocks.size() && !numbers_.contains(block + 1))
      rest = text(block + 1);
    if (rest.starts_with("【")) return std::string(rest.substr(3, rest.find("】") - 3));
    const bool sentence = rest.ends_with("。") || rest.ends_with("；") || rest.ends_with("：") ||
                          rest.ends_with(";") || rest.ends_with(":") ||
                          (rest.ends_with(".") && rest.size() > 60);
    if (sentence || rest.size() > kLongestTitle || rest.find('\t') != rest.npos) return {};
    return std::string(rest);
  }

  void close_spans() {
    const std::size_t end = document_.text.size();
    std::vector<Node>& nodes = outline_.nodes;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      std::size_t next = i + 1;
      while (next < nodes.size() && nodes[next].depth > nodes[i].depth) ++next;
      nodes[i].span.end = next < nodes.size() ? nodes[next].head.begin : end;
    }
  }

  // The first heading of the file, else the first short block without a number.
  std::string title() const {
    for (const Block& block : document_.blocks)
      if (block.kind == BlockKind::heading) return std::string(document_.at(block.span));
    for (std::size_t block = 0; block < std::min<std::size_t>(10, document_.blocks.size()); ++block)
      if (text(block).size() > 8 && text(block).size() < 2 * kLongestTitle &&
          !numbers_.contains(block))
        return std::string(text(block));
    return document_.title;
  }

  const Document& document_;
  Outline outline_;
  std::map<std::size_t, Number> numbers_;  // by block
  std::map<Unit, std::vector<Candidate>> by_unit_;
  std::set<std::size_t> chosen_;           // blocks of sequences
  std::vector<std::pair<int, int>> open_;  // rank and node, of those above
  std::vector<std::pair<std::vector<int>, int>> clauses_;
  std::vector<Level> levels_;
  int last_section_ = 0;
};

}  // namespace

std::string place_of(const Outline& outline, std::size_t offset) {
  const auto after =
      std::upper_bound(outline.nodes.begin(), outline.nodes.end(), offset,
                       [](std::size_t at, const Node& node) { return at < node.head.begin; });
  int at = static_cast<int>(after - outline.nodes.begin()) - 1;
  const auto node = [&]() -> const Node& { return outline.nodes[static_cast<std::size_t>(at)]; };
  while (at >= 0 && node().span.end <= offset) at = node().parent;
  std::string out;
  for (; at >= 0; at = node().parent) {
    if (node().label.empty()) continue;
    if (node().unit == Unit::recital) return "Recital " + node().label;
    out = out.empty() ? node().label : node().label + " " + out;
    if (node().unit == Unit::article || node().unit == Unit::clause || node().unit == Unit::annex)
      break;
  }
  return out;
}

bool in_contents(std::string_view text) {
  const char last = text.empty() ? ' ' : text.back();
  if ((last < '0' || last > '9') && last != 'i' && last != 'v' && last != 'x') return false;
  return text.find("....") != text.npos || text.find("……") != text.npos ||
         text.find(". . . .") != text.npos;
}

Outline outline_of(const Document& document) { return Maker(document)(); }

}  // namespace assay::document
