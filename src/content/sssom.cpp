// SPDX-License-Identifier: Apache-2.0
#include "content/sssom.h"

#include <algorithm>

#include "base/strings.h"
#include "base/yaml.h"

namespace assay::content {
namespace {

// Each takes some 200 bytes of tree.
constexpr std::size_t kMaxCells = 500'000;

Node scalar(std::string text, Place at) {
  return {.kind = NodeKind::scalar, .at = at, .text = std::move(text)};
}

Node mapping(Place at) { return {.kind = NodeKind::map, .at = at}; }

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
  Node list{.kind = NodeKind::list, .at = map.at};
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

Node read_row(std::string_view line, std::uint32_t number,
              const std::vector<std::string_view>& columns, const Faults& faults) {
  Node row = mapping({number, 1});
  const auto cells = split(line, '\t');
  if (cells.size() != columns.size())
    faults.add({number, 1}, FaultId::tsv_columns,
               {std::to_string(cells.size()), std::to_string(columns.size())});
  std::uint32_t column = 1;
  for (std::size_t i = 0; i < std::min(cells.size(), columns.size()); ++i) {
    const Place at{number, column};
    if (!trim(cells[i]).empty())
      row.entries.push_back({std::string(columns[i]), at, scalar(cell_text(cells[i]), at)});
    column += code_points(cells[i]) + 1;
  }
  return row;
}

void check_columns(const std::vector<std::string_view>& columns, std::uint32_t line,
                   const Faults& faults) {
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (std::find(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(i), columns[i]) !=
        columns.begin() + static_cast<std::ptrdiff_t>(i))
      faults.add({line, 1}, FaultId::duplicate_key, {std::string(columns[i])});
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

  for (const char* made : {"id", "mappings"})
    if (const Entry* entry = set->find(made))
      faults.add(entry->at, FaultId::unknown_key, {made, "-"});

  const std::string_view names = take_line(rest);
  const auto columns = split(names, '\t');
  if (names.find('\t') == std::string_view::npos) {
    faults.add({line, 1}, FaultId::tsv_no_header);
    return std::nullopt;
  }
  check_columns(columns, line, faults);
  Node rows{.kind = NodeKind::list, .at = {line, 1}};
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
