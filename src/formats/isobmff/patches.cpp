// SPDX-License-Identifier: Apache-2.0
#include "formats/isobmff/patches.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace assay::formats::isobmff {

void Patches::replace(const Path& around, std::uint64_t offset, std::uint64_t size,
                      std::string bytes) {
  if (size == bytes.size()) return overwrite(offset, std::move(bytes));
  replaced_.push_back({offset, size, std::move(bytes)});
  for (const Box& box : around) {
    Grown& grown = grown_[box.offset];
    grown.box = box;
    grown.by += replaced_.back().growth();
  }
}

std::uint64_t Patches::moved(std::uint64_t offset) const {
  std::uint64_t out = offset;
  for (const Patch& patch : replaced_)
    if (patch.offset <= offset && patch.size <= offset - patch.offset)
      out += static_cast<std::uint64_t>(patch.growth());
  return out;
}

std::int64_t Patches::growth() const {
  std::int64_t out = 0;
  for (const Patch& patch : replaced_) out += patch.growth();
  return out;
}

Result<Splice> Patches::splice(std::uint64_t file_size) const {
  std::vector<Patch> all = replaced_;
  all.insert(all.end(), overwritten_.begin(), overwritten_.end());
  for (const auto& [offset, grown] : grown_) {
    if (grown.box.open) continue;
    const std::uint64_t size = grown.box.size + static_cast<std::uint64_t>(grown.by);
    const bool wide = grown.box.header == 16;
    if (!wide && size > std::numeric_limits<std::uint32_t>::max())
      return Error{Code::unsupported, "box would be too large for its size field", offset};
    all.push_back({wide ? offset + 8 : offset, wide ? 8u : 4u, big_endian(size, wide ? 8 : 4)});
  }
  std::stable_sort(all.begin(), all.end(), [](const Patch& a, const Patch& b) {
    return std::tuple(a.offset, a.size) < std::tuple(b.offset, b.size);
  });
  Splice out;
  std::uint64_t at = 0;
  for (const Patch& patch : all) {
    if (patch.offset < at || patch.offset > file_size || patch.size > file_size - patch.offset)
      return Error{Code::unsupported, "boxes overlap", std::min(at, file_size)};
    out.keep(at, patch.offset - at);
    out.put(patch.bytes);
    at = patch.offset + patch.size;
  }
  out.keep(at, file_size - at);
  return out;
}

}  // namespace assay::formats::isobmff
