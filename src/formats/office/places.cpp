// SPDX-License-Identifier: Apache-2.0
#include "formats/office/places.h"

#include <algorithm>

#include "base/strings.h"
#include "formats/names_label.h"

namespace assay::formats::office {
namespace {

constexpr std::string_view kKey = "AIGC";
constexpr const char* kFormatId = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";
constexpr std::string_view kCustom = "docProps/custom.xml";
constexpr std::string_view kRelationships = "_rels/.rels";
constexpr std::string_view kCustomType =
    "application/vnd.openxmlformats-officedocument.custom-properties+xml";
constexpr std::string_view kCustomRelation =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties";
constexpr const char* kVariantTypes =
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes";
constexpr std::string_view kNewCustom =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)"
    "\n"
    R"(<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" )"
    R"(xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"/>)";
constexpr const char* kOdfMeta = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0";

std::string_view local_name(std::string_view qualified) {
  return qualified.substr(qualified.find(':') + 1);  // npos + 1 is 0
}

std::string prefix_of(pugi::xml_node node) {  // with its colon
  const std::string_view name = node.name();
  return std::string(name.substr(0, name.size() - local_name(name).size()));
}

bool is(pugi::xml_node node, std::string_view name) {
  return node.type() == pugi::node_element && local_name(node.name()) == name;
}

pugi::xml_node child(pugi::xml_node node, std::string_view name) {
  return node.find_child([&](pugi::xml_node one) { return is(one, name); });
}

pugi::xml_node first_element(pugi::xml_node node) {
  return node.find_child([](pugi::xml_node one) { return one.type() == pugi::node_element; });
}

pugi::xml_attribute attribute(pugi::xml_node node, std::string_view name) {
  return node.find_attribute(
      [&](pugi::xml_attribute one) { return local_name(one.name()) == name; });
}

std::string text_of(pugi::xml_node node) {
  std::string out;
  for (const pugi::xml_node one : node.children())
    if (one.type() == pugi::node_pcdata || one.type() == pugi::node_cdata) out += one.value();
  return out;
}

void set_text(pugi::xml_node node, const std::string& value) {
  node.remove_children();
  node.append_child(pugi::node_pcdata).set_value(value.c_str());
}

std::string id_of(std::string_view path) {  // of a part named in the package
  return std::string(path.starts_with('/') ? path.substr(1) : path);
}

bool is_custom_override(pugi::xml_node node) {
  return is(node, "Override") && id_of(node.attribute("PartName").value()) == kCustom &&
         node.attribute("ContentType").value() == kCustomType;
}

bool is_custom_relation(pugi::xml_node node) {
  return is(node, "Relationship") &&
         std::string_view(node.attribute("Type").value()).ends_with("/custom-properties");
}

// Whether the package says that docProps/custom.xml holds its custom properties; else what is
// missing.
Result<std::string> missing_link(Package& package) {
  const Part* types = TRY(package.part(kContentTypes));
  if (types == nullptr || !types->xml.document_element().find_child(is_custom_override))
    return std::string("no content type names it");
  const Part* relations = TRY(package.part(kRelationships));
  const pugi::xml_node relation =
      relations == nullptr ? pugi::xml_node()
                           : relations->xml.document_element().find_child(is_custom_relation);
  if (id_of(relation.attribute("Target").value()) != kCustom)
    return std::string("no relationship leads to it");
  return std::string();
}

class Finder {
 public:
  Finder(Package& package, const MediaLimits& limits) : package_(package), limits_(limits) {}

  std::vector<Found> found;

  // The part, or null: where it cannot be read the reason becomes an item.
  Result<Part*> part(std::string_view name) {
    auto out = package_.part(name);
    if (out.ok()) return *out;
    if (out.error().code != Code::invalid && out.error().code != Code::unsupported)
      return out.error();
    Item item{ItemKind::text, std::string(name), out.error().offset};
    item.broken = out.error().what;
    found.push_back({std::move(item)});
    return static_cast<Part*>(nullptr);
  }

  void add(Part& part, pugi::xml_node element, pugi::xml_node text, std::string key,
           const std::string& fault) {
    put(part, std::move(key), text_of(text), fault, {{}, &part, element, text});
  }
  void add(Part& part, pugi::xml_node element, const std::string& name, std::string key) {
    const std::string value = element.attribute(name.c_str()).value();
    put(part, std::move(key), value, {}, {{}, &part, element, {}, name});
  }

