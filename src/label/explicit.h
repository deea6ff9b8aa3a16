// SPDX-License-Identifier: Apache-2.0
//
// The label of a file that people see, hear or read, in whatever way its format is looked at.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/flaw.h"
#include "label/heard.h"
#include "label/seen.h"
#include "label/text_label.h"

namespace assay::label {

enum class Sense : std::uint8_t { none, text, picture, film, sound };

// How a file of `format` (MediaFormat::name) is looked at.
Sense sense_of(std::string_view format);

struct ExplicitRules {
  SeenRules seen;
  TextRules text;
  // Of characters in pictures and in films, and of how long a film opens with them; 0: any will do.
  double least_height_percent = 0;
  double least_film_height_percent = 0;
  double least_film_seconds = 0;
};

struct Explicit {
  Sense sense{};
  TextLook text;  // of these, the one of `sense`
  Seen picture;
  SeenVideo film;
  Heard sound;  // of a film too

  bool found() const;  // a whole label
  // Of generation, for a platform: also a label in words that the standard does not name, and a
  // rhythm in the sound of a film.
  bool is_trace() const;
  // A text of `format` of which every letter was read, and none of them names AI. Of all else a
  // person may find a label that was not found here.
  bool surely_none(std::string_view format) const;
  // What is seen in a picture or film; null where nothing is, and for others.
  const SeenLabel* seen() const;
  // How it stands with the label, first as one flaw of: text-label, text-label-open, seen-label,
  // seen-label-low, seen-label-open, rhythm, rhythm-open. Of a film seen-label-short and rhythm may
  // follow. `where` names the line and byte, the box, or the seconds.
  std::vector<Flaw> told(const ExplicitRules& rules) const;
};

// `in` are the bytes of `file`, which only a text is read from: a member of an archive has no file
// of its own. Code::not_found where a program is missing (is_program_missing).
Result<Explicit> look_for_explicit(ByteSource& in, const fs::path& file, std::string_view format,
                                   const ExplicitRules& rules);

bool is_program_missing(const Error& error);

// A picture for people: the label as it is seen (PNG), or the sound around the rhythm (SVG). Empty
// where nothing is found.
struct Illustration {
  std::string bytes;
  std::string_view media_type;
  std::string_view ending;
  bool empty() const { return bytes.empty(); }
};
Result<Illustration> illustrate(const Explicit& found, const fs::path& file);

std::string write_png(const Picture& picture);

}  // namespace assay::label
