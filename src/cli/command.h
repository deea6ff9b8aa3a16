// SPDX-License-Identifier: Apache-2.0
//
// A subcommand is a row of data and one function. The table serves the parser, --help in both
// languages, the man page and the shell completions.
#pragma once

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/content.h"
#include "model/text.h"

namespace assay::cli {

// A word that an option takes.
struct Choice {
  std::string_view word;
  StaticText name;
};

// Those of an enumeration, from its table.
template <Worded E>
std::vector<Choice> choices() {
  std::vector<Choice> out;
  for (const Word<E>& row : Words<E>::table)
    if (row.word != "unstated") out.push_back({row.word, row.name});
  return out;
}

struct Option {
  std::string_view name;   // "--as-of"; with a short form "-o,--output", asked for by its long one
  std::string_view value;  // "DATE"; empty for a flag
  StaticText help;
  bool repeatable = false;
  std::vector<Choice> (*allowed)() = nullptr;  // null: any value
};

enum class Arity : std::uint8_t { one, optional, many, any };  // many: at least one

struct Positional {
  std::string_view name;  // "ID"
  Arity arity = Arity::one;
  StaticText help;
};

class Session;

struct Command {
  std::string_view path;  // "catalog list"
  StaticText help;
  std::span<const Positional> positionals;
  std::span<const Option> options;
  std::span<const std::string_view> examples;  // whole command lines
  // The exit code of docs/architecture.md, or the Error that says why there is none.
  Result<int> (*run)(Session& session);
};

// A group of commands, "catalog": its help and rows.
struct Group {
  std::string_view name;
  StaticText help;
  std::span<const Command> commands;  // one row whose path is the name itself, or several below it
};

// What a subcommand works with: the words it was called with, the language, and the content.
class Session {
 public:
  bool flag(std::string_view option) const { return values_.contains(std::string(option)); }
  std::optional<std::string> value(std::string_view option) const;  // the last one given
  std::vector<std::string> all(std::string_view option) const;
  // Every value of the positional, in order.
  std::vector<std::string> positional(std::string_view name) const;
  std::string first(std::string_view name) const;  // "" where none was given

  Language language() const { return language_; }
  std::string_view say(const StaticText& text) const { return text.in(language_); }
  const std::string& say(const Text& text) const { return text.in(language_); }
  std::string_view say(std::string_view zh, std::string_view en) const {
    return language_ == Language::zh ? zh : en;
  }
  bool json() const { return flag("--json"); }

  // The compiled content with the overlays of --content, loaded at the first call.
  Result<const Content*> content();

  // --as-of, or today (UTC).
  Result<Date> as_of() const;

  // --jobs, or as many as there are cores.
  Result<unsigned> jobs() const;

  // Standard output; a write that fails is remembered and becomes Code::io at the end (exit 4),
  // but a closed pipe ends quietly.
  void out(std::string_view text);
  // Standard error, for progress and messages.
  void note(std::string_view text);
  // Before a note that belongs behind what was written.
  void flush();
  int output_error() const { return output_error_; }  // errno of the first write that failed, or 0

 private:
  friend Result<int> run_command(std::span<const std::string> line);
  std::map<std::string, std::vector<std::string>> values_;  // option or positional name -> values
  Language language_ = Language::en;
  std::unique_ptr<Content> content_;
  int output_error_ = 0;
};

inline constexpr Option kJobs = {
    "-j,--jobs", "N", {"并行线程数（默认处理器核数）", "threads (default: cores)"}};

// Options that every command has, before or behind its name: --lang zh|en, --content DIR
// (repeatable).
std::span<const Option> common_options();

// Every group of commands.def, in its order.
std::span<const Group* const> all_groups();

// Parses and runs one command line (without the program's name); prints help, version and errors.
int run(std::span<const std::string> arguments);

}  // namespace assay::cli
