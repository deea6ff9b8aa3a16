// SPDX-License-Identifier: Apache-2.0
#include "label/stamp.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/sandbox.h"
#include "base/scratch.h"
#include "base/strings.h"
#include "label/carry.h"
#include "label/sign.h"

namespace assay::label {
namespace {

constexpr char32_t kFirstWide = 0x2E80;  // CJK radicals
constexpr int kTrialSize = 200;          // pixels of font, to learn how much of it is ink
constexpr std::size_t kWindow = 64 * 1024;
constexpr std::uint64_t kMostBytes = std::uint64_t{512} << 20;
constexpr std::string_view kPlainLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./";

struct Standing {
  Corner corner;
  const char *x, *y;
};
constexpr std::array kPlaces = {
    Standing{Corner::top_left, "min(w,h)*0.03", "min(w,h)*0.03"},
    Standing{Corner::top_right, "w-tw-min(w,h)*0.03", "min(w,h)*0.03"},
    Standing{Corner::bottom_left, "min(w,h)*0.03", "h-th-min(w,h)*0.03"},
    Standing{Corner::bottom_right, "w-tw-min(w,h)*0.03", "h-th-min(w,h)*0.03"},
};

struct Encoding {
  std::string_view ending;
  PictureFormat format;
  std::vector<std::string> options;
};
const std::vector<Encoding>& encodings() {
  static const std::vector<Encoding> rows = {
      {".png", PictureFormat::png, {"-c:v", "png"}},
      {".webp", PictureFormat::webp, {"-c:v", "libwebp", "-lossless", "1"}},
      {".jpg", PictureFormat::jpeg, {"-c:v", "mjpeg", "-q:v", "1", "-qmin", "1"}},
      {".jpeg", PictureFormat::jpeg, {"-c:v", "mjpeg", "-q:v", "1", "-qmin", "1"}},
  };
  return rows;
}

// By the ending of the name; null where it is none of ours.
const Encoding* encoding_of(const fs::path& path) {
  const std::string ending = to_lower(path.extension().string());
  const auto row = std::find_if(encodings().begin(), encodings().end(),
                                [&](const Encoding& one) { return one.ending == ending; });
  return row == encodings().end() ? nullptr : &*row;
}

// By the orientation of Exif, from 1 on: what turns the pixels as they are shown.
constexpr std::array<const char*, 8> kTurns = {"",
                                               "hflip,",
                                               "hflip,vflip,",
                                               "vflip,",
                                               "transpose=0,",
                                               "transpose=1,",
                                               "transpose=3,",
                                               "transpose=2,"};
const char* turn_of(int orientation) {
  return kTurns.at(static_cast<std::size_t>(orientation - 1));
}

Result<Ended> run(const fs::path& input, const fs::path& scratch,
                  const std::vector<std::string>& arguments) {
  Confined job{"ffmpeg", {"-nostdin", "-hide_banner", "-loglevel", "error"}};
  job.arguments.insert(job.arguments.end(), arguments.begin(), arguments.end());
  job.input = input;
  job.scratch = scratch;
  job.max_output = kMostBytes;
  job.timeout = std::chrono::seconds(60);
  return run_confined(job);
}

Result<Ended> run_ffmpeg(const fs::path& input, const fs::path& scratch,
                         const std::vector<std::string>& arguments) {
  Ended ended = TRY(run(input, scratch, arguments));
  // Of a damaged picture it draws what it has, and says so only here.
  if (ended.exit_code != 0 || !trim(ended.err).empty())
    return Error{Code::invalid, "ffmpeg says: " + printable(trim(ended.err)), 0, input.string(),
                 "check whether the file is whole"};
  return ended;
}

// How many pixels of ink a pixel of font gives.
Result<double> ink_share(const StampRequest& request, const fs::path& scratch) {
  const fs::path text = scratch / "trial";
  TRY(write_file_atomic(text, measured_part(request.text)));
  const std::string filter = fmt::format(
      "drawtext=fontfile={}:textfile={}:expansion=none:fontcolor=white:fontsize={}:x=100:y=100",
      request.font.string(), text.string(), kTrialSize);
  const Ended drawn = TRY(run_ffmpeg(
      {}, scratch,
      {"-f", "lavfi", "-i", "color=black:s=4000x400:d=1:r=1", "-vf", filter + ",format=rgb24",
       "-frames:v", "1", "-f", "image2pipe", "-c:v", "ppm", "-"}));
  std::string_view bytes = drawn.out;
  const int height = height_of_ink(TRY(take_ppm(bytes)));
  if (height == 0) return Error{Code::invalid, "the font draws nothing", 0, request.font.string()};
  return double{1} * height / kTrialSize;
}

// Draws nothing, and tells how much room the text leaves on the picture.
Status refuse_too_long(const fs::path& path, const fs::path& scratch, const StampRequest& request,
                       const fs::path& text, double font_share, int orientation) {
  const std::string filter = fmt::format(
      "{}drawtext=fontfile={}:textfile={}:expansion=none:fontsize='min(w,h)*{:.5f}':"
      "x='print(w-tw-min(w,h)*0.03,16)':y='print(h-th-min(w,h)*0.03,16)'",
      turn_of(orientation), request.font.string(), text.string(), font_share);
  const Ended told =
      TRY(run(path, scratch,
              {"-noautorotate", "-protocol_whitelist", "file", "-i", "file:" + path.string(),
               "-map", "0:v:0", "-vf", filter, "-frames:v", "1", "-f", "null", "-"}));
  for (const std::string_view line : split(told.err, '\n'))
    if (const auto room = to_number<double>(trim(line)); room && *room < 0)
      return Error{Code::invalid, "the text does not fit on the picture", 0, path.string(),
                   "give a shorter --text, or break it into lines"};
  return Done{};
}

}  // namespace

std::string stamp_filter(const StampRequest& request, const fs::path& text_file, double font_share,
                         int orientation) {
  const auto* place = std::find_if(kPlaces.begin(), kPlaces.end(), [&](const Standing& row) {
    return row.corner == request.corner;
  });
  return fmt::format(
      "{}drawtext=fontfile={}:textfile={}:expansion=none:fontcolor=white:box=1:boxcolor=black@0.6:"
      "boxborderw=8:fontsize='min(w,h)*{:.5f}':x='{}':y='{}'",
      turn_of(orientation), request.font.string(), text_file.string(), font_share, place->x,
      place->y);
}

std::string measured_part(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t letter = next_code_point(text, at);
    if (letter >= kFirstWide && letter < 0xFF00)
      append_utf8(out, letter);  // without wide punctuation
  }
  return out.empty() ? text : out;
}

