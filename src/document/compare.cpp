// SPDX-License-Identifier: Apache-2.0
#include "document/compare.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "base/strings.h"
#include "document/letters.h"

namespace assay::document {
namespace {

constexpr double kAlikeLabelled = 0.25;    // enough where the label is the same
constexpr double kAlike = 0.5;             // enough without
constexpr double kNearlySame = 0.75;       // more than the same label says
constexpr std::size_t kMostEdits = 2'000;  // in one piece
constexpr std::size_t kCandidates = 8;     // that are compared closely with a piece
constexpr std::size_t kCommonPair = 200;  // a pair in more pieces says nothing about which is meant

// Words of Latin letters and digits, and single characters of other scripts, marks too.
std::vector<Span> tokens_of(std::string_view text, Span stretch) {
  std::vector<Span> out;
  for (std::size_t at = stretch.begin; at < stretch.end;) {
    const std::size_t begin = at;
    char32_t c = next_code_point(text, at);
    if (c == ' ' || c == '\n' || c == '\t' || c == 0xA0 || c == 0x3000 ||
        (c >= 0x2000 && c <= 0x200B))
      continue;
    std::size_t end = at;
    while (is_word_letter(c) && at < stretch.end) {
      c = next_code_point(text, at);
      if (is_word_letter(c)) end = at;
    }
    at = end;
    out.push_back({begin, end});
  }
  return out;
}

struct Tokens {
  std::vector<Span> spans;
  std::vector<std::size_t> ids;  // the same for the same word
};

class Ids {
 public:
  Tokens read(const Document& document, Span stretch) {
    Tokens out;
    out.spans = tokens_of(document.text, stretch);
    for (const Span span : out.spans)
      out.ids.push_back(
          ids_.try_emplace(std::string(document.at(span)), ids_.size()).first->second);
    return out;
  }

 private:
  std::unordered_map<std::string, std::size_t> ids_;
};

// Neighbouring words as sorted numbers, of which likeness is counted.
std::vector<std::uint64_t> pairs_of(const Tokens& tokens) {
  std::vector<std::uint64_t> out;
  for (std::size_t i = 0; i < tokens.ids.size(); ++i)
    out.push_back((tokens.ids[i] << 32) | (i + 1 < tokens.ids.size() ? tokens.ids[i + 1] : 0));
  std::sort(out.begin(), out.end());
  return out;
}

double likeness(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  if (a.empty() || b.empty()) return a.empty() && b.empty() ? 1 : 0;
  std::size_t shared = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i == *j) {
      ++shared;
      ++i;
      ++j;
    } else if (*i < *j) {
      ++i;
    } else {
      ++j;
    }
  }
  return 2.0 * static_cast<double>(shared) / static_cast<double>(a.size() + b.size());
}

// --- which piece became which

class Matcher {
 public:
  Matcher(const Document& before, const std::vector<Piece>& old_pieces, const Document& after,
          const std::vector<Piece>& new_pieces)
      : old_(read(before, old_pieces)),
        new_(read(after, new_pieces)),
        partner_(new_.size(), -1),
        taken_(old_.size(), false) {
    same_text();
    likest(kNearlySame);
    same_label(old_pieces, new_pieces);
    likest(kAlike);
  }

  const std::vector<int>& partners() const { return partner_; }
  double alike(std::size_t o, std::size_t n) const {
    return likeness(old_[o].pairs, new_[n].pairs);
  }
  const Tokens& old_tokens(std::size_t o) const { return old_[o].tokens; }
  const Tokens& new_tokens(std::size_t n) const { return new_[n].tokens; }

 private:
  struct Read {
    Tokens tokens;
    std::vector<std::uint64_t> pairs;
  };

  std::vector<Read> read(const Document& document, const std::vector<Piece>& pieces) {
    std::vector<Read> out;
    for (const Piece& piece : pieces) {
      Read one{ids_.read(document, piece.span), {}};
      one.pairs = pairs_of(one.tokens);
      out.push_back(std::move(one));
    }
    return out;
  }

  void pair(std::size_t o, std::size_t n) {
    partner_[n] = static_cast<int>(o);
    taken_[o] = true;
  }

  // In order, so that the first of several equal ones takes the first.
  void same_text() {
    std::unordered_map<std::size_t, std::vector<std::size_t>> by_words;  // the first one last
    const auto key = [](const Tokens& tokens) {
      return std::accumulate(tokens.ids.begin(), tokens.ids.end(), tokens.ids.size(),
                             [](std::size_t sum, std::size_t id) { return sum * 1'000'003 + id; });
    };
    for (std::size_t o = old_.size(); o-- > 0;) by_words[key(old_[o].tokens)].push_back(o);
    for (std::size_t n = 0; n < new_.size(); ++n) {
      const auto found = by_words.find(key(new_[n].tokens));
      if (found == by_words.end() || found->second.empty()) continue;
      const std::size_t o = found->second.back();
      if (old_[o].tokens.ids != new_[n].tokens.ids) continue;
      found->second.pop_back();
      pair(o, n);
    }
  }

