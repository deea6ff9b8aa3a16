// SPDX-License-Identifier: Apache-2.0
#include <fmt/args.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <map>

#include "base/credit_code.h"
#include "base/files.h"
#include "base/strings.h"
#include "cli/command.h"
#include "content/schema.h"
#include "model/fault.h"
#include "model/system_file.h"

namespace assay::cli {
namespace {

enum class Answer : std::uint8_t { text, id, credit_code, one, several, languages };

// One question: the flag that answers it, the words allowed, and what stands when nobody does.
struct Question {
  std::string_view flag;
  Answer answer;
  StaticText prompt;
  std::vector<Choice> (*allowed)();
  std::string_view preset;
};

constexpr std::array<Question, 14> kQuestions = {{
    {"--id",
     Answer::id,
     {"系统标识（小写字母、数字、连字符）", "id of the system (lower case, digits, hyphens)"},
     nullptr,
     ""},
    {"--name-zh", Answer::text, {"系统中文名", "name in Chinese"}, nullptr, ""},
    {"--name-en", Answer::text, {"系统英文名", "name in English"}, nullptr, ""},
    {"--provider-zh", Answer::text, {"提供者中文名", "provider's name in Chinese"}, nullptr, ""},
    {"--provider-en", Answer::text, {"提供者英文名", "provider's name in English"}, nullptr, ""},
    {"--credit-code",
     Answer::credit_code,
     {"提供者统一社会信用代码（18 位）", "provider's unified social credit code (18 characters)"},
     nullptr,
     ""},
    {"--kind", Answer::one, {"系统类型", "what it is"}, choices<SystemKind>, "generative-service"},
    {"--modality", Answer::several, {"生成或处理的模态", "modalities"}, choices<Modality>, "text"},
    {"--language",
     Answer::languages,
     {"支持的语言，如 zh、en", "languages it supports, such as zh, en"},
     nullptr,
     "zh"},
    {"--audience", Answer::several, {"使用者", "who uses it"}, choices<Audience>, "public"},
    {"--sector", Answer::one, {"行业", "sector"}, choices<Sector>, "general"},
    {"--stage", Answer::one, {"生命周期阶段", "life-cycle stage"}, choices<Stage>, "operation"},
    {"--base-model",
     Answer::one,
     {"基础模型来源", "where its base model comes from"},
     choices<Origin>,
     "own"},
    {"--feature",
     Answer::several,
     {"其他情况（可空）", "what else holds (may be empty)"},
     choices<Feature>,
     ""},
}};

using Answers = std::map<std::string_view, std::vector<std::string>>;

bool is_id(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string_view::npos;
}

// What is wrong with one answer, or nothing.
std::optional<Text> objection(const Question& question, const std::string& answer) {
  if (question.answer == Answer::id && !is_id(answer))
    return Text{"只用小写字母、数字、点和连字符", "use lower case, digits, dots, hyphens"};
  if (question.answer == Answer::credit_code && check_credit_code(answer) != CreditCodeFault::none)
    return Text{"不是有效的统一社会信用代码（校验码不符）",
                "not a valid unified social credit code (check character)"};
  if (question.allowed == nullptr) return std::nullopt;
  const auto allowed = question.allowed();
  if (std::ranges::find(allowed, answer, &Choice::word) != allowed.end()) return std::nullopt;
  std::vector<std::string> words;
  for (const Choice& choice : allowed) words.emplace_back(choice.word);
  return Text{"可选：" + join(words, "、"), "one of: " + join(words, ", ")};
}

bool several(const Question& question) {
  return question.answer == Answer::several || question.answer == Answer::languages;
}

// Words with spaces, commas or Chinese commas between them.
std::vector<std::string> words_of(std::string_view line) {
  std::string plain(line);
  for (const std::string_view comma : {",", "，", "、", ";", "；"})
    for (auto at = plain.find(comma); at != std::string::npos; at = plain.find(comma, at))
      plain.replace(at, comma.size(), " ");
  std::vector<std::string> out;
  for (const std::string_view word : split(plain, ' '))
    if (!trim(word).empty()) out.emplace_back(trim(word));
  return out;
}

constexpr StaticText kSeparators = {"可填多项，以逗号、顿号或空格分隔",
                                    "several with commas or spaces between them"};

void put_question(Session& session, const Question& question) {
  const auto number = &question - kQuestions.data() + 1;
  std::string line =
      fmt::format("{}/{} {}", number, kQuestions.size(), session.say(question.prompt));
  if (several(question))
    line += fmt::format(fmt::runtime(session.say("（{}）", " ({})")), session.say(kSeparators));
  if (!question.preset.empty()) line += fmt::format(" [{}]", question.preset);
  session.note(line + ": ");
}

// Asks on the terminal until the answer is good; nothing where the input has ended.
std::optional<std::vector<std::string>> ask(Session& session, const Question& question) {
  if (question.allowed != nullptr)
    for (const Choice& choice : question.allowed())
      session.note(fmt::format("    {:<24} {}\n", choice.word, session.say(choice.name)));
  while (true) {
    put_question(session, question);
    std::string line;
    if (!std::getline(std::cin, line)) return std::nullopt;
    if (trim(line).empty()) line = question.preset;
    auto answers =
        several(question) ? words_of(line) : std::vector<std::string>{std::string(trim(line))};
    const bool optional = question.flag == "--feature";
    if (answers.empty() && optional) return answers;
    if (answers.empty() || answers[0].empty()) continue;
    std::optional<Text> wrong;
    for (const std::string& answer : answers)
      if (!wrong) wrong = objection(question, answer);
    if (!wrong) return answers;
    session.note(session.say(*wrong) + "\n");
  }
}

// The values that flags give to one question.
Result<std::vector<std::string>> from_flags(const Session& session, const Question& question) {
  std::vector<std::string> out;
  for (const std::string& value : session.all(question.flag)) {
    const auto words = several(question) ? words_of(value) : std::vector<std::string>{value};
    out.insert(out.end(), words.begin(), words.end());
  }
  for (const std::string& answer : out)
    if (const auto wrong = objection(question, answer))
      return Error{Code::invalid, "'" + printable(answer) + "': " + session.say(*wrong), 0,
                   std::string(question.flag)};
  return out;
}

// What was answered; where the input of a terminal ended early, not all that is wanted.
Result<Answers> collect(Session& session) {
  const bool interactive = ::isatty(0) == 1 && !session.flag("--defaults");
  bool ended = false;
  Answers answers;
  std::vector<std::string> missing;
  for (const Question& question : kQuestions) {
    auto given = TRY(from_flags(session, question));
    if (given.empty() && interactive && !ended) {
      auto asked = ask(session, question);
      ended = !asked;
      given = std::move(asked).value_or(std::vector<std::string>{});
    }
    if (ended && given.empty()) continue;
    if (given.empty()) given = words_of(question.preset);
    if (given.empty() && question.flag != "--feature") missing.emplace_back(question.flag);
    answers[question.flag] = std::move(given);
  }
  if (!missing.empty())
    return Error{Code::invalid,
                 "nobody to ask, and not given: " + join(missing, " "),
                 0,
                 {},
                 "give these flags, or run it on a terminal"};
  return answers;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out + "\"";
}

std::string list(const std::vector<std::string>& words) { return "[" + join(words, ", ") + "]"; }

// What may stand below `subjects`, commented out, with what each is for.
struct SubjectLine {
  std::string_view line;
  StaticText help;
};
constexpr std::array<SubjectLine, 19> kSubjectLines = {{
    {"model_files: [models]", {"模型文件或目录", "model files or folders"}},
    {"training_data:", {"训练数据", "training data"}},
    {"  paths: [data]", {"数据文件或目录", "files or folders"}},
    {"  ledger: data/ledger.csv", {"来源台账", "ledger of sources"}},
    {"media_outputs: [outputs]", {"生成的图片等文件", "pictures and other files it generated"}},
    {"media_sample:", {"只抽取其中一部分检查", "look at some of them only"}},
    {"  files: 200", {"抽取的文件数", "how many files are drawn"}},
    {"label_keys: [keys/label.pem]",
     {"签署标识所用的公钥", "public keys that its labels are signed by"}},
    {"posts: records/posts.csv", {"平台的发布记录", "what a platform recorded of its posts"}},
    {"keyword_library: keywords.csv", {"拦截关键词库", "blocking keyword library"}},
    {"question_banks:", {"测试题库", "question banks"}},
    {"  generation: banks/generation.jsonl", {"生成内容测试题库", "generated-content test bank"}},
    {"  must_refuse: banks/must_refuse.jsonl", {"应拒答题库", "should-refuse bank"}},
    {"  must_not_refuse: banks/must_not_refuse.jsonl", {"非拒答题库", "should-not-refuse bank"}},
    {"annotation:", {"标注记录", "annotation records"}},
    {"  annotators: annotation/annotators.csv", {"标注人员名册", "register of annotators"}},
    {"  items: annotation/items.csv", {"逐条标注与审核记录", "annotation and review by item"}},
    {"documents: [docs]", {"制度、协议等文档", "policies, agreements and other documents"}},
    {"attestations: [attestations.yaml]",
     {"证明材料：由人签署、附证据", "attestations: signed by people, with evidence"}},
}};

// Lines of the description; one that lacks an answer is commented out and says so.
class Description {
 public:
  Description(const Answers& answers, Language language) : answers_(answers), language_(language) {}

