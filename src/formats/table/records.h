// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "formats/table/window.h"

namespace assay::formats::table {

// What one table may spend. Every reader takes it.
struct Limits {
  std::uint64_t row_bytes;  // one row as UTF-8 or GB18030; also the bound of the memory used
  std::uint64_t fields;     // columns of a row
};

enum class Cut : std::uint8_t {
  record,
  end,
  too_long,     // more than Limits::row_bytes
  open_quote,   // a quote that is never closed
  after_quote,  // text between a closing quote and the next separator
};

// A field inside a record, without its outer quotes.
struct Field {
  std::size_t begin;
  std::size_t end;
  bool doubled;  // holds "" for "
};

// Cuts an input into records, RFC 4180 or a line each. A record that is broken costs its own first
// line only: cutting goes on with the next one. Every byte is looked at a bounded number of times.
class Records {
 public:
  Records(Window window, const Limits& limits) : window_(std::move(window)), limits_(limits) {}

  // The next record between separators that are no part of a quoted field.
  Result<Cut> next_separated(char separator);
  // The next line.
  Result<Cut> next_line();

  // Of the record or fault last returned.
  std::uint64_t line() const { return line_; }
  std::string_view bytes() const { return window_.bytes().substr(0, length_); }
  const std::vector<Field>& fields() const { return fields_; }
  std::uint64_t field_count() const { return field_count_; }

  const Window& window() const { return window_; }
  // The bytes to come, at least `bytes` of them unless the input ends before.
  Result<std::string_view> ahead(std::size_t bytes);

 private:
  struct Scan;
  void begin_record();
  void end_record(std::size_t length, std::size_t with_line_end, std::uint64_t lines);
  void add_field(Field field);
  Result<Cut> step(Scan& scan, char c);
  Result<Cut> give_up(const Scan& scan, Cut why);
  Status skip_line(std::size_t from);

  Window window_;
  Limits limits_;
  std::vector<Field> fields_;
  std::uint64_t field_count_ = 0;
  std::size_t length_ = 0;          // of the record, without its line end
  std::size_t consumed_ = 0;        // of the window, by the record
  std::uint64_t line_ = 0;          // where the record starts
  std::uint64_t next_line_ = 1;     // where the next one starts
  std::uint64_t offset_ = 0;        // of the window's first byte in the input
  std::uint64_t single_until_ = 0;  // records that start before it end with their line
};

}  // namespace assay::formats::table
