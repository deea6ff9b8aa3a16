// SPDX-License-Identifier: Apache-2.0
#include "label/explicit.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"
#include "formats/inflate.h"

namespace assay::label {
namespace {

constexpr std::uint64_t kTextBytes = std::uint64_t{8} << 20;

// What the programs are given to decode. A film may be of any size: its first seconds are seen, and
// its sound is listened to within a budget of time.
struct Most {
  Sense sense;
  std::uint64_t bytes;
};
constexpr std::array<Most, 2> kMost = {
    {{Sense::picture, std::uint64_t{512} << 20}, {Sense::sound, std::uint64_t{4} << 30}}};

Status refuse_too_large(ByteSource& in, Sense sense) {
  for (const Most& most : kMost)
    if (most.sense == sense && in.size() > most.bytes)
      return Error{Code::limit, fmt::format("the file is larger than {} MiB", most.bytes >> 20),
                   most.bytes};
  return Done{};
}

constexpr std::array<std::string_view, 7> kPictures = {"JPEG", "PNG",  "GIF", "WebP",
                                                       "TIFF", "HEIF", "AVIF"};
constexpr std::array<std::string_view, 6> kFilms = {"MP4",  "QuickTime", "Matroska",
                                                    "WebM", "AVI",       "FLV"};
constexpr std::array<std::string_view, 6> kSounds = {"WAV", "MP3", "AAC", "FLAC", "Ogg", "M4A"};

template <class List>
bool among(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

std::string place_of(const TextFound& found) {
  return fmt::format("line {}, byte {}", found.line, found.offset);
}

Text name_of(TextPlace place) {
  switch (place) {
    case TextPlace::start: return {"起始", "at the start"};
    case TextPlace::middle: return {"中间", "in the middle"};
    case TextPlace::end: return {"末尾", "at the end"};
  }
  return {};
}

constexpr StaticText kLookUp = {
    "由人员确认，或改用起始、末尾处单独一行的“人工智能生成”一类文字。",
    "Let a person decide, or put words such as 人工智能生成 on a line of "
    "their own at the start or the end."};

Flaw told_text(const TextLook& look) {
  if (look.sign == TextSign::none)
    return {"text-label-open",
            Severity::info,
            "",
            {"文本中没有人工智能要素；是否在别处标识由人员确认",
             "the text does not name AI; whether a label stands elsewhere, a person decides"},
            kLookUp.text()};
  const TextFound& found = *look.found;
  const std::string text = printable(trim(found.text), 200);
  const Text place = name_of(found.place);
  if (look.sign == TextSign::mark)
    return {"text-label-open",
            Severity::info,
            place_of(found),
            {fmt::format("{}有只含人工智能要素的标记“{}”；是否为角标由人员确认", place.zh, text),
             fmt::format("a mark '{}' {}; whether it is a corner mark, a person decides", text,
                         place.en)},
            kLookUp.text()};
  if (look.sign == TextSign::mention)
    return {"text-label-open",
            Severity::info,
            place_of(found),
            {fmt::format("文本提到人工智能，但未见标识：“{}”；由人员确认", text),
             fmt::format("the text names AI, but no label is told: '{}'; a person decides", text)},
            kLookUp.text()};
  const StaticText alike =
      found.disguised ? StaticText{"（含其他文字中的形近字母）", " (with letters of other scripts)"}
                      : StaticText{};
  return {"text-label",
          Severity::info,
          place_of(found),
          {fmt::format("{}的显式标识：“{}”{}", place.zh, text, alike.zh),
           fmt::format("label {}: '{}'{}", place.en, text, alike.en)},
          {}};
}

constexpr StaticText kEnlarge = {"把标识文字放大到最短边的规定比例以上，并复测。",
                                 "Make the letters larger, and measure again."};
constexpr StaticText kConfirm = {"由人员查看文件并确认。", "Let a person look at the file."};

std::string place_of(const Explicit& found) {
  const Box& box = found.seen()->box;
  std::string out = fmt::format("box {},{} {}x{}", box.x, box.y, box.width, box.height);
  if (found.sense == Sense::film)
    out += fmt::format(", {:.2f} to {:.2f} s", found.film.from, found.film.from + found.film.stays);
  return out;
}

Flaw told_seen(const Explicit& found, double least) {
  const SeenLabel* seen = found.seen();
  if (seen == nullptr)
    return {
        "seen-label-open",
        Severity::info,
        "",
        {"画面中未读出显式标识；由人员确认", "no label is read in the picture; a person decides"},
        kConfirm.text()};
  const std::string text = printable(seen->text, 200);
  if (seen->other_words)
    return {"seen-label-open",
            Severity::info,
            place_of(found),
            {fmt::format("画面中的标识用语不是标准列出的：“{}”；由人员确认", text),
             fmt::format("a label in words that the standard does not name: '{}'; a person decides",
                         text)},
            kConfirm.text()};
  if (!seen->whole())
    return {"seen-label-open",
            Severity::info,
            place_of(found),
            {fmt::format("画面中只读出一个要素：“{}”；由人员确认", text),
             fmt::format("one element alone is read: '{}'; a person decides", text)},
            kConfirm.text()};
  const bool low = seen->height_percent < least;
  return {
      low ? "seen-label-low" : "seen-label",
      low ? Severity::medium : Severity::info,
      place_of(found),
      {fmt::format("画面中的显式标识：“{}”，字高为最短边的 {:.1f} %{}", text, seen->height_percent,
                   low ? fmt::format("（应不低于 {:.0f} %）", least) : ""),
       fmt::format("label in the picture: '{}', {:.1f} % of the shortest side high{}", text,
                   seen->height_percent,
                   low ? fmt::format(" (at least {:.0f} % is wanted)", least) : "")},
      low ? kEnlarge.text() : Text{}};
}

// A label of the opening picture that is gone before it should. Where it is not read any longer it
// may still be there.
std::optional<Flaw> told_short(const Explicit& found, const ExplicitRules& rules) {
  const SeenVideo& film = found.film;
  const double frame = 1.0 / rules.seen.frames_per_second;
  const bool to_the_end = film.from + film.stays > film.looked - frame;
  if (!found.found() || to_the_end || film.stays + frame >= rules.least_film_seconds)
    return std::nullopt;
  return Flaw{
      "seen-label-short",
      Severity::low,
      place_of(found),
      {fmt::format("标识从 {:.2f} 秒起只读到 {:.2f} 秒（应持续不少于 {:g} 秒）；由人员确认",
                   film.from, film.stays, rules.least_film_seconds),
       fmt::format("from {:.2f} s on the label is read for {:.2f} s (at least {:g} s are wanted); "
                   "a person decides",
                   film.from, film.stays, rules.least_film_seconds)},
      {"延长标识的显示时间，或由人员确认其仍然可见。",
       "Let the label stay longer, or let a person look whether it is still there."}};
}

Flaw told_heard(const Heard& heard) {
  if (heard.rhythms.empty())
    return {"rhythm-open", Severity::info, "", heard.note(),
            Text{"由人员试听并确认。", "Let a person listen."}};
  std::string times;
  for (const HeardRhythm& one : heard.rhythms)
    times += fmt::format("{}{:.2f} – {:.2f} s", times.empty() ? "" : ", ", one.rhythm.start_s,
                         one.rhythm.end_s);
  const Rhythm& first = heard.rhythms[0].rhythm;
  return {"rhythm",
          Severity::info,
          times,
          {fmt::format("音频节奏标识：{:.2f} 至 {:.2f} 秒，{:.0f} Hz，信噪比 {:.0f} dB",
                       first.start_s, first.end_s, first.pitch_hz, first.snr_db),
           fmt::format("rhythm label: {:.2f} to {:.2f} s, {:.0f} Hz, {:.0f} dB over all else",
                       first.start_s, first.end_s, first.pitch_hz, first.snr_db)},
          {}};
}

// A film whose sound cannot be decoded was looked at all the same.
Result<Heard> listen_to_film(const fs::path& file) {
  auto heard = listen(file);
  const bool undecoded =
      !heard.ok() && (heard.error().code == Code::invalid || heard.error().code == Code::limit);
  if (!undecoded) return heard;
  Heard unheard;
  unheard.sound = true;
  unheard.whole = false;
  return unheard;
}

void put_u32(std::string& out, std::size_t value) {
  for (const int shift : {24, 16, 8, 0}) out += static_cast<char>(value >> shift & 0xFF);
}

void put_chunk(std::string& out, std::string_view kind, std::string_view data) {
  put_u32(out, data.size());
  const std::string body = std::string(kind) + std::string(data);
  out += body;
  put_u32(out, formats::crc32_of(as_raw(body)));
}

}  // namespace

Sense sense_of(std::string_view format) {
  return among(kPictures, format)        ? Sense::picture
         : among(kFilms, format)         ? Sense::film
         : among(kSounds, format)        ? Sense::sound
         : text_kind(format).has_value() ? Sense::text
                                         : Sense::none;
}

const SeenLabel* Explicit::seen() const {
  const auto& label = sense == Sense::film ? film.label : picture.label;
  return label ? &*label : nullptr;
}

bool Explicit::found() const {
  switch (sense) {
    case Sense::text: return text.sign == TextSign::label;
    case Sense::sound: return !sound.rhythms.empty();
    case Sense::picture:
    case Sense::film: return seen() != nullptr && seen()->whole();
    case Sense::none: return false;
  }
  return false;
}

bool Explicit::is_trace() const {
  return found() || !sound.rhythms.empty() || (seen() != nullptr && seen()->other_words);
}

bool Explicit::surely_none(std::string_view format) const {
  const auto kind = text_kind(format);
  const bool bare = kind == formats::prose::Kind::plain || kind == formats::prose::Kind::markdown;
  return sense == Sense::text && bare && text.sign == TextSign::none && !text.pictures;
}

std::vector<Flaw> Explicit::told(const ExplicitRules& rules) const {
  if (sense == Sense::text) return {told_text(text)};
  if (sense == Sense::sound) return {told_heard(sound)};
  if (sense == Sense::picture) return {told_seen(*this, rules.least_height_percent)};
  std::vector<Flaw> out = {told_seen(*this, rules.least_film_height_percent)};
  if (auto flaw = told_short(*this, rules)) out.push_back(std::move(*flaw));
  if (!sound.rhythms.empty()) out.push_back(told_heard(sound));
  return out;
}

Result<Explicit> look_for_explicit(ByteSource& in, const fs::path& file, std::string_view format,
                                   const ExplicitRules& rules) {
  Explicit out;
  out.sense = sense_of(format);
  TRY(refuse_too_large(in, out.sense));
  switch (out.sense) {
    case Sense::none: break;
    case Sense::text: {
      const auto prose = TRY(
          formats::prose::read(in, *text_kind(format), {.bytes = kTextBytes, .blocks = 200'000}));
      out.text = look_at_text(prose, rules.text);
      break;
    }
    case Sense::picture: out.picture = TRY(look_at_picture(file, rules.seen)); break;
    case Sense::film:
      out.film = TRY(look_at_video(file, rules.seen));
      out.sound = TRY(listen_to_film(file));
      break;
    case Sense::sound: out.sound = TRY(listen(file)); break;
  }
  return out;
}

bool is_program_missing(const Error& error) { return error.mend.starts_with("install "); }

std::string write_png(const Picture& picture) {
  std::string rows;
  const std::size_t stride = 3 * static_cast<std::size_t>(picture.width);
  for (std::size_t y = 0; y < static_cast<std::size_t>(picture.height); ++y) {
    rows += '\0';  // filter: none
    const auto from = picture.at.begin() + static_cast<std::ptrdiff_t>(y * stride);
    rows.append(from, from + static_cast<std::ptrdiff_t>(stride));
  }
  std::string head;
  put_u32(head, static_cast<std::size_t>(picture.width));
  put_u32(head, static_cast<std::size_t>(picture.height));
  head += std::string_view("\x08\x02\0\0\0", 5);  // 8 bits, red green blue
  std::string out = "\x89PNG\r\n\x1a\n";
  put_chunk(out, "IHDR", head);
  put_chunk(out, "IDAT", formats::deflate_all(as_raw(rows)));
  put_chunk(out, "IEND", {});
  return out;
}

Result<Illustration> illustrate(const Explicit& found, const fs::path& file) {
  if (found.seen() == nullptr && !found.sound.rhythms.empty())
    return Illustration{TRY(draw_around(file, found.sound.rhythms[0].rhythm)), "image/svg+xml",
                        ".svg"};
  if (found.seen() == nullptr) return Illustration{};
  std::string_view ppm = found.seen()->evidence;
  return Illustration{write_png(TRY(take_ppm(ppm))), "image/png", ".png"};
}

}  // namespace assay::label
