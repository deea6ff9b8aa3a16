// SPDX-License-Identifier: Apache-2.0
//
// What happened when, and what changed between two days.
#pragma once

#include "catalog/documents.h"

namespace assay::catalog {

struct DatedEvent {
  Date date;
  const Standard* standard = nullptr;     // null: an event of no one document
  const HistoryEvent* history = nullptr;  // set with `standard`
  const TimelineEvent* general = nullptr;
  Confidence confidence{};
};

struct EventFilter {
  Date from = {};             // unknown: from the beginning
  Date to = {};               // unknown: to the end
  std::string document = {};  // id; empty: all
  std::optional<DocumentStatus> status = {};
  std::optional<Kind> kind = {};
};

// Changes of status, in order of date. A general event that repeats a document's own event of that
// day is left out.
std::vector<DatedEvent> timeline(const Content& content, const EventFilter& filter);

struct Change {
  const Standard* standard = nullptr;
  const HistoryEvent* event = nullptr;
  DocumentStatus before{};
};

// What happened after `from` and up to `to`, by what it was: in development, issued, came into
// force, superseded …; in order of status (what was only seen last), then of date.
std::vector<Change> changes(const Content& content, const Date& from, const Date& to);

// "came into force" for the event that leads to its status; "seen: in force" where only that is
// known.
Text event_name(const HistoryEvent& event);

}  // namespace assay::catalog
