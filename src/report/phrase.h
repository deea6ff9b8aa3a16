// SPDX-License-Identifier: Apache-2.0
//
// The words that all writers use for numbers, limits and controls.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/threshold.h"
#include "report/report.h"

namespace assay::report {

// "12.5 %" of `part` in `whole`; "0 %" when there is nothing.
std::string share_text(std::uint64_t part, std::uint64_t whole);

// The unit with a space before it, or nothing. Checks name units in English.
Text unit_after(const Measurement& measurement);

// The limit one measurement of a clause is held against.
struct Limit {
  Op op{};  // none: the clause states nothing a program can compare
  std::optional<double> low;
  std::optional<double> high;
  Text text;  // "≥ 10,000 个", as the verdict wrote it where the content gives none
};

Limit limit_of(const Content& content, const Clause* clause, const Judged& judged);

// The controls whose measurement does not hold; all of the clause where none was measured.
std::vector<const Control*> controls_to_mend(const Content& content, const Clause& clause,
                                             const ClauseResult& result);

// The controls that no measurement answers: people must show or do what they ask.
std::vector<const Control*> controls_to_ask(const Content& content, const Clause& clause,
                                            const ClauseResult& result);

// How a document is named in a table: its number, else its title.
Text short_name(const Standard* standard, const std::string& id);

// "GAI-KW-001" of "gbt-45654/GAI-KW-001".
std::string_view code_of(const ClauseResult& result);

// The title of a check, else its id.
Text check_title(const Input& input, const std::string& check);

// What a measurement says, for people; else its name.
Text measurement_title(const Input& input, const std::string& check, const std::string& name);

}  // namespace assay::report
