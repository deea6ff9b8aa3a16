// SPDX-License-Identifier: Apache-2.0
#include "checks/notes.h"

#include <algorithm>
#include <array>

#include "base/messages.h"
#include "base/strings.h"
#include "checks/common.h"

namespace assay::checks {
namespace {

namespace table = formats::table;

constexpr std::string_view kRowsUnread = "rows-unread";

constexpr StaticText kMendRow = {"改正该行后重新评估。", "Correct the row and assess again."};
constexpr StaticText kMendEncoding = {"将文件另存为 UTF-8。", "Save the file as UTF-8."};
constexpr StaticText kMendDate = {"日期写作 2025-01-26。", "Write the day as 2025-01-26."};

constexpr std::array<Telling, 12> kCommon = {{
    {table::kRowTooLong,
     Severity::medium,
     {"该行超过 {0} 字节，未读取", "The row has more than {0} bytes and was not read"},
     kMendRow},
    {table::kRowOpenQuote,
     Severity::medium,
     {"引号没有结束，该行未读取", "A quote is never closed; the row was not read"},
     kMendRow},
    {table::kRowAfterQuote,
     Severity::medium,
     {"结束引号之后还有文字，该行未读取", "Text follows a closing quote; the row was not read"},
     kMendRow},
    {table::kRowTooManyFields,
     Severity::medium,
     {"该行有 {0} 个字段，而表头只有 {1} 列，未读取",
      "The row has {0} fields where the header names {1}; it was not read"},
     kMendRow},
    {table::kRowNotJson,
     Severity::medium,
     {"该行不是一个 JSON 对象，未读取", "The row is no JSON object and was not read"},
     kMendRow},
    {table::kRowBadEncoding,
     Severity::medium,
     {"该行的文字编码有误，未读取", "The row's text is broken in its encoding; it was not read"},
     kMendEncoding},
    {table::kRowNul,
     Severity::medium,
     {"该行含有 NUL 字节，未读取", "The row holds a NUL byte and was not read"},
     kMendRow},
    {table::kRowValueMissing,
     Severity::medium,
     {"该行缺少“{0}”的值，未计入", "The row has no value for “{0}” and was not counted"},
     kMendRow},
    {"date-invalid",
     Severity::low,
     {"“{0}”列的“{1}”不是完整日期，未采用",
      "“{1}” in column “{0}” is no whole day; it was not used"},
     kMendDate},
    {"date-in-future",
     Severity::medium,
     {"“{0}”列的“{1}”晚于评估日期，未采用",
      "“{1}” in column “{0}” lies after the day of the assessment; it was not used"},
     kMendDate},
    {"value-unknown",
     Severity::low,
     {"“{0}”列的“{1}”不是可识别的值", "“{1}” in column “{0}” is no known value"},
     kMendRow},
    {kRowsUnread,
     Severity::high,
     {"共 {1} 行中有 {0} 行未能读取；可能因此变差的测量值不予给出",
      "{0} of {1} rows could not be read; measurements that they could make worse are withheld"},
     {"按各行的说明逐行改正。", "Correct each row as its own finding says."}},
}};

// {1} is filled with the argument as it is, {1*} with its Chinese.
std::string fill(std::string_view text, const std::vector<std::string>& args) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view after = text[i] == '{' ? text.substr(std::min(i + 2, text.size())) : "";
    const bool message = after.starts_with("*}");
    if (!message && !after.starts_with('}')) {
      out += text[i];
      continue;
    }
    const auto at = static_cast<std::size_t>(text[i + 1] - '0');
    if (at < args.size()) out += message ? in(args[at], Language::zh) : args[at];
    i += message ? 3 : 2;
  }
  return out;
}

const Telling* find_telling(std::span<const Telling> tellings, std::string_view id) {
  const auto at = std::ranges::find(tellings, id, &Telling::id);
  return at == tellings.end() ? nullptr : &*at;
}

}  // namespace

Notes::Notes(const CheckInput& input, Sink& sink, std::string_view check, const std::string& path,
             std::span<const Telling> tellings, std::string_view prefix)
    : input_(input),
      sink_(sink),
      check_(check),
      path_(path),
      tellings_(tellings),
      prefix_(prefix) {}

void Notes::tell(const table::Note& note) {
  constexpr std::size_t kShownBytes = 120;
  const Telling* telling = find_telling(tellings_, note.id);
  if (telling == nullptr) telling = find_telling(kCommon, note.id);
  std::vector<std::string> args;
  for (const std::string& arg : note.args) args.push_back(printable(arg, kShownBytes));
  Finding finding;
  finding.check = check_;
  finding.id = note.id;
  finding.where = note.line == 0 ? path_ : path_ + ":" + std::to_string(note.line);
  finding.severity = Severity::low;
  if (telling != nullptr) {
    finding.severity = telling->severity;
    finding.message = {fill(telling->message.zh, args), fill(telling->message.en, args)};
    finding.mend = telling->mend.text();
    if (!telling->measurement.empty())
      finding.measurement = std::string(prefix_) + std::string(telling->measurement);
  }
  sink_.finding(std::move(finding));
}

void Notes::tell_unread(const table::Totals& totals) {
  if (totals.unread == 0) return;
  tell({kRowsUnread,
        0,
        {std::to_string(totals.unread), std::to_string(totals.rows + totals.unread)}});
}

table::Hooks Notes::hooks() {
  return {
      .note = [this](const table::Note& note) { tell(note); },
      .progress = [this](std::uint64_t done, std::uint64_t total) { sink_.progress(done, total); },
      .stop = input_.stop};
}

void measure_age(const CheckInput& input, Sink& sink, std::string_view check, std::string_view name,
                 const Date& updated) {
  if (!updated.known()) return;
  const auto days = day_number(input.as_of) - day_number(updated);  // `updated` lies not behind
  measure_count(sink, check, name, static_cast<std::uint64_t>(std::max(days, decltype(days){})),
                "days");
}

}  // namespace assay::checks
