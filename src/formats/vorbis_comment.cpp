// SPDX-License-Identifier: Apache-2.0
#include "formats/vorbis_comment.h"

#include <utility>

#include "formats/names_label.h"

namespace assay::formats {
namespace {

Result<std::string> counted(ByteReader& in) {
  const std::uint32_t size = TRY(in.le<std::uint32_t>());
  return std::string(as_text(TRY(in.take(size))));
}

void put_counted(std::string& out, std::string_view text) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(text.size() >> shift);
  out += text;
}

Result<CommentList> read_list(ByteReader in, const MediaLimits& limits) {
  CommentList out;
  out.vendor = TRY(counted(in));
  const std::uint32_t count = TRY(in.le<std::uint32_t>());
  if (count > in.remaining() / 4) return Error{Code::invalid, "ends too early", in.offset()};
  if (count > limits.elements) return Error{Code::limit, "too many elements", in.offset()};
  for (std::uint32_t i = 0; i < count; ++i) out.entries.push_back(TRY(counted(in)));
  out.rest = as_text(in.rest());
  return out;
}

// Key and value of an entry; one without "=" is a value.
std::pair<std::string_view, std::string_view> parts(std::string_view entry) {
  const std::size_t at = entry.find('=');
  if (at == std::string_view::npos) return {{}, entry};
  return {entry.substr(0, at), entry.substr(at + 1)};
}

}  // namespace

std::string CommentList::bytes() const {
  std::string out;
  put_counted(out, vendor);
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(entries.size() >> shift);
  for (const std::string& entry : entries) put_counted(out, entry);
  return out + rest;
}

Status Comments::add(ByteReader in, const Place& place, const MediaLimits& limits) {
  auto list = read_list(in, limits);
  if (!list.ok() && list.error().code != Code::invalid)
    return Error{list.error().code, list.error().what, place.offset};
  if (!list.ok()) return add_broken(list.error().what, place);
  for (std::size_t i = 0; i < list->entries.size(); ++i) {
    const std::string& entry = list->entries[i];
    if (!names_label(entry)) continue;
    const auto [key, value] = parts(entry);
    Item item{ItemKind::text,
              place.name + " at byte " + std::to_string(place.offset),
              place.offset,
              std::string(key),
              {},
              to_lower(key) == "aigc",
              place.damaged};
    if (valid_utf8(entry))
      item.value = value;
    else
      item.broken = "text is not UTF-8";
    TRY(items.add(std::move(item)));
    sources.push_back({lists.size(), i});
  }
  lists.push_back(std::move(*list));
  return Done{};
}

Status Comments::add_broken(std::string why, const Place& place) {
  Item item{ItemKind::text, place.name + " at byte " + std::to_string(place.offset), place.offset};
  item.damaged = place.damaged;
  item.broken = std::move(why);
  TRY(items.add(std::move(item)));
  sources.push_back({lists.size(), 0});
  lists.push_back({{}, {}, {}, false});
  return Done{};
}

Status Comments::apply(const Change& change) {
  std::vector<std::vector<std::size_t>> out(lists.size());  // entries to be taken out, by list
  for (const Edit& edit : change.edits) {
    if (edit.item >= sources.size()) return Error{Code::invalid, "no such item"};
    const auto [list, entry] = sources[edit.item];
    if (!lists[list].readable)
      return Error{Code::unsupported, "comments that cannot be read are not written",
                   items.metadata.items[edit.item].offset};
    std::string& text = lists[list].entries[entry];
    const std::string_view key = parts(text).first;
    if (!edit.value)
      out[list].push_back(entry);
    else
      text = key.empty() ? *edit.value : std::string(key) + "=" + *edit.value;
  }
  for (std::size_t i = 0; i < lists.size(); ++i) {
    std::sort(out[i].rbegin(), out[i].rend());
    for (const std::size_t entry : out[i])
      lists[i].entries.erase(lists[i].entries.begin() + static_cast<std::ptrdiff_t>(entry));
  }
  if (!change.add) return Done{};
  if (!lists.front().readable)
    return Error{Code::unsupported, "comments that cannot be read are not written"};
  lists.front().entries.push_back("AIGC=" + *change.add);
  return Done{};
}

}  // namespace assay::formats
