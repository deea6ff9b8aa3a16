// SPDX-License-Identifier: Apache-2.0
#include "document/packages.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <pugixml.hpp>

#include "base/strings.h"
#include "document/builder.h"
#include "document/html.h"
#include "document/plain.h"
#include "formats/zip_archive.h"

namespace assay::document {
namespace {

namespace zip = formats::zip;

constexpr std::uint64_t kMaxXml = std::uint64_t{32}
                                  << 20;  // of a part; a tree takes many times as much
constexpr std::size_t kMostChapters = 2'000;
constexpr int kDeepest = 512;

class Package {
 public:
  static Result<Package> open(ByteSource& in) {
    Package out(in);
    out.archive_ = TRY(zip::read(in, {}));
    return out;
  }
  bool has(std::string_view name) const { return entry(name) != nullptr; }
  Result<std::string> bytes(std::string_view name) const {
    const zip::Entry* found = entry(name);
    if (found == nullptr) return Error{Code::invalid, "a part is missing: " + printable(name)};
    if (found->encrypted()) return Error{Code::unsupported, "the document is encrypted"};
    return zip::unpack(*in_, *found, kMaxXml);
  }
  Result<std::unique_ptr<pugi::xml_document>> xml(std::string_view name) const {
    const std::string text = TRY(bytes(name));
    auto out = std::make_unique<pugi::xml_document>();
    const pugi::xml_parse_result parsed =
        out->load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata);
    if (!parsed)
      return Error{Code::invalid, std::string("XML: ") + parsed.description(), 0,
                   std::string(name)};
    return out;
  }

 private:
  explicit Package(ByteSource& in) : in_(&in) {}
  const zip::Entry* entry(std::string_view name) const {
    const auto at = std::find_if(archive_.entries.begin(), archive_.entries.end(),
                                 [&](const zip::Entry& one) { return one.name == name; });
    return at == archive_.entries.end() ? nullptr : &*at;
  }
  ByteSource* in_;
  zip::Archive archive_;
};

// Depth first without recursion. `enter` says whether to go below the node.
template <class Enter, class Leave>
void walk(pugi::xml_node root, Enter enter, Leave leave) {
  pugi::xml_node at = root;
  for (int depth = 0;;) {
    const bool below = enter(at) && depth < kDeepest;
    if (below && at.first_child()) {
      at = at.first_child();
      ++depth;
      continue;
    }
    leave(at);
    while (at != root && !at.next_sibling()) {
      at = at.parent();
      --depth;
      leave(at);
    }
    if (at == root) return;
    at = at.next_sibling();
  }
}

// --- DOCX: ECMA-376 part 1

std::string in_format(int value, std::string_view format) {
  constexpr std::array<std::string_view, 10> kHan = {"〇", "一", "二", "三", "四",
                                                     "五", "六", "七", "八", "九"};
  constexpr std::array<std::pair<int, std::string_view>, 9> kRoman = {{{100, "c"},
                                                                       {90, "xc"},
                                                                       {50, "l"},
                                                                       {40, "xl"},
                                                                       {10, "x"},
                                                                       {9, "ix"},
                                                                       {5, "v"},
                                                                       {4, "iv"},
                                                                       {1, "i"}}};
  if (value < 1 || value > 399) return std::to_string(value);
  std::string out;
  if (format == "lowerLetter" || format == "upperLetter") {
    out = std::string(static_cast<std::size_t>((value - 1) / 26 + 1),
                      static_cast<char>('a' + (value - 1) % 26));
  } else if (format == "lowerRoman" || format == "upperRoman") {
    for (const auto& [worth, sign] : kRoman)
      for (; value >= worth; value -= worth) out += sign;
  } else if (format.starts_with("chinese") || format.starts_with("ideograph") ||
             format.starts_with("taiwanese") || format.starts_with("japaneseCounting")) {
    if (value >= 100) return std::to_string(value);
    const auto tens = static_cast<std::size_t>(value / 10),
               ones = static_cast<std::size_t>(value % 10);
    if (tens > 1) out += kHan[tens];
    if (tens > 0) out += "十";
    if (ones > 0) out += kHan[ones];
  } else {
    return std::to_string(value);
  }
  if (format.starts_with("upper"))
    for (char& c : out) c = static_cast<char>(c - ('a' - 'A'));
  return out;
}

// The numbers that Word puts before paragraphs and the file only tells the rules of (17.9).
class Numbering {
 public:
  void load(const pugi::xml_node& root) {
    for (const pugi::xml_node node : root.children("w:abstractNum"))
      rules_[node.attribute("w:abstractNumId").value()] = rules_of(node);
    for (const pugi::xml_node num : root.children("w:num"))
      lists_[num.attribute("w:numId").value()] =
          num.child("w:abstractNumId").attribute("w:val").value();
  }

