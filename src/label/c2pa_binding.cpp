// SPDX-License-Identifier: Apache-2.0
#include "label/c2pa_binding.h"

#include <algorithm>
#include <array>

#include "label/c2pa_bmff.h"

namespace assay::label {
namespace {

namespace cbor = formats::cbor;
using cbor::Kind;
using cbor::Value;

constexpr std::uint64_t kWindow = std::uint64_t{1} << 20;

Status hash_range(ByteSource& file, ByteRange range, Hasher& hash) {
  while (range.size > 0) {
    const Bytes some = TRY(file.exactly(range.offset, std::min(range.size, kWindow)));
    hash.update(some);
    range.offset += some.size();
    range.size -= some.size();
  }
  return Done{};
}

Result<std::uint64_t> whole_number(const Value& map, std::string_view key) {
  const Value* value = map.find(key, Kind::positive);
  if (value == nullptr) return Error{Code::invalid, "an exclusion is not two numbers", map.offset};
  return value->number;
}

Result<std::uint64_t> size_within(const ByteRange& range, std::uint64_t size) {
  if (range.offset > size || range.size > size - range.offset)
    return Error{Code::invalid, "an exclusion lies outside the file", 0};
  return range.offset + range.size;
}

// Sorted, inside the file and without overlap.
Status put_in_order(std::vector<ByteRange>& ranges, std::uint64_t file_size) {
  std::sort(ranges.begin(), ranges.end(),
            [](const ByteRange& a, const ByteRange& b) { return a.offset < b.offset; });
  std::uint64_t end = 0;
  for (const ByteRange& range : ranges) {
    if (range.offset < end) return Error{Code::invalid, "exclusions overlap", 0};
    end = TRY(size_within(range, file_size));
  }
  return Done{};
}

// Bytes of `ranges` that lie in none of `store`.
std::uint64_t outside(const std::vector<ByteRange>& ranges, const std::vector<ByteRange>& store) {
  std::uint64_t out = 0;
  for (const ByteRange& range : ranges) {
    out += range.size;
    for (const ByteRange& own : store) {
      const std::uint64_t begin = std::max(range.offset, own.offset);
      const std::uint64_t end = std::min(range.offset + range.size, own.offset + own.size);
      if (begin < end) out -= end - begin;
    }
  }
  return out;
}

// --- c2pa.hash.data: the file without ranges given as numbers

Result<Binding> check_data(ByteSource& file, const Value& assertion, HashAlgorithm algorithm,
                           const std::vector<ByteRange>& store) {
  std::vector<ByteRange> excluded;
  for (const Value& one : assertion.array("exclusions")) {
    const std::uint64_t start = TRY(whole_number(one, "start"));
    excluded.push_back({start, TRY(whole_number(one, "length"))});
  }
  TRY(put_in_order(excluded, file.size()));
  Hasher hash(algorithm);
  std::uint64_t at = 0;
  for (const ByteRange& range : excluded) {
    TRY(hash_range(file, {at, range.offset - at}, hash));
    at = range.offset + range.size;
  }
  TRY(hash_range(file, {at, file.size() - at}, hash));
  const Value* want = assertion.find("hash", Kind::bytes);
  return Binding{want != nullptr && want->data == hash.finish(), outside(excluded, store)};
}

// --- c2pa.hash.bmff.v2 and .v3: the file without boxes given by paths; before each box of the top
// that is not left out whole stands its own offset, so that boxes cannot be moved

// Does the box have the bytes an exclusion asks for? Offsets count from the box's start.
Result<bool> has_data(ByteSource& file, const BmffBox& box, const Value& exclusion) {
  for (const Value& one : exclusion.array("data")) {
    const Value* offset = one.find("offset", Kind::positive);
    const Value* value = one.find("value", Kind::bytes);
    if (offset == nullptr || value == nullptr)
      return Error{Code::invalid, "an exclusion of boxes breaks its layout", 0};
    const std::uint64_t size = value->data.size();
    if (offset->number > box.size() || size > box.size() - offset->number) return false;
    const Bytes have = TRY(file.exactly(box.offset + offset->number, size));
    if (as_text(have) != value->data) return false;
  }
  return true;
}

// The version and flags of a FullBox, where the exclusion asks for them.
Result<bool> has_version(ByteSource& file, const BmffBox& box, const Value& exclusion) {
  const Value* version = exclusion.find("version", Kind::positive);
  const Value* flags = exclusion.find("flags", Kind::bytes);
  if (version == nullptr && flags == nullptr) return true;
  if (box.end - box.content < 4) return false;
  const std::string have = TRY(file.copy(box.content, 4));
  if (version != nullptr && version->number != static_cast<std::uint8_t>(have[0])) return false;
  if (flags == nullptr) return true;
  if (flags->data.size() != 3)
    return Error{Code::invalid, "an exclusion of boxes breaks its layout", 0};
  const Value* exact = exclusion.find("exact");
  const bool subset = exact != nullptr && exact->kind == Kind::simple && exact->number == 20;
  for (std::size_t i = 0; i < 3; ++i) {
    const char want = flags->data[i];
    if (subset ? (have[i + 1] & want) != want : have[i + 1] != want) return false;
  }
  return true;
}

Result<bool> applies(ByteSource& file, const BmffBox& box, const Value& exclusion) {
  const Value* length = exclusion.find("length", Kind::positive);
  if (length != nullptr && length->number != box.size()) return false;
  if (!TRY(has_version(file, box, exclusion))) return false;
  return has_data(file, box, exclusion);
}

// The whole box, or the parts of it that the exclusion names.
Status add_ranges(const BmffBox& box, const Value& exclusion, std::vector<ByteRange>& out) {
  const Value* subset = exclusion.find("subset", Kind::array);
  if (subset == nullptr) {
    out.push_back({box.offset, box.size()});
    return Done{};
  }
  for (const Value& one : subset->items) {
    const std::uint64_t offset = TRY(whole_number(one, "offset"));
    const std::uint64_t length = TRY(whole_number(one, "length"));
    if (offset >= box.size()) continue;
    const std::uint64_t rest = box.size() - offset;
    out.push_back({box.offset + offset, length == 0 ? rest : std::min(length, rest)});
  }
  return Done{};
}

// Overlap is allowed here: a box may lie in one that is left out as well.
std::vector<ByteRange> merged(std::vector<ByteRange> ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const ByteRange& a, const ByteRange& b) { return a.offset < b.offset; });
  std::vector<ByteRange> out;
  for (const ByteRange& range : ranges) {
    if (out.empty() || range.offset > out.back().offset + out.back().size) {
      out.push_back(range);
    } else {
      const std::uint64_t end =
          std::max(out.back().offset + out.back().size, range.offset + range.size);
      out.back().size = end - out.back().offset;
    }
  }
  return out;
}

