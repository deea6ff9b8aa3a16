// SPDX-License-Identifier: Apache-2.0
//
// Puts blocks one behind the other into a Document.
#pragma once

#include "document/document.h"

namespace assay::document {

class Builder {
 public:
  explicit Builder(Document& document) : document_(document) {}

  // Adds `text` to the block under way; white space runs become one space.
  void add(std::string_view text);
  // Words of the next line of the same block: hyphens at the end of a line go, a space comes in
  // between where the script wants one.
  Span add_line(std::string_view text);
  void cell();  // the next cell of a row
  // Ends the block under way and keeps it where it holds anything.
  void end(BlockKind kind, int level = 0);
  bool empty() const { return document_.text.size() == begin_; }

 private:
  Document& document_;
  std::size_t begin_ = 0;
};

// Is a space wanted between the end of one line and the start of the next? Not in Chinese.
bool space_between(std::string_view before, std::string_view after);

}  // namespace assay::document
