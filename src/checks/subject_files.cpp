// SPDX-License-Identifier: Apache-2.0
#include "checks/subject_files.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/messages.h"
#include "base/strings.h"
#include "checks/common.h"
#include "checks/sample.h"

namespace assay::checks {
namespace {

constexpr std::size_t kKeep = 1 << 20;

std::string shown(const CheckInput& input, const fs::path& path) {
  const fs::path below = path.lexically_relative(input.root);
  const bool outside = below.empty() || *below.begin() == "..";
  return outside ? path.string() : below.string();
}

void report_one_unread(Sink& sink, std::string_view check, std::string_view shown,
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

std::string seed_of(const CheckInput& input) {
  const std::string& own = input.system.subjects.media_sample.seed;
  return own.empty() ? std::to_string(input.seed) : own;
}

void keep_sample(const CheckInput& input, std::vector<SubjectFile>& files) {
  const auto wanted = static_cast<std::size_t>(input.system.subjects.media_sample.files);
  if (wanted == 0 || wanted >= files.size()) return;
  std::vector<std::string> names;
  for (const SubjectFile& file : files) names.push_back(file.shown);
  std::vector<SubjectFile> drawn;
  for (const std::size_t index : draw_sample(names, wanted, seed_of(input)))
    drawn.push_back(std::move(files[index]));
  files = std::move(drawn);
}

void report_sample(const CheckInput& input, Sink& sink, std::string_view check, Input subject,
                   const SubjectFiles& subjects) {
  if (!subjects.sampled()) return;
  const std::string seed = printable(seed_of(input), 80);
  sink.finding({std::string(check),
                "sampled",
                Severity::info,
                std::string(word(subject)),
                {fmt::format("按种子 {} 从 {} 个文件中抽取 {} 个检查；其余文件未检查，"
                             "抽样中未见问题不等于全部符合",
                             seed, subjects.population, subjects.files.size()),
                 fmt::format("{} of {} files were drawn by the seed {}; the others were not looked "
                             "at, and no fault in a sample is not none at all",
                             subjects.files.size(), subjects.population, seed)},
                {}});
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
  out.population = out.files.size();
  if (subject == Input::media_outputs) keep_sample(input, out.files);
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

void report_unread(Sink& sink, std::string_view check, const SubjectFiles& subjects) {
  for (const SubjectFiles::Unread& one : subjects.unread)
    report_one_unread(sink, check, one.shown, one.why);
}

Result<Walked> each_file(const CheckInput& input, Sink& sink, std::string_view check, Input subject,
                         const std::function<Status(const SubjectFile&)>& look) {
  const SubjectFiles subjects = subject_files(input, subject);
  report_unread(sink, check, subjects);
  report_sample(input, sink, check, subject, subjects);
  std::uint64_t unread = subjects.unread.size();
  std::uint64_t done = 0;
  std::uint64_t looked = 0;
  for (const SubjectFile& file : subjects.files) {
    if (input.stop.stop_requested()) return Error{Code::interrupted, "interrupted"};
    const Status status = look(file);
    if (status.ok()) {
      ++looked;
    } else if (status.error().code == Code::internal || status.error().code == Code::interrupted) {
      return status.error();
    } else {
      ++unread;
      report_one_unread(sink, check, file.shown, status.error().what);
    }
    sink.progress(++done, subjects.files.size());
  }
  if (looked == 0)
    return Error{Code::io, "no file could be read", 0, std::string(word(subject)),
                 "name files or folders that exist and can be read"};
  return Walked{unread, subjects.population, subjects.sampled()};
}

void Listing::file(const SubjectFile& file, std::string_view rest) {
  const Result<Digest> digest = sha256_file(file.path);
  const std::string line =
      fmt::format("{}\t{}{}\n", printable(file.shown, 4000),
                  digest.ok() ? hex(*digest) : std::string("unreadable"), rest);
  digest_.update(as_raw(line));
  bytes_ += static_cast<double>(line.size());
  if (text_.size() <= kKeep) text_ += line;
}

void Listing::keep(Sink& sink, std::string_view check, std::string name) {
  const Digest digest = digest_.finish();
  sink.evidence(
      {std::string(check), std::move(name), hex(digest), bytes_, std::string(kListingType)},
      text_.size() <= kKeep ? std::string_view(text_) : std::string_view());
}

}  // namespace assay::checks
