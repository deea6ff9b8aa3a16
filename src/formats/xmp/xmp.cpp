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

// A property as it stands in a document: an element, or an attribute of one.
struct Match {
  pugi::xml_node node;
  pugi::xml_attribute attribute;

  std::string_view qualified() const { return attribute ? attribute.name() : node.name(); }
  std::string uri() const { return resolve(node, split_name(qualified()).prefix); }
};

std::uint64_t offset_of(pugi::xml_node node) {
  return static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0));
}

// Goes over a document within the limits and collects the properties of a name.
class Walk {
 public:
  Walk(std::string_view name, const Limits& limits) : name_(to_lower(name)), limits_(limits) {}

  Status operator()(const pugi::xml_document& document) {
    pugi::xml_node node = document.first_child();
    std::uint32_t depth = 1;
    while (node) {
      if (node.type() == pugi::node_doctype)
        return Error{Code::unsupported, "document type declaration", offset_of(node)};
      if (++nodes_ > limits_.nodes) return Error{Code::limit, "too many elements", offset_of(node)};
      look(node);
      if (found.size() > limits_.properties)
        return Error{Code::limit, "too many properties of the name", offset_of(node)};
      if (node.first_child()) {
        if (++depth > limits_.depth) return Error{Code::limit, "too deep", offset_of(node)};
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

  std::vector<Match> found;  // in document order

 private:
  void look(pugi::xml_node node) {
    if (node.type() != pugi::node_element) return;
    add({node, {}});
    for (const pugi::xml_attribute attribute : node.attributes()) {
      if (found.size() > limits_.properties) return;
      add({node, attribute});
    }
  }

  void add(const Match& match) {
    const Name name = split_name(match.qualified());
    if (name.prefix != "xmlns" && to_lower(name.local) == name_) found.push_back(match);
  }

  std::string name_;
  const Limits& limits_;
  std::uint64_t nodes_ = 0;
};

Status parse(std::string_view packet, unsigned flags, const Limits& limits,
             pugi::xml_document& document) {
  if (packet.size() > limits.packet_bytes) return Error{Code::limit, "packet is too long", 0};
  while (packet.ends_with('\0')) packet.remove_suffix(1);
  const pugi::xml_parse_result parsed = document.load_buffer(packet.data(), packet.size(), flags);
  if (!parsed && parsed.status != pugi::status_no_document_element) {
    const auto at = static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(parsed.offset, 0));
    return Error{Code::invalid, std::string("XML: ") + parsed.description(),
                 std::min<std::uint64_t>(at, packet.size())};
  }
  return Done{};
}

constexpr unsigned kToRead = pugi::parse_default | pugi::parse_doctype;
// Comments, declarations and white space are kept, also around the root.
constexpr unsigned kToWrite = pugi::parse_full | pugi::parse_ws_pcdata | pugi::parse_fragment;

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

// Later ones first: they may stand inside of earlier ones.
void remove_all(std::vector<Match>& matches) {
  for (; !matches.empty(); matches.pop_back()) {
    Match& last = matches.back();
    if (last.attribute) {
      last.node.remove_attribute(last.attribute);
    } else {
      last.node.parent().remove_child(last.node);
    }
  }
}

constexpr std::string_view kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

// With "W5M0…" as XMP part 1, 7.3.2 has it.
constexpr std::string_view kEmptyPacket =
    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
    "</rdf:RDF>\n"
    "</x:xmpmeta>\n"
    "<?xpacket end=\"w\"?>";

bool is_rdf(pugi::xml_node node, std::string_view local) {
  const Name name = split_name(node.name());
  return name.local == local && resolve(node, name.prefix) == kRdf;
}

std::string qualified(std::string_view prefix, std::string_view local) {
  return prefix.empty() ? std::string(local) : std::string(prefix).append(":").append(local);
}

bool is_xml_text(std::string_view text) {
  return valid_utf8(text) && std::all_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n';
         });
}

void declare(pugi::xml_node node, const QualifiedName& name) {
  node.append_attribute(qualified("xmlns", name.prefix).c_str()) = std::string(name.uri).c_str();
}

// A new rdf:Description of what the others describe, for one property.
Result<pugi::xml_node> describe(pugi::xml_document& document, const QualifiedName& name) {
  pugi::xml_node rdf =
      document.find_node([](const pugi::xml_node& node) { return is_rdf(node, "RDF"); });
  if (!rdf) return Error{Code::unsupported, "no rdf:RDF in the packet", 0};
  const std::string prefix(split_name(rdf.name()).prefix);
  const std::string about = qualified(prefix.empty() ? "rdf" : prefix, "about");
  const pugi::xml_node other =
      rdf.find_child([](const pugi::xml_node& node) { return is_rdf(node, "Description"); });
  pugi::xml_node out = rdf.append_child(qualified(prefix, "Description").c_str());
  if (prefix.empty()) declare(out, {kRdf, "rdf", {}});
  out.append_attribute(about.c_str()) = other.attribute(about.c_str()).value();
  declare(out, name);
  return out.append_child(qualified(name.prefix, name.name).c_str());
}

}  // namespace

Result<std::vector<Property>> find(Bytes packet, std::string_view name, const Limits& limits) {
  pugi::xml_document document;
  TRY(parse(as_text(packet), kToRead, limits, document));
  Walk walk(name, limits);
  TRY(walk(document));
  std::vector<Property> out;
  for (const Match& match : walk.found) {
    const Name split = split_name(match.qualified());
    out.push_back({match.attribute ? Form::attribute : Form::element, std::string(split.prefix),
                   match.uri(), std::string(split.local),
                   match.attribute ? match.attribute.value() : text_below(match.node),
                   offset_of(match.node)});
  }
  return out;
}

Result<std::string> with_property(std::string_view packet, const QualifiedName& name,
                                  std::string_view value, const Limits& limits) {
  if (!is_xml_text(value))
    return Error{Code::invalid, "control characters or bytes that are not UTF-8", 0};
  pugi::xml_document document;
  const bool empty = trim(packet).empty();
  TRY(parse(empty ? kEmptyPacket : packet, kToWrite, limits, document));
  Walk walk(name.name, limits);
  TRY(walk(document));
  std::vector<Match> old = std::move(walk.found);
  std::erase_if(old, [&](const Match& match) {
    return split_name(match.qualified()).local != name.name || match.uri() != name.uri;
  });
  pugi::xml_node element;
  if (!old.empty() && !old.front().attribute) {
    const pugi::xml_node first = old.front().node;
    element = first.parent().insert_child_before(qualified(name.prefix, name.name).c_str(), first);
    if (resolve(element, name.prefix) != name.uri) declare(element, name);
  } else {
    element = TRY(describe(document, name));
  }
  element.append_child(pugi::node_pcdata).set_value(std::string(value).c_str());
  remove_all(old);
  return text_of(document);
}

Result<std::string> without_property(std::string_view packet, std::string_view name,
                                     const Limits& limits) {
  pugi::xml_document document;
  TRY(parse(packet, kToWrite, limits, document));
  Walk walk(name, limits);
  TRY(walk(document));
  if (walk.found.empty()) return std::string(packet);
  remove_all(walk.found);
  return text_of(document);
}

}  // namespace assay::formats::xmp
