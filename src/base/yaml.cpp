// SPDX-License-Identifier: Apache-2.0
#include "base/yaml.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>
#include <unordered_set>

#include "base/strings.h"

namespace assay {
namespace {

constexpr std::size_t kMaxDepth = 16;

// yaml-cpp 0.7 queues every token of a flow collection before it reports the first one, some 230
// bytes each: 8 MB of '[' took 1.9 GB. Fewer signs than this keep it under 120 MB.
constexpr std::size_t kMaxSigns = 500'000;
constexpr std::string_view kSigns = "[]{},?:'\"&*!";

// Thrown out of the event handler to stop the parser; caught in read_yaml.
struct Stop {};

class View : public std::streambuf {
 public:
  explicit View(std::string_view bytes) {
    char* begin = const_cast<char*>(bytes.data());  // only ever read
    setg(begin, begin, begin + bytes.size());
  }
};

// Byte offsets to places, quick for offsets that mostly grow.
class Places {
 public:
  explicit Places(std::string_view bytes) : bytes_(bytes) {}

  Place at(int offset) {
    const std::size_t to = std::min(static_cast<std::size_t>(std::max(offset, 0)), bytes_.size());
    if (to < seen_) *this = Places(bytes_);
    for (; seen_ < to; ++seen_) {
      if (bytes_[seen_] == '\n') {
        ++place_.line;
        place_.column = 1;
      } else if ((bytes_[seen_] & 0xC0) != 0x80) {
        ++place_.column;
      }
    }
    return place_;
  }

 private:
  std::string_view bytes_;
  std::size_t seen_ = 0;
  Place place_{1, 1};
};

// The offset after the quote that closes the one at `at`, or npos. yaml-cpp takes the end of the
// file for a closing quote.
std::size_t closing_quote(std::string_view bytes, std::size_t at) {
  const char quote = bytes[at];
  for (std::size_t i = at + 1; i < bytes.size(); ++i) {
    if (quote == '"' && bytes[i] == '\\') {
      ++i;
    } else if (bytes[i] == quote) {
      if (quote == '"' || i + 1 == bytes.size() || bytes[i + 1] != '\'') return i + 1;
      ++i;
    }
  }
  return std::string_view::npos;
}

bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') || c == 0x7F;
  });
}

// Builds the tree out of yaml-cpp's events and refuses what the subset leaves out.
class Builder : public YAML::EventHandler {
 public:
  Builder(std::string_view bytes, const Faults& faults)
      : bytes_(bytes), faults_(faults), places_(bytes) {}

  Node root;
  int documents = 0;

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents > 1) stop(mark, FaultId::several_documents);
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse(mark, "", anchor);
    if (key_wanted()) return stop(mark, FaultId::bad_key);
    add({.kind = NodeKind::null, .at = place(mark), .entries = {}},
        open_.empty() ? Place{} : open_.back().key_at);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { stop(mark, FaultId::alias); }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse(mark, tag, anchor);
    const bool quoted = check_source(mark, tag, value);
    const std::string text = clean(mark, value);
    if (key_wanted()) return add_key(mark, text, quoted);
    add({.kind = NodeKind::scalar,
         .quoted = quoted,
         .at = place(mark),
         .text = text,
         .entries = {}});
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    start(mark, tag, anchor, NodeKind::list);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    start(mark, tag, anchor, NodeKind::map);
  }
  void OnMapEnd() override { end(); }

 private:
  struct Open {
    Node node;
    std::unordered_set<std::string> keys;
    bool has_key = false;
    std::string key;
    Place key_at;
  };

  Place place(const YAML::Mark& mark) { return places_.at(mark.pos); }

  void stop(const YAML::Mark& mark, FaultId id, std::vector<std::string> args = {}) {
    faults_.add(place(mark), id, std::move(args));
    throw Stop{};
  }

  // Escapes can make what the file itself may not hold; yaml-cpp writes \N and \_ as single bytes
  // that are no UTF-8.
  std::string clean(const YAML::Mark& mark, const std::string& value) {
    const bool utf8 = valid_utf8(value);
    if (utf8 && !has_control(value)) return value;
    const std::string shown = printable(value, 40);
    faults_.add(place(mark), utf8 ? FaultId::control_byte : FaultId::bad_utf8, {shown});
    return shown;
  }

  bool key_wanted() const {
    return !open_.empty() && open_.back().node.kind == NodeKind::map && !open_.back().has_key;
  }

  // yaml-cpp gives "?" for a plain node and "!" for a quoted one; an explicit "!" looks the same,
  // so check_source() looks at the byte itself.
  void refuse(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (anchor != 0) faults_.add(place(mark), FaultId::anchor);
    if (!tag.empty() && tag != "?" && tag != "!") faults_.add(place(mark), FaultId::tag, {tag});
  }

  // Is the scalar quoted? A plain one must stand in the source letter by letter, so that a line
  // whose indentation slipped is never folded into the value above it.
  bool check_source(const YAML::Mark& mark, const std::string& tag, const std::string& value) {
    const std::size_t at = std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), bytes_.size());
    const char first = at < bytes_.size() ? bytes_[at] : '\0';
    if (first == '&' || first == '!' || tag.size() > 1) {
      if (tag == "!") faults_.add(place(mark), FaultId::tag, {"!"});
      return false;
    }
    if (tag == "!") {
      if (first != '|' && first != '>' && closing_quote(bytes_, at) == std::string_view::npos)
        faults_.add(place(mark), FaultId::unclosed_quote);
      return true;
    }
    if (bytes_.substr(at, value.size()) != value) faults_.add(place(mark), FaultId::folded_plain);
    return false;
  }

  void add_key(const YAML::Mark& mark, const std::string& key, bool quoted) {
    Open& open = open_.back();
    if (key == "<<" && !quoted) faults_.add(place(mark), FaultId::merge_key);
    if (key.empty()) return stop(mark, FaultId::bad_key);
    if (!open.keys.insert(key).second)
      faults_.add(place(mark), FaultId::duplicate_key, {printable(key, 60)});
    open.has_key = true;
    open.key = key;
    open.key_at = place(mark);
  }

  // An absent value has no place of its own: it takes `instead`.
  void add(Node node, Place instead = {}) {
    if (instead.line != 0) node.at = instead;
    if (open_.empty()) {
      root = std::move(node);
      return;
    }
    Open& open = open_.back();
    if (open.node.kind == NodeKind::list) {
      open.node.items.push_back(std::move(node));
      return;
    }
    open.node.entries.push_back({std::move(open.key), open.key_at, std::move(node)});
    open.has_key = false;
  }

  void start(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, NodeKind kind) {
    refuse(mark, tag, anchor);
    if (key_wanted()) return stop(mark, FaultId::bad_key);
    if (open_.size() == kMaxDepth) return stop(mark, FaultId::too_deep);
    open_.push_back({});
    open_.back().node.kind = kind;
    open_.back().node.at = place(mark);
  }

  void end() {
    Node node = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(node));
  }

  std::string_view bytes_;
  const Faults& faults_;
  Places places_;
  std::vector<Open> open_;
};

