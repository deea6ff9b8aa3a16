// SPDX-License-Identifier: Apache-2.0
#include "content/files.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

#include "base/strings.h"
#include "base/yaml.h"
#include "content/sssom.h"
#include "model/fault.h"

namespace assay::content {
namespace {

constexpr std::ptrdiff_t kMaxLines = 2000;

// A file is of the first row that fits: its folders ("*" is any one) and its name, of which a "*"
// stands for anything.
struct Form {
  std::string_view folder;
  std::string_view name;
  FileKind kind;
};
constexpr Form kForms[] = {
    {"", "content.yaml", FileKind::manifest},
    {"", "sources.yaml", FileKind::sources},
    {"", "structure.yaml", FileKind::structure},
    {"", "timeline.yaml", FileKind::timeline},
    {"", "reference.yaml", FileKind::reference},
    {"editions", "*.yaml", FileKind::editions},
    {"standards/*", "standard.yaml", FileKind::standard},
    {"standards/*", "clauses.yaml", FileKind::clauses},
    {"standards/*", "clauses-*.yaml", FileKind::clauses},
    {"controls", "*.yaml", FileKind::controls},
    {"profiles", "*.yaml", FileKind::conditions},
    {"frameworks", "*.yaml", FileKind::frameworks},
    {"crosswalks", "*.sssom.tsv", FileKind::crosswalk},
    {"lexicons", "*.yaml", FileKind::lexicon},
    {"training", "*.jsonl", FileKind::other},
    {"*", "*.md", FileKind::other},
    {"", "*.md", FileKind::other},
    {"", "LICENSE*", FileKind::other},
    {"", "NOTICE*", FileKind::other},
};

bool fits(std::string_view pattern, std::string_view text) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  const std::string_view after = pattern.substr(star + 1);
  return text.size() >= pattern.size() - 1 && text.starts_with(pattern.substr(0, star)) &&
         text.ends_with(after);
}

bool folder_fits(std::string_view pattern, std::string_view folder) {
  return std::ranges::count(pattern, '/') == std::ranges::count(folder, '/') &&
         pattern.empty() == folder.empty() && fits(pattern, folder);
}

void read_path(const fs::path& path, SourceFile& file) {
  if (file.kind == FileKind::other) return;
  const Faults faults(file.shown, file.faults);
  if (file.kind == FileKind::unexpected) return faults.add({}, FaultId::unexpected_file);
  const Result<std::string> bytes = read_file(path, kMaxDataFileBytes);
  if (bytes.ok())
    read_bytes(*bytes, file);
  else if (bytes.error().code == Code::limit)
    faults.add({}, FaultId::too_large, {std::to_string(kMaxDataFileBytes)});
  else
    faults.add({}, FaultId::unreadable, {bytes.error().what});
}

}  // namespace

std::string SourceFile::own_name() const {
  const fs::path path(relative);
  if (kind == FileKind::standard || kind == FileKind::clauses)
    return path.parent_path().filename().string();
  const std::string name = path.filename().string();
  const std::string_view ending = kind == FileKind::crosswalk ? ".sssom.tsv" : ".yaml";
  return name.substr(0, name.size() - std::min(name.size(), ending.size()));
}

FileKind kind_of(std::string_view relative) {
  const std::size_t slash = relative.rfind('/');
  const bool top = slash == std::string_view::npos;
  const std::string_view folder = top ? std::string_view() : relative.substr(0, slash);
  const std::string_view name = top ? relative : relative.substr(slash + 1);
  for (const Form& form : kForms)
    if (folder_fits(form.folder, folder) && fits(form.name, name)) return form.kind;
  return FileKind::unexpected;
}

void read_bytes(std::string_view bytes, SourceFile& file) {
  const Faults faults(file.shown, file.faults);
  const auto lines = std::ranges::count(bytes, '\n');
  if (lines > kMaxLines && file.kind != FileKind::crosswalk)
    faults.add({}, FaultId::too_long, {std::to_string(lines), std::to_string(kMaxLines)});
  file.tree = file.kind == FileKind::crosswalk ? read_sssom(bytes, file.own_name(), faults)
                                               : read_yaml(bytes, faults);
}

std::vector<SourceFile> read_folder(const fs::path& folder, unsigned threads) {
  std::vector<std::string> unread;
  const std::vector<fs::path> paths = list_files(folder, unread);
  std::vector<SourceFile> files(paths.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < paths.size(); i = next++) {
      files[i].relative = paths[i].lexically_relative(folder).generic_string();
      files[i].shown = paths[i].string();
      files[i].kind = kind_of(files[i].relative);
      read_path(paths[i], files[i]);
    }
  };
  {
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < threads; ++i) others.emplace_back(work);
    work();
  }
  for (const std::string& path : unread) {
    SourceFile& file = files.emplace_back();
    file.shown = path;
    file.kind = FileKind::other;
    Faults(path.substr(0, path.find(": ")), file.faults)
        .add({}, FaultId::unreadable, {path.substr(std::min(path.size(), path.find(": ") + 2))});
  }
  std::ranges::stable_sort(files, {}, &SourceFile::kind);
  return files;
}

}  // namespace assay::content
