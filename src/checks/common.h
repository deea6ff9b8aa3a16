// SPDX-License-Identifier: Apache-2.0
//
// What several checks say in the same words.
#pragma once

#include <cstdint>
#include <string>

#include "base/files.h"
#include "engine/check.h"

namespace assay::checks {

// The file or folder that the description names, below the folder of system.yaml when relative.
fs::path resolve(const CheckInput& input, const std::string& path);

// Reports the file at `path` (as the description gives it) as evidence: whole up to 1 MiB, by its
// digest above.
Status add_evidence(const CheckInput& input, Sink& sink, std::string_view check,
                    const std::string& path, std::string_view media_type);

// A count, or a rate in percent with its exact limits. `k` of `n`; n of 0 gives no measurement.
void measure_count(Sink& sink, std::string_view check, std::string_view name, std::uint64_t value,
                   std::string_view unit);
// A count of faults, where all was seen or some were found: else 0 would say what nobody knows.
void measure_faults(Sink& sink, std::string_view check, std::string_view name, std::uint64_t value,
                    std::string_view unit, bool all_seen);
// `population`: that the n were drawn from, where they were.
void measure_share(Sink& sink, std::string_view check, std::string_view name, std::uint64_t k,
                   std::uint64_t n, std::uint64_t population = 0);

}  // namespace assay::checks
