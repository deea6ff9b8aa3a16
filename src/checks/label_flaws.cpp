// SPDX-License-Identifier: Apache-2.0
#include "checks/label_flaws.h"

#include <algorithm>

#include "label/explicit.h"

namespace assay::checks {
namespace {

constexpr std::string_view kMisplaced = "misplaced";  // stands for the family's measurement

constexpr std::array<FlawMeasurement, 22> kAbout = {{
    {"label-missing", "min_labels_per_file"},
    {"two-labels", "max_labels_per_file"},
    {"wrong-carrier", kMisplaced},
    {"wrong-namespace", kMisplaced},
    {"not-json", "min_keys_present"},
    {"base64", "base64_values"},
    {"key-missing", "min_keys_present"},
    {"key-misspelt", "min_keys_present"},
    {"key-order", "min_keys_present"},
    {"key-twice", "min_keys_present"},
    {"encoded-twice", "min_keys_present"},
    {"number-for-string", "min_keys_present"},
    {"required-empty", "required_missing"},
    {"label-value", "label_value_invalid"},
    {"bad-character", "bad_characters"},
    {"first-write-mismatch", "first_write_mismatch"},
    {"first-write-empty", "first_write_mismatch"},
    {"code-length", "code_bad_length"},
    {"code-prefix", "code_bad_prefix"},
    {"code-subject", "code_bad_subject"},
    {"code-check-character", "code_bad_check_character"},
    {"code-service", "code_bad_service"},
}};

// Those of kExplicitCheck, by the sense that the file is looked at with.
struct ExplicitRow {
  std::string_view flaw;
  label::Sense sense;
  std::string_view measurement;
};
constexpr std::array<ExplicitRow, 13> kExplicit = {{
    {"text-label", label::Sense::text, "text_whole"},
    {"text-label-open", label::Sense::text, "text_whole"},
    {"seen-label", label::Sense::picture, "picture_whole"},
    {"seen-label-low", label::Sense::picture, "picture_height"},
    {"seen-label-open", label::Sense::picture, "picture_whole"},
    {"seen-label-off", label::Sense::picture, "picture_place_off"},
    {"seen-label", label::Sense::film, "film_whole"},
    {"seen-label-low", label::Sense::film, "film_height"},
    {"seen-label-short", label::Sense::film, "film_seconds"},
    {"seen-label-open", label::Sense::film, "film_whole"},
    {"rhythm", label::Sense::sound, "sound_labels"},
    {"rhythm-open", label::Sense::sound, "sound_labels"},
    {"label-absent", label::Sense::text, "exported_whole"},
}};

bool rests_on(const Control& control, const LabelMeasurement& measurement) {
  return std::any_of(control.measures.begin(), control.measures.end(), [&](const Measure& measure) {
    return measure.check == measurement.check && measure.value == measurement.name;
  });
}

}  // namespace

const std::vector<LabelFamily>& label_families() {
  static const std::vector<LabelFamily> families = {
      {"misplaced_image",
       {"标识不在约定位置的图片", "pictures whose label stands elsewhere"},
       {"JPEG", "PNG", "GIF", "WebP", "TIFF", "HEIF", "AVIF"}},
      {"misplaced_mp4",
       {"标识不在约定位置的 MP4、MOV", "MP4 and MOV files whose label stands elsewhere"},
       {"MP4", "QuickTime"}},
      {"misplaced_matroska",
       {"标识不在约定位置的 MKV、WebM", "MKV and WebM files whose label stands elsewhere"},
       {"Matroska", "WebM"}},
      {"misplaced_flv",
       {"标识不在约定位置的 FLV", "FLV files whose label stands elsewhere"},
       {"FLV"}},
      {"misplaced_avi",
       {"标识不在约定位置的 AVI", "AVI files whose label stands elsewhere"},
       {"AVI"}},
      {"misplaced_wav",
       {"标识不在约定位置的 WAV", "WAV files whose label stands elsewhere"},
       {"WAV"}},
      {"misplaced_mp3",
       {"标识不在约定位置的 MP3、AAC", "MP3 and AAC files whose label stands elsewhere"},
       {"MP3", "AAC"}},
      {"misplaced_flac_ogg_m4a",
       {"标识不在约定位置的 FLAC、OGG、M4A",
        "FLAC, Ogg and M4A files whose label stands elsewhere"},
       {"FLAC", "Ogg", "M4A"}},
      {"misplaced_ooxml",
       {"标识不在约定位置的 DOCX、XLSX、PPTX",
        "DOCX, XLSX and PPTX files whose label stands elsewhere"},
       {"DOCX", "XLSX", "PPTX"}},
      {"misplaced_pdf",
       {"标识不在约定位置的 PDF", "PDF files whose label stands elsewhere"},
       {"PDF"}},
      {"misplaced_markdown",
       {"标识不在约定位置的 Markdown", "Markdown files whose label stands elsewhere"},
       {"Markdown"}},
  };
  return families;
}

const LabelFamily* label_family(std::string_view format) {
  for (const LabelFamily& family : label_families())
    if (std::find(family.formats.begin(), family.formats.end(), format) != family.formats.end())
      return &family;
  return nullptr;
}

LabelMeasurement label_measurement(std::string_view flaw, std::string_view format) {
  const label::Sense sense = label::sense_of(format);
  for (const ExplicitRow& row : kExplicit)
    if (row.flaw == flaw && row.sense == sense) return {kExplicitCheck, row.measurement};
  const auto row = std::find_if(kAbout.begin(), kAbout.end(),
                                [&](const FlawMeasurement& about) { return about.flaw == flaw; });
  if (row == kAbout.end()) return {kLabelCheck, {}};
  if (row->measurement != kMisplaced) return {kLabelCheck, row->measurement};
  const LabelFamily* family = label_family(format);
  return {kLabelCheck, family == nullptr ? std::string_view() : family->misplaced};
}

std::vector<std::string> label_clauses(const Content& content,
                                       const LabelMeasurement& measurement) {
  std::vector<std::string> out;
  if (measurement.name.empty()) return out;
  for (const Standard& standard : content.standards)
    for (const Clause& clause : standard.clauses)
      for (const std::string& id : clause.controls) {
        const Control* control = find_control(content, id);
        if (control != nullptr && rests_on(*control, measurement)) out.push_back(clause.id);
      }
  return out;
}

}  // namespace assay::checks
