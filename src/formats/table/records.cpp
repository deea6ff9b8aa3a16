// SPDX-License-Identifier: Apache-2.0
#include "formats/table/records.h"

#include <optional>

namespace assay::formats::table {
namespace {

enum class State : std::uint8_t { field_start, plain, quoted, quote_seen, return_after_quote };

}  // namespace

struct Records::Scan {
  char separator;
  bool single_line;
  State state = State::field_start;
  std::size_t at = 0;
  Field field{};
  std::optional<std::size_t> second_line = {};  // where the record's second line starts
  std::size_t last_line = 0;                    // where the line being read starts
  std::uint64_t line_ends = 0;
};

Result<std::string_view> Records::ahead(std::size_t bytes) {
  while (window_.size() < consumed_ + bytes) {
    const bool any = TRY(window_.more());
    if (!any) break;
  }
  return window_.bytes().substr(consumed_);
}

void Records::begin_record() {
  window_.drop(consumed_);
  offset_ += consumed_;
  consumed_ = 0;
  length_ = 0;
  line_ = next_line_;
  fields_.clear();
  field_count_ = 0;
}

void Records::end_record(std::size_t length, std::size_t with_line_end, std::uint64_t lines) {
  length_ = length;
  consumed_ = with_line_end;
  next_line_ = line_ + lines;
}

void Records::add_field(Field field) {
  ++field_count_;
  if (fields_.size() < limits_.fields) fields_.push_back(field);
}

Result<Cut> Records::next_line() {
  begin_record();
  std::size_t looked = 0;
  for (;;) {
    const std::size_t at = window_.bytes().find('\n', looked);
    const bool whole = at != std::string_view::npos;
    if ((whole ? at : window_.size()) > limits_.row_bytes) {
      TRY(skip_line(whole ? at : window_.size()));
      return Cut::too_long;
    }
    if (whole) {
      const std::size_t length = at > 0 && window_[at - 1] == '\r' ? at - 1 : at;
      end_record(length, at + 1, 1);
      return Cut::record;
    }
    looked = window_.size();
    const bool any = TRY(window_.more());
    if (any) continue;
    end_record(window_.size(), window_.size(), 1);
    return length_ == 0 ? Cut::end : Cut::record;
  }
}

Result<Cut> Records::next_separated(char separator) {
  begin_record();
  Scan scan{.separator = separator, .single_line = offset_ < single_until_};
  for (;; ++scan.at) {
    if (scan.at == window_.size()) {
      const bool any = TRY(window_.more());
      if (!any) break;
    }
    if (scan.at > limits_.row_bytes) {
      const bool quoted = scan.state == State::quoted && scan.second_line;
      return give_up(scan, quoted ? Cut::open_quote : Cut::too_long);
    }
    const Cut cut = TRY(step(scan, window_[scan.at]));
    if (cut == Cut::record) return cut;
    if (cut != Cut::end) return give_up(scan, cut);
  }
  if (scan.at == 0) return Cut::end;
  if (scan.state == State::quoted) return give_up(scan, Cut::open_quote);
  TRY(step(scan, '\n'));
  end_record(scan.at, scan.at, scan.line_ends + 1);
  return Cut::record;
}

// Takes one byte. Cut::end here means: the record goes on.
Result<Cut> Records::step(Scan& scan, char c) {
  const std::size_t at = scan.at;
  const auto finish_field = [&](std::size_t end) {
    scan.field.end = end;
    add_field(scan.field);
    scan.state = State::field_start;
    if (c != '\n') return Cut::end;
    end_record(at > 0 && window_[at - 1] == '\r' ? at - 1 : at, at + 1, scan.line_ends + 1);
    return Cut::record;
  };
  switch (scan.state) {
    case State::field_start:
      scan.field = {at, at, false};
      if (c == scan.separator || c == '\n') return finish_field(at);
      scan.state = State::plain;
      if (c == '"') scan.state = State::quoted, ++scan.field.begin;
      return Cut::end;
    case State::plain:
      if (c == scan.separator) return finish_field(at);
      if (c == '\n') return finish_field(window_[at - 1] == '\r' ? at - 1 : at);
      return Cut::end;
    case State::quoted:
      if (c == '"') scan.state = State::quote_seen;
      if (c != '\n') return Cut::end;
      if (scan.single_line) return Cut::open_quote;
      ++scan.line_ends;
      scan.last_line = at + 1;
      if (!scan.second_line) scan.second_line = at + 1;
      return Cut::end;
    case State::quote_seen:
      if (c == scan.separator || c == '\n') return finish_field(at - 1);
      if (c == '"') {
        scan.field.doubled = true;
        scan.state = State::quoted;
        return Cut::end;
      }
      if (c != '\r') return Cut::after_quote;
      scan.state = State::return_after_quote;
      return Cut::end;
    case State::return_after_quote: return c == '\n' ? finish_field(at - 2) : Cut::after_quote;
  }
  return Cut::after_quote;
}

// Leaves a broken record behind with its first line. What the scan has seen of later lines may be
// read once more, each line on its own: a stray quote cannot make one input byte be read for every
// line before it.
Result<Cut> Records::give_up(const Scan& scan, Cut why) {
  fields_.clear();
  if (scan.second_line) {
    single_until_ = offset_ + scan.last_line;
    end_record(0, *scan.second_line, 1);
    return why;
  }
  TRY(skip_line(scan.at));
  return why;
}

// Drops everything to the next line end at or after `from`.
Status Records::skip_line(std::size_t from) {
  for (;;) {
    const std::size_t at = window_.bytes().find('\n', from);
    if (at != std::string_view::npos) {
      end_record(0, at + 1, 1);
      return Done{};
    }
    offset_ += window_.size();
    window_.drop(window_.size());
    from = 0;
    const bool any = TRY(window_.more());
    if (!any) {
      end_record(0, 0, 1);
      return Done{};
    }
  }
}

}  // namespace assay::formats::table
