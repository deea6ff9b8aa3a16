// SPDX-License-Identifier: Apache-2.0
//
// Passages of documents by likeness to a query: Okapi BM25 (Robertson and Zaragoza 2009) over words
// of Latin letters and pairs of Chinese characters.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "document/document.h"

namespace assay::document {

// What texts are compared by, and how often each stands in the text: words in small letters, cut to
// their first letters ("discriminates" is "discrim"), and pairs of Chinese characters.
std::map<std::string, int> terms_of(std::string_view text);

class SearchIndex {
 public:
  void add(std::string_view text);  // passages are numbered from 0 in this order

  struct Found {
    std::size_t passage = 0;
    double score = 0;  // above 0; comparable within one index only
  };
  // The best `most`, the likest first; equal ones in the order they were added.
  std::vector<Found> find(std::string_view query, std::size_t most) const;

 private:
  struct Posting {
    std::size_t passage = 0;
    int times = 0;
  };
  std::unordered_map<std::string, std::vector<Posting>> terms_;
  std::vector<double> lengths_;  // in terms
  double total_ = 0;
};

}  // namespace assay::document
