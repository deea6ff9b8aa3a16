// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/credit_code.h"
#include "base/strings.h"
#include "label/flaws.h"
#include "label/label.h"

namespace assay::label {
namespace {

std::size_t position(std::string_view key) {
  return static_cast<std::size_t>(std::find(kKeys.begin(), kKeys.end(), key) - kKeys.begin());
}

// Annex E j): 0x21 to 0x7e without the backslash; a quote stands escaped in the JSON.
bool allowed(char32_t c) { return c >= 0x21 && c <= 0x7e && c != '\\'; }

// Edits (insert, delete, replace) between two short words.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)});
      corner = above;
    }
  }
  return row[b.size()];
}

// The missing key that `key` most likely stands for; empty where none is near. A third of the
// letters may differ, or one may be a part of the other.
std::string_view meant(std::string_view key, const Label& label) {
  constexpr std::size_t kLongest = 40;
  if (key.size() > kLongest || key.size() < 4) return {};
  const std::string have = to_lower(key);
  std::string_view best;
  std::size_t best_score = kLongest;
  for (const std::string_view candidate : kKeys) {
    if (label.find(candidate) != nullptr) continue;
    const std::string want = to_lower(candidate);
    const bool part = want.find(have) != std::string::npos || have.find(want) != std::string::npos;
    const std::size_t edits = distance(have, want);
    if (!part && edits > (want.size() + 2) / 3) continue;
    const std::size_t score = part ? 1 : edits;
    if (score < best_score) {
      best_score = score;
      best = candidate;
    }
  }
  return best;
}

// Would a person say that this is meant to be a provider code? Names are allowed too.
bool tries_to_be_code(std::string_view text) {
  constexpr std::size_t kNear = 7;    // characters too few or too many
  constexpr std::size_t kDigits = 8;  // a credit code has more, a name of letters fewer
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  const auto digits = static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
  if (!plain || digits < kDigits) return false;
  if (text.size() == code::kLength) return true;
  return text.starts_with(code::kFormatId) && text.size() + kNear >= code::kLength &&
         text.size() <= code::kLength + kNear;
}

class Judge {
 public:
  Judge(const Reading& reading, Writer writer) : reading_(reading), writer_(writer) {
    out.flaws = reading.flaws;
  }
  Judgement out;

  void run() {
    if (reading_.found.empty()) {
      say(FlawKind::label_missing, "");
      return;
    }
    out.min_keys = kKeys.size();
    for (const Found& found : reading_.found) judge_one(found);
    if (reading_.found.size() > 1)
      say(FlawKind::two_labels, reading_.found[1].where, std::to_string(reading_.found.size()));
  }

 private:
  void say(FlawKind kind, std::string where, std::string_view a = {}, std::string_view b = {}) {
    out.flaws.push_back(make_flaw(kind, std::move(where), a, b));
  }

  void judge_one(const Found& found) {
    where_ = found.where;
    if (found.place == Place::agreed) ++out.in_place;
    if (found.place == Place::elsewhere)
      out.flaws.push_back(make_carrier_flaw(where_, reading_.format->place));
    Label label = parse(found.value);
    if (label.base64) {
      ++out.base64_values;
      say(FlawKind::base64, where_);
    }
    if (label.twice) say(FlawKind::encoded_twice, where_);
    if (label.form == Form::none || (label.more && found.place == Place::agreed))
      say(FlawKind::not_json, where_, printable(found.value, 80));
    else
      judge_keys(label);
    judge_required(label);
    if (label.form != Form::none) judge_values(label);
    out.min_keys = std::min(out.min_keys, keys_in_order(label));
    out.labels.push_back(std::move(label));
  }

  void judge_keys(const Label& label) {
    std::vector<std::string_view> explained;  // missing keys that stand misspelt
    for (std::size_t i = 0; i < label.fields.size(); ++i) {
      const Field& field = label.fields[i];
      const std::string key = printable(field.key, 60);
      if (position(field.key) < kKeys.size()) {
        if (label.find(field.key) != &field) say(FlawKind::key_twice, where_, key);
        if (field.type != FieldType::text) say(FlawKind::number_for_string, where_, key);
        continue;
      }
      const std::string_view right = meant(field.key, label);
      if (right.empty()) {
        say(FlawKind::extra_key, where_, key);
      } else {
        explained.push_back(right);
        say(FlawKind::key_misspelt, where_, key, right);
      }
    }
    for (const std::string_view key : kKeys)
      if (label.find(key) == nullptr &&
          std::find(explained.begin(), explained.end(), key) == explained.end())
        say(FlawKind::key_missing, where_, key);
    judge_order(label);
  }

  void judge_order(const Label& label) {
    std::size_t last = 0;
    for (const Field& field : label.fields) {
      const std::size_t at = position(field.key);
      if (at == kKeys.size()) continue;
      if (at < last) {
        say(FlawKind::key_order, where_, field.key);
        return;
      }
      last = at;
    }
  }

