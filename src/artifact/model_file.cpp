// SPDX-License-Identifier: Apache-2.0
#include "artifact/model_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <tuple>

#include "artifact/pickle_flaws.h"
#include "base/messages.h"
#include "base/strings.h"
#include "formats/npy/npy.h"
#include "formats/safetensors/safetensors.h"
#include "formats/zip_archive.h"

namespace assay::artifact {
namespace {

namespace npy = formats::npy;
namespace safetensors = formats::safetensors;
namespace zip = formats::zip;
using zip::Difference;

constexpr std::size_t kWindow = 64 * 1024;

// Endings that loaders of pickles use; bytes that break at once are then a broken pickle.
constexpr std::array<std::string_view, 10> kPickleEndings = {
    ".pkl", ".pickle", ".pk", ".p", ".pt", ".pth", ".ckpt", ".bin", ".joblib", ".dill"};

bool named_like_pickle(std::string_view name) {
  const std::string lower = to_lower(name);
  return std::any_of(kPickleEndings.begin(), kPickleEndings.end(),
                     [&](std::string_view ending) { return lower.ends_with(ending); });
}

// Whether the beginning is UTF-8 without control characters but white space.
Result<bool> is_text(ByteSource& in) {
  std::string head = TRY(in.copy(0, 4096));
  // The last code point may be cut.
  for (int i = 0; i < 3 && head.size() == 4096 - static_cast<std::size_t>(i) && !valid_utf8(head);
       ++i)
    head.pop_back();
  const bool controls = std::any_of(head.begin(), head.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
  });
  return !head.empty() && !controls && valid_utf8(head);
}

// A member's name as it is shown; a long one without its middle, since the ending decides.
std::string shown(std::string_view name) {
  constexpr std::size_t kHead = 160;
  constexpr std::size_t kTail = 64;
  if (name.size() <= kHead + kTail) return printable(name);
  return printable(name.substr(0, kHead)) + "…" + printable(name.substr(name.size() - kTail));
}

struct DifferenceName {
  Difference what;
  StaticText name;
};

constexpr std::array<DifferenceName, 10> kDifferences = {{
    {Difference::no_directory, {"没有中央目录", "it has no central directory"}},
    {Difference::several_directories, {"有多个中央目录结尾", "it has several ends of directory"}},
    {Difference::bytes_before, {"压缩包之前另有数据", "data stands before the archive"}},
    {Difference::no_local_header,
     {"目录所指之处没有文件头", "no local header where the directory points"}},
    {Difference::other_name,
     {"目录与文件头的名称不同", "directory and local header name it differently"}},
    {Difference::other_method,
     {"目录与文件头的压缩方法不同", "directory and local header state different methods"}},
    {Difference::other_size,
     {"目录与文件头的大小不同", "directory and local header state different sizes"}},
    {Difference::unlisted_entry,
     {"有目录未列出的成员", "it holds a member that the directory does not list"}},
    {Difference::same_name, {"有同名成员", "two members have one name"}},
    {Difference::overlap, {"成员互相重叠", "members overlap"}},
}};

StaticText difference_name(Difference what) {
  for (const DifferenceName& row : kDifferences)
    if (row.what == what) return row.name;
  return {"其他差异", "another difference"};
}

class Judge {
 public:
  Judge(const AllowList& allow, const ModelLimits& limits)
      : allow_(allow), limits_(limits), budget_(limits.unpacked_bytes) {}

  // Judges a whole file; `depth` counts the archives around it, and bounds the recursion.
  Result<ModelFormat> file(ByteSource& in, const std::string& where, std::uint32_t depth) {
    if (TRY(zip::sniff(in))) return archive(in, where, depth);
    const Bytes head = TRY(in.view(0, 8));
    if (npy::sniff(head)) return array(in, where);
    if (TRY(safetensors::sniff(in))) {
      const Result<safetensors::Safetensors> sound = safetensors::read(in, {});
      if (sound.ok()) return ModelFormat::safetensors;
      if (sound.error().code == Code::io) return sound.error();
    }
    // Bytes of a member may begin with PROTO by chance; a file of its own would not.
    const bool named = in.size() > 0 && named_like_pickle(where);
    const bool begins = depth == 0 && TRY(begins_like_pickle(in));
    const bool taken = named || begins || TRY(acts_like_pickle(in, allow_, limits_.pickle));
    if (!taken) return TRY(is_text(in)) ? ModelFormat::text : ModelFormat::other;
    add(report.pickles, TRY(judge_pickle(in, where, allow_, limits_.pickle)));
    return ModelFormat::pickle;
  }

  ModelReport report;

 private:
  Result<ModelFormat> array(ByteSource& in, const std::string& where) {
    const Result<npy::Npy> header = npy::read(in, {});
    if (!header.ok()) {
      if (header.error().code == Code::io) return header.error();
      unread(FlawKind::not_followed, where, header.error().what);
      return ModelFormat::npy;
    }
    if (!header->objects) return ModelFormat::npy;
    PartSource data(in, header->data_offset, in.size());
    add(report.pickles, TRY(judge_pickle(data, where + " (data)", allow_, limits_.pickle)));
    return ModelFormat::npy;
  }

