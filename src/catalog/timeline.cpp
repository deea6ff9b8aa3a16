// SPDX-License-Identifier: Apache-2.0
#include "catalog/timeline.h"

#include <fmt/format.h>

#include <algorithm>

namespace assay::catalog {
namespace {

constexpr std::array<StaticText, 9> kEventNames = {{
    {"状态不详", "status not known"},
    {"未启动", "not started"},
    {"立项", "planned"},
    {"在研（始于或最早见于此日）", "in development (begun, or first known)"},
    {"公开征求意见", "consultation opened"},
    {"发布", "issued"},
    {"施行", "came into force"},
    {"被替代", "superseded"},
    {"废止", "withdrawn"},
}};

bool inside(const Date& date, const EventFilter& filter) {
  return (!filter.from.known() || order(date, filter.from) >= 0) &&
         (!filter.to.known() || order(date, filter.to) <= 0);
}

// Is the document named in what was said? Years are often left out ("GB 45438 in force"), and
// sometimes all but the end of a name ("Framework 2.0").
bool speaks_of(const std::string& said, const Standard& standard) {
  constexpr std::size_t kShortest = 5;
  std::vector<std::string> names = {squeeze(standard.number), squeeze(standard.title.en)};
  for (const std::string& alias : standard.aliases) names.push_back(squeeze(alias));
  if (const auto dash = standard.number.rfind('-'); dash != std::string::npos)
    if (standard.number.size() - dash == 5)
      names.push_back(squeeze(standard.number.substr(0, dash)));
  return std::ranges::any_of(names, [&](const std::string& name) {
    return name.size() >= kShortest && (said.find(name) != std::string::npos ||
                                        (said.size() >= kShortest && name.ends_with(said)));
  });
}

// Does the general event only say that something happened to one of the documents of that day?
bool repeats(const TimelineEvent& event, const std::vector<DatedEvent>& events) {
  const std::string said = squeeze(event.event.en);
  return std::ranges::any_of(events, [&](const DatedEvent& other) {
    return other.standard != nullptr && other.date == event.date &&
           speaks_of(said, *other.standard);
  });
}

void add_document(const Standard& standard, const EventFilter& filter,
                  std::vector<DatedEvent>& out) {
  if (!filter.document.empty() && standard.id != filter.document) return;
  if (filter.kind && standard.kind != *filter.kind) return;
  DocumentStatus before = DocumentStatus::not_started;
  for (const HistoryEvent& event : standard.history) {
    const bool news = event.status != before;
    before = event.status;
    if (!news || !inside(event.date, filter)) continue;
    // That nothing is known on a day is no event, unless it is asked for.
    if (filter.status ? event.status != *filter.status : event.status == DocumentStatus::unknown)
      continue;
    out.push_back({event.date, &standard, &event, nullptr, event.confidence});
  }
}

}  // namespace

std::vector<DatedEvent> timeline(const Content& content, const EventFilter& filter) {
  std::vector<DatedEvent> out;
  for (const Standard& standard : content.standards) add_document(standard, filter, out);
  if (filter.document.empty() && !filter.status && !filter.kind)
    for (const TimelineEvent& event : content.timeline)
      if (inside(event.date, filter) && !repeats(event, out))
        out.push_back({event.date, nullptr, nullptr, &event, event.confidence});
  std::ranges::stable_sort(
      out, [](const DatedEvent& a, const DatedEvent& b) { return order(a.date, b.date) < 0; });
  return out;
}

std::vector<Change> changes(const Content& content, const Date& from, const Date& to) {
  std::vector<Change> out;
  for (const Standard& standard : content.standards) {
    DocumentStatus before = standard.status(from);
    for (const HistoryEvent& event : standard.history) {
      if (order(event.date, from) <= 0 || order(event.date, to) > 0) continue;
      if (event.status == before) continue;
      out.push_back({&standard, &event, before});
      before = event.status;
    }
  }
  std::ranges::stable_sort(out, [](const Change& a, const Change& b) {
    if (a.event->status != b.event->status) return a.event->status < b.event->status;
    if (a.event->seen != b.event->seen) return b.event->seen;
    return order(a.event->date, b.event->date) < 0;
  });
  return out;
}

Text event_name(const HistoryEvent& event) {
  if (!event.seen) return kEventNames[static_cast<std::size_t>(event.status)].text();
  const StaticText name = row(event.status).name;
  return {fmt::format("查到时为“{}”（起始日期不详）", name.zh),
          fmt::format("found to be {} (since when is not known)", name.en)};
}

}  // namespace assay::catalog
