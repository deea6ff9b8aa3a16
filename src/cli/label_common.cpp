// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "base/strings.h"
#include "catalog/json_object.h"
#include "checks/label_flaws.h"
#include "cli/label_commands.h"
#include "formats/zip_archive.h"

namespace assay::cli {
namespace {

namespace zip = formats::zip;

constexpr std::size_t kWindow = 1 << 16;
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
  Walk(Session& session, const std::function<Status(const LabelSubject&)>& look)
      : session_(session), look_(look) {}
  bool all_read = true;

  Status path(const std::string& named) {
    std::vector<std::string> unread;
    for (const fs::path& file : list_files(named, unread)) TRY(one_file(file));
    for (const std::string& line : unread) TRY(tell(line));
    return Done{};
  }

 private:
  Status one_file(const fs::path& file) {
    auto opened = FileReader::open(file);
    if (!opened.ok()) return tell(opened.error().text(session_.language()));
    FileSource in(std::move(*opened), kWindow);
    left_ = kArchiveBytes;
    const bool archive = TRY(archive_of_others(in, file));
    if (archive) return members(in, file.string(), file, 1);
    return look_({file.string(), file, {}, {}});
  }

  // A ZIP that is no document of a kind we read.
  Result<bool> archive_of_others(ByteSource& in, const fs::path& name) {
    const auto head = in.copy(0, 4);
    if (!head.ok() || !head->starts_with("PK")) return false;
    const auto format = label::identify(in, name);
    return format.ok() && *format == nullptr;
  }

  Status members(ByteSource& in, const std::string& outer, const fs::path& file, int depth) {
    const auto archive = zip::read(in, {});
    if (!archive.ok()) return tell(outer + ": " + archive.error().text(session_.language()));
    for (const zip::Entry& entry : archive->entries) {
      if (entry.name.ends_with('/') && entry.size == 0) continue;
      const std::string path = outer + "!" + printable(entry.name, 400);
      const std::uint64_t limit = std::min({kMemberBytes, left_, (entry.packed + 1) * kRatio});
      auto bytes = zip::unpack(in, entry, limit);
      if (!bytes.ok()) {
        TRY(tell(path + ": " + bytes.error().text(session_.language())));
        continue;
      }
      left_ -= bytes->size();
      TRY(member({path, file, entry.name, std::move(*bytes)}, depth));
    }
    return Done{};
  }

  Status member(const LabelSubject& subject, int depth) {
    MemorySource in(as_raw(subject.bytes));
    const bool archive = TRY(archive_of_others(in, subject.member));
    if (!archive) return look_(subject);
    if (depth == kDepth)
      return tell(subject.path + ": " +
                  std::string(session_.say("压缩包嵌套过深", "archives are nested too deep")));
    return members(in, subject.path, subject.file, depth + 1);
  }

  Status tell(const std::string& line) {
    all_read = false;
    session_.note(printable(line, 2000) + "\n");
    return Done{};
  }

  Session& session_;
  const std::function<Status(const LabelSubject&)>& look_;
  std::uint64_t left_ = 0;
};

}  // namespace

Result<bool> each_label_subject(Session& session,
                                const std::function<Status(const LabelSubject&)>& look) {
  Walk walk(session, look);
  for (const std::string& named : session.positional("PATH")) {
    if (named != "-") {
      TRY(walk.path(named));
      continue;
    }
    for (const std::string& line : lines_of_input()) TRY(walk.path(line));
  }
  return walk.all_read;
}

Result<label::Checked> check_subject(const LabelSubject& subject, const label::Rules& rules,
                                     const label::Traces& traces) {
  if (subject.member.empty()) return label::check_file(subject.file, rules, traces);
  MemorySource in(as_raw(subject.bytes));
  return label::check(in, subject.member, rules, traces);
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
  const std::string_view measurement = checks::label_measurement(flaw, format);
  const auto [at, fresh] = known_.try_emplace(std::string(measurement));
  if (fresh) at->second = checks::label_clauses(content_, measurement);
  return at->second;
}

}  // namespace assay::cli
