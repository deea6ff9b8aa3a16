// SPDX-License-Identifier: Apache-2.0
//
// 10,000 faults made in the files that ship: each must be refused, or be loaded exactly as it
// stands in the file.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "base/strings.h"
#include "content/files.h"
#include "content/source.h"
#include "content/test_tree.h"
#include "content/walk.h"

namespace assay::content {
namespace {

constexpr int kMutants = 10'000;

// A value as text, so that the file's spelling and the model's compare equal: numbers by value, and
// nothing for what equals a default.
void add_value(std::vector<std::string>& out, std::string text) {
  if (text == "true") text = "1";
  if (const auto number = to_number<double>(text)) text = fmt::format("{}", *number);
  for (const char* absent : {"", "0", "false", "-0", "unstated", "unknown", "none", "shall"})
    if (text == absent) return;
  out.push_back(std::move(text));
}

void collect(const Node& node, std::vector<std::string>& out) {
  if (node.kind == NodeKind::scalar) add_value(out, node.text);
  for (const Node& item : node.items) collect(item, out);
  for (const Entry& entry : node.entries) collect(entry.value, out);
}

// The visitor that lists every value of a model type.
class Values {
 public:
  template <class T>
  void required(const char*, const T& value) {
    add(value);
  }
  template <class T>
  void optional(const char*, const T& value) {
    add(value);
  }
  std::vector<std::string> list;

 private:
  void add(const std::string& value) { add_value(list, value); }
  void add(bool value) { add_value(list, value ? "1" : ""); }
  void add(double value) { add_value(list, fmt::format("{}", value)); }
  void add(const std::optional<double>& value) {
    if (value) add(*value);
  }
  void add(const Date& value) { add_value(list, value.text()); }
  // Written once where both languages say the same.
  void add(const PlainText& value) {
    add(value.zh);
    if (value.en != value.zh) add(value.en);
  }
  template <Worded E>
  void add(E value) {
    add_value(list, std::string(word(value)));
  }
  template <class T>
  void add(const std::vector<T>& values) {
    for (const T& value : values) add(value);
  }
  template <class T>
  requires std::is_class_v<T>
  void add(const T& value) { describe_whole(*this, value); }
};

std::string join_lines(const std::vector<std::string>& lines) { return join(lines, "\n"); }

std::string mutate(const std::string& bytes, std::mt19937& random) {
  std::string out = bytes;
  std::vector<std::string> lines;
  for (const std::string_view line : split(bytes, '\n')) lines.emplace_back(line);
  const std::size_t at = random() % lines.size();
  const std::size_t byte = random() % out.size();
  const auto row = lines.begin() + static_cast<std::ptrdiff_t>(at);
  switch (random() % 8) {
    case 0: lines.erase(row); return join_lines(lines);
    case 1: lines.insert(row, std::string(lines[at])); return join_lines(lines);
    case 2: lines[at].insert(0, 1 + random() % 4, ' '); return join_lines(lines);
    case 3:
      lines[at].erase(0, std::min<std::size_t>(1 + random() % 4, lines[at].find_first_not_of(' ')));
      return join_lines(lines);
    case 4: std::swap(lines[at], lines[random() % lines.size()]); return join_lines(lines);
    case 5: out[byte] = static_cast<char>(out[byte] ^ 1 << random() % 8); return out;
    case 6: out.erase(byte, 1); return out;
    default: out.insert(byte, 1, ":#-'\"[]{},&*!|>%@`?\n\t "[random() % 22]); return out;
  }
}

// A standard for clauses to belong to.
Content base_for(const std::string& relative) {
  Content base;
  base.manifest.id = relative == "content.yaml" ? "" : "x";
  if (!relative.ends_with("clauses.yaml")) return base;
  base.standards.emplace_back().id = fs::path(relative).parent_path().filename().string();
  return base;
}

std::vector<std::string> values_loaded(const Content& content, const Content& base) {
  Values all;
  walk(all, content);
  Values given;
  walk(given, base);
  std::ranges::sort(all.list);
  std::ranges::sort(given.list);
  std::vector<std::string> out;
  std::ranges::set_difference(all.list, given.list, std::back_inserter(out));
  return out;
}

std::vector<std::string> values_written(const std::string& relative, std::string_view bytes) {
  SourceFile file;
  file.relative = relative;
  file.kind = kind_of(relative);
  read_bytes(bytes, file);
  std::vector<std::string> out;
  if (file.tree) collect(*file.tree, out);
  std::ranges::sort(out);
  return out;
}

struct Original {
  std::string relative;
  std::string bytes;
};

std::vector<Original> originals() {
  std::vector<Original> out;
  std::vector<std::string> unread;
  for (const fs::path& path : list_files(kRealContent, unread)) {
    const std::string relative = path.lexically_relative(kRealContent).generic_string();
    if (kind_of(relative) == FileKind::other) continue;
    Result<std::string> bytes = read_file(path, 8 << 20);
    EXPECT_TRUE(bytes.ok());
    if (bytes.ok() && bytes->size() < 60'000) out.push_back({relative, *bytes});
  }
  return out;
}

TEST(Mutants, AreRefusedOrLoadedAsTheyStand) {
  const std::vector<Original> files = originals();
  ASSERT_GT(files.size(), 50);
  std::mt19937 random(20261122);
  int refused = 0;
  for (int i = 0; i < kMutants; ++i) {
    const Original& file = files[random() % files.size()];
    const std::string bytes = mutate(file.bytes, random);
    const Content base = base_for(file.relative);
    const LoadResult loaded = load_file(file.relative, bytes, {.base = &base});
    for (const Fault& fault : loaded.faults) {
      EXPECT_FALSE(fault_message(fault).zh.empty());
      EXPECT_LE(fault.at.line, 1 + std::ranges::count(bytes, '\n'));
    }
    if (!loaded.faults.empty()) {
      ++refused;
      continue;
    }
    ASSERT_EQ(values_loaded(loaded.content, base), values_written(file.relative, bytes))
        << file.relative << " mutant " << i;
  }
  // Most mutants of this kind break something; the others change a letter of a text.
  EXPECT_GT(refused, kMutants / 3);
  RecordProperty("refused", refused);
}

}  // namespace
}  // namespace assay::content
