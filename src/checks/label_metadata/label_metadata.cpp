// SPDX-License-Identifier: Apache-2.0
//
// The implicit label in the metadata of outputs: pictures, sound, film and documents.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/messages.h"
#include "base/strings.h"
#include "checks/common.h"
#include "checks/label_flaws.h"
#include "label/check.h"

namespace assay::checks::label_metadata {
namespace {

constexpr std::string_view kId = kLabelCheck;

constexpr std::array<CheckMeasurement, 21> kOwn = {{
    {"files", Input::media_outputs, {"检查的文件", "files looked at"}},
    {"files_not_read",
     Input::media_outputs,
     {"未检查的其他类型文件", "files of other kinds, not looked at"}},
    {"files_unreadable", Input::media_outputs, {"无法读取的文件", "files that could not be read"}},
    {"labelled_share",
     Input::media_outputs,
     {"带有隐式标识的文件", "files with an implicit label"}},
    {"min_labels_per_file",
     Input::media_outputs,
     {"单个文件最少的隐式标识数", "fewest implicit labels in a file"}},
    {"max_labels_per_file",
     Input::media_outputs,
     {"单个文件最多的隐式标识数", "most implicit labels in a file"}},
    {"min_keys_present", Input::media_outputs, {"单个标识最少的字段数", "fewest keys in a label"}},
    {"required_missing", Input::media_outputs, {"缺少的必填值", "required values missing"}},
    {"min_elements",
     Input::media_outputs,
     {"单个文件最少的要素数（属性、提供者、编号）",
      "fewest elements in a file: attribute, provider, number"}},
    {"other_carrier_labels",
     Input::media_outputs,
     {"图片中位于备选载体的标识", "labels of pictures in another carrier"}},
    {"other_carrier_wrong",
     Input::media_outputs,
     {"备选载体或其形式不被接受的标识", "labels in a carrier or a form that is not accepted"}},
    {"label_value_invalid",
     Input::media_outputs,
     {"Label 取值无效的标识", "labels whose Label value is invalid"}},
    {"bad_characters", Input::media_outputs, {"不允许的字符", "characters that are not allowed"}},
    {"first_write_mismatch",
     Input::media_outputs,
     {"首次写入时生成与传播字段不一致的标识",
      "labels whose producer and propagator differ at first writing"}},
    {"base64_values", Input::media_outputs, {"以 Base64 编码的标识", "labels encoded in Base64"}},
    {"codes", Input::media_outputs, {"检查的服务提供者编码", "provider codes looked at"}},
    {"code_bad_length", Input::media_outputs, {"长度不符的编码", "codes of a wrong length"}},
    {"code_bad_prefix", Input::media_outputs, {"格式标识不符的编码", "codes with a wrong prefix"}},
    {"code_bad_subject",
     Input::media_outputs,
     {"主体编码不符的编码", "codes with a wrong subject"}},
    {"code_bad_check_character",
     Input::media_outputs,
     {"校验码不符的编码", "codes with a wrong check character"}},
    {"code_bad_service",
     Input::media_outputs,
     {"服务扩展码不符的编码", "codes with a wrong service part"}},
}};

// And one for each family of formats.
const std::vector<CheckMeasurement>& measurements() {
  static const std::vector<CheckMeasurement> all = [] {
    std::vector<CheckMeasurement> out(kOwn.begin(), kOwn.end());
    for (const LabelFamily& family : label_families())
      out.push_back({family.misplaced, Input::media_outputs, family.title});
    return out;
  }();
  return all;
}

// Labelling Measures art. 5: attribute, provider and number, of the label that has most of them.
std::uint64_t elements_of(const label::Judgement& file) {
  std::uint64_t most = 0;
  for (const label::Label& one : file.labels) {
    std::uint64_t count = 0;
    for (std::size_t key = 0; key < label::kRequired; ++key) {
      const label::Field* field = one.find(label::kKeys[key]);
      count += field == nullptr || field->value.empty() ? 0 : 1;
    }
    most = std::max(most, count);
  }
  return most;
}

struct Totals {
  std::uint64_t files = 0;     // of formats that are read
  std::uint64_t not_read = 0;  // of other kinds
  std::uint64_t unreadable = 0;
  std::uint64_t labelled = 0;
  std::uint64_t labels = 0;
  std::map<std::string_view, std::uint64_t>
      misplaced;  // by measurement; 0: all where they should be
  std::optional<std::uint64_t> min_labels;
  std::uint64_t max_labels = 0;
  std::optional<std::uint64_t> min_keys;
  std::optional<std::uint64_t> min_elements;
  std::uint64_t pictures = 0, other_carriers = 0, other_wrong = 0;
  label::Judgement sums;  // its counts only

