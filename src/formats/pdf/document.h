// SPDX-License-Identifier: Apache-2.0
//
// The objects of a PDF by their numbers: its cross-reference, plain objects, and those in object
// streams. README.md has the bytes.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "formats/media.h"
#include "formats/pdf/syntax.h"

namespace assay::formats::pdf {

struct Object {
  std::uint64_t offset = 0;             // in the file; of its object stream where it stands in one
  std::string value;                    // as it is written
  std::optional<std::uint64_t> stream;  // where the bytes of its stream begin
};

class Document {
 public:
  // Borrows `in` and `limits`. Code::unsupported for an encrypted file.
  static Result<Document> open(ByteSource& in, const MediaLimits& limits);

  const Dictionary& trailer() const { return trailer_; }  // the newest
  bool sound() const { return !scanned_; }                // its cross-reference can be followed
  bool ends_in_table() const { return sections_.front().widths.empty(); }
  std::uint64_t start() const { return start_; }  // of the newest cross-reference

  Result<Object> object(std::uint64_t number);
  Result<Dictionary> dictionary_of(const Object& object) const;
  Result<std::uint64_t> stream_size(const Object& object);  // as it stands in the file
  Result<std::string> stream(const Object& object);         // unpacked

 private:
  struct Run {
    std::uint64_t first = 0;  // object number
    std::uint64_t count = 0;
    std::uint64_t at = 0;  // of the first entry: in the file (table) or in `rows` (stream)
  };
  // A cross-reference table, or (with widths) a cross-reference stream.
  struct Section {
    std::vector<Run> runs;
    std::vector<std::uint64_t> widths;
    std::string rows;
    bool hybrid = false;  // its free entries may stand in the section behind it
  };
  enum class Use : std::uint8_t { free, plain, packed };
  struct Place {
    Use use = Use::free;
    std::uint64_t at = 0;  // the offset, or the number of the object stream
  };

  Document(ByteSource& in, const MediaLimits& limits) : in_(in), limits_(limits) {}

  Status charge(std::uint64_t bytes, std::uint64_t at);
  Status follow();
  Result<Dictionary> read_section(std::uint64_t at);
  Result<Dictionary> read_table(std::uint64_t at, Section& section);
  Result<Dictionary> read_rows(std::uint64_t at, Section& section);
  Status scan();
  Result<std::optional<Place>> find(std::uint64_t number) const;
  Result<std::optional<Place>> entry(const Section& section, std::uint64_t number) const;
  Result<Object> plain(std::uint64_t at, std::optional<std::uint64_t> number);
  Result<Object> packed(std::uint64_t container, std::uint64_t number);
  Result<std::uint64_t> number_at(std::string_view value, std::uint64_t fallback);

  ByteSource& in_;
  const MediaLimits& limits_;
  std::uint64_t start_ = 0;
  Dictionary trailer_;
  std::vector<Section> sections_;       // newest first
  std::uint64_t runs_ = 0;              // of all sections
  std::uint64_t spent_ = 0;             // bytes looked at or unpacked
  std::uint32_t depth_ = 0;             // of objects that need others
  std::optional<std::string> scanned_;  // the file's last bytes, where no cross-reference leads
  std::uint64_t scanned_at_ = 0;
};

}  // namespace assay::formats::pdf
