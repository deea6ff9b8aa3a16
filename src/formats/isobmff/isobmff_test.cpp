// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "base/hex_case.h"
#include "formats/isobmff/box.h"
#include "formats/media_soundness.h"

namespace assay::formats::isobmff {

extern const std::span<const MediaFormat> kMedia;

namespace {

constexpr std::string_view kLabel = R"({"Label":"1"})";

std::string bytes_of(std::string_view name) {
  const auto bytes = read_hex_case(fs::path(ASSAY_SOURCE_DIR) / "src/formats/isobmff/cases" / name);
  EXPECT_TRUE(bytes.ok());
  return bytes.ok() ? *bytes : "";
}

const MediaFormat* format_of(std::string_view bytes) {
  MemorySource in(as_raw(bytes));
  for (const MediaFormat& format : kMedia) {
    const auto yes = format.sniff(as_raw(bytes.substr(0, kHead)), in);
    if (yes.ok() && *yes) return &format;
  }
  return nullptr;
}

std::string_view name_of(std::string_view bytes) {
  const MediaFormat* format = format_of(bytes);
  return format == nullptr ? "" : format->name;
}

std::vector<Item> items_of(std::string_view bytes) {
  const MediaFormat* format = format_of(bytes);
  EXPECT_NE(format, nullptr);
  if (format == nullptr) return {};
  MemorySource in(as_raw(bytes));
  auto read = format->read(in, {});
  EXPECT_TRUE(read.ok());
  return read.ok() ? read->items : std::vector<Item>{};
}

std::string labelled(std::string_view bytes, std::string_view value) {
  const auto out = set_label_item(*format_of(bytes), bytes, std::string(value));
  EXPECT_TRUE(out.ok()) << (out.ok() ? "" : out.error().text());
  return out.ok() ? *out : "";
}

// The number of 32 bits at `offset`.
std::uint64_t number_at(std::string_view bytes, std::size_t offset) {
  ByteReader in(as_raw(bytes.substr(offset, 4)));
  return *in.be<std::uint32_t>();
}

std::string file_type(std::string_view brands) { return box("ftyp", brands); }

TEST(Isobmff, FormatsAreToldApartByTheirBrands) {
  const std::string none(4, '\0');
  EXPECT_EQ(name_of(file_type("isom" + none + "mp42")), "MP4");
  EXPECT_EQ(name_of(file_type("qt  " + none + "qt  ")), "QuickTime");
  EXPECT_EQ(name_of(file_type("M4A " + none + "isom")), "M4A");
  EXPECT_EQ(name_of(file_type("heic" + none + "mif1")), "HEIF");
  EXPECT_EQ(name_of(file_type("mif1" + none + "heic")), "HEIF");
  EXPECT_EQ(name_of(file_type("mif1" + none + "mif1avif")), "AVIF");
  EXPECT_EQ(name_of(file_type("avif" + none + "mif1")), "AVIF");
  EXPECT_EQ(name_of(box("wide", "")), "QuickTime");
  EXPECT_EQ(name_of(box("JXL ", "")), "");
  EXPECT_EQ(name_of("moov"), "");
}

TEST(Isobmff, TheKeyInUserDataIsTheAgreedPlace) {
  const auto items = items_of(bytes_of("label_key_before_media.ok.hex"));
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].key, "AIGC");
  EXPECT_TRUE(items[0].agreed);
  EXPECT_TRUE(items[0].place.starts_with("moov/udta/meta/ilst item 1 at byte "));
  EXPECT_TRUE(items[0].value.starts_with(R"({"Label":"1")"));
}

TEST(Isobmff, OtherPlacesAreReadButNotAgreed) {
  std::vector<std::string> keys;
  for (const std::string_view name : {"itunes_tags.ok.hex", "quicktime_meta_in_moov.ok.hex",
                                      "user_data_texts.ok.hex", "xmp_in_uuid.ok.hex"})
    for (const Item& item : items_of(bytes_of(name))) {
      EXPECT_FALSE(item.agreed) << item.place;
      EXPECT_EQ(item.broken, "");
      keys.push_back(item.kind == ItemKind::xmp ? "xmp" : item.key);
    }
  EXPECT_EQ(keys, (std::vector<std::string>{"©cmt", "AIGC", "AIGC", "AIGC", "©cmt", "dscp", "xmp",
                                            "xmp"}));
}

