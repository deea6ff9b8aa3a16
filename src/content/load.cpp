// SPDX-License-Identifier: Apache-2.0
#include "content/load.h"

#include <fmt/format.h>

#include <cstdlib>
#include <system_error>

#include "base/digest.h"
#include "content/compiled.h"
#include "content/source.h"

namespace assay::content {
namespace {

constexpr std::uint64_t kMaxCompiledBytes = 256ULL << 20;
constexpr std::string_view kFileName = "assay.content";

fs::path environment_path(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? fs::path() : fs::path(value);
}

fs::path cache_folder() {
  if (const fs::path cache = environment_path("XDG_CACHE_HOME"); cache.is_absolute())
    return cache / "assay";
  const fs::path home = environment_path("HOME");
  return home.is_absolute() ? home / ".cache" / "assay" : fs::path();
}

void update(Sha256& hash, std::string_view text) {
  const std::string length = std::to_string(text.size()) + ":";
  hash.update(as_raw(length));
  hash.update(as_raw(text));
}

// The digest of names and bytes of every file below `folder`.
Status update_folder(Sha256& hash, const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return Error{Code::not_found, "not a folder", 0, folder.string(), "name a folder of content"};
  std::vector<std::string> unread;
  for (const fs::path& path : list_files(folder, unread)) {
    update(hash, path.lexically_relative(folder).generic_string());
    const std::string bytes = TRY(read_file(path, kMaxCompiledBytes));
    update(hash, bytes);
  }
  for (const std::string& path : unread) update(hash, path);
  return Done{};
}

Result<Content> read_layers(const std::vector<fs::path>& folders, const Content* base,
                            Language language) {
  SourceOptions options;
  options.base = base;
  LoadResult loaded = load_source(folders, options);
  if (!loaded.faults.empty()) {
    Error error = fault_error(loaded.faults, language);
    if (loaded.faults.size() > 1)
      error.mend += language == Language::zh ? "；全部错误：assay content lint --content DIR"
                                             : "; all faults: assay content lint --content DIR";
    return error;
  }
  // Opened again from its bytes, so that the first and the cached time are the same.
  const std::string bytes = compile(loaded.content);
  return open(as_raw(bytes));
}

// The cache is a help only: what cannot be read or written there is made anew.
void keep(const fs::path& file, const Content& content) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (!error) static_cast<void>(write_file_atomic(file, compile(content)));
}

Result<Content> load_layers(const fs::path& base, const std::vector<fs::path>& overlays,
                            const fs::path& cache, Language language) {
  std::error_code error;
  const bool source = fs::is_directory(base, error);
  Sha256 hash;
  update(hash, fmt::format("{}:{}", kEngine, schema_fingerprint()));
  Content compiled;
  if (source) {
    TRY(update_folder(hash, base));
  } else {
    compiled = TRY(open_file(base));
    if (overlays.empty()) return compiled;
    update(hash, compiled.digest);
  }
  for (const fs::path& overlay : overlays) {
    update(hash, "overlay");
    TRY(update_folder(hash, overlay));
  }
  const fs::path file = cache / (hex(hash.finish()) + ".content");
  if (!cache.empty())
    if (Result<Content> kept = open_file(file); kept.ok()) return kept;
  std::vector<fs::path> folders = overlays;
  if (source) folders.insert(folders.begin(), base);
  Content content = TRY(read_layers(folders, source ? nullptr : &compiled, language));
  if (!cache.empty()) keep(file, content);
  return content;
}

}  // namespace

Places default_places() {
  Places places;
  places.cache = cache_folder();
  if (const fs::path named = environment_path("ASSAY_CONTENT"); !named.empty()) {
    places.compiled = {named};
    return places;
  }
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path folder = program.parent_path();
  places.compiled = {folder / kFileName, folder.parent_path() / "share" / "assay" / kFileName};
  return places;
}

Result<fs::path> find_compiled(const Places& places) {
  std::error_code error;
  for (const fs::path& path : places.compiled)
    if (fs::exists(path, error)) return path;
  std::string tried;
  for (const fs::path& path : places.compiled) tried += (tried.empty() ? "" : ", ") + path.string();
  return Error{Code::not_found,
               "the compiled content is not there; tried " + tried,
               0,
               {},
               "install it beside the program, or set ASSAY_CONTENT to it"};
}

Result<Content> open_file(const fs::path& path) {
  const std::string bytes = TRY(read_file(path, kMaxCompiledBytes));
  Result<Content> content = open(as_raw(bytes));
  if (!content.ok()) content.error().where = path.string();
  return content;
}

Result<Content> load(const std::vector<fs::path>& overlays, const Places& places,
                     Language language) {
  const fs::path base = TRY(find_compiled(places));
  return load_layers(base, overlays, places.cache, language);
}

}  // namespace assay::content
