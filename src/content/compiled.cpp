// SPDX-License-Identifier: Apache-2.0
#include "content/compiled.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "base/digest.h"
#include "base/strings.h"
#include "content/source.h"
#include "content/walk.h"

namespace assay::content {
namespace {

constexpr std::string_view kMagic = "assay\x1A\r\n";
constexpr std::uint32_t kFormat = 1;
constexpr std::uint64_t kMaxPayloadBytes = 256ULL << 20;
// Elements of one list that are made room for before they are seen.
constexpr std::uint64_t kReserved = 1024;

void append_le(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

// The visitor that writes: lengths as LEB128, texts as length and bytes, a number as its IEEE bits,
// a word as its index.
class Writer {
 public:
  template <class T>
  void required(const char*, const T& value) {
    write(value);
  }
  template <class T>
  void optional(const char*, const T& value) {
    write(value);
  }
  std::string take() { return std::move(out_); }

 private:
  void length(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_ += static_cast<char>(value | 0x80);
    out_ += static_cast<char>(value);
  }
  void write(const std::string& value) {
    length(value.size());
    out_ += value;
  }
  void write(bool value) { out_ += value ? '\1' : '\0'; }
  void write(double value) { append_le(out_, std::bit_cast<std::uint64_t>(value), 8); }
  void write(const std::optional<double>& value) {
    write(value.has_value());
    if (value) write(*value);
  }
  void write(const Date& value) { write(value.text()); }
  template <Worded E>
  void write(E value) {
    out_ += static_cast<char>(value);
  }
  template <class T>
  void write(const std::vector<T>& values) {
    length(values.size());
    for (const T& value : values) write(value);
  }
  template <class T>
  requires std::is_class_v<T>
  void write(const T& value) { describe_whole(*this, value); }

  std::string out_;
};

// The visitor that reads it back. After the first fault it reads nothing more.
class Reader {
 public:
  explicit Reader(ByteReader in) : in_(in) {}

  template <class T>
  void required(const char*, T& value) {
    if (!fault_) fault_ = keep(read(value));
  }
  template <class T>
  void optional(const char* key, T& value) {
    required(key, value);
  }
  const std::optional<Error>& fault() const { return fault_; }
  bool empty() const { return in_.empty(); }

 private:
  static std::optional<Error> keep(Status status) {
    return status.ok() ? std::nullopt : std::optional(std::move(status).error());
  }

  Result<std::uint64_t> length() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      const auto byte = TRY(in_.le<std::uint8_t>());
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    return Error{Code::invalid, "a length is too large", in_.offset()};
  }
  Status read(std::string& value) {
    const std::uint64_t bytes = TRY(length());
    value = as_text(TRY(in_.take(bytes)));
    if (!valid_utf8(value)) return Error{Code::invalid, "a text is not UTF-8", in_.offset()};
    return Done{};
  }
  Status read(bool& value) {
    const auto byte = TRY(in_.le<std::uint8_t>());
    if (byte > 1) return Error{Code::invalid, "neither true nor false", in_.offset()};
    value = byte == 1;
    return Done{};
  }
  Status read(double& value) {
    value = std::bit_cast<double>(TRY(in_.le<std::uint64_t>()));
    return Done{};
  }
  Status read(std::optional<double>& value) {
    bool stated = false;
    TRY(read(stated));
    return stated ? read(value.emplace()) : Status(Done{});
  }
  Status read(Date& value) {
    std::string text;
    TRY(read(text));
    if (!text.empty()) value = TRY(parse_date(text));
    return Done{};
  }
  template <Worded E>
  Status read(E& value) {
    const auto index = TRY(in_.le<std::uint8_t>());
    if (index >= Words<E>::table.size())
      return Error{Code::invalid, "a word that is not known", in_.offset()};
    value = static_cast<E>(index);
    return Done{};
  }
  template <class T>
  Status read(std::vector<T>& values) {
    const std::uint64_t count = TRY(length());
    // Every element takes a byte at least.
    if (count > in_.remaining()) return Error{Code::invalid, "ends too early", in_.offset()};
    values.reserve(static_cast<std::size_t>(std::min(count, kReserved)));
    for (std::uint64_t i = 0; i < count; ++i) TRY(read(values.emplace_back()));
    return Done{};
  }
  template <class T>
  requires std::is_class_v<T> Status read(T& value) {
    describe_whole(*this, value);
    return fault_ ? Status(*fault_) : Status(Done{});
  }

  ByteReader in_;
  std::optional<Error> fault_;
};

// The visitor that spells out names and types.
class Namer {
 public:
  template <class T>
  void required(const char* key, const T& value) {
    out_ += key;
    add(value);
  }
  template <class T>
  void optional(const char* key, const T& value) {
    required(key, value);
  }
  const std::string& text() const { return out_; }

