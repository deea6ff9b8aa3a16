// SPDX-License-Identifier: Apache-2.0
#include "label/chime.h"

#include <gmock/gmock.h>

#include <bit>
#include <cmath>

#include "label/rhythm.h"

namespace assay::label {
namespace {

std::string little(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> 8 * i & 0xff));
  return out;
}

std::string chunk(const std::string& id, const std::string& body) {
  return id + little(body.size(), 4) + body + std::string(body.size() % 2, '\0');
}

constexpr unsigned kRate = 16000;

// A second of a soft 300 Hz tone in `form` (1 integers, 3 floats), with chunks around it.
std::string wav(int form, int bits, int channels, const std::string& before = "",
                const std::string& after = "") {
  std::string data;
  for (unsigned i = 0; i < kRate; ++i) {
    const double value = 0.1 * std::sin(0.118 * i);
    const auto whole = static_cast<std::int64_t>(value * std::pow(2, bits - 1));
    const std::uint32_t real = std::bit_cast<std::uint32_t>(static_cast<float>(value));
    for (int c = 0; c < channels; ++c)
      data += little(form == 3 ? real : static_cast<std::uint64_t>(whole), bits / 8);
  }
  const int frame = channels * bits / 8;
  const std::string format = little(static_cast<std::uint64_t>(form), 2) +
                             little(static_cast<std::uint64_t>(channels), 2) + little(kRate, 4) +
                             little(static_cast<std::uint64_t>(frame) * kRate, 4) +
                             little(static_cast<std::uint64_t>(frame), 2) +
                             little(static_cast<std::uint64_t>(bits), 2);
  const std::string body = "WAVE" + chunk("fmt ", format) + before + chunk("data", data) + after;
  return "RIFF" + little(body.size(), 4) + body;
}

Result<std::string> chimed(const std::string& bytes, const ChimeRequest& request = {}) {
  MemorySource in(as_raw(bytes));
  const Splice splice = TRY(chime_wav(in, request, chime_level(0.005)));
  return splice.apply(in, std::uint64_t{1} << 24);
}

std::uint64_t number(const std::string& bytes, std::size_t at) {
  return ByteReader(as_raw(bytes).subspan(at)).le<std::uint32_t>().value();
}

// The rhythms in the first channel; the header must be one of ours.
std::vector<Rhythm> find(const std::string& bytes, int form, int bits, int channels) {
  const std::size_t data = bytes.find("data");
  std::vector<float> sound;
  const auto width = static_cast<std::size_t>(bits / 8);
  for (std::size_t i = 0; i < number(bytes, data + 4);
       i += width * static_cast<std::size_t>(channels)) {
    std::uint32_t value = 0;
    for (std::size_t k = width; k-- > 0;)
      value = value << 8 | static_cast<unsigned char>(bytes[data + 8 + i + k]);
    sound.push_back(form == 3
                        ? std::bit_cast<float>(value)
                        : static_cast<float>(static_cast<std::int32_t>(value << (32 - bits))) /
                              2147483648.0F);
  }
  RhythmFinder finder(kRate);
  finder.feed(sound);
  return finder.finish();
}

TEST(Chime, IsFoundInWavOfEachForm) {
  for (const auto& [form, bits] :
       {std::pair(1, 16), std::pair(1, 24), std::pair(1, 32), std::pair(3, 32)}) {
    for (const int channels : {1, 2}) {
      for (const ChimePlace place : {ChimePlace::start, ChimePlace::end}) {
        const std::string old =
            wav(form, bits, channels, chunk("LIST", "abc"), chunk("id3 ", "xyz"));
        ChimeRequest request;
        request.place = place;
        const auto made = chimed(old, request);
        ASSERT_TRUE(made.ok()) << made.error().text();
        EXPECT_EQ(number(*made, 4) + 8, made->size());
        EXPECT_TRUE(made->ends_with(chunk("id3 ", "xyz")));
        const std::size_t from = old.find("data") + 8, size = number(old, from - 4);
        EXPECT_NE(made->find(old.substr(from, size)), std::string::npos) << "the old samples";
        const auto found = find(*made, form, bits, channels);
        ASSERT_EQ(found.size(), 1U) << form << ' ' << bits << ' ' << channels;
        EXPECT_NEAR(found[0].pitch_hz, 1000, 5);
        EXPECT_NEAR(found[0].start_s, place == ChimePlace::start ? 0.9 : 1.9, 0.02);
      }
    }
  }
}

TEST(Chime, KeepsTheCountOfFrames) {
  for (const bool before : {true, false}) {
    const std::string fact = chunk("fact", little(kRate, 4));
    const auto made = chimed(wav(3, 32, 2, before ? fact : "", before ? "" : fact));
    ASSERT_TRUE(made.ok());
    EXPECT_EQ(number(*made, made->find("fact") + 8), number(*made, made->find("data") + 4) / 8);
  }
}

TEST(Chime, PadsAnOddNumberOfBytes) {
  const std::string old = wav(1, 24, 1, "", chunk("id3 ", "wxyz"));
  ChimeRequest request;
  request.dot_s = 0.1;
  const auto made = chimed(old, request);
  ASSERT_TRUE(made.ok());
  const std::size_t data = made->find("data");
  const std::uint64_t size = number(*made, data + 4);
  EXPECT_EQ(made->substr(data + 8 + size + size % 2, 4), "id3 ");
}

TEST(Chime, RefusesWhatItCannotKeep) {
  const auto code = [](const std::string& bytes, const ChimeRequest& request = {}) {
    const auto made = chimed(bytes, request);
    return made.ok() ? Code::internal : made.error().code;
  };
  EXPECT_EQ(code(""), Code::unsupported);
  EXPECT_EQ(code("RIFF----AVI "), Code::unsupported);
  EXPECT_EQ(code(wav(1, 8, 1)), Code::unsupported);
  EXPECT_EQ(code(wav(1, 16, 1, chunk("cue ", "1234"))), Code::unsupported);
  ChimeRequest at_end;
  at_end.place = ChimePlace::end;
  EXPECT_TRUE(chimed(wav(1, 16, 1, chunk("cue ", "1234")), at_end).ok());
  ChimeRequest shrill;
  shrill.pitch_hz = 7900;
  EXPECT_EQ(code(wav(1, 16, 1), shrill), Code::invalid);
  const std::string whole = wav(1, 16, 1);
  EXPECT_EQ(code(whole.substr(0, 1000)), Code::invalid);
  for (std::size_t cut = 0; cut < 60; ++cut) EXPECT_NE(code(whole.substr(0, cut)), Code::internal);
}

}  // namespace
}  // namespace assay::label
