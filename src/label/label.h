// SPDX-License-Identifier: Apache-2.0
//
// The implicit label of GB 45438-2025 (the AIGC object in a file's metadata): where it stands and
// whether it is right. Knows PNG and JPEG; a container is one reader that yields carriers.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/byte_source.h"
#include "base/flaw.h"

namespace assay::label {

enum class Container : std::uint8_t { other, png, jpeg };

enum class Carrier : std::uint8_t {
  xmp,            // the property TC260:AIGC where the container's guide wants XMP
  xmp_elsewhere,  // the property, but in XMP that readers of the container do not look at
  xmp_namespace,  // a property AIGC of another namespace
  exif_comment,   // EXIF UserComment
  exif_description,
  png_text,      // tEXt, zTXt or iTXt
  jpeg_segment,  // bare in an APP segment or comment
};

// A place in the file that holds a label, with the value as it stands there.
struct Found {
  Carrier carrier{};
  std::string where;  // "iTXt chunk at byte 33, element TC260:AIGC"
  std::string value;
};

struct Reading {
  Container container{};
  std::vector<Found> found;
  std::vector<Flaw> flaws;  // metadata that is damaged, refused or of another scheme
};

Container sniff(Bytes head);

// The labels of a file, without reading its picture. Code::unsupported for another container,
// Code::invalid or Code::limit where its structure is broken or too large.
Result<Reading> read(ByteSource& in);
Result<Reading> read_file(const std::filesystem::path& path);

// How a value holds the seven keys.
enum class Form : std::uint8_t {
  none,     // not at all
  bare,     // {"Label": …}
  wrapped,  // {"AIGC": {"Label": …}}
};

enum class FieldType : std::uint8_t { text, number, other };

struct Field {
  std::string key;
  FieldType type{};
  std::string value;  // of a text, decoded; of a number, as written
};

struct Label {
  Form form{};
  bool base64 = false;        // the value was Base64 of the object
  bool twice = false;         // the object stands in a JSON text
  std::vector<Field> fields;  // in their order, repeated keys each time

  const Field* find(std::string_view key) const;
  std::string_view text(std::string_view key) const;  // "" where there is none
};

inline constexpr std::uint64_t kKeyCount = 7;  // GB 45438-2025 Annex E b)

// The object in a value; form `none` where there is no JSON object in it.
Label parse(std::string_view value);

// Who wrote the file last: only the first writer's propagation fields equal the producer's.
enum class Writer : std::uint8_t { first, later };

// GB 45438-2025 Annex E c) and the provider code's layout of TC260-PG-20252A.
struct Rules {
  std::vector<std::string> label_values = {"1", "2", "3"};
  std::string code_format = "00";     // characters 1 and 2
  std::string code_subject = "11";    // 3 and 4 of an organisation
  std::string code_services = "012";  // 23
  std::size_t code_length = 27;
  Writer writer = Writer::first;
};

// What a file's labels amount to; counts are over all of them.
struct Judgement {
  std::vector<Label> labels;   // one for each Found
  std::vector<Flaw> flaws;     // also those of the reading
  std::uint64_t min_keys = 0;  // of the seven, as texts and in their order; 0 without a label
  std::uint64_t required_missing = 0;
  std::uint64_t label_value_invalid = 0;
  std::uint64_t bad_characters = 0;
  std::uint64_t first_write_mismatch = 0;  // 0 for a later writer
  std::uint64_t base64_values = 0;
  std::uint64_t in_xmp = 0;
  std::uint64_t codes = 0;  // values that are, or try to be, provider codes
  std::uint64_t code_bad_length = 0;
  std::uint64_t code_bad_prefix = 0;
  std::uint64_t code_bad_subject = 0;
  std::uint64_t code_bad_check_character = 0;
  std::uint64_t code_bad_service = 0;
};

Judgement judge(const Reading& reading, const Rules& rules);

}  // namespace assay::label