 private:
  void add(const std::string&) { out_ += ":text;"; }
  void add(bool) { out_ += ":bool;"; }
  void add(double) { out_ += ":number;"; }
  void add(const std::optional<double>&) { out_ += ":number?;"; }
  void add(const Date&) { out_ += ":date;"; }
  template <Worded E>
  void add(E) {
    out_ += ":";
    for (const auto& row : Words<E>::table) out_ += std::string(row.word) + ",";
    out_ += ";";
  }
  template <class T>
  void add(const std::vector<T>&) {
    out_ += "[";
    add(T{});
    out_ += "]";
  }
  template <class T>
  requires std::is_class_v<T>
  void add(const T& value) {
    out_ += "{";
    describe_whole(*this, value);
    out_ += "}";
  }

  std::string out_;
};

struct Header {
  std::uint32_t format = 0;
  std::uint32_t engine = 0;
  std::uint64_t fingerprint = 0;
  Digest digest{};
};

Error damaged(std::string what, std::uint64_t offset) {
  return Error{Code::invalid,
               "the compiled content is damaged: " + std::move(what),
               offset,
               {},
               "install it again, or make it anew with: assay content build DIR -o FILE"};
}

Result<Header> read_header(ByteReader& in) {
  Header header;
  header.format = TRY(in.le<std::uint32_t>());
  header.engine = TRY(in.le<std::uint32_t>());
  header.fingerprint = TRY(in.le<std::uint64_t>());
  const Bytes digest = TRY(in.take(header.digest.size()));
  std::ranges::copy(digest, header.digest.begin());
  const auto bytes = TRY(in.le<std::uint64_t>());
  if (bytes != in.remaining())
    return Error{Code::invalid,
                 fmt::format("{} bytes are announced, {} are there", bytes, in.remaining()),
                 in.offset()};
  return header;
}

// A file of another make is not damaged: say what to install.
Status check_make(const Header& header) {
  if (header.format > kFormat)
    return Error{Code::unsupported,
                 fmt::format("the compiled content has format {}, this assay reads {}",
                             header.format, kFormat),
                 0,
                 {},
                 "install a newer assay"};
  if (header.engine > kEngine)
    return Error{Code::unsupported,
                 fmt::format("the content needs engine {}, this is {}", header.engine, kEngine),
                 0,
                 {},
                 "install a newer assay"};
  if (header.format < kFormat || header.fingerprint != schema_fingerprint())
    return Error{Code::unsupported,
                 "the compiled content was made by another version of assay",
                 0,
                 {},
                 "install content and program together, or: assay content build DIR -o FILE"};
  return Done{};
}

}  // namespace

std::uint64_t schema_fingerprint() {
  Namer namer;
  const Content content;
  walk(namer, content);
  const Digest digest = sha256(as_raw(namer.text()));
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < 8; ++i) out = out << 8 | std::to_integer<std::uint64_t>(digest[i]);
  return out;
}

std::string compile(const Content& content) {
  Writer writer;
  walk(writer, content);
  const std::string payload = writer.take();
  std::string out(kMagic);
  append_le(out, kFormat, 4);
  append_le(out, static_cast<std::uint64_t>(content.manifest.requires_engine), 4);
  append_le(out, schema_fingerprint(), 8);
  out += as_text(sha256(as_raw(payload)));
  append_le(out, payload.size(), 8);
  return out + payload;
}

Result<Content> open(Bytes bytes) {
  if (!as_text(bytes).starts_with(kMagic))
    return Error{
        Code::invalid, "not compiled content", 0, {}, "name a file that assay content build wrote"};
  if (bytes.size() > kMaxPayloadBytes)
    return Error{Code::limit,
                 fmt::format("compiled content is larger than {} bytes", kMaxPayloadBytes)};
  ByteReader in(bytes.subspan(kMagic.size()), kMagic.size());
  const Result<Header> header = read_header(in);
  if (!header.ok()) return damaged(header.error().what, header.error().offset);
  const Digest digest = sha256(in.rest());
  if (digest != header->digest)
    return damaged(
        fmt::format("its SHA-256 is {}, {} is expected", hex(digest), hex(header->digest)),
        in.offset());
  TRY(check_make(*header));
  Content content;
  Reader reader(in);
  walk(reader, content);
  if (reader.fault()) return damaged(reader.fault()->what, reader.fault()->offset);
  if (!reader.empty()) return damaged("bytes are left over at its end", in.offset());
  if (header->engine != content.manifest.requires_engine)
    return damaged("its head and its content name different engines", 0);
  for (Standard& standard : content.standards) {
    for (Clause& clause : standard.clauses) {
      clause.standard = standard.id;
      clause.id = standard.id + "/" + clause.code;
    }
  }
  content.digest = hex(digest);
  return content;
}

}  // namespace assay::content
