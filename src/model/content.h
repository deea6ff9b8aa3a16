// SPDX-License-Identifier: Apache-2.0
//
// The standards system as plain types, and one describe() each: the table of its keys, which the
// YAML loader, the compiled form, the JSON output and the editor schemas all walk.
// docs/formats/content.md says what each key means.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "model/content_words.h"
#include "model/text.h"

namespace assay {

struct Manifest {
  std::string id;
  std::string version;
  double requires_engine = 0;
  Date facts_as_of;
};

struct Source {
  std::string id;
  std::string url;
  std::string about;
  std::string quality;
};

// A part (A to E) or node of the standards system's structure.
struct Part {
  std::string id;
  Text title;
  double level = 0;
  std::string parent;
  Confidence confidence{};
  std::vector<std::string> sources;
  std::string note;
};

// A place in an edition of the system: taken by a named member, by one of its candidates, or not
// named at all.
struct Slot {
  SlotState state{};
  Kind kind{};
  std::string member;
  std::vector<std::string> candidates;
  Confidence confidence{};
  Text note;
};

struct Edition {
  std::string id;
  Text title;
  Date date;
  Confidence confidence{};
  std::vector<std::string> sources;
  Text note;
  std::vector<Slot> slots;
};

struct HistoryEvent {
  Date date;
  DocumentStatus status{};
  Confidence confidence{};
  Text note;
  bool seen = false;  // the status was seen on this day; when it came about is not known
};

struct FieldNote {
  std::string field;
  std::string note;
};

struct ThresholdPart {
  std::string name;
  Op op{};
  double value = 0;
  Text title = {};   // for people; absent: the name
  Force force = {};  // should: where only such parts fail, the clause is a recommendation not met
};

// A clause's limit. What is set depends on `op`; Op::none means the clause states none.
struct Threshold {
  Op op{};
  std::optional<double> value;
  std::string text;
  std::vector<std::string> values;
  std::optional<double> low;
  std::optional<double> high;
  std::vector<ThresholdPart> parts;
  Text unit;
};

struct Clause {
  std::string id;        // "<standard>/<code>"; made by the loader
  std::string standard;  // made by the loader
  std::string code;
  PlainText place;
  Subject subject{};
  Force force{};
  Text statement;
  Threshold threshold;
  TestKind test{};
  std::vector<Text> inputs;
  std::string applies;
  std::vector<std::string> controls;
  Confidence confidence{};
  Strength source_strength{};
  std::vector<std::string> sources;
  Text note;
};

// A document of the catalogue, with its clauses.
struct Standard {
  std::string id;
  std::string number;
  std::vector<std::string> aliases;
  Text title;
  Kind kind{};
  std::string part;
  Confidence part_confidence{};
  Membership in_v1{};
  std::string in_v1_note;
  Date issued;
  Date effective;
  std::vector<HistoryEvent> history;
  std::vector<std::string> supersedes;
  std::string applies;
  Text key_issue;
  Confidence key_issue_confidence{};
  Text content;
  Confidence confidence{};
  std::vector<FieldNote> field_confidence;
  std::vector<std::string> sources;
  Text note;
  std::vector<Clause> clauses;  // from clauses.yaml

  // What the document was on `date`; before its first event Status::not_started.
  DocumentStatus status(const Date& date) const;
};

// The measurement of a check that speaks for a control. `faults`: it counts violations, so the
// clause holds when it is 0, whatever form its threshold has.
struct Measure {
  std::string name;
  std::string check;
  std::string value;
  bool faults = false;
  bool interval = false;  // judged by the limits of the measurement, not by its value
  std::string of = {};    // the measurement that counts what there is to judge
};

struct Control {
  std::string id;
  Text title;
  Subject subject{};
  Text why;
  Text ask;
  Text mend;
  std::vector<Measure> measures;
};

// A condition over the description of a system (engine/plan.h evaluates it).
struct Condition {
  std::string id;
  bool always = false;
  std::string field;
  std::vector<std::string> any_of;
  std::vector<std::string> all_of;
  std::vector<std::string> one_of;
  std::vector<std::string> none_of;
  Text yes;
  Text no;
};

struct NamedNumber {
  std::string name;
  double value = 0;
};

// Words that speak of an item in a text. A star stands for any ending of a word, a space for any
// white space or hyphen; written in small letters.
struct Cues {
  std::vector<std::string> en;
  std::vector<std::string> zh;
};

struct Item {
  std::string id;
  ItemKind kind{};
  std::string number;
  std::vector<std::string> parents;
  Text title;
  Text text;
  Cues cues;
  Cues names;  // those of its cues that speak of it and of nothing else
  std::vector<std::string> marks;
  std::vector<NamedNumber> minima;
  Confidence confidence{};
  std::vector<FieldNote> field_confidence;
  std::vector<std::string> sources;
  Text note;
};

struct Framework {
  std::string id;
  Text title;
  std::string edition;
  Text publisher;
  Date date;
  std::string document;
  Confidence confidence{};
  std::vector<std::string> sources;
  Text note;
  std::vector<Item> items;
};

struct Mapping {
  std::string subject;
  std::string subject_label;
  std::string predicate;
  std::string object;
  std::string object_label;
  std::string justification;
  std::optional<double> score;
  std::string source;
  std::string comment;
  Confidence confidence{};
};

struct Prefix {
  std::string prefix;
  std::string url;
};

// One SSSOM file.
struct MappingSet {
  std::string id;  // name of the file before .sssom.tsv
  std::string set;
  std::string title;
  std::string license;
  std::string comment;
  std::vector<Prefix> prefixes;
  std::vector<Mapping> rows;
};

struct LexiconEntry {
  std::string value;
  std::string argument;
  Text note;
};

struct Lexicon {
  std::string id;
  Text title;
  Text note;
  std::vector<LexiconEntry> entries;
};

struct TimelineEvent {
  Date date;
  Text event;
  Confidence confidence{};
};

// White papers, other systems, gaps and warnings: what is worth knowing and is no document.
struct ReferenceNote {
  std::string id;
  std::string kind;
  Text title;
  Text text;
  Confidence confidence{};
  std::vector<std::string> sources;
};

// All of content/. Vectors are in order of id, but clauses, items, slots and history as written.
struct Content {
  Manifest manifest;
  std::vector<Source> sources;
  std::vector<Part> parts;
  std::vector<Edition> editions;
  std::vector<Standard> standards;
  std::vector<Control> controls;
  std::vector<Condition> conditions;
  std::vector<Framework> frameworks;
  std::vector<MappingSet> mappings;
  std::vector<Lexicon> lexicons;
  std::vector<TimelineEvent> timeline;
  std::vector<ReferenceNote> notes;
  std::string digest;  // SHA-256 of the compiled form, hexadecimal; set by the loader
};

// Whether a source was found that says what the clause demands: not where it is written from memory
// or only its title is known. Others are judged, and counted apart.
bool verified(const Clause& clause);

// Look-ups by id; null where there is none. Linear in the number of rows of the kind.
const Standard* find_standard(const Content& content, std::string_view id);
const Clause* find_clause(const Content& content, std::string_view id);
const Control* find_control(const Content& content, std::string_view id);
const Condition* find_condition(const Content& content, std::string_view id);
const Framework* find_framework(const Content& content, std::string_view id);
const Item* find_item(const Framework& framework, std::string_view id);
const Lexicon* find_lexicon(const Content& content, std::string_view id);

}  // namespace assay