int height_of_ink(const Picture& drawn) {
  int first = drawn.height, last = -1;
  for (std::size_t i = 0; i < drawn.at.size(); ++i) {
    if (drawn.at[i] < 128) continue;
    const int y = static_cast<int>(i / 3 / static_cast<std::size_t>(drawn.width));
    first = std::min(first, y);
    last = std::max(last, y);
  }
  return std::max(0, last - first + 1);
}

Status refuse_unstampable(const fs::path& path) {
  if (encoding_of(path) == nullptr)
    return Error{Code::unsupported, "a label is drawn into PNG, JPEG and WebP only", 0,
                 path.string()};
  FileSource in(TRY(FileReader::open(path)), kWindow);
  // WebP container: a VP8X chunk comes first, and the second bit of its flags says animation.
  constexpr std::size_t kFlags = 20;
  const std::string head = TRY(in.copy(0, kFlags + 1));
  const bool extended = head.size() > kFlags && head.starts_with("RIFF") &&
                        std::string_view(head).substr(8, 8) == "WEBPVP8X";
  if (extended && (head[kFlags] & 2) != 0)
    return Error{Code::unsupported, "the picture is an animated WebP", 0, path.string(),
                 "draw the label before the animation is made"};
  return Done{};
}

Result<std::vector<std::string>> stamp_picture(const fs::path& path, const fs::path& out,
                                               const StampRequest& request,
                                               const AcceptPicture& accept) {
  if (request.font.string().find_first_not_of(kPlainLetters) != std::string::npos)
    return Error{Code::invalid, "the path of a font has plain letters only", 0,
                 request.font.string()};
  TRY(refuse_unstampable(path));
  const Encoding* encoding = encoding_of(path);
  const std::string ending(encoding->ending);
  FileSource in(TRY(FileReader::open(path)), kWindow);
  TRY(in.file().lock());
  const Reading reading = TRY(read(in, path));
  if (!request.will_resign) TRY(refuse_change_of_content(in, reading));
  const std::string old = TRY(assay::read_file(path, kMostBytes));
  const Scratch scratch = TRY(Scratch::create());
  const double share = TRY(ink_share(request, scratch.path()));
  const fs::path text = scratch.path() / "text";
  TRY(write_file_atomic(text, request.text));
  const double size = request.height_percent / 100 / share;
  const int orientation = orientation_of(old, encoding->format);
  TRY(refuse_too_long(path, scratch.path(), request, text, size, orientation));
  const fs::path drawn = scratch.path() / ("drawn" + ending);
  std::vector<std::string> arguments = {"-noautorotate",
                                        "-protocol_whitelist",
                                        "file",
                                        "-i",
                                        "file:" + path.string(),
                                        "-map",
                                        "0:v:0",
                                        "-vf",
                                        stamp_filter(request, text, size, orientation),
                                        "-frames:v",
                                        "1",
                                        "-map_metadata",
                                        "-1"};
  arguments.insert(arguments.end(), encoding->options.begin(), encoding->options.end());
  arguments.insert(arguments.end(), {"-f", ending == ".webp" ? "webp" : "image2", drawn.string()});
  TRY(run_ffmpeg(path, scratch.path(), arguments));
  const std::string pixels = TRY(assay::read_file(drawn, kMostBytes));
  Carried carried = TRY(carry_metadata(old, pixels, encoding->format));
  AtomicFile file = TRY(AtomicFile::create_regular(out));
  TRY(file.keep_mode_of(path));
  TRY(file.write(carried.file));
  const fs::path there = TRY(file.written());
  TRY(accept(there));
  TRY(in.file().unchanged());
  TRY(file.commit());
  return std::move(carried.dropped);
}

}  // namespace assay::label
