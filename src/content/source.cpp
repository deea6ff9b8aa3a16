// SPDX-License-Identifier: Apache-2.0
#include "content/source.h"

#include <algorithm>
#include <map>
#include <memory>

#include "content/files.h"
#include "content/origins.h"
#include "content/references.h"
#include "model/from_node.h"

namespace assay::content {
namespace {

constexpr std::string_view kIdCharacters = "abcdefghijklmnopqrstuvwxyz0123456789.-";
constexpr std::string_view kPartCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-";
constexpr std::string_view kCodeCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";

// Faults that may only be there because another file could not be read.
bool may_follow(FaultId id) {
  constexpr FaultId kFollow[] = {FaultId::unknown_reference, FaultId::misspelt_reference,
                                 FaultId::unused_control,    FaultId::unknown_part,
                                 FaultId::unknown_prefix,    FaultId::missing_file};
  return std::ranges::find(kFollow, id) != std::end(kFollow);
}

class Loader {
 public:
  Loader(LoadResult& out, const SourceOptions& options) : out_(out), origins_(out.faults) {
    if (options.base != nullptr) adopt(*options.base);
  }

  void lay_over(const fs::path& folder, unsigned threads);
  void lay_over(std::vector<SourceFile> files);
  void finish(const SourceOptions& options);

 private:
  using Fill = void (Loader::*)(const SourceFile&, const Node&, const Faults&);
  static Fill fill_of(FileKind kind);

  void adopt(const Content& base);
  template <class T>
  void adopt_rows(const char* kind, const std::vector<T>& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) index_.emplace(row_name(kind, rows[i].id), i);
  }

  void fill(SourceFile& file);
  void fill_manifest(const SourceFile&, const Node& root, const Faults& faults);
  void fill_sources(const SourceFile&, const Node& root, const Faults& faults) {
    fill_list("source", "sources", kIdCharacters, root, faults, out_.content.sources);
  }
  void fill_parts(const SourceFile&, const Node& root, const Faults& faults) {
    fill_list("part", "parts", kPartCharacters, root, faults, out_.content.parts);
  }
  void fill_controls(const SourceFile&, const Node& root, const Faults& faults) {
    fill_list("control", "controls", kIdCharacters, root, faults, out_.content.controls);
  }
  void fill_conditions(const SourceFile&, const Node& root, const Faults& faults) {
    fill_list("condition", "conditions", kIdCharacters, root, faults, out_.content.conditions);
  }
  void fill_notes(const SourceFile&, const Node& root, const Faults& faults) {
    fill_list("note", "notes", kIdCharacters, root, faults, out_.content.notes);
  }
  void fill_edition(const SourceFile& file, const Node& root, const Faults& faults) {
    fill_file("edition", file, root, faults, out_.content.editions);
  }
  void fill_standard(const SourceFile& file, const Node& root, const Faults& faults) {
    fill_file("standard", file, root, faults, out_.content.standards);
  }
  void fill_lexicon(const SourceFile& file, const Node& root, const Faults& faults) {
    fill_file("lexicon", file, root, faults, out_.content.lexicons);
  }
  void fill_framework(const SourceFile& file, const Node& root, const Faults& faults);
  void fill_clauses(const SourceFile& file, const Node& root, const Faults& faults);
  void fill_timeline(const SourceFile&, const Node& root, const Faults& faults);
  void fill_crosswalk(const SourceFile& file, const Node& root, const Faults& faults);

  // The items of the root's only list, or a fault.
  const Node* list_of(const char* key, const Node& root, const Faults& faults) const;

  template <class T>
  void fill_list(const char* kind, const char* key, std::string_view characters, const Node& root,
                 const Faults& faults, std::vector<T>& rows) {
    const Node* list = list_of(key, root, faults);
    if (list == nullptr) return;
    for (const Node& node : list->items)
      fill_row(row_name(kind, text_at(node, "id")), "id", characters, node, faults, rows);
  }

  template <class T>
  void fill_file(const char* kind, const SourceFile& file, const Node& root, const Faults& faults,
                 std::vector<T>& rows) {
    const std::string id = text_at(root, "id");
    if (!id.empty() && id != file.own_name())
      faults.add(root.find("id")->value.at, FaultId::wrong_folder, {id, file.own_name()});
    fill_row(row_name(kind, id), "id", kIdCharacters, root, faults, rows);
  }

  // Adds the row `name`, or corrects it where an earlier layer has it; a second one in the same
  // layer is a fault.
  template <class T>
  T* fill_row(const std::string& name, const char* id_key, std::string_view characters,
              const Node& node, const Faults& faults, std::vector<T>& rows);

