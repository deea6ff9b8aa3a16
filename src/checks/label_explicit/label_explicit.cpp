// SPDX-License-Identifier: Apache-2.0
//
// Labels that people see, hear or read on the media outputs. What is not found may still be there:
// only what is found, measured or ruled out decides, all else is left for a person.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "base/strings.h"
#include "checks/common.h"
#include "checks/label_flaws.h"
#include "checks/label_words.h"
#include "label/label.h"

namespace assay::checks::label_explicit {
namespace {

using label::Explicit;
using label::Sense;

constexpr std::string_view kId = kExplicitCheck;
constexpr std::size_t kWindow = 4096;

// Ours. Heights are measured to a tenth (./dev eval). A label whose nearest edge is farther away
// than kInner is surely at none; the opening picture is the first half second.
constexpr double kHeightError = 0.1;
constexpr double kInnerPercent = 25;
constexpr double kOpeningSeconds = 0.5;

constexpr std::array<CheckMeasurement, 20> kMeasurements = {{
    {"files", Input::media_outputs, {"检查的文件", "files looked at"}},
    {"files_other",
     Input::media_outputs,
     {"不能查看显式标识的文件类型", "files of kinds that are not looked at"}},
    {"files_unreadable",
     Input::media_outputs,
     {"无法读取或解码的文件", "files that could not be read or decoded"}},
    {"files_not_looked",
     Input::media_outputs,
     {"因缺少程序而未检查的文件", "files not looked at for want of a program"}},
    {"labelled_share",
     Input::media_outputs,
     {"找到完整显式标识的文件", "files on which a whole label was found"}},
    {"text_whole",
     Input::media_outputs,
     {"每份文本均有两要素齐全的标识", "every text has a label with both elements"}},
    {"text_place_open",
     Input::media_outputs,
     {"起始或末尾未见标识的文本", "texts without a label at the start or end"}},
    {"text_mark_open",
     Input::media_outputs,
     {"未见完整标识、可能依靠角标的文本",
      "texts without a whole label, which may rest on a corner mark"}},
    {"picture_whole",
     Input::media_outputs,
     {"每张图片均有两要素齐全的标识", "every picture has a label with both elements"}},
    {"picture_place_off",
     Input::media_outputs,
     {"标识不在边或角的图片", "pictures whose label is at no edge or corner"}},
    {"picture_height",
     Input::media_outputs,
     {"图片标识的最小字高", "least height of label text on pictures"}},
    {"film_whole",
     Input::media_outputs,
     {"每段视频的起始画面均有两要素齐全的标识",
      "every film opens with a label with both elements"}},
    {"film_seconds",
     Input::media_outputs,
     {"起始标识的最短显示时间", "least time that an opening label stays"}},
    {"film_height",
     Input::media_outputs,
     {"视频标识的最小字高", "least height of label text on films"}},
    {"sound_labels",
     Input::media_outputs,
     {"单个音频最少的节奏标识数", "fewest rhythm labels in a sound"}},
    {"sound_rhythm_open",
     Input::media_outputs,
     {"未听到节奏标识的音频", "sounds in which no rhythm is heard"}},
    {"sound_place_open",
     Input::media_outputs,
     {"起始或末尾未听到标识的音频", "sounds without a label at the start or end"}},
    {"sound_snr",
     Input::media_outputs,
     {"节奏标识与其他声音之比的最小值", "least ratio of a rhythm label to all other sound"}},
    {"sound_seconds",
     Input::media_outputs,
     {"最晚的起始节奏标识的时刻", "latest second at which a first rhythm begins"}},
    {"exported_whole",
     Input::media_outputs,
     {"每个导出文件均有完整的显式标识", "every exported file has a whole label"}},
}};

// The least of many, and what it may be at worst.
class Least {
 public:
  void add(double value) { value_ = std::min(value_.value_or(value), value); }
  const std::optional<double>& value() const { return value_; }