  // The most keys that are texts and follow one another in the right order.
  static std::uint64_t keys_in_order(const Label& label) {
    std::array<std::uint64_t, kKeys.size()> longest{};  // run that ends with the key
    for (const Field& field : label.fields) {
      const std::size_t at = position(field.key);
      if (at == kKeys.size() || field.type != FieldType::text) continue;
      std::uint64_t before = 0;
      for (std::size_t i = 0; i < at; ++i) before = std::max(before, longest[i]);
      longest[at] = std::max(longest[at], before + 1);
    }
    return *std::max_element(longest.begin(), longest.end());
  }

  void judge_required(const Label& label) {
    for (std::size_t i = 0; i < kRequired; ++i) {
      const Field* field = label.find(kKeys[i]);
      const bool empty = field != nullptr && field->type == FieldType::text && field->value.empty();
      if (field == nullptr || empty) ++out.required_missing;
      if (empty) say(FlawKind::required_empty, where_, kKeys[i]);
    }
  }

  void judge_values(const Label& label) {
    judge_label_value(label);
    for (const std::string_view key : kKeys) {
      if (const std::size_t size = label.text(key).size(); size > kMaxValueBytes)
        say(FlawKind::value_too_long, where_, key, std::to_string(size));
      const std::uint64_t bad = count_bad_characters(label.text(key));
      out.bad_characters += bad;
      if (bad > 0) say(FlawKind::bad_character, where_, key, std::to_string(bad));
    }
    judge_first_write(label);
    judge_code(label, "ContentProducer");
    if (label.text("ContentPropagator") != label.text("ContentProducer"))
      judge_code(label, "ContentPropagator");
  }

  void judge_label_value(const Label& label) {
    const Field* field = label.find("Label");
    if (field == nullptr || (field->type == FieldType::text && field->value.empty())) return;
    const bool known = is_label_value(field->value);
    if (known && field->type == FieldType::text) return;
    ++out.label_value_invalid;
    if (!known) say(FlawKind::label_value, where_, printable(field->value, 40), kLabelValues);
  }

  void judge_first_write(const Label& label) {
    if (writer_ != Writer::first) return;
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kPairs = {
        {{"ContentPropagator", "ContentProducer"}, {"PropagateID", "ProduceID"}}};
    bool differs = false;
    for (const auto& [propagated, produced] : kPairs) {
      const std::string_view have = label.text(propagated);
      if (have == label.text(produced)) continue;
      differs = true;
      say(have.empty() ? FlawKind::first_write_empty : FlawKind::first_write_mismatch, where_,
          propagated, produced);
    }
    if (differs) ++out.first_write_mismatch;
  }

  void judge_code(const Label& label, std::string_view key) {
    const std::string_view value = label.text(key);
    if (tries_to_be_code(value)) judge_code(value, key);
  }

 public:
  void judge_code(std::string_view value, std::string_view key) {
    ++out.codes;
    const bool capital =
        std::none_of(value.begin(), value.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    const bool length = value.size() == code::kLength;
    if (!length || !capital) bad_code(FlawKind::code_length, out.code_bad_length, key, value);
    if (!value.starts_with(code::kFormatId))
      bad_code(FlawKind::code_prefix, out.code_bad_prefix, key, value);
    if (!length) return;
    if (value.substr(code::kSubjectAt, code::kSubject.size()) != code::kSubject)
      bad_code(FlawKind::code_subject, out.code_bad_subject, key, value);
    else if (check_credit_code(value.substr(code::kCreditAt, code::kCreditLength)) !=
             CreditCodeFault::none)
      bad_code(FlawKind::code_check_character, out.code_bad_check_character, key, value);
    if (code::kServices.find(value[code::kServiceAt]) == std::string_view::npos)
      bad_code(FlawKind::code_service, out.code_bad_service, key, value);
  }

 private:
  void bad_code(FlawKind kind, std::uint64_t& count, std::string_view key, std::string_view value) {
    ++count;
    say(kind, where_, key, printable(value, 60));
  }

  const Reading& reading_;
  Writer writer_;
  std::string where_;
};

}  // namespace

std::uint64_t count_bad_characters(std::string_view value) {
  std::uint64_t bad = 0;
  for (std::size_t at = 0; at < value.size();)
    if (!allowed(next_code_point(value, at))) ++bad;
  return bad;
}

std::vector<Flaw> check_code(std::string_view value) {
  const Reading nothing;
  Judge judge(nothing, Writer::first);
  judge.judge_code(value, "CODE");
  return std::move(judge.out.flaws);
}

std::vector<Flaw> check_name_or_code(std::string_view key, std::string_view value) {
  if (!tries_to_be_code(value)) return {};
  const Reading nothing;
  Judge judge(nothing, Writer::first);
  judge.judge_code(value, key);
  return std::move(judge.out.flaws);
}

Judgement judge(const Reading& reading, Writer writer) {
  Judge judge(reading, writer);
  judge.run();
  return std::move(judge.out);
}

}  // namespace assay::label
