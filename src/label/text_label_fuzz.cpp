// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdint>
#include <cstdlib>
#include <utility>

#include "label/text_label.h"

namespace {

assay::label::TextRules rules() {
  constexpr std::array<std::pair<const char*, const char*>, 10> kWords = {{{"ai", "AI"},
                                                                           {"ai", "人工智能"},
                                                                           {"generation", "生成"},
                                                                           {"generation", "合成"},
                                                                           {"head", "声明"},
                                                                           {"subject", "本文"},
                                                                           {"link", "由"},
                                                                           {"means", "大模型"},
                                                                           {"tail", "仅供"},
                                                                           {"denial", "非"}}};
  assay::label::TextRules out;
  for (const auto& [role, word] : kWords) out.add(role, word);
  return out;
}

}  // namespace

// What is said of a text stands in it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assay;
  static const label::TextRules by = rules();
  MemorySource in(std::as_bytes(std::span(data, size)));
  for (const auto kind : {formats::prose::Kind::plain, formats::prose::Kind::markdown}) {
    const auto prose = formats::prose::read(in, kind, {.bytes = 1 << 20, .blocks = 10'000});
    if (!prose.ok()) return 0;
    const label::TextLook look = label::look_at_text(*prose, by);
    if ((look.sign == label::TextSign::none) != !look.found) std::abort();
    if (look.found && look.found->offset + look.found->text.size() > size) std::abort();
  }
  return 0;
}