Result<std::vector<ByteRange>> excluded_boxes(ByteSource& file, const Value& assertion) {
  constexpr std::size_t kMaxExclusions = 100;
  std::vector<ByteRange> out;
  const std::vector<Value>& exclusions = assertion.array("exclusions");
  if (exclusions.size() > kMaxExclusions) return Error{Code::limit, "too many exclusions", 0};
  for (const Value& exclusion : exclusions)
    for (const BmffBox& box : TRY(bmff_find(file, exclusion.text("xpath"))))
      if (TRY(applies(file, box, exclusion))) TRY(add_ranges(box, exclusion, out));
  return merged(std::move(out));
}

std::string big_endian(std::uint64_t value) {
  std::string out;
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
  return out;
}

// What of a box is not left out. `next` is the first exclusion that may touch it.
Status hash_box(ByteSource& file, const BmffBox& box, const std::vector<ByteRange>& excluded,
                std::size_t& next, Hasher& hash) {
  while (next < excluded.size() && excluded[next].offset + excluded[next].size <= box.offset)
    ++next;
  const auto end_of = [&](std::size_t i) { return excluded[i].offset + excluded[i].size; };
  std::size_t i = next;
  if (i < excluded.size() && excluded[i].offset <= box.offset && end_of(i) >= box.end)
    return Done{};
  hash.update(as_raw(big_endian(box.offset)));
  std::uint64_t at = box.offset;
  for (; i < excluded.size() && excluded[i].offset < box.end; ++i) {
    const std::uint64_t begin = std::max(at, excluded[i].offset);
    TRY(hash_range(file, {at, begin - at}, hash));
    at = std::min(end_of(i), box.end);
  }
  return hash_range(file, {at, box.end - at}, hash);
}

