// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <pugixml.hpp>

#include "base/strings.h"
#include "formats/prose/lines.h"
#include "formats/zip_archive.h"

namespace assay::formats::prose {
namespace {

constexpr std::uint64_t kMaxXml = std::uint64_t{16} << 20;  // a tree of it takes 20 times as much

std::string_view local(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  return name.substr(name.find(':') + 1);  // npos + 1 is 0
}

std::string_view value_of(const pugi::xml_node& node) {
  for (const pugi::xml_attribute one : node.attributes())
    if (std::string_view(one.name()).ends_with("val")) return one.value();
  return {};
}

bool is_heading(std::string_view style) {
  const std::string name = to_lower(style);
  return name.starts_with("heading") || name.starts_with("title") || name.starts_with("标题") ||
         (name.size() == 1 && name[0] >= '1' && name[0] <= '9');
}

// Goes through a part in the order of its elements; pugixml's traversal keeps no stack of calls.
class Walk final : public pugi::xml_tree_walker {
 public:
  Walk(Prose& out, const Limits& limits, std::uint64_t offset, std::uint64_t& number)
      : out_(out), limits_(limits), offset_(offset), number_(number) {}

  bool for_each(pugi::xml_node& node) override {
    const std::string_view name = local(node);
    if (name == "p") {
      failed_ = end_block();
      if (!failed_.ok()) return false;
      block_.line = ++number_;
      block_.offset = offset_;
    } else if (name == "pStyle") {
      block_.heading = is_heading(value_of(node));
    } else if (name == "drawing" || name == "pict" || name == "object") {
      out_.pictures = true;
    } else if (name == "tab" || name == "br") {
      block_.text += ' ';
    } else if (name == "t" && shown(node)) {
      block_.text += node.text().get();
    }
    return true;
  }

  Status finish() {
    if (!failed_.ok()) return failed_;
    return end_block();
  }

 private:
  static bool shown(const pugi::xml_node& text) {
    for (const pugi::xml_node part : text.parent().children())
      if (local(part) == "rPr")
        for (const pugi::xml_node one : part.children())
          if (local(one) == "vanish" && value_of(one) != "0" && value_of(one) != "false")
            return false;
    return true;
  }

  Status end_block() {
    Block block = std::move(block_);
    block_ = {};
    return add(out_, std::move(block), limits_);
  }

  Prose& out_;
  const Limits& limits_;
  std::uint64_t offset_;
  std::uint64_t& number_;
  Block block_;
  Status failed_ = Done{};
};

bool is_text_part(std::string_view name) {
  return name == "word/document.xml" ||
         ((name.starts_with("word/header") || name.starts_with("word/footer")) &&
          name.ends_with(".xml"));
}

}  // namespace

Result<Prose> read_docx(ByteSource& in, const Limits& limits) {
  const zip::Archive archive = TRY(zip::read(in, {}));
  std::vector<const zip::Entry*> parts;
  for (const zip::Entry& entry : archive.entries)
    if (entry.listed && is_text_part(entry.name)) parts.push_back(&entry);
  std::sort(parts.begin(), parts.end(), [](const zip::Entry* a, const zip::Entry* b) {
    return a->name < b->name;  // document before footer and header
  });
  if (parts.empty() || parts.front()->name != "word/document.xml")
    return Error{Code::invalid, "the document has no text part", 0};
  Prose out;
  std::uint64_t number = 0, left = std::min(limits.bytes, kMaxXml);
  for (const zip::Entry* part : parts) {
    const std::uint64_t at = std::min(part->header_offset, in.size());
    const auto bytes = zip::unpack(in, *part, left);
    if (!bytes.ok()) return Error{bytes.error().code, bytes.error().what, at};
    left -= std::min<std::uint64_t>(left, bytes->size());
    pugi::xml_document xml;
    const auto parsed =
        xml.load_buffer(bytes->data(), bytes->size(), pugi::parse_default | pugi::parse_ws_pcdata);
    if (!parsed) return Error{Code::invalid, std::string("XML: ") + parsed.description(), at};
    Walk walk(out, limits, at, number);
    xml.traverse(walk);
    TRY(walk.finish());
  }
  return out;
}

}  // namespace assay::formats::prose
