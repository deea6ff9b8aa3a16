// SPDX-License-Identifier: Apache-2.0
//
// What an assessment yields: measurements, findings, evidence, attestations and verdicts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/flaw.h"
#include "model/content.h"
#include "model/text.h"

namespace assay {

// What we conclude about a clause. The zero value is the absence of an answer, so that a forgotten
// verdict can never read as satisfied.
enum class Verdict : std::uint8_t {
  could_not_run,
  needs_person,
  not_applicable,
  not_satisfied,
  satisfied,
};

template <>
struct Words<Verdict> {
  static constexpr std::array<Word<Verdict>, 5> table = {{
      {Verdict::could_not_run, "could-not-run", {"未能执行", "could not run"}},
      {Verdict::needs_person, "needs-person", {"待人工", "needs a person"}},
      {Verdict::not_applicable, "not-applicable", {"不适用", "not applicable"}},
      {Verdict::not_satisfied, "not-satisfied", {"不符合", "not satisfied"}},
      {Verdict::satisfied, "satisfied", {"符合", "satisfied"}},
  }};
};

template <>
struct Words<Severity> {
  static constexpr std::array<Word<Severity>, 5> table = {{
      {Severity::info, "info", {"提示", "info"}},
      {Severity::low, "low", {"低", "low"}},
      {Severity::medium, "medium", {"中", "medium"}},
      {Severity::high, "high", {"高", "high"}},
      {Severity::critical, "critical", {"严重", "critical"}},
  }};
};

// A number a check measured. A rate is in percent, with its n and exact 95 % limits (Clopper and
// Pearson 1934); a count has neither.
struct Measurement {
  std::string check;
  std::string name;  // as content's controls name it: "min_per_risk_a1"
  double value = 0;
  std::string unit;
  std::optional<double> n;
  std::optional<double> low;
  std::optional<double> high;
  std::string method;
};

// Something a person should look at. `id` is stable ("keyword-duplicate"), `where` a path with
// line, byte offset or chunk, `measurement` the one it is about (empty: the subject as a whole).
struct Finding {
  std::string check;
  std::string id;
  Severity severity{};
  std::string where;
  Text message;
  Text mend;
  std::string measurement = {};
  std::string evidence = {};  // the digest of the picture that shows it
};

// Findings of one check with one id, about one measurement.
struct FindingGroup {
  std::string check;
  std::string id;
  std::string measurement;
  std::uint64_t count = 0;
};

// The media type of a list that a check wrote itself: it is evidence, but no file.
inline constexpr std::string_view kListingType = "text/tab-separated-values";

// Bytes that were looked at: the file itself when it is small, else its digest alone.
struct Evidence {
  std::string check;
  std::string name;    // path below the description's folder, or what a list is about
  std::string digest;  // SHA-256, hexadecimal
  double bytes = 0;
  std::string media_type;
  bool drawn = false;  // a picture that the check made, and no file
};

// A person's word on a control or clause, with the evidence checked by the attestation check. A
// refused one counts for nothing; it is kept so that its clause can say why.
struct Attested {
  std::string target;  // control id or clause id
  bool satisfied = false;
  std::string signer;
  std::string role;
  Date date;
  Date valid_until;
  Text statement;
  std::vector<Evidence> evidence;
  Text refused = {};  // why it is; empty where it is accepted
};

// How one check ended. A check that did not finish has an error and gives no measurement.
struct CheckEnd {
  std::string check;
  bool finished = false;
  std::string error;  // infrastructure: what kept it from an answer
  std::string where;
  std::string mend;
  double findings = 0;  // how many it reported
};

// A measurement held against its limit, ready for people.
struct Judged {
  Measurement measurement;
  std::string threshold;      // "≥ 10000", "" where the clause states none
  std::optional<bool> holds;  // unknown where the clause gives nothing to hold it against
};

struct ClauseResult {
  std::string clause;
  std::string standard;
  Verdict verdict{};
  bool verified = false;  // false: verified(clause) is; left out of the totals
  Force force{};          // should: not satisfied is a recommendation not met
  Text reason;
  std::vector<std::string> checks;
  std::vector<std::string> missing;  // inputs the description does not give
  std::vector<Judged> measurements;
  std::vector<std::string> attested;  // "signer, date, valid until"
  std::vector<std::string> evidence;  // digests
  double findings = 0;
};

// What identifies a run: the same header and inputs give the same report.
struct RunHeader {
  std::string run;  // UUIDv5 of system, content, inputs, seed and as_of
  std::string system;
  std::string description;  // the description as read (JSON)
  std::string system_digest;
  std::string content_version;
  std::string content_digest;
  std::string engine_version;
  Date as_of;
  std::string seed;
};

template <class V, Is<Measurement> T>
void describe(V& v, T& t) {
  v.required("check", t.check);
  v.required("name", t.name);
  v.required("value", t.value);
  v.optional("unit", t.unit);
  v.optional("n", t.n);
  v.optional("low", t.low);
  v.optional("high", t.high);
  v.optional("method", t.method);
}

template <class V, Is<Finding> T>
void describe(V& v, T& t) {
  v.required("check", t.check);
  v.required("id", t.id);
  v.required("severity", t.severity);
  v.optional("where", t.where);
  v.required("message", t.message);
  v.optional("mend", t.mend);
  v.optional("measurement", t.measurement);
  v.optional("evidence", t.evidence);
}

template <class V, Is<Evidence> T>
void describe(V& v, T& t) {
  v.required("check", t.check);
  v.required("name", t.name);
  v.required("digest", t.digest);
  v.required("bytes", t.bytes);
  v.optional("media_type", t.media_type);
  v.optional("drawn", t.drawn);
}

template <class V, Is<Attested> T>
void describe(V& v, T& t) {
  v.required("target", t.target);
  v.required("satisfied", t.satisfied);
  v.required("signer", t.signer);
  v.optional("role", t.role);
  v.required("date", t.date);
  v.required("valid_until", t.valid_until);
  v.optional("statement", t.statement);
  v.optional("evidence", t.evidence);
  v.optional("refused", t.refused);
}

template <class V, Is<CheckEnd> T>
void describe(V& v, T& t) {
  v.required("check", t.check);
  v.required("finished", t.finished);
  v.optional("error", t.error);
  v.optional("where", t.where);
  v.optional("mend", t.mend);
  v.optional("findings", t.findings);
}

template <class V, Is<Judged> T>
void describe(V& v, T& t) {
  v.required("measurement", t.measurement);
  v.optional("threshold", t.threshold);
  v.optional("holds", t.holds);
}

template <class V, Is<ClauseResult> T>
void describe(V& v, T& t) {
  v.required("clause", t.clause);
  v.required("standard", t.standard);
  v.required("verdict", t.verdict);
  v.required("verified", t.verified);
  v.optional("force", t.force);
  v.required("reason", t.reason);
  v.optional("checks", t.checks);
  v.optional("missing", t.missing);
  v.optional("measurements", t.measurements);
  v.optional("attested", t.attested);
  v.optional("evidence", t.evidence);
  v.optional("findings", t.findings);
}

template <class V, Is<RunHeader> T>
void describe(V& v, T& t) {
  v.required("run", t.run);
  v.required("system", t.system);
  v.optional("description", t.description);
  v.required("system_digest", t.system_digest);
  v.required("content_version", t.content_version);
  v.required("content_digest", t.content_digest);
  v.required("engine_version", t.engine_version);
  v.required("as_of", t.as_of);
  v.required("seed", t.seed);
}

}  // namespace assay
