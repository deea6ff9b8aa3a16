// SPDX-License-Identifier: Apache-2.0
#include "label/recode.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/sandbox.h"
#include "base/strings.h"

namespace assay::label {
namespace {

using Json = nlohmann::json;

struct Container {
  std::string_view format;  // as formats/media.h names it
  std::string_view muxer;   // as ffmpeg does
  bool film = false;
  bool cover = false;  // it takes a picture beside the sound
};
constexpr std::array kContainers = {
    Container{"MP3", "mp3", false, true},      Container{"AAC", "adts"},
    Container{"FLAC", "flac", false, true},    Container{"Ogg", "ogg"},
    Container{"M4A", "ipod", false, true},     Container{"MP4", "mp4", true, true},
    Container{"QuickTime", "mov", true, true}, Container{"Matroska", "matroska", true, true},
    Container{"WebM", "webm", true, true},
};

struct Encoder {
  std::string_view codec, name;
  std::uint64_t least = 0;  // bits per second and channel; 0: its rate is not ours to choose
};
constexpr std::array kEncoders = {
    Encoder{"mp3", "libmp3lame", 32'000},
    Encoder{"aac", "aac", 64'000},
    Encoder{"flac", "flac"},
    Encoder{"alac", "alac"},
    Encoder{"vorbis", "libvorbis", 32'000},
    Encoder{"opus", "libopus", 24'000},
    Encoder{"ac3", "ac3", 64'000},
    Encoder{"pcm_s16le", "pcm_s16le"},
    Encoder{"pcm_s24le", "pcm_s24le"},
};

// Tags that say how a file was written, which is another way now.
constexpr std::array<std::string_view, 10> kOfWriting = {
    "encoder",      "major_brand", "minor_version", "compatible_brands", "creation_time",
    "handler_name", "vendor_id",   "duration",      "encoded_by",        "iaid"};

constexpr double kLowered = 0.1;  // of a film's sound while the insert sounds (-20 dB)
constexpr double kFade = 0.2;     // s
constexpr std::uint64_t kRoom = std::uint64_t{64} << 20;

const Container* container_of(std::string_view format) {
  const auto* at = std::find_if(kContainers.begin(), kContainers.end(),
                                [&](const Container& row) { return row.format == format; });
  return at == kContainers.end() ? nullptr : at;
}

const Encoder* encoder_of(std::string_view codec) {
  const auto* at = std::find_if(kEncoders.begin(), kEncoders.end(),
                                [&](const Encoder& row) { return row.codec == codec; });
  return at == kEncoders.end() ? nullptr : at;
}

Error would_be_lost(std::string_view what) {
  return {Code::unsupported,
          fmt::format("the file holds what would be lost: {}", printable(what, 200)),
          0,
          {},
          "put the rhythm in before it is added"};
}

// ffprobe writes numbers as texts, and leaves away what it does not know.
std::uint64_t number(const Json& object, const char* key) {
  const std::string text = object.value(key, std::string());
  std::uint64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

bool is_of_writing(const std::string& key) {
  return std::find(kOfWriting.begin(), kOfWriting.end(), key) != kOfWriting.end() ||
         key.find("aigc") != std::string::npos || key.starts_with("_statistics") ||
         key.starts_with("bps") || key.starts_with("number_of_") || key.starts_with("duration");
}

void take_tags(const Json& object, const std::string& stream, SoundFile& out) {
  const auto tags = object.find("tags");
  if (tags == object.end() || !tags->is_object()) return;
  for (const auto& [key, value] : tags->items())
    if (value.is_string() && !is_of_writing(to_lower(key)))
      out.tags[stream + to_lower(key)] = value.get<std::string>();
}

Status take_sound(const Json& stream, SoundFile& out) {
  if (!out.codec.empty()) return would_be_lost("a second sound track");
  out.codec = stream.value("codec_name", "");
  out.sample_format = stream.value("sample_fmt", "");
  out.layout = stream.value("channel_layout", "");
  out.channels = stream.value("channels", 0U);
  out.rate = static_cast<unsigned>(number(stream, "sample_rate"));
  out.bit_rate = number(stream, "bit_rate");
  if (out.layout.empty() && out.channels == 1) out.layout = "mono";
  if (out.layout.empty() && out.channels == 2) out.layout = "stereo";
  const bool plain = std::all_of(out.layout.begin(), out.layout.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.' || c == '(' || c == ')';
  });
  if (encoder_of(out.codec) == nullptr || !plain || out.layout.empty() || out.channels == 0 ||
      out.rate == 0)
    return Error{Code::unsupported,
                 "the sound is of a kind that is not written: " + printable(out.codec, 40)};
  take_tags(stream, "", out);
  return Done{};
}

Status take_stream(const Json& stream, const Container& container, SoundFile& out) {
  const std::string type = stream.value("codec_type", "");
  if (type == "audio") return take_sound(stream, out);
  if (type == "video") {
    if (!container.cover) return would_be_lost("a picture");
    take_tags(stream, fmt::format("video {}: ", out.pictures++), out);
    return Done{};
  }
  if (type == "subtitle" && container.film) {
    take_tags(stream, fmt::format("subtitle {}: ", out.subtitles++), out);
    return Done{};
  }
  return would_be_lost("a stream of " + type + " " + stream.value("codec_name", ""));
}

// Hands on how much of the time is done, which ffmpeg writes into a file, until it is gone.
class Watch {
 public:
  Watch(const fs::path& file, double seconds, const std::function<void(double)>& progress) {
    if (progress)
      thread_ = std::jthread([=, this](const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        while (!wake_.wait_for(lock, stop, std::chrono::milliseconds(500),
                               [&] { return stop.stop_requested(); })) {
          const auto text = read_file(file, std::uint64_t{1} << 24);
          if (!text.ok()) continue;
          constexpr std::string_view kKey = "out_time_us=";
          const std::size_t at = text->rfind(kKey);
          if (at == std::string::npos) continue;
          double us = 0;
          std::from_chars(text->data() + at + kKey.size(), text->data() + text->size(), us);
          progress(std::clamp(us / 1e6 / std::max(seconds, 1.0), 0.0, 1.0));
        }
      });
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;  // ends first
};

// How the two sounds become one, in the words of ffmpeg's filters.
std::string filter(const SoundFile& sound, const Insertion& insertion, bool film) {
  const std::string form = fmt::format("aformat=sample_fmts={}:sample_rates={}:channel_layouts={}",
                                       sound.sample_format, sound.rate, sound.layout);
  std::string everywhere;  // the insert in all channels
  for (unsigned channel = 0; channel < sound.channels; ++channel)
    everywhere += fmt::format("|c{}=c0", channel);
  const std::string insert = fmt::format("[1:a]pan={}{}", sound.layout, everywhere);
  if (!film)
    return fmt::format("{},{}[i];[0:a:0]{}[s];{}concat=n=2:v=0:a=1,{}[out]", insert, form, form,
                       insertion.first ? "[i][s]" : "[s][i]", form);
  const double length = static_cast<double>(insertion.insert.size()) / sound.rate;
  const double start = insertion.first ? 0 : insertion.seconds - length;
  return fmt::format(
      "{},adelay=delays={:.0f}:all=1[i];"
      "[0:a:0]volume=volume='1-{:.3f}*clip(min((t-{:.3f})/{},({:.3f}-t)/{}),0,1)':eval=frame[s];"
      "[s][i]amix=inputs=2:duration=first:dropout_transition=0:normalize=0,{}[out]",
      insert, start * 1000, 1 - kLowered, start - kFade, kFade, start + length + kFade, kFade,
      form);
}

std::string raw(const std::vector<float>& sound) {
  std::string out;
  out.reserve(sound.size() * sizeof(float));
  for (const float sample : sound) {
    const auto bits = std::bit_cast<std::uint32_t>(sample);
    for (int i = 0; i < 32; i += 8) out.push_back(static_cast<char>(bits >> i & 0xff));
  }
  return out;
}

// Nothing of it is a file name but `path` and the files in the scratch folder, all "file:".
std::vector<std::string> words(const fs::path& path, const Container& container,
                               const SoundFile& sound, const Insertion& insertion,
                               const fs::path& scratch, const fs::path& out) {
  const Encoder& encoder = *encoder_of(sound.codec);
  std::vector<std::string> all = {"-v",
                                  "error",
                                  "-nostdin",
                                  "-y",
                                  "-progress",
                                  "file:" + (scratch / "progress").string(),
                                  "-protocol_whitelist",
                                  "file",
                                  "-i",
                                  "file:" + path.string(),
                                  "-f",
                                  "f32le",
                                  "-ar",
                                  std::to_string(sound.rate),
                                  "-ac",
                                  "1",
                                  "-i",
                                  "file:" + (scratch / "insert").string(),
                                  "-filter_complex",
                                  filter(sound, insertion, container.film)};
  const auto add = [&](std::initializer_list<std::string> more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  if (sound.pictures > 0) add({"-map", "0:v"});
  add({"-map", "[out]"});
  if (container.film) add({"-map", "0:s?", "-c:s", "copy"});
  add({"-c:v", "copy", "-c:a", std::string(encoder.name)});
  if (encoder.least > 0)
    add({"-b:a", std::to_string(std::max(sound.bit_rate, encoder.least * sound.channels))});
  // Where the tags of one stream are mapped, those of none are taken over by themselves.
  for (unsigned n = 0; n < sound.pictures; ++n)
    add({fmt::format("-map_metadata:s:v:{}", n), fmt::format("0:s:v:{}", n)});
  for (unsigned n = 0; container.film && n < sound.subtitles; ++n)
    add({fmt::format("-map_metadata:s:s:{}", n), fmt::format("0:s:s:{}", n)});
  add({"-map_metadata", "0", "-map_metadata:s:a:0", "0:s:a:0", "-map_chapters", "0", "-fflags",
       "+bitexact", "-flags:a", "+bitexact", "-f", std::string(container.muxer),
       "file:" + out.string()});
  return all;
}

}  // namespace

bool can_recode(std::string_view format) { return container_of(format) != nullptr; }
bool is_film(std::string_view format) { return can_recode(format) && container_of(format)->film; }

Result<SoundFile> probe_sound(const fs::path& path, std::string_view format) {
  Confined job{
      .program = "ffprobe",
      .arguments = {"-v", "error", "-protocol_whitelist", "file", "-print_format", "json",
                    "-show_format", "-show_streams", "-show_chapters", "file:" + path.string()},
      .input = path};
  const Ended ended = TRY(run_confined(job));
  const Json tree = Json::parse(ended.out, nullptr, false);
  const auto streams = tree.is_object() ? tree.find("streams") : tree.end();
  if (ended.exit_code != 0 || !tree.is_object() || streams == tree.end())
    return Error{Code::invalid, "ffprobe says: " + printable(trim(ended.err), 400), 0,
                 path.string()};
  SoundFile out;
  try {
    for (const Json& stream : *streams) TRY(take_stream(stream, *container_of(format), out));
    if (tree.contains("format")) {
      take_tags(tree["format"], "", out);
      if (out.bit_rate == 0 && !is_film(format)) out.bit_rate = number(tree["format"], "bit_rate");
    }
    out.chapters = tree.contains("chapters") && !tree["chapters"].empty();
  } catch (const Json::exception&) {  // a value of another type
    return Error{Code::invalid, "what ffprobe says of the file is not understood", 0,
                 path.string()};
  }
  if (out.codec.empty()) return Error{Code::invalid, "the file has no sound track"};
  return out;
}

Status recode(const fs::path& path, std::string_view format, const SoundFile& sound,
              const Insertion& insertion, const fs::path& scratch, const fs::path& out,
              const std::function<void(double share)>& progress) {
  const Container& container = *container_of(format);
  const double length = static_cast<double>(insertion.insert.size()) / sound.rate;
  if (container.film && insertion.seconds < length)
    return Error{
        Code::unsupported,
        fmt::format("the film's sound is shorter than the rhythm and its silence ({:.1f} s)",
                    length)};
  if (!container.film && insertion.first && sound.chapters)
    return Error{Code::unsupported,
                 "the file marks places in its sound, which would move",
                 0,
                 {},
                 "--place end moves none"};
  TRY(write_file_atomic(scratch / "insert", raw(insertion.insert)));
  std::error_code unknown;
  Confined job{.program = "ffmpeg",
               .arguments = words(path, container, sound, insertion, scratch, out),
               .input = path,
               .scratch = scratch,
               .max_output = 4 * fs::file_size(path, unknown) + kRoom,
               // Slower than it plays would be a fault of its own.
               .timeout = std::chrono::seconds(60 + static_cast<int>(insertion.seconds))};
  const Watch watch(scratch / "progress", insertion.seconds, progress);
  const Ended ended = TRY(run_confined(job));
  if (ended.exit_code != 0)
    return Error{Code::invalid, "ffmpeg says: " + printable(trim(ended.err), 400), 0,
                 path.string()};
  const SoundFile now = TRY(probe_sound(out, format));
  for (const auto& [key, value] : sound.tags) {
    const auto kept = now.tags.find(key);
    if (kept == now.tags.end() || kept->second != value) return would_be_lost(key);
  }
  return Done{};
}

}  // namespace assay::label
