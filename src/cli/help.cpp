// SPDX-License-Identifier: Apache-2.0
#include "cli/help.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"

namespace assay::cli {
namespace {

constexpr StaticText kTagline = {"人工智能安全标准：以数据表达，用于真实系统",
                                 "AI security standards as data, applied to real systems"};
constexpr StaticText kUsage = {"用法", "Usage"};
constexpr StaticText kCommands = {"命令", "Commands"};
constexpr StaticText kOptions = {"选项", "Options"};
constexpr StaticText kExamples = {"示例", "Examples"};
constexpr StaticText kSeveral = {"可多次给出，或以逗号、顿号分隔：",
                                 "repeatable, or several with commas between them:"};
constexpr StaticText kHelp = {"显示本帮助", "show this help"};
constexpr StaticText kMore = {"查看某条命令：assay COMMAND --help",
                              "More on a command: assay COMMAND --help"};
constexpr StaticText kExit = {
    "退出码：0 符合，1 不符合，2 用法或输入有误，3 未定（需要人工、未查看或未能执行），4 "
    "读写失败，70 程序错误，130 中断",
    "Exit codes: 0 satisfied, 1 not satisfied, 2 wrong use or invalid input, 3 undecided (a person "
    "is\n"
    "needed, something was not looked at, or a check could not run), 4 input or output failed, 70 "
    "our\n"
    "own fault, 130 interrupted"};

std::string pad(std::string_view text, std::size_t width) {
  const std::size_t have = display_width(text);
  return std::string(text) + std::string(have < width ? width - have : 1, ' ');
}

std::string row(std::string_view left, std::string_view right) {
  return fmt::format("  {} {}\n", pad(left, 30), right);
}

std::string positional_usage(const Positional& positional) {
  switch (positional.arity) {
    case Arity::one: return std::string(positional.name);
    case Arity::optional: return fmt::format("[{}]", positional.name);
    case Arity::many: return fmt::format("{}...", positional.name);
    case Arity::any: return fmt::format("[{}...]", positional.name);
  }
  return {};
}

std::string option_left(const Option& option) {
  std::string name(option.name);
  if (const auto comma = name.find(','); comma != std::string::npos) name.insert(comma + 1, " ");
  return option.value.empty() ? name : name + " " + std::string(option.value);
}

std::string option_row(const Option& option, Language language) {
  std::string out = row(option_left(option), option.help.in(language));
  if (option.allowed == nullptr) return out;
  if (option.repeatable) out += fmt::format("{:33}{}\n", "", kSeveral.in(language));
  for (const Choice& choice : option.allowed())
    out += fmt::format("{:33}{} {}\n", "", pad(choice.word, 26), choice.name.in(language));
  return out;
}

std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '-') out.push_back('\\');
    out.push_back(c);
  }
  if (!out.empty() && (out[0] == '.' || out[0] == '\'')) out.insert(0, "\\&");
  return out;
}

// The words that may follow "assay" or a group's name.
std::vector<std::string> second_words(const Group& group) {
  std::vector<std::string> out;
  for (const Command& command : group.commands)
    if (command.path.size() > group.name.size())
      out.emplace_back(command.path.substr(group.name.size() + 1));
  return out;
}

std::vector<std::string> option_words(const Command& command) {
  std::vector<std::string> out = {"--help"};
  for (const Option& option : command.options) out.push_back(long_name(option));
  for (const Option& option : common_options()) out.push_back(long_name(option));
  return out;
}

}  // namespace

std::string long_name(const Option& option) {
  const auto at = option.name.find("--");
  return std::string(at == std::string_view::npos ? option.name : option.name.substr(at));
}

std::string help_all(Language language) {
  std::string out = fmt::format("assay {}: {}\n\n{}: assay COMMAND [...]\n\n{}:\n", ASSAY_VERSION,
                                kTagline.in(language), kUsage.in(language), kCommands.in(language));
  for (const Group* group : all_groups()) out += row(group->name, group->help.in(language));
  out += row("version", StaticText{"显示版本", "show the version"}.in(language));
  return out + fmt::format("\n{}\n{}\n", kMore.in(language), kExit.in(language));
}

