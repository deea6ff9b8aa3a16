// SPDX-License-Identifier: Apache-2.0
#include "artifact/pickle_calls.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

#include "artifact/pickle_flaws.h"
#include "base/messages.h"
#include "base/strings.h"

namespace assay::artifact {
namespace {

using formats::pickle::Op;
using formats::pickle::Span;

constexpr std::uint64_t kStep = 64 * 1024;

// Bytes of one element in a legacy PyTorch file (torch/csrc/Storage), by storage class.
constexpr std::array<std::pair<std::string_view, std::uint64_t>, 15> kElementBytes = {{
    {"torch FloatStorage", 4},
    {"torch DoubleStorage", 8},
    {"torch HalfStorage", 2},
    {"torch BFloat16Storage", 2},
    {"torch LongStorage", 8},
    {"torch IntStorage", 4},
    {"torch ShortStorage", 2},
    {"torch CharStorage", 1},
    {"torch ByteStorage", 1},
    {"torch BoolStorage", 1},
    {"torch ComplexFloatStorage", 8},
    {"torch ComplexDoubleStorage", 16},
    {"torch QInt8Storage", 1},
    {"torch QUInt8Storage", 1},
    {"torch QInt32Storage", 4},
}};

// The bytes that a legacy PyTorch file has after its last pickle: for each storage its number of
// elements (8 bytes), then the elements. 0: not such a file.
std::uint64_t storage_bytes(const std::unordered_map<std::string, Storage>& storages) {
  std::uint64_t total = 0;
  for (const auto& one : storages) {
    const Storage& storage = one.second;
    const auto row = std::find_if(kElementBytes.begin(), kElementBytes.end(),
                                  [&](const auto& r) { return r.first == storage.type; });
    if (row == kElementBytes.end()) return 0;
    const auto elements = static_cast<std::uint64_t>(storage.elements);
    if (elements > (UINT64_MAX / 2 - total) / row->second) return 0;
    total += 8 + elements * row->second;
  }
  return total;
}

// A name that a person could have written, to tell a stream from bytes that happen to decode.
bool is_identifier(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || static_cast<unsigned char>(c) >= 0x80;
  });
}

// Did the stream do anything that a loader would notice before it ended?
bool acts(const Stream& stream) {
  return std::any_of(stream.sites.begin(), stream.sites.end(), [](const Site& site) {
    return site.problem == Problem::extension || site.problem == Problem::computed_import ||
           (is_identifier(site.module) && is_identifier(site.name));
  });
}

// The next PROTO with a protocol that exists, or npos.
std::size_t find_proto(std::string_view block) {
  std::size_t at = 0;
  while ((at = block.find('\x80', at)) != std::string_view::npos && at + 1 < block.size()) {
    if (static_cast<unsigned char>(block[at + 1]) <= formats::pickle::kHighestProtocol) return at;
    ++at;
  }
  return std::string_view::npos;
}

class Follower {
 public:
  Follower(ByteSource& in, std::string_view where, const AllowList& allow,
           const PickleLimits& limits)
      : in_(in), where_(where), allow_(allow), limits_(limits) {}

  Result<PickleReport> run() {
    TRY(follow_file());
    while (!pending_.empty()) {
      const Pending next = std::move(pending_.back());
      pending_.pop_back();
      TRY(follow_nested(next));
    }
    return std::move(out_);
  }

 private:
  // Bytes inside a stream that begin like a pickle; offsets are those of the whole source.
  struct Pending {
    Span data;
    std::uint64_t depth = 1;
  };

  Status follow_file() {
    std::uint64_t at = 0;
    std::unordered_map<std::string, Storage> storages;
    while (at < in_.size()) {
      if (out_.streams >= limits_.streams) return too_many(at);
      Stream stream = TRY(follow(in_, at, allow_, limits_));
      for (const Storage& storage : stream.storages) storages.emplace(storage.key, storage);
      const bool first = at == 0;
      const bool followed = stream.followed;
      const std::uint64_t end = stream.end;
      if (!followed && !first && !acts(stream)) return tail(at, storages);
      absorb(std::move(stream), 0, 0);
      if (!followed) return resync(end + 1);
      at = end;
    }
    return Done{};
  }

  // Bytes after the last stream that are none: the storages of a legacy PyTorch file, or a gap.
  Status tail(std::uint64_t at, const std::unordered_map<std::string, Storage>& storages) {
    if (!storages.empty() && in_.size() - at == storage_bytes(storages)) return Done{};
    ++out_.streams_not_followed;
    flaw(FlawKind::trailing_bytes, at, std::to_string(in_.size() - at));
    return resync(at);
  }

  // Tries every PROTO in bytes that no stream covers, so that what hides there is named.
  Status resync(std::uint64_t at) {
    std::uint64_t tries = 0;
    while (at + 2 <= in_.size() && tries < limits_.resyncs) {
      const std::string block = TRY(in_.copy(at, kStep));
      const std::size_t found = find_proto(block);
      if (found == std::string::npos) {
        at += std::max<std::size_t>(block.size(), 2) - 1;
        continue;
      }
      ++tries;
      at += found;
      if (out_.streams >= limits_.streams) return too_many(at);
      Stream stream = TRY(follow(in_, at, allow_, limits_));
      const std::uint64_t end = stream.followed && acts(stream) ? stream.end : at + 1;
      if (acts(stream)) absorb(std::move(stream), 0, 0);
      at = end;
    }
    return Done{};
  }

