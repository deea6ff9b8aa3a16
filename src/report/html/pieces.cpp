// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "report/html/sections.h"

namespace assay::report::html {
namespace {

constexpr std::size_t kShortDigest = 12;

// Shape as well as colour, for eyes and printers that see no colours.
std::string_view sign(Verdict verdict) {
  switch (verdict) {
    case Verdict::satisfied: return "✓";
    case Verdict::not_satisfied: return "✕";
    case Verdict::needs_person: return "?";
    case Verdict::could_not_run: return "!";
    case Verdict::not_applicable: return "–";
  }
  return {};
}

// RFC 4648.
std::string base64(std::string_view bytes) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 3; ++k)
      three = three << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      out += i + k > bytes.size() ? '=' : kLetters[three >> (18 - 6 * k) & 63];
  }
  return out;
}

}  // namespace

Html verdict_badge(Verdict verdict) {
  return markup(R"(<span class="badge b-{}"><span aria-hidden="true">{}</span> {}</span>)",
                word(verdict), sign(verdict), row(verdict).name);
}

Html confidence_badge(Confidence confidence) {
  if (confidence == Confidence::sourced) return {};
  return markup(R"(<span class="tag t-{}">{}</span>)", word(confidence), row(confidence).name);
}

Html unverified_badge() {
  return markup(R"(<span class="tag t-recalled" title="{} / {}">{}</span>)", kUnverifiedMeans.zh,
                kUnverifiedMeans.en, kUnverified);
}

Html should_badge() {
  return markup(R"(<span class="tag t-should">{}</span>)", row(Force::should).name);
}

Html clause_badges(const Clause& clause, Force force) {
  Html out = verified(clause) ? confidence_badge(clause.confidence) : unverified_badge();
  if (clause.force == Force::should || force == Force::should) out += should_badge();
  return out;
}

Html counts_row(const Tally& tally) {
  Html out;
  for (const Verdict verdict : kVerdicts) {
    if (tally.count(verdict) == 0) continue;
    out += markup(R"(<span class="count"><i class="dot b-{}">{}</i>{} <b>{}</b></span>)",
                  word(verdict), sign(verdict), row(verdict).name, tally.count(verdict));
  }
  if (tally.all_unverified() > 0)
    out += markup(R"(<span class="count faint">{} <b>{}</b></span>)", kUnverified,
                  tally.all_unverified());
  return markup(R"(<span class="counts">{}</span>)", out);
}

Html measured(const Measurement& m) {
  const Text unit = unit_after(m);
  Html out = markup("<b>{}</b>", number_text(m.value));
  out += markup("{}", unit);
  Html more;
  if (m.low && m.high && *m.low != *m.high)
    more += markup("{}{} {}–{}", m.n ? "95 % " : "",
                   m.n ? StaticText{"置信限", "limits"} : StaticText{"介于", "between"},
                   number_text(*m.low), number_text(*m.high));
  if (m.n) more += markup("{}n = {}", more.code.empty() ? "" : ", ", number_text(*m.n));
  if (!more.code.empty()) out += markup(R"( <span class="faint">({})</span>)", more);
  return out;
}

Result<Html> drawn_picture(const Page& page, const std::string& digest) {
  const auto& all = page.input.evidence;
  const auto at = std::ranges::find_if(
      all, [&](const Evidence& evidence) { return evidence.drawn && evidence.digest == digest; });
  // Only kinds that a browser shows as pictures and runs nothing of.
  const bool known =
      at != all.end() && (at->media_type == "image/png" || at->media_type == "image/svg+xml");
  if (!known || !page.input.evidence_bytes) return Html{};
  const std::string bytes = TRY(page.input.evidence_bytes(digest));
  return Html{fmt::format(R"(<img class="drawn" alt="" src="data:{};base64,{}">)", at->media_type,
                          base64(bytes))};
}

Html cell_label(StaticText label) { return markup(R"(<span class="cell-label">{}</span>)", label); }

Html short_digest(const std::string& digest) {
  return markup(R"(<code title="sha256 {}">{}</code>)", digest, digest.substr(0, kShortDigest));
}

}  // namespace assay::report::html