  // The same label, one after the other, where the two are alike at all.
  void same_label(const std::vector<Piece>& old_pieces, const std::vector<Piece>& new_pieces) {
    std::unordered_map<std::string_view, std::vector<std::size_t>> by_label;
    for (std::size_t o = old_.size(); o-- > 0;)
      if (!taken_[o] && !old_pieces[o].label.empty()) by_label[old_pieces[o].label].push_back(o);
    for (std::size_t n = 0; n < new_.size(); ++n) {
      const auto found = by_label.find(new_pieces[n].label);
      if (partner_[n] >= 0 || found == by_label.end() || found->second.empty()) continue;
      const std::size_t o = found->second.back();
      if (alike(o, n) < kAlikeLabelled) continue;
      found->second.pop_back();
      pair(o, n);
    }
  }

  // The likest first, of those that share pairs which are not everywhere.
  void likest(double least) {
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> index;
    for (std::size_t o = 0; o < old_.size(); ++o) {
      if (taken_[o]) continue;
      for (const std::uint64_t pair : old_[o].pairs)
        if (auto& of = index[pair]; of.size() <= kCommonPair && (of.empty() || of.back() != o))
          of.push_back(o);
    }
    struct Found {
      double alike = 0;
      std::size_t o = 0, n = 0;
    };
    std::vector<Found> found;
    std::vector<std::uint32_t> shared(old_.size(), 0);
    for (std::size_t n = 0; n < new_.size(); ++n) {
      if (partner_[n] >= 0) continue;
      std::vector<std::size_t> touched;
      for (const std::uint64_t pair : new_[n].pairs) {
        const auto of = index.find(pair);
        if (of == index.end() || of->second.size() > kCommonPair) continue;
        for (const std::size_t o : of->second)
          if (shared[o]++ == 0) touched.push_back(o);
      }
      const std::size_t close = std::min(kCandidates, touched.size());
      std::partial_sort(touched.begin(), touched.begin() + static_cast<std::ptrdiff_t>(close),
                        touched.end(), [&](std::size_t a, std::size_t b) {
                          return shared[a] != shared[b] ? shared[a] > shared[b] : a < b;
                        });
      for (const std::size_t o : touched) shared[o] = 0;
      touched.resize(close);
      for (const std::size_t o : touched)
        if (const double now = alike(o, n); now >= least) found.push_back({now, o, n});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Found& a, const Found& b) { return a.alike > b.alike; });
    for (const Found& one : found)
      if (!taken_[one.o] && partner_[one.n] < 0) pair(one.o, one.n);
  }

  Ids ids_;
  std::vector<Read> old_, new_;
  std::vector<int> partner_;  // of each new piece
  std::vector<bool> taken_;   // each old piece
};

// Which of the numbers, in order, belong to a longest run that goes up.
std::vector<bool> in_order(const std::vector<int>& numbers) {
  std::vector<std::size_t> tails, previous(numbers.size(), numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto at =
        std::lower_bound(tails.begin(), tails.end(), numbers[i],
                         [&](std::size_t tail, int number) { return numbers[tail] < number; });
    if (at != tails.begin()) previous[i] = *std::prev(at);
    if (at == tails.end())
      tails.push_back(i);
    else
      *at = i;
  }
  std::vector<bool> out(numbers.size(), false);
  for (std::size_t i = tails.empty() ? numbers.size() : tails.back(); i < numbers.size();
       i = previous[i])
    out[i] = true;
  return out;
}

// --- what changed within a piece: Myers 1986, the shortest edit script

// Pairs of equal tokens, in order; none where more than kMostEdits edits part the two.
std::vector<std::pair<std::size_t, std::size_t>> common(const std::vector<std::size_t>& a,
                                                        const std::vector<std::size_t>& b) {
  const auto n = static_cast<std::ptrdiff_t>(a.size()), m = static_cast<std::ptrdiff_t>(b.size());
  const std::ptrdiff_t most = std::min(n + m, static_cast<std::ptrdiff_t>(kMostEdits));
  std::vector<std::vector<std::ptrdiff_t>> trace;  // of each step: reach of diagonals -d…d
  std::vector<std::ptrdiff_t> reach(static_cast<std::size_t>(2 * most + 3), 0);
  const auto at = [&](std::ptrdiff_t k) -> std::ptrdiff_t& {
    return reach[static_cast<std::size_t>(k + most + 1)];
  };
  const auto equal = [&](std::ptrdiff_t x, std::ptrdiff_t y) {
    return a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(y)];
  };
  std::ptrdiff_t edits = -1;
  for (std::ptrdiff_t d = 0; d <= most && edits < 0; ++d) {
    for (std::ptrdiff_t k = -d; k <= d; k += 2) {
      std::ptrdiff_t x = k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
      while (x < n && x - k < m && equal(x, x - k)) ++x;
      at(k) = x;
      if (x >= n && x - k >= m) edits = d;
    }
    trace.emplace_back(reach.begin() + (most + 1 - d), reach.begin() + (most + 2 + d));
  }
  std::vector<std::pair<std::size_t, std::size_t>> out;
  if (edits < 0) return out;
  std::ptrdiff_t x = n, y = m;
  for (std::ptrdiff_t d = edits; d >= 0; --d) {
    const std::ptrdiff_t k = x - y;
    std::ptrdiff_t from_x = 0, from_y = 0;
    if (d > 0) {
      const auto& before = trace[static_cast<std::size_t>(d - 1)];
      const auto old = [&](std::ptrdiff_t kk) {
        return kk < -(d - 1) || kk > d - 1 ? std::ptrdiff_t{-1}
                                           : before[static_cast<std::size_t>(kk + d - 1)];
      };
      const bool down = k == -d || (k != d && old(k - 1) < old(k + 1));
      from_x = down ? old(k + 1) : old(k - 1);
      from_y = from_x - (down ? k + 1 : k - 1);
    }
    const std::ptrdiff_t stop_x = d > 0 ? std::max(from_x, std::ptrdiff_t{0}) : 0;
    while (x > stop_x && y > from_y && x > 0 && y > 0 && equal(x - 1, y - 1)) {
      --x;
      --y;
      out.emplace_back(static_cast<std::size_t>(x), static_cast<std::size_t>(y));
    }
    x = from_x;
    y = from_y;
  }
  std::reverse(out.begin(), out.end());
  return out;
}

