// SPDX-License-Identifier: Apache-2.0
//
// What the areas note about rows of a table, as findings in both languages.
#pragma once

#include <span>
#include <string>

#include "engine/check.h"
#include "formats/table/table.h"

namespace assay::checks {

// How one kind of note is told. {0}, {1} … stand for the note's arguments; in the Chinese, {0*} for
// one that is an English message itself.
struct Telling {
  std::string_view id;
  Severity severity;
  StaticText message;
  StaticText mend;
  std::string_view measurement = {};  // that it is about, where it is about one
};

// Tells the notes on one file. Those on rows that cannot be read need no telling of the check's.
class Notes {
 public:
  // `prefix` goes before the names of measurements. Everything outlives the object.
  Notes(const CheckInput& input, Sink& sink, std::string_view check, const std::string& path,
        std::span<const Telling> tellings, std::string_view prefix = {});

  void tell(const formats::table::Note& note);
  // How many rows were not read, where any were not.
  void tell_unread(const formats::table::Totals& totals);

  formats::table::Hooks hooks();

 private:
  const CheckInput& input_;
  Sink& sink_;
  std::string_view check_;
  const std::string& path_;
  std::span<const Telling> tellings_;
  std::string_view prefix_;
};

// The days from `updated` to the day of the run, as a measurement; none where nothing says when.
void measure_age(const CheckInput& input, Sink& sink, std::string_view check, std::string_view name,
                 const Date& updated);

}  // namespace assay::checks