  void add(const label::Judgement& file, const LabelFamily* family) {
    const std::uint64_t count = file.labels.size();
    ++files;
    labels += count;
    const std::uint64_t elements = elements_of(file);
    min_elements = std::min(min_elements.value_or(elements), elements);
    min_labels = std::min(min_labels.value_or(count), count);
    max_labels = std::max(max_labels, count);
    if (count == 0) return;
    ++labelled;
    if (family != nullptr) misplaced[family->misplaced] += file.in_place == 0 ? 1 : 0;
    min_keys = std::min(min_keys.value_or(file.min_keys), file.min_keys);
    sums.required_missing += file.required_missing;
    sums.label_value_invalid += file.label_value_invalid;
    sums.bad_characters += file.bad_characters;
    sums.first_write_mismatch += file.first_write_mismatch;
    sums.base64_values += file.base64_values;
    sums.codes += file.codes;
    sums.code_bad_length += file.code_bad_length;
    sums.code_bad_prefix += file.code_bad_prefix;
    sums.code_bad_subject += file.code_bad_subject;
    sums.code_bad_check_character += file.code_bad_check_character;
    sums.code_bad_service += file.code_bad_service;
  }
};

// A generative service writes its own files; a platform may have received them.
label::Writer writer(const System& system) {
  return system.kind == SystemKind::platform ? label::Writer::later : label::Writer::first;
}

class Run {
 public:
  Run(const CheckInput& input, Sink& sink)
      : input_(input), sink_(sink), writer_(writer(input.system)) {}

  Status operator()() {
    walked_ = TRY(each_file(input_, sink_, kId, Input::media_outputs,
                            [this](const SubjectFile& file) { return look_at(file); }));
    totals_.unreadable = walked_.unread;
    listing_.keep(sink_, kId, "subjects.media_outputs");
    measure();
    return Done{};
  }

 private:
  Status look_at(const SubjectFile& file) {
    label::Checked checked = TRY(label::check_file(file.path, writer_, {}));
    // Plain text has no metadata; its label is one that is read.
    if (checked.reading.format != nullptr && checked.reading.format->write == nullptr)
      return Done{};
    const bool unknown = other_kind(checked);
    for (Flaw& flaw : checked.flaws) {
      const std::string id = flaw.id;
      report(sink_, kId, file, std::move(flaw),
             std::array{FlawMeasurement{id, label_measurement(id, checked.format).name}});
    }
    if (unknown) {
      ++totals_.not_read;
      return Done{};
    }
    totals_.add(checked.judgement, label_family(checked.format));
    add_other_carriers(checked);
    list(file, checked.reading);
    return Done{};
  }

  // A file whose kind we do not read. One of a kind we do read whose structure is broken has no
  // label that anyone could read, and counts as one without.
  static bool other_kind(const label::Checked& checked) {
    return std::any_of(checked.flaws.begin(), checked.flaws.end(),
                       [](const Flaw& flaw) { return flaw.id == "format-not-read"; });
  }

  // TC260-PG-20259A Annex B: the EXIF UserComment or a text chunk of PNG, with the outer object.
  void add_other_carriers(const label::Checked& checked) {
    const LabelFamily* family = label_family(checked.format);
    if (family == nullptr || family->misplaced != "misplaced_image") return;
    ++totals_.pictures;
    for (std::size_t i = 0; i < checked.reading.found.size(); ++i) {
      const label::Found& found = checked.reading.found[i];
      if (found.place != label::Place::elsewhere) continue;
      const formats::Item& item = checked.reading.metadata.items[found.item];
      const bool comment = found.where.ends_with("EXIF UserComment");
      const bool chunk = checked.format == "PNG" && item.kind == formats::ItemKind::text;
      const bool wrapped = checked.judgement.labels[i].form == label::Form::wrapped;
      ++totals_.other_carriers;
      totals_.other_wrong += (comment || chunk) && wrapped ? 0 : 1;
    }
  }