  LoadResult& out_;
  Origins origins_;
  bool whole_ = true;                                      // every file gave a tree
  std::map<std::string, std::size_t, std::less<>> index_;  // row name to its place in its vector
  std::map<std::string, std::string> stated_;              // row name to where this layer has it
  std::vector<std::unique_ptr<std::vector<SourceFile>>> layers_;  // keeps the trees of origins_
  std::vector<std::unique_ptr<Faults>> reporters_;
};

template <class T>
T* Loader::fill_row(const std::string& name, const char* id_key, std::string_view characters,
                    const Node& node, const Faults& faults, std::vector<T>& rows) {
  const Entry* id = node.find(id_key);
  if (id != nullptr && id->value.text.find_first_not_of(characters) != std::string::npos)
    faults.add(id->value.at, FaultId::bad_id,
               {id->value.text, std::string(characters == kCodeCharacters ? "A-Z 0-9 -"
                                            : characters == kIdCharacters ? "a-z 0-9 . -"
                                                                          : "A-Z a-z 0-9 . -")});
  const std::string here = faults.file() + ":" + std::to_string(node.at.line);
  const auto [first, fresh] = stated_.emplace(name, here);
  ReadRules rules{.stated_only = false, .chinese = true};
  if (id == nullptr || id->value.text.empty() || !fresh) {
    if (!fresh && id != nullptr && !id->value.text.empty())
      faults.add(id->value.at, FaultId::duplicate_id, {id->value.text, first->second});
    T scratch{};
    read_node(node, faults, rules, scratch);
    return nullptr;
  }
  const auto known = index_.find(name);
  rules.stated_only = known != index_.end();
  if (known == index_.end()) {
    index_.emplace(name, rows.size());
    rows.emplace_back();
  }
  T& row = known == index_.end() ? rows.back() : rows[known->second];
  read_node(node, faults, rules, row);
  origins_.add(name, faults, node);
  return &row;
}

const Node* Loader::list_of(const char* key, const Node& root, const Faults& faults) const {
  if (root.kind != NodeKind::map) {
    faults.add(root.at, FaultId::wants_mapping, {"-"});
    return nullptr;
  }
  for (const Entry& entry : root.entries)
    if (entry.key != key) report_unknown_key(faults, entry, {key});
  const Entry* list = root.find(key);
  if (list == nullptr) {
    faults.add(root.at, FaultId::missing_key, {key});
    return nullptr;
  }
  if (list->value.kind != NodeKind::list) {
    faults.add(list->value.at, FaultId::wants_list, {key});
    return nullptr;
  }
  if (list->value.items.empty()) faults.add(list->value.at, FaultId::empty_value, {key});
  return &list->value;
}

void Loader::fill_manifest(const SourceFile&, const Node& root, const Faults& faults) {
  // An overlay's content.yaml need not repeat what it does not change.
  const ReadRules rules{.stated_only = !out_.content.manifest.id.empty(), .chinese = true};
  read_node(root, faults, rules, out_.content.manifest);
  origins_.add("manifest", faults, root);
}

void Loader::fill_timeline(const SourceFile&, const Node& root, const Faults& faults) {
  const Node* list = list_of("events", root, faults);
  if (list == nullptr) return;
  for (const Node& node : list->items)
    read_node(node, faults, {.stated_only = false, .chinese = true},
              out_.content.timeline.emplace_back());
}

void Loader::fill_framework(const SourceFile& file, const Node& root, const Faults& faults) {
  fill_file("framework", file, root, faults, out_.content.frameworks);
  const Entry* items = root.find("items");
  if (items == nullptr) return;
  for (const Node& node : items->value.items)
    origins_.add(row_name("item", text_at(root, "id") + ":" + text_at(node, "id")), faults, node);
}

void Loader::fill_clauses(const SourceFile& file, const Node& root, const Faults& faults) {
  const Node* list = list_of("clauses", root, faults);
  if (list == nullptr) return;
  const std::string standard = file.own_name();
  const auto at = index_.find(row_name("standard", standard));
  if (at == index_.end()) faults.add({}, FaultId::missing_file, {"standard.yaml"});
  std::vector<Clause> stray;
  std::vector<Clause>& clauses =
      at == index_.end() ? stray : out_.content.standards[at->second].clauses;
  for (const Node& node : list->items) {
    const std::string id = standard + "/" + text_at(node, "code");
    Clause* clause =
        fill_row(row_name("clause", id), "code", kCodeCharacters, node, faults, clauses);
    if (clause == nullptr) continue;
    clause->id = id;
    clause->standard = standard;
  }
}

void Loader::fill_crosswalk(const SourceFile& file, const Node& root, const Faults& faults) {
  MappingSet fresh;
  read_node(root, faults, {.stated_only = false, .chinese = false}, fresh);
  const Entry* list = root.find("mappings");
  const std::string id = file.own_name();
  if (id.find_first_not_of(kIdCharacters) != std::string::npos)
    faults.add({}, FaultId::bad_id, {id, "a-z 0-9 . -"});
  const auto [at, added] = index_.emplace(row_name("crosswalk", id), out_.content.mappings.size());
  if (added) out_.content.mappings.emplace_back();
  MappingSet& set = out_.content.mappings[at->second];
  std::vector<Mapping> rows = std::move(set.rows);
  std::map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < rows.size(); ++i) known.emplace(mapping_name(id, rows[i]), i);
  for (std::size_t i = 0; i < fresh.rows.size(); ++i) {
    const std::string name = mapping_name(id, fresh.rows[i]);
    const Node& node = list->value.items[i];
    const std::string here = faults.file() + ":" + std::to_string(node.at.line);
    if (const auto [first, once] = stated_.emplace(name, here); !once)
      faults.add(
          node.at, FaultId::repeated_mapping,
          {fresh.rows[i].subject, fresh.rows[i].predicate, fresh.rows[i].object, first->second});
    origins_.add(name, faults, node);
    if (const auto same = known.find(name); same != known.end())
      rows[same->second] = std::move(fresh.rows[i]);
    else
      rows.push_back(std::move(fresh.rows[i]));
  }
  set = std::move(fresh);
  set.rows = std::move(rows);
  origins_.add(row_name("crosswalk", id), faults, root);
}

