// SPDX-License-Identifier: Apache-2.0
//
// What loading a pickle would import and call, judged by an allow list. The bytes are disassembled;
// nothing is loaded, imported or built.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "artifact/pickle_machine.h"
#include "base/flaw.h"

namespace assay::artifact {

struct PickleReport {
  std::uint64_t streams = 0;               // of the file, and those inside its bytes
  std::uint64_t streams_not_followed = 0;  // to their end, or that loaders read differently
  std::uint64_t imports = 0;
  std::uint64_t calls = 0;
  std::uint64_t unsafe_calls = 0;  // imports and calls that nothing vouches for
  std::uint64_t flaws_dropped = 0;
  std::vector<Flaw> flaws;     // one for each kind and name, with the first place
  std::vector<Stream> listed;  // streams with what they import and call, up to the limits

  bool clean() const { return streams > 0 && unsafe_calls == 0 && streams_not_followed == 0; }
};

// Follows every stream in `in`: one after the other, in bytes and texts, and where one begins again
// in bytes that are none. `where` leads each flaw's place ("model.pt!archive/data.pkl").
Result<PickleReport> judge_pickle(ByteSource& in, std::string_view where, const AllowList& allow,
                                  const PickleLimits& limits);

// Whether the bytes begin with PROTO, as every stream of protocol 2 and later does.
Result<bool> begins_like_pickle(ByteSource& in);

// Whether the bytes do what a pickle does, whatever their name: a stream that ends properly, or
// imports something that has a name.
Result<bool> acts_like_pickle(ByteSource& in, const AllowList& allow, const PickleLimits& limits);

void add(PickleReport& sum, PickleReport part);

}  // namespace assay::artifact
