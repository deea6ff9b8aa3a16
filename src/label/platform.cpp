// SPDX-License-Identifier: Apache-2.0
#include "label/platform.h"

#include <algorithm>

namespace assay::label {
namespace {

// What the value of Label says.
Platform of_value(std::string_view value) {
  if (value == kLabelValues.substr(0, 1)) return Platform::confirmed;
  if (value == kLabelValues.substr(1, 1)) return Platform::possible;
  return Platform::suspected;
}

// A number for a string does not change what the label says.
Platform said_by(const Label& label) {
  const Field* field = label.find("Label");
  return of_value(field == nullptr ? std::string_view() : field->value);
}

bool has(const std::vector<Flaw>& flaws, std::string_view id) {
  return std::any_of(flaws.begin(), flaws.end(), [&](const Flaw& flaw) { return flaw.id == id; });
}

}  // namespace

PlatformVerdict platform_verdict(const Reading& reading, const Judgement& judgement,
                                 const Traces& traces) {
  PlatformVerdict out;
  const auto say = [&](Platform verdict, Text reason) {
    out.verdict = std::max(out.verdict, verdict);
    out.reasons.push_back(std::move(reason));
  };
  for (const Label& label : judgement.labels) {
    switch (said_by(label)) {
      case Platform::confirmed:
        say(Platform::confirmed, {"元数据标明为生成内容", "the metadata name it as generated"});
        break;
      case Platform::possible:
        say(Platform::possible,
            {"元数据标明可能为生成内容", "the metadata name it as possibly generated"});
        break;
      default:
        say(Platform::suspected,
            {"元数据标明疑似生成内容，或标识的属性值无法辨认",
             "the metadata name it as suspected, or their value is not clear"});
    }
  }
  if (traces.declared)
    say(Platform::possible, {"用户声明为生成内容", "the user declares it as generated"});
  if (traces.explicit_label)
    say(Platform::suspected, {"检测到显式标识", "a label that is seen or heard was detected"});
  if (traces.c2pa)
    say(Platform::suspected,
        {"C2PA 清单的来源类型为生成模型", "its C2PA manifest names a generating model"});
  if (has(reading.flaws, "other-scheme"))
    say(Platform::suspected,
        {"元数据含有其他形式的生成信息", "its metadata hold generation data of another scheme"});
  return out;
}

}  // namespace assay::label
