// SPDX-License-Identifier: Apache-2.0
#include "cli/parse.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <deque>

#include "base/strings.h"
#include "cli/help.h"
#include "model/nearest.h"

namespace assay::cli {
namespace {

// Where CLI11 puts what it reads, a slot for each option and positional of the chosen command.
struct Slots {
  std::deque<std::pair<std::string, std::vector<std::string>>> texts;
  std::deque<std::pair<std::string, std::int64_t>> flags;
};

void add_option(CLI::App& app, Slots& slots, const Option& option) {
  const std::string name(option.name);
  if (option.value.empty()) {
    auto& slot = slots.flags.emplace_back(long_name(option), 0);
    app.add_flag(name, slot.second);
    return;
  }
  auto& slot = slots.texts.emplace_back(long_name(option), std::vector<std::string>{});
  auto* added = app.add_option(name, slot.second)->type_size(1);
  if (option.repeatable)
    added->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args(false);
  else
    added->expected(1)->allow_extra_args(false)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
}

void add_positional(CLI::App& app, Slots& slots, const Positional& positional) {
  auto& slot = slots.texts.emplace_back(std::string(positional.name), std::vector<std::string>{});
  auto* added = app.add_option(slot.first, slot.second);
  const bool several = positional.arity == Arity::many || positional.arity == Arity::any;
  added->expected(1, several ? CLI::detail::expected_max_vector_size : 1);
  added->allow_extra_args(several);  // else the first of two positionals takes both
  if (positional.arity == Arity::one || positional.arity == Arity::many) added->required();
}

// The option that nobody knows, without its value; "" where the arguments are wrong otherwise.
std::string unknown_option(const CLI::App& app) {
  const std::vector<std::string> left = app.remaining();
  const auto at = std::ranges::find_if(left, [](const auto& one) { return one.starts_with('-'); });
  return at == left.end() ? std::string() : at->substr(0, at->find('='));
}

Error usage_error(const CLI::ParseError& error, const CLI::App& app, const Command& command) {
  std::vector<std::string> known = {"--help"};
  for (const auto& options : {common_options(), command.options})
    for (const Option& option : options)
      for (const std::string_view name : split(option.name, ',')) known.emplace_back(name);
  return Error{Code::invalid,
               printable(error.what(), 1000),
               0,
               {},
               see_help(unknown_option(app), known, "assay " + std::string(command.path))};
}

}  // namespace

std::string see_help(std::string_view word, std::span<const std::string> known,
                     std::string_view command, std::string_view before) {
  const auto meant = nearest(word, known);
  const std::string help = std::string(command) + " --help";
  return meant ? fmt::format("did you mean {}{}? see: {}", before, *meant, help) : "see: " + help;
}

Result<Values> parse(const Command& command, std::span<const std::string> arguments) {
  CLI::App app;
  app.set_help_flag("-h,--help");
  Slots slots;
  for (const Option& option : common_options()) add_option(app, slots, option);
  for (const Option& option : command.options) add_option(app, slots, option);
  for (const Positional& positional : command.positionals) add_positional(app, slots, positional);
  Values values;
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    app.parse(std::move(reversed));
  } catch (const CLI::CallForHelp&) {
    values["--help"] = {"1"};
  } catch (const CLI::ParseError& error) {
    return usage_error(error, app, command);
  }
  for (auto& [name, texts] : slots.texts)
    if (!texts.empty()) values[name] = std::move(texts);
  for (const auto& [name, count] : slots.flags)
    if (count > 0) values[name] = {"1"};
  return values;
}

}  // namespace assay::cli
