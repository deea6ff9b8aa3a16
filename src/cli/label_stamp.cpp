// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/sandbox.h"
#include "base/strings.h"
#include "catalog/json_object.h"
#include "cli/label_commands.h"
#include "label/seen.h"
#include "label/stamp.h"

namespace assay::cli {
namespace {

using catalog::JsonObject;

// Above the height that is wanted: what is drawn may lie a pixel off, and be measured so.
constexpr double kSafely = 1.15;
constexpr std::string_view kUsualFont = "NotoSansCJK-Regular";

struct CornerName {
  std::string_view name;
  label::Corner corner;
};
constexpr std::array kCorners = {CornerName{"top-left", label::Corner::top_left},
                                 CornerName{"top-right", label::Corner::top_right},
                                 CornerName{"bottom-left", label::Corner::bottom_left},
                                 CornerName{"bottom-right", label::Corner::bottom_right}};

Result<label::Corner> corner(const Session& session) {
  const std::string name = session.value("--corner").value_or("bottom-right");
  const auto* row = std::find_if(kCorners.begin(), kCorners.end(),
                                 [&](const CornerName& one) { return one.name == name; });
  if (row == kCorners.end())
    return Error{Code::invalid, "there is no such corner", 0, "--corner",
                 "give top-left, top-right, bottom-left or bottom-right"};
  return row->corner;
}

Result<double> height(const Session& session, double least) {
  const auto given = session.value("--height");
  if (!given) return least * kSafely;
  const auto value = to_number<double>(*given);
  if (!value || *value < least || *value > 50)
    return Error{Code::invalid,
                 fmt::format("a label is {:g} to 50 percent of the shortest side high", least), 0,
                 "--height"};
  return *value;
}

// The first font for Chinese that fontconfig knows, the usual one before others.
Result<fs::path> font(const Session& session) {
  if (const auto given = session.value("--font")) return fs::path(*given);
  const Error none{Code::not_found, "no font with Chinese letters is found", 0, "",
                   "install fonts-noto-cjk, or give --font FILE"};
  const Ended list = TRY(run_confined({"fc-list", {"-f", "%{file}\n", ":lang=zh-cn"}}));
  std::vector<std::string_view> fonts = split(list.out, '\n');
  std::erase_if(fonts, [](std::string_view path) { return !path.starts_with("/usr/"); });
  std::sort(fonts.begin(), fonts.end());
  if (fonts.empty()) return none;
  const auto usual = std::find_if(fonts.begin(), fonts.end(), [](std::string_view path) {
    return path.find(kUsualFont) != path.npos;
  });
  return fs::path(usual == fonts.end() ? fonts.front() : *usual);
}

// The shortest word of each element.
std::string usual_text(const label::LabelWords& words) {
  const auto shortest = [](const std::vector<std::string>& list) {
    const auto it = std::min_element(
        list.begin(), list.end(),
        [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
    return it == list.end() ? std::string() : *it;
  };
  return shortest(words.ai) + shortest(words.generation);
}

void tell(Session& session, const fs::path& out, const label::Seen& seen,
          const std::vector<std::string>& dropped, bool right) {
  const label::SeenLabel label = seen.label.value_or(label::SeenLabel{});
  if (session.json()) {
    std::vector<std::string> quoted;
    for (const std::string& one : dropped) quoted.push_back(JsonObject().text("what", one).str());
    session.out(JsonObject()
                    .text("path", out.string())
                    .boolean("right", right)
                    .text("text", label.text)
                    .number("height_percent", label.height_percent)
                    .list("dropped", quoted)
                    .str() +
                "\n");
    return;
  }
  session.out(fmt::format(
      "{}: {}\n", printable(out.string(), 400),
      right ? fmt::format(fmt::runtime(session.say("已绘制并读回，字高为最短边的 {:.1f} %",
                                                   "drawn and read back, {:.1f} % of the shortest "
                                                   "side high")),
                          label.height_percent)
            : std::string(session.say("已绘制，但未能按要求读回；由人员确认",
                                      "drawn, but not read back as wanted; a person decides"))));
  for (const std::string& one : dropped)
    session.note(fmt::format("{}: {}\n", session.say("未保留", "not kept"), one));
}

}  // namespace

Result<int> label_stamp(Session& session) {
  const Content& content = *TRY(session.content());
  const ExplicitWanted wanted = TRY(explicit_wanted(content));
  const fs::path in = session.first("FILE");
  const fs::path out = session.value("--output").value_or(in.string());
  TRY(label::refuse_unstampable(in));
  label::StampRequest request;
  request.text = session.value("--text").value_or(usual_text(wanted.rules.words));
  if (trim(request.text).empty())
    return Error{Code::invalid, "a label says something", 0, "--text",
                 "leave it away for the usual words"};
  request.corner = TRY(corner(session));
  request.height_percent = TRY(height(session, wanted.picture_height));
  request.will_resign = session.flag("--will-resign");
  if (!session.flag("--again")) {
    const label::Seen before = TRY(label::look_at_picture(in, wanted.rules));
    if (before.label && before.label->whole())
      return Error{Code::invalid,
                   "the picture has a label already: '" + printable(before.label->text, 80) + "'",
                   0, in.string(), "--again draws another"};
  }
  request.font = TRY(font(session));
  label::Seen seen;
  bool right = false;
  // A picture of its own may wait for a person; the only one there is may not be lost.
  const auto accept = [&](const fs::path& drawn) -> Status {
    seen = TRY(label::look_at_picture(drawn, wanted.rules));
    right =
        seen.label && seen.label->whole() && seen.label->height_percent >= wanted.picture_height;
    if (right || out != in) return Done{};
    return Error{Code::unsupported, "the label would not be read back as wanted", 0, in.string(),
                 "try another --corner, or give --output and let a person look"};
  };
  const std::vector<std::string> dropped = TRY(label::stamp_picture(in, out, request, accept));
  tell(session, out, seen, dropped, right);
  return right ? 0 : 3;
}

}  // namespace assay::cli