  // Texts of elements below `parent` that speak of a label where none is agreed.
  void loose_texts(Part& part, pugi::xml_node parent) {
    for (const pugi::xml_node node : parent.children())
      if (node.type() == pugi::node_element && !is(node, "user-defined") && !is(node, "meta") &&
          names_label(text_of(node)))
        add(part, node, node, std::string(local_name(node.name())), "not the agreed place");
  }

 private:
  void put(Part& part, std::string key, std::string value, const std::string& fault, Found one) {
    one.item = {ItemKind::text, part.name + (fault.empty() ? "" : " (" + fault + ")"), part.offset,
                std::move(key)};
    one.item.agreed = fault.empty();
    one.item.damaged = part.damaged;
    if (value.size() > limits_.value_bytes)
      one.item.broken = "value is too long";
    else
      one.item.value = std::move(value);
    found.push_back(std::move(one));
  }

  Package& package_;
  const MediaLimits& limits_;
};

Status find_ooxml(Package& package, Finder& finder) {
  if (Part* custom = TRY(finder.part(kCustom))) {
    const auto missing = missing_link(package);
    if (!missing.ok() && missing.error().code == Code::limit) return missing.error();
    const std::string link = missing.ok() ? *missing : "the package's own parts cannot be read";
    for (const pugi::xml_node property : custom->xml.document_element().children()) {
      const std::string name = property.attribute("name").value();
      const pugi::xml_node value = first_element(property);
      if (!is(property, "property") || (!names_label(name) && !names_label(text_of(value))))
        continue;
      std::string fault = link;
      if (name != kKey) fault = "the property has another name";
      if (to_lower(property.attribute("fmtid").value()) != to_lower(kFormatId))
        fault = "the property has another format id";
      if (!is(value, "lpwstr")) fault = "the property is no vt:lpwstr";
      finder.add(*custom, property, value, name, fault);
    }
  }
  for (const std::string_view name : {"docProps/core.xml", "docProps/app.xml"})
    if (Part* part = TRY(finder.part(name)))
      finder.loose_texts(*part, part->xml.document_element());
  return Done{};
}

pugi::xml_node odf_meta(const Part& part) { return child(part.xml.document_element(), "meta"); }

Status find_odf(Finder& finder) {
  Part* part = TRY(finder.part("meta.xml"));
  if (part == nullptr) return Done{};
  const pugi::xml_node meta = odf_meta(*part);
  for (const pugi::xml_node node : meta.children()) {
    const std::string name = attribute(node, "name").value();
    if (!is(node, "user-defined") || (!names_label(name) && !names_label(text_of(node)))) continue;
    finder.add(*part, node, node, name, name == kKey ? "" : "the property has another name");
  }
  finder.loose_texts(*part, meta);
  return Done{};
}

// Where the package file of a book stands.
Result<std::string> opf_name(Package& package) {
  const Part* container = TRY(package.part("META-INF/container.xml"));
  if (container == nullptr) return std::string();
  const pugi::xml_node files = child(container->xml.document_element(), "rootfiles");
  return std::string(child(files, "rootfile").attribute("full-path").value());
}

Status find_epub(Package& package, Finder& finder) {
  TRY(finder.part("META-INF/container.xml"));
  const auto name = opf_name(package);
  Part* part = name.ok() ? TRY(finder.part(*name)) : nullptr;
  if (part == nullptr) return Done{};
  const pugi::xml_node metadata = child(part->xml.document_element(), "metadata");
  for (const pugi::xml_node node : metadata.children()) {
    if (!is(node, "meta")) continue;
    if (node.attribute("name").value() == kKey)
      finder.add(*part, node, "content", std::string(kKey));
    else if (node.attribute("property").value() == kKey)
      finder.add(*part, node, node, std::string(kKey), "");
  }
  finder.loose_texts(*part, metadata);
  return Done{};
}

Error no_place() { return {Code::unsupported, "the document has no place for it", 0}; }
Error taken() { return {Code::unsupported, "the key AIGC is taken by something else", 0}; }

// Lets the package say where its custom properties are.
Status link_custom(Package& package) {
  Part* types = TRY(package.part(kContentTypes));
  Part* relations = TRY(package.part(kRelationships));
  if (types == nullptr || relations == nullptr) return no_place();
  pugi::xml_node root = types->xml.document_element();
  if (!root.find_child(is_custom_override)) {
    pugi::xml_node node = root.append_child((prefix_of(root) + "Override").c_str());
    node.append_attribute("PartName") = ("/" + std::string(kCustom)).c_str();
    node.append_attribute("ContentType") = std::string(kCustomType).c_str();
    types->changed = true;
  }
  root = relations->xml.document_element();
  if (const pugi::xml_node old = root.find_child(is_custom_relation))
    return id_of(old.attribute("Target").value()) == kCustom ? Status(Done{}) : Status(taken());
  std::string id = "rIdAIGC";  // no producer counts so
  while (root.find_child_by_attribute("Id", id.c_str())) id += "0";
  pugi::xml_node node = root.append_child((prefix_of(root) + "Relationship").c_str());
  node.append_attribute("Id") = id.c_str();
  node.append_attribute("Type") = std::string(kCustomRelation).c_str();
  node.append_attribute("Target") = std::string(kCustom).c_str();
  relations->changed = true;
  return Done{};
}

