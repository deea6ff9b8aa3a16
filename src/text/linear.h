// SPDX-License-Identifier: Apache-2.0
//
// Linear classifiers over sparse features: one weight vector a class, one against the rest.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "text/ngrams.h"

namespace assay::text {

struct Example {
  Features features;
  std::size_t label = 0;  // of the classes
  double weight = 1;
};

// Inverse document frequency of features, and both halves of a vector (see ngrams) at length one.
class Scale {
 public:
  static Scale learn(const std::vector<Example>& examples, unsigned bits);
  void apply(Features& features) const;

  std::vector<float> idf;  // 0: never seen
};

struct LinearModel {
  std::size_t classes = 0;
  unsigned bits = 0;
  std::vector<float> weights;  // by feature, then class; the last row is the bias

  // A decision value a class.
  std::vector<double> decide(const Features& features) const;
};

// Support vector machines with squared hinge loss by dual coordinate descent (Hsieh et al., ICML
// 2008, algorithm 1); `cost` is C. The same examples give the same model.
LinearModel train_linear(const std::vector<Example>& examples, std::size_t classes, unsigned bits,
                         double cost);

}  // namespace assay::text