  Status follow_nested(const Pending& next) {
    if (out_.streams >= limits_.streams) return too_many(next.data.offset);
    PartSource part(in_, next.data.offset, next.data.size);
    const Bytes head = TRY(part.view(0, 1));
    const bool binary = !head.empty() && head[0] == std::byte{0x80};
    Stream stream = TRY(follow(part, 0, allow_, limits_));
    if (!acts(stream) || (!binary && !stream.followed)) return Done{};
    if (next.depth > limits_.nested_depth) {
      ++out_.streams_not_followed;
      flaw(FlawKind::too_deep, next.data.offset, std::string());
      return Done{};
    }
    absorb(std::move(stream), next.data.offset, next.depth);
    return Done{};
  }

  Status too_many(std::uint64_t at) {
    ++out_.streams_not_followed;
    flaw(FlawKind::too_many_streams, at, std::to_string(limits_.streams));
    pending_.clear();
    return Done{};
  }

  // Adds what a stream did; its offsets are shifted to those of the whole source.
  void absorb(Stream stream, std::uint64_t shift, std::uint64_t depth) {
    ++out_.streams;
    out_.imports += stream.imports;
    out_.calls += stream.calls;
    out_.unsafe_calls += stream.unsafe;
    for (const Span& data : stream.nested)
      if (pending_.size() < limits_.streams)
        pending_.push_back({{data.offset + shift, data.size}, depth + 1});
    for (Site& site : stream.sites) {
      site.offset += shift;
      if (site.problem != Problem::none) report(site);
    }
    stream.start += shift;
    stream.end += shift;
    if (depth > 0) flaw(FlawKind::nested, stream.start, std::string());
    if (!stream.followed) flaw(FlawKind::not_followed, stream.end, in_both(stream.stopped_by));
    if (stream.reads_two_ways) flaw(FlawKind::two_ways, stream.start, std::string());
    if (!stream.followed || stream.reads_two_ways) ++out_.streams_not_followed;
    if (listed_sites_ + stream.sites.size() > limits_.sites) return;
    listed_sites_ += stream.sites.size();
    stream.nested = {};
    stream.storages = {};
    out_.listed.push_back(std::move(stream));
  }

  void report(const Site& site) {
    const std::string name = site.module.empty() ? std::string(formats::pickle::name(site.op))
                                                 : site.module + "." + site.name;
    flaw(kind_of(site.problem), site.offset, printable(name));
  }

  void flaw(FlawKind kind, std::uint64_t at, const std::string& subject) {
    flaw(kind, at, Text{subject, subject});
  }

  void flaw(FlawKind kind, std::uint64_t at, const Text& subject) {
    if (!said_.emplace(kind, subject.en).second) return;
    if (out_.flaws.size() >= limits_.flaws) {
      ++out_.flaws_dropped;
      return;
    }
    out_.flaws.push_back(make_flaw(kind, place(at), subject));
  }

  std::string place(std::uint64_t at) const {
    return where_.empty() ? fmt::format("byte {}", at) : fmt::format("{}, byte {}", where_, at);
  }

  ByteSource& in_;
  std::string where_;
  const AllowList& allow_;
  const PickleLimits& limits_;
  std::vector<Pending> pending_;
  std::set<std::pair<FlawKind, std::string>> said_;
  std::uint64_t listed_sites_ = 0;
  PickleReport out_;
};

}  // namespace

Result<PickleReport> judge_pickle(ByteSource& in, std::string_view where, const AllowList& allow,
                                  const PickleLimits& limits) {
  return Follower(in, where, allow, limits).run();
}

Result<bool> begins_like_pickle(ByteSource& in) {
  const std::string head = TRY(in.copy(0, 2));
  return find_proto(head) == 0;
}

Result<bool> acts_like_pickle(ByteSource& in, const AllowList& allow, const PickleLimits& limits) {
  if (in.size() == 0) return false;
  const bool begins = TRY(begins_like_pickle(in));
  const Stream stream = TRY(follow(in, 0, allow, limits));
  // A text stream may begin like any text: it must call something, or end where the bytes end.
  if (!stream.followed) return acts(stream) && (begins || stream.calls > 0);
  return begins || acts(stream) || stream.end == in.size();
}

void add(PickleReport& sum, PickleReport part) {
  sum.streams += part.streams;
  sum.streams_not_followed += part.streams_not_followed;
  sum.imports += part.imports;
  sum.calls += part.calls;
  sum.unsafe_calls += part.unsafe_calls;
  sum.flaws_dropped += part.flaws_dropped;
  std::move(part.flaws.begin(), part.flaws.end(), std::back_inserter(sum.flaws));
  std::move(part.listed.begin(), part.listed.end(), std::back_inserter(sum.listed));
}

}  // namespace assay::artifact