  // The label of the next paragraph of that list and level; empty for a bullet.
  std::string next(const std::string& id, int depth) {
    const auto list = lists_.find(id);
    const auto found = list == lists_.end() ? rules_.end() : rules_.find(list->second);
    if (found == rules_.end() || depth < 0 || depth >= kLevels) return {};
    const auto at = static_cast<std::size_t>(depth);
    std::array<int, kLevels>& counts = counts_.try_emplace(found->first).first->second;
    const Rules& levels = found->second;
    counts[at] = counts[at] == 0 ? levels[at].start : counts[at] + 1;
    std::fill(counts.begin() + depth + 1, counts.end(), 0);
    if (levels[at].format == "bullet" || levels[at].format == "none") return {};
    std::string out;
    for (std::size_t i = 0; i < levels[at].text.size(); ++i) {
      const char c = levels[at].text[i];
      const bool place = c == '%' && i + 1 < levels[at].text.size() &&
                         levels[at].text[i + 1] >= '1' && levels[at].text[i + 1] <= '9';
      if (!place) {
        out += c;
        continue;
      }
      const auto level = static_cast<std::size_t>(levels[at].text[++i] - '1');
      out +=
          in_format(counts[level] == 0 ? levels[level].start : counts[level], levels[level].format);
    }
    return out;
  }

 private:
  static constexpr int kLevels = 9;
  static constexpr std::size_t kLongestLabel = 100;  // bytes
  static constexpr int kLastStart = 10'000;
  struct LevelRule {
    std::string format, text;
    int start = 1;
  };
  using Rules = std::array<LevelRule, kLevels>;

  static Rules rules_of(const pugi::xml_node& list) {
    Rules out;
    for (const pugi::xml_node level : list.children("w:lvl")) {
      const int depth = level.attribute("w:ilvl").as_int();
      if (depth < 0 || depth >= kLevels) continue;
      const std::string text = level.child("w:lvlText").attribute("w:val").value();
      out[static_cast<std::size_t>(depth)] = {
          level.child("w:numFmt").attribute("w:val").value(), text.substr(0, kLongestLabel),
          std::clamp(level.child("w:start").attribute("w:val").as_int(1), 0, kLastStart)};
    }
    return out;
  }

  std::map<std::string, Rules> rules_;        // by abstract list
  std::map<std::string, std::string> lists_;  // the abstract list of a list
  std::map<std::string, std::array<int, kLevels>> counts_;
};

// Of a heading, from the number of an outline level that counts from 0; 9 is text of the body.
int level_of(int outline) { return outline >= 0 && outline < 9 ? outline + 1 : 0; }

struct Style {
  int level = 0;  // of a heading
  std::string list;
  int depth = 0;
};

class Docx {
 public:
  explicit Docx(const Package& package) : package_(package) { document_.format = "DOCX"; }

  Result<Document> operator()() {
    if (package_.has("word/numbering.xml"))
      numbering_.load((TRY(package_.xml("word/numbering.xml")))->document_element());
    if (package_.has("word/styles.xml"))
      load_styles((TRY(package_.xml("word/styles.xml")))->document_element());
    const auto body = TRY(package_.xml("word/document.xml"));
    read(body->document_element());
    if (package_.has("word/footnotes.xml")) {
      notes_ = true;
      const auto notes = TRY(package_.xml("word/footnotes.xml"));
      read(notes->document_element());
    }
    if (package_.has("docProps/core.xml"))
      document_.title =
          (TRY(package_.xml("docProps/core.xml")))->document_element().child_value("dc:title");
    return std::move(document_);
  }

