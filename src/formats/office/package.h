// SPDX-License-Identifier: Apache-2.0
//
// A ZIP archive of XML parts, of which some are looked at and perhaps changed.
#pragma once

#include <deque>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "formats/media.h"
#include "formats/office/rewrite.h"
#include "formats/zip_archive.h"

namespace assay::formats::office {

struct Part {
  std::string name;
  std::uint64_t offset = 0;  // of its local header
  bool damaged = false;      // its check sum is wrong
  bool changed = false;
  pugi::xml_document xml;
};

class Package {
 public:
  // Borrows `in` and `limits`.
  static Result<Package> open(ByteSource& in, const MediaLimits& limits);

  ByteSource& in() const { return *in_; }
  const zip::Archive& archive() const { return archive_; }
  const zip::Entry* entry(std::string_view name) const;  // the first of the name

  // The part of that name, null where there is none, the same each time; Code::invalid or
  // unsupported where it cannot be read. It lives as long as the package.
  Result<Part*> part(std::string_view name) const;
  Part& add(std::string_view name, std::string_view xml);

  std::vector<Member> changed() const;

 private:
  Package(ByteSource& in, const MediaLimits& limits) : in_(&in), limits_(&limits) {}
  Status load(Part& part, const zip::Entry& entry) const;

  ByteSource* in_;
  const MediaLimits* limits_;
  zip::Archive archive_;
  mutable std::deque<Part> parts_;
};

}  // namespace assay::formats::office
