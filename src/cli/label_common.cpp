// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "base/strings.h"
#include "catalog/json_object.h"
#include "checks/label_flaws.h"
#include "checks/sample.h"
#include "cli/label_commands.h"
#include "formats/zip_archive.h"

namespace assay::cli {
namespace {

namespace zip = formats::zip;

constexpr std::size_t kWindow = 4096;
constexpr std::uint64_t kMemberBytes = std::uint64_t{256} << 20;  // of one member, unpacked
constexpr std::uint64_t kArchiveBytes = std::uint64_t{1} << 30;   // of all of an archive
constexpr std::uint64_t kRatio = 1000;                            // unpacked to packed
constexpr int kDepth = 4;                                         // archives in archives

std::vector<std::string> lines_of_input() {
  std::vector<std::string> out;
  for (std::string line; std::getline(std::cin, line);)
    if (!line.empty()) out.push_back(line);
  return out;
}

class Walk {
 public:
  explicit Walk(const std::function<Status(const LabelSubject&)>& look) : look_(look) {}

  Status path(const std::string& named) {
    std::vector<std::string> unread;
    for (const fs::path& file : list_files(named, unread)) TRY(one_file(file));
    for (const std::string& line : unread) TRY(unlisted(line));
    return Done{};
  }

  Status unlisted(const std::string& line) {  // "path: reason"
    const std::size_t mark = std::min(line.rfind(": "), line.size());
    const std::string path = line.substr(0, mark);
    return skip(path, path, {Code::io, line.substr(std::min(mark + 2, line.size()))});
  }

  Status one_file(const fs::path& file) {
    ++files;
    auto opened = FileReader::open(file);
    if (!opened.ok()) return skip(file.string(), file, opened.error());
    FileSource in(std::move(*opened), kWindow);
    left_ = kArchiveBytes;
    return one({file.string(), file, false, file, &in, {}}, 0);
  }

  std::size_t files = 0;

 private:
  Status one(const LabelSubject& subject, int depth) {
    if (!TRY(archive_of_others(*subject.in, subject.name))) return look_(subject);
    if (depth == kDepth)
      return skip(subject.path, subject.file, {Code::limit, "archives are nested too deep"});
    return members(subject, depth);
  }

  // A ZIP that is no document of a kind we read.
  static Result<bool> archive_of_others(ByteSource& in, const fs::path& name) {
    const auto head = in.copy(0, 4);
    if (!head.ok() || !head->starts_with("PK")) return false;
    const auto format = label::identify(in, name);
    return format.ok() && *format == nullptr;
  }

  Status members(const LabelSubject& outer, int depth) {
    const auto archive = zip::read(*outer.in, {});
    if (!archive.ok()) return skip(outer.path, outer.file, archive.error());
    for (const zip::Entry& entry : archive->entries) {
      if (entry.name.ends_with('/') && entry.size == 0) continue;
      const std::string path = outer.path + "!" + printable(entry.name, 400);
      const std::uint64_t limit = std::min({kMemberBytes, left_, (entry.packed + 1) * kRatio});
      const auto bytes = zip::unpack(*outer.in, entry, limit);
      if (!bytes.ok()) {
        TRY(skip(path, outer.file, bytes.error()));
        continue;
      }
      left_ -= bytes->size();
      MemorySource member(as_raw(*bytes));
      TRY(one({path, outer.file, true, entry.name, &member, {}}, depth + 1));
    }
    return Done{};
  }

  // What cannot be read is undecided, and told as such.
  Status skip(const std::string& path, const fs::path& file, Error why) {
    why.where.clear();  // the path says it
    return look_({path, file, false, {}, nullptr, std::move(why)});
  }

  const std::function<Status(const LabelSubject&)>& look_;
  std::uint64_t left_ = 0;
};

}  // namespace

namespace {

std::vector<std::string> named_paths(Session& session) {
  std::vector<std::string> out;
  for (const std::string& named : session.positional("PATH")) {
    if (named != "-") {
      out.push_back(named);
      continue;
    }
    for (std::string& line : lines_of_input()) out.push_back(std::move(line));
  }
  return out;
}

// What cannot be listed is told; only files that can be are drawn from.
Result<std::size_t> walk_sample(Walk& walk, const std::vector<std::string>& named,
                                const LabelSample& sample) {
  std::vector<std::string> names, unread;
  for (const std::string& path : named)
    for (const fs::path& file : list_files(path, unread)) names.push_back(file.string());
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  for (const std::size_t index : checks::draw_sample(names, sample.files, sample.seed))
    TRY(walk.one_file(names[index]));
  for (const std::string& line : unread) TRY(walk.unlisted(line));
  return names.size();
}

}  // namespace

Result<std::size_t> each_label_subject(Session& session,
                                       const std::function<Status(const LabelSubject&)>& look,
                                       const std::optional<LabelSample>& sample) {
  Walk walk(look);
  const std::vector<std::string> named = named_paths(session);
  if (sample) return walk_sample(walk, named, *sample);
  for (const std::string& path : named) TRY(walk.path(path));
  return walk.files;
}

Result<label::Checked> check_subject(const LabelSubject& subject, const label::Rules& rules,
                                     const label::Traces& traces) {
  if (subject.in == nullptr) return label::unread(subject.unread, traces);
  auto checked = label::check(*subject.in, subject.name, rules, traces);
  if (checked.ok() || checked.error().code == Code::internal) return checked;
  return label::unread(checked.error(), traces);
}

std::string label_json(const label::Checked& checked) {
  if (checked.judgement.labels.empty()) return "null";
  const label::Label& label = checked.judgement.labels[0];
  if (label.form == label::Form::none) return "null";
  catalog::JsonObject out;
  for (const std::string_view key : label::kKeys) {
    const label::Field* field = label.find(key);
    if (field == nullptr)
      out.raw(key, "null");
    else
      out.text(key, printable(field->value, 4096));
  }
  return out.str();
}

const std::vector<std::string>& LabelClauses::of(std::string_view flaw, std::string_view format) {
  const checks::LabelMeasurement measurement = checks::label_measurement(flaw, format);
  const auto [at, fresh] =
      known_.try_emplace(fmt::format("{}.{}", measurement.check, measurement.name));
  if (fresh) at->second = checks::label_clauses(content_, measurement);
  return at->second;
}

}  // namespace assay::cli
