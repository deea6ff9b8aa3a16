// SPDX-License-Identifier: Apache-2.0
#include "formats/xmp/xmp.h"

#include <algorithm>
#include <pugixml.hpp>

#include "base/strings.h"

namespace assay::formats::xmp {
namespace {

struct Name {
  std::string_view prefix;
  std::string_view local;
};

Name split_name(std::string_view qualified) {
  const std::size_t colon = qualified.find(':');
  if (colon == std::string_view::npos) return {{}, qualified};
  return {qualified.substr(0, colon), qualified.substr(colon + 1)};
}

// The namespace that `prefix` stands for at `node`.
std::string resolve(pugi::xml_node node, std::string_view prefix) {
  const std::string attribute = prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix);
  for (; node; node = node.parent())
    if (const pugi::xml_attribute found = node.attribute(attribute.c_str())) return found.value();
  return {};
}

// All text below `root`, whatever elements (rdf:Alt, rdf:li) it is wrapped in.
std::string text_below(pugi::xml_node root) {
  std::string out;
  pugi::xml_node node = root.first_child();
  while (node && node != root) {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) out += node.value();
    if (node.first_child()) {
      node = node.first_child();
      continue;
    }
    while (node != root && !node.next_sibling()) node = node.parent();
    if (node != root) node = node.next_sibling();
  }
  return std::string(trim(out));
}

class Walk {
 public:
  Walk(std::string_view name, const Limits& limits) : name_(to_lower(name)), limits_(limits) {}

  Status operator()(const pugi::xml_document& document) {
    pugi::xml_node node = document.first_child();
    std::uint32_t depth = 1;
    while (node) {
      if (node.type() == pugi::node_doctype)
        return Error{Code::unsupported, "document type declaration", offset(node)};
      if (++nodes_ > limits_.nodes) return Error{Code::limit, "too many elements", offset(node)};
      look(node);
      if (found.size() > limits_.properties)
        return Error{Code::limit, "too many properties of the name", offset(node)};
      if (node.first_child()) {
        if (++depth > limits_.depth) return Error{Code::limit, "too deep", offset(node)};
        node = node.first_child();
        continue;
      }
      while (node && !node.next_sibling()) {
        node = node.parent();
        --depth;
      }
      if (node) node = node.next_sibling();
    }
    return Done{};
  }

  std::vector<Property> found;

 private:
  static std::uint64_t offset(pugi::xml_node node) {
    return static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0));
  }

  void look(pugi::xml_node node) {
    if (node.type() != pugi::node_element) return;
    add(node, Form::element, node.name());
    for (const pugi::xml_attribute attribute : node.attributes()) {
      if (found.size() > limits_.properties) return;
      add(node, Form::attribute, attribute.name(), attribute.value());
    }
  }

  void add(pugi::xml_node node, Form form, std::string_view qualified, const char* value = "") {
    const Name name = split_name(qualified);
    if (name.prefix == "xmlns" || to_lower(name.local) != name_) return;
    found.push_back({form, std::string(name.prefix), resolve(node, name.prefix),
                     std::string(name.local),
                     form == Form::element ? text_below(node) : std::string(value), offset(node)});
  }

  std::string name_;
  const Limits& limits_;
  std::uint64_t nodes_ = 0;
};

}  // namespace

Result<std::vector<Property>> find(Bytes packet, std::string_view name, const Limits& limits) {
  if (packet.size() > limits.packet_bytes) return Error{Code::limit, "packet is too long", 0};
  while (!packet.empty() && packet.back() == std::byte{0}) packet = packet.first(packet.size() - 1);
  pugi::xml_document document;
  const pugi::xml_parse_result parsed =
      document.load_buffer(packet.data(), packet.size(), pugi::parse_default | pugi::parse_doctype);
  if (!parsed && parsed.status != pugi::status_no_document_element) {
    const auto at = static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(parsed.offset, 0));
    return Error{Code::invalid, std::string("XML: ") + parsed.description(),
                 std::min<std::uint64_t>(at, packet.size())};
  }
  Walk walk(name, limits);
  TRY(walk(document));
  return std::move(walk.found);
}

}  // namespace assay::formats::xmp
