// SPDX-License-Identifier: Apache-2.0
#include "label/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "label/flaws.h"

namespace assay::label {
namespace {

constexpr std::size_t kWindow = 4096;

bool is_unread(const Flaw& flaw) { return flaw.id.ends_with("-unread"); }

Verdict verdict_of(const Checked& checked) {
  const auto& flaws = checked.flaws;
  if (checked.judgement.labels.empty())
    return std::any_of(flaws.begin(), flaws.end(), is_unread) ? Verdict::undecided : Verdict::none;
  const bool faulty = std::any_of(flaws.begin(), flaws.end(), [](const Flaw& flaw) {
    return flaw.severity >= Severity::medium;
  });
  return faulty ? Verdict::noncompliant : Verdict::compliant;
}

// What the error says of the file; an Error where it says nothing of it.
Result<Flaw> flaw_of(const Error& error) {
  switch (error.code) {
    case Code::unsupported: return make_unread_flaw(FlawKind::format_not_read, "", error.what);
    case Code::invalid:
    case Code::limit:
      return make_unread_flaw(FlawKind::file_broken, fmt::format("byte {}", error.offset),
                              error.what);
    default: return error;
  }
}

}  // namespace

std::string_view word(Verdict verdict) {
  constexpr std::array<std::string_view, 4> kWords = {"compliant", "noncompliant", "none",
                                                      "undecided"};
  return kWords[static_cast<std::size_t>(verdict)];
}

std::string_view word(Platform verdict) {
  constexpr std::array<std::string_view, 4> kWords = {"none", "suspected", "possible", "confirmed"};
  return kWords[static_cast<std::size_t>(verdict)];
}

Result<Checked> check(ByteSource& in, const std::filesystem::path& name, Writer writer,
                      const Traces& traces) {
  Checked out;
  Result<Reading> reading = read(in, name);
  if (!reading.ok()) {
    out.flaws.push_back(TRY(flaw_of(reading.error())));
    out.verdict = Verdict::undecided;
    out.platform = platform_verdict(out.reading, out.judgement, traces);
    return out;
  }
  out.reading = std::move(*reading);
  out.format = out.reading.format->name;
  out.judgement = judge(out.reading, writer);
  out.platform = platform_verdict(out.reading, out.judgement, traces);
  out.flaws = std::move(out.judgement.flaws);
  out.verdict = verdict_of(out);
  return out;
}

Checked unread(const Error& why, const Traces& traces) {
  Checked out;
  out.verdict = Verdict::undecided;
  out.flaws.push_back(make_unread_flaw(FlawKind::file_unread, "", why.what));
  out.platform = platform_verdict(out.reading, out.judgement, traces);
  return out;
}

Result<Checked> check_file(const std::filesystem::path& path, Writer writer, const Traces& traces) {
  FileSource in(TRY(FileReader::open(path)), kWindow);
  return check(in, path, writer, traces);
}

}  // namespace assay::label
