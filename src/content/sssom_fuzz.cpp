// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "base/byte_reader.h"
#include "content/source.h"

// A cross-walk in any bytes: rows or faults, never both absent, and every fault has its words.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = assay::as_text(std::as_bytes(std::span(data, size)));
  const auto loaded = assay::content::load_file("crosswalks/x.sssom.tsv", text, {});
  for (const assay::Fault& fault : loaded.faults)
    if (assay::fault_message(fault).en.empty()) std::abort();
  if (loaded.faults.empty() && loaded.content.mappings.size() != 1) std::abort();
  return 0;
}
