// SPDX-License-Identifier: Apache-2.0
#include "formats/xmp/xmp.h"

#include <algorithm>
#include <functional>
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

// Every property of a name, with the node and attribute it stands in.
class Walk {
 public:
  Walk(std::string_view name, const Limits& limits) : name_(to_lower(name)), limits_(limits) {}

  struct Place {
    pugi::xml_node node;
    pugi::xml_attribute attribute;  // empty where the node itself is the property
  };
  std::vector<Place> places;  // one for each of `found`

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
      add(node, Form::attribute, attribute.name(), attribute);
    }
  }

  void add(pugi::xml_node node, Form form, std::string_view qualified,
           pugi::xml_attribute attribute = {}) {
    const Name name = split_name(qualified);
    if (name.prefix == "xmlns" || to_lower(name.local) != name_) return;
    found.push_back(
        {form, std::string(name.prefix), resolve(node, name.prefix), std::string(name.local),
         form == Form::element ? text_below(node) : std::string(attribute.value()), offset(node)});
    places.push_back({node, attribute});
  }

  std::string name_;
  const Limits& limits_;
  std::uint64_t nodes_ = 0;
};

constexpr std::string_view kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view kEmptyPacket =
    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
    "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\"/>"
    "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";
// Comments, processing instructions and white space are kept for writing.
constexpr unsigned kKeepAll = pugi::parse_full | pugi::parse_ws_pcdata | pugi::parse_fragment;

Status load(pugi::xml_document& document, std::string_view packet, unsigned flags,
            const Limits& limits) {
  if (packet.size() > limits.packet_bytes) return Error{Code::limit, "packet is too long", 0};
  while (packet.ends_with('\0')) packet.remove_suffix(1);
  const pugi::xml_parse_result parsed = document.load_buffer(packet.data(), packet.size(), flags);
  if (parsed || parsed.status == pugi::status_no_document_element) return Done{};
  const auto at = static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(parsed.offset, 0));
  return Error{Code::invalid, std::string("XML: ") + parsed.description(),
               std::min<std::uint64_t>(at, packet.size())};
}

std::string text_of(const pugi::xml_document& document) {
  struct Writer : pugi::xml_writer {
    std::string out;
    void write(const void* data, std::size_t size) override {
      out.append(static_cast<const char*>(data), size);
    }
  } writer;
  document.save(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  return std::move(writer.out);
}

// An element stands for the whole of its subtree, so what lies inside one that is gone goes too.
void remove(const Walk& walk, const std::function<bool(const Property&)>& wanted) {
  std::vector<pugi::xml_node> gone;
  const auto is_gone = [&](pugi::xml_node node) {
    for (; node; node = node.parent())
      if (std::find(gone.begin(), gone.end(), node) != gone.end()) return true;
    return false;
  };
  for (std::size_t i = 0; i < walk.found.size(); ++i) {
    const Walk::Place& place = walk.places[i];
    if (!wanted(walk.found[i]) || is_gone(place.node)) continue;
    if (place.attribute)
      pugi::xml_node(place.node).remove_attribute(place.attribute);
    else
      gone.push_back(place.node);
  }
  for (const pugi::xml_node node : gone) node.parent().remove_child(node);
}

// The first rdf:Description of the packet, made where there is none.
pugi::xml_node description(pugi::xml_document& document) {
  const auto is = [](pugi::xml_node node, std::string_view local) {
    const Name name = split_name(node.name());
    return node.type() == pugi::node_element && name.local == local &&
           resolve(node, name.prefix) == kRdf;
  };
  const pugi::xml_node rdf = document.find_node([&](pugi::xml_node n) { return is(n, "RDF"); });
  if (!rdf) return {};
  for (const pugi::xml_node child : rdf.children())
    if (is(child, "Description")) return child;
  const std::string prefix(split_name(rdf.name()).prefix);
  const std::string lead = prefix.empty() ? "" : prefix + ":";
  pugi::xml_node made = pugi::xml_node(rdf).append_child((lead + "Description").c_str());
  // An attribute without a prefix has no namespace.
  if (!prefix.empty()) made.append_attribute((lead + "about").c_str()) = "";
  return made;
}

// A prefix that stands for `uri` at `node`: `prefix` itself, with more behind it where it is taken.
std::string declare(pugi::xml_node node, std::string_view uri, std::string_view prefix) {
  std::string name(prefix);
  while (true) {
    const std::string have = resolve(node, name);
    if (have == uri) return name;
    if (have.empty()) break;
    name += '_';
  }
  node.append_attribute(("xmlns:" + name).c_str()) = std::string(uri).c_str();
  return name;
}

}  // namespace

Result<std::vector<Property>> find(Bytes packet, std::string_view name, const Limits& limits) {
  pugi::xml_document document;
  TRY(load(document, as_text(packet), pugi::parse_default | pugi::parse_doctype, limits));
  Walk walk(name, limits);
  TRY(walk(document));
  return std::move(walk.found);
}

Result<std::string> with_property(std::string_view packet, std::string_view uri,
                                  std::string_view prefix, std::string_view name,
                                  std::string_view value, const Limits& limits) {
  pugi::xml_document document;
  TRY(load(document, packet.empty() ? kEmptyPacket : packet, kKeepAll, limits));
  Walk walk(name, limits);
  TRY(walk(document));
  remove(walk,
         [&](const Property& property) { return property.uri == uri && property.name == name; });
  pugi::xml_node home = description(document);
  if (!home) return Error{Code::invalid, "no rdf:RDF in the packet", 0};
  const std::string qualified = declare(home, uri, prefix) + ":" + std::string(name);
  home.append_child(qualified.c_str())
      .append_child(pugi::node_pcdata)
      .set_value(std::string(value).c_str());
  return text_of(document);
}

Result<std::string> without_property(std::string_view packet, std::string_view name,
                                     const Limits& limits) {
  pugi::xml_document document;
  TRY(load(document, packet, kKeepAll, limits));
  Walk walk(name, limits);
  TRY(walk(document));
  remove(walk, [](const Property&) { return true; });
  return text_of(document);
}

}  // namespace assay::formats::xmp
