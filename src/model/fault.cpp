// SPDX-License-Identifier: Apache-2.0
#include "model/fault.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/messages.h"
#include "base/strings.h"
#include "base/yaml.h"
#include "model/fault_table.h"
#include "model/json.h"

namespace assay {
namespace {

// Columns of a source line that are shown; a longer one is cut around the fault.
constexpr std::size_t kShownColumns = 100;

const FaultRow& row_of(FaultId id) { return fault_table()[static_cast<std::size_t>(id)]; }

std::string fill(std::string_view pattern, const std::vector<std::string>& args) {
  fmt::dynamic_format_arg_store<fmt::format_context> store;
  for (const std::string& arg : args) store.push_back(printable(arg));
  return fmt::vformat(pattern, store);
}

Text fill(const StaticText& pattern, const std::vector<std::string>& args) {
  return {fill(pattern.zh, args), fill(pattern.en, args)};
}

// The first argument of these is a message itself: why a file or a parser gave up.
bool gives_reason(FaultId id) { return id == FaultId::unreadable || id == FaultId::syntax; }

std::string place_text(const Fault& fault) {
  if (fault.at.line == 0) return fault.file;
  return fmt::format("{}:{}:{}", fault.file, fault.at.line, fault.at.column);
}

// The `number`th line of `bytes`, counted from 1.
std::string_view line_of(std::string_view bytes, std::uint32_t number) {
  for (std::uint32_t i = 1; i < number; ++i) {
    const std::size_t end = bytes.find('\n');
    if (end == std::string_view::npos) return {};
    bytes.remove_prefix(end + 1);
  }
  return trim(bytes.substr(0, bytes.find('\n'))).empty() ? std::string_view{}
                                                         : bytes.substr(0, bytes.find('\n'));
}

// The part of `line` around `column` (code points from 1) and a caret below it.
std::string snippet(std::string_view line, std::uint32_t column) {
  std::string shown;
  std::string before;
  std::size_t at = 0;
  for (std::uint32_t i = 1; at < line.size() && display_width(shown) < kShownColumns; ++i) {
    const std::size_t start = at;
    next_code_point(line, at);
    const std::string_view c = line.substr(start, at - start);
    const std::string piece = c == "\t" ? " " : printable(c, 16);
    if (i < column && column - i > kShownColumns / 2) continue;
    shown += piece;
    if (i < column) before += piece;
  }
  return fmt::format("  {}\n  {}^\n", shown, std::string(display_width(before), ' '));
}

}  // namespace

std::string_view fault_word(FaultId id) { return row_of(id).word; }
Text fault_message(const Fault& fault) {
  Text out = fill(row_of(fault.id).message, fault.args);
  if (!gives_reason(fault.id) || fault.args.empty()) return out;
  out.zh = fill(row_of(fault.id).message.zh, {in(fault.args.front(), Language::zh)});
  return out;
}
Text fault_mend(const Fault& fault) { return fill(row_of(fault.id).mend, fault.args); }

void sort_faults(std::vector<Fault>& faults) {
  std::ranges::sort(faults);
  faults.erase(std::unique(faults.begin(), faults.end()), faults.end());
}

std::string print_faults(std::span<const Fault> faults, Language language) {
  std::string out;
  std::string file;
  std::string bytes;
  for (const Fault& fault : faults) {
    out += fmt::format("{}: {} — {}\n", place_text(fault), fault_message(fault).in(language),
                       fault_mend(fault).in(language));
    if (fault.at.line == 0) continue;
    if (file != fault.file) {
      file = fault.file;
      Result<std::string> read = read_file(file, kMaxDataFileBytes);
      bytes = read.ok() ? std::move(read).value() : std::string();
    }
    const std::string_view line = line_of(bytes, fault.at.line);
    if (!line.empty()) out += snippet(line, fault.at.column);
  }
  return out;
}

std::string fault_json(const Fault& fault) {
  const Text message = fault_message(fault);
  const Text mend = fault_mend(fault);
  return fmt::format(
      R"({{"file":{},"line":{},"column":{},"id":{},"message_zh":{},"message_en":{},"mend_zh":{},"mend_en":{}}})",
      json_string(fault.file), fault.at.line, fault.at.column, json_string(fault_word(fault.id)),
      json_string(message.zh), json_string(message.en), json_string(mend.zh), json_string(mend.en));
}

Error fault_error(std::span<const Fault> faults, Language language) {
  if (faults.empty()) return Error{Code::internal, "no fault to report"};
  const Fault& first = faults.front();
  Error error{Code::invalid, fault_message(first).in(language), 0, place_text(first),
              fault_mend(first).in(language)};
  if (faults.size() > 1)
    error.what += language == Language::zh ? fmt::format("（另有 {} 处错误）", faults.size() - 1)
                                           : fmt::format(" (and {} more)", faults.size() - 1);
  return error;
}

}  // namespace assay
