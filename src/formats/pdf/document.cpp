// SPDX-License-Identifier: Apache-2.0
#include "formats/pdf/document.h"

#include <algorithm>
#include <deque>

#include "base/strings.h"
#include "formats/inflate.h"
#include "formats/pdf/predictor.h"

namespace assay::formats::pdf {
namespace {

constexpr std::uint64_t kTail = 64 * 1024;    // in which `startxref` is looked for
constexpr std::uint64_t kWindow = 4 * 1024;   // mostly enough for an object
constexpr std::uint64_t kEntryBytes = 20;     // of a table
constexpr std::size_t kMaxSections = 4096;    // updates of a file
constexpr std::uint64_t kMaxDepth = 8;        // of objects that need others
constexpr std::uint64_t kMaxRow = 64 * 1024;  // bytes of a row of a predictor
constexpr int kMaxTrailers = 64;              // looked at in a scan

Error broken(std::uint64_t at) { return {Code::invalid, "the cross-reference is broken", at}; }

// Whole numbers big-endian, as a cross-reference stream packs them.
std::uint64_t packed_number(std::string_view bytes) {
  std::uint64_t out = 0;
  for (const char c : bytes) out = out << 8 | static_cast<unsigned char>(c);
  return out;
}

}  // namespace

Result<Document> Document::open(ByteSource& in, const MediaLimits& limits) {
  Document out(in, limits);
  const Status followed = out.follow();
  if (!followed.ok()) {
    if (followed.error().code != Code::invalid) return followed.error();
    TRY(out.scan());
  }
  if (!out.trailer_.get("Encrypt").empty())
    return Error{Code::unsupported, "the PDF is encrypted", out.start_};
  return out;
}

Status Document::charge(std::uint64_t bytes, std::uint64_t at) {
  spent_ += bytes;
  if (spent_ > limits_.total_bytes) return Error{Code::limit, "too much metadata", at};
  return Done{};
}

// Reads the chain of cross-references, the newest first.
Status Document::follow() {
  const std::uint64_t tail = std::min(in_.size(), kTail);
  const std::string end = TRY(in_.copy(in_.size() - tail, tail));
  const std::size_t word = end.rfind("startxref");
  if (word == std::string::npos) return broken(in_.size());
  Lexer after(std::string_view(end).substr(word + 9), in_.size() - tail + word + 9);
  const std::uint64_t first = TRY(after.integer());
  if (first >= in_.size()) return broken(after.offset());
  start_ = first;
  std::deque<std::uint64_t> todo = {first};
  std::set<std::uint64_t> seen;
  while (!todo.empty()) {
    const std::uint64_t at = todo.front();
    todo.pop_front();
    if (at >= in_.size() || !seen.insert(at).second) return broken(std::min(at, in_.size()));
    if (sections_.size() >= kMaxSections) return Error{Code::limit, "too many sections", at};
    const Dictionary trailer = TRY(read_section(at));
    if (const auto stream = to_number<std::uint64_t>(trailer.get("XRefStm"))) {
      sections_.back().hybrid = true;
      todo.push_front(*stream);
    }
    const auto previous = to_number<std::uint64_t>(trailer.get("Prev"));
    const bool side = !todo.empty() && trailer.get("XRefStm").empty();  // the Prev of a hybrid's
    if (previous && !side) todo.push_back(*previous);                   // stream is its table's
    if (at == first) trailer_ = trailer;
  }
  return Done{};
}

Result<Dictionary> Document::read_section(std::uint64_t at) {
  sections_.emplace_back();
  const std::string head = TRY(in_.copy(at, kWindow));
  Lexer in(head, at);
  if (in.skip("xref")) return read_table(in.offset(), sections_.back());
  return read_rows(at, sections_.back());
}

Result<Dictionary> Document::read_table(std::uint64_t at, Section& section) {
  constexpr std::uint64_t kLine = 64;  // a subsection's first line, or the word trailer
  while (true) {
    const std::string line = TRY(in_.copy(at, kLine));
    Lexer in(line, at);
    if (in.skip("trailer")) {
      at = in.offset();
      break;
    }
    Run run;
    run.first = TRY(in.integer());
    run.count = TRY(in.integer());
    in.skip_space();
    run.at = in.offset();
    if (run.count > (in_.size() - run.at) / kEntryBytes) return broken(run.at);
    if (++runs_ > limits_.elements) return Error{Code::limit, "too many entries", run.at};
    at = run.at + run.count * kEntryBytes;
    section.runs.push_back(run);
  }
  const Object trailer = TRY(plain(at, std::nullopt));
  return dictionary_of(trailer);
}

Result<Dictionary> Document::read_rows(std::uint64_t at, Section& section) {
  const std::string head = TRY(in_.copy(at, kWindow));
  Lexer in(head, at);
  const std::uint64_t number = TRY(in.integer());
  const Object object = TRY(plain(at, number));
  const Dictionary dictionary = TRY(dictionary_of(object));
  if (dictionary.get("Type") != "/XRef") return broken(at);
  std::uint64_t row = 0;
  for (const std::string_view width : TRY(array(dictionary.get("W"), at))) {
    const auto bytes = to_number<std::uint64_t>(width);
    if (!bytes || *bytes > 8) return broken(at);
    section.widths.push_back(*bytes);
    row += *bytes;
  }
  if (section.widths.size() != 3 || row == 0) return broken(at);
  section.rows = TRY(stream(object));
  std::string index(dictionary.get("Index"));
  if (index.empty()) index = "[0 " + std::string(dictionary.get("Size")) + "]";
  const std::vector<std::string_view> numbers = TRY(array(index, at));
  std::uint64_t used = 0;
  for (std::size_t i = 0; i + 1 < numbers.size(); i += 2) {
    const auto first = to_number<std::uint64_t>(numbers[i]);
    const auto count = to_number<std::uint64_t>(numbers[i + 1]);
    if (!first || !count) return broken(at);
    if (++runs_ > limits_.elements) return Error{Code::limit, "too many entries", at};
    const std::uint64_t have = std::min(*count, (section.rows.size() - used) / row);
    section.runs.push_back({*first, have, used});
    used += have * row;
  }
  return dictionary;
}

// Where no cross-reference leads: takes the last trailer with an Info, and looks for objects by
// their words. Copies of old objects and of those in streams are not told apart.
Status Document::scan() {
  const std::uint64_t size = std::min(in_.size(), limits_.value_bytes);
  scanned_at_ = in_.size() - size;
  scanned_ = TRY(in_.copy(scanned_at_, size));
  sections_.clear();
  std::size_t from = std::string::npos;
  for (int i = 0; i < kMaxTrailers; ++i) {
    const std::size_t at = scanned_->rfind("trailer", from);
    if (at == std::string::npos) break;
    Lexer in(std::string_view(*scanned_).substr(at + 7), scanned_at_ + at + 7);
    if (const auto value = in.value(); value.ok()) {
      const auto found = dictionary(*value, in.offset(), limits_.elements);
      if (found.ok() && reference(found->get("Info"))) {
        trailer_ = *found;
        return Done{};
      }
    }
    if (at == 0) break;
    from = at - 1;
  }
  return broken(start_);
}

Result<std::optional<Document::Place>> Document::entry(const Section& section,
                                                       std::uint64_t number) const {
  for (const Run& run : section.runs) {
    if (number < run.first || number - run.first >= run.count) continue;
    if (section.widths.empty()) {
      const std::uint64_t at = run.at + (number - run.first) * kEntryBytes;
      const std::string line = TRY(in_.copy(at, kEntryBytes));
      const auto offset = to_number<std::uint64_t>(std::string_view(line).substr(0, 10));
      if (line.size() < kEntryBytes || !offset || (line[17] != 'n' && line[17] != 'f'))
        return broken(at);
      return std::optional<Place>({line[17] == 'n' ? Use::plain : Use::free, *offset});
    }
    const std::vector<std::uint64_t>& widths = section.widths;
    const std::uint64_t row = widths[0] + widths[1] + widths[2];
    const std::string_view fields =
        std::string_view(section.rows).substr(run.at + (number - run.first) * row, row);
    const std::uint64_t type = widths[0] == 0 ? 1 : packed_number(fields.substr(0, widths[0]));
    const Use use = type == 1 ? Use::plain : type == 2 ? Use::packed : Use::free;
    return std::optional<Place>({use, packed_number(fields.substr(widths[0], widths[1]))});
  }
  return std::optional<Place>();
}

Result<std::optional<Document::Place>> Document::find(std::uint64_t number) const {
  if (scanned_) {
    const std::string_view text = *scanned_;
    for (const std::string generation : {"0", "1"}) {
      const std::string head = std::to_string(number) + " " + generation + " obj";
      std::size_t at = text.rfind(head);
      while (at != std::string_view::npos && at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9')
        at = text.rfind(head, at - 1);
      if (at != std::string_view::npos) return std::optional<Place>({Use::plain, scanned_at_ + at});
    }
    return std::optional<Place>();
  }
  for (const Section& section : sections_) {
    const std::optional<Place> found = TRY(entry(section, number));
    if (!found || (found->use == Use::free && section.hybrid)) continue;
    return found;
  }
  return std::optional<Place>();
}

Result<Object> Document::object(std::uint64_t number) {
  const std::optional<Place> place = TRY(find(number));
  if (!place || place->use == Use::free)
    return Error{Code::not_found, "an object is missing", std::min(start_, in_.size())};
  if (depth_ >= kMaxDepth) return Error{Code::invalid, "objects need each other", start_};
  ++depth_;
  auto out = place->use == Use::plain ? plain(place->at, number) : packed(place->at, number);
  --depth_;
  return out;
}

// The object at `at`; without a number the bare value there. What does not fit into a window is
// read with a larger one.
Result<Object> Document::plain(std::uint64_t at, std::optional<std::uint64_t> number) {
  if (at >= in_.size()) return broken(in_.size());
  const std::uint64_t most = std::min(in_.size() - at, limits_.value_bytes);
  for (std::uint64_t window = kWindow;; window *= 16) {
    const std::string text = TRY(in_.copy(at, std::min(window, most)));
    TRY(charge(text.size(), at));
    Lexer in(text, at);
    if (number) {
      const auto own = in.integer();
      if (!own.ok() || *own != *number || !in.integer().ok() || !in.skip("obj"))
        return Error{Code::invalid, "the object stands elsewhere", at};
    }
    const auto value = in.value();
    const bool whole = window >= most;
    constexpr std::size_t kBehind = 32;  // enough for the word that follows
    in.skip_space();
    if (!whole && (!value.ok() || in.at() + kBehind > text.size())) continue;
    if (!value.ok()) return value.error();
    Object out{at, std::string(*value), {}};
    if (in.skip("stream")) {
      const std::string_view rest = std::string_view(text).substr(in.at());
      out.stream = in.offset() + (rest.starts_with("\r\n") ? 2 : rest.starts_with('\n') ? 1 : 0);
    }
    return out;
  }
}

Result<Object> Document::packed(std::uint64_t container, std::uint64_t number) {
  const std::optional<Place> place = TRY(find(container));
  if (!place || place->use != Use::plain) return broken(start_);
  const Object whole = TRY(object(container));
  const Dictionary dictionary = TRY(dictionary_of(whole));
  const std::uint64_t first = TRY(number_at(dictionary.get("First"), UINT64_MAX));
  const std::uint64_t count = TRY(number_at(dictionary.get("N"), 0));
  const std::string bytes = TRY(stream(whole));
  if (first > bytes.size()) return broken(whole.offset);
  Lexer head(std::string_view(bytes).substr(0, first), whole.offset);
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto own = head.integer();
    const auto at = head.integer();
    if (!own.ok() || !at.ok() || *at > bytes.size() - first) return broken(whole.offset);
    if (*own != number) continue;
    Lexer in(std::string_view(bytes).substr(first + *at));
    const auto value = in.value();
    if (!value.ok()) return Error{value.error().code, value.error().what, whole.offset};
    return Object{whole.offset, std::string(*value), {}};
  }
  return broken(whole.offset);
}

Result<Dictionary> Document::dictionary_of(const Object& object) const {
  auto out = dictionary(object.value, 0, limits_.elements);
  if (!out.ok()) return Error{out.error().code, out.error().what, object.offset};
  return out;
}

// A whole number that stands there or in the object it refers to.
Result<std::uint64_t> Document::number_at(std::string_view value, std::uint64_t fallback) {
  if (value.empty()) return fallback;
  std::string text(value);
  if (const auto elsewhere = reference(value)) text = TRY(object(elsewhere->number)).value;
  const auto number = to_number<std::uint64_t>(text);
  if (!number) return Error{Code::invalid, "no number here", start_};
  return *number;
}

Result<std::uint64_t> Document::stream_size(const Object& object) {
  if (!object.stream) return Error{Code::invalid, "not a stream", object.offset};
  const Dictionary dictionary = TRY(dictionary_of(object));
  return number_at(dictionary.get("Length"), 0);
}

Result<std::string> Document::stream(const Object& object) {
  const std::uint64_t length = TRY(stream_size(object));
  const Dictionary dictionary = TRY(dictionary_of(object));
  if (length > limits_.value_bytes) return Error{Code::limit, "value is too long", object.offset};
  const Bytes view = TRY(in_.exactly(*object.stream, length));
  TRY(charge(length, object.offset));
  const auto only = [](std::string_view value) {  // of an array of one
    const auto items = array(value, 0);
    return items.ok() && items->size() == 1 ? items->front() : value;
  };
  const std::string_view filter = only(dictionary.get("Filter"));
  if (filter.empty() || filter == "[]") return std::string(as_text(view));
  if (filter != "/FlateDecode" && filter != "/Fl")
    return Error{Code::unsupported, "unknown compression method", object.offset};
  auto unpacked = inflate_all(view, Wrapping::zlib, limits_.value_bytes);
  if (!unpacked.ok()) return Error{unpacked.error().code, unpacked.error().what, object.offset};
  TRY(charge(unpacked->size(), object.offset));
  const auto settings = pdf::dictionary(only(dictionary.get("DecodeParms")), 0, limits_.elements);
  if (!settings.ok()) return unpacked;
  const std::uint64_t predictor = TRY(number_at(settings->get("Predictor"), 1));
  if (predictor == 1) return unpacked;
  const std::uint64_t bits = std::min(TRY(number_at(settings->get("Colors"), 1)), kMaxRow);
  const std::uint64_t pixel =
      bits * std::min(TRY(number_at(settings->get("BitsPerComponent"), 8)), kMaxRow);
  const std::uint64_t columns = std::min(TRY(number_at(settings->get("Columns"), 1)), kMaxRow);
  const std::uint64_t row = (pixel * columns + 7) / 8;
  if (predictor < 10 || row == 0 || row > kMaxRow)
    return Error{Code::unsupported, "unknown predictor", object.offset};
  return without_png_filters(*unpacked, row, std::max<std::uint64_t>(pixel / 8, 1));
}

}  // namespace assay::formats::pdf
