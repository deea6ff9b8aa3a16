// SPDX-License-Identifier: Apache-2.0
//
// Fills any type with a describe() from a node of a data file. Every fault is reported with its
// place; what has a fault keeps its default.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "base/date.h"
#include "base/strings.h"
#include "base/yaml.h"
#include "model/describe.h"
#include "model/fault.h"
#include "model/nearest.h"

namespace assay {

// How a mapping is read.
struct ReadRules {
  bool stated_only = false;  // an overlay's: absent keys leave the value as it is
  bool chinese = false;      // the zh of a Text must hold a Chinese character
};

// The key by which rows of a type are told apart, where a list of them may be laid over another.
template <class T>
inline constexpr const char* kRowKey = nullptr;
template <>
inline constexpr const char* kRowKey<Clause> = "code";
template <>
inline constexpr const char* kRowKey<Item> = "id";
template <>
inline constexpr const char* kRowKey<LexiconEntry> = "value";

// Words that the program concludes but nobody writes.
inline constexpr std::string_view kUnwritten[] = {"unstated", "none", "not-started"};

template <Worded E>
std::vector<std::string> written_words() {
  std::vector<std::string> out;
  for (const auto& row : Words<E>::table)
    if (std::ranges::find(kUnwritten, row.word) == std::end(kUnwritten)) out.emplace_back(row.word);
  return out;
}

bool has_chinese(std::string_view text);

// An unknown key or name, with the one that was probably meant.
void report_unknown_key(const Faults& faults, const Entry& entry,
                        const std::vector<std::string>& known);
void report_unknown_reference(const Faults& faults, Place at, const std::string& key,
                              const std::string& name, const std::vector<std::string>& known);

// The visitor for describe(): one for each mapping. finish() reports the keys nobody asked for.
class NodeReader {
 public:
  NodeReader(const Node& node, const Faults& faults, ReadRules rules)
      : node_(node), faults_(faults), rules_(rules) {}

  template <class T>
  void required(const char* key, T& value) {
    known_.emplace_back(key);
    const Entry* entry = node_.find(key);
    if (entry == nullptr) {
      if (!rules_.stated_only) faults_.add(node_.at, FaultId::missing_key, {key});
      return;
    }
    if (empty(entry->value) && !states_none(*entry))
      faults_.add(entry->value.at, FaultId::empty_value, {key});
    else
      read(entry->value, key, value);
  }

  template <class T>
  void optional(const char* key, T& value) {
    known_.emplace_back(key);
    const Entry* entry = node_.find(key);
    if (entry == nullptr) return;
    if (entry->value.kind == NodeKind::null || (!rules_.stated_only && empty_text(entry->value)))
      faults_.add(entry->value.at, FaultId::empty_value, {key});
    else
      read(entry->value, key, value);
  }

  void finish() const {
    for (const Entry& entry : node_.entries)
      if (std::ranges::find(known_, entry.key) == known_.end())
        report_unknown_key(faults_, entry, known_);
  }

 private:
  static bool empty_text(const Node& node) {
    return node.kind == NodeKind::scalar && trim(node.text).empty();
  }
  static bool empty(const Node& node) {
    return node.kind == NodeKind::null || empty_text(node) ||
           (node.kind == NodeKind::list && node.items.empty());
  }

  // `sources: []` says that none is known, which is a statement.
  static bool states_none(const Entry& entry) {
    return entry.key == "sources" && entry.value.kind == NodeKind::list;
  }

  // The text of a scalar, or a fault.
  const std::string* text(const Node& node, const std::string& key) const;

  void read(const Node& node, const std::string& key, std::string& value) const;
  void read(const Node& node, const std::string& key, bool& value) const;
  void read(const Node& node, const std::string& key, double& value) const;
  void read(const Node& node, const std::string& key, std::optional<double>& value) const;
  void read(const Node& node, const std::string& key, Date& value) const;
  void read(const Node& node, const std::string& key, PlainText& value) const;

  template <Worded E>
  void read(const Node& node, const std::string& key, E& value) const {
    const std::string* word = text(node, key);
    if (word == nullptr) return;
    const auto found = from_word<E>(*word);
    if (found && std::ranges::find(kUnwritten, *word) == std::end(kUnwritten))
      value = *found;
    else
      faults_.add(node.at, FaultId::bad_word, {key, *word, join(written_words<E>(), ", ")});
  }