std::string help_group(const Group& group, Language language) {
  std::string out = fmt::format("assay {}: {}\n\n{}:\n", group.name, group.help.in(language),
                                kCommands.in(language));
  for (const Command& command : group.commands)
    out += row(fmt::format("assay {}", command.path), command.help.in(language));
  return out + fmt::format("\n{}\n", kMore.in(language));
}

std::string help_command(const Command& command, Language language) {
  std::string out = fmt::format("{}\n\n{}: assay {}", command.help.in(language),
                                kUsage.in(language), command.path);
  for (const Positional& positional : command.positionals)
    out += " " + positional_usage(positional);
  out += fmt::format(" [{}]\n\n", kOptions.in(language));
  for (const Positional& positional : command.positionals)
    out += row(positional.name, positional.help.in(language));
  if (!command.positionals.empty()) out += "\n";
  out += fmt::format("{}:\n", kOptions.in(language));
  for (const Option& option : command.options) out += option_row(option, language);
  for (const Option& option : common_options()) out += option_row(option, language);
  out += row("-h, --help", kHelp.in(language));
  if (!command.examples.empty()) out += fmt::format("\n{}:\n", kExamples.in(language));
  for (const std::string_view example : command.examples) out += fmt::format("  {}\n", example);
  return out;
}

std::string man_page() {
  std::string out = fmt::format(
      ".TH ASSAY 1 \"\" \"assay {}\"\n.SH NAME\nassay \\- {}\n.SH SYNOPSIS\n.B assay\n"
      "COMMAND [...]\n.SH COMMANDS\n",
      ASSAY_VERSION, roff(kTagline.en));
  for (const Group* group : all_groups())
    for (const Command& command : group->commands) {
      out += fmt::format(".SS assay {}", roff(command.path));
      for (const Positional& positional : command.positionals)
        out += " " + positional_usage(positional);
      out += fmt::format("\n{}\n", roff(command.help.en));
      for (const Option& option : command.options) {
        out += fmt::format(".TP\n.B {}\n{}\n", roff(option_left(option)), roff(option.help.en));
        if (option.allowed == nullptr) continue;
        std::vector<std::string> words;
        for (const Choice& choice : option.allowed())
          words.push_back(fmt::format("{} ({})", choice.word, choice.name.en));
        out += fmt::format("One of: {}.\n", roff(join(words, ", ")));
      }
    }
  out += ".SH COMMON OPTIONS\n";
  for (const Option& option : common_options())
    out += fmt::format(".TP\n.B {}\n{}\n", roff(option_left(option)), roff(option.help.en));
  return out + fmt::format(".SH EXIT STATUS\n{}\n", roff(kExit.en));
}

std::string bash_completion() {
  std::string groups;
  std::string cases;
  for (const Group* group : all_groups()) {
    groups += std::string(group->name) + " ";
    const std::string seconds = join(second_words(*group), " ");
    if (!seconds.empty()) cases += fmt::format("    {}) words=\"{}\";;\n", group->name, seconds);
  }
  std::string options;
  for (const Group* group : all_groups())
    for (const Command& command : group->commands)
      options += fmt::format("    \"{}\"*) words=\"{}\";;\n", command.path,
                             join(option_words(command), " "));
  return fmt::format(
      "# bash completion for assay\n_assay() {{\n  local words= cur=${{COMP_WORDS[COMP_CWORD]}}\n"
      "  if [[ $cur == -* ]]; then\n    case \"${{COMP_WORDS[*]:1}}\" in\n{}    esac\n"
      "  elif [[ $COMP_CWORD == 1 ]]; then words=\"{}version\"\n"
      "  elif [[ $COMP_CWORD == 2 ]]; then\n    case ${{COMP_WORDS[1]}} in\n{}    esac\n  fi\n"
      "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
      "  [[ ${{#COMPREPLY[@]}} == 0 && $cur != -* ]] && COMPREPLY=($(compgen -f -- \"$cur\"))\n}}\n"
      "complete -F _assay assay\n",
      options, groups, cases);
}

std::string zsh_completion() {
  // The bash function serves zsh too, through its own compatibility layer.
  return "#compdef assay\nautoload -U +X bashcompinit && bashcompinit\n" + bash_completion();
}

}  // namespace assay::cli
