// SPDX-License-Identifier: Apache-2.0
//
// What holds for every media format: src/formats/<unit>/cases/<what>.<outcome>.hex are read with
// the first format of the unit that knows them; the outcome is `ok` or the name of the Code.
#include "formats/media.h"

#include <gtest/gtest.h>

#include <map>

#include "base/hex_case.h"
#include "base/messages.h"
#include "formats/damage.h"
#include "formats/media_soundness.h"

namespace assay::formats {

#define MEDIA(unit)                                 \
  namespace unit {                                  \
  extern const std::span<const MediaFormat> kMedia; \
  }
#include "formats/media.def"
#undef MEDIA

namespace {

struct Unit {
  std::string_view name;
  std::span<const MediaFormat> formats;
};

std::vector<Unit> units() {
  return {
#define MEDIA(unit) {#unit, unit::kMedia},
#include "formats/media.def"
#undef MEDIA
  };
}

struct Case {
  Unit unit;
  fs::path file;
};

std::vector<Case> all_cases() {
  std::vector<Case> out;
  for (const Unit& unit : units())
    for (const fs::path& file :
         hex_cases(fs::path(ASSAY_SOURCE_DIR) / "src/formats" / unit.name / "cases"))
      out.push_back({unit, file});
  return out;
}

// The format of the unit that takes the bytes for its own, or its first.
const MediaFormat& format_of(const Unit& unit, std::string_view bytes) {
  MemorySource in(as_raw(bytes));
  for (const MediaFormat& format : unit.formats) {
    const auto yes = format.sniff(as_raw(bytes.substr(0, kHead)), in);
    if (yes.ok() && *yes) return format;
  }
  return unit.formats.front();
}

// A packet or label of `n` bytes or a few more.
std::string sample(const MediaFormat& format, std::size_t n) {
  const std::string label = R"({"Label":"1","ContentProducer":"001191110102MACQD9K64010000",)"
                            R"("ProduceID":")" +
                            std::string(n, 'p') +
                            R"(","ReservedCode1":"","ContentPropagator":"","PropagateID":"",)"
                            R"("ReservedCode2":""})";
  if (format.adds == ItemKind::text) return label;
  return "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-"
         "rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" "
         "xmlns:TC260=\"http://www.tc260.org.cn/ns/"
         "AIGC/1.0/\"><TC260:AIGC>" +
         label + "</TC260:AIGC></rdf:Description></rdf:RDF></x:xmpmeta>";
}

class MediaCase : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    const auto bytes = read_hex_case(GetParam().file);
    ASSERT_TRUE(bytes.ok()) << bytes.error().text();
    bytes_ = *bytes;
  }
  const MediaFormat& format() const { return format_of(GetParam().unit, bytes_); }
  bool accepted() const { return outcome_of(GetParam().file) == "ok"; }

  std::string bytes_;
};

TEST_P(MediaCase, EndsAsItsNameSays) {
  MemorySource in(as_raw(bytes_));
  const auto read = format().read(in, kSmallLimits);
  EXPECT_EQ(read.ok() ? "ok" : name(read.error().code), outcome_of(GetParam().file))
      << (read.ok() ? "" : read.error().text());
}

TEST_P(MediaCase, EveryTruncationAndBitFlipEndsSoundly) {
  const std::string value = sample(format(), 1);
  for (std::size_t n = 0; n < bytes_.size(); ++n)
    ASSERT_EQ(unsound(format(), std::string_view(bytes_).substr(0, n), value), "") << n;
  for (std::size_t bit = 0; bit < bytes_.size() * 8; ++bit) {
    const auto mask = static_cast<char>(1 << bit % 8);
    bytes_[bit / 8] = static_cast<char>(bytes_[bit / 8] ^ mask);
    ASSERT_EQ(unsound(format(), bytes_, value), "") << bit;
    bytes_[bit / 8] = static_cast<char>(bytes_[bit / 8] ^ mask);
  }
}

// Written and written over, shorter and longer: read back each time, all other items as they were,
// and taken out again the file has the items it had.
TEST_P(MediaCase, WhatIsWrittenIsReadBackAndNothingElseChanges) {
  if (!accepted() || format().write == nullptr) return;
  MemorySource in(as_raw(bytes_));
  const auto before = format().read(in, kSmallLimits);
  ASSERT_TRUE(before.ok());
  std::string now = bytes_;
  for (const std::size_t n : {1u, 300u, 2u, 4000u, 15u}) {
    const std::string value = sample(format(), n);
    const auto written = set_label_item(format(), now, value);
    if (!written.ok() && written.error().code == Code::unsupported) return;
    ASSERT_TRUE(written.ok()) << written.error().text();
    MemorySource out(as_raw(*written));
    const auto after = format().read(out, kSmallLimits);
    ASSERT_TRUE(after.ok()) << after.error().text();
    std::multimap<std::string, std::string> had, have;
    std::size_t found = 0;
    bool skipped = false;
    for (const Item& item : before->items) {
      if (!skipped && is_label_item(format(), item))
        skipped = true;
      else
        had.emplace(item.key, item.value);
    }
    for (const Item& item : after->items) {
      if (found == 0 && is_label_item(format(), item) && item.value == value)
        ++found;
      else
        have.emplace(item.key, item.value);
    }
    EXPECT_EQ(found, 1u) << n;
    EXPECT_EQ(have, had) << n;
    now = *written;
  }
}