 private:
  void load_styles(const pugi::xml_node& root) {
    for (const pugi::xml_node node : root.children("w:style")) {
      Style style;
      const pugi::xml_node properties = node.child("w:pPr");
      const std::string name = to_lower(node.child("w:name").attribute("w:val").value());
      if (name.starts_with("heading "))
        style.level = level_of(to_number<int>(name.substr(8)).value_or(1) - 1);
      else if (name == "title")
        style.level = 1;
      else if (const auto outline = properties.child("w:outlineLvl").attribute("w:val"))
        style.level = level_of(outline.as_int());
      style.list = properties.child("w:numPr").child("w:numId").attribute("w:val").value();
      style.depth = properties.child("w:numPr").child("w:ilvl").attribute("w:val").as_int();
      styles_[node.attribute("w:styleId").value()] = style;
    }
  }

  void read(const pugi::xml_node& root) {
    walk(
        root, [this](const pugi::xml_node& node) { return enter(node); },
        [this](const pugi::xml_node& node) { leave(node); });
  }

  bool enter(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    if (name == "w:p")
      paragraph(node);
    else if (name == "w:t")
      builder_.add(node.child_value());
    else if (name == "w:tab" || name == "w:br" || name == "w:cr")
      builder_.add(" ");
    else if (name == "w:tr")
      ++rows_;
    else if (name == "w:tc" && rows_ == 1 && !builder_.empty())
      builder_.cell();
    else if (name == "w:noBreakHyphen")
      builder_.add("-");
    // What was deleted or moved away, hidden, codes of fields, and the second form of a drawing.
    if (name == "w:r" && is_hidden(node)) return false;
    return name != "w:del" && name != "w:moveFrom" && name != "w:instrText" &&
           name != "mc:Fallback" && name != "w:t";
  }

  static bool is_hidden(const pugi::xml_node& run) {
    const pugi::xml_node vanish = run.child("w:rPr").child("w:vanish");
    const std::string_view value = vanish.attribute("w:val").value();
    return vanish && value != "0" && value != "false";
  }

  void paragraph(const pugi::xml_node& node) {
    if (rows_ > 0) return builder_.add(" ");
    const pugi::xml_node properties = node.child("w:pPr");
    Style style = styles_[properties.child("w:pStyle").attribute("w:val").value()];
    if (const auto own = properties.child("w:outlineLvl").attribute("w:val"))
      style.level = level_of(own.as_int());
    if (const auto list = properties.child("w:numPr")) {
      style.list = list.child("w:numId").attribute("w:val").value();
      style.depth = list.child("w:ilvl").attribute("w:val").as_int();
    }
    level_ = style.level;
    if (style.list.empty() || style.list == "0") return;
    const std::string label = numbering_.next(style.list, style.depth);
    if (!label.empty()) builder_.add(label + " ");
  }

  void leave(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    if (name == "w:p" && rows_ == 0) {
      builder_.end(notes_       ? BlockKind::footnote
                   : level_ > 0 ? BlockKind::heading
                                : BlockKind::paragraph,
                   level_);
    } else if (name == "w:tr" && --rows_ == 0) {
      builder_.end(BlockKind::row);
    }
  }

  const Package& package_;
  Document document_;
  Builder builder_{document_};
  Numbering numbering_;
  std::map<std::string, Style> styles_;
  int level_ = 0, rows_ = 0;  // rows: tables in tables are cells of the outer one
  bool notes_ = false;
};

// --- ODT: OASIS ODF 1.3 part 3

class Odt {
 public:
  Result<Document> operator()(const Package& package) {
    document_.format = "ODT";
    const auto content = TRY(package.xml("content.xml"));
    walk(
        content->document_element().child("office:body"),
        [this](const pugi::xml_node& node) { return enter(node); },
        [this](const pugi::xml_node& node) { leave(node); });
    return std::move(document_);
  }

