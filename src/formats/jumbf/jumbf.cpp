// SPDX-License-Identifier: Apache-2.0
#include "formats/jumbf/jumbf.h"

#include "base/strings.h"

namespace assay::formats::jumbf {
namespace {

// ISO 19566-5 A.3: the toggles of a description box.
constexpr std::uint8_t kHasLabel = 0x02;

class Reader {
 public:
  explicit Reader(const Limits& limits) : limits_(limits) {}

  // The next box, whose content `in` is left behind.
  Result<Box> one(ByteReader& in, std::uint32_t depth) {
    Box box;
    box.offset = in.offset();
    if (depth > limits_.depth) return Error{Code::limit, "nested too deep", box.offset};
    if (++boxes_ > limits_.boxes) return Error{Code::limit, "too many boxes", box.offset};
    ByteReader content = TRY(enter(in, box));
    if (box.is_superbox()) TRY(read_superbox(content, box, depth));
    return box;
  }

 private:
  static Result<ByteReader> enter(ByteReader& in, Box& box) {
    const std::uint32_t short_size = TRY(in.be<std::uint32_t>());
    box.type = as_text(TRY(in.take(4)));
    std::uint64_t size = short_size;
    if (short_size == 1) size = TRY(in.be<std::uint64_t>());
    box.content = in.offset();
    const std::uint64_t head = box.content - box.offset;
    if (short_size == 0) size = head + in.remaining();  // to the end of what holds it
    if (size < head) return Error{Code::invalid, "box is shorter than its head", box.offset};
    if (size - head > in.remaining())
      return Error{Code::invalid, "box ends after what holds it", box.offset};
    box.end = box.offset + size;
    return in.sub(size - head);
  }

  Status read_superbox(ByteReader& in, Box& box, std::uint32_t depth) {
    Box description;
    description.offset = in.offset();
    ByteReader content = TRY(enter(in, description));
    if (description.type != "jumd")
      return Error{Code::invalid, "superbox without a description", description.offset};
    box.uuid = as_text(TRY(content.take(16)));
    const std::uint8_t toggles = TRY(content.be<std::uint8_t>());
    if ((toggles & kHasLabel) != 0) {
      const std::uint64_t at = content.offset();
      box.label = as_text(TRY(content.until(std::byte{0})));
      if (!valid_utf8(box.label)) return Error{Code::invalid, "text is not UTF-8", at};
    }
    while (!in.empty()) box.boxes.push_back(TRY(one(in, depth + 1)));
    return Done{};
  }

  Limits limits_;
  std::uint64_t boxes_ = 0;
};

}  // namespace

Bytes Box::bytes(Bytes input) const {
  return input.subspan(static_cast<std::size_t>(content), static_cast<std::size_t>(end - content));
}

const Box* Box::superbox(std::string_view wanted) const {
  for (const Box& box : boxes)
    if (box.is_superbox() && box.label == wanted) return &box;
  return nullptr;
}

const Box* Box::content_box(std::string_view wanted) const {
  for (const Box& box : boxes)
    if (box.type == wanted) return &box;
  return nullptr;
}

Result<Box> read(Bytes in, const Limits& limits) {
  ByteReader bytes(in);
  Box box = TRY(Reader(limits).one(bytes, 0));
  if (!box.is_superbox()) return Error{Code::invalid, "does not begin with a superbox", 0};
  return box;
}

}  // namespace assay::formats::jumbf