bool check_shape(std::string_view bytes, const Faults& faults) {
  const auto signs =
      std::ranges::count_if(bytes, [](char c) { return kSigns.find(c) != std::string_view::npos; });
  if (static_cast<std::size_t>(signs) > kMaxSigns) {
    faults.add({}, FaultId::too_dense, {std::to_string(kMaxSigns)});
    return false;
  }
  const std::size_t directive = bytes.starts_with('%') ? 0 : bytes.find("\n%");
  if (directive == std::string_view::npos) return true;
  faults.add(place_of(bytes, directive == 0 ? 0 : directive + 1), FaultId::directive);
  return false;
}

// yaml-cpp counts bytes for columns and gives no offset with some of its errors.
Place place_of_mark(std::string_view bytes, const YAML::Mark& mark) {
  if (mark.is_null()) return {};
  return place_of(bytes, static_cast<std::size_t>(std::max(mark.pos, 0)));
}

}  // namespace

Place place_of(std::string_view bytes, std::size_t offset) {
  return Places(bytes).at(static_cast<int>(std::min<std::size_t>(offset, INT32_MAX)));
}

bool check_text(std::string_view bytes, const Faults& faults) {
  if (bytes.starts_with("\xEF\xBB\xBF") || bytes.starts_with("\xFF\xFE") ||
      bytes.starts_with("\xFE\xFF")) {
    faults.add({1, 1}, FaultId::bom);
    return false;
  }
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t start = at;
    const char32_t c = next_code_point(bytes, at);
    const bool replaced = c == 0xFFFD && bytes.substr(start, 3) != "\xEF\xBF\xBD";
    const bool line_end = c == '\n' || (c == '\r' && bytes.substr(at, 1) == "\n");
    const bool control = (c < 0x20 && c != '\t' && !line_end) || c == 0x7F;
    if (!replaced && !control) continue;
    faults.add(place_of(bytes, start), replaced ? FaultId::bad_utf8 : FaultId::control_byte,
               {fmt::format("0x{:02X}", static_cast<unsigned char>(bytes[start]))});
    return false;
  }
  return true;
}

std::optional<Node> read_yaml(std::string_view bytes, const Faults& faults) {
  if (bytes.size() > kMaxDataFileBytes) {
    faults.add({}, FaultId::too_large, {std::to_string(kMaxDataFileBytes)});
    return std::nullopt;
  }
  if (!check_text(bytes, faults) || !check_shape(bytes, faults)) return std::nullopt;
  Builder builder(bytes, faults);
  try {
    View view(bytes);
    std::istream in(&view);
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Stop&) {
    return std::nullopt;
  } catch (const YAML::Exception& error) {
    // An alias of nothing never reaches the handler.
    if (error.msg.starts_with(YAML::ErrorMsg::UNKNOWN_ANCHOR))
      faults.add(place_of_mark(bytes, error.mark), FaultId::alias);
    else
      faults.add(place_of_mark(bytes, error.mark), FaultId::syntax, {printable(error.msg)});
    return std::nullopt;
  }
  if (builder.documents == 0 || builder.root.kind == NodeKind::null) {
    faults.add({}, FaultId::empty_file);
    return std::nullopt;
  }
  return std::move(builder.root);
}

std::optional<Node> read_yaml_file(const fs::path& path, const Faults& faults) {
  const Result<std::string> bytes = read_file(path, kMaxDataFileBytes);
  if (bytes.ok()) return read_yaml(*bytes, faults);
  if (bytes.error().code == Code::limit)
    faults.add({}, FaultId::too_large, {std::to_string(kMaxDataFileBytes)});
  else
    faults.add({}, FaultId::unreadable, {bytes.error().what});
  return std::nullopt;
}

}  // namespace assay