  void comment(StaticText text) { out_ += fmt::format("# {}\n", text.in(language_)); }
  void raw(std::string_view text) { out_ += text; }
  // `form` with the answers to `flags`.
  void line(std::string_view form, std::initializer_list<std::string_view> flags) {
    fmt::dynamic_format_arg_store<fmt::format_context> values;
    bool whole = true;
    for (const std::string_view flag : flags) {
      whole = whole && answers_.contains(flag);
      values.push_back(value(flag));
    }
    const std::string text = fmt::vformat(form, values);
    const StaticText open = {"  # 未回答，填写后去掉行首的 #",
                             "  # not answered: fill in and take away the leading #"};
    out_ += whole ? text + "\n" : fmt::format("# {}{}\n", text, open.in(language_));
  }
  std::string take() { return std::move(out_); }

 private:
  std::string value(std::string_view flag) const {
    const auto question = std::ranges::find(kQuestions, flag, &Question::flag);
    const auto at = answers_.find(flag);
    const auto words = at == answers_.end() ? words_of(question->preset) : at->second;
    if (several(*question)) return list(words);
    const std::string one = words.empty() ? std::string() : words.front();
    return question->allowed == nullptr && question->answer != Answer::id ? quoted(one) : one;
  }

  const Answers& answers_;
  Language language_;
  std::string out_;
};

std::string write_yaml(const Answers& answers, Language language) {
  Description out(answers, language);
  out.comment({"被评估系统的描述；路径相对于本文件所在目录。",
               "The system under assessment; paths are relative to this file's folder."});
  out.comment({"编辑器校验：assay init --schema > system.schema.json",
               "For editors: assay init --schema > system.schema.json"});
  out.line("id: {}", {"--id"});
  out.line("name: {{zh: {}, en: {}}}", {"--name-zh", "--name-en"});
  out.line("provider: {{name: {{zh: {}, en: {}}}, credit_code: {}}}",
           {"--provider-zh", "--provider-en", "--credit-code"});
  out.line("kind: {}", {"--kind"});
  out.line("modalities: {}", {"--modality"});
  out.line("languages: {}", {"--language"});
  out.line("audience: {}", {"--audience"});
  out.line("sector: {}", {"--sector"});
  out.line("stage: {}", {"--stage"});
  out.line("base_model: {{origin: {}}}", {"--base-model"});
  out.comment({"第三方或开源模型请补充：name、filing_number（备案号）",
               "for a third-party or open-source model add: name, filing_number"});
  const auto features = answers.find("--feature");
  if (features == answers.end() || !features->second.empty())
    out.line("features: {}", {"--feature"});
  out.comment({"要检查的对象：去掉 # 并填写路径。",
               "What is to be checked: take away the # and name the paths."});
  out.raw("# subjects:\n");
  for (const SubjectLine& line : kSubjectLines)
    out.raw(fmt::format("#   {:<50} # {}\n", line.line, line.help.in(language)));
  return out.take();
}

// Keeps what was answered before the input ended. The file is no whole description yet.
Result<int> keep_part(Session& session, const Answers& answers, const fs::path& path) {
  std::vector<std::string> open;
  for (const Question& question : kQuestions)
    if (!answers.contains(question.flag)) open.emplace_back(session.say(question.prompt));
  if (!answers.empty()) TRY(write_file_atomic(path, write_yaml(answers, session.language())));
  session.note(fmt::format("\n{}\n", session.say("输入提前结束，尚未回答：",
                                                 "The input ended early; not answered yet:")));
  for (const std::string& one : open) session.note(fmt::format("  - {}\n", one));
  if (!answers.empty())
    session.note(fmt::format(
        fmt::runtime(session.say("已回答的已写入 {}，其余行以 # 注明，补全后即可使用。\n",
                                 "What was answered is in {}; the other lines are commented out: "
                                 "fill them in.\n")),
        path.string()));
  return exit_code(Code::invalid);
}

Result<int> run_init(Session& session) {
  if (session.flag("--schema")) {
    session.out(content::system_schema() + "\n");
    return 0;
  }
  const fs::path path = session.first("FILE").empty() ? "system.yaml" : session.first("FILE");
  std::error_code error;
  if (fs::exists(path, error) && !session.flag("--force"))
    return Error{Code::invalid, "the file is already there", 0, path.string(),
                 "name another, or give --force"};
  const Answers answers = TRY(collect(session));
  if (answers.size() < kQuestions.size()) return keep_part(session, answers, path);
  const std::string text = write_yaml(answers, session.language());
  std::vector<Fault> faults;
  const auto read = read_system_text(text, path.string(), faults);
  if (!read.ok()) {
    session.note(print_faults(faults, session.language()));
    return fault_error(faults, session.language());
  }
  TRY(write_file_atomic(path, text));
  session.note(fmt::format("{}: {}\n{}: assay plan {}\n", session.say("已写入", "written"),
                           path.string(), session.say("下一步", "next"), path.string()));
  return 0;
}

constexpr std::array<Positional, 1> kPositionals = {
    {{"FILE",
      Arity::optional,
      {"写到哪里（默认 system.yaml）", "where to write it (default: system.yaml)"}}}};

constexpr auto kOptions = [] {
  std::array<Option, kQuestions.size() + 3> out{};
  for (std::size_t i = 0; i < kQuestions.size(); ++i)
    out[i] = {kQuestions[i].flag, "VALUE", kQuestions[i].prompt,
              kQuestions[i].answer == Answer::several || kQuestions[i].answer == Answer::languages,
              kQuestions[i].allowed};
  out[kQuestions.size()] = {
      "--defaults",
      "",
      {"不提问，未给出的用默认值", "do not ask; take the default where there is one"}};
  out[kQuestions.size() + 1] = {"--force", "", {"覆盖已有文件", "write over a file that is there"}};
  out[kQuestions.size() + 2] = {
      "--schema", "", {"输出 system.yaml 的 JSON Schema", "print the JSON Schema of system.yaml"}};
  return out;
}();
constexpr std::array<std::string_view, 3> kExamples = {
    "assay init",
    "assay init my.yaml --id my-chat --name-zh 我的助手 --name-en \"My assistant\" --provider-zh "
    "示例公司 --provider-en \"Example Ltd\" --credit-code 91350211M000100Y46 --kind "
    "generative-service --modality text,image",
    "assay init --schema > system.schema.json"};
constexpr std::array<Command, 1> kCommands = {
    {{"init",
      {"写一份带注释的 system.yaml：逐项提问，或由选项给出",
       "write a commented system.yaml, by asking or by flags"},
      kPositionals,
      kOptions,
      kExamples,
      run_init}}};

}  // namespace

extern const Group init_group;
const Group init_group = {
    "init",
    {"新建系统描述 system.yaml", "write a description of your system, system.yaml"},
    kCommands};

}  // namespace assay::cli
