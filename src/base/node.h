// SPDX-License-Identifier: Apache-2.0
//
// What a data file says before anyone gives it a meaning, and what is wrong with it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

// A place in a text file, counted from 1; a column is a code point. {0, 0} is the file as a whole.
struct Place {
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend auto operator<=>(const Place&, const Place&) = default;
};

enum class NodeKind : std::uint8_t { null, scalar, list, map };

struct Entry;

// A scalar, list or mapping. A scalar is text only: the reader's schema says what it stands for.
struct Node {
  NodeKind kind = NodeKind::null;
  bool quoted = false;
  Place at = {};
  std::string text = {};         // of a scalar
  std::vector<Node> items = {};  // of a list
  std::vector<Entry> entries;  // of a mapping, as written; stated where a Node is made, since clang
                               // 14 wants Entry whole here

  const Entry* find(std::string_view key) const;
};

struct Entry {
  std::string key;
  Place at;
  Node value;
};

inline const Entry* Node::find(std::string_view key) const {
  for (const Entry& entry : entries)
    if (entry.key == key) return &entry;
  return nullptr;
}

// Every fault a data file can have. Stable word, message and mend stand in model/fault.cpp, a row
// a fault.
enum class FaultId : std::uint8_t {
  // the file
  unreadable,
  too_large,
  too_long,
  bad_utf8,
  bom,
  control_byte,
  // the YAML subset
  too_dense,
  directive,
  syntax,
  several_documents,
  empty_file,
  too_deep,
  anchor,
  alias,
  tag,
  merge_key,
  bad_key,
  duplicate_key,
  unclosed_quote,
  folded_plain,
  // keys and values
  unknown_key,
  misspelt_key,
  missing_key,
  empty_value,
  wants_text,
  wants_list,
  wants_mapping,
  bad_number,
  bad_boolean,
  bad_date,
  bad_word,
  repeated_entry,
  no_chinese,
  // rows and their references
  unexpected_file,
  missing_file,
  wrong_folder,
  bad_id,
  duplicate_id,
  unknown_reference,
  misspelt_reference,
  parent_cycle,
  history_order,
  slot_two_ways,
  threshold_wants,
  threshold_refuses,
  threshold_order,
  unknown_part,
  unused_control,
  unknown_measurement,
  condition_shape,
  condition_field,
  condition_word,
  // cross-walks
  tsv_no_header,
  tsv_columns,
  repeated_mapping,
  bad_curie,
  unknown_prefix,
  bad_predicate,
  bad_justification,
  bad_score,
  // the description of a system
  bad_credit_code,
  bad_address,
};

// `args` fill the placeholders of the message: names and words as they stand in the file.
struct Fault {
  std::string file;
  Place at;
  FaultId id{};
  std::vector<std::string> args;

  friend auto operator<=>(const Fault&, const Fault&) = default;
};

// Collects the faults of one file. Borrows the list.
class Faults {
 public:
  Faults(std::string file, std::vector<Fault>& into) : file_(std::move(file)), into_(&into) {}

  void add(Place at, FaultId id, std::vector<std::string> args = {}) const {
    into_->push_back({file_, at, id, std::move(args)});
  }
  const std::string& file() const { return file_; }
  std::size_t size() const { return into_->size(); }

 private:
  std::string file_;
  std::vector<Fault>* into_;
};

}  // namespace assay
