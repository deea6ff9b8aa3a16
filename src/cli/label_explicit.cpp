// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>

#include "base/strings.h"
#include "catalog/json_object.h"
#include "checks/label_words.h"
#include "cli/label_commands.h"

namespace assay::cli {
namespace {

using catalog::JsonObject;

constexpr std::string_view kPictureHeight = "gb-45438/LBL-IMG-003";
constexpr std::array<std::string_view, 3> kPlaces = {"start", "middle", "end"};

std::string_view word(label::TextPlace place) { return kPlaces[static_cast<std::size_t>(place)]; }

JsonObject json_of(const label::TextLook& look) {
  constexpr std::array<std::string_view, 4> kSigns = {"none", "mention", "mark", "label"};
  JsonObject out;
  out.boolean("found", look.sign == label::TextSign::label)
      .text("sign", kSigns[static_cast<std::size_t>(look.sign)]);
  if (!look.found) return out;
  return out.text("text", printable(trim(look.found->text), 400))
      .text("place", word(look.found->place))
      .number("line", static_cast<double>(look.found->line))
      .number("offset", static_cast<double>(look.found->offset))
      .boolean("disguised", look.found->disguised);
}

JsonObject json_of(const label::SeenLabel* seen, JsonObject out) {
  out.boolean("found", seen != nullptr && seen->whole());
  if (seen == nullptr) return out;
  const label::Box& box = seen->box;
  return out.boolean("ai", seen->ai_element)
      .boolean("generation", seen->generation_element)
      .boolean("other_words", seen->other_words)
      .text("text", seen->text)
      .number("height_percent", seen->height_percent)
      .raw("box", fmt::format("[{},{},{},{}]", box.x, box.y, box.width, box.height))
      .boolean("at_edge", seen->at_edge);
}

std::vector<std::string> json_of(const std::vector<label::HeardRhythm>& heard) {
  std::vector<std::string> rhythms;
  for (const label::HeardRhythm& one : heard)
    rhythms.push_back(JsonObject()
                          .number("start", one.rhythm.start_s)
                          .number("end", one.rhythm.end_s)
                          .number("pitch_hz", one.rhythm.pitch_hz)
                          .text("place", kPlaces[static_cast<std::size_t>(one.place)])
                          .str());
  return rhythms;
}

JsonObject json_of(const label::Heard& heard) {
  return JsonObject()
      .boolean("found", !heard.rhythms.empty())
      .list("rhythms", json_of(heard.rhythms))
      .boolean("whole", heard.whole);
}

JsonObject json_of(const label::Explicit& found) {
  if (found.sense == label::Sense::text) return json_of(found.text);
  if (found.sense == label::Sense::sound) return json_of(found.sound);
  JsonObject times;
  if (found.sense == label::Sense::film)
    times.number("from", found.film.from)
        .number("stays", found.film.stays)
        .number("looked", found.film.looked)
        .boolean("sound", found.sound.sound)
        .list("rhythms", json_of(found.sound.rhythms))
        .boolean("whole", found.sound.whole);
  return json_of(found.seen(), times);
}

// A picture or sound that the programs could not take: no label is found, and none is ruled out.
ExplicitLabel not_looked(const Error& error) {
  ExplicitLabel out;
  out.json = JsonObject().boolean("found", false).text("error", error.what).str();
  out.told = {{"explicit-unread",
               Severity::low,
               "",
               {"未能查找显式标识：" + error.text(Language::zh),
                "labels seen, heard or read were not looked for: " + error.text()},
               {"检查文件是否完整", "check whether the file is whole"}}};
  return out;
}

}  // namespace

Result<ExplicitWanted> explicit_wanted(const Content& content) {
  const Clause* clause = find_clause(content, kPictureHeight);
  if (clause == nullptr || !clause->threshold.value)
    return Error{Code::not_found, fmt::format("the content has no limit in '{}'", kPictureHeight),
                 0, "content/standards", "use the content that belongs to this program"};
  label::ExplicitRules rules = TRY(checks::explicit_rules(content));
  return ExplicitWanted{std::move(rules.seen), *clause->threshold.value};
}

Result<ExplicitLooker> ExplicitLooker::make(const Content& content, bool all,
                                            std::optional<fs::path> evidence) {
  ExplicitLooker out;
  out.rules_ = TRY(checks::explicit_rules(content));
  out.all_ = all;
  out.evidence_ = std::move(evidence);
  if (out.evidence_) TRY(make_folder(*out.evidence_));
  return out;
}

Result<ExplicitLabel> ExplicitLooker::look(const LabelSubject& subject, std::string_view format) {
  const label::Sense sense = label::sense_of(format);
  const bool text = sense == label::Sense::text;
  const bool wanted = text || (all_ && !subject.member && sense != label::Sense::none);
  if (!wanted || subject.in == nullptr) return ExplicitLabel{};
  const auto found = label::look_for_explicit(*subject.in, subject.file, format, rules_);
  if (!found.ok()) {
    const Code code = found.error().code;
    const bool of_the_file =
        code == Code::invalid || code == Code::limit || code == Code::unsupported;
    if (of_the_file) return not_looked(found.error());
    return found.error();
  }
  ExplicitLabel out;
  JsonObject json = json_of(*found);
  if (const std::string path = TRY(keep(subject, *found)); !path.empty())
    json.text("evidence", path);
  out.found = found->found();
  out.decided = out.found || found->surely_none(format);
  out.trace = found->is_trace();
  out.json = json.str();
  out.told = found->told(rules_);
  if (text && found->text.found)
    out.place = SarifPlace{found->text.found->line, found->text.found->offset};
  return out;
}

// Writes what is seen or heard as a picture, and returns its path.
Result<std::string> ExplicitLooker::keep(const LabelSubject& subject,
                                         const label::Explicit& found) {
  if (!evidence_) return std::string();
  const label::Illustration picture = TRY(label::illustrate(found, subject.file));
  if (picture.empty()) return std::string();
  constexpr std::size_t kLongestName = 120;  // bytes; a file system takes 255
  std::string name = subject.file.filename().string();
  if (name.size() > kLongestName) name = name.substr(name.size() - kLongestName);
  const fs::path path = *evidence_ / fmt::format("{:04}-{}{}", ++kept_, name, picture.ending);
  TRY(write_file_atomic(path, picture.bytes));
  return path.string();
}

}  // namespace assay::cli
