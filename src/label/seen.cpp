// SPDX-License-Identifier: Apache-2.0
#include "label/seen.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/sandbox.h"
#include "base/strings.h"
#include "label/wording.h"

namespace assay::label {
namespace {

// Every picture is looked at with this shortest side: a label of five percent is then as high as
// the reader of text likes it, and a share of the side is a plain number of pixels.
constexpr int kSide = 800;
constexpr int kRadius = 40;           // of the surroundings that ink stands out from
constexpr Sizes kStrokes = {4, 110};  // pixels, of ink that may be a part of a letter
constexpr double kBand = 0.25;        // of the height: where labels mostly are
constexpr int kGap = 24;              // between the strips of a page
constexpr std::uint64_t kMostPixels = std::uint64_t{1} << 30;  // bytes from ffmpeg

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
  return Error{Code::invalid, "ffmpeg finds no picture in the file"};
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
  if (decoded.frames.empty()) return Error{Code::invalid, "ffmpeg finds no picture in the file"};
  return decoded;
}

// --- what is read

struct Look {
  Channel channel;
  bool whole;  // the whole picture, or the bands at its top and bottom
};
constexpr std::array kLooks = {Look{Channel::gray, false}, Look{Channel::gray, true},
                               Look{Channel::weakest, false}, Look{Channel::strongest, false}};

// A part of the picture, as ink of one tone, and where it stands on a page.
struct Strip {
  Box at;  // in the picture
  Plane ink;
  int page_y = 0;
};

std::vector<Box> places(const Picture& picture, bool whole) {
  const int band = static_cast<int>(kBand * picture.height);
  if (whole) return {{0, 0, picture.width, picture.height}};
  return {{0, 0, picture.width, band}, {0, picture.height - band, picture.width, band}};
}

std::vector<Strip> strips_of(const Picture& picture, const Look& look,
                             const std::vector<Box>& where) {
  const Plane plane = channel_of(picture, look.channel);
  std::vector<Strip> strips;
  for (const Box& box : where) {
    for (const Tone tone : {Tone::light, Tone::dark}) {
      Strip strip{box, ink_of(crop(plane, box), tone, kRadius)};
      keep_strokes(strip.ink, kStrokes);
      strips.push_back(std::move(strip));
    }
  }
  return strips;
}

Plane page_of(std::vector<Strip>& strips) {
  int width = 0, height = kGap;
  for (Strip& strip : strips) {
    strip.page_y = height;
    width = std::max(width, strip.ink.width);
    height += strip.ink.height + kGap;
  }
  Plane page = Plane::filled(width, height, 255);
  for (const Strip& strip : strips)
    for (int y = 0; y < strip.ink.height; ++y)
      for (int x = 0; x < strip.ink.width; ++x)
        page.pixel(x, strip.page_y + y) = strip.ink.pixel(x, y);
  return page;
}

const Strip& strip_at(const std::vector<Strip>& strips, int page_y) {
  const Strip* found = &strips.front();
  for (const Strip& strip : strips)
    if (strip.page_y <= page_y) found = &strip;
  return *found;
}

SeenLabel measure(const Picture& picture, const std::vector<Strip>& strips, const Wording& wording,
                  const SeenRules& rules) {
  SeenLabel label{wording.ai, wording.generation, wording.text, {}, 0, false, 100, {}};
  for (const Word& word : wording.words) {
    const Strip& strip = strip_at(strips, word.box.y + word.box.height / 2);
    Box box = word.box;
    box.y -= strip.page_y;
    Box ink = ink_box(strip.ink, box);
    if (ink.height == 0) ink = box;
    ink.x += strip.at.x;
    ink.y += strip.at.y;
    label.box = both(label.box, ink);
    label.height_percent = std::max(label.height_percent, 100.0 * ink.height / picture.shortest());
    label.confidence = std::min(label.confidence, word.confidence);
  }
  const Box& b = label.box;
  const int gap = std::min({b.x, b.y, picture.width - b.right(), picture.height - b.bottom()});
  label.at_edge = 100.0 * gap <= rules.edge_percent * picture.shortest();
  label.evidence = write_ppm(crop(picture, grown(b, b.height, b.height)));
  return label;
}

Result<std::optional<SeenLabel>> look(const Picture& picture, const Look& how,
                                      const std::vector<Box>& where, const SeenRules& rules) {
  std::vector<Strip> strips = strips_of(picture, how, where);
  const std::vector<Line> lines = TRY(read_text(page_of(strips)));
  const auto wording = find_wording(lines, rules.ai_words, rules.generation_words);
  if (!wording) return std::optional<SeenLabel>();
  return std::optional(measure(picture, strips, *wording, rules));
}

struct Found {
  std::optional<SeenLabel> label;
  Look how = kLooks[0];
};

// One look after the other until a whole label is found; else the first part of one.
Result<Found> look_everywhere(const Picture& picture, const SeenRules& rules) {
  Found found;
  for (const Look& how : kLooks) {
    std::optional<SeenLabel> label = TRY(look(picture, how, places(picture, how.whole), rules));
    if (label && (label->whole() || !found.label)) found = {std::move(label), how};
    if (found.label && found.label->whole()) break;
  }
  return found;
}

// From our pixels to those of the picture.
void to_picture(std::optional<SeenLabel>& label, const Picture& ours, int width, int height) {
  if (!label) return;
  const double scale = double{1} * std::min(width, height) / ours.shortest();
  for (int* side : {&label->box.x, &label->box.y, &label->box.width, &label->box.height})
    *side = static_cast<int>(std::lround(*side * scale));
}

}  // namespace

Result<Seen> look_at_picture(const fs::path& path, const SeenRules& rules) {
  const Decoded decoded = TRY(decode(path, {}, "select='eq(n,0)',"));
  const Picture& picture = decoded.frames[0];
  Found found = TRY(look_everywhere(picture, rules));
  to_picture(found.label, picture, decoded.width, decoded.height);
  return Seen{decoded.width, decoded.height, std::move(found.label)};
}

Result<SeenVideo> look_at_video(const fs::path& path, const SeenRules& rules) {
  const int rate = std::max(1, rules.frames_per_second);
  const Decoded decoded = TRY(decode(path, {"-t", std::to_string(rules.seconds)},
                                     "fps=" + std::to_string(rate) + ":start_time=0,"));
  SeenVideo seen{decoded.width, decoded.height, {}, 0, 0, 0};
  seen.looked = double{1} * static_cast<double>(decoded.frames.size()) / rate;
  Found found;
  Box place;
  for (std::size_t n = 0; n < decoded.frames.size(); ++n) {
    const Picture& frame = decoded.frames[n];
    if (!found.label) {
      // Until there is one, a look a second: a label that comes later is late by more than that.
      if (n % static_cast<std::size_t>(rate) != 0) continue;
      found = TRY(look_everywhere(frame, rules));
      if (!found.label) continue;
      seen.from = double{1} * static_cast<double>(n) / rate;
      place = grown(found.label->box, 3 * found.label->box.height, found.label->box.height);
    } else {
      const auto again =
          TRY(look(frame, found.how, {common(place, {0, 0, frame.width, frame.height})}, rules));
      if (!again || again->whole() != found.label->whole()) break;
    }
    seen.stays += 1.0 / rate;
  }
  to_picture(found.label, decoded.frames[0], decoded.width, decoded.height);
  seen.label = std::move(found.label);
  return seen;
}

}  // namespace assay::label
