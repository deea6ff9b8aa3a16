// SPDX-License-Identifier: Apache-2.0
//
// Runs every src/formats/<format>/cases/<what>.<outcome>.hex: the outcome is `ok` or the name of
// the Code that the reader must return.
#include <gtest/gtest.h>

#include <array>
#include <map>

#include "base/hex_case.h"
#include "formats/cbor/cbor.h"
#include "formats/damage.h"
#include "formats/exif/exif.h"
#include "formats/jumbf/jumbf.h"
#include "formats/npy/npy.h"
#include "formats/pickle/pickle.h"
#include "formats/safetensors/safetensors.h"
#include "formats/tar/tar.h"
#include "formats/xmp/xmp.h"
#include "formats/zip_archive.h"

namespace assay::formats {
namespace {

template <class T>
Status done(const Result<T>& result) {
  if (!result.ok()) return result.error();
  return Done{};
}

Status read_cbor(Bytes bytes) { return done(cbor::read(bytes, {.items = 90, .depth = 16})); }
Status read_jumbf(Bytes bytes) { return done(jumbf::read(bytes, {.boxes = 20, .depth = 4})); }
Status read_exif(Bytes bytes) {
  return done(exif::read(bytes, {.entries = 20, .value_bytes = 4096}));
}
Status read_xmp(Bytes bytes) {
  return done(xmp::find(bytes, "AIGC",
                        {.packet_bytes = 8192, .nodes = 1000, .depth = 30, .properties = 30}));
}
Status read_npy(Bytes bytes) {
  MemorySource in(bytes);
  return done(npy::read(in, {.header_bytes = 4096}));
}
Status read_safetensors(Bytes bytes) {
  MemorySource in(bytes);
  return done(safetensors::read(in, {.header_bytes = 8192, .tensors = 30}));
}
Status read_zip(Bytes bytes) {
  MemorySource in(bytes);
  const auto archive = zip::read(in, {.entries = 30, .directory_bytes = 4096});
  if (!archive.ok()) return archive.error();
  for (const zip::Entry& entry : archive->entries) {
    const Result<std::string> data = zip::unpack(in, entry, 4096);
    if (!data.ok() && data.error().code == Code::internal) return data.error();
    if (data.ok() && data->size() > 4096) return Error{Code::internal, "over the limit"};
  }
  return Done{};
}
Status read_tar(Bytes bytes) {
  MemorySource in(bytes);
  const tar::Limits limits{.headers = 30, .name_bytes = 4096};
  tar::Reader reader(in, limits);
  while (true) {
    const auto member = reader.next();
    if (!member.ok()) return member.error();
    if (!*member) return Done{};
    const auto& one = **member;
    if (one.offset > bytes.size() || one.size > bytes.size() - one.offset)
      return Error{Code::internal, "a member lies behind the end"};
  }
}
Status read_pickle(Bytes bytes) {
  MemorySource in(bytes);
  pickle::Disassembler code(in, 0);
  while (true) {
    const auto instruction = code.next();
    if (!instruction.ok()) return instruction.error();
    if (instruction->op == pickle::Op::stop) return Done{};
  }
}

struct Format {
  std::string_view name;
  Status (*read)(Bytes bytes);
};

constexpr std::array<Format, 9> kFormats = {{
    {"cbor", read_cbor},
    {"exif", read_exif},
    {"jumbf", read_jumbf},
    {"npy", read_npy},
    {"pickle", read_pickle},
    {"safetensors", read_safetensors},
    {"tar", read_tar},
    {"xmp", read_xmp},
    {"zip", read_zip},
}};

struct Case {
  Format format;
  fs::path file;
};

std::vector<Case> all_cases() {
  std::vector<Case> out;
  for (const Format& format : kFormats)
    for (const fs::path& file :
         hex_cases(fs::path(ASSAY_SOURCE_DIR) / "src/formats" / format.name / "cases"))
      out.push_back({format, file});
  return out;
}

class FormatCase : public testing::TestWithParam<Case> {};

TEST_P(FormatCase, EndsAsItsNameSays) {
  const auto bytes = read_hex_case(GetParam().file);
  ASSERT_TRUE(bytes.ok()) << bytes.error().text();
  const Status status = GetParam().format.read(as_raw(*bytes));
  EXPECT_EQ(status.ok() ? "ok" : name(status.error().code), outcome_of(GetParam().file))
      << (status.ok() ? "" : status.error().text());
}

// No input may be our bug, and a place lies in the input.
::testing::AssertionResult sound(const Format& format, Bytes bytes) {
  const Status status = format.read(bytes);
  if (status.ok()) return ::testing::AssertionSuccess();
  if (status.error().code == Code::internal)
    return ::testing::AssertionFailure() << "internal: " << status.error().text();
  if (status.error().offset > bytes.size())
    return ::testing::AssertionFailure() << "offset " << status.error().offset;
  return ::testing::AssertionSuccess();
}

TEST_P(FormatCase, EveryTruncationAndBitFlipEndsSoundly) {
  auto text = read_hex_case(GetParam().file);
  ASSERT_TRUE(text.ok());
  std::string bytes = *text;
  for (std::size_t n = 0; n < bytes.size(); ++n)
    ASSERT_TRUE(sound(GetParam().format, as_raw(std::string_view(bytes).substr(0, n)))) << n;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    const auto mask = static_cast<char>(1 << bit % 8);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
    ASSERT_TRUE(sound(GetParam().format, as_raw(bytes))) << bit;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
  }
}

std::string case_name(const testing::TestParamInfo<Case>& one) {
  std::string out = std::string(one.param.format.name) + "_" + one.param.file.stem().string();
  std::replace(out.begin(), out.end(), '.', '_');
  return out;
}

INSTANTIATE_TEST_SUITE_P(Formats, FormatCase, testing::ValuesIn(all_cases()), case_name);

TEST(Formats, DamagedBytesEndSoundly) {
  std::map<std::string_view, std::vector<std::string>> samples;
  for (const Case& one : all_cases()) {
    if (outcome_of(one.file) == "ok")
      samples[one.format.name].push_back(read_hex_case(one.file).value());
  }
  for (const Format& format : kFormats) {
    const std::vector<std::string>& files = samples.at(format.name);
    for (std::uint64_t seed = 0; seed < kDamages; ++seed) {
      const std::string bytes = Damage(seed).of(files[seed % files.size()]);
      ASSERT_TRUE(sound(format, as_raw(bytes))) << format.name << " " << as_hex(bytes);
    }
  }
}

TEST(Formats, EachHasAnAcceptedAndARefusedCase) {
  std::map<std::string_view, std::pair<int, int>> counts;
  for (const Case& one : all_cases()) {
    auto& [accepted, refused] = counts[one.format.name];
    ++(outcome_of(one.file) == "ok" ? accepted : refused);
  }
  for (const Format& format : kFormats) {
    EXPECT_GT(counts[format.name].first, 0) << format.name;
    EXPECT_GT(counts[format.name].second, 0) << format.name;
  }
}

}  // namespace
}  // namespace assay::formats
