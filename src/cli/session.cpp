// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "base/strings.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/parse.h"
#include "content/load.h"

namespace assay::cli {
namespace {

constexpr std::array<Option, 2> kCommon = {{
    {"--lang",
     "zh|en",
     {"输出语言（默认取自环境变量 LANG）", "language of the output (default: from LANG)"}},
    {"--content",
     "DIR",
     {"覆盖内容目录，可多次给出，后者优先",
      "overlay folder laid over the content; repeatable, later ones win"},
     true},
}};

Language environment_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0')
      return std::string_view(value).starts_with("zh") ? Language::zh : Language::en;
  }
  return Language::en;
}

// The language asked for anywhere on the line, so that help and errors speak it too.
Language line_language(std::span<const std::string> arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool apart = arguments[i] == "--lang" && i + 1 < arguments.size();
    const std::string option = apart ? "--lang=" + arguments[i + 1] : arguments[i];
    if (option == "--lang=zh") return Language::zh;
    if (option == "--lang=en") return Language::en;
  }
  return environment_language();
}

const Group* find_group(std::string_view name) {
  const auto groups = all_groups();
  const auto at = std::ranges::find(groups, name, &Group::name);
  return at == groups.end() ? nullptr : *at;
}

// The row that `arguments` name, and how many of them its path takes.
const Command* find_command(const Group& group, std::span<const std::string> arguments,
                            std::size_t& words) {
  for (const Command& command : group.commands) {
    const auto path = split(command.path, ' ');
    if (path.size() > arguments.size()) continue;
    if (!std::equal(path.begin(), path.end(), arguments.begin())) continue;
    words = path.size();
    return &command;
  }
  return nullptr;
}

// How many of the arguments are options that every command has, before the command itself.
std::size_t leading_options(std::span<const std::string> arguments) {
  std::size_t n = 0;
  while (n < arguments.size()) {
    const std::string_view word = arguments[n];
    const std::string_view name = word.substr(0, word.find('='));
    if (std::ranges::find(kCommon, name, &Option::name) == kCommon.end()) break;
    n += name == word ? 2 : 1;
  }
  return std::min(n, arguments.size());
}

bool asks_for_help(std::string_view word) {
  return word == "--help" || word == "-h" || word == "help";
}

int print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  return std::fflush(stdout) == 0 || errno == EPIPE ? 0 : exit_code(Code::io);
}

Error unknown_command(std::string_view command, std::string mend) {
  return Error{Code::invalid,
               fmt::format("unknown command '{}'", printable(command)),
               0,
               {},
               std::move(mend)};
}

Error unknown_group(const std::string& word) {
  std::vector<std::string> known = {"version"};
  for (const Group* group : all_groups()) known.emplace_back(group->name);
  return unknown_command(word, see_help(word, known, "assay"));
}

Error unknown_below(const Group& group, const std::string& word) {
  const std::string before = std::string(group.name) + " ";
  std::vector<std::string> known;
  for (const Command& command : group.commands)
    if (command.path.starts_with(before)) known.emplace_back(command.path.substr(before.size()));
  return unknown_command(before + word,
                         see_help(word, known, "assay " + std::string(group.name), before));
}

constexpr std::string_view kLanguages[] = {"zh", "en"};

}  // namespace

std::span<const Option> common_options() { return kCommon; }

std::optional<std::string> Session::value(std::string_view option) const {
  const auto at = values_.find(std::string(option));
  if (at == values_.end() || at->second.empty()) return std::nullopt;
  return at->second.back();
}

std::vector<std::string> Session::all(std::string_view option) const {
  const auto at = values_.find(std::string(option));
  return at == values_.end() ? std::vector<std::string>{} : at->second;
}

std::vector<std::string> Session::positional(std::string_view name) const { return all(name); }
std::string Session::first(std::string_view name) const { return value(name).value_or(""); }

Result<const Content*> Session::content() {
  if (!content_) {
    std::vector<fs::path> overlays;
    for (const std::string& folder : all("--content")) overlays.emplace_back(folder);
    content_ = std::make_unique<Content>(
        TRY(content::load(overlays, content::default_places(), language_)));
  }
  return content_.get();
}

Result<Date> Session::as_of() const {
  const auto text = value("--as-of");
  if (!text) return today();
  const Date date = TRY(parse_date(*text));
  return date.last_day();
}

Result<unsigned> Session::jobs() const {
  const auto text = value("--jobs");
  if (!text) return std::max(1U, std::thread::hardware_concurrency());
  const auto jobs = to_number<unsigned>(*text);
  if (!jobs || *jobs < 1 || *jobs > 256)
    return Error{Code::invalid, "not a number of threads: '" + printable(*text) + "'", 0, "--jobs",
                 "give 1 to 256"};
  return *jobs;
}

void Session::out(std::string_view text) {
  if (output_error_ != 0) return;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) output_error_ = errno;
}

void Session::flush() {
  if (std::fflush(stdout) != 0 && output_error_ == 0) output_error_ = errno;
}

void Session::note(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

Result<int> run_command(std::span<const std::string> line) {
  const Language language = line_language(line);
  const auto leading = line.first(leading_options(line));
  const auto arguments = line.subspan(leading.size());
  if (arguments.empty() || asks_for_help(arguments[0])) return print(help_all(language));
  if (arguments[0] == "version" || arguments[0] == "--version")
    return print(fmt::format("assay {}\n", ASSAY_VERSION));
  if (arguments[0] == "--man") return print(man_page());
  if (arguments[0] == "--completion" && arguments.size() == 2)
    return print(arguments[1] == "zsh" ? zsh_completion() : bash_completion());
  const Group* group = find_group(arguments[0]);
  if (group == nullptr) return unknown_group(arguments[0]);
  std::size_t words = 0;
  const Command* command = find_command(*group, arguments, words);
  if (command == nullptr) {
    if (arguments.size() == 1 || asks_for_help(arguments[1]))
      return print(help_group(*group, language));
    return unknown_below(*group, arguments[1]);
  }
  Session session;
  session.language_ = language;
  std::vector<std::string> rest(leading.begin(), leading.end());
  rest.insert(rest.end(), arguments.begin() + static_cast<std::ptrdiff_t>(words), arguments.end());
  session.values_ = TRY(parse(*command, rest));
  if (session.flag("--help")) return print(help_command(*command, language));
  if (const auto asked = session.value("--lang");
      asked && std::ranges::find(kLanguages, *asked) == std::end(kLanguages))
    return Error{Code::invalid,
                 "--lang takes zh or en, not '" + printable(*asked) + "'",
                 0,
                 {},
                 "write --lang zh or --lang en"};
  const int code = TRY(command->run(session));
  session.flush();
  if (session.output_error() != 0)
    return session.output_error() == EPIPE
               ? Result<int>(code)
               : Error{Code::io, "cannot write to standard output", 0, {}, "is the disk full?"};
  return code;
}

int run(std::span<const std::string> arguments) {
  std::signal(SIGPIPE, SIG_IGN);
  static std::array<char, 1 << 16> buffer;
  if (::isatty(STDOUT_FILENO) == 0) std::setvbuf(stdout, buffer.data(), _IOFBF, buffer.size());
  const Result<int> result = run_command(arguments);
  if (result.ok()) return *result;
  const std::string line = "assay: " + result.error().text(line_language(arguments)) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
  return exit_code(result.error().code);
}

}  // namespace assay::cli
