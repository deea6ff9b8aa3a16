// SPDX-License-Identifier: Apache-2.0
#include "text/linear.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace assay::text {
namespace {

constexpr int kMostPasses = 200;
constexpr double kClose = 1e-3;  // of the projected gradient

class Separator {
 public:
  Separator(const std::vector<Example>& examples, std::size_t label, std::size_t size, double cost)
      : examples_(examples), label_(label), weights_(size + 1), alpha_(examples.size()) {
    for (const Example& example : examples) {
      double square = 1;  // of the bias
      for (const Feature& f : example.features) square += double{f.value} * f.value;
      // The diagonal of the squared hinge loss.
      diagonal_.push_back(0.5 / (cost * example.weight));
      lengths_.push_back(square + diagonal_.back());
    }
  }

  const std::vector<double>& operator()() {
    std::vector<std::size_t> order(examples_.size());
    std::iota(order.begin(), order.end(), 0);
    std::mt19937 random(1);
    for (int pass = 0; pass < kMostPasses; ++pass) {
      std::shuffle(order.begin(), order.end(), random);
      double most = 0;
      for (const std::size_t i : order) most = std::max(most, improve(i));
      if (most < kClose) break;
    }
    return weights_;
  }

 private:
  double improve(std::size_t i) {
    const double sign = examples_[i].label == label_ ? 1 : -1;
    double value = weights_.back();
    for (const Feature& f : examples_[i].features) value += weights_[f.index] * f.value;
    const double gradient = sign * value - 1 + diagonal_[i] * alpha_[i];
    const double projected = alpha_[i] == 0 ? std::min(gradient, 0.0) : gradient;
    if (std::abs(projected) < 1e-12) return 0;
    const double before = alpha_[i];
    alpha_[i] = std::max(0.0, before - gradient / lengths_[i]);
    const double step = (alpha_[i] - before) * sign;
    weights_.back() += step;
    for (const Feature& f : examples_[i].features) weights_[f.index] += step * f.value;
    return std::abs(projected);
  }

  const std::vector<Example>& examples_;
  std::size_t label_;
  std::vector<double> weights_, alpha_, diagonal_, lengths_;
};

}  // namespace

Scale Scale::learn(const std::vector<Example>& examples, unsigned bits) {
  Scale out;
  std::vector<float> in(std::size_t{1} << bits);
  for (const Example& example : examples)
    for (const Feature& f : example.features) in[f.index] += 1;
  const auto all = static_cast<float>(examples.size());
  out.idf.resize(in.size());
  for (std::size_t i = 0; i < in.size(); ++i)
    if (in[i] > 0) out.idf[i] = 1 + std::log((1 + all) / (1 + in[i]));
  return out;
}

void Scale::apply(Features& features) const {
  std::erase_if(features, [&](const Feature& f) { return idf[f.index] == 0; });
  double squares[2] = {0, 0};
  for (Feature& f : features) {
    f.value *= idf[f.index];
    squares[f.index >= idf.size() / 2] += double{f.value} * f.value;
  }
  for (Feature& f : features)
    f.value = static_cast<float>(f.value / std::sqrt(squares[f.index >= idf.size() / 2]));
}

std::vector<double> LinearModel::decide(const Features& features) const {
  std::vector<double> out(weights.end() - static_cast<std::ptrdiff_t>(classes), weights.end());
  for (const Feature& f : features)
    for (std::size_t c = 0; c < classes; ++c)
      out[c] += double{weights[f.index * classes + c]} * f.value;
  return out;
}

LinearModel train_linear(const std::vector<Example>& examples, std::size_t classes, unsigned bits,
                         double cost) {
  const std::size_t size = std::size_t{1} << bits;
  LinearModel model{classes, bits, std::vector<float>((size + 1) * classes)};
  for (std::size_t c = 0; c < classes; ++c) {
    Separator separator(examples, c, size, cost);
    const std::vector<double>& weights = separator();
    for (std::size_t i = 0; i <= size; ++i)
      model.weights[i * classes + c] = static_cast<float>(weights[i]);
  }
  return model;
}

}  // namespace assay::text
