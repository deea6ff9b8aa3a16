// SPDX-License-Identifier: Apache-2.0
#include "checks/subject_files.h"

#include <fmt/format.h>

#include <algorithm>

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
  for (const std::string& path : paths(input.system, subject))
    for (fs::path& file : list_files(resolve(input, path).lexically_normal(), out.unread)) {
      std::string name = shown(input, file);
      out.files.push_back({std::move(file), std::move(name)});
    }
  return out;
}

void report(Sink& sink, std::string_view check, const SubjectFile& file, Flaw flaw) {
  std::string where = printable(file.shown, 400);
  if (!flaw.where.empty()) where += ": " + flaw.where;
  sink.finding({std::string(check), std::move(flaw.id), flaw.severity, std::move(where),
                std::move(flaw.message), std::move(flaw.mend)});
}

void report_unread(Sink& sink, std::string_view check, std::string where, std::string_view why) {
  sink.finding(
      {std::string(check),
       "file-unread",
       Severity::high,
       std::move(where),
       {fmt::format("文件无法读取：{}", why), fmt::format("the file cannot be read: {}", why)},
       {"检查路径、权限和文件是否完整",
        "check the path, the permissions and whether the file is whole"}});
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
      {std::string(check), std::move(name), hex(digest), bytes_, "text/tab-separated-values"},
      text_.size() <= kKeep ? std::string_view(text_) : std::string_view());
}

}  // namespace assay::checks
