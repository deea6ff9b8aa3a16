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
    for (const std::string& line : unread) {  // "path: reason"
      const std::size_t mark = std::min(line.rfind(": "), line.size());
      const std::string path = line.substr(0, mark);
      TRY(skip(path, path, {Code::io, line.substr(std::min(mark + 2, line.size()))}));
    }
    return Done{};
  }

 private:
  Status one_file(const fs::path& file) {
    auto opened = FileReader::open(file);
    if (!opened.ok()) return skip(file.string(), file, opened.error());
    FileSource in(std::move(*opened), kWindow);
    left_ = kArchiveBytes;
    return one({file.string(), file, false, file, &in, {}}, 0);
  }

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

Result<int> each_label_subject(Session& session,
                               const std::function<Status(const LabelSubject&)>& look) {
  Walk walk(look);
  int code = 0;
  for (const std::string& named : session.positional("PATH")) {
    if (named != "-") {
      std::error_code unknown;
      if (fs::status(named, unknown).type() == fs::file_type::not_found)
        code = exit_code(Code::not_found);
      TRY(walk.path(named));
      continue;
    }
    for (const std::string& line : lines_of_input()) TRY(walk.path(line));
  }
  return code;
}

int worse(int a, int b) {
  const auto rank = [](int code) {
    constexpr int kFound = 1000;
    return code == 1 ? kFound : code == 3 ? 1 : code;
  };
  return rank(a) >= rank(b) ? a : b;
}

Result<label::Checked> check_subject(const LabelSubject& subject, label::Writer writer,
                                     const label::Traces& traces) {
  if (subject.in == nullptr) return label::unread(subject.unread, traces);
  auto checked = label::check(*subject.in, subject.name, writer, traces);
  if (checked.ok() || checked.error().code == Code::internal) return checked;
  return label::unread(checked.error(), traces);
}

Result<int> each_file(Session& session,
                      const std::function<Status(const fs::path&, const fs::path&)>& change) {
  const auto output = session.value("--output");
  const std::vector<std::string> paths = session.positional("PATH");
  if (output && paths.size() > 1)
    return Error{Code::invalid, "one output for several files", 0, "--output",
                 "give one file, or leave --output away to change the files themselves"};
  int code = 0;
  for (const std::string& path : paths) {
    const Status done = change(path, output.value_or(path));
    if (done.ok()) continue;
    const std::string place = done.error().where.empty() ? path + ": " : "";
    session.note(printable(place + done.error().text(session.language()), 2000) + "\n");
    code = worse(code, exit_code(done.error().code));
  }
  return code;
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
      out.text(key, printable(field->value, label::kMaxValueBytes));
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
