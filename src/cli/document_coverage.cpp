// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "base/strings.h"
#include "catalog/export.h"
#include "catalog/json_object.h"
#include "cli/document_commands.h"
#include "cli/document_covered.h"
#include "cli/table.h"

namespace assay::cli {
namespace {

using catalog::JsonObject;
using document::CoverageLevel;
using document::TopicCoverage;

// Where no --taxonomy is given: what documents on AI are compared by.
constexpr std::array<std::string_view, 6> kUsual = {"mit-ai-risk",        "document-sectors",
                                                    "document-lifecycle", "document-actors",
                                                    "document-status",    "document-scope"};
constexpr std::string_view kMeasured =
    "mit-ai-risk";  // in English; of others no confidence is known
constexpr std::string_view kWords = "document-words";
constexpr std::string_view kLevels = "coverage-levels";
constexpr std::size_t kQuote = 160;  // bytes on the terminal

std::vector<std::string> joined(const Cues& cues) {
  std::vector<std::string> out = cues.en;
  out.insert(out.end(), cues.zh.begin(), cues.zh.end());
  return out;
}

Result<const Lexicon*> lexicon(const Content& content, std::string_view id) {
  if (const Lexicon* found = find_lexicon(content, id)) return found;
  return Error{Code::invalid, fmt::format("the content has no lexicon {}", id), 0,
               "content/lexicons", "use the content that belongs to this program"};
}

Error no_rule(std::string_view lexicon, const LexiconEntry& entry) {
  return Error{Code::invalid,
               fmt::format("'{}: {}' is no rule of coverage", printable(entry.value),
                           printable(entry.argument)),
               0, std::string(lexicon), "see docs/how-to/read-documents.md"};
}

// "minimal-passages" = 1 … of content/lexicons/coverage-levels.yaml.
Status take_level(const LexiconEntry& entry, document::CoverageRules& rules) {
  const std::pair<std::string_view, std::size_t*> numbers[] = {
      {"hints", &rules.hints},
      {"minimal-passages", &rules.minimal.passages},
      {"minimal-duties", &rules.minimal.duties},
      {"minimal-words", &rules.minimal.words},
      {"good-passages", &rules.good.passages},
      {"good-duties", &rules.good.duties},
      {"good-words", &rules.good.words}};
  for (const auto& [name, into] : numbers)
    if (const auto number = to_number<std::size_t>(entry.argument); number && entry.value == name) {
      *into = *number;
      return Done{};
    }
  constexpr std::string_view kConfidence = "confidence-";
  if (entry.value.starts_with(kConfidence)) {
    const auto from = to_number<double>(std::string_view(entry.value).substr(kConfidence.size()));
    const auto share = to_number<double>(entry.argument);
    if (from && share && *share >= 0 && *share <= 1) {
      rules.confidence.emplace_back(*from, *share);
      return Done{};
    }
  }
  return no_rule(kLevels, entry);
}

Status take_word(const LexiconEntry& entry, document::CoverageRules& rules) {
  const std::pair<std::string_view, std::vector<std::string>*> lists[] = {
      {"duty", &rules.duties},
      {"no-duty", &rules.no_duties},
      {"exclusion", &rules.exclusions},
      {"exclusion-before", &rules.exclusions_before}};
  for (const auto& [name, list] : lists)
    if (entry.argument == name) {
      list->push_back(entry.value);
      return Done{};
    }
  return no_rule(kWords, entry);
}

Result<document::CoverageRules> rules_of(const Content& content) {
  document::CoverageRules out;
  for (const LexiconEntry& entry : TRY(lexicon(content, kWords))->entries)
    TRY(take_word(entry, out));
  for (const LexiconEntry& entry : TRY(lexicon(content, kLevels))->entries)
    TRY(take_level(entry, out));
  std::sort(out.confidence.begin(), out.confidence.end());
  return out;
}

bool has_names(const Item& item) { return !item.names.en.empty() || !item.names.zh.empty(); }

Result<Taxonomy> taxonomy_of(const Framework& framework, document::CoverageRules rules) {
  if (framework.id != kMeasured) rules.confidence.clear();
  std::vector<const Item*> items;
  std::vector<document::Topic> topics;
  for (const Item& item : framework.items) {
    if (!has_names(item)) continue;
    items.push_back(&item);
    topics.push_back({item.id, joined(item.names), joined(item.cues)});
  }
  return Taxonomy{&framework, std::move(items), {std::move(topics), std::move(rules)}};
}

// Those of --taxonomy, every one for "all", else the usual ones.
Result<std::vector<Taxonomy>> taxonomies_of(Session& session, const Content& content) {
  const document::CoverageRules rules = TRY(rules_of(content));
  std::vector<std::string> asked = session.all("--taxonomy");
  if (asked.empty()) asked.assign(kUsual.begin(), kUsual.end());
  std::vector<std::string> known;
  for (const Framework& framework : content.frameworks)
    if (std::ranges::any_of(framework.items, has_names)) known.push_back(framework.id);
  if (std::ranges::count(asked, "all") > 0) asked = known;
  std::vector<Taxonomy> out;
  for (const std::string& id : asked) {
    if (std::ranges::count(known, id) == 0)
      return Error{Code::invalid, fmt::format("'{}' is no framework with names", printable(id)), 0,
                   "--taxonomy", "give one of: all, " + join(known, ", ")};
    out.push_back(TRY(taxonomy_of(*find_framework(content, id), rules)));
  }
  return out;
}

Result<Covered> covered_of(const std::string& path, const std::vector<Taxonomy>& taxonomies) {
  Covered out{path, TRY(document::read_document(path)), {}, {}, {}};
  out.outline = outline_of(out.document);
  out.language = document::language_of(out.document.text);
  if (out.language == document::TextLanguage::other) return out;
  for (const Taxonomy& taxonomy : taxonomies)
    out.ratings.push_back(taxonomy.reader.read(out.document));
  if (out.language != document::TextLanguage::english)
    for (auto& ratings : out.ratings)
      for (TopicCoverage& rating : ratings) rating.confidence.reset();
  return out;
}

std::string_view code_of(document::TextLanguage language) {
  constexpr std::array<std::string_view, 3> kCodes = {"zh", "en", "other"};
  return kCodes[static_cast<std::size_t>(language)];
}

std::string span_json(const Covered& covered, const document::Passage& passage) {
  return JsonObject()
      .raw("page", page_json(covered.document, passage.span.begin))
      .text("place", place_of(covered.outline, passage.span.begin))
      .number("start", static_cast<double>(passage.span.begin))
      .number("end", static_cast<double>(passage.span.end))
      .boolean("named", passage.named)
      .boolean("duty", passage.duty)
      .text("text", covered.document.at(passage.span))
      .str();
}

std::string label_json(const Covered& covered, const document::CoverageRules& rules,
                       std::string_view id, const TopicCoverage& rating) {
  std::vector<std::string> spans;
  for (const document::Passage& passage : rating.best) spans.push_back(span_json(covered, passage));
  const document::LevelRule lacks = lacking(rating, rules);
  return JsonObject()
      .text("id", id)
      .text("level", word(rating.level))
      .number("score", rating.score)
      .raw("confidence", rating.confidence ? fmt::format("{:.2f}", *rating.confidence) : "null")
      .number("passages", static_cast<double>(rating.passages))
      .number("hints", static_cast<double>(rating.hints))
      .number("duties", static_cast<double>(rating.duties))
      .number("words", static_cast<double>(rating.words))
      .raw("lacks", JsonObject()
                        .number("passages", static_cast<double>(lacks.passages))
                        .number("duties", static_cast<double>(lacks.duties))
                        .number("words", static_cast<double>(lacks.words))
                        .str())
      .list("spans", spans)
      .str();
}

void tell_json(Session& session, const std::vector<Taxonomy>& taxonomies, const Covered& covered) {
  for (std::size_t t = 0; t < taxonomies.size(); ++t) {
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < taxonomies[t].items.size() && !covered.ratings.empty(); ++i)
      labels.push_back(label_json(covered, taxonomies[t].reader.rules(), taxonomies[t].items[i]->id,
                                  covered.ratings[t][i]));
    session.out(JsonObject()
                    .text("path", covered.path)
                    .text("taxonomy", taxonomies[t].framework->id)
                    .text("language", code_of(covered.language))
                    .text("title", covered.outline.title)
                    .list("labels", labels)
                    .str() +
                "\n");
  }
}

std::string mark_of(CoverageLevel level) {
  constexpr std::array<std::string_view, 3> kMarks = {"○", "◐", "●"};
  return std::string(kMarks[static_cast<std::size_t>(level)]);
}

// The weightiest passage, which is told where there is room for one.
const document::Passage& first_of(const TopicCoverage& rating) {
  return *std::ranges::max_element(
      rating.best, [](const auto& a, const auto& b) { return a.weight < b.weight; });
}

void tell(Session& session, const std::vector<Taxonomy>& taxonomies, const Covered& covered) {
  session.out(fmt::format("{}\n  {}\n", printable(covered.path, 400),
                          printable(covered.outline.title, 300)));
  for (std::size_t t = 0; t < taxonomies.size(); ++t) {
    const Taxonomy& taxonomy = taxonomies[t];
    session.out(fmt::format("\n{}\n", session.say(taxonomy.framework->title)));
    Table table({"", "", "", std::string(session.say("句", "sentences")),
                 std::string(session.say("要求", "duties")),
                 std::string(session.say("原文", "text"))});
    std::vector<std::string> none;
    for (std::size_t i = 0; i < taxonomy.items.size(); ++i) {
      const Item& item = *taxonomy.items[i];
      const TopicCoverage& rating = covered.ratings[t][i];
      if (rating.level == CoverageLevel::none) {
        none.push_back(item.id);
        continue;
      }
      const document::Passage& first = first_of(rating);
      const std::string place = cited(covered, first.span.begin, session.language());
      table.add(
          {mark_of(rating.level), item.id, session.say(item.title),
           rating.hints > 0 ? fmt::format("{}+{}", rating.passages, rating.hints)
                            : std::to_string(rating.passages),
           std::to_string(rating.duties),
           (place.empty() ? "" : place + ": ") + quoted(covered.document.at(first.span), kQuote)});
    }
    if (table.size() > 0) session.out(table.str());
    if (!none.empty())
      session.out(
          fmt::format("○ {}: {}\n", session.say("未涉及", "not covered"), join(none, ", ")));
  }
  session.out("\n");
}

std::string csv_of(Session& session, const std::vector<Taxonomy>& taxonomies,
                   const std::vector<Covered>& documents) {
  std::string out =
      catalog::csv_row({"path", "taxonomy", "label", "title", "level", "score", "confidence",
                        "passages", "hints", "duties", "page", "place", "text"});
  for (const Covered& covered : documents)
    for (std::size_t t = 0; t < covered.ratings.size(); ++t)
      for (std::size_t i = 0; i < covered.ratings[t].size(); ++i) {
        const TopicCoverage& rating = covered.ratings[t][i];
        std::string page, place, text;
        if (!rating.best.empty()) {
          const document::Span span = first_of(rating).span;
          if (!covered.document.pages.empty())
            page = std::to_string(page_of(covered.document, span.begin));
          place = place_of(covered.outline, span.begin);
          text = covered.document.at(span);
        }
        out +=
            catalog::csv_row({covered.path, taxonomies[t].framework->id, taxonomies[t].items[i]->id,
                              session.say(taxonomies[t].items[i]->title),
                              std::string(word(rating.level)), fmt::format("{:.3f}", rating.score),
                              rating.confidence ? fmt::format("{:.2f}", *rating.confidence) : "",
                              std::to_string(rating.passages), std::to_string(rating.hints),
                              std::to_string(rating.duties), page, place, text});
      }
  return out;
}

constexpr std::array<std::string_view, 3> kOutputs = {"--csv", "--html", "--svg"};

bool is_output(Session& session, const std::string& path) {
  return std::ranges::any_of(kOutputs, [&](std::string_view option) {
    const auto output = session.value(option);
    std::error_code ignored;
    return output && fs::equivalent(*output, path, ignored);
  });
}

// A document that was named is no place to write to; one found in a folder is left out.
Status check_outputs(Session& session) {
  for (const std::string& path : session.positional("PATH"))
    if (is_output(session, path))
      return Error{Code::invalid, "the output would replace a document", 0, printable(path, 400),
                   "give another file"};
  return Done{};
}

Status write_files(Session& session, const std::vector<Taxonomy>& taxonomies,
                   const std::vector<Covered>& documents) {
  if (const auto path = session.value("--csv"))
    TRY(write_file_atomic(*path, csv_of(session, taxonomies, documents)));
  if (const auto path = session.value("--html"))
    TRY(write_file_atomic(*path, coverage_page(taxonomies, documents, session.language())));
  if (const auto path = session.value("--svg"))
    TRY(write_file_atomic(*path, coverage_svg(taxonomies[0], documents, 0, session.language())));
  return Done{};
}

}  // namespace

