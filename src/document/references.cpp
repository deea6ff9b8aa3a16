// SPDX-License-Identifier: Apache-2.0
#include "document/references.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/strings.h"

namespace assay::document {
namespace {

constexpr std::size_t kMost = 10'000;
constexpr std::size_t kLongestTitle = 200;  // bytes
constexpr std::size_t kLongestNumber = 24;

// What numbers of documents begin with; a longer one before the shorter one that it begins with.
constexpr std::array<std::string_view, 24> kPrefixes = {"GB/T",
                                                        "GB/Z",
                                                        "GB",
                                                        "TC260-PG-",
                                                        "TC260-TR-",
                                                        "TC260-",
                                                        "YD/T",
                                                        "GA/T",
                                                        "JR/T",
                                                        "SJ/T",
                                                        "T/CESA",
                                                        "ISO/IEC TR",
                                                        "ISO/IEC TS",
                                                        "ISO/IEC",
                                                        "ISO / IEC",
                                                        "ISO",
                                                        "IEC",
                                                        "IEEE",
                                                        "NIST AI",
                                                        "NIST SP",
                                                        "Regulation (EU)",
                                                        "Regulation (EC)",
                                                        "Directive (EU)",
                                                        "Directive"};

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Of the number that begins at `at`: digits, then digits, capitals and marks within; 0 for none.
std::size_t number_length(std::string_view text, std::size_t at) {
  constexpr std::array<std::string_view, 7> kWithin = {"-", "/", ".", ":", "–", "—", "－"};
  const auto inner = [&](std::size_t i) {
    return i < text.size() && (digit(text[i]) || (text[i] >= 'A' && text[i] <= 'Z'));
  };
  if (at >= text.size() || !digit(text[at])) return 0;
  std::size_t end = at;
  while (end - at < kLongestNumber) {
    std::size_t mark = 0;
    for (const std::string_view within : kWithin)
      if (text.substr(end).starts_with(within)) mark = within.size();
    if (!inner(end + mark)) break;
    end += mark + 1;
  }
  return end - at;
}

// The number that begins at `at`, with its prefix; an empty span for none.
Span number_at(std::string_view text, std::size_t at) {
  for (const std::string_view prefix : kPrefixes) {
    if (!text.substr(at).starts_with(prefix)) continue;
    std::size_t number = at + prefix.size();
    if (text.substr(number).starts_with(" No ")) number += 3;
    if (number < text.size() && text[number] == ' ') ++number;
    const std::size_t length = number_length(text, number);
    const bool of_union = prefix.starts_with("Regulation") || prefix.starts_with("Directive");
    if (length > 1 && (!of_union || text.substr(number, length).find('/') != text.npos))
      return {at, number + length};
  }
  return {at, at};
}

class Gatherer {
 public:
  void add(ReferenceKind kind, std::string_view name, Span span) {
    const auto [found, fresh] = known_.try_emplace(std::string(name), out_.size());
    if (!fresh) {
      ++out_[found->second].times;
    } else if (out_.size() < kMost) {
      out_.push_back({kind, std::string(name), 1, span});
    } else {
      known_.erase(found);
    }
  }
  std::vector<Reference> take() { return std::move(out_); }

 private:
  std::vector<Reference> out_;
  std::unordered_map<std::string, std::size_t> known_;
};

}  // namespace

std::vector<Reference> references_of(const Document& document) {
  constexpr std::string_view kOpen = "《", kClose = "》";
  const std::string_view text = document.text;
  Gatherer out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at).starts_with(kOpen)) {
      const std::size_t begin = at + kOpen.size();
      const std::size_t end =
          text.substr(0, std::min(text.size(), begin + kLongestTitle)).find(kClose, begin);
      const std::string_view title = text.substr(begin, end == text.npos ? 0 : end - begin);
      if (title.empty() || title.find('\n') != title.npos) continue;
      out.add(ReferenceKind::title, title, {at, end + kClose.size()});
      at = end + kClose.size() - 1;
      continue;
    }
    if (text[at] < 'A' || text[at] > 'Z') continue;
    if (at > 0 &&
        (letter(text[at - 1]) || digit(text[at - 1]) || text[at - 1] == '/' || text[at - 1] == '-'))
      continue;
    const Span number = number_at(text, at);
    if (number.end == number.begin) continue;
    out.add(ReferenceKind::number, document.at(number), number);
    at = number.end - 1;
  }
  return out.take();
}

}  // namespace assay::document