 private:
  std::optional<double> value_;
};

struct Tally {
  std::uint64_t files = 0, found = 0;
  std::uint64_t unlooked = 0;   // not decoded, or for want of a program
  std::uint64_t edge_open = 0;  // found, but not (surely) where it should stand
  std::uint64_t edge_off = 0;   // found, and surely not there
  Least height, seconds, count, snr;
  double latest = 0;
};

bool at_an_end(const label::HeardRhythm& one) { return one.place != label::HeardPlace::middle; }

double gap_percent(const label::SeenLabel& seen, int width, int height) {
  const label::Box& b = seen.box;
  const int gap = std::min({b.x, b.y, width - b.right(), height - b.bottom()});
  return 100.0 * gap / std::max(1, std::min(width, height));
}

// A whole label that is surely at no edge of its picture.
bool surely_off(const Explicit& found) {
  if (found.sense != Sense::picture || !found.found() || found.seen()->at_edge) return false;
  return gap_percent(*found.seen(), found.picture.width, found.picture.height) > kInnerPercent;
}

class Run {
 public:
  Run(const CheckInput& input, Sink& sink, label::ExplicitRules rules)
      : input_(input), sink_(sink), rules_(std::move(rules)) {}

  Status operator()() {
    walked_ = TRY(each_file(input_, sink_, kId, Input::media_outputs,
                            [this](const SubjectFile& file) { return look_at(file); }));
    listing_.keep(sink_, kId, "subjects.media_outputs (seen, heard, read)");
    measure();
    return Done{};
  }

 private:
  Status look_at(const SubjectFile& file) {
    FileSource in(TRY(FileReader::open(file.path)), kWindow);
    const formats::MediaFormat* format = TRY(label::identify(in, file.path));
    const Sense sense = format == nullptr ? Sense::none : label::sense_of(format->name);
    if (sense == Sense::none) {
      ++(format == nullptr ? unknown_ : documents_);
      return Done{};
    }
    const auto found = label::look_for_explicit(in, file.path, format->name, rules_);
    if (!found.ok()) return not_looked(file, sense, found.error());
    TRY(tell(file, format->name, *found));
    add(*found, tallies_[sense]);
    if (surely_absent(*found, format->name)) tell_absent(file, format->name);
    if (surely_off(*found)) tell_off(file, format->name);
    return Done{};
  }

  // A missing program is told once; a file that cannot be decoded by itself.
  Status not_looked(const SubjectFile& file, Sense sense, const Error& why) {
    const bool missing = label::is_program_missing(why);
    const bool of_the_file =
        why.code == Code::invalid || why.code == Code::limit || why.code == Code::unsupported;
    if (!missing && !of_the_file) return why;
    ++tallies_[sense].files;
    ++tallies_[sense].unlooked;
    ++(missing ? not_looked_ : undecoded_);
    if (missing && !told_missing_.insert(why.mend).second) return Done{};
    Flaw flaw{missing ? "program-missing" : "explicit-unread",
              missing ? Severity::medium : Severity::low,
              "",
              {"未能查找显式标识：" + why.text(Language::zh),
               "labels seen, heard or read were not looked for: " + why.text()},
              missing ? Text{"安装后重新评估。", "Install it and assess again."}
                      : Text{"检查文件是否完整。", "Check whether the file is whole."}};
    report(sink_, kId, file, std::move(flaw));
    return Done{};
  }

  // What is found, with a picture of it.
  Status tell(const SubjectFile& file, std::string_view format, const Explicit& found) {
    const std::vector<Flaw> flaws = found.told(rules_);
    const label::Illustration picture = TRY(label::illustrate(found, file.path));
    std::string digest;
    if (!picture.empty()) {
      digest = hex(sha256(as_raw(picture.bytes)));
      Evidence evidence{std::string(kId), file.shown, digest,
                        static_cast<double>(picture.bytes.size()), std::string(picture.media_type)};
      evidence.drawn = true;
      sink_.evidence(std::move(evidence), picture.bytes);
    }
    for (const Flaw& flaw : flaws) {
      listing_.file(file, fmt::format("\t{}\t{}", flaw.id, flaw.where));
      const std::string_view about = label_measurement(flaw.id, format).name;
      std::string where = printable(file.shown, 400);
      if (!flaw.where.empty()) where += ": " + flaw.where;
      sink_.finding({std::string(kId), flaw.id, flaw.severity, std::move(where), flaw.message,
                     flaw.mend, std::string(about), digest});
    }
    return Done{};
  }

