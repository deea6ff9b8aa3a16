// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string_view>

#include "base/result.h"
#include "model/content.h"
#include "model/result_types.h"
#include "model/system.h"

namespace assay {

// What a check is given. Everything outlives the call.
struct CheckInput {
  const System& system;
  std::filesystem::path root;  // folder of system.yaml; paths of the description are relative to it
  const Content& content;
  Date as_of;
  std::uint64_t seed = 0;
  // The run was interrupted, or the check is over its budget: return Code::interrupted soon.
  std::stop_token stop;
};

// Where a check puts what it finds, as soon as it has it. Calls come from one thread.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void measurement(Measurement measurement) = 0;
  virtual void finding(Finding finding) = 0;
  // `bytes` are kept when given, else the digest alone.
  virtual void evidence(Evidence evidence, std::string_view bytes) = 0;
  virtual void attested(Attested attested) = 0;
  // `total` 0: not known yet.
  virtual void progress(std::uint64_t done, std::uint64_t total) = 0;
};

// A number that a check can measure, and the input it is measured on.
struct CheckMeasurement {
  std::string_view name;
  Input input;
  StaticText title = {};  // for people
};

// Code that measures something on the real thing. It knows neither controls nor clauses. An Error
// means it could not look (infrastructure or a subject that cannot be read), never a bad subject.
// For the same inputs it reports the same things in the same order.
struct Check {
  std::string_view id;
  StaticText title;
  int version;
  std::span<const CheckMeasurement> measurements;
  Status (*run)(const CheckInput& input, Sink& sink);
  std::chrono::milliseconds budget = std::chrono::minutes(30);  // wall time
};

}  // namespace assay