Result<Binding> check_bmff(ByteSource& file, const Value& assertion, HashAlgorithm algorithm,
                           const std::vector<ByteRange>& store) {
  if (assertion.find("merkle") != nullptr)
    return Error{Code::unsupported, "hashes of fragments (Merkle trees) are not computed", 0};
  const std::vector<ByteRange> excluded = TRY(excluded_boxes(file, assertion));
  const std::vector<BmffBox> boxes = TRY(bmff_boxes(file, 0, file.size()));
  Hasher hash(algorithm);
  std::size_t next = 0;
  for (const BmffBox& box : boxes) TRY(hash_box(file, box, excluded, next, hash));
  // ftyp and mfra are left out of every hash, so only others are worth a word.
  std::vector<ByteRange> usual = store;
  for (const BmffBox& box : boxes)
    if (box.type == "ftyp" || box.type == "mfra") usual.push_back({box.offset, box.size()});
  const Value* want = assertion.find("hash", Kind::bytes);
  return Binding{want != nullptr && want->data == hash.finish(), outside(excluded, usual)};
}

Result<Binding> not_computed(ByteSource&, const Value&, HashAlgorithm,
                             const std::vector<ByteRange>&) {
  return Error{Code::unsupported, "a content hash of this kind is not computed", 0};
}

struct Row {
  std::string_view label;
  Result<Binding> (*check)(ByteSource& file, const Value& assertion, HashAlgorithm algorithm,
                           const std::vector<ByteRange>& store);
};

constexpr std::array<Row, 7> kBindings = {{
    {"c2pa.hash.data", check_data},
    {"c2pa.hash.bmff", not_computed},  // the first version, which C2PA gave up
    {"c2pa.hash.bmff.v2", check_bmff},
    {"c2pa.hash.bmff.v3", check_bmff},
    {"c2pa.hash.boxes", not_computed},
    {"c2pa.hash.collection.data", not_computed},
    {"c2pa.hash.multi-asset", not_computed},
}};

const Row* row_of(std::string_view label) {
  const auto row = std::find_if(kBindings.begin(), kBindings.end(),
                                [&](const Row& one) { return one.label == label; });
  return row == kBindings.end() ? nullptr : &*row;
}

}  // namespace

std::optional<HashAlgorithm> hash_named(std::string_view name) {
  if (name == "sha256") return HashAlgorithm::sha256;
  if (name == "sha384") return HashAlgorithm::sha384;
  if (name == "sha512") return HashAlgorithm::sha512;
  return std::nullopt;
}

bool is_binding(std::string_view label) { return row_of(label) != nullptr; }

Result<Binding> check_binding(ByteSource& file, std::string_view label, const Value& assertion,
                              std::string_view default_alg, const std::vector<ByteRange>& store) {
  const Row* row = row_of(label);
  if (row == nullptr) return Error{Code::internal, "not a content hash", 0};
  const std::string_view own = assertion.text("alg");
  const auto algorithm = hash_named(own.empty() ? default_alg : own);
  if (!algorithm.has_value())
    return Error{Code::unsupported, "the hash algorithm is not one of SHA-2", 0};
  return row->check(file, assertion, *algorithm, store);
}

}  // namespace assay::label
