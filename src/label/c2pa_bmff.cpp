// SPDX-License-Identifier: Apache-2.0
#include "label/c2pa_bmff.h"

#include <algorithm>

#include "base/strings.h"

namespace assay::label {
namespace {

constexpr std::uint64_t kMaxBoxes = 100'000;  // of one parent, and of one path
constexpr std::size_t kMaxSteps = 16;

Result<BmffBox> read_box(ByteSource& in, std::uint64_t at, std::uint64_t end) {
  ByteReader head(TRY(in.view(at, std::min<std::uint64_t>(16, end - at))), at);
  std::uint64_t size = TRY(head.be<std::uint32_t>());
  BmffBox box{std::string(as_text(TRY(head.take(4)))), at, 0, 0};
  if (size == 1) {
    size = TRY(head.be<std::uint64_t>());
  } else if (size == 0) {
    size = end - at;
  }
  box.content = head.offset();
  if (size < box.content - at) return Error{Code::invalid, "box is shorter than its head", at};
  if (size > end - at) return Error{Code::invalid, "box ends after what holds it", at};
  box.end = at + size;
  return box;
}

// Where the children of a box begin: "meta" is a FullBox, but not in QuickTime files.
Result<std::uint64_t> children_begin(ByteSource& in, const BmffBox& box) {
  if (box.type != "meta" || box.end - box.content < 8) return box.content;
  const Bytes start = TRY(in.exactly(box.content, 8));
  return as_text(start).substr(4) == "hdlr" ? box.content : box.content + 4;
}

struct Step {
  std::string_view type;
  std::uint64_t number = 0;  // from 1; 0: all
};

Result<Step> parse_step(std::string_view text) {
  Step step{text.substr(0, text.find('[')), 0};
  if (step.type.size() != 4) return Error{Code::unsupported, "a path to boxes of another form", 0};
  if (step.type.size() == text.size()) return step;
  const std::string_view number = text.substr(5, text.size() - 6);
  const auto value = to_number<std::uint64_t>(text.ends_with(']') ? number : "");
  if (!value.has_value() || *value == 0)
    return Error{Code::unsupported, "a path to boxes of another form", 0};
  step.number = *value;
  return step;
}

void append_matching(const std::vector<BmffBox>& boxes, const Step& step,
                     std::vector<BmffBox>& out) {
  std::uint64_t seen = 0;
  for (const BmffBox& box : boxes)
    if (box.type == step.type && (++seen == step.number || step.number == 0)) out.push_back(box);
}

}  // namespace

Result<std::vector<BmffBox>> bmff_boxes(ByteSource& in, std::uint64_t begin, std::uint64_t end) {
  std::vector<BmffBox> out;
  for (std::uint64_t at = begin; at < end; at = out.back().end) {
    if (out.size() >= kMaxBoxes) return Error{Code::limit, "too many boxes", at};
    out.push_back(TRY(read_box(in, at, end)));
  }
  return out;
}

Result<std::vector<BmffBox>> bmff_find(ByteSource& in, std::string_view path) {
  const std::vector<std::string_view> steps = split(path, '/');
  if (steps.size() < 2 || steps.size() > kMaxSteps || !steps.front().empty())
    return Error{Code::unsupported, "a path to boxes of another form", 0};
  std::vector<BmffBox> found;
  append_matching(TRY(bmff_boxes(in, 0, in.size())), TRY(parse_step(steps[1])), found);
  for (std::size_t i = 2; i < steps.size(); ++i) {
    const Step step = TRY(parse_step(steps[i]));
    std::vector<BmffBox> next;
    for (const BmffBox& parent : found) {
      const std::uint64_t begin = TRY(children_begin(in, parent));
      append_matching(TRY(bmff_boxes(in, begin, parent.end)), step, next);
      if (next.size() > kMaxBoxes) return Error{Code::limit, "too many boxes", parent.offset};
    }
    found = std::move(next);
  }
  return found;
}

}  // namespace assay::label
