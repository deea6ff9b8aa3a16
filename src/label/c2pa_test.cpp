// SPDX-License-Identifier: Apache-2.0
#include "label/c2pa.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>

#include "base/files.h"
#include "formats/damage.h"
#include "label/c2pa_maker_test.h"
#include "label/c2pa_store.h"
#include "label/write.h"

namespace assay::label {
namespace {

using namespace std::string_view_literals;
using maker::be;
using maker::Recipe;
using maker::Signer;

const Signer& es256() {
  static const Signer kSigner({-7, [] { return EVP_EC_gen("P-256"); }, "SHA256", 32});
  return kSigner;
}

// --- containers: what stands before and after a store, and the frame around it

std::string jpeg_frame(std::string_view store) {
  constexpr std::size_t kPart = 900;
  std::string out;
  std::uint64_t sequence = 0;
  for (std::size_t at = 8; at < store.size(); at += kPart) {
    const std::string data = "JP" + be(7, 2) + be(++sequence, 4) + std::string(store.substr(0, 8)) +
                             std::string(store.substr(at, kPart));
    out += "\xff\xeb" + be(data.size() + 2, 2) + data;
  }
  return out;
}
std::string png_chunk(std::string_view type, std::string_view data) {
  return be(data.size(), 4) + std::string(type) + std::string(data) + "crc!";
}
std::string png_frame(std::string_view store) { return png_chunk("caBX", store); }
std::string riff_frame(std::string_view store) {
  const std::string size = be(store.size(), 4);
  return "C2PA" + std::string(size.rbegin(), size.rend()) + std::string(store) +
         (store.size() % 2 == 0 ? "" : std::string(1, '\0'));
}
std::string bmff_frame(std::string_view store) {
  const std::string uuid = "\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81";
  return maker::box("uuid",
                    uuid + be(0, 4) + "manifest" + be(0, 1) + be(0, 8) + std::string(store));
}

std::string gif_frame(std::string_view store) {
  std::string out = "\x21\xff\x0b" + std::string("C2PA_GIF\x01\0\0"sv);
  for (; !store.empty(); store.remove_prefix(std::min<std::size_t>(store.size(), 255)))
    out += be(std::min<std::size_t>(store.size(), 255), 1) + std::string(store.substr(0, 255));
  return out + '\0';
}

struct Container {
  const char* name;
  std::string before;
  std::string (*frame)(std::string_view store);
  std::string after;
  std::string binding = "c2pa.hash.data";
};

const std::array<Container, 5>& containers() {
  static const std::array<Container, 5> kAll = {{
      {"jpeg", "\xff\xd8", jpeg_frame,
       std::string("\xff\xdb\0\4ab\xff\xda\0\2pixels of it\xff\xd9"sv)},
      {"png", "\x89PNG\r\n\x1a\n" + png_chunk("IHDR", std::string(13, '\1')), png_frame,
       png_chunk("IDAT", "pixels of it") + png_chunk("IEND", "")},
      {"webp", "RIFF....WEBPVP8 " + std::string("\x0c\0\0\0"sv) + "pixels of it", riff_frame, ""},
      {"mp4", maker::box("ftyp", "isom...."), bmff_frame,
       maker::box("moov", maker::box("trak", maker::box("free", "")) +
                              maker::box("trak", maker::box("free", "xxsecond"))) +
           maker::box("mdat", "pixels of it"),
       "c2pa.hash.bmff.v2"},
      {"gif", "GIF89a" + std::string("\1\0\1\0\0\0\0"sv), gif_frame,
       std::string("\x2c\0\0\0\0\1\0\1\0\0\2\x0cpixels of it\0\x3b"sv)},
  }};
  return kAll;
}

std::string content_hash(const Container& container, const std::string& frame, std::uint64_t more) {
  if (container.binding == "c2pa.hash.data")
    return maker::sha256_text(container.before + container.after.substr(more));
  // Offsets before moov and mdat; of the second trak two bytes are left out.
  const std::uint64_t moov = container.before.size() + frame.size();
  constexpr std::size_t kLeftOut = 8 + 16 + 16;
  constexpr std::size_t kMdat = 8 + 16 + 24;
  return maker::sha256_text(be(moov, 8) + container.after.substr(0, kLeftOut) +
                            container.after.substr(kLeftOut + 2, kMdat - kLeftOut - 2) +
                            be(moov + kMdat, 8) + container.after.substr(kMdat));
}

std::string make(const Container& container, const Signer& signer, Recipe recipe = {}) {
  if (recipe.binding == "c2pa.hash.data") recipe.binding = container.binding;
  const std::uint64_t start = container.before.size();
  const std::string draft =
      container.frame(maker::store(signer, recipe, start, 0, std::string(32, '\0')));
  const std::string hash = content_hash(container, draft, recipe.more_excluded);
  return container.before +
         container.frame(maker::store(signer, recipe, start, draft.size(), hash)) + container.after;
}

std::string jpeg(const Recipe& recipe = {}) { return make(containers()[0], es256(), recipe); }

C2pa read(std::string_view bytes, const C2paTrust& trust = {es256().anchors(), {}}) {
  MemorySource in(as_raw(bytes));
  const auto result = read_c2pa(in, trust);
  EXPECT_TRUE(result.ok()) << result.error().text();
  return result.ok() ? *result : C2pa{};
}

std::vector<std::string> ids(const C2pa& read) {
  std::vector<std::string> out;
  for (const Flaw& flaw : read.reasons) {
    out.push_back(flaw.id);
    EXPECT_FALSE(flaw.message.zh.empty() || flaw.mend.zh.empty()) << flaw.id;
    EXPECT_NE(flaw.message.zh, flaw.message.en);
  }
  return out;
}

std::string changed(std::string bytes, std::string_view from, std::string_view to) {
  const std::size_t at = bytes.find(from);
  EXPECT_NE(at, std::string::npos);
  if (at != std::string::npos) bytes.replace(at, from.size(), to);
  return bytes;
}

// --- containers that state how long the store is outside of its frame

std::string little(std::uint64_t value, int bytes) {
  const std::string big = be(value, bytes);
  return {big.rbegin(), big.rend()};
}

// IFD0 with an entry for each store, and the stores behind it.
std::string tiff_file(const std::vector<std::string>& stores) {
  std::string entries, values;
  const std::size_t behind = 8 + 2 + 12 * (stores.size() + 1) + 4;
  for (const std::string& store : stores) {
    entries += little(0xcd41, 2) + little(7, 2) + little(store.size(), 4) +
               little(behind + values.size(), 4);
    values += store;
  }
  return "II*" + std::string(1, '\0') + little(8, 4) + little(stores.size() + 1, 2) +
         little(256, 2) + little(3, 2) + little(1, 4) + little(1, 4) + entries + little(0, 4) +
         values + "pixels of it";
}

std::string id3_tag(const std::vector<std::string>& stores) {
  std::string frames;
  for (const std::string& store : stores) {
    const std::string data = std::string(
                                 "\1application/c2pa\0\xff\xfe"
                                 "c\0\0\0\xff\xfe\0\0"sv) +
                             store;
    frames += "GEOB" + be(data.size(), 4) + be(0, 2) + data;
  }
  const std::uint64_t n = frames.size();
  return "ID3" + be(3, 1) + be(0, 2) + be(n >> 21 & 0x7f, 1) + be(n >> 14 & 0x7f, 1) +
         be(n >> 7 & 0x7f, 1) + be(n & 0x7f, 1) + frames;
}
std::string mp3_file(const std::vector<std::string>& stores) {
  return id3_tag(stores) + "\xff\xfb\x90 pixels of it";
}
std::string flac_file(const std::vector<std::string>& stores) {
  return id3_tag(stores) + "fLaC pixels of it";
}

// Object 1 is the catalog, the others are a file specification and a stream for each store.
std::string pdf_file(const std::vector<std::string>& stores) {
  std::vector<std::string> objects = {""};
  std::string files;
  for (const std::string& store : stores) {
    const std::string spec = std::to_string(objects.size() + 1);
    const std::string stream = std::to_string(objects.size() + 2);
    files += spec + " 0 R ";
    objects.push_back("<</Type/Filespec/AFRelationship/C2PA_Manifest/UF(c.c2pa)/EF<</F " + stream +
                      " 0 R>>>>");
    objects.push_back("<</Length " + std::to_string(store.size()) + ">>stream\n" + store +
                      "\nendstream");
  }
  objects[0] = "<</Type/Catalog/AF[" + files + "]>>";
  std::string out = "%PDF-1.7\n%pixels of it\n", table = "0000000000 65535 f\r\n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const std::string at = std::to_string(out.size());
    table += std::string(10 - at.size(), '0') + at + " 00000 n\r\n";
    out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::string size = std::to_string(objects.size() + 1);
  return out + "xref\n0 " + size + "\n" + table + "trailer\n<</Size " + size +
         "/Root 1 0 R>>\nstartxref\n" + std::to_string(out.size()) + "\n%%EOF\n";
}

struct Envelope {
  const char* name;
  std::string (*file)(const std::vector<std::string>& stores);
};
constexpr std::array<Envelope, 4> kEnvelopes = {
    {{"tiff", tiff_file}, {"mp3", mp3_file}, {"flac", flac_file}, {"pdf", pdf_file}}};

std::string make(const Envelope& envelope, const Signer& signer) {
  const std::string draft = maker::store(signer, {}, 0, 0, std::string(32, '\0'));
  std::string without = envelope.file({draft});
  const std::size_t start = without.find(draft);
  without.erase(start, draft.size());
  return envelope.file(
      {maker::store(signer, {}, start, draft.size(), maker::sha256_text(without))});
}

constexpr Date kThen{2025, 6, 1};
using testing::Contains;
using testing::ElementsAre;

TEST(C2pa, SaysWhatTheManifestSays) {
  const C2pa read_back = read(jpeg(), {es256().anchors(), kThen});
  EXPECT_EQ(read_back.verdict, C2paVerdict::valid);
  EXPECT_THAT(ids(read_back), ElementsAre());
  EXPECT_EQ(read_back.manifest, "urn:c2pa:1");
  EXPECT_EQ(read_back.claim_generator, "assay test 1");
  EXPECT_EQ(read_back.title, "picture");
  EXPECT_EQ(read_back.format, "image/jpeg");
  EXPECT_THAT(read_back.assertions, ElementsAre("c2pa.actions.v2", "c2pa.hash.data"));
  EXPECT_THAT(read_back.actions, ElementsAre("c2pa.created"));
  EXPECT_TRUE(read_back.ai);
  EXPECT_EQ(read_back.signer, "CN=测试签名者");
  Recipe camera;
  camera.source_type = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture";
  EXPECT_FALSE(read(jpeg(camera)).ai);
}

TEST(C2pa, EachContainerHoldsAStore) {
  for (const Container& container : containers()) {
    const std::string file = make(container, es256());
    const C2pa right = read(file);
    EXPECT_EQ(right.verdict, C2paVerdict::valid) << container.name;
    // The binding of the mp4 leaves two bytes of a trak out.
    const bool more = container.binding != "c2pa.hash.data";
    EXPECT_EQ(ids(right).size(), more ? 2u : 1u) << container.name;
    EXPECT_THAT(ids(right), Contains("c2pa-time-unchecked")) << container.name;
    const C2pa wrong = read(changed(file, "pixels", "pixelz"));
    EXPECT_EQ(wrong.verdict, C2paVerdict::invalid) << container.name;
    EXPECT_THAT(ids(wrong), Contains("c2pa-hash-mismatch")) << container.name;
    EXPECT_EQ(read(container.before + container.after).verdict, C2paVerdict::none)
        << container.name;
    const std::string one = container.frame(maker::store(es256(), {}, 0, 0, ""));
    EXPECT_EQ(read(container.before + one + one + container.after).verdict, C2paVerdict::undecided)
        << container.name;
  }
}

TEST(C2pa, EachEnvelopeHoldsAStore) {
  for (const Envelope& envelope : kEnvelopes) {
    const std::string file = make(envelope, es256());
    const C2pa right = read(file);
    EXPECT_EQ(right.verdict, C2paVerdict::valid) << envelope.name;
    EXPECT_THAT(ids(right), ElementsAre("c2pa-time-unchecked")) << envelope.name;
    EXPECT_THAT(ids(read(changed(file, "pixels", "pixelz"))), Contains("c2pa-hash-mismatch"))
        << envelope.name;
    EXPECT_EQ(read(envelope.file({})).verdict, C2paVerdict::none) << envelope.name;
    const std::string store = maker::store(es256(), {}, 0, 0, "");
    EXPECT_EQ(read(envelope.file({store, store})).verdict, C2paVerdict::undecided) << envelope.name;
  }
}

// What is signed must not be changed unawares, also where the store cannot be taken out.
TEST(C2pa, EachSignedFileIsKnownToTheWriter) {
  const auto refused = [](std::string_view file) {
    MemorySource in(as_raw(file));
    const Status done = refuse_signed(in);
    return !done.ok() && done.error().code == Code::invalid;
  };
  for (const Container& container : containers()) {
    EXPECT_TRUE(refused(make(container, es256()))) << container.name;
    EXPECT_FALSE(refused(container.before + container.after)) << container.name;
  }
  for (const Envelope& envelope : kEnvelopes) {
    EXPECT_TRUE(refused(make(envelope, es256()))) << envelope.name;
    EXPECT_TRUE(refused(envelope.file({"x", "y"}))) << envelope.name;
    EXPECT_FALSE(refused(envelope.file({}))) << envelope.name;
  }
  EXPECT_TRUE(refused(changed(make(containers()[3], es256()), "manifest", "original")));
  EXPECT_TRUE(refused(changed(pdf_file({"x"}), "<</Length 1>>", "<</Length 1/Filter/LZWDecode>>")));
  EXPECT_FALSE(refused("a text"));
}

TEST(C2pa, EachAlgorithmIsVerified) {
  const std::array<maker::Algorithm, 6> algorithms = {{
      {-35, [] { return EVP_EC_gen("P-384"); }, "SHA384", 48},
      {-36, [] { return EVP_EC_gen("P-521"); }, "SHA512", 66},
      {-37, [] { return EVP_RSA_gen(2048); }, "SHA256", 0},
      {-38, [] { return EVP_RSA_gen(2048); }, "SHA384", 0},
      {-39, [] { return EVP_RSA_gen(2048); }, "SHA512", 0},
      {-8, [] { return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"); }, nullptr, 0},
  }};
  for (const maker::Algorithm& algorithm : algorithms) {
    const Signer signer(algorithm);
    const C2paTrust trust{signer.anchors(), kThen};
    const std::string file = make(containers()[1], signer);
    EXPECT_EQ(read(file, trust).verdict, C2paVerdict::valid) << algorithm.cose;
    const C2pa wrong = read(changed(file, "picture", "pictura"), trust);
    EXPECT_EQ(wrong.verdict, C2paVerdict::invalid) << algorithm.cose;
    EXPECT_THAT(ids(wrong), ElementsAre("c2pa-signature-invalid")) << algorithm.cose;
  }
}

TEST(C2pa, AnotherAlgorithmThanTheKeysIsNoSignature) {
  const Signer signer({-37, [] { return EVP_EC_gen("P-256"); }, "SHA256", 32});
  EXPECT_THAT(ids(read(make(containers()[1], signer))), ElementsAre("c2pa-signature-invalid"));
  const Signer unknown({-999, [] { return EVP_EC_gen("P-256"); }, "SHA256", 32});
  EXPECT_EQ(read(make(containers()[1], unknown)).verdict, C2paVerdict::undecided);
}

TEST(C2pa, ClaimsOfTheFirstVersionAreRead) {
  Recipe old;
  old.version_1 = true;
  const C2pa read_back = read(jpeg(old));
  EXPECT_EQ(read_back.verdict, C2paVerdict::valid);
  EXPECT_EQ(read_back.claim_generator, "assay test 1");
  EXPECT_TRUE(read_back.ai);
}

TEST(C2pa, ChangesOfTheManifestAreFound) {
  EXPECT_THAT(ids(read(changed(jpeg(), "c2pa.created", "c2pa.createt"))),
              Contains("c2pa-assertion-mismatch"));
  Recipe wrong;
  wrong.wrong_assertion = true;
  EXPECT_EQ(read(jpeg(wrong)).verdict, C2paVerdict::invalid);
  Recipe more;
  more.undeclared = true;
  EXPECT_THAT(ids(read(jpeg(more))), Contains("c2pa-assertion-undeclared"));
}

TEST(C2pa, TrustIsApartFromIntegrity) {
  const Signer other({-7, [] { return EVP_EC_gen("P-256"); }, "SHA256", 32});
  const C2pa unknown = read(jpeg(), {other.anchors(), {}});
  EXPECT_EQ(unknown.verdict, C2paVerdict::valid_untrusted);
  EXPECT_THAT(ids(unknown), ElementsAre("c2pa-untrusted"));
  const C2pa nobody = read(jpeg(), {});
  EXPECT_EQ(nobody.verdict, C2paVerdict::valid_untrusted);
  EXPECT_THAT(ids(nobody), ElementsAre("c2pa-no-trust-list"));
  const C2pa late = read(jpeg(), {es256().anchors(), Date{2026, 1, 2}});
  EXPECT_EQ(late.verdict, C2paVerdict::valid_untrusted);
  EXPECT_THAT(ids(late), ElementsAre("c2pa-certificate-time"));
  const Signer server({-7, [] { return EVP_EC_gen("P-256"); }, "SHA256", 32}, "serverAuth");
  EXPECT_THAT(ids(read(make(containers()[0], server), {server.anchors(), {}})),
              ElementsAre("c2pa-certificate-purpose"));
}

TEST(C2pa, ABrokenTrustListIsAnError) {
  const std::string file = jpeg();
  MemorySource in(as_raw(file));
  const auto result = read_c2pa(in, {"no certificates", {}});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, Code::invalid);
}

TEST(C2pa, WhatIsNotComputedIsUndecided) {
  Recipe boxes;
  boxes.binding = "c2pa.hash.boxes";
  EXPECT_EQ(read(jpeg(boxes)).verdict, C2paVerdict::undecided);
  Recipe unbound;
  unbound.binding = "c2pa.thumbnail";
  EXPECT_THAT(ids(read(jpeg(unbound))), Contains("c2pa-binding-missing"));
  const C2pa flv = read("FLV......");
  EXPECT_EQ(flv.verdict, C2paVerdict::undecided);
  EXPECT_THAT(ids(flv), ElementsAre("c2pa-not-looked-for"));
}

TEST(C2pa, BytesLeftOutBesideTheStoreAreSaid) {
  Recipe recipe;
  recipe.more_excluded = 6;
  const C2pa read_back = read(jpeg(recipe));
  EXPECT_EQ(read_back.verdict, C2paVerdict::valid);
  EXPECT_THAT(ids(read_back), Contains("c2pa-extra-exclusions"));
}

TEST(C2pa, SidecarsAreReadWhereTheFileHasNone) {
  const fs::path folder = fs::path(testing::TempDir()) / "c2pa_sidecar";
  fs::create_directories(folder);
  const std::string picture = containers()[0].before + containers()[0].after;
  const std::string store = maker::store(es256(), {}, 0, 0, maker::sha256_text(picture));
  ASSERT_TRUE(write_file_atomic(folder / "a.jpg", picture).ok());
  ASSERT_TRUE(write_file_atomic(folder / "a.c2pa", store).ok());
  ASSERT_TRUE(write_file_atomic(folder / "list.pem", es256().anchors()).ok());
  const auto beside = read_c2pa(folder / "a.jpg", folder / "list.pem", kThen);
  ASSERT_TRUE(beside.ok()) << beside.error().text();
  EXPECT_EQ(beside->verdict, C2paVerdict::valid);
  fs::remove(folder / "a.c2pa");
  const auto none = read_c2pa(folder / "a.jpg", std::nullopt);
  ASSERT_TRUE(none.ok());
  EXPECT_EQ(none->verdict, C2paVerdict::none);
  EXPECT_FALSE(read_c2pa(folder / "b.jpg", std::nullopt).ok());
}

// `look` is given each verdict after a bit at a byte was turned. Nothing cut short is valid.
void each_damage(std::string bytes, const std::function<void(std::size_t, C2paVerdict)>& look) {
  const auto verdict = [](std::string_view some) {
    MemorySource in(as_raw(some));
    const auto result = read_c2pa(in, {});
    EXPECT_TRUE(result.ok() || result.error().code != Code::internal);
    return result.ok() ? result->verdict : C2paVerdict::undecided;
  };
  for (std::size_t n = 0; n < bytes.size(); n += 11)
    ASSERT_NE(verdict(std::string_view(bytes).substr(0, n)), C2paVerdict::valid) << n;
  for (std::size_t bit = 0; bit < bytes.size() * 8; bit += 23) {
    const auto mask = static_cast<char>(1 << bit % 8);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
    look(bit / 8, verdict(bytes));
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
  }
}

// However a file is damaged, where its store stands is found or not, and places lie in it.
void expect_sound_stores(const std::string& bytes) {
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const std::string damaged = formats::Damage(seed).of(bytes);
    MemorySource in(as_raw(damaged));
    const auto store = find_c2pa_store(in);
    if (!store.ok()) {
      ASSERT_NE(store.error().code, Code::internal) << store.error().text() << seed;
      ASSERT_LE(store.error().offset, damaged.size()) << store.error().text() << seed;
      continue;
    }
    for (const ByteRange& range : store->ranges) {
      ASSERT_LE(range.offset, damaged.size()) << seed;
      ASSERT_LE(range.size, damaged.size() - range.offset) << seed;
    }
  }
}

// Only what nothing vouches for may change under a valid manifest: frames around the store, the
// unsigned part of the signature, names of types.
TEST(C2pa, EveryTruncationAndBitFlipEndsSoundly) {
  for (const Container& container : containers()) {
    std::string bytes = make(container, es256());
    expect_sound_stores(bytes);
    const std::size_t store_end = bytes.size() - container.after.size();
    const bool boxes = container.binding != "c2pa.hash.data";
    each_damage(bytes, [&](std::size_t at, C2paVerdict now) {
      const bool left_out = boxes && at < store_end + 42;
      if (at >= store_end && !left_out) {
        EXPECT_NE(now, C2paVerdict::valid_untrusted) << container.name << " " << at;
      }
    });
  }
  for (const Envelope& envelope : kEnvelopes) {
    const std::string bytes = make(envelope, es256());
    expect_sound_stores(bytes);
    const std::size_t pixels = bytes.find("pixels of it");
    each_damage(bytes, [&](std::size_t at, C2paVerdict now) {
      if (at >= pixels && at < pixels + 12) {
        EXPECT_NE(now, C2paVerdict::valid_untrusted) << envelope.name << " " << at;
      }
    });
  }
}

}  // namespace
}  // namespace assay::label