TEST_P(MediaCase, ALabelItemCanBeTakenOut) {
  if (!accepted() || format().write == nullptr) return;
  const std::string value = sample(format(), 30);
  const auto written = set_label_item(format(), bytes_, value);
  if (!written.ok() && written.error().code == Code::unsupported) return;
  ASSERT_TRUE(written.ok()) << written.error().text();
  MemorySource in(as_raw(*written));
  const auto have = format().read(in, kSmallLimits);
  ASSERT_TRUE(have.ok());
  Change change;
  for (std::size_t i = 0; i < have->items.size(); ++i)
    if (is_label_item(format(), have->items[i])) change.edits.push_back({i, std::nullopt});
  const auto splice = format().write(in, *have, change, kSmallLimits);
  ASSERT_TRUE(splice.ok()) << splice.error().text();
  const auto without = splice->apply(in, 1 << 24);
  ASSERT_TRUE(without.ok());
  MemorySource out(as_raw(*without));
  const auto after = format().read(out, kSmallLimits);
  ASSERT_TRUE(after.ok()) << after.error().text();
  for (const Item& item : after->items) EXPECT_FALSE(is_label_item(format(), item)) << item.place;
}

// Names of the format stay as they are; what is said about them is Chinese.
TEST_P(MediaCase, PlacesAreToldInChinese) {
  MemorySource in(as_raw(bytes_));
  const auto read = format().read(in, kSmallLimits);
  if (!read.ok()) return;
  for (const Item& item : read->items)
    EXPECT_EQ(english_in(assay::in(item.place, Language::zh)), "");
}

std::string case_name(const testing::TestParamInfo<Case>& one) {
  std::string out = std::string(one.param.unit.name) + "_" + one.param.file.stem().string();
  std::replace(out.begin(), out.end(), '.', '_');
  return out;
}

INSTANTIATE_TEST_SUITE_P(Media, MediaCase, testing::ValuesIn(all_cases()), case_name);

// By the names of the formats, as a unit may have several.
std::map<std::string_view, std::vector<std::string>> samples(const Unit& unit) {
  std::map<std::string_view, std::vector<std::string>> out;
  for (const Case& one : all_cases()) {
    if (one.unit.name != unit.name || outcome_of(one.file) != "ok") continue;
    const auto bytes = read_hex_case(one.file);
    EXPECT_TRUE(bytes.ok());
    if (bytes.ok()) out[format_of(unit, *bytes).name].push_back(*bytes);
  }
  return out;
}

class MediaUnits : public testing::TestWithParam<Unit> {};

TEST_P(MediaUnits, ADamagedFileEndsSoundlyReadAndWritten) {
  std::uint64_t seed = 0;
  for (const auto& [name, files] : samples(GetParam())) {
    const MediaFormat& format = format_of(GetParam(), files.front());
    const std::string value = sample(format, 1);
    for (std::uint64_t i = 0; i < kDamages; ++i) {
      const std::string bytes = Damage(++seed).of(files[i % files.size()]);
      ASSERT_EQ(unsound(format, bytes, value), "") << name << " " << as_hex(bytes);
    }
  }
  EXPECT_GE(seed, kDamages);
}

INSTANTIATE_TEST_SUITE_P(Media, MediaUnits, testing::ValuesIn(units()),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Media, EachUnitHasAnAcceptedAndARefusedCase) {
  std::map<std::string_view, std::pair<int, int>> counts;
  for (const Case& one : all_cases()) {
    auto& [accepted, refused] = counts[one.unit.name];
    ++(outcome_of(one.file) == "ok" ? accepted : refused);
  }
  for (const Unit& unit : units()) {
    EXPECT_GT(counts[unit.name].first, 0) << unit.name;
    EXPECT_GT(counts[unit.name].second, 0) << unit.name;
  }
}

TEST(Media, FormatsHaveNamesAndAcceptedBytesAreKnownByTheirFirstOnes) {
  for (const MediaFormat* format : media_formats()) EXPECT_FALSE(format->name.empty());
  for (const Case& one : all_cases()) {
    if (outcome_of(one.file) != "ok") continue;
    const auto bytes = read_hex_case(one.file);
    ASSERT_TRUE(bytes.ok());
    MemorySource in(as_raw(*bytes));
    const auto known =
        format_of(one.unit, *bytes).sniff(as_raw(std::string_view(*bytes).substr(0, kHead)), in);
    EXPECT_TRUE(known.ok() && *known) << one.file;
  }
}

}  // namespace
}  // namespace assay::formats
