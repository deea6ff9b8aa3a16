// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"
#include "catalog/json_object.h"
#include "cli/document_commands.h"
#include "cli/document_covered.h"
#include "document/compare.h"
#include "report/html/markup.h"

namespace assay::cli {
namespace {

using catalog::JsonObject;
using document::Change;
using document::ChangeKind;
using document::Document;
using document::Edit;
using document::Piece;
using document::Span;
using report::html::Html;
using report::html::markup;

constexpr std::size_t kShown = 4'000;  // bytes of a piece on the terminal

struct Version {
  std::string path;
  Document document;
  std::vector<Piece> pieces;

  const Piece& piece(int index) const { return pieces[static_cast<std::size_t>(index)]; }
  std::string_view text(int index) const { return document.at(piece(index).span); }
};

Result<Version> version_of(const std::string& path) {
  Version out{path, TRY(document::read_document(path)), {}};
  out.pieces = pieces_of(out.document, outline_of(out.document));
  return out;
}

std::string_view word(ChangeKind kind) {
  constexpr std::array<std::string_view, 4> kWords = {"same", "changed", "added", "removed"};
  return kWords[static_cast<std::size_t>(kind)];
}

StaticText told(ChangeKind kind) {
  constexpr std::array<StaticText, 4> kTold = {
      {{"未变", "same"}, {"修改", "changed"}, {"新增", "added"}, {"删除", "removed"}}};
  return kTold[static_cast<std::size_t>(kind)];
}

// What the piece is called: its number, else how it begins.
std::string name_of(const Version& version, int piece) {
  const std::string& label = version.piece(piece).label;
  return label.empty() ? printable(version.text(piece), 40) : label;
}

// --- JSON

std::string piece_json(const Version& version, int piece) {
  const Span span = version.piece(piece).span;
  return JsonObject()
      .text("label", version.piece(piece).label)
      .raw("page", page_json(version.document, span.begin))
      .number("start", static_cast<double>(span.begin))
      .number("end", static_cast<double>(span.end))
      .text("text", trim(version.text(piece)))
      .str();
}

std::string change_json(const Version& before, const Version& after, const Change& change) {
  std::vector<std::string> edits;
  for (const Edit& edit : change.edits)
    edits.push_back(JsonObject()
                        .number("start", static_cast<double>(edit.before.begin))
                        .text("before", before.document.at(edit.before))
                        .number("new_start", static_cast<double>(edit.after.begin))
                        .text("after", after.document.at(edit.after))
                        .str());
  return JsonObject()
      .text("change", word(change.kind))
      .boolean("moved", change.moved)
      .number("likeness", change.likeness)
      .raw("before", change.before < 0 ? "null" : piece_json(before, change.before))
      .raw("after", change.after < 0 ? "null" : piece_json(after, change.after))
      .list("edits", edits)
      .str();
}

// --- for people

// The piece with the stretches of one side put between marks.
template <class Put, class Mark>
void walk(const Document& document, Span piece, const std::vector<Edit>& edits, Span Edit::*side,
          const Put& put, const Mark& mark) {
  std::size_t at = piece.begin;
  for (const Edit& edit : edits) {
    const Span span = edit.*side;
    put(document.at({at, span.begin}));
    if (span.end > span.begin) mark(document.at(span));
    at = span.end;
  }
  put(document.at({at, piece.end}));
}

// "每[-年-]{+半年+}": the new text, with what went in its place.
std::string merged(const Version& before, const Version& after, const Change& change) {
  std::string out;
  const Span piece = after.piece(change.after).span;
  std::size_t at = piece.begin;
  for (const Edit& edit : change.edits) {
    out += after.document.at({at, edit.after.begin});
    if (edit.before.end > edit.before.begin)
      out += "[-" + std::string(before.document.at(edit.before)) + "-]";
    if (edit.after.end > edit.after.begin)
      out += "{+" + std::string(after.document.at(edit.after)) + "+}";
    at = edit.after.end;
  }
  return out + std::string(after.document.at({at, piece.end}));
}

std::string lines_of(std::string_view text) {
  std::string out;
  for (const std::string_view line : split(trim(text), '\n'))
    out += "    " + printable(line, kShown) + "\n";
  return out;
}

void tell(Session& session, const Version& before, const Version& after, const Change& change) {
  if (change.kind == ChangeKind::same && !change.moved) return;
  const std::string moved =
      change.moved ? std::string(session.say("，已移位", ", moved")) : std::string();
  const bool renamed = change.before >= 0 && change.after >= 0 &&
                       before.piece(change.before).label != after.piece(change.after).label;
  const std::string name =
      change.after < 0 ? name_of(before, change.before)
      : renamed        ? name_of(before, change.before) + " → " + name_of(after, change.after)
                       : name_of(after, change.after);
  session.out(fmt::format("{}{}: {}\n", session.say(told(change.kind)), moved, name));
  if (change.kind == ChangeKind::same) return;
  if (change.kind == ChangeKind::removed)
    session.out(lines_of(before.text(change.before)));
  else if (change.kind == ChangeKind::changed && !change.edits.empty())
    session.out(lines_of(merged(before, after, change)));
  else
    session.out(lines_of(after.text(change.after)));
}

std::string sums(Session& session, const std::vector<Change>& changes) {
  std::vector<std::string> parts;
  for (const ChangeKind kind :
       {ChangeKind::same, ChangeKind::changed, ChangeKind::added, ChangeKind::removed})
    parts.push_back(fmt::format("{} {}", session.say(told(kind)),
                                std::ranges::count(changes, kind, &Change::kind)));
  parts.push_back(fmt::format("{} {}", session.say("移位", "moved"),
                              std::ranges::count(changes, true, &Change::moved)));
  return join(parts, session.say("，", ", "));
}

Html side_html(const Version& version, int piece, const std::vector<Edit>& edits, Span Edit::*side,
               std::string_view tag) {
  if (piece < 0) return {};
  Html out;
  walk(
      version.document, version.piece(piece).span, edits, side,
      [&](std::string_view text) { out += {report::html::escape(text, std::string::npos)}; },
      [&](std::string_view text) {
        out += {fmt::format("<{0}>{1}</{0}>", tag, report::html::escape(text, std::string::npos))};
      });
  return out;
}

constexpr std::string_view kStyle = R"css(
body{margin:1rem 1.5rem;font:15px/1.65 system-ui,"PingFang SC","Microsoft YaHei",
"Noto Sans CJK SC",sans-serif;color:#18202c;background:#fff}
table{border-collapse:collapse;width:100%;table-layout:fixed}
td,th{border-top:1px solid #dde2e9;padding:.5rem .7rem;vertical-align:top;text-align:left;
white-space:pre-wrap;overflow-wrap:anywhere}th.k,td.k{width:7rem;color:#55606f}
ins{background:#d8f3e2;text-decoration:none}del{background:#fbdcd9;text-decoration:none}
tr.added td:last-child{background:#f1fbf5}tr.removed td:nth-child(2){background:#fdf3f2}
tr.same{color:#55606f}
)css";

std::string page_of_changes(Session& session, const Version& before, const Version& after,
                            const std::vector<Change>& changes) {
  Html rows;
  for (const Change& change : changes) {
    const Html kind = markup("{}{}", session.say(told(change.kind)),
                             change.moved ? session.say("，已移位", ", moved") : "");
    rows += markup(R"(<tr class="{}"><td class="k">{}</td><td>{}</td><td>{}</td></tr>)",
                   word(change.kind), kind,
                   side_html(before, change.before, change.edits, &Edit::before, "del"),
                   side_html(after, change.after, change.edits, &Edit::after, "ins"));
    rows += {"\n"};
  }
  return markup(R"(<!DOCTYPE html>
<html lang="{}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{}</title><style>{}</style></head><body><h1>{}</h1><p>{}</p>
<table><tr><th class="k"></th><th>{}</th><th>{}</th></tr>
{}</table></body></html>
)",
                session.language() == Language::zh ? "zh" : "en",
                session.say("文件对照", "Comparison of documents"), Html{std::string(kStyle)},
                session.say("文件对照", "Comparison of documents"), sums(session, changes),
                before.path, after.path, rows)
      .code;
}

}  // namespace

Result<int> document_compare(Session& session) {
  const Version before = TRY(version_of(session.first("OLD")));
  const Version after = TRY(version_of(session.first("NEW")));
  const std::vector<Change> changes =
      compare(before.document, before.pieces, after.document, after.pieces);
  if (const auto path = session.value("--html"))
    TRY(write_file_atomic(*path, page_of_changes(session, before, after, changes)));
  for (const Change& change : changes) {
    if (session.json())
      session.out(change_json(before, after, change) + "\n");
    else
      tell(session, before, after, change);
  }
  if (!session.json()) session.out(sums(session, changes) + "\n");
  return 0;
}

}  // namespace assay::cli