TEST(Isobmff, WhatCannotBeReadIsTold) {
  EXPECT_EQ(items_of(bytes_of("label_is_not_text.ok.hex"))[0].broken,
            "the value is not UTF-8 text");
  EXPECT_EQ(items_of(bytes_of("keys_cut_short.ok.hex"))[0].broken, "ends too early");
}

TEST(Isobmff, OffsetsFollowTheMediaDataThatMoves) {
  const std::string out = labelled(bytes_of("no_user_data.ok.hex"), kLabel);
  EXPECT_EQ(number_at(out, out.find("stco") + 12), out.find("media data"));
}

TEST(Isobmff, OffsetsOfFragmentsFollowToo) {
  const std::string out = labelled(bytes_of("fragments.ok.hex"), kLabel);
  EXPECT_EQ(number_at(out, out.find("tfhd") + 16), out.find("media data"));
  EXPECT_EQ(number_at(out, out.find("saio") + 12), 3u);  // counts from tfhd's base
}

TEST(Isobmff, AFreeBoxBehindTheHeaderGivesItsRoom) {
  const std::string before = bytes_of("free_behind_header.ok.hex");
  const std::string out = labelled(before, kLabel);
  EXPECT_EQ(out.size(), before.size());
  EXPECT_EQ(out.find("media data"), before.find("media data"));
  EXPECT_EQ(out.find("ftyp"), 4u);
}

TEST(Isobmff, AnImageItemIsFoundWhereItsTableSays) {
  for (const std::string_view name :
       {"image_without_metadata.ok.hex", "image_xmp_in_idat.ok.hex", "image_xmp_and_exif.ok.hex"}) {
    const std::string out = labelled(bytes_of(name), "<x:xmpmeta>a longer packet</x:xmpmeta>");
    const std::size_t iloc = out.find("iloc");
    const bool based = out[iloc + 9] == 0x40;  // version 1 with a base, method before it
    EXPECT_EQ(number_at(out, iloc + (out[iloc + 4] == 0 ? 18
                                     : based            ? 24
                                                        : 20)),
              out.find("media data"))
        << name;
  }
}

// 20 GB of which nothing but its first and last bytes exists. Counts what is asked for.
class HugeMovie : public ByteSource {
 public:
  static constexpr std::uint64_t kMedia = std::uint64_t{20} << 30;

  HugeMovie()
      : head_(file_type("isom" + std::string(4, '\0') + "mp42") + big_endian(1, 4) + "mdat" +
              big_endian(kMedia + 16, 8)) {
    const std::string whole = bytes_of("large_sizes.ok.hex");
    tail_ = whole.substr(whole.find("moov") - 4);
  }
  std::uint64_t size() const override { return head_.size() + kMedia + tail_.size(); }
  std::uint64_t touched() const { return touched_; }
  Result<Bytes> view(std::uint64_t offset, std::uint64_t n) override {
    viewed_ = *copy(offset, n);
    return as_raw(viewed_);
  }
  Result<std::string> copy(std::uint64_t offset, std::uint64_t n) override {
    n = std::min(n, size() - std::min(offset, size()));
    touched_ += n;
    std::string out;
    for (std::uint64_t at = offset; at < offset + n; ++at)
      out += at < head_.size()            ? head_[at]
             : at < head_.size() + kMedia ? '\0'
                                          : tail_[at - head_.size() - kMedia];
    return out;
  }

 private:
  std::string head_;
  std::string tail_;
  std::string viewed_;
  std::uint64_t touched_ = 0;
};

TEST(Isobmff, OfALargeFileOnlyTheFrameIsRead) {
  HugeMovie movie;
  const MediaFormat& mp4 = *format_of(file_type("isom" + std::string(4, '\0')));
  const auto have = mp4.read(movie, {});
  ASSERT_TRUE(have.ok()) << have.error().text();
  ASSERT_EQ(have->items.size(), 1u);
  EXPECT_LT(movie.touched(), 1000u);
  const auto written = mp4.write(movie, *have, {{{0, std::string(kLabel)}}, {}}, {});
  ASSERT_TRUE(written.ok()) << written.error().text();
  EXPECT_LT(movie.touched(), 3000u);
  EXPECT_GT(written->size(), HugeMovie::kMedia);
}

}  // namespace
}  // namespace assay::formats::isobmff
