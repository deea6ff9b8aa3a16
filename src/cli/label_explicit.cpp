// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"
#include "catalog/json_object.h"
#include "cli/label_commands.h"
#include "label/heard.h"
#include "label/seen.h"

namespace assay::cli {
namespace {

using catalog::JsonObject;

constexpr std::string_view kWords = "label-words";
constexpr std::string_view kPictureHeight = "gb-45438/LBL-IMG-003";

enum class Sense : std::uint8_t { none, picture, film, sound };

Sense sense_of(std::string_view format) {
  constexpr std::array<std::string_view, 7> kPictures = {"JPEG", "PNG",  "GIF", "WebP",
                                                         "TIFF", "HEIF", "AVIF"};
  constexpr std::array<std::string_view, 6> kFilms = {"MP4",  "QuickTime", "Matroska",
                                                      "WebM", "AVI",       "FLV"};
  constexpr std::array<std::string_view, 6> kSounds = {"WAV", "MP3", "AAC", "FLAC", "Ogg", "M4A"};
  const auto in = [&](const auto& list) {
    return std::find(list.begin(), list.end(), format) != list.end();
  };
  return in(kPictures) ? Sense::picture
         : in(kFilms)  ? Sense::film
         : in(kSounds) ? Sense::sound
                       : Sense::none;
}

Result<label::SeenRules> seen_rules(const Content& content) {
  const Lexicon* words = find_lexicon(content, kWords);
  if (words == nullptr)
    return Error{Code::not_found, fmt::format("the content has no lexicon '{}'", kWords), 0,
                 "content/lexicons", "use the content that belongs to this program"};
  label::SeenRules out;
  for (const LexiconEntry& entry : words->entries)
    (entry.argument == "ai" ? out.ai_words : out.generation_words).push_back(entry.value);
  return out;
}

std::string json_of(const std::optional<label::SeenLabel>& seen, JsonObject out) {
  out.boolean("found", seen && seen->whole());
  if (!seen) return out.str();
  const label::Box& box = seen->box;
  return out.boolean("ai", seen->ai_element)
      .boolean("generation", seen->generation_element)
      .text("text", seen->text)
      .number("height_percent", seen->height_percent)
      .raw("box", fmt::format("[{},{},{},{}]", box.x, box.y, box.width, box.height))
      .boolean("at_edge", seen->at_edge)
      .str();
}

std::string json_of(const label::Heard& heard) {
  constexpr std::array<std::string_view, 3> kPlaces = {"start", "middle", "end"};
  std::vector<std::string> rhythms;
  for (const label::HeardRhythm& one : heard.rhythms)
    rhythms.push_back(JsonObject()
                          .number("start", one.rhythm.start_s)
                          .number("end", one.rhythm.end_s)
                          .number("pitch_hz", one.rhythm.pitch_hz)
                          .text("place", kPlaces[static_cast<std::size_t>(one.place)])
                          .str());
  return JsonObject()
      .boolean("found", !heard.rhythms.empty())
      .list("rhythms", rhythms)
      .boolean("whole", heard.whole)
      .str();
}

Text told(const std::optional<label::SeenLabel>& seen, std::optional<double> limit) {
  if (!seen)
    return {"画面中未读出显式标识；由人员确认",
            "no label is read in the picture; a person decides"};
  const std::string text = printable(seen->text, 200);
  if (!seen->whole())
    return {fmt::format("画面中只读出一个要素：“{}”；由人员确认", text),
            fmt::format("one element alone is read: '{}'; a person decides", text)};
  const bool low = limit && seen->height_percent < *limit;
  return {
      fmt::format("画面中的显式标识：“{}”，字高为最短边的 {:.1f} %{}", text, seen->height_percent,
                  low ? fmt::format("（应不低于 {:.0f} %）", *limit) : ""),
      fmt::format("label in the picture: '{}', {:.1f} % of the shortest side high{}", text,
                  seen->height_percent,
                  low ? fmt::format(" (at least {:.0f} % is wanted)", *limit) : "")};
}

Text told(const label::Heard& heard) {
  if (heard.rhythms.empty()) return heard.note();
  const label::Rhythm& first = heard.rhythms[0].rhythm;
  return {fmt::format("音频节奏标识：{:.2f} 至 {:.2f} 秒", first.start_s, first.end_s),
          fmt::format("rhythm label: {:.2f} to {:.2f} s", first.start_s, first.end_s)};
}

}  // namespace

Result<ExplicitLabel> look_for_explicit(const LabelSubject& subject, std::string_view format,
                                        const Content& content) {
  ExplicitLabel out;
  const Sense sense = sense_of(format);
  if (sense == Sense::none || subject.member) return out;
  if (sense == Sense::sound) {
    const label::Heard heard = TRY(label::listen(subject.file));
    return ExplicitLabel{!heard.rhythms.empty(), json_of(heard), told(heard)};
  }
  const label::SeenRules rules = TRY(seen_rules(content));
  const Clause* clause = find_clause(content, kPictureHeight);
  const std::optional<double> limit = clause == nullptr ? std::nullopt : clause->threshold.value;
  if (sense == Sense::picture) {
    const label::Seen seen = TRY(label::look_at_picture(subject.file, rules));
    return ExplicitLabel{seen.label && seen.label->whole(), json_of(seen.label, {}),
                         told(seen.label, limit)};
  }
  const label::SeenVideo film = TRY(label::look_at_video(subject.file, rules));
  JsonObject times;
  times.number("from", film.from).number("stays", film.stays).number("looked", film.looked);
  return ExplicitLabel{film.label && film.label->whole(), json_of(film.label, times),
                       told(film.label, limit)};
}

}  // namespace assay::cli
