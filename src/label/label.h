// SPDX-License-Identifier: Apache-2.0
//
// The implicit label of GB 45438-2025 (the AIGC object in a file's metadata): where it stands and
// whether it is right, in every container of formats/media.h.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "base/byte_source.h"
#include "base/flaw.h"
#include "formats/media.h"
#include "label/standard.h"

namespace assay::label {

// Where a label stands.
enum class Place : std::uint8_t {
  agreed,           // where the guide of its container wants it
  elsewhere,        // in another key, comment, packet or tag
  other_namespace,  // an XMP property AIGC of another namespace
};

struct Found {
  Place place{};
  std::string where;     // "iTXt chunk at byte 33, element TC260:AIGC"
  std::string value;     // as it stands there
  std::size_t item = 0;  // of Reading::metadata
};

struct Reading {
  const formats::MediaFormat* format = nullptr;
  formats::Metadata metadata;
  std::vector<Found> found;
  std::vector<Flaw> flaws;  // metadata that is damaged, refused or of another scheme
};

// The format of the bytes, by content; null where it is none that we read. `name` decides only
// what content cannot: that a text is Markdown.
Result<const formats::MediaFormat*> identify(ByteSource& in, const std::filesystem::path& name);

// The labels of a file; pictures, sound and film in it are not read. Code::unsupported for another
// container, Code::invalid or Code::limit where its structure is broken or too large.
Result<Reading> read(ByteSource& in, const std::filesystem::path& name);
Result<Reading> read_file(const std::filesystem::path& path);

// The label inside a generic text, empty where there is none: {"AIGC": …}, AIGC{…} or the seven
// keys by themselves at its start, the first two also glued into something else.
std::string_view label_in(std::string_view text);

// TC260-PG-20259A: the XMP property's namespace, usual prefix and name, which is also the key of
// all other containers.
inline constexpr std::string_view kNamespace = "http://www.tc260.org.cn/ns/AIGC/1.0/";
inline constexpr std::string_view kPrefix = "TC260";
inline constexpr std::string_view kName = "AIGC";

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
  bool more = false;          // something else stands before or behind the object
  std::vector<Field> fields;  // in their order, repeated keys each time

  const Field* find(std::string_view key) const;
  std::string_view text(std::string_view key) const;  // "" where there is none
};

// The standard has no limit for a value. Ours: protection data of TC260-PG-202511A take 1 to 2 KiB,
// with a chain of certificates several.
inline constexpr std::size_t kMaxValueBytes = 16 * 1024;

// Annex E j): characters of a value (decoded) that are not 0x21 to 0x7e, or are a backslash.
std::uint64_t count_bad_characters(std::string_view value);

// The object in a value; form `none` where there is no JSON object in it.
Label parse(std::string_view value);

// Who wrote the file last: only the first writer's propagation fields equal the producer's.
enum class Writer : std::uint8_t { first, later };

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
  std::uint64_t in_place = 0;
  std::uint64_t codes = 0;  // values that are, or try to be, provider codes
  std::uint64_t code_bad_length = 0;
  std::uint64_t code_bad_prefix = 0;
  std::uint64_t code_bad_subject = 0;
  std::uint64_t code_bad_check_character = 0;
  std::uint64_t code_bad_service = 0;
};

Judgement judge(const Reading& reading, Writer writer);

// What is wrong with `code` as a provider code by TC260-PG-20252A and GB 32100; nothing where it is
// right.
std::vector<Flaw> check_code(std::string_view code);

// The same of the value of `key`, which may be a name too: only what tries to be a code is held
// against it.
std::vector<Flaw> check_name_or_code(std::string_view key, std::string_view value);

}  // namespace assay::label