std::string_view word(CoverageLevel level) {
  constexpr std::array<std::string_view, 3> kNames = {"none", "minimal", "good"};
  return kNames[static_cast<std::size_t>(level)];
}

void tell_unread(Session& session, const std::string& path, Error error) {
  if (error.where.empty()) error.where = path;
  session.note(printable(error.text(session.language()), 2000) + "\n");
}

std::vector<std::string> document_files(Session& session, int& code) {
  std::vector<std::string> out;
  for (const std::string& path : session.positional("PATH")) {
    std::error_code ignored;
    if (!fs::is_directory(path, ignored)) {
      out.push_back(path);
      continue;
    }
    std::vector<std::string> unread;
    for (const fs::path& file : list_files(path, unread)) out.push_back(file.string());
    for (const std::string& why : unread) {
      session.note(printable(why, 400) + "\n");
      code = 3;
    }
  }
  if (out.empty()) {
    session.note(fmt::format("{}\n", session.say("没有文件", "no files")));
    code = 3;
  }
  return out;
}

std::string quoted(std::string_view text, std::size_t most) {
  std::string line(text);
  std::ranges::replace(line, '\t', ' ');
  return printable(line, most);
}

std::string page_json(const document::Document& document, std::size_t offset) {
  return document.pages.empty() ? "null" : std::to_string(page_of(document, offset));
}

