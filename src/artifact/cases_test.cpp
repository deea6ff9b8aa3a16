// SPDX-License-Identifier: Apache-2.0
//
// Judges every src/artifact/cases/<what>.<outcome>.hex: `clean` (followed, nothing to object to),
// `unsafe` (imports or calls what is not on the list), `lost` (not followed to its end), `other`
// and `text` (not of a kind that is judged).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <stop_token>

#include "artifact/model_file.h"
#include "base/hex_case.h"

namespace assay::artifact {
namespace {

const AllowList& allow() {
  static const AllowList list = [] {
    AllowList out;
    for (const char* name :
         {"collections OrderedDict", "collections deque", "__builtin__ set", "builtins object",
          "torch._utils _rebuild_tensor_v2", "torch FloatStorage"})
      EXPECT_TRUE(out.add(name, "").ok());
    EXPECT_TRUE(out.add("_codecs encode", "latin1").ok());
    EXPECT_TRUE(out.add("copy_reg _reconstructor", "object-base").ok());
    return out;
  }();
  return list;
}

fs::path folder() { return fs::path(ASSAY_SOURCE_DIR) / "src/artifact/cases"; }

Result<ModelReport> judge_bytes(const std::string& bytes, const ModelLimits& limits = {}) {
  MemorySource in(as_raw(bytes));
  return judge_model(in, "case.bin", allow(), limits);
}

ModelReport judge_case(std::string_view name) {
  const auto bytes = read_hex_case(folder() / name);
  EXPECT_TRUE(bytes.ok());
  auto report = judge_bytes(bytes.ok() ? *bytes : "");
  EXPECT_TRUE(report.ok());
  return report.ok() ? *report : ModelReport{};
}

std::string outcome(const ModelReport& report) {
  if (report.pickles.unsafe_calls > 0) return "unsafe";
  if (report.pickles.streams_not_followed > 0) return "lost";
  if (report.format == ModelFormat::text) return "text";
  return report.format == ModelFormat::other ? "other" : "clean";
}

std::vector<std::string> ids(const ModelReport& report) {
  std::vector<std::string> out;
  for (const Flaw& flaw : report.pickles.flaws) out.push_back(flaw.id);
  return out;
}

class ModelCase : public testing::TestWithParam<fs::path> {};

TEST_P(ModelCase, EndsAsItsNameSays) {
  // The ending of the name decides only for bytes that break at once, so `other` has none of those.
  const std::string want = outcome_of(GetParam());
  const auto bytes = read_hex_case(GetParam());
  ASSERT_TRUE(bytes.ok()) << bytes.error().text();
  MemorySource in(as_raw(*bytes));
  const auto report =
      judge_model(in, want == "other" || want == "text" ? "case" : "case.bin", allow(), {});
  ASSERT_TRUE(report.ok()) << report.error().text();
  EXPECT_EQ(outcome(*report), want);
  for (const Flaw& flaw : report->pickles.flaws) {
    EXPECT_FALSE(flaw.message.zh.empty()) << flaw.id;
    EXPECT_FALSE(flaw.message.en.empty()) << flaw.id;
    EXPECT_FALSE(flaw.where.empty()) << flaw.id;
  }
  if (want == "unsafe" || want == "lost") {
    EXPECT_FALSE(report->pickles.flaws.empty());
  }
}

TEST_P(ModelCase, EveryTruncationAndBitFlipEndsSoundly) {
  const auto text = read_hex_case(GetParam());
  ASSERT_TRUE(text.ok());
  std::string bytes = *text;
  ModelLimits limits;
  limits.unpacked_bytes = 1 << 16;
  for (std::size_t n = 0; n < bytes.size(); ++n)
    ASSERT_TRUE(judge_bytes(bytes.substr(0, n), limits).ok()) << n;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    const auto mask = static_cast<char>(1 << bit % 8);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
    ASSERT_TRUE(judge_bytes(bytes, limits).ok()) << bit;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
  }
}

std::string case_name(const testing::TestParamInfo<fs::path>& one) {
  std::string out = one.param.stem().string();
  std::replace(out.begin(), out.end(), '.', '_');
  return out;
}

INSTANTIATE_TEST_SUITE_P(Models, ModelCase, testing::ValuesIn(hex_cases(folder())), case_name);

TEST(Models, HaveCasesOfEachOutcome) {
  std::map<std::string, int> counts;
  for (const fs::path& file : hex_cases(folder())) ++counts[outcome_of(file)];
  EXPECT_THAT(counts,
              testing::UnorderedElementsAre(testing::Pair("clean", testing::Gt(5)),
                                            testing::Pair("unsafe", testing::Gt(15)),
                                            testing::Pair("lost", testing::Gt(3)),
                                            testing::Pair("other", 2), testing::Pair("text", 2)));
}

// A stream cut anywhere before its STOP is never clean.
TEST(PickleCalls, NoTruncationOfAStreamIsClean) {
  const auto bytes = read_hex_case(folder() / "torch_storage.clean.hex");
  ASSERT_TRUE(bytes.ok());
  for (std::size_t n = 1; n < bytes->size(); ++n)
    EXPECT_FALSE(judge_bytes(bytes->substr(0, n))->pickles.clean()) << n;
}

TEST(PickleCalls, NamesTheImportWithItsPlace) {
  const ModelReport report = judge_case("global_reduce.unsafe.hex");
  ASSERT_EQ(report.pickles.flaws.size(), 2u);
  EXPECT_EQ(report.pickles.flaws[0].id, "pickle-import");
  EXPECT_EQ(report.pickles.flaws[0].where, "case.bin, byte 0");
  EXPECT_EQ(report.pickles.flaws[0].message.en,
            "loading imports os.system, which is not on the allow list");
  EXPECT_EQ(report.pickles.flaws[1].id, "pickle-call");
  EXPECT_EQ(report.pickles.flaws[1].severity, Severity::critical);
  EXPECT_EQ(report.pickles.unsafe_calls, 2u);
}

TEST(PickleCalls, ListsEverySite) {
  const ModelReport report = judge_case("torch_storage.clean.hex");
  ASSERT_EQ(report.pickles.listed.size(), 1u);
  EXPECT_EQ(report.pickles.imports, 3u);
  EXPECT_EQ(report.pickles.calls, 2u);
  EXPECT_EQ(report.pickles.listed[0].sites.size(), 5u);
}

TEST(PickleCalls, MapsPython2NamesByProtocol) {
  EXPECT_EQ(judge_case("python2_module_name.unsafe.hex").pickles.flaws.at(0).message.en,
            "loading imports subprocess.getoutput, which is not on the allow list");
  EXPECT_EQ(judge_case("python2_name_in_protocol_4.unsafe.hex").pickles.flaws.at(0).message.en,
            "loading imports __builtin__.set, which is not on the allow list");
}

TEST(PickleCalls, SaysWhatHidesBehindOtherBytes) {
  EXPECT_THAT(ids(judge_case("behind_junk.unsafe.hex")),
              testing::ElementsAre("pickle-trailing", "pickle-import"));
  EXPECT_THAT(ids(judge_case("nested_in_bytes.unsafe.hex")),
              testing::UnorderedElementsAre("pickle-nested", "pickle-import"));
  EXPECT_THAT(ids(judge_case("broken_after_the_call.unsafe.hex")),
              testing::UnorderedElementsAre("pickle-import", "pickle-call", "pickle-not-followed"));
  EXPECT_THAT(ids(judge_case("zip_member_not_listed.unsafe.hex")),
              testing::UnorderedElementsAre("archive-differs", "pickle-import"));
}

// A pickle inside a pickle, more levels than are followed, costs no recursion and is never clean.
TEST(PickleCalls, DeepNestingIsNotFollowedForEver) {
  std::string bytes = "cos\nsystem\n.";
  for (int level = 0; level < 40; ++level) {
    std::string outer = "\x80\x04";
    outer += 'B';
    for (int shift = 0; shift < 32; shift += 8)
      outer += static_cast<char>(bytes.size() >> shift & 0xff);
    bytes = outer + bytes + "0cos\nsystem\n.";
  }
  const auto report = judge_bytes(bytes);
  ASSERT_TRUE(report.ok());
  EXPECT_THAT(ids(*report), testing::Contains("pickle-too-deep"));
  EXPECT_GT(report->pickles.streams_not_followed, 0u);
}

TEST(PickleCalls, LimitsEndInNotFollowed) {
  ModelLimits limits;
  limits.pickle.stack = 100;
  EXPECT_EQ(
      judge_bytes("\x80\x02" + std::string(101, 'N') + ".", limits)->pickles.streams_not_followed,
      1u);
  limits = {};
  limits.pickle.instructions = 10;
  EXPECT_EQ(
      judge_bytes("\x80\x02" + std::string(10, 'N') + ".", limits)->pickles.streams_not_followed,
      1u);
}

// An archive of one stored member, which so many entries of the directory name, each taking `less`
// bytes less of it than the one before.
std::string entries_on_one_member(std::size_t entries, std::uint32_t less) {
  const auto le = [](std::size_t value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> 8 * i & 0xff);
    return out;
  };
  std::string data = "\x80\x02";
  for (int i = 0; i < 2'000; ++i) data += "N0";
  data += "N.";
  const std::string zeros(30, '\0');
  std::string out = "PK\x03\x04" + zeros.substr(0, 14) + le(data.size(), 4) + le(data.size(), 4) +
                    le(1, 2) + le(0, 2) + "d" + data;
  const std::size_t start = out.size();
  for (std::size_t i = 0; i < entries; ++i)
    out += "PK\x01\x02" + zeros.substr(0, 16) + le(data.size() - i * less, 4) +
           le(data.size() - i * less, 4) + le(1, 2) + zeros.substr(0, 16) + "d";
  const std::size_t size = out.size() - start;
  return out + "PK\x05\x06" + zeros.substr(0, 4) + le(entries, 2) + le(entries, 2) + le(size, 4) +
         le(start, 4) + le(0, 2);
}

// However many entries name them, an archive's bytes are judged once.
TEST(Models, BytesThatManyEntriesNameAreJudgedOnce) {
  const auto same = judge_bytes(entries_on_one_member(50, 0));
  ASSERT_TRUE(same.ok());
  EXPECT_EQ(same->members, 50U);
  EXPECT_EQ(same->pickles.streams, 1U);
  EXPECT_EQ(same->pickles.streams_not_followed, 0U);
  EXPECT_THAT(ids(*same), testing::Contains("archive-differs"));

  const auto parts = judge_bytes(entries_on_one_member(50, 1));
  ASSERT_TRUE(parts.ok());
  EXPECT_LE(parts->pickles.streams, 2U);
  EXPECT_GE(parts->pickles.streams_not_followed, 48U);
  EXPECT_THAT(ids(*parts), testing::Contains("archive-member-not-read"));
}

TEST(PickleCalls, EndWhenAskedToStop) {
  const auto source = std::make_unique<std::stop_source>();
  source->request_stop();
  ModelLimits limits;
  limits.pickle.stop = source->get_token();
  const auto report = judge_bytes("\x80\x02N.", limits);
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().code, Code::interrupted);
}

TEST(AllowList, RefusesWhatItCannotMean) {
  AllowList list;
  EXPECT_FALSE(list.add("os", "").ok());
  EXPECT_FALSE(list.add("os system x", "").ok());
  EXPECT_FALSE(list.add("os system", "latin2").ok());
  EXPECT_TRUE(list.add("copy_reg _reconstructor", "object-base").ok());
  EXPECT_EQ(list.find("copyreg", "_reconstructor"), ArgumentRule::object_base);
  EXPECT_EQ(list.find("copy_reg", "_reconstructor"), std::nullopt);
}

}  // namespace
}  // namespace assay::artifact
