// SPDX-License-Identifier: Apache-2.0
//
// Rows of named fields out of CSV, TSV or JSON Lines that nobody vouches for. README.md beside this
// file says what is read and how.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "formats/table/json_row.h"
#include "formats/table/records.h"

namespace assay::formats::table {

inline constexpr Limits kLimits{.row_bytes = 1 << 20, .fields = 1024};

enum class Need : std::uint8_t { optional, required };

// A column that a reader of rows asks for. Names are compared without case, and "-" and spaces are
// "_"; a column that is not asked for is passed over.
struct Column {
  std::string_view name;
  std::string_view also = {};  // other names of it, with | between
  Need need = Need::optional;
};

// Something to say about a row. `id` is stable; `args` are raw bytes of the input.
struct Note {
  std::string_view id;
  std::uint64_t line = 0;
  std::vector<std::string> args;
};

// Why a row could not be read: the ids of the notes that this format makes.
inline constexpr std::string_view kRowTooLong = "row-too-long";
inline constexpr std::string_view kRowOpenQuote = "row-open-quote";
inline constexpr std::string_view kRowAfterQuote = "row-text-after-quote";
inline constexpr std::string_view kRowTooManyFields = "row-too-many-fields";
inline constexpr std::string_view kRowNotJson = "row-not-json";
inline constexpr std::string_view kRowBadEncoding = "row-bad-encoding";
inline constexpr std::string_view kRowNul = "row-nul-byte";
inline constexpr std::string_view kRowValueMissing = "row-value-missing";

class Row {
 public:
  std::uint64_t line() const { return line_; }
  // The field of a column, by its place in the columns asked for, without white space around it;
  // empty where the row has none.
  std::string_view operator[](std::size_t column) const { return values_[column]; }

 private:
  friend class Reader;
  std::uint64_t line_ = 0;
  std::vector<std::string> values_;
};

enum class Step : std::uint8_t { row, fault, end };

class Reader {
 public:
  // Reads the start of the input: its encoding, its layout and the names of its columns, of which
  // those needed must be there. `columns` must outlive the reader.
  static Result<Reader> open(Source source, std::span<const Column> columns, const Limits& limits);

  // The next row, or a fault for a row that cannot be read; reading goes on after it.
  Result<Step> next();
  const Row& row() const { return row_; }
  const Note& fault() const { return fault_; }

  // Does the input have the column at all?
  bool has(std::size_t column) const { return present_[column]; }

 private:
  enum class Layout : std::uint8_t { separated, json_lines };
  Reader(Records records, std::span<const Column> columns, const Limits& limits);
  Status read_names();
  Status find_layout();
  Status check_names(const std::vector<std::string>& names);
  Status check_json_names();
  Result<Cut> cut();
  Step make_row();
  bool take_fields();
  bool take_json();
  bool decode(std::string_view raw, std::string& out);
  Step fail(std::string_view id, std::vector<std::string> args = {});

  Records records_;
  std::span<const Column> columns_;
  Limits limits_;
  Layout layout_ = Layout::separated;
  char separator_ = ',';
  std::vector<std::size_t> wanted_;  // for each column of the file its place in columns_, or npos
  std::vector<bool> present_;
  bool named_ = false;
  std::vector<std::string> json_names_;  // keys of the first object
  Row row_;
  Note fault_;
  JsonRow json_;
  std::optional<Converter> converter_;
};

// What a walk over a file tells the caller while it runs. Any of it may be absent.
struct Hooks {
  std::function<void(const Note&)> note;
  std::function<void(std::uint64_t bytes_done, std::uint64_t bytes_total)> progress;
  std::stop_token stop;
};

struct Totals {
  std::uint64_t rows = 0;
  std::uint64_t unread = 0;   // rows that could not be read: each has its note
  std::vector<bool> present;  // by column: the file has it
};

// Calls `on_row` for every row of the file that can be read and has a value in each required
// column. An Error: the file cannot be opened, is empty, or lacks a required column.
Result<Totals> for_each_row(const fs::path& path, std::span<const Column> columns,
                            const Limits& limits, const Hooks& hooks,
                            const std::function<void(const Row&)>& on_row);

}  // namespace assay::formats::table
