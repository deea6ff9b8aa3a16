// SPDX-License-Identifier: Apache-2.0
#include "formats/cbor/cbor.h"

#include <algorithm>

#include "base/strings.h"

namespace assay::formats::cbor {
namespace {

constexpr std::uint8_t kIndefinite = 31;  // RFC 8949 3.2
constexpr std::uint8_t kBreak = 0xff;

struct Head {
  std::uint8_t major = 0;       // 0 to 7
  std::uint8_t additional = 0;  // 0 to 31
  std::uint64_t argument = 0;
};

class Reader {
 public:
  Reader(Bytes in, const Limits& limits) : whole_(in), in_(in), limits_(limits) {}

  Result<Value> one(std::uint32_t depth) {
    const std::uint64_t at = in_.offset();
    if (depth > limits_.depth) return Error{Code::limit, "nested too deep", at};
    if (++items_ > limits_.items) return Error{Code::limit, "too many values", at};
    const Head head = TRY(read_head());
    Value out = TRY(body(head, depth));
    out.offset = at;
    out.size = in_.offset() - at;
    return out;
  }

  bool empty() const { return in_.empty(); }
  std::uint64_t offset() const { return in_.offset(); }

 private:
  Result<Head> read_head() {
    const std::uint64_t at = in_.offset();
    const std::uint8_t first = TRY(in_.be<std::uint8_t>());
    Head head{static_cast<std::uint8_t>(first >> 5), static_cast<std::uint8_t>(first & 31), 0};
    switch (head.additional) {
      case 24: head.argument = TRY(in_.be<std::uint8_t>()); break;
      case 25: head.argument = TRY(in_.be<std::uint16_t>()); break;
      case 26: head.argument = TRY(in_.be<std::uint32_t>()); break;
      case 27: head.argument = TRY(in_.be<std::uint64_t>()); break;
      case 28:
      case 29:
      case 30: return Error{Code::invalid, "reserved length of a value", at};
      default: head.argument = head.additional;
    }
    const bool may_be_indefinite = head.major >= 2 && head.major <= 5;
    if (head.additional == kIndefinite && !may_be_indefinite)
      return Error{Code::invalid, "a value that cannot be of open length is", at};
    return head;
  }

  Result<Value> body(const Head& head, std::uint32_t depth) {
    switch (head.major) {
      case 0: return number(Kind::positive, head);
      case 1: return number(Kind::negative, head);
      case 2: return string(Kind::bytes, head);
      case 3: return string(Kind::text, head);
      case 4: return list(Kind::array, head, depth);
      case 5: return map(head, depth);
      case 6: return tag(head, depth);
      default: return number(head.additional >= 25 ? Kind::floating : Kind::simple, head);
    }
  }

  static Value number(Kind kind, const Head& head) {
    Value out;
    out.kind = kind;
    out.number = head.argument;
    return out;
  }

  Result<Value> string(Kind kind, const Head& head) {
    const std::uint64_t at = in_.offset();
    Value out = number(kind, {});
    if (head.additional != kIndefinite) {
      out.data = as_text(TRY(in_.take(head.argument)));
    } else {
      while (!TRY(at_break())) {
        const std::uint64_t piece_at = in_.offset();
        const Head piece = TRY(read_head());
        if (piece.major != head.major || piece.additional == kIndefinite)
          return Error{Code::invalid, "a piece of a string is no string", piece_at};
        out.data += as_text(TRY(in_.take(piece.argument)));
      }
    }
    if (kind == Kind::text && !valid_utf8(out.data))
      return Error{Code::invalid, "text is not UTF-8", at};
    return out;
  }

  Result<Value> list(Kind kind, const Head& head, std::uint32_t depth) {
    Value out = number(kind, {});
    if (head.additional == kIndefinite) {
      while (!TRY(at_break())) out.items.push_back(TRY(one(depth + 1)));
      return out;
    }
    // A count is only believed value by value: each takes a byte of the input.
    for (std::uint64_t i = 0; i < head.argument; ++i) out.items.push_back(TRY(one(depth + 1)));
    return out;
  }

  Result<Value> map(Head head, std::uint32_t depth) {
    const std::uint64_t at = in_.offset();
    if (head.additional != kIndefinite && head.argument > in_.remaining() / 2)
      return Error{Code::invalid, "ends too early", at};
    head.argument *= 2;
    Value out = TRY(list(Kind::map, head, depth));
    if (out.items.size() % 2 != 0) return Error{Code::invalid, "a key without a value", at};
    TRY(unlike_keys(out, at));
    return out;
  }

  // Readers differ in which of two equal keys they take, so there may be none.
  Status unlike_keys(const Value& map, std::uint64_t at) const {
    std::vector<std::string_view> keys;
    for (std::size_t i = 0; i < map.items.size(); i += 2)
      keys.push_back(as_text(whole_).substr(map.items[i].offset, map.items[i].size));
    std::sort(keys.begin(), keys.end());
    if (std::adjacent_find(keys.begin(), keys.end()) != keys.end())
      return Error{Code::invalid, "a key stands twice", at};
    return Done{};
  }

  Result<Value> tag(const Head& head, std::uint32_t depth) {
    Value out = number(Kind::tag, head);
    out.items.push_back(TRY(one(depth + 1)));
    return out;
  }

  // Takes the break that ends a value of open length, if it stands here.
  Result<bool> at_break() {
    if (in_.empty()) return Error{Code::invalid, "ends too early", in_.offset()};
    if (in_.rest().front() != std::byte{kBreak}) return false;
    TRY(in_.take(1));
    return true;
  }

  Bytes whole_;
  ByteReader in_;
  Limits limits_;
  std::uint64_t items_ = 0;
};

// The value whose key `matches`.
template <class Match>
const Value* find_key(const Value& map, Match matches) {
  if (map.kind != Kind::map) return nullptr;
  for (std::size_t i = 0; i + 1 < map.items.size(); i += 2)
    if (matches(map.items[i])) return &map.items[i + 1];
  return nullptr;
}

}  // namespace

const Value* Value::find(std::string_view key) const {
  return find_key(*this, [&](const Value& k) { return k.kind == Kind::text && k.data == key; });
}

const Value* Value::find(std::int64_t key) const {
  const Kind want = key < 0 ? Kind::negative : Kind::positive;
  const auto argument = static_cast<std::uint64_t>(key < 0 ? -1 - key : key);
  return find_key(*this, [&](const Value& k) { return k.kind == want && k.number == argument; });
}

const Value* Value::find(std::string_view key, Kind of) const {
  const Value* out = find(key);
  return out != nullptr && out->kind == of ? out : nullptr;
}

std::string_view Value::text(std::string_view key) const {
  const Value* out = find(key, Kind::text);
  return out == nullptr ? std::string_view() : std::string_view(out->data);
}

const std::vector<Value>& Value::array(std::string_view key) const {
  static const std::vector<Value> kNone;
  const Value* out = find(key, Kind::array);
  return out == nullptr ? kNone : out->items;
}

Result<Value> read(Bytes in, const Limits& limits) {
  Reader reader(in, limits);
  Value out = TRY(reader.one(0));
  if (!reader.empty()) return Error{Code::invalid, "bytes after the value", reader.offset()};
  return out;
}

}  // namespace assay::formats::cbor
