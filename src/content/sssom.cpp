// SPDX-License-Identifier: Apache-2.0
#include "content/sssom.h"

#include <algorithm>

#include "base/strings.h"
#include "base/yaml.h"
#include "model/from_node.h"

namespace assay::content {
namespace {

// Each takes some 200 bytes of tree.
constexpr std::size_t kMaxCells = 500'000;

Node scalar(std::string text, Place at) {
  return {.kind = NodeKind::scalar, .at = at, .text = std::move(text), .entries = {}};
}

Node mapping(Place at) { return {.kind = NodeKind::map, .at = at, .entries = {}}; }

// Takes the line at the front of `rest`, without its end.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string cell_text(std::string_view cell) {
  if (cell.size() < 2 || !cell.starts_with('"') || !cell.ends_with('"')) return std::string(cell);
  cell = cell.substr(1, cell.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    out += cell[i];
    if (cell.substr(i, 2) == "\"\"") ++i;
  }
  return out;
}

std::uint32_t code_points(std::string_view text) {
  return static_cast<std::uint32_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

// `{prefix: url}` as a list of {prefix, url}.
Node prefix_list(const Node& map) {
  Node list{.kind = NodeKind::list, .at = map.at, .entries = {}};
  for (const Entry& entry : map.entries) {
    Node row = mapping(entry.at);
    row.entries.push_back({"prefix", entry.at, scalar(entry.key, entry.at)});
    row.entries.push_back({"url", entry.value.at, entry.value});
    list.items.push_back(std::move(row));
  }
  return list;
}

// The YAML in the # lines, read with the marks blanked out so that places stay true.
std::optional<Node> read_header(std::string_view lines, const Faults& faults) {
  std::string yaml;
  for (std::string_view rest = lines; !rest.empty();) {
    yaml += take_line(rest).substr(1);
    yaml += '\n';
  }
  std::vector<Fault> own;
  std::optional<Node> header = read_yaml(yaml, Faults(faults.file(), own));
  for (Fault& fault : own) {
    if (fault.at.column > 0) ++fault.at.column;
    faults.add(fault.at, fault.id, std::move(fault.args));
  }
  if (header && header->kind != NodeKind::map) {
    faults.add({1, 1}, FaultId::wants_mapping, {"#"});
    return std::nullopt;
  }
  return header;
}

// The visitor that lists the columns of a row.
struct Columns {
  std::vector<std::string> all;
  std::vector<std::string> needed;

  template <class T>
  void required(const char* key, const T&) {
    all.emplace_back(key);
    needed.emplace_back(key);
  }
  template <class T>
  void optional(const char* key, const T&) {
    all.emplace_back(key);
  }
};

const Columns& columns_of_a_row() {
  static const Columns kColumns = [] {
    Columns out;
    const Mapping mapping;
    describe(out, mapping);
    return out;
  }();
  return kColumns;
}

Node read_row(std::string_view line, std::uint32_t number, const std::vector<std::string>& columns,
              const Faults& faults) {
  Node row = mapping({number, 1});
  const auto cells = split(line, '\t');
  if (cells.size() != columns.size())
    faults.add({number, 1}, FaultId::tsv_columns,
               {std::to_string(cells.size()), std::to_string(columns.size())});
  std::uint32_t column = 1;
  for (std::size_t i = 0; i < std::min(cells.size(), columns.size()); ++i) {
    const Place at{number, column};
    const bool known =
        std::ranges::find(columns_of_a_row().all, columns[i]) != columns_of_a_row().all.end();
    if (known && !trim(cells[i]).empty())
      row.entries.push_back({columns[i], at, scalar(cell_text(cells[i]), at)});
    column += code_points(cells[i]) + 1;
  }
  return row;
}

// Reports columns that are not known, stand twice or are missing; false where rows cannot be read.
bool check_columns(const std::vector<std::string>& columns, std::uint32_t line,
                   const Faults& faults) {
  Node seen = mapping({line, 1});
  std::uint32_t at = 1;
  for (const std::string& column : columns) {
    const Entry entry{column, {line, at}, scalar(column, {line, at})};
    if (seen.find(column) != nullptr) faults.add(entry.at, FaultId::duplicate_key, {column});
    const std::vector<std::string>& known = columns_of_a_row().all;
    if (std::ranges::find(known, column) == known.end()) report_unknown_key(faults, entry, known);
    seen.entries.push_back(entry);
    at += code_points(column) + 1;
  }
  bool whole = true;
  for (const std::string& column : columns_of_a_row().needed) {
    if (seen.find(column) != nullptr) continue;
    faults.add({line, 1}, FaultId::missing_key, {column});
    whole = false;
  }
  return whole;
}

}  // namespace

std::optional<Node> read_sssom(std::string_view bytes, const std::string& id,
                               const Faults& faults) {
  if (!check_text(bytes, faults)) return std::nullopt;
  if (static_cast<std::size_t>(std::ranges::count(bytes, '\t')) > kMaxCells) {
    faults.add({}, FaultId::too_dense, {std::to_string(kMaxCells)});
    return std::nullopt;
  }
  std::string_view rest = bytes;
  std::uint32_t line = 1;
  for (; rest.starts_with('#'); ++line) take_line(rest);
  const std::string_view head = bytes.substr(0, bytes.size() - rest.size());
  std::optional<Node> set = read_header(head, faults);
  if (!set) return std::nullopt;
  for (Entry& entry : set->entries)
    if (entry.key == "curie_map" && entry.value.kind == NodeKind::map)
      entry.value = prefix_list(entry.value);

  for (const char* made : {"id", "mappings"}) {
    const Entry* entry = set->find(made);
    if (entry == nullptr) continue;
    faults.add(entry->at, FaultId::unknown_key,
               {made, "mapping_set_id, mapping_set_title, license, curie_map, comment"});
    return std::nullopt;
  }

  const std::string_view names = take_line(rest);
  if (names.find('\t') == std::string_view::npos) {
    faults.add({line, 1}, FaultId::tsv_no_header);
    return std::nullopt;
  }
  std::vector<std::string> columns;
  for (const std::string_view column : split(names, '\t')) columns.emplace_back(column);
  if (!check_columns(columns, line, faults)) return std::nullopt;
  Node rows{.kind = NodeKind::list, .at = {line, 1}, .entries = {}};
  while (!rest.empty()) {
    const std::string_view text = take_line(rest);
    ++line;
    if (!text.empty()) rows.items.push_back(read_row(text, line, columns, faults));
  }
  set->entries.push_back({"id", {1, 1}, scalar(id, {1, 1})});
  set->entries.push_back({"mappings", rows.at, std::move(rows)});
  return set;
}

}  // namespace assay::content
