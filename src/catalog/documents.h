// SPDX-License-Identifier: Apache-2.0
//
// The documents of the catalogue: how they are named, where they stand on a day, and which of them
// a filter lets through.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/content.h"

namespace assay::catalog {

// How far a document is, coarser than its status. A published document without a day of effect
// counts as in force from its publication.
enum class Stage : std::uint8_t { not_started, in_development, issued, in_force, ended, unknown };

inline constexpr std::array<Word<Stage>, 6> kStages = {{
    {Stage::not_started, "not-started", {"未启动", "not started"}},
    {Stage::in_development, "in-development", {"在研", "in development"}},
    {Stage::issued, "issued", {"已发布未施行", "issued, not yet in force"}},
    {Stage::in_force, "in-force", {"现行", "in force"}},
    {Stage::ended, "ended", {"被替代或废止", "superseded or withdrawn"}},
    {Stage::unknown, "unknown", {"不详", "unknown"}},
}};

Stage stage(const Standard& standard, const Date& date);

// Standards, guidance and technical documents, practice guides, and the plans of such: what can be
// in force for a risk. Research reports, laws and frameworks are not.
bool normative(Kind kind);

using StatusCounts = std::map<DocumentStatus, std::size_t>;

// What holds today first, what has ended last: the order of lists and counts.
inline constexpr std::array<DocumentStatus, 9> kStatusOrder = {
    DocumentStatus::in_force, DocumentStatus::published,  DocumentStatus::consultation,
    DocumentStatus::drafting, DocumentStatus::planned,    DocumentStatus::not_started,
    DocumentStatus::unknown,  DocumentStatus::superseded, DocumentStatus::withdrawn};

// Number, or the id where the document has none but its title.
const std::string& name_of(const Standard& standard);

// The title without the name of the series in front ("网络安全技术", "Practice guide").
Text short_title(const Standard& standard);

// "aisgf-1:V1-3.1.1a" in two halves; no prefix where there is no colon.
struct Ref {
  std::string_view prefix;
  std::string_view local;
};
Ref split_ref(std::string_view id);

std::string document_ref(const Standard& standard);
std::string item_ref(const Framework& framework, const Item& item);

// What an id of a mapping names, where the content holds it.
const Item* find_item_by_ref(const Content& content, std::string_view ref);
const Standard* find_standard_by_ref(const Content& content, std::string_view ref);

const Part* find_part(const Content& content, std::string_view id);
const Text* title_of_part(const Content& content, std::string_view id);

// Is `part` equal to `root` or below it?
bool within_part(const Content& content, std::string_view part, std::string_view root);

// The documents that say they take the place of `id`.
std::vector<const Standard*> superseded_by(const Content& content, std::string_view id);

struct Filter {
  std::optional<Kind> kind = {};
  std::optional<DocumentStatus> status = {};
  std::string part = {};  // with everything below it
  std::string risk = {};  // "V1-3.1.1a", with or without its framework
  std::string text = {};  // in any name, title, key issue or content, either language
  bool v1 = false;        // members, probable members and candidates of V1.0
  Date as_of = {};
};

// In order of part, then of status, then of number.
std::vector<const Standard*> list_documents(const Content& content, const Filter& filter);

// Letters and digits of `text` alone, lower case, full width made narrow: "GB/T 45654-2025" gives
// "gbt456542025". CJK is kept.
std::string squeeze(std::string_view text);

// The documents that `word` names: by id, number, alias or title, tolerant of spaces, strokes, case
// and a missing year.
std::vector<const Standard*> documents_named(const Content& content, std::string_view word);

// Up to `most` of `known` that come nearest to `word` by edit distance.
std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& known,
                                 std::size_t most);

}  // namespace assay::catalog