Status add_ooxml(Package& package, const std::string& value) {
  Part* custom = TRY(package.part(kCustom));
  if (custom == nullptr) custom = &package.add(kCustom, kNewCustom);
  pugi::xml_node root = custom->xml.document_element();
  unsigned pid = 1;  // 0 and 1 are reserved
  for (const pugi::xml_node property : root.children()) {
    if (property.attribute("name").value() == kKey) return taken();
    pid = std::max(pid, property.attribute("pid").as_uint());
  }
  if (pid > INT32_MAX - 1) return no_place();
  pugi::xml_node property = root.append_child((prefix_of(root) + "property").c_str());
  property.append_attribute("fmtid") = kFormatId;
  property.append_attribute("pid") = pid + 1;
  property.append_attribute("name") = std::string(kKey).c_str();
  pugi::xml_node text = property.append_child("vt:lpwstr");
  if (std::string_view(root.attribute("xmlns:vt").value()) != kVariantTypes)
    text.append_attribute("xmlns:vt") = kVariantTypes;
  set_text(text, value);
  custom->changed = true;
  return link_custom(package);
}

Status add_odf(Package& package, const std::string& value) {
  Part* part = TRY(package.part("meta.xml"));
  pugi::xml_node meta = part == nullptr ? pugi::xml_node() : odf_meta(*part);
  if (!meta) return no_place();
  for (const pugi::xml_node node : meta.children())
    if (is(node, "user-defined") && attribute(node, "name").value() == kKey) return taken();
  pugi::xml_node node = meta.append_child("meta:user-defined");
  if (std::string_view(part->xml.document_element().attribute("xmlns:meta").value()) != kOdfMeta)
    node.append_attribute("xmlns:meta") = kOdfMeta;
  node.append_attribute("meta:name") = std::string(kKey).c_str();
  set_text(node, value);
  part->changed = true;
  return Done{};
}

Status add_epub(Package& package, const std::string& value) {
  const std::string name = TRY(opf_name(package));
  Part* part = TRY(package.part(name));
  pugi::xml_node metadata =
      part == nullptr ? pugi::xml_node() : child(part->xml.document_element(), "metadata");
  if (!metadata) return no_place();
  const std::string prefix = prefix_of(metadata);
  pugi::xml_node node = metadata.append_child((prefix + "meta").c_str());
  node.append_attribute("name") = std::string(kKey).c_str();
  node.append_attribute("content") = value.c_str();
  part->changed = true;
  return Done{};
}

}  // namespace

Result<std::vector<Found>> find(Package& package, Kind kind, const MediaLimits& limits) {
  Finder finder(package, limits);
  switch (kind) {
    case Kind::docx:
    case Kind::xlsx:
    case Kind::pptx: TRY(find_ooxml(package, finder)); break;
    case Kind::odf: TRY(find_odf(finder)); break;
    case Kind::epub: TRY(find_epub(package, finder)); break;
  }
  return std::move(finder.found);
}

Status set(Found& found, const std::optional<std::string>& value) {
  if (found.part == nullptr || (!found.text && found.attribute.empty()))
    return Error{Code::unsupported, "this part cannot be changed", found.item.offset};
  found.part->changed = true;
  if (!value)
    found.element.parent().remove_child(found.element);
  else if (found.attribute.empty())
    set_text(found.text, *value);
  else if (pugi::xml_attribute old = found.element.attribute(found.attribute.c_str()))
    old.set_value(value->c_str());
  else
    found.element.append_attribute(found.attribute.c_str()) = value->c_str();
  return Done{};
}

Status add(Package& package, Kind kind, const std::string& value) {
  switch (kind) {
    case Kind::docx:
    case Kind::xlsx:
    case Kind::pptx: return add_ooxml(package, value);
    case Kind::odf: return add_odf(package, value);
    case Kind::epub: return add_epub(package, value);
  }
  return Done{};
}

}  // namespace assay::formats::office
