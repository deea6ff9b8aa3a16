// SPDX-License-Identifier: Apache-2.0
//
// The members of a tar archive; README.md has the bytes.
#pragma once

#include <optional>
#include <string>

#include "base/byte_source.h"

namespace assay::formats::tar {

struct Limits {
  std::uint64_t headers = 1'000'000;
  std::uint64_t name_bytes = 1 << 16;  // of a long name, and of what pax says of a member
};

enum class Kind : std::uint8_t { file, folder, hard_link, other };

struct Member {
  Kind kind = Kind::file;
  std::string name;
  std::string target;        // of a hard link
  std::uint64_t header = 0;  // where it begins
  std::uint64_t offset = 0;  // of its bytes
  std::uint64_t size = 0;
};

// Is the first header one of a tar archive?
Result<bool> sniff(ByteSource& in);

class Reader {
 public:
  // Borrows both.
  Reader(ByteSource& in, const Limits& limits) : in_(in), limits_(limits) {}

  // The next member; nothing at the end.
  Result<std::optional<Member>> next();

 private:
  // What headers in front say of a member.
  struct Said {
    std::optional<std::string> name, target;
    std::optional<std::uint64_t> size;
    bool holes = false;
  };

  Result<std::string> text_of(const Member& member);
  Status read_pax(const Member& member, Said& said);

  ByteSource& in_;
  const Limits& limits_;
  std::uint64_t at_ = 0;
  std::uint64_t count_ = 0;
};

}  // namespace assay::formats::tar
