// SPDX-License-Identifier: Apache-2.0
#include "formats/table/table.h"

#include <algorithm>
#include <array>

#include "base/strings.h"

namespace assay::formats::table {
namespace {

constexpr std::size_t kNpos = std::string_view::npos;
constexpr std::array<char, 3> kSeparators = {',', '\t', ';'};

std::string_view id_of(Cut cut) {
  if (cut == Cut::too_long) return kRowTooLong;
  return cut == Cut::open_quote ? kRowOpenQuote : kRowAfterQuote;
}

std::string_view trim_wide(std::string_view text) {
  constexpr std::string_view kIdeographicSpace = "\xE3\x80\x80";
  for (;;) {
    text = trim(text);
    if (text.starts_with(kIdeographicSpace)) {
      text.remove_prefix(kIdeographicSpace.size());
    } else if (text.ends_with(kIdeographicSpace)) {
      text.remove_suffix(kIdeographicSpace.size());
    } else {
      return text;
    }
  }
}

std::string as_name(std::string_view text) {
  std::string name = to_lower(trim_wide(text));
  for (char& c : name)
    if (c == '-' || c == ' ') c = '_';
  return name;
}

bool names(const Column& column, std::string_view name) {
  if (name == column.name) return true;
  if (name.empty() || column.also.empty()) return false;
  return std::ranges::count(split(column.also, '|'), name) > 0;
}

std::size_t find_column(std::span<const Column> columns, std::string_view name) {
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (names(columns[i], name)) return i;
  return kNpos;
}

// The separator that the first line has most of, outside quotes; a comma where it has none.
char guess_separator(std::string_view text) {
  std::array<std::size_t, kSeparators.size()> counts{};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted) break;
    if (quoted) continue;
    const auto* at = std::ranges::find(kSeparators, c);
    if (at != kSeparators.end()) ++counts[static_cast<std::size_t>(at - kSeparators.begin())];
  }
  return kSeparators[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

std::string found_names(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 20;
  std::vector<std::string> shown;
  for (const std::string& name : names)
    if (shown.size() < kShown) shown.push_back(name.empty() ? "(no name)" : printable(name, 40));
  if (names.size() > kShown) shown.emplace_back("…");
  return join(shown, ", ");
}

std::string undouble(std::string_view quoted) {
  std::string out;
  for (std::size_t i = 0; i < quoted.size(); ++i) {
    out += quoted[i];
    if (quoted[i] == '"') ++i;
  }
  return out;
}

}  // namespace

Reader::Reader(Records records, std::span<const Column> columns, const Limits& limits)
    : records_(std::move(records)), columns_(columns), limits_(limits) {
  row_.values_.resize(columns.size());
  present_.resize(columns.size());
}

Result<Reader> Reader::open(Source source, std::span<const Column> columns, const Limits& limits) {
  Window window = TRY(Window::open(std::move(source)));
  Reader reader(Records(std::move(window), limits), columns, limits);
  TRY(reader.find_layout());
  if (reader.layout_ == Layout::separated) TRY(reader.read_names());
  return reader;
}

Status Reader::find_layout() {
  constexpr std::size_t kLook = 64 << 10;
  const std::string_view head = TRY(records_.ahead(kLook));
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first == kNpos)
    return Error{Code::invalid, "the file is empty", 0, {}, "give a file with a header row"};
  if (head[first] == '[')
    return Error{Code::unsupported,
                 "a JSON array is not read",
                 first,
                 {},
                 "write one JSON object a line (jq -c '.[]')"};
  if (head[first] == '{') {
    layout_ = Layout::json_lines;
  } else {
    separator_ = guess_separator(head.substr(first));
  }
  return Done{};
}

Status Reader::read_names() {
  for (;;) {
    const Cut found = TRY(cut());
    if (found != Cut::record)
      return Error{Code::invalid,
                   "the header row cannot be read: " + std::string(id_of(found)),
                   0,
                   {},
                   "start the file with one row of column names"};
    if (!trim(records_.bytes()).empty()) break;
  }
  std::vector<std::string> names;
  for (const Field& field : records_.fields()) {
    std::string name;
    const auto raw = records_.bytes().substr(field.begin, field.end - field.begin);
    if (!decode(field.doubled ? undouble(raw) : std::string(raw), name))
      return Error{Code::invalid,
                   "the header row is neither UTF-8 nor GB18030",
                   0,
                   {},
                   "save the file as UTF-8"};
    names.push_back(as_name(name));
  }
  return check_names(names);
}

Status Reader::check_names(const std::vector<std::string>& names) {
  named_ = true;
  for (const std::string& name : names) {
    const std::size_t column = find_column(columns_, name);
    if (column != kNpos && present_[column] && layout_ == Layout::separated)
      return Error{Code::invalid,
                   "column " + printable(name) + " stands twice in the header row",
                   0,
                   {},
                   "keep one of them"};
    if (column != kNpos) present_[column] = true;
    wanted_.push_back(column);
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].need == Need::optional || present_[i]) continue;
    return Error{
        Code::invalid,
        "column \"" + std::string(columns_[i].name) + "\" is missing; found: " + found_names(names),
        0,
        {},
        "name the columns in the first row, or as keys of each JSON object"};
  }
  return Done{};
}

Result<Cut> Reader::cut() {
  return layout_ == Layout::separated ? records_.next_separated(separator_) : records_.next_line();
}

