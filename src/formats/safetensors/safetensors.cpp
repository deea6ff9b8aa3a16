// SPDX-License-Identifier: Apache-2.0
#include "formats/safetensors/safetensors.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string_view>

namespace assay::formats::safetensors {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kLengthBytes = 8;
constexpr std::uint64_t kMaxDimensions = 64;

struct DtypeBits {
  std::string_view name;
  std::uint64_t bits;
};

constexpr std::array<DtypeBits, 22> kDtypes = {{
    {"BOOL", 8},        {"F4", 4},      {"F6_E2M3", 6}, {"F6_E3M2", 6}, {"U8", 8},
    {"I8", 8},          {"F8_E5M2", 8}, {"F8_E4M3", 8}, {"F8_E8M0", 8}, {"F8_E4M3FNUZ", 8},
    {"F8_E5M2FNUZ", 8}, {"I16", 16},    {"U16", 16},    {"F16", 16},    {"BF16", 16},
    {"I32", 32},        {"U32", 32},    {"F32", 32},    {"C64", 64},    {"F64", 64},
    {"I64", 64},        {"U64", 64},
}};

enum class Key : std::uint8_t { none, dtype, shape, offsets };

// Reads the header as events, so that keys that stand twice are seen and nothing nests deeper than
// the format does. Levels: 1 the header, 2 a tensor or the metadata, 3 a list.
class Header : public nlohmann::json_sax<Json> {
 public:
  explicit Header(const Limits& limits) : limits_(limits) {}

  std::vector<Tensor> tensors;
  std::string broken;
  bool too_many = false;

  bool null() override { return fail("null is no value here"); }
  bool boolean(bool) override { return fail("true and false are no values here"); }
  bool number_integer(number_integer_t) override { return fail("negative number"); }
  bool number_float(number_float_t, const string_t&) override {
    return fail("number with a point");
  }
  bool binary(binary_t&) override { return fail("binary value"); }

  bool number_unsigned(number_unsigned_t value) override {
    if (level_ != 3) return fail("number out of place");
    std::vector<std::uint64_t>& list = key_ == Key::shape ? shape_ : offsets_;
    if (list.size() >= kMaxDimensions) return fail("list is too long");
    list.push_back(value);
    return true;
  }

  bool string(string_t& value) override {
    if (level_ == 2 && in_metadata_) return true;
    if (level_ != 2 || key_ != Key::dtype) return fail("text out of place");
    tensors.back().dtype = value;
    return true;
  }

  bool start_object(std::size_t) override {
    if (level_ > 1 || (level_ == 1 && !named_)) return fail("object out of place");
    ++level_;
    keys_ = {};
    return true;
  }

  bool end_object() override {
    --level_;
    if (level_ == 0 || in_metadata_) {
      in_metadata_ = false;
      return true;
    }
    return finish_tensor();
  }

  bool start_array(std::size_t) override {
    if (level_ != 2 || in_metadata_ || (key_ != Key::shape && key_ != Key::offsets))
      return fail("list out of place");
    ++level_;
    return true;
  }

  bool end_array() override {
    --level_;
    return true;
  }

  bool key(string_t& name) override {
    if (level_ == 1) return start_entry(name);
    if (!keys_.insert(name).second) return fail("a key stands twice");
    if (in_metadata_) return true;
    key_ = name == "dtype"          ? Key::dtype
           : name == "shape"        ? Key::shape
           : name == "data_offsets" ? Key::offsets
                                    : Key::none;
    return key_ != Key::none || fail("unknown key of a tensor");
  }

  bool parse_error(std::size_t, const std::string&, const Json::exception&) override {
    return fail("header is not JSON");
  }

 private:
  bool fail(std::string_view why) {
    if (broken.empty()) broken = why;
    return false;
  }

  bool start_entry(const std::string& name) {
    if (!names_.insert(name).second) return fail("a name stands twice");
    named_ = true;
    in_metadata_ = name == "__metadata__";
    if (in_metadata_) return true;
    if (tensors.size() >= limits_.tensors) {
      too_many = true;
      return fail("too many tensors");
    }
    tensors.push_back({name, {}, 0, 0});
    shape_.clear();
    offsets_.clear();
    return true;
  }

  bool finish_tensor() {
    Tensor& tensor = tensors.back();
    if (keys_.size() != 3) return fail("a tensor lacks a key");
    if (offsets_.size() != 2 || offsets_[0] > offsets_[1]) return fail("offsets are no range");
    tensor.begin = offsets_[0];
    tensor.end = offsets_[1];
    const std::optional<std::uint64_t> bytes = size_of(tensor.dtype);
    if (!bytes) return fail("unknown dtype, or a shape that is too large");
    return *bytes == tensor.end - tensor.begin || fail("offsets and shape disagree");
  }

  std::optional<std::uint64_t> size_of(std::string_view dtype) const {
    const auto row = std::find_if(kDtypes.begin(), kDtypes.end(),
                                  [&](const DtypeBits& d) { return d.name == dtype; });
    if (row == kDtypes.end()) return std::nullopt;
    std::uint64_t bits = row->bits;
    for (const std::uint64_t n : shape_)
      if (__builtin_mul_overflow(bits, n, &bits)) return std::nullopt;
    if (bits % 8 != 0) return std::nullopt;
    return bits / 8;
  }

  const Limits& limits_;
  int level_ = 0;
  bool named_ = false;
  bool in_metadata_ = false;
  Key key_ = Key::none;
  std::set<std::string> names_;
  std::set<std::string> keys_;  // of the object at hand
  std::vector<std::uint64_t> shape_;
  std::vector<std::uint64_t> offsets_;
};

Result<std::uint64_t> header_length(ByteSource& in) {
  ByteReader fixed(TRY(in.exactly(0, kLengthBytes)));
  return fixed.le<std::uint64_t>();
}

Status covers(std::vector<Tensor>& tensors, std::uint64_t data_bytes) {
  std::stable_sort(tensors.begin(), tensors.end(), [](const Tensor& a, const Tensor& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  std::uint64_t at = 0;
  for (const Tensor& tensor : tensors) {
    if (tensor.begin != at) return Error{Code::invalid, "tensors overlap or leave a hole"};
    at = tensor.end;
  }
  if (at != data_bytes) return Error{Code::invalid, "data and tensors do not end together"};
  return Done{};
}

}  // namespace

Result<bool> sniff(ByteSource& in) {
  if (in.size() < kLengthBytes + 2) return false;
  const std::uint64_t length = TRY(header_length(in));
  const Bytes first = TRY(in.view(kLengthBytes, 1));
  return length >= 2 && length <= in.size() - kLengthBytes && as_text(first) == "{";
}

Result<Safetensors> read(ByteSource& in, const Limits& limits) {
  const std::uint64_t length = TRY(header_length(in));
  if (length > in.size() - kLengthBytes) return Error{Code::invalid, "header is cut short", 0};
  if (length > limits.header_bytes) return Error{Code::limit, "header is too long", 0};
  const std::string text = TRY(in.copy(kLengthBytes, length));
  if (!text.starts_with('{')) return Error{Code::invalid, "header is no object", kLengthBytes};
  Header header(limits);
  const bool parsed = Json::sax_parse(text, &header);
  if (header.too_many) return Error{Code::limit, header.broken, kLengthBytes};
  if (!parsed || !header.broken.empty()) return Error{Code::invalid, header.broken, kLengthBytes};
  Safetensors out;
  out.tensors = std::move(header.tensors);
  out.data_offset = kLengthBytes + length;
  TRY(covers(out.tensors, in.size() - out.data_offset));
  return out;
}

}  // namespace assay::formats::safetensors