  static void add(const Explicit& found, Tally& tally) {
    ++tally.files;
    tally.found += found.found() ? 1 : 0;
    if (found.sense == Sense::sound) add_sound(found.sound, tally);
    if (!found.found()) return;
    if (found.sense == Sense::text)
      tally.edge_open += found.text.found->place == label::TextPlace::middle ? 1 : 0;
    if (found.sense != Sense::picture && found.sense != Sense::film) return;
    const label::SeenLabel& seen = *found.seen();
    tally.height.add(seen.height_percent);
    if (found.sense == Sense::film) {
      tally.edge_open += found.film.from > kOpeningSeconds ? 1 : 0;
      if (found.film.from <= kOpeningSeconds) tally.seconds.add(found.film.stays);
    } else if (!seen.at_edge) {
      ++(surely_off(found) ? tally.edge_off : tally.edge_open);
    }
  }

  static void add_sound(const label::Heard& heard, Tally& tally) {
    tally.count.add(static_cast<double>(heard.rhythms.size()));
    if (heard.rhythms.empty()) return;
    tally.edge_open += std::none_of(heard.rhythms.begin(), heard.rhythms.end(), at_an_end) ? 1 : 0;
    for (const label::HeardRhythm& one : heard.rhythms) tally.snr.add(one.rhythm.snr_db);
    tally.latest = std::max(tally.latest, heard.rhythms[0].rhythm.start_s);
  }

  // A text of which every letter was read, and none of them names AI. Where users may ask for
  // content without a label (Labelling Measures art. 9) this may be one.
  bool surely_absent(const Explicit& found, std::string_view format) const {
    const auto& features = input_.system.features;
    if (std::find(features.begin(), features.end(), Feature::unlabelled_on_request) !=
        features.end())
      return false;
    return found.surely_none(format);
  }

  void tell_off(const SubjectFile& file, std::string_view format) {
    const std::string about(label_measurement("seen-label-off", format).name);
    sink_.finding({std::string(kId),
                   "seen-label-off",
                   Severity::medium,
                   printable(file.shown, 400),
                   {"画面中的标识不在边或角", "the label in the picture is at no edge or corner"},
                   {"把标识移到画面的边或角。", "Move the label to an edge or corner."},
                   about});
  }

  void tell_absent(const SubjectFile& file, std::string_view format) {
    ++absent_;
    const std::string about(label_measurement("label-absent", format).name);
    sink_.finding({std::string(kId),
                   "label-absent",
                   Severity::medium,
                   printable(file.shown, 400),
                   {"文件全文没有人工智能要素，不带显式标识",
                    "the whole text of the file does not name AI: it carries no label"},
                   {"导出、下载时在文件的起始或末尾写入标识。",
                    "Write the label at the start or end of the file on export and download."},
                   about});
  }

  // --- measurements

  std::uint64_t all_files() const {
    std::uint64_t sum = 0;
    for (const auto& [sense, tally] : tallies_) sum += tally.files;
    return sum;
  }

  // Every file of the kind was looked at, as far as anyone knows.
  bool seen_all(const Tally& tally) const {
    return !walked_.sampled && walked_.unread == 0 && unknown_ == 0 && tally.unlooked == 0;
  }

  void put(std::string_view name, double value, std::string_view unit, std::optional<double> low,
           std::optional<double> high) {
    sink_.measurement({std::string(kId),
                       std::string(name),
                       value,
                       std::string(unit),
                       {},
                       low,
                       high,
                       "between what is certain and what is possible"});
  }

  // 1 where all are sure, else somewhere between 0 and 1.
  void put_all(std::string_view name, bool all) { put(name, all ? 1 : 0, "", all ? 1 : 0, 1); }

  // `open` files of which a person may say that they are none.
  void put_open(std::string_view name, std::uint64_t surely, std::uint64_t open, bool seen) {
    const auto low = static_cast<double>(surely);
    const auto most = static_cast<double>(surely + open);
    put(name, most, "files", low, seen ? std::optional(most) : std::optional<double>());
  }

  // The least of what was measured; what was not found may be less.
  void put_least(std::string_view name, const Least& least, std::string_view unit, double error,
                 bool all) {
    if (!least.value()) return;
    put(name, *least.value(), unit, all ? *least.value() * (1 - error) : 0,
        *least.value() * (1 + error));
  }