Loader::Fill Loader::fill_of(FileKind kind) {
  // In the order of FileKind.
  static constexpr Fill kFills[] = {
      &Loader::fill_manifest,  &Loader::fill_sources,    &Loader::fill_parts,
      &Loader::fill_edition,   &Loader::fill_standard,   &Loader::fill_clauses,
      &Loader::fill_controls,  &Loader::fill_conditions, &Loader::fill_framework,
      &Loader::fill_crosswalk, &Loader::fill_lexicon,    &Loader::fill_timeline,
      &Loader::fill_notes,
  };
  const auto at = static_cast<std::size_t>(kind);
  return at < std::size(kFills) ? kFills[at] : nullptr;
}

void Loader::fill(SourceFile& file) {
  out_.faults.insert(out_.faults.end(), file.faults.begin(), file.faults.end());
  const Fill read = fill_of(file.kind);
  if (read == nullptr) return;
  if (!file.tree) {
    whole_ = false;
    return;
  }
  reporters_.push_back(std::make_unique<Faults>(file.shown, out_.faults));
  (this->*read)(file, *file.tree, *reporters_.back());
}

void Loader::adopt(const Content& base) {
  out_.content = base;
  adopt_rows("source", base.sources);
  adopt_rows("part", base.parts);
  adopt_rows("edition", base.editions);
  adopt_rows("standard", base.standards);
  adopt_rows("control", base.controls);
  adopt_rows("condition", base.conditions);
  adopt_rows("framework", base.frameworks);
  adopt_rows("crosswalk", base.mappings);
  adopt_rows("lexicon", base.lexicons);
  adopt_rows("note", base.notes);
  for (const Standard& standard : base.standards) adopt_rows("clause", standard.clauses);
}

void Loader::lay_over(const fs::path& folder, unsigned threads) {
  const bool first = out_.content.manifest.id.empty();
  std::vector<SourceFile> files = read_folder(folder, threads);
  if (first && std::ranges::find(files, FileKind::manifest, &SourceFile::kind) == files.end())
    Faults(folder.string(), out_.faults).add({}, FaultId::missing_file, {"content.yaml"});
  lay_over(std::move(files));
}

void Loader::lay_over(std::vector<SourceFile> files) {
  stated_.clear();
  layers_.push_back(std::make_unique<std::vector<SourceFile>>(std::move(files)));
  for (SourceFile& file : *layers_.back()) fill(file);
}

void Loader::finish(const SourceOptions& options) {
  Content& content = out_.content;
  const auto by_id = [](auto& rows) {
    std::ranges::sort(rows, {}, [](const auto& row) -> const std::string& { return row.id; });
  };
  by_id(content.sources);
  by_id(content.parts);
  by_id(content.editions);
  by_id(content.standards);
  by_id(content.controls);
  by_id(content.conditions);
  by_id(content.frameworks);
  by_id(content.mappings);
  by_id(content.lexicons);
  by_id(content.notes);
  check_references(content, options, origins_);
  if (!whole_) std::erase_if(out_.faults, [](const Fault& fault) { return may_follow(fault.id); });
  sort_faults(out_.faults);
}

}  // namespace

std::string row_name(const char* kind, const std::string& id) {
  return std::string(kind) + "/" + id;
}

std::string mapping_name(const std::string& set, const Mapping& row) {
  return row_name("mapping", set + " " + row.subject + " " + row.predicate + " " + row.object);
}

LoadResult load_source(const std::vector<fs::path>& folders, const SourceOptions& options) {
  LoadResult out;
  Loader loader(out, options);
  for (const fs::path& folder : folders) loader.lay_over(folder, std::max(1U, options.threads));
  loader.finish(options);
  return out;
}

LoadResult load_file(const std::string& relative, std::string_view bytes,
                     const SourceOptions& options) {
  LoadResult out;
  Loader loader(out, options);
  std::vector<SourceFile> files(1);
  files[0].relative = relative;
  files[0].shown = relative;
  files[0].kind = kind_of(relative);
  read_bytes(bytes, files[0]);
  loader.lay_over(std::move(files));
  sort_faults(out.faults);
  return out;
}

std::vector<Fault> check_content(const Content& content, const SourceOptions& options) {
  std::vector<Fault> faults;
  check_references(content, options, Origins(faults));
  sort_faults(faults);
  return faults;
}

}  // namespace assay::content