  template <class T>
  void read(const Node& node, const std::string& key, std::vector<T>& values) const {
    if (node.kind != NodeKind::list) return faults_.add(node.at, FaultId::wants_list, {key});
    if constexpr (kRowKey<T> != nullptr) return lay_over(node, key, values);
    values.clear();
    for (const Node& item : node.items) {
      read(item, key, values.emplace_back());
      if constexpr (!std::is_class_v<T> || std::is_same_v<T, std::string>)
        if (std::ranges::find(values.begin(), values.end() - 1, values.back()) != values.end() - 1)
          faults_.add(item.at, FaultId::repeated_entry, {key, item.text});
    }
  }

  // Rows of `node` correct those of `values` that have the same key, and the others are added.
  template <class T>
  void lay_over(const Node& node, const std::string& key, std::vector<T>& values) const;

  template <class T>
  requires std::is_class_v<T>
  void read(const Node& node, const std::string& key, T& value) const {
    if (node.kind != NodeKind::map) return faults_.add(node.at, FaultId::wants_mapping, {key});
    value = T{};
    ReadRules whole = rules_;
    whole.stated_only = false;
    NodeReader reader(node, faults_, whole);
    describe(reader, value);
    reader.finish();
    if constexpr (std::is_same_v<T, Text>)
      if (rules_.chinese && !value.zh.empty() && !has_chinese(value.zh))
        faults_.add(node.find("zh")->value.at, FaultId::no_chinese, {key});
  }

  const Node& node_;
  const Faults& faults_;
  ReadRules rules_;
  std::vector<std::string> known_;
};

// Reads the mapping `node` into `value`.
template <class T>
void read_node(const Node& node, const Faults& faults, ReadRules rules, T& value) {
  if (node.kind != NodeKind::map) return faults.add(node.at, FaultId::wants_mapping, {"file"});
  NodeReader reader(node, faults, rules);
  describe(reader, value);
  reader.finish();
}

// The text under `key` of a mapping, or "".
inline std::string text_at(const Node& node, std::string_view key) {
  const Entry* entry = node.find(key);
  return entry == nullptr ? std::string() : entry->value.text;
}

template <class T>
void NodeReader::lay_over(const Node& node, const std::string& key, std::vector<T>& values) const {
  std::map<std::string, std::size_t> rows;
  std::map<std::string, Place> stated;
  if (!rules_.stated_only) values.clear();
  const auto id_of = [](const T& row) -> const std::string& {
    if constexpr (requires { row.code; })
      return row.code;
    else if constexpr (requires { row.id; })
      return row.id;
    else
      return row.value;
  };
  for (std::size_t i = 0; i < values.size(); ++i) rows.emplace(id_of(values[i]), i);
  for (const Node& item : node.items) {
    const std::string id = text_at(item, kRowKey<T>);
    const auto [first, fresh] = stated.emplace(id, item.at);
    if (!fresh && !id.empty())
      faults_.add(item.at, FaultId::duplicate_id,
                  {id, faults_.file() + ":" + std::to_string(first->second.line)});
    const auto known = rows.find(id);
    ReadRules rules = rules_;
    rules.stated_only = known != rows.end();
    if (item.kind != NodeKind::map)
      faults_.add(item.at, FaultId::wants_mapping, {key});
    else
      read_node(item, faults_, rules,
                known != rows.end() ? values[known->second] : values.emplace_back());
  }
}

// The file at `path`, a mapping with the one key `key`, a list of T.
template <class T>
Result<std::vector<T>> read_list(const fs::path& path, const char* key,
                                 std::vector<Fault>& all_faults) {
  std::vector<Fault> own;
  const Faults faults(path.string(), own);
  std::vector<T> rows;
  if (const std::optional<Node> root = read_yaml_file(path, faults)) {
    if (root->kind != NodeKind::map) {
      faults.add(root->at, FaultId::wants_mapping, {path.filename().string()});
    } else {
      NodeReader reader(*root, faults, {});
      reader.required(key, rows);
      reader.finish();
    }
  }
  sort_faults(own);
  all_faults.insert(all_faults.end(), own.begin(), own.end());
  if (!own.empty()) return fault_error(own);
  return rows;
}

}  // namespace assay
