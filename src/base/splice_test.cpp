// SPDX-License-Identifier: Apache-2.0
#include "base/splice.h"

#include <gtest/gtest.h>

namespace assay {
namespace {

constexpr std::string_view kOld = "0123456789";

std::string applied(const Splice& splice) {
  MemorySource in(as_raw(kOld));
  const auto out = splice.apply(in, 100);
  return out.ok() ? *out : out.error().what;
}

TEST(Splice, PutsNewBytesBetweenOldOnes) {
  Splice splice;
  splice.keep(0, 4);
  splice.put("new");
  splice.put("er");
  splice.keep(8, 2);
  EXPECT_EQ(applied(splice), "0123newer89");
  EXPECT_EQ(splice.size(), 11u);
}

TEST(Splice, NeighbouringStretchesAreOne) {
  Splice splice;
  splice.keep(0, 4);
  splice.keep(4, 0);
  splice.put("");
  splice.keep(4, 6);
  EXPECT_EQ(splice.pieces().size(), 1u);
  EXPECT_EQ(applied(splice), kOld);
}

TEST(Splice, AStretchBeyondTheOldFileIsInvalid) {
  Splice splice;
  splice.keep(8, 3);
  MemorySource in(as_raw(kOld));
  EXPECT_EQ(splice.apply(in, 100).error().code, Code::invalid);
}

TEST(Splice, IsNotPutIntoMemoryOverTheLimit) {
  Splice splice;
  splice.keep(0, 10);
  MemorySource in(as_raw(kOld));
  EXPECT_EQ(splice.apply(in, 9).error().code, Code::limit);
}

}  // namespace
}  // namespace assay