  void measure() {
    const std::uint64_t files = all_files();
    std::uint64_t found = 0;
    for (const auto& [sense, tally] : tallies_) found += tally.found;
    measure_count(sink_, kId, "files", files - not_looked_ - undecoded_, "files");
    measure_count(sink_, kId, "files_other", unknown_ + documents_, "files");
    measure_count(sink_, kId, "files_unreadable", walked_.unread + undecoded_, "files");
    measure_count(sink_, kId, "files_not_looked", not_looked_, "files");
    measure_share(sink_, kId, "labelled_share", found, files - not_looked_ - undecoded_,
                  walked_.sampled ? walked_.population : 0);
    for (const auto& [sense, tally] : tallies_) measure(sense, tally);
    if (files > 0) measure_exported(files, found);
  }

  void measure_exported(std::uint64_t files, std::uint64_t found) {
    const bool all =
        found == files && documents_ + unknown_ + walked_.unread == 0 && !walked_.sampled;
    if (absent_ > 0)
      put("exported_whole", 0, "", 0, 0);
    else
      put_all("exported_whole", all);
  }

  void measure(Sense sense, const Tally& tally) {
    switch (sense) {
      case Sense::text: return measure_text(tally);
      case Sense::picture: return measure_pictures(tally);
      case Sense::film: return measure_films(tally);
      case Sense::sound: return measure_sounds(tally);
      case Sense::none: return;
    }
  }

  void measure_text(const Tally& tally) {
    const bool seen = seen_all(tally) && documents_ == 0;
    const std::uint64_t without = tally.files - tally.found;
    put_all("text_whole", seen && without == 0);
    put_open("text_place_open", 0, without + tally.edge_open, seen);
    put_open("text_mark_open", 0, without, seen);
  }

  void measure_pictures(const Tally& tally) {
    const bool seen = seen_all(tally);
    const std::uint64_t without = tally.files - tally.found;
    put_all("picture_whole", seen && without == 0);
    put_open("picture_place_off", tally.edge_off, without + tally.edge_open, seen);
    put_least("picture_height", tally.height, "%", kHeightError, seen && without == 0);
  }

  void measure_films(const Tally& tally) {
    const bool all = seen_all(tally) && tally.found == tally.files && tally.edge_open == 0;
    put_all("film_whole", all);
    // A label that is not read in a later frame may still be there: no upper limit.
    if (tally.seconds.value()) {
      const double frame = 1.0 / rules_.seen.frames_per_second;
      put("film_seconds", *tally.seconds.value(), "s", all ? *tally.seconds.value() - frame : 0,
          {});
    }
    put_least("film_height", tally.height, "%", kHeightError,
              seen_all(tally) && tally.found == tally.files);
  }

  void measure_sounds(const Tally& tally) {
    const bool seen = seen_all(tally);
    const std::uint64_t without = tally.files - tally.found;
    put("sound_labels", tally.count.value().value_or(0), "labels",
        seen ? tally.count.value().value_or(0) : 0, {});
    put_open("sound_rhythm_open", 0, without, seen);
    put_open("sound_place_open", 0, without + tally.edge_open, seen);
    if (!tally.snr.value()) return;
    put("sound_snr", *tally.snr.value(), "dB", {}, {});
    put("sound_seconds", tally.latest, "s", {}, {});
  }

  const CheckInput& input_;
  Sink& sink_;
  label::ExplicitRules rules_;
  Walked walked_;
  Listing listing_;
  std::map<Sense, Tally> tallies_;
  std::uint64_t unknown_ = 0;    // files of formats that are not known
  std::uint64_t documents_ = 0;  // of known ones that no sense looks at
  std::uint64_t undecoded_ = 0, not_looked_ = 0, absent_ = 0;
  std::set<std::string> told_missing_;
};

Status run(const CheckInput& input, Sink& sink) {
  label::ExplicitRules rules = TRY(explicit_rules(input.content));
  return Run(input, sink, std::move(rules))();
}

}  // namespace

extern const Check kCheck = {
    kId, {"看得见、听得到的显式标识", "Labels seen, heard and read"}, 1, kMeasurements, run};

}  // namespace assay::checks::label_explicit
