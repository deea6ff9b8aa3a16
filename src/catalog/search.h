// SPDX-License-Identifier: Apache-2.0
//
// Ranked search in Chinese and English. Words for letters, pairs of characters for CJK; BM25 over
// weighted fields (Robertson and Zaragoza 2009), and a number written any way finds its document.
#pragma once

#include "catalog/documents.h"

namespace assay::catalog {

enum class HitKind : std::uint8_t { document, clause, item };

struct SearchHit {
  HitKind kind{};
  std::string id = {};  // document id, "<standard>/<code>", "<framework>:<item>"
  const Standard* standard = nullptr;
  const Clause* clause = nullptr;
  const Framework* framework = nullptr;
  const Item* item = nullptr;
  double score = 0;
};

// The best `most` hits, best first; equal scores in order of id.
std::vector<SearchHit> search(const Content& content, std::string_view query, std::size_t most);

// The terms of a text: lower case, narrow, simple plurals cut; CJK in pairs.
std::vector<std::string> terms(std::string_view text);

}  // namespace assay::catalog