  void list(const SubjectFile& file, const label::Reading& reading) {
    std::string labels;
    for (const label::Found& found : reading.found)
      labels += fmt::format("\t{}\t{}", found.where, printable(found.value, 4000));
    listing_.file(file, labels);
  }

  // No data is never a pass: what no file allowed to look at is not measured, and while files could
  // not be looked at only what is already wrong is.
  void measure() {
    measure_count(sink_, kId, "files", totals_.files, "files");
    measure_count(sink_, kId, "files_not_read", totals_.not_read, "files");
    measure_count(sink_, kId, "files_unreadable", totals_.unreadable, "files");
    measure_share(sink_, kId, "labelled_share", totals_.labelled, totals_.files,
                  walked_.sampled ? walked_.population : 0);
    if (totals_.min_labels && (sure() || *totals_.min_labels == 0))
      measure_count(sink_, kId, "min_labels_per_file", *totals_.min_labels, "labels");
    if (totals_.min_elements && (sure() || *totals_.min_elements < label::kRequired))
      measure_count(sink_, kId, "min_elements", *totals_.min_elements, "elements");
    if (totals_.pictures > 0) {
      wrong("other_carrier_labels", totals_.other_carriers, "labels");
      wrong("other_carrier_wrong", totals_.other_wrong, "labels");
    }
    if (totals_.labels > 0) measure_labels();
    if (totals_.sums.codes > 0) measure_codes();
  }

  void measure_labels() {
    const label::Judgement& sums = totals_.sums;
    if (sure() || totals_.max_labels > 1)
      measure_count(sink_, kId, "max_labels_per_file", totals_.max_labels, "labels");
    if (sure() || *totals_.min_keys < label::kKeyCount)
      measure_count(sink_, kId, "min_keys_present", *totals_.min_keys, "keys");
    wrong("required_missing", sums.required_missing, "fields");
    wrong("label_value_invalid", sums.label_value_invalid, "labels");
    wrong("bad_characters", sums.bad_characters, "characters");
    if (writer_ == label::Writer::first)
      wrong("first_write_mismatch", sums.first_write_mismatch, "labels");
    wrong("base64_values", sums.base64_values, "labels");
    // Each speaks of its own formats only.
    for (const auto& [name, files] : totals_.misplaced)
      measure_faults(sink_, kId, name, files, "files", totals_.unreadable == 0 && !walked_.sampled);
  }

  void measure_codes() {
    const label::Judgement& sums = totals_.sums;
    measure_count(sink_, kId, "codes", sums.codes, "codes");
    wrong("code_bad_length", sums.code_bad_length, "codes");
    wrong("code_bad_prefix", sums.code_bad_prefix, "codes");
    wrong("code_bad_subject", sums.code_bad_subject, "codes");
    wrong("code_bad_check_character", sums.code_bad_check_character, "codes");
    wrong("code_bad_service", sums.code_bad_service, "codes");
  }

  // Every output could be looked at, so that none can hold what was not found.
  bool sure() const { return totals_.unreadable + totals_.not_read == 0 && !walked_.sampled; }

  // A count of violations.
  void wrong(std::string_view name, std::uint64_t value, std::string_view unit) {
    measure_faults(sink_, kId, name, value, unit, sure());
  }

  const CheckInput& input_;
  Sink& sink_;
  label::Writer writer_;
  Totals totals_;
  Walked walked_;
  Listing listing_;
};

Status run(const CheckInput& input, Sink& sink) { return Run(input, sink)(); }

}  // namespace

extern const Check kCheck = {
    kId, {"文件元数据中的隐式标识", "Implicit label in file metadata"}, 2, measurements(), run};

}  // namespace assay::checks::label_metadata
