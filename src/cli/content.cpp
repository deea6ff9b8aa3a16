// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <system_error>

#include "base/strings.h"
#include "checks/checks.h"
#include "cli/command.h"
#include "content/compiled.h"
#include "content/diff.h"
#include "content/load.h"
#include "content/source.h"
#include "model/fault.h"
#include "model/json.h"

namespace assay::cli {
namespace {

constexpr int kSatisfied = 0;
constexpr int kFaults = 2;

std::vector<std::string> all_measurements() {
  std::vector<std::string> out;
  for (const Check* check : all_checks())
    for (const CheckMeasurement& measurement : check->measurements)
      out.push_back(fmt::format("{}/{}", check->id, measurement.name));
  return out;
}

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

// The folder of sources that DIR names, with the overlays of --content over it. Without DIR the
// overlays lie over the compiled content.
Result<content::LoadResult> load_sources(Session& session) {
  content::SourceOptions options;
  options.measurements = all_measurements();
  std::vector<fs::path> folders;
  for (const std::string& folder : session.all("--content")) folders.emplace_back(folder);
  const std::string named = session.first("DIR");
  if (named.empty() && !folders.empty()) {
    const fs::path base = TRY(content::find_compiled(content::default_places()));
    if (is_folder(base)) {
      folders.insert(folders.begin(), base);
      return content::load_source(folders, options);
    }
    const Content compiled = TRY(content::open_file(base));
    options.base = &compiled;
    return content::load_source(folders, options);
  }
  folders.insert(folders.begin(), named.empty() ? "content" : named);
  if (!is_folder(folders.front()))
    return Error{Code::not_found, "not a folder", 0, folders.front().string(),
                 "name the folder of the content, as: assay content lint content"};
  return content::load_source(folders, options);
}

void write_faults(Session& session, const std::vector<Fault>& faults) {
  if (!session.json()) return session.out(print_faults(faults, session.language()));
  for (const Fault& fault : faults) session.out(fault_json(fault) + "\n");
}

std::size_t clauses(const Content& content) {
  std::size_t out = 0;
  for (const Standard& standard : content.standards) out += standard.clauses.size();
  return out;
}

std::string summary(Session& session, const Content& content) {
  return fmt::format(
      fmt::runtime(session.say("{} 份文件，{} 个条款，{} 个控制项，{} 个框架，{} 组对照",
                               "{} documents, {} clauses, {} controls, {} frameworks, "
                               "{} cross-walks")),
      content.standards.size(), clauses(content), content.controls.size(),
      content.frameworks.size(), content.mappings.size());
}

// A folder without a manifest is no content of its own, and its references lead elsewhere.
void hint_at_overlay(Session& session) {
  const std::string folder = session.first("DIR");
  std::error_code error;
  if (folder.empty() || fs::exists(fs::path(folder) / "content.yaml", error)) return;
  session.note(
      fmt::format(fmt::runtime(session.say(
                      "{0} 没有 content.yaml，像是叠加目录：assay content lint --content {0}\n",
                      "{0} has no content.yaml and looks like an overlay: assay content "
                      "lint --content {0}\n")),
                  folder));
}

Result<int> lint(Session& session) {
  const content::LoadResult loaded = TRY(load_sources(session));
  write_faults(session, loaded.faults);
  if (loaded.faults.empty())
    session.note(fmt::format("{}: {}\n", session.say("没有错误", "no faults"),
                             summary(session, loaded.content)));
  else
    session.note(fmt::format(fmt::runtime(session.say("共 {} 处错误\n", "{} faults\n")),
                             loaded.faults.size()));
  if (!loaded.faults.empty()) hint_at_overlay(session);
  return loaded.faults.empty() ? kSatisfied : kFaults;
}

Result<int> build(Session& session) {
  const auto out = session.value("--output");
  if (!out) return Error{Code::invalid, "-o is missing", 0, {}, "say where to write: -o FILE"};
  const content::LoadResult loaded = TRY(load_sources(session));
  if (!loaded.faults.empty()) {
    session.note(print_faults(loaded.faults, session.language()));
    return fault_error(loaded.faults, session.language());
  }
  const std::string bytes = content::compile(loaded.content);
  TRY(write_file_atomic(*out, bytes));
  const Content content = TRY(content::open(as_raw(bytes)));
  session.note(fmt::format("{}: {}\nsha256 {}\n", *out, summary(session, content), content.digest));
  return kSatisfied;
}

// A compiled file, or a folder of sources without faults.
Result<Content> open_either(Session& session, const std::string& path) {
  if (!is_folder(path)) return content::open_file(path);
  content::LoadResult loaded = content::load_source({path}, {});
  if (loaded.faults.empty()) return std::move(loaded.content);
  session.note(print_faults(loaded.faults, session.language()));
  return fault_error(loaded.faults, session.language());
}

std::string change_json(const content::RowChange& change) {
  std::vector<std::string> keys;
  for (const content::KeyChange& key : change.keys)
    keys.push_back(fmt::format(R"({{"key":{},"before":{},"after":{}}})", json_string(key.key),
                               json_string(key.before), json_string(key.after)));
  return fmt::format(R"({{"kind":{},"id":{},"change":{},"keys":[{}]}})", json_string(change.kind),
                     json_string(change.id), json_string(word(change.change)), join(keys, ","));
}

std::string change_text(const content::RowChange& change, Language language) {
  std::string out =
      fmt::format("{} {} {}\n", row(change.change).name.in(language), change.kind, change.id);
  for (const content::KeyChange& key : change.keys)
    out +=
        fmt::format("    {}: {} -> {}\n", key.key, key.before.empty() ? "-" : printable(key.before),
                    key.after.empty() ? "-" : printable(key.after));
  return out;
}

Result<int> diff(Session& session) {
  const Content before = TRY(open_either(session, session.first("A")));
  const Content after = TRY(open_either(session, session.first("B")));
  const auto changes = content::diff(before, after);
  for (const content::RowChange& change : changes)
    session.out(session.json() ? change_json(change) + "\n"
                               : change_text(change, session.language()));
  session.note(
      fmt::format(fmt::runtime(session.say("{} 处不同\n", "{} rows differ\n")), changes.size()));
  return kSatisfied;
}

Result<int> verify(Session& session) {
  fs::path path = session.first("FILE");
  if (path.empty()) path = TRY(content::find_compiled(content::default_places()));
  const Content content = TRY(content::open_file(path));
  content::SourceOptions options;
  options.measurements = all_measurements();
  const std::vector<Fault> faults = content::check_content(content, options);
  if (session.json()) {
    session.out(fmt::format(
        R"({{"path":{},"sha256":{},"version":{},"facts_as_of":{},"documents":{},"clauses":{},"faults":{}}})"
        "\n",
        json_string(path.string()), json_string(content.digest),
        json_string(content.manifest.version), json_string(content.manifest.facts_as_of.text()),
        content.standards.size(), clauses(content), faults.size()));
  } else {
    session.out(fmt::format("{}\n{} {} ({})\nsha256 {}\n", path.string(), content.manifest.id,
                            content.manifest.version, content.manifest.facts_as_of.text(),
                            content.digest));
    session.out(summary(session, content) + "\n");
    session.out(print_faults(faults, session.language()));
  }
  return faults.empty() ? kSatisfied : kFaults;
}

constexpr std::array<Positional, 1> kFolder = {
    {{"DIR",
      Arity::optional,
      {"内容目录（默认 content）", "folder of the content (default: content)"}}}};
constexpr std::array<Positional, 2> kTwo = {
    {{"A", Arity::one, {"编译文件或内容目录", "a compiled file or a folder"}},
     {"B", Arity::one, {"与之比较的编译文件或内容目录", "the one to compare with"}}}};
constexpr std::array<Positional, 1> kFile = {
    {{"FILE",
      Arity::optional,
      {"编译文件（默认为随程序安装的）", "a compiled file (default: the installed one)"}}}};
constexpr std::array<Option, 1> kJson = {
    {{"--json", "", {"每行输出一个 JSON 对象", "one JSON object a line"}}}};
constexpr std::array<Option, 1> kOutput = {
    {{"-o,--output", "FILE", {"写到哪个文件", "the file to write"}}}};

constexpr std::string_view kLintExamples[] = {"assay content lint content",
                                              "assay content lint --content my-overlay"};
constexpr std::string_view kBuildExamples[] = {"assay content build content -o assay.content"};
constexpr std::string_view kDiffExamples[] = {"assay content diff assay.content content --json"};
constexpr std::string_view kVerifyExamples[] = {"assay content verify"};

constexpr std::array<Command, 4> kCommands = {{
    {"content lint",
     {"检查内容目录，一次列出全部错误", "check a folder of content and list every fault"},
     kFolder,
     kJson,
     kLintExamples,
     lint},
    {"content build",
     {"把内容编译为一个文件", "compile the content into one file"},
     kFolder,
     kOutput,
     kBuildExamples,
     build},
    {"content diff",
     {"比较两份内容，逐行逐键", "compare two contents row by row and key by key"},
     kTwo,
     kJson,
     kDiffExamples,
     diff},
    {"content verify",
     {"校验编译文件的摘要和引用", "check the digest and references of a compiled file"},
     kFile,
     kJson,
     kVerifyExamples,
     verify},
}};

}  // namespace

extern const Group content_group;
const Group content_group = {
    "content",
    {"标准内容：检查、编译、比较、校验", "the standards content: lint, build, diff, verify"},
    kCommands};

}  // namespace assay::cli
