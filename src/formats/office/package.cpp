// SPDX-License-Identifier: Apache-2.0
#include "formats/office/package.h"

#include <algorithm>

#include "formats/inflate.h"

namespace assay::formats::office {
namespace {

constexpr std::uint64_t kMaxXml = std::uint64_t{4} << 20;  // a tree of it takes 20 times as much
constexpr std::uint64_t kDirectoryBytes = std::uint64_t{32} << 20;

// Collects what pugixml writes.
struct Text : pugi::xml_writer {
  std::string bytes;
  void write(const void* data, std::size_t size) override {
    bytes.append(static_cast<const char*>(data), size);
  }
};

Status parse(pugi::xml_document& xml, std::string_view bytes, std::uint64_t at) {
  const pugi::xml_parse_result parsed =
      xml.load_buffer(bytes.data(), bytes.size(), pugi::parse_full | pugi::parse_ws_pcdata);
  if (!parsed) return Error{Code::invalid, std::string("XML: ") + parsed.description(), at};
  for (const pugi::xml_node node : xml.children())
    if (node.type() == pugi::node_doctype)
      return Error{Code::unsupported, "document type declaration", at};
  return Done{};
}

}  // namespace

Result<Package> Package::open(ByteSource& in, const MediaLimits& limits) {
  Package out(in, limits);
  const zip::Limits directory{limits.elements, std::min(kDirectoryBytes, limits.total_bytes)};
  out.archive_ = TRY(zip::read(in, directory));
  return out;
}

const zip::Entry* Package::entry(std::string_view name) const {
  const auto at = std::find_if(archive_.entries.begin(), archive_.entries.end(),
                               [&](const zip::Entry& one) { return one.name == name; });
  return at == archive_.entries.end() ? nullptr : &*at;
}

Status Package::load(Part& part, const zip::Entry& found) const {
  const auto same = std::count_if(archive_.entries.begin(), archive_.entries.end(),
                                  [&](const zip::Entry& one) { return one.name == part.name; });
  part.offset = std::min(found.header_offset, in_->size());
  if (same > 1) return Error{Code::invalid, "several parts of this name", part.offset};
  auto bytes = zip::unpack(*in_, found, std::min(kMaxXml, limits_->total_bytes));
  if (!bytes.ok()) return Error{bytes.error().code, bytes.error().what, part.offset};
  part.damaged = crc32_of(as_raw(*bytes)) != found.crc;
  return parse(part.xml, *bytes, part.offset);
}

Result<Part*> Package::part(std::string_view name) const {
  for (Part& one : parts_)
    if (one.name == name) return &one;
  const zip::Entry* found = entry(name);
  if (found == nullptr) return static_cast<Part*>(nullptr);
  Part& part = parts_.emplace_back();
  part.name = name;
  const Status loaded = load(part, *found);
  if (loaded.ok()) return &part;
  parts_.pop_back();
  return loaded.error();
}

Part& Package::add(std::string_view name, std::string_view xml) {
  Part& part = parts_.emplace_back();
  part.name = name;
  part.changed = true;
  part.xml.load_buffer(xml.data(), xml.size(), pugi::parse_full);
  return part;
}

std::vector<Member> Package::changed() const {
  std::vector<Member> out;
  for (Part& part : parts_) {
    if (!part.changed) continue;
    pugi::xml_node first = part.xml.first_child();
    if (first.type() == pugi::node_declaration && first.attribute("encoding"))
      first.attribute("encoding").set_value("UTF-8");  // in which it is written, whatever it was
    Text text;
    part.xml.save(text, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    out.push_back({part.name, std::move(text.bytes)});
  }
  return out;
}

}  // namespace assay::formats::office