  // What is left of an archive's bytes to judge, and what was judged already. Members that lie
  // apart need no more; of many entries on the same bytes each would have them judged again.
  struct Shelf {
    // Offset, bytes, method, and whether the name says pickle, which decides on broken bytes.
    using Key = std::tuple<std::uint64_t, std::uint64_t, std::uint16_t, bool>;
    std::uint64_t left = 0;
    std::map<Key, ModelFormat> judged;
  };

  // An archive of other things (Keras, skops, plain files) may run code by means not judged here.
  Result<ModelFormat> archive(ByteSource& in, const std::string& where, std::uint32_t depth) {
    if (depth >= limits_.archive_depth) {
      unread(FlawKind::member_not_read, where, "archives are nested too deep");
      return ModelFormat::zip;
    }
    const Result<zip::Archive> archive = zip::read(in, {});
    if (!archive.ok()) {
      if (archive.error().code == Code::io) return archive.error();
      unread(FlawKind::member_not_read, where, archive.error().what);
      return ModelFormat::zip;
    }
    note_differences(*archive, where);
    bool arrays_only = !archive->entries.empty();
    Shelf shelf{in.size(), {}};
    const std::uint64_t before = report.pickles.streams + report.pickles.streams_not_followed;
    for (const zip::Entry& entry : archive->entries) {
      if (entry.packed == 0 && entry.size == 0) continue;
      ++report.members;
      const ModelFormat format =
          TRY(member(in, entry, where + "!" + shown(entry.name), depth + 1, shelf));
      arrays_only =
          arrays_only && (format == ModelFormat::npy || format == ModelFormat::safetensors);
    }
    const bool pickles = report.pickles.streams + report.pickles.streams_not_followed > before;
    return pickles || arrays_only ? ModelFormat::zip : ModelFormat::other;
  }

  void note_differences(const zip::Archive& archive, const std::string& where) {
    for (const zip::Disagreement& one : archive.disagreements) {
      // Every entry is judged, listed or not; but where sizes differ loaders take other bytes.
      if (one.what == Difference::other_method || one.what == Difference::other_size)
        report.pickles.streams_not_followed += one.count;
      const std::string at = one.name.empty() ? where : where + "!" + shown(one.name);
      flaw(make_flaw(FlawKind::archive_differs, fmt::format("{}, byte {}", at, one.offset),
                     difference_name(one.what).text()));
    }
  }

  Result<ModelFormat> member(ByteSource& in, zip::Entry entry, const std::string& where,
                             std::uint32_t depth, Shelf& shelf) {
    if (to_lower(entry.name).ends_with(".py")) flaw(make_flaw(FlawKind::python_source, where, ""));
    if (entry.encrypted()) {
      // Loaders that ignore the flag read what is there, so that is judged too.
      unread(FlawKind::member_not_read, where, "encrypted");
      entry.flags = 0;
    }
    if (entry.data_offset == 0) return data(in, entry, where, depth);  // nothing stands there
    const auto [seen, first] = shelf.judged.try_emplace(
        {entry.data_offset, entry.packed, entry.method, named_like_pickle(where)},
        ModelFormat::other);
    if (!first) return seen->second;
    const std::uint64_t bytes = std::min(entry.packed, in.size() - entry.data_offset);
    if (bytes > shelf.left) {
      unread(FlawKind::member_not_read, where, "members overlap");
      return ModelFormat::other;
    }
    shelf.left -= bytes;
    seen->second = TRY(data(in, entry, where, depth));
    return seen->second;
  }

  Result<ModelFormat> data(ByteSource& in, const zip::Entry& entry, const std::string& where,
                           std::uint32_t depth) {
    if (entry.method == 0 && entry.data_offset != 0) {
      PartSource part(in, entry.data_offset, entry.packed);
      return file(part, where, depth);
    }
    Result<std::string> bytes = zip::unpack(in, entry, budget_);
    if (!bytes.ok() && bytes.error().code == Code::io) return std::move(bytes).error();
    if (!bytes.ok()) {
      unread(FlawKind::member_not_read, where, bytes.error().what);
      return ModelFormat::other;
    }
    budget_ -= bytes->size();
    MemorySource part(as_raw(*bytes));
    return file(part, where, depth);
  }

  void unread(FlawKind kind, const std::string& where, std::string_view why) {
    ++report.pickles.streams_not_followed;
    flaw(make_flaw(kind, where, in_both(why)));
  }

  void flaw(Flaw flaw) {
    if (report.pickles.flaws.size() >= limits_.pickle.flaws) {
      ++report.pickles.flaws_dropped;
    } else {
      report.pickles.flaws.push_back(std::move(flaw));
    }
  }

  const AllowList& allow_;
  const ModelLimits& limits_;
  std::uint64_t budget_;
};

}  // namespace

Result<ModelReport> judge_model(ByteSource& in, std::string_view name, const AllowList& allow,
                                const ModelLimits& limits) {
  Judge judge(allow, limits);
  judge.report.format = TRY(judge.file(in, std::string(name), 0));
  return std::move(judge.report);
}

Result<ModelReport> judge_model_file(const std::filesystem::path& path, std::string_view name,
                                     const AllowList& allow, const ModelLimits& limits) {
  FileSource in(TRY(FileReader::open(path)), kWindow);
  return judge_model(in, name, allow, limits);
}

}  // namespace assay::artifact
