// SPDX-License-Identifier: Apache-2.0
//
// Labels that are read in a text: a sentence or note that says that the text was made by AI. What
// holds both elements but may be prose about AI is told, and left for a person.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/prose/prose.h"

namespace assay::label {

// Words by what they do in the sentence of a label, in canonical spelling (text/normalise.h).
struct TextRules {
  std::vector<std::u32string> ai;          // the first element
  std::vector<std::u32string> generation;  // the second
  std::vector<std::u32string> head;        // before a colon
  std::vector<std::u32string> subject;     // what is labelled, before the elements or behind
  std::vector<std::u32string> link;        // between subject and the first element
  std::vector<std::u32string> means;       // between the elements
  std::vector<std::u32string> tail;        // begins what may follow
  std::vector<std::u32string> denial;      // makes it the opposite
  // Ours, no standard gives them. Blocks that count as the start and as the end; letters of a label
  // that stands for itself; letters of a maker's name; letters of a note in brackets.
  std::size_t edge_blocks = 3;
  std::size_t label_letters = 80;
  std::size_t name_letters = 12;
  std::size_t note_letters = 60;

  // Puts a word where the lexicon's `roles` say, with a space between; false for one that is none.
  bool add(std::string_view roles, std::string_view word);
};

enum class TextSign : std::uint8_t {
  none,     // the text names no AI at all
  mention,  // it names AI: prose, or a label in other words
  mark,     // a note of nothing but the first element, as a corner mark is
  label,    // both elements, in a sentence or note that says them of the text
};
enum class TextPlace : std::uint8_t { start, middle, end };

struct TextFound {
  TextPlace place{};
  std::string text;          // of the sentence or note, as it stands
  std::uint64_t line = 0;    // as Block's
  std::uint64_t offset = 0;  // of its first letter, or of its block where that is not raw
  bool disguised = false;    // written with letters of other scripts that look alike
};

struct TextLook {
  TextSign sign{};
  std::optional<TextFound> found;  // what `sign` rests on, the best of its kind
  bool pictures = false;           // the document also shows what is no text
};

TextLook look_at_text(const formats::prose::Prose& prose, const TextRules& rules);

// How the text of a file of `format` (MediaFormat::name) is read; nothing where it is not.
std::optional<formats::prose::Kind> text_kind(std::string_view format);

}  // namespace assay::label