Span between(const std::vector<Span>& spans, std::size_t from, std::size_t to, Span all) {
  if (from < to) return {spans[from].begin, spans[to - 1].end};
  const std::size_t place = from < spans.size() ? spans[from].begin : all.end;
  return {place, place};
}

// What lies between the common beginning and end; one edit where that is too much to tell apart.
std::vector<Edit> edits_of(const Tokens& a, Span all_a, const Tokens& b, Span all_b) {
  const std::size_t least = std::min(a.ids.size(), b.ids.size());
  std::size_t head = 0, tail = 0;
  while (head < least && a.ids[head] == b.ids[head]) ++head;
  while (tail < least - head && a.ids[a.ids.size() - 1 - tail] == b.ids[b.ids.size() - 1 - tail])
    ++tail;
  const auto middle = [&](const std::vector<std::size_t>& ids) {
    return std::vector(ids.begin() + static_cast<std::ptrdiff_t>(head),
                       ids.end() - static_cast<std::ptrdiff_t>(tail));
  };
  auto kept = common(middle(a.ids), middle(b.ids));
  kept.emplace_back(a.ids.size() - tail - head, b.ids.size() - tail - head);
  std::vector<Edit> out;
  std::size_t i = head, j = head;
  for (const auto& [next_i, next_j] : kept) {
    if (next_i + head > i || next_j + head > j)
      out.push_back(
          {between(a.spans, i, next_i + head, all_a), between(b.spans, j, next_j + head, all_b)});
    i = next_i + head + 1;
    j = next_j + head + 1;
  }
  return out;
}

}  // namespace

std::vector<Piece> pieces_of(const Document& document, const Outline& outline) {
  std::vector<Piece> out;
  for (const Node& node : outline.nodes)
    if (node.unit != Unit::item) {
      if (out.empty() && node.head.begin > 0) out.push_back({{}, {0, node.head.begin}});
      if (!out.empty()) out.back().span.end = node.head.begin;
      out.push_back({node.label, {node.head.begin, document.text.size()}});
    }
  if (out.empty())
    for (const Block& block : document.blocks) out.push_back({{}, block.span});
  return out;
}

std::vector<Change> compare(const Document& before, const std::vector<Piece>& old_pieces,
                            const Document& after, const std::vector<Piece>& new_pieces) {
  const Matcher matched(before, old_pieces, after, new_pieces);
  std::vector<int> paired;
  for (const int partner : matched.partners())
    if (partner >= 0) paired.push_back(partner);
  const std::vector<bool> stays = in_order(paired);
  std::vector<bool> kept(old_pieces.size(), false);
  for (const int partner : paired) kept[static_cast<std::size_t>(partner)] = true;

  std::vector<Change> out;
  std::size_t next_pair = 0, told = 0;  // old pieces up to here are told where they were removed
  const auto tell_removed = [&](std::size_t up_to) {
    for (; told < up_to; ++told)
      if (!kept[told])
        out.push_back({ChangeKind::removed, false, static_cast<int>(told), -1, 0, {}});
  };
  for (std::size_t n = 0; n < new_pieces.size(); ++n) {
    const int partner = matched.partners()[n];
    if (partner < 0) {
      out.push_back({ChangeKind::added, false, -1, static_cast<int>(n), 0, {}});
      continue;
    }
    const auto o = static_cast<std::size_t>(partner);
    const bool moved = !stays[next_pair++];
    if (!moved) tell_removed(o);
    const bool same = matched.old_tokens(o).ids == matched.new_tokens(n).ids;
    Change change{same ? ChangeKind::same : ChangeKind::changed,
                  moved,
                  partner,
                  static_cast<int>(n),
                  matched.alike(o, n),
                  {}};
    if (!same)
      change.edits = edits_of(matched.old_tokens(o), old_pieces[o].span, matched.new_tokens(n),
                              new_pieces[n].span);
    out.push_back(std::move(change));
  }
  tell_removed(old_pieces.size());
  return out;
}

}  // namespace assay::document
