// SPDX-License-Identifier: Apache-2.0
#include "checks/subject_files.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/messages.h"
#include "base/strings.h"
#include "checks/common.h"

namespace assay::checks {
namespace {

constexpr std::size_t kKeep = 1 << 20;

std::string shown(const CheckInput& input, const fs::path& path) {
  const fs::path below = path.lexically_relative(input.root);
  const bool outside = below.empty() || *below.begin() == "..";
  return outside ? path.string() : below.string();
}

}  // namespace

SubjectFiles subject_files(const CheckInput& input, Input subject) {
  SubjectFiles out;
  std::vector<std::string> unread;  // "path: reason"
  for (const std::string& path : paths(input.system, subject))
    for (fs::path& file : list_files(resolve(input, path).lexically_normal(), unread)) {
      std::string name = shown(input, file);
      out.files.push_back({std::move(file), std::move(name)});
    }
  for (const std::string& one : unread) {
    const std::size_t mark = std::min(one.find(": "), one.size());
    const std::size_t why = std::min(mark + 2, one.size());
    out.unread.push_back({shown(input, one.substr(0, mark)), one.substr(why)});
  }
  return out;
}

void report(Sink& sink, std::string_view check, const SubjectFile& file, Flaw flaw,
            std::span<const FlawMeasurement> about) {
  std::string where = printable(file.shown, 400);
  if (!flaw.where.empty()) where += ": " + flaw.where;
  const auto at = std::ranges::find(about, flaw.id, &FlawMeasurement::flaw);
  std::string measurement(at == about.end() ? std::string_view() : at->measurement);
  sink.finding({std::string(check), std::move(flaw.id), flaw.severity, std::move(where),
                std::move(flaw.message), std::move(flaw.mend), std::move(measurement)});
}

void report_unread(Sink& sink, std::string_view check, std::string_view shown,
                   std::string_view why) {
  sink.finding({std::string(check),
                "file-unread",
                Severity::high,
                printable(shown, 400),
                {fmt::format("文件无法读取：{}", in(why, Language::zh)),
                 fmt::format("the file cannot be read: {}", why)},
                {"检查路径、权限和文件是否完整",
                 "check the path, the permissions and whether the file is whole"}});
}

void report_unread(Sink& sink, std::string_view check, const SubjectFiles& subjects) {
  for (const SubjectFiles::Unread& one : subjects.unread)
    report_unread(sink, check, one.shown, one.why);
}

void Listing::line(const std::string& text) {
  const std::string full = text + "\n";
  digest_.update(as_raw(full));
  bytes_ += static_cast<double>(full.size());
  if (text_.size() <= kKeep) text_ += full;
}

void Listing::keep(Sink& sink, std::string_view check, std::string name) {
  const Digest digest = digest_.finish();
  sink.evidence(
      {std::string(check), std::move(name), hex(digest), bytes_, std::string(kListingType)},
      text_.size() <= kKeep ? std::string_view(text_) : std::string_view());
}

}  // namespace assay::checks
