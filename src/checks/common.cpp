// SPDX-License-Identifier: Apache-2.0
#include "checks/common.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "checks/sample.h"

namespace assay::checks {

fs::path resolve(const CheckInput& input, const std::string& path) { return input.root / path; }

Status add_evidence(const CheckInput& input, Sink& sink, std::string_view check,
                    const std::string& path, std::string_view media_type) {
  constexpr std::uint64_t kKeep = 1 << 20;
  const fs::path file = resolve(input, path);
  const std::uint64_t size = TRY(FileReader::open(file)).size();
  Evidence evidence{
      std::string(check), path, {}, static_cast<double>(size), std::string(media_type)};
  if (size > kKeep) {
    const Digest digest = TRY(sha256_file(file));
    evidence.digest = hex(digest);
    sink.evidence(std::move(evidence), {});
    return Done{};
  }
  const std::string bytes = TRY(read_file(file, kKeep));
  const Digest digest = sha256(as_raw(bytes));
  evidence.digest = hex(digest);
  sink.evidence(std::move(evidence), bytes);
  return Done{};
}

void measure_count(Sink& sink, std::string_view check, std::string_view name, std::uint64_t value,
                   std::string_view unit) {
  sink.measurement({std::string(check),
                    std::string(name),
                    static_cast<double>(value),
                    std::string(unit),
                    {},
                    {},
                    {},
                    "count"});
}

void measure_faults(Sink& sink, std::string_view check, std::string_view name, std::uint64_t value,
                    std::string_view unit, bool all_seen) {
  if (all_seen || value > 0) measure_count(sink, check, name, value, unit);
}

void measure_share(Sink& sink, std::string_view check, std::string_view name, std::uint64_t k,
                   std::uint64_t n, std::uint64_t population) {
  if (n == 0) return;
  const Share share = share_of(k, n);
  sink.measurement({std::string(check), std::string(name), share.percent, "%",
                    static_cast<double>(n), share.low, share.high,
                    population > n ? fmt::format("share of a sample of {} of {}, exact 95 % limits "
                                                 "(as if of many; of so few they are closer)",
                                                 n, population)
                                   : "share, exact 95 % limits"});
}

}  // namespace assay::checks
