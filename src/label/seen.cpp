// SPDX-License-Identifier: Apache-2.0
#include "label/seen.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/sandbox.h"
#include "base/strings.h"
#include "label/lines.h"
#include "label/wording.h"

namespace assay::label {
namespace {

// Every picture is looked at with this shortest side: a label of five percent is then as high as
// the reader of text likes it, and a share of the side is a plain number of pixels.
constexpr int kSide = 800;
constexpr std::uint64_t kMostPixels = std::uint64_t{1} << 30;  // bytes from ffmpeg

constexpr int kStroke = 12;  // half the width of the widest stroke
constexpr int kNear = 20;    // ink is held against the strongest stroke within this
constexpr int kFaint = 14;   // steps of gray that ink stands out by, at least
constexpr int kGrain = 3;    // and times the middle of all that stands out
constexpr int kSpeck = 3;    // pixels of the longer side: what is less is no part of a letter
constexpr Sizes kLines = {18, 130};
// A picture of noise is full of what may be text: so much of it is looked at.
constexpr std::size_t kMostBlots = 5000, kMostLines = 20;

constexpr int kLooksPerSecond = 1;  // for a label in a film, until there is one

constexpr int kMargin = 10;  // of paper, around a line
// Where the first element alone was read, its line is read again in these sizes: a letter that is
// misread in one is often read in another.
constexpr std::array kOtherSizes = {1.5, 0.7};
constexpr double kDim = 0.3;    // of the strongest strokes of a line: what is weaker is paper
constexpr double kThin = 0.35;  // of the strength of a line: thin strokes at its top and foot
constexpr int kHangsOut = 16;   // ink may, of a line, by one part in so many of its height

// --- the pixels

struct Decoded {
  int width = 0, height = 0;  // of the picture as shown
  std::vector<Picture> frames;
};

// The size that ffmpeg's filter "showinfo" tells ("s:640x480"), on lines of its own name only: the
// rest may hold words of the file.
Status take_size(std::string_view told, Decoded& decoded) {
  for (const std::string_view line : split(told, '\n')) {
    if (!line.starts_with("[Parsed_showinfo_")) continue;
    for (const std::string_view word : split(line, ' ')) {
      if (!word.starts_with("s:")) continue;
      const std::vector<std::string_view> sides = split(word.substr(2), 'x');
      if (sides.size() != 2) continue;
      decoded.width = to_number<int>(sides[0]).value_or(0);
      decoded.height = to_number<int>(sides[1]).value_or(0);
      if (decoded.width > 0 && decoded.height > 0) return Done{};
    }
  }
  return Error{Code::invalid, "ffmpeg finds no whole picture in the file"};
}

Result<Decoded> decode(const fs::path& path, const std::vector<std::string>& limit,
                       const std::string& filter) {
  const std::string side = std::to_string(kSide);
  Confined job;
  job.program = "ffmpeg";
  job.arguments = {"-nostdin", "-hide_banner", "-protocol_whitelist", "file", "-threads", "1"};
  job.arguments.insert(job.arguments.end(), limit.begin(), limit.end());
  const std::vector<std::string> rest = {"-i",
                                         "file:" + path.string(),
                                         "-map",
                                         "0:v:0",
                                         "-vf",
                                         filter + "showinfo=checksum=0,scale=w='if(lt(iw,ih)," +
                                             side + ",-1)':h='if(lt(iw,ih),-1," + side +
                                             ")':flags=area+accurate_rnd,format=rgb24",
                                         "-threads",
                                         "1",
                                         "-f",
                                         "image2pipe",
                                         "-c:v",
                                         "ppm",
                                         "-"};
  job.arguments.insert(job.arguments.end(), rest.begin(), rest.end());
  job.input = path;
  job.max_output = kMostPixels;
  job.timeout = std::chrono::seconds(120);
  const Ended ended = TRY(run_confined(job));
  Decoded decoded;
  TRY(take_size(ended.err, decoded));
  for (std::string_view left = ended.out; !left.empty();)
    decoded.frames.push_back(TRY(take_ppm(left)));
  if (decoded.frames.empty())
    return Error{Code::invalid, "ffmpeg finds no whole picture in the file"};
  return decoded;
}

// --- what may be text

struct Look {
  Channel channel;
  Tone tone;
};
using Looks = std::vector<Look>;
// Gray first, and alone: in a picture of coloured noise gray text stands out best there.
const std::array<Looks, 2>& all_looks() {
  static const std::array<Looks, 2> looks = {
      Looks{{Channel::gray, Tone::light}, {Channel::gray, Tone::dark}},
      Looks{{Channel::weakest, Tone::light},
            {Channel::weakest, Tone::dark},
            {Channel::strongest, Tone::light},
            {Channel::strongest, Tone::dark}}};
  return looks;
}

// A line of text that there may be.
struct Candidate {
  Look look;
  LinePlace line;
  Box at;                  // of it and a little around it, in the picture
  Plane strokes;           // there
  std::vector<Box> inked;  // letters and their pieces, in the picture
};

// The value that a share of all is below.
int quantile(const Plane& plane, double share) {
  std::vector<std::uint8_t> values = plane.at;
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

std::vector<Blot> blots_of(const Plane& strokes) {
  const int least = std::max(kFaint, kGrain * quantile(strokes, 0.5));
  std::vector<Blot> blots = blots_of(ink_of(strokes, kNear, least), strokes);
  std::erase_if(
      blots, [](const Blot& blot) { return std::max(blot.box.width, blot.box.height) < kSpeck; });
  if (blots.size() <= kMostBlots) return blots;
  std::nth_element(blots.begin(), blots.begin() + kMostBlots, blots.end(),
                   [](const Blot& a, const Blot& b) { return a.box.height > b.box.height; });
  blots.resize(kMostBlots);
  return blots;
}

Candidate candidate_of(const Look& look, const LinePlace& line, const Plane& strokes,
                       const std::vector<Blot>& blots) {
  const int out = line.box.height / kHangsOut;
  const Box room = grown(line.box, 2 * out, out);
  const Box at = common(grown(line.box, 4 * out, 4 * out), strokes.box());
  Candidate one{look, line, at, crop(strokes, at), {}};
  for (const Blot& blot : blots)
    if (common(blot.box, room) == blot.box && 2 * blot.strength >= line.strength)
      one.inked.push_back(blot.box);
  return one;
}

std::vector<Candidate> candidates_of(const Picture& picture, const Looks& looks) {
  std::vector<Candidate> out;
  for (const Look& look : looks) {
    const Plane strokes = strokes_of(channel_of(picture, look.channel), look.tone, kStroke);
    const std::vector<Blot> blots = blots_of(strokes);
    for (const LinePlace& line : find_lines(blots, kLines))
      out.push_back(candidate_of(look, line, strokes, blots));
  }
  std::stable_sort(out.begin(), out.end(), [](const Candidate& a, const Candidate& b) {
    return a.line.letters * a.line.strength > b.line.letters * b.line.strength;
  });
  if (out.size() > kMostLines) out.resize(kMostLines);
  return out;
}

// --- what is read

// Dark on white, as strong as print.
Plane page_of(const Candidate& candidate) {
  const Plane& strokes = candidate.strokes;
  const double full = std::max(quantile(strokes, 0.95), kFaint);
  Plane out = Plane::filled(strokes.width + 2 * kMargin, strokes.height + 2 * kMargin, kPaper);
  for (int y = 0; y < strokes.height; ++y) {
    for (int x = 0; x < strokes.width; ++x) {
      const double share = (strokes.pixel(x, y) / full - kDim) / (1 - kDim);
      out.pixel(x + kMargin, y + kMargin) =
          static_cast<std::uint8_t>(kPaper * (1 - std::clamp(share, 0.0, 1.0)));
    }
  }
  return out;
}

// The words of each candidate, with their places in the picture.
Result<std::vector<Line>> read_candidates(const std::vector<Candidate>& candidates) {
  std::vector<Plane> pages;
  for (const Candidate& one : candidates) pages.push_back(page_of(one));
  std::vector<Line> lines = TRY(read_lines(pages));
  for (Line& line : lines) {
    for (Word& word : line) {
      word.box.x += candidates[word.page].at.x - kMargin;
      word.box.y += candidates[word.page].at.y - kMargin;
    }
  }
  return lines;
}

// The line of a candidate in other sizes.
Result<std::vector<Line>> read_again(const std::vector<Candidate>& candidates, std::size_t number) {
  const Candidate& candidate = candidates[number];
  std::vector<Plane> pages;
  for (const double size : kOtherSizes) pages.push_back(scaled(page_of(candidate), size));
  std::vector<Line> lines = TRY(read_lines(pages));
  for (Line& line : lines) {
    for (Word& word : line) {
      const double size = kOtherSizes[word.page];
      const auto back = [&](int pixels) { return static_cast<int>(std::lround(pixels / size)); };
      word.box = {back(word.box.x) + candidate.at.x - kMargin,
                  back(word.box.y) + candidate.at.y - kMargin, back(word.box.width),
                  back(word.box.height)};
      word.page = number;
    }
  }
  return lines;
}

// The ink that stands in `word`, with the strokes at its top and foot that are too thin to be ink
// beside the others.
Box ink_of_word(const Candidate& candidate, const Box& word) {
  Box box;
  for (const Box& blot : candidate.inked) {
    const int middle = blot.x + blot.width / 2;
    if (middle >= word.x && middle <= word.right()) box = both(box, blot);
  }
  if (box.height == 0) return word;
  const auto has_ink = [&](int y) {
    const int row = y - candidate.at.y;
    if (row < 0 || row >= candidate.strokes.height) return false;
    for (int x = box.x; x < box.right(); ++x)
      if (candidate.strokes.pixel(x - candidate.at.x, row) > kThin * candidate.line.strength)
        return true;
    return false;
  };
  const int most = box.height / kHangsOut;
  for (int more = most; more > 0 && has_ink(box.y - 1); --more)
    box = {box.x, box.y - 1, box.width, box.height + 1};
  for (int more = most; more > 0 && has_ink(box.bottom()); --more) ++box.height;
  return box;
}

struct Found {
  std::optional<SeenLabel> label;
  Look look = {};
};

Found measure(const Picture& picture, const std::vector<Candidate>& candidates,
              const Wording& wording, const SeenRules& rules) {
  SeenLabel label;
  label.ai_element = wording.ai;
  label.generation_element = wording.generation;
  label.other_words = wording.other;
  label.text = wording.text;
  label.confidence = 100;
  for (const Word& word : wording.words) {
    const Box ink = ink_of_word(candidates[word.page], word.box);
    label.box = both(label.box, ink);
    label.height_percent = std::max(label.height_percent, 100.0 * ink.height / picture.shortest());
    label.confidence = std::min(label.confidence, word.confidence);
  }
  const Box& b = label.box;
  const int gap = std::min({b.x, b.y, picture.width - b.right(), picture.height - b.bottom()});
  label.at_edge = 100.0 * gap <= rules.edge_percent * picture.shortest();
  label.evidence = write_ppm(crop(picture, grown(b, b.height, b.height)));
  return {label, candidates[wording.words[0].page].look};
}

// The wording, or a whole one where another size of its line gives one.
Result<Wording> in_other_sizes(const std::vector<Candidate>& candidates, const Wording& wording,
                               const SeenRules& rules) {
  const std::vector<Line> lines = TRY(read_again(candidates, wording.words[0].page));
  for (const Line& line : lines) {
    std::optional<Wording> again = find_wording({line}, rules.words);
    if (again && again->whole()) return *std::move(again);
  }
  return wording;
}

// One look after the other until a whole label is found; else the best part of one.
Result<Found> look_everywhere(const Picture& picture, const SeenRules& rules) {
  const auto rank = [](const SeenLabel& label) {
    return label.whole() ? 3 : label.other_words ? 2 : 1;
  };
  Found best;
  for (const Looks& looks : all_looks()) {
    const std::vector<Candidate> candidates = candidates_of(picture, looks);
    const std::vector<Line> lines = TRY(read_candidates(candidates));
    std::optional<Wording> wording = find_wording(lines, rules.words);
    if (!wording) continue;
    if (!wording->whole()) wording = TRY(in_other_sizes(candidates, *wording, rules));
    Found found = measure(picture, candidates, *wording, rules);
    if (!best.label || rank(*found.label) > rank(*best.label)) best = std::move(found);
    if (best.label->whole()) break;
  }
  return best;
}

// --- how long it stays

// Whether the strokes in a place of two frames are the same (Pearson's correlation): what moves
// behind a label hardly changes them.
class Likeness {
 public:
  Likeness(const Picture& frame, const Box& place, const Look& look)
      : place_(place), look_(look), strokes_(strokes(frame)) {}
  bool holds(const Picture& frame) const { return correlation(strokes_, strokes(frame)) > kAlike; }

 private:
  static constexpr double kAlike = 0.5;

  Plane strokes(const Picture& frame) const {
    const Picture part = crop(frame, grown(place_, 2 * kStroke, 2 * kStroke));
    return strokes_of(channel_of(part, look_.channel), look_.tone, kStroke);
  }
  static double correlation(const Plane& a, const Plane& b) {
    double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
    for (std::size_t i = 0; i < a.at.size(); ++i) {
      const double x = a.at[i], y = b.at[i];
      sa += x, sb += y, saa += x * x, sbb += y * y, sab += x * y;
    }
    const double n = static_cast<double>(a.at.size());
    const double spread = std::sqrt((n * saa - sa * sa) * (n * sbb - sb * sb));
    return spread > 0 ? (n * sab - sa * sb) / spread : 0;
  }
  Box place_;
  Look look_;
  Plane strokes_;
};

// From our pixels to those of the picture.
void to_picture(std::optional<SeenLabel>& label, const Picture& ours, int width, int height) {
  if (!label) return;
  const double scale = double{1} * std::min(width, height) / ours.shortest();
  for (int* side : {&label->box.x, &label->box.y, &label->box.width, &label->box.height})
    *side = static_cast<int>(std::lround(*side * scale));
}

}  // namespace

Result<Seen> look_at_picture(const fs::path& path, const SeenRules& rules) {
  // Of a damaged picture ffmpeg would draw what it has; the label may stand in what it has not.
  const Decoded decoded =
      TRY(decode(path, {"-xerror", "-err_detect", "explode"}, "select='eq(n,0)',"));
  const Picture& picture = decoded.frames[0];
  Found found = TRY(look_everywhere(picture, rules));
  to_picture(found.label, picture, decoded.width, decoded.height);
  return Seen{decoded.width, decoded.height, std::move(found.label)};
}

Result<SeenVideo> look_at_video(const fs::path& path, const SeenRules& rules) {
  const int rate = std::max(1, rules.frames_per_second);
  const Decoded decoded = TRY(decode(path, {"-t", std::to_string(rules.seconds)},
                                     "fps=" + std::to_string(rate) + ":start_time=0,"));
  const std::vector<Picture>& frames = decoded.frames;
  const auto seconds = [&](std::size_t n) { return double{1} * static_cast<double>(n) / rate; };
  SeenVideo seen{decoded.width, decoded.height, {}, 0, 0, seconds(frames.size())};
  const auto step = static_cast<std::size_t>(std::max(1, rate / kLooksPerSecond));
  for (std::size_t n = 0; n < frames.size() && !(seen.label && seen.label->whole()); n += step) {
    Found found = TRY(look_everywhere(frames[n], rules));
    if (!found.label || (seen.label && !found.label->whole())) continue;
    const Likeness label(frames[n], found.label->box, found.look);
    std::size_t first = n, end = n + 1;
    while (first > 0 && label.holds(frames[first - 1])) --first;
    while (end < frames.size() && label.holds(frames[end])) ++end;
    seen.label = std::move(found.label);
    seen.from = seconds(first);
    seen.stays = seconds(end - first);
  }
  to_picture(seen.label, frames[0], decoded.width, decoded.height);
  return seen;
}

}  // namespace assay::label