std::string cited(const Covered& covered, std::size_t offset, Language language) {
  const std::string place = place_of(covered.outline, offset);
  if (covered.document.pages.empty()) return place;
  const std::string page =
      fmt::format(fmt::runtime(language == Language::zh ? "第 {} 页" : "p. {}"),
                  page_of(covered.document, offset));
  if (place.empty()) return page;
  return place + (language == Language::zh ? "，" : ", ") + page;
}

Result<int> document_coverage(Session& session) {
  const Content& content = *TRY(session.content());
  const std::vector<Taxonomy> taxonomies = TRY(taxonomies_of(session, content));
  TRY(check_outputs(session));
  const bool keep = session.flag("--html") || session.flag("--csv") || session.flag("--svg");
  int code = 0;
  std::vector<Covered> kept;
  std::vector<std::string> paths = document_files(session, code);
  std::erase_if(paths, [&](const std::string& path) { return is_output(session, path); });
  for (const std::string& path : paths) {
    Result<Covered> covered = covered_of(path, taxonomies);
    if (!covered.ok()) {
      if (paths.size() == 1) return covered.error();
      tell_unread(session, path, covered.error());
      code = 3;
      continue;
    }
    if (covered->ratings.empty()) {
      session.note(fmt::format("{}: {}\n", printable(path, 400), session.say(kNotRated)));
      code = 3;
    }
    if (session.json())
      tell_json(session, taxonomies, *covered);
    else if (!covered->ratings.empty() && (!keep || paths.size() == 1))
      tell(session, taxonomies, *covered);
    if (keep) kept.push_back(std::move(*covered));
  }
  if (!keep) return code;
  TRY(write_files(session, taxonomies, kept));
  if (kept.size() > 1)
    session.note(fmt::format(
        fmt::runtime(session.say("已评定 {} 份文件\n", "{} documents rated\n")), kept.size()));
  return code;
}

}  // namespace assay::cli
