// SPDX-License-Identifier: Apache-2.0
#include "content/diff.h"

#include <fmt/format.h>

#include <map>

#include "content/references.h"
#include "content/thresholds.h"
#include "content/walk.h"

namespace assay::content {
namespace {

using Row = std::map<std::string, std::string>;                   // key to value
using Rows = std::map<std::pair<std::string, std::string>, Row>;  // kind and id to row

// The visitor that writes a row as keys and values; what equals its default is absent. Rows inside
// a row (clauses, items, mappings) become rows of their own.
class Flattener {
 public:
  Flattener(Rows& rows, Row& row, std::string owner, std::string prefix)
      : rows_(rows), row_(row), owner_(std::move(owner)), prefix_(std::move(prefix)) {}

  template <class T>
  void required(const char* key, const T& value) {
    add(prefix_ + key, value);
  }
  template <class T>
  void optional(const char* key, const T& value) {
    add(prefix_ + key, value);
  }

 private:
  void put(const std::string& key, std::string value) {
    if (!value.empty()) row_.insert_or_assign(key, std::move(value));
  }
  void add(const std::string& key, const std::string& value) { put(key, value); }
  void add(const std::string& key, bool value) { put(key, value ? "true" : ""); }
  void add(const std::string& key, double value) { put(key, text_of(value)); }
  void add(const std::string& key, const std::optional<double>& value) {
    if (value) add(key, *value);
  }
  void add(const std::string& key, const Date& value) { put(key, value.text()); }
  template <Worded E>
  void add(const std::string& key, E value) {
    put(key, value == E{} ? "" : std::string(word(value)));
  }
  void add(const std::string&, const std::vector<Item>& items);
  void add(const std::string&, const std::vector<Mapping>& mappings);
  template <class T>
  void add(const std::string& key, const std::vector<T>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) add(fmt::format("{}[{}]", key, i), values[i]);
  }
  template <class T>
  requires std::is_class_v<T>
  void add(const std::string& key, const T& value) {
    Flattener inner(rows_, row_, owner_, key + ".");
    describe(inner, value);
  }

  Rows& rows_;
  Row& row_;
  std::string owner_;
  std::string prefix_;
};

template <class T>
void put_row(Rows& rows, const char* kind, const std::string& id, const T& value) {
  Row row;
  Flattener flattener(rows, row, id, "");
  describe(flattener, value);
  rows[{kind, id}] = std::move(row);
}

void Flattener::add(const std::string&, const std::vector<Item>& items) {
  for (const Item& item : items) put_row(rows_, "item", owner_ + ":" + item.id, item);
}

void Flattener::add(const std::string&, const std::vector<Mapping>& mappings) {
  for (const Mapping& mapping : mappings) {
    const std::string id =
        fmt::format("{}: {} {} {}", owner_, mapping.subject, mapping.predicate, mapping.object);
    put_row(rows_, "mapping", id, mapping);
  }
}

template <class T>
void put_rows(Rows& rows, const char* kind, const std::vector<T>& values) {
  for (const T& value : values) put_row(rows, kind, value.id, value);
}

Rows flatten(const Content& content) {
  Rows rows;
  put_row(rows, "content", content.manifest.id, content.manifest);
  put_rows(rows, "source", content.sources);
  put_rows(rows, "part", content.parts);
  put_rows(rows, "edition", content.editions);
  put_rows(rows, "standard", content.standards);
  for (const Standard& standard : content.standards) put_rows(rows, "clause", standard.clauses);
  put_rows(rows, "control", content.controls);
  put_rows(rows, "condition", content.conditions);
  put_rows(rows, "framework", content.frameworks);
  put_rows(rows, "crosswalk", content.mappings);
  put_rows(rows, "lexicon", content.lexicons);
  put_rows(rows, "note", content.notes);
  for (const TimelineEvent& event : content.timeline)
    put_row(rows, "event", event.date.text() + " " + event.event.en, event);
  return rows;
}

std::string at(const Row& row, const std::string& key) {
  const auto found = row.find(key);
  return found == row.end() ? "" : found->second;
}

std::vector<KeyChange> compare(const Row& before, const Row& after) {
  std::map<std::string, KeyChange> out;
  for (const auto& [key, value] : before)
    if (at(after, key) != value) out[key] = {key, value, at(after, key)};
  for (const auto& [key, value] : after)
    if (!before.contains(key)) out[key] = {key, "", value};
  std::vector<KeyChange> list;
  for (auto& [key, change] : out) list.push_back(std::move(change));
  return list;
}

}  // namespace

std::vector<RowChange> diff(const Content& before, const Content& after) {
  const Rows old_rows = flatten(before);
  const Rows new_rows = flatten(after);
  std::map<std::pair<std::string, std::string>, RowChange> out;
  for (const auto& [name, row] : old_rows) {
    const auto found = new_rows.find(name);
    if (found == new_rows.end()) {
      out[name] = {name.first, name.second, Change::removed, {}};
      continue;
    }
    std::vector<KeyChange> keys = compare(row, found->second);
    if (!keys.empty()) out[name] = {name.first, name.second, Change::changed, std::move(keys)};
  }
  for (const auto& [name, row] : new_rows)
    if (!old_rows.contains(name)) out[name] = {name.first, name.second, Change::added, {}};
  std::vector<RowChange> list;
  for (auto& [name, change] : out) list.push_back(std::move(change));
  return list;
}

}  // namespace assay::content
