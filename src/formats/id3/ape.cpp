// SPDX-License-Identifier: Apache-2.0
#include "formats/id3/ape.h"

namespace assay::formats::id3 {
namespace {

constexpr std::string_view kMagic = "APETAGEX";
constexpr std::size_t kSizeAt = 12;   // in a footer: size, count, flags
constexpr std::size_t kFlagsAt = 20;  // of which the highest byte is the last
constexpr std::uint32_t kHasHeader = 0x8000'0000;
constexpr std::uint8_t kIsHeader = 0x20;  // of that byte

void put_le(std::string& out, std::uint64_t value) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(value >> shift);
}

Result<ApeItem> read_item(ByteReader& in) {
  ApeItem out;
  out.offset = in.offset();
  const std::uint32_t size = TRY(in.le<std::uint32_t>());
  out.flags = TRY(in.le<std::uint32_t>());
  out.key = as_text(TRY(in.until(std::byte{0})));
  out.value = as_text(TRY(in.take(size)));
  return out;
}

Status read_items(ByteReader in, std::uint32_t count, const MediaLimits& limits, ApeTag& tag) {
  for (std::uint32_t i = 0; i < count; ++i) {
    if (i >= limits.elements) return Error{Code::limit, "too many elements", in.offset()};
    tag.items.push_back(TRY(read_item(in)));
  }
  if (!in.empty()) return Error{Code::invalid, "bytes behind the last item", in.offset()};
  return Done{};
}

}  // namespace

Result<std::optional<ApeTag>> read_ape(ByteSource& in, std::uint64_t start, std::uint64_t end,
                                       const MediaLimits& limits) {
  if (end < start || end - start < kApeFooter) return std::optional<ApeTag>();
  ApeTag tag{end - kApeFooter, kApeFooter, TRY(in.copy(end - kApeFooter, kApeFooter))};
  if (!tag.footer.starts_with(kMagic)) return std::optional<ApeTag>();
  ByteReader fields(as_raw(tag.footer).subspan(kSizeAt));
  const std::uint64_t size = TRY(fields.le<std::uint32_t>());
  const std::uint32_t count = TRY(fields.le<std::uint32_t>());
  tag.header = (TRY(fields.le<std::uint32_t>()) & kHasHeader) != 0;
  const std::uint64_t whole = size + (tag.header ? kApeFooter : 0);
  if (size < kApeFooter || whole > end - start) {
    tag.broken = "tag begins outside";
    return std::optional<ApeTag>(std::move(tag));
  }
  if (size > limits.total_bytes) return Error{Code::limit, "tag is too long", tag.offset};
  tag.offset = end - whole;
  tag.size = whole;
  const Bytes items = TRY(in.exactly(end - size, size - kApeFooter));
  const Status done = read_items(ByteReader(items, end - size), count, limits, tag);
  if (!done.ok() && done.error().code != Code::invalid) return done.error();
  if (!done.ok()) tag.broken = done.error().what;
  return std::optional<ApeTag>(std::move(tag));
}

std::string ApeTag::bytes() const {
  std::string body;
  for (const ApeItem& item : items) {
    put_le(body, item.value.size());
    put_le(body, item.flags);
    body += item.key + '\0' + item.value;
  }
  std::string sizes;
  put_le(sizes, body.size() + kApeFooter);
  put_le(sizes, items.size());
  std::string end = footer;
  end.replace(kSizeAt, sizes.size(), sizes);
  if (!header) return body + end;
  std::string begin = end;
  begin[kFlagsAt + 3] = static_cast<char>(begin[kFlagsAt + 3] | kIsHeader);
  return begin + body + end;
}

}  // namespace assay::formats::id3