 private:
  bool enter(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    if (node.type() == pugi::node_pcdata)
      builder_.add(node.value());
    else if (name == "text:s" || name == "text:tab" || name == "text:line-break")
      builder_.add(" ");
    else if (name == "table:table-row")
      ++rows_;
    else if (name == "table:table-cell" && rows_ == 1 && !builder_.empty())
      builder_.cell();
    else if (rows_ > 0 && name == "text:p")
      builder_.add(" ");
    // Notes would stand within their sentence; what was changed is not the text.
    return name != "text:tracked-changes" && name != "text:note" && name != "office:annotation";
  }

  void leave(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    if (name == "text:p" && rows_ == 0)
      builder_.end(BlockKind::paragraph);
    else if (name == "text:h" && rows_ == 0)
      builder_.end(BlockKind::heading,
                   level_of(node.attribute("text:outline-level").as_int(1) - 1));
    else if (name == "table:table-row" && --rows_ == 0)
      builder_.end(BlockKind::row);
  }

  Document document_;
  Builder builder_{document_};
  int rows_ = 0;
};

// --- EPUB: W3C EPUB 3.3

std::string without_escapes(std::string_view reference) {  // RFC 3986, 2.1
  std::string out;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    std::uint8_t byte = 0;
    const std::string_view hex = reference.substr(i + 1 < reference.size() ? i + 1 : i, 2);
    const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), byte, 16);
    if (reference[i] == '%' && error == std::errc{} && end == hex.data() + 2) {
      out += static_cast<char>(byte);
      i += 2;
    } else {
      out += reference[i];
    }
  }
  return out;
}

// The member that a reference in `file` names: "text/ch1.xhtml" of "OEBPS/content.opf".
std::string beside(const std::string& file, std::string_view reference) {
  const std::string path = without_escapes(reference.substr(0, reference.find('#')));
  return (fs::path(file).parent_path() / path).lexically_normal().generic_string();
}

Result<Document> read_epub(const Package& package) {
  Document document;
  document.format = "EPUB";
  const auto container = TRY(package.xml("META-INF/container.xml"));
  const std::string opf = container->document_element()
                              .child("rootfiles")
                              .child("rootfile")
                              .attribute("full-path")
                              .value();
  const auto book = TRY(package.xml(opf));
  const pugi::xml_node root = book->document_element();
  std::map<std::string, std::string> files;
  for (const pugi::xml_node item : root.child("manifest").children("item"))
    files[item.attribute("id").value()] = item.attribute("href").value();
  std::size_t chapters = 0;
  for (const pugi::xml_node reference : root.child("spine").children("itemref")) {
    const auto file = files.find(reference.attribute("idref").value());
    if (file == files.end()) continue;
    if (++chapters > kMostChapters) return Error{Code::limit, "the book has too many chapters"};
    const std::string chapter = TRY(package.bytes(beside(opf, file->second)));
    append_html(document, TRY(to_utf8(chapter)), Markup::xml);
    if (document.cut) break;
  }
  document.title = root.child("metadata").child_value("dc:title");
  return document;
}

}  // namespace

Result<std::optional<Document>> read_package(ByteSource& in) {
  if (!TRY(zip::sniff(in))) return std::optional<Document>();
  const Package package = TRY(Package::open(in));
  if (package.has("word/document.xml")) return std::optional(TRY(Docx(package)()));
  const std::string mimetype = package.has("mimetype") ? TRY(package.bytes("mimetype")) : "";
  if (mimetype.starts_with("application/vnd.oasis.opendocument.text"))
    return std::optional(TRY(Odt()(package)));
  if (mimetype.starts_with("application/epub+zip")) return std::optional(TRY(read_epub(package)));
  return Error{Code::unsupported, "the archive is no document that is read"};
}

}  // namespace assay::document
