// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/scratch.h"
#include "label/chime.h"
#include "label/label.h"
#include "label/recode.h"
#include "label/sign.h"
#include "label/write.h"

namespace assay::label {
namespace {

constexpr std::size_t kWindow = std::size_t{1} << 18;

Error refused(std::string what, std::string mend) {
  return {Code::invalid, std::move(what), 0, {}, std::move(mend)};
}

Status may_chime(ByteSource& in, const Reading& reading, const Heard& heard,
                 const ChimeRequest& request) {
  if (!heard.sound) return refused("the file has no sound track", "");
  if (!heard.rhythms.empty() && !request.again)
    return refused(
        fmt::format("the rhythm is heard already at {:.1f} s", heard.rhythms[0].rhythm.start_s),
        "--again adds another");
  return request.will_resign ? Status(Done{}) : refuse_change_of_content(in, reading);
}

// What takes the metadata of `have` into a file that has lost them on its way: the XMP packet that
// readers take, or the label.
Result<Splice> with_metadata(ByteSource& made, const fs::path& name, const Reading& have) {
  const Reading now = TRY(read(made, name));
  const auto& items = have.metadata.items;
  std::optional<std::string> lost;
  const bool xmp = have.format->adds == formats::ItemKind::xmp;
  for (const formats::Item& item : items)
    if (xmp && item.kind == formats::ItemKind::xmp && item.agreed && !lost) lost = item.value;
  if (!xmp && !have.found.empty()) lost = have.found[0].value;
  const auto stands = [&](const formats::Item& item) { return item.agreed && item.value == lost; };
  if (std::any_of(now.metadata.items.begin(), now.metadata.items.end(), stands)) lost.reset();
  formats::Change change;
  change.add = lost;
  for (const Found& found : now.found)  // what ffmpeg took over, elsewhere or under another key
    if (lost) change.edits.push_back({found.item, std::nullopt});
  if (!change.add) {
    Splice same;
    same.keep(0, made.size());
    return same;
  }
  return now.format->write(made, now.metadata, change, {});
}

// The new file must hold the same labels, and the rhythm where it was put.
Result<HeardRhythm> read_back(const fs::path& there, const fs::path& name, const Reading& have,
                              const Heard& before, ChimePlace wanted) {
  FileSource in(TRY(FileReader::open(there)), kWindow);
  const Reading now = TRY(read(in, name));
  const bool same = std::equal(
      now.found.begin(), now.found.end(), have.found.begin(), have.found.end(),
      [](const Found& a, const Found& b) { return a.value == b.value && a.place == b.place; });
  if (!same)
    return Error{Code::unsupported, "the labels in the metadata would not stay as they are"};
  const Heard heard = TRY(listen(there));
  const HeardPlace place = wanted == ChimePlace::start ? HeardPlace::start : HeardPlace::end;
  if (heard.rhythms.size() > before.rhythms.size())
    for (std::size_t i = 0; i < heard.rhythms.size(); ++i) {
      const HeardRhythm& one =
          heard.rhythms[wanted == ChimePlace::start ? i : heard.rhythms.size() - 1 - i];
      // A short sound is near both of its ends.
      if (one.place == place || heard.seconds < 2 * HeardLimits{}.edge_s) return one;
    }
  return Error{Code::unsupported,
               "the rhythm would not be heard in this sound",
               0,
               {},
               "try --place end, or put it in before other sound is mixed in"};
}

std::vector<float> with_silence(unsigned rate, const ChimeRequest& request, double level) {
  const auto quiet = static_cast<std::size_t>(std::lround(request.around_s * rate));
  std::vector<float> out(quiet, 0.0F);
  const std::vector<float> rhythm = make_rhythm(rate, request.pitch_hz, request.dot_s, level);
  out.insert(out.end(), rhythm.begin(), rhythm.end());
  out.insert(out.end(), quiet, 0.0F);
  return out;
}

}  // namespace

Result<Chimed> chime_file(const fs::path& path, const fs::path& out, const ChimeRequest& request,
                          const Progress& progress) {
  FileSource in(TRY(FileReader::open(path)), kWindow);
  TRY(in.file().lock());
  const Reading reading = TRY(read(in, path));
  const std::string format(reading.format->name);
  if (format != "WAV" && !can_recode(format))
    return Error{Code::unsupported,
                 fmt::format("a rhythm is not put into {}", format),
                 0,
                 {},
                 "see: assay label chime --help"};
  const Heard heard = TRY(listen(path));
  TRY(may_chime(in, reading, heard, request));
  const double level = chime_level(heard.power);

  AtomicFile file = TRY(AtomicFile::create_regular(out));
  TRY(file.keep_mode_of(path));
  if (format == "WAV") {
    const Splice splice = TRY(chime_wav(in, request, level));
    TRY(splice.apply(in, file));
  } else {
    const SoundFile sound = TRY(probe_sound(path, format));
    TRY(recognisable(request, sound.rate));
    const Scratch scratch = TRY(Scratch::create());
    const fs::path made = scratch.path() / "made";
    const Insertion insertion{with_silence(sound.rate, request, level),
                              request.place == ChimePlace::start, heard.seconds};
    TRY(recode(path, format, sound, insertion, scratch.path(), made, progress));
    FileSource source(TRY(FileReader::open(made)), kWindow);
    const Splice splice = TRY(with_metadata(source, path, reading));
    TRY(splice.apply(source, file));
  }
  const fs::path there = TRY(file.written());
  HeardRhythm rhythm = TRY(read_back(there, path, reading, heard, request.place));
  TRY(in.file().unchanged());
  TRY(file.commit());
  const bool recoded = format != "WAV" && format != "FLAC";
  return Chimed{format, recoded, 20 * std::log10(level), std::move(rhythm)};
}

}  // namespace assay::label