Result<Step> Reader::next() {
  for (;;) {
    const Cut found = TRY(cut());
    if (found == Cut::end) return Step::end;
    if (found != Cut::record) return fail(id_of(found), {std::to_string(limits_.row_bytes)});
    if (trim(records_.bytes()).empty()) continue;
    const Step step = make_row();
    if (layout_ == Layout::json_lines && step == Step::row && !named_) TRY(check_json_names());
    return step;
  }
}

Step Reader::make_row() {
  row_.line_ = records_.line();
  for (std::string& value : row_.values_) value.clear();
  if (records_.bytes().find('\0') != kNpos) return fail(kRowNul);
  fault_ = {};
  const bool read = layout_ == Layout::separated ? take_fields() : take_json();
  if (!read) return Step::fault;
  for (std::string& value : row_.values_) {
    if (value.find('\0') != kNpos) return fail(kRowNul);
    const std::string_view trimmed = trim_wide(value);
    if (trimmed.size() != value.size()) value = std::string(trimmed);
  }
  return Step::row;
}

// Fields past the last column must be empty, as spreadsheets leave them.
bool Reader::take_fields() {
  const auto& fields = records_.fields();
  const bool spare_text =
      records_.field_count() > fields.size() ||
      std::ranges::any_of(
          fields.begin() + static_cast<std::ptrdiff_t>(std::min(wanted_.size(), fields.size())),
          fields.end(), [](const Field& f) { return f.begin != f.end; });
  if (spare_text) {
    fail(kRowTooManyFields,
         {std::to_string(records_.field_count()), std::to_string(wanted_.size())});
    return false;
  }
  for (std::size_t i = 0; i < std::min(fields.size(), wanted_.size()); ++i) {
    if (wanted_[i] == kNpos) continue;
    const auto raw = records_.bytes().substr(fields[i].begin, fields[i].end - fields[i].begin);
    std::string& value = row_.values_[wanted_[i]];
    if (!(fields[i].doubled ? decode(undouble(raw), value) : decode(raw, value))) {
      fail(kRowBadEncoding);
      return false;
    }
  }
  return true;
}

bool Reader::take_json() {
  std::string text;
  if (!decode(records_.bytes(), text)) {
    fail(kRowBadEncoding);
    return false;
  }
  const bool read = json_.read(text, [this](std::string_view key, std::string_view value) {
    if (!named_) json_names_.push_back(as_name(key));
    const std::size_t column = find_column(columns_, as_name(key));
    if (column == kNpos) return;
    row_.values_[column] = value;
    present_[column] = true;
  });
  if (!read) fail(kRowNotJson);
  return read;
}

// The keys of the first object stand for a header row.
Status Reader::check_json_names() {
  Status status = check_names(json_names_);
  json_names_.clear();
  return status;
}

bool Reader::decode(std::string_view raw, std::string& out) {
  out.clear();
  if (records_.window().encoding() != Encoding::gb18030) {
    out = raw;
    return valid_utf8(raw);
  }
  if (!converter_) {
    auto opened = Converter::open(Encoding::gb18030);
    if (!opened.ok()) return false;
    converter_ = std::move(opened).value();
  }
  return converter_->convert(raw, out) == raw.size() && out.find('\xFF') == kNpos;
}

Step Reader::fail(std::string_view id, std::vector<std::string> args) {
  fault_ = {id, records_.line(), std::move(args)};
  return Step::fault;
}

Result<Totals> for_each_row(const fs::path& path, std::span<const Column> columns,
                            const Limits& limits, const Hooks& hooks,
                            const std::function<void(const Row&)>& on_row) {
  constexpr std::uint64_t kRowsBetweenProgress = 4096;
  FileReader file = TRY(FileReader::open(path));
  std::uint64_t done = 0;
  const auto in_file = [&](Error error) {
    if (error.where.empty()) error.where = path.string();
    return error;
  };
  auto opened = Reader::open(
      [&](std::span<char> into) -> Result<std::size_t> {
        if (hooks.stop.stop_requested()) return Error{Code::interrupted, "interrupted"};
        const std::size_t got = TRY(file.read(std::as_writable_bytes(into)));
        done += got;
        return got;
      },
      columns, limits);
  if (!opened.ok()) return in_file(std::move(opened).error());
  Reader reader = std::move(opened).value();

  Totals totals;
  const auto unread = [&](const Note& note) {
    ++totals.unread;
    if (hooks.note) hooks.note(note);
  };
  for (std::uint64_t count = 0;; ++count) {
    if (hooks.stop.stop_requested()) return in_file(Error{Code::interrupted, "interrupted"});
    auto step = reader.next();
    if (!step.ok()) return in_file(std::move(step).error());
    if (*step == Step::end) break;
    if (hooks.progress && count % kRowsBetweenProgress == 0) hooks.progress(done, file.size());
    if (*step == Step::fault) {
      unread(reader.fault());
      continue;
    }
    const Row& row = reader.row();
    const auto lacking = std::ranges::find_if(columns, [&](const Column& column) {
      return column.need == Need::required &&
             row[static_cast<std::size_t>(&column - columns.data())].empty();
    });
    if (lacking != columns.end()) {
      unread({kRowValueMissing, row.line(), {std::string(lacking->name)}});
      continue;
    }
    ++totals.rows;
    on_row(row);
  }
  for (std::size_t i = 0; i < columns.size(); ++i) totals.present.push_back(reader.has(i));
  return totals;
}

}  // namespace assay::formats::table
