// SPDX-License-Identifier: Apache-2.0
//
// describe(visitor, value): the keys of each type of the model, once, for every reader and writer.
// A visitor has required(name, member) and optional(name, member); members are std::string, bool,
// double, std::optional<double>, Date, enumerations with Words, structs with a describe(), and
// std::vector of these. A member that equals its default is absent.
#pragma once

#include "model/content.h"

namespace assay {

template <class V, Is<Manifest> T>
void describe(V& v, T& t) {
  v.required("id", t.id);
  v.required("version", t.version);
  v.required("requires_engine", t.requires_engine);
  v.required("facts_as_of", t.facts_as_of);
}

template <class V, Is<Source> T>
void describe(V& v, T& t) {
  v.required("id", t.id);
  v.optional("url", t.url);
  v.optional("about", t.about);
  v.optional("quality", t.quality);
}

template <class V, Is<Part> T>
void describe(V& v, T& t) {
  v.required("id", t.id);
  v.required("title", t.title);
  v.required("level", t.level);
  v.optional("parent", t.parent);
  v.required("confidence", t.confidence);
  v.required("sources", t.sources);
  v.optional("note", t.note);
}

template <class V, Is<Slot> T>
void describe(V& v, T& t) {
  v.required("state", t.state);
  v.required("kind", t.kind);
  v.optional("member", t.member);
  v.optional("candidates", t.candidates);
  v.required("confidence", t.confidence);
  v.optional("note", t.note);
}

template <class V, Is<Edition> T>
void describe(V& v, T& t) {
  v.required("id", t.id);
  v.required("title", t.title);
  v.required("date", t.date);
  v.required("confidence", t.confidence);
  v.required("sources", t.sources);
  v.optional("note", t.note);
  v.required("slots", t.slots);
}

template <class V, Is<HistoryEvent> T>
void describe(V& v, T& t) {
  v.required("date", t.date);
  v.required("status", t.status);
  v.optional("seen", t.seen);
  v.required("confidence", t.confidence);
  v.optional("note", t.note);
}

template <class V, Is<FieldNote> T>
void describe(V& v, T& t) {
  v.required("field", t.field);
  v.required("note", t.note);
}

template <class V, Is<ThresholdPart> T>
void describe(V& v, T& t) {
  v.required("name", t.name);
  v.required("op", t.op);
  v.required("value", t.value);
  v.optional("title", t.title);
  v.optional("force", t.force);
}

template <class V, Is<Threshold> T>
void describe(V& v, T& t) {
  v.required("op", t.op);
  v.optional("value", t.value);
  v.optional("text", t.text);
  v.optional("values", t.values);
  v.optional("low", t.low);
  v.optional("high", t.high);
  v.optional("parts", t.parts);
  v.optional("unit", t.unit);
}

template <class V, Is<Clause> T>
void describe(V& v, T& t) {
  v.required("code", t.code);
  v.required("place", t.place);
  v.required("subject", t.subject);
  v.optional("force", t.force);
  v.required("statement", t.statement);
  v.optional("threshold", t.threshold);
  v.required("test", t.test);
  v.optional("inputs", t.inputs);
  v.optional("applies", t.applies);
  v.required("controls", t.controls);
  v.required("confidence", t.confidence);
  v.optional("source_strength", t.source_strength);
  v.required("sources", t.sources);
  v.optional("note", t.note);
}

// The document without its clauses, which stand in a file of their own.
template <class V, Is<Standard> T>
void describe(V& v, T& t) {
  v.required("id", t.id);
  v.optional("number", t.number);
  v.optional("aliases", t.aliases);
  v.required("title", t.title);
  v.required("kind", t.kind);
  v.optional("part", t.part);
  v.optional("part_confidence", t.part_confidence);
  v.required("in_v1", t.in_v1);
  v.optional("in_v1_note", t.in_v1_note);
  v.optional("issued", t.issued);
  v.optional("effective", t.effective);
  v.optional("history", t.history);
  v.optional("supersedes", t.supersedes);
  v.optional("applies", t.applies);
  v.optional("key_issue", t.key_issue);
  v.optional("key_issue_confidence", t.key_issue_confidence);
  v.optional("content", t.content);
  v.required("confidence", t.confidence);
  v.optional("field_confidence", t.field_confidence);
  v.required("sources", t.sources);
  v.optional("note", t.note);
}

template <class V, Is<Measure> T>
void describe(V& v, T& t) {
  v.required("name", t.name);
  v.required("check", t.check);
  v.required("value", t.value);
  v.optional("faults", t.faults);
  v.optional("interval", t.interval);
  v.optional("of", t.of);
}

template <class V, Is<Control> T>
void describe(V& v, T& t) {
  v.required("id", t.id);
  v.required("title", t.title);
  v.required("subject", t.subject);
  v.required("why", t.why);
  v.required("ask", t.ask);
  v.required("mend", t.mend);
  v.optional("measures", t.measures);
}

template <class V, Is<Condition> T>
void describe(V& v, T& t) {
  v.required("id", t.id);
  v.optional("always", t.always);
  v.optional("field", t.field);
  v.optional("any_of", t.any_of);
  v.optional("all_of", t.all_of);
  v.optional("one_of", t.one_of);
  v.optional("none_of", t.none_of);
  v.required("yes", t.yes);
  v.required("no", t.no);
}

template <class V, Is<NamedNumber> T>
void describe(V& v, T& t) {
  v.required("name", t.name);
  v.required("value", t.value);
}

template <class V, Is<Cues> T>
void describe(V& v, T& t) {
  v.optional("en", t.en);
  v.optional("zh", t.zh);
}

template <class V, Is<Item> T>
void describe(V& v, T& t) {
  v.required("id", t.id);
  v.required("kind", t.kind);
  v.optional("number", t.number);
  v.optional("parents", t.parents);
  v.required("title", t.title);
  v.optional("text", t.text);
  v.optional("cues", t.cues);
  v.optional("names", t.names);
  v.optional("marks", t.marks);
  v.optional("minima", t.minima);
  v.required("confidence", t.confidence);
  v.optional("field_confidence", t.field_confidence);
  v.optional("sources", t.sources);
  v.optional("note", t.note);
}

template <class V, Is<Framework> T>
void describe(V& v, T& t) {
  v.required("id", t.id);
  v.required("title", t.title);
  v.required("edition", t.edition);
  v.required("publisher", t.publisher);
  v.optional("date", t.date);
  v.optional("document", t.document);
  v.required("confidence", t.confidence);
  v.required("sources", t.sources);
  v.optional("note", t.note);
  v.required("items", t.items);
}

template <class V, Is<Mapping> T>
void describe(V& v, T& t) {
  v.required("subject_id", t.subject);
  v.optional("subject_label", t.subject_label);
  v.required("predicate_id", t.predicate);
  v.required("object_id", t.object);
  v.optional("object_label", t.object_label);
  v.required("mapping_justification", t.justification);
  v.optional("confidence", t.score);
  v.optional("mapping_source", t.source);
  v.optional("comment", t.comment);
  v.required("assay_confidence", t.confidence);
}

template <class V, Is<Prefix> T>
void describe(V& v, T& t) {
  v.required("prefix", t.prefix);
  v.required("url", t.url);
}

template <class V, Is<MappingSet> T>
void describe(V& v, T& t) {
  v.required("id", t.id);
  v.required("mapping_set_id", t.set);
  v.required("mapping_set_title", t.title);
  v.required("license", t.license);
  v.optional("comment", t.comment);
  v.optional("curie_map", t.prefixes);
  v.required("mappings", t.rows);
}

template <class V, Is<LexiconEntry> T>
void describe(V& v, T& t) {
  v.required("value", t.value);
  v.optional("argument", t.argument);
  v.optional("note", t.note);
}

template <class V, Is<Lexicon> T>
void describe(V& v, T& t) {
  v.required("id", t.id);
  v.required("title", t.title);
  v.optional("note", t.note);
  v.required("entries", t.entries);
}

template <class V, Is<TimelineEvent> T>
void describe(V& v, T& t) {
  v.required("date", t.date);
  v.required("event", t.event);
  v.required("confidence", t.confidence);
}

template <class V, Is<ReferenceNote> T>
void describe(V& v, T& t) {
  v.required("id", t.id);
  v.required("kind", t.kind);
  v.required("title", t.title);
  v.optional("text", t.text);
  v.required("confidence", t.confidence);
  v.optional("sources", t.sources);
}

}  // namespace assay
