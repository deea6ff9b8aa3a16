// SPDX-License-Identifier: Apache-2.0
//
// Follows one pickle stream as CPython's C loader would, on symbols instead of values: it knows of
// every value only what is needed to name each import and call. Nothing is built, so that a stream
// costs what its instructions cost.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "artifact/allow_list.h"
#include "base/byte_source.h"
#include "formats/pickle/pickle.h"

namespace assay::artifact {

struct PickleLimits {
  std::uint64_t instructions = 1'000'000'000;
  std::uint64_t stack = 1'000'000;
  std::uint64_t memo = 4'000'000;
  std::uint64_t names = 100'000;    // different imports of one stream
  std::uint64_t sites = 100'000;    // kept for listing; more are counted
  std::uint64_t streams = 100'000;  // of one file, nested ones too
  std::uint64_t nested_depth = 8;   // pickles inside the bytes of pickles
  std::uint64_t resyncs = 10'000;   // starts tried in bytes that are no stream
  std::uint64_t flaws = 1'000;      // reported of one file; more are counted
  std::stop_token stop = {};        // ends everything with Code::interrupted
};

// Why an import or call is not vouched for.
enum class Problem : std::uint8_t {
  none,
  unlisted_import,  // the name is not on the allow list
  computed_import,  // the name is not a literal of the stream
  unlisted_call,    // calls a name that is not on the list
  unknown_call,     // calls something that no import of the stream names
  argument,         // listed, but its argument rule is broken
  target,           // BUILD, SETITEM, APPEND or the like on a name or an unknown object
  extension,        // EXT1, EXT2, EXT4: the registry of the loading process decides
  persistent_id,    // a persistent id that is not PyTorch's storage tuple
};

// An instruction that imports, calls, or may call.
struct Site {
  formats::pickle::Op op{};
  std::uint64_t offset = 0;  // of the instruction, in the source
  std::string module;        // of the name imported or called; empty where none is known
  std::string name;
  Problem problem{};
};

// A persistent id of PyTorch's form ('storage', class, key, location, number of elements).
struct Storage {
  std::string type;  // "torch FloatStorage"
  std::string key;
  std::int64_t elements = 0;
};

struct Stream {
  std::uint64_t start = 0;
  std::uint64_t end = 0;        // behind STOP, or where it could not be followed
  bool followed = false;        // to its STOP
  std::string stopped_by;       // why not
  bool reads_two_ways = false;  // frames are crossed: C and Python loaders differ
  std::uint64_t instructions = 0;
  std::uint64_t imports = 0;
  std::uint64_t calls = 0;
  std::uint64_t unsafe = 0;  // sites with a problem
  std::vector<Site> sites;   // the first ones, up to the limit
  std::vector<Storage> storages;
  std::vector<formats::pickle::Span> nested;  // texts and bytes that begin like a pickle
};

// Code::io where the source cannot be read, Code::interrupted; anything else is said in the Stream.
Result<Stream> follow(ByteSource& in, std::uint64_t start, const AllowList& allow,
                      const PickleLimits& limits);

}  // namespace assay::artifact
