// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/strings.h"
#include "catalog/json_object.h"
#include "cli/document_commands.h"
#include "cli/document_covered.h"
#include "document/compare.h"
#include "document/search.h"

namespace assay::cli {
namespace {

using catalog::JsonObject;

constexpr std::size_t kUsual = 10;   // results
constexpr std::size_t kShown = 400;  // bytes of one on the terminal

struct Place {
  std::string path;
  std::string place;
  int page = 1;
  bool pages = false;
  document::Span span;
  std::string text;
};

Status take(const std::string& path, std::vector<Place>& places, document::SearchIndex& index) {
  const document::Document document = TRY(document::read_document(path));
  const document::Outline outline = outline_of(document);
  for (const document::Block& block : document.blocks) {
    if (document::in_contents(document.at(block.span))) continue;
    index.add(document.at(block.span));
    places.push_back({path, place_of(outline, block.span.begin),
                      page_of(document, block.span.begin), !document.pages.empty(), block.span,
                      std::string(document.at(block.span))});
  }
  return Done{};
}

Result<std::size_t> most_of(Session& session) {
  const std::string asked = session.value("--most").value_or(std::to_string(kUsual));
  if (const auto most = to_number<std::size_t>(asked); most && *most > 0) return *most;
  return Error{Code::invalid, fmt::format("'{}' is no number of results", printable(asked)), 0,
               "--most", "give a number from 1 on"};
}

}  // namespace

Result<int> document_search(Session& session) {
  const std::size_t most = TRY(most_of(session));
  document::SearchIndex index;
  std::vector<Place> places;
  int code = 0;
  for (const std::string& path : document_files(session, code))
    if (const Status done = take(path, places, index); !done.ok()) {
      tell_unread(session, path, done.error());
      code = 3;
    }
  const auto found_all = index.find(session.first("QUERY"), most);
  if (found_all.empty())
    session.note(fmt::format("{}\n", session.say("没有找到", "nothing found")));
  for (const auto& found : found_all) {
    const Place& place = places[found.passage];
    if (session.json()) {
      session.out(JsonObject()
                      .text("path", place.path)
                      .number("score", found.score)
                      .raw("page", place.pages ? std::to_string(place.page) : "null")
                      .text("place", place.place)
                      .number("start", static_cast<double>(place.span.begin))
                      .number("end", static_cast<double>(place.span.end))
                      .text("text", place.text)
                      .str() +
                  "\n");
      continue;
    }
    const std::string page =
        place.pages ? fmt::format(fmt::runtime(session.say("，第 {} 页", ", p. {}")), place.page)
                    : "";
    session.out(fmt::format("{}  {}{}\n    {}\n", printable(place.path, 400),
                            printable(place.place), page, quoted(place.text, kShown)));
  }
  return code;
}

}  // namespace assay::cli
