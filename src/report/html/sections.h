// SPDX-License-Identifier: Apache-2.0
//
// The parts of the page, in files of their own.
#pragma once

#include "report/html/markup.h"
#include "report/phrase.h"
#include "report/sheet.h"
#include "report/summary.h"

namespace assay::report::html {

// Borrows all three for the time of one write().
struct Page {
  const Input& input;
  const Summary& summary;
  Sheet& sheet;

  void put(const Html& html) const { sheet.put(html.code); }
};

extern const std::string_view kStyle;
extern const std::string_view kScript;

void put_overview(const Page& page);   // title, outcome, what to mend first
void put_standards(const Page& page);  // verdicts by standard
void put_risks(const Page& page);      // verdicts by risk
void put_clauses(const Page& page);    // filters and the clause table
Status put_findings(const Page& page);
void put_checks(const Page& page);
void put_evidence(const Page& page);

// Pieces that several parts use.
Html verdict_badge(Verdict verdict);
Html confidence_badge(Confidence confidence);  // empty for sourced facts
Html unverified_badge();
Html should_badge();
Html clause_badges(const Clause& clause, Force force);  // how far the clause is known and binds
Html counts_row(const Tally& tally);  // numbers with their verdicts, zeros left out
Html measured(const Measurement& measurement);
// The head of a column, beside a cell where the page is too narrow for columns.
Html cell_label(StaticText label);
Html short_digest(const std::string& digest);
// A picture that a check drew, within the page; nothing for other evidence.
Result<Html> drawn_picture(const Page& page, const std::string& digest);

}  // namespace assay::report::html
