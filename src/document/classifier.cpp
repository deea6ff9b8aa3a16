// SPDX-License-Identifier: Apache-2.0
#include "document/classifier.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <map>
#include <numeric>

#include "base/byte_reader.h"
#include "base/strings.h"

namespace assay::document {
namespace {

constexpr unsigned kBits = 18;
constexpr std::size_t kFolds = 5;
constexpr double kCost = 0.5;            // of the linear classifier
constexpr double kDefinitionWeight = 3;  // of a definition, in texts
// A cue counts as if it had been seen so often before, mostly under the label it was written for.
constexpr double kBelief = 100, kOwn = 0.7;
constexpr double kLinearSay = 4;  // of a decision value against a logarithm of probability
constexpr double kSpread = 8;     // of the sum of cues that counts in full
constexpr int kMostCounted = 2;   // of a cue in one text
constexpr std::string_view kMagic = "assay-model-1\n";

std::vector<double> softmax(std::vector<double> values) {
  const double most = *std::max_element(values.begin(), values.end());
  double sum = 0;
  for (double& value : values) sum += value = std::exp(value - most);
  for (double& value : values) value /= sum;
  return values;
}

std::size_t index_of(const std::vector<Label>& labels, std::string_view id) {
  const auto at =
      std::find_if(labels.begin(), labels.end(), [&](const Label& l) { return l.id == id; });
  return static_cast<std::size_t>(at - labels.begin());
}

// Groups to folds, the largest first, each into the fold that has least.
std::vector<std::size_t> folds_of(const std::vector<TrainingText>& texts) {
  std::map<std::string, std::size_t> sizes;
  for (const TrainingText& text : texts) ++sizes[text.group];
  std::vector<std::pair<std::size_t, std::string>> groups;
  for (const auto& [group, size] : sizes) groups.emplace_back(size, group);
  std::sort(groups.rbegin(), groups.rend());
  std::array<std::size_t, kFolds> load{};
  std::map<std::string, std::size_t> fold;
  for (const auto& [size, group] : groups) {
    const auto least =
        static_cast<std::size_t>(std::min_element(load.begin(), load.end()) - load.begin());
    fold[group] = least;
    load[least] += size;
  }
  std::vector<std::size_t> out;
  for (const TrainingText& text : texts) out.push_back(fold[text.group]);
  return out;
}

template <class T>
void put(std::string& out, T value) {  // little-endian, as the machines this runs on
  std::array<char, sizeof value> bytes;
  std::memcpy(bytes.data(), &value, sizeof value);
  out.append(bytes.data(), bytes.size());
}

Result<float> take_float(ByteReader& in) {
  const auto bits = TRY(in.le<std::uint32_t>());
  float value = 0;
  std::memcpy(&value, &bits, sizeof value);
  if (!std::isfinite(value)) return Error{Code::invalid, "the model holds a number that is none"};
  return value;
}

}  // namespace

Classifier::Classifier(std::vector<Label> labels) : labels_(std::move(labels)) {
  for (std::size_t label = 0; label < labels_.size(); ++label) {
    for (const std::string& cue : labels_[label].cues) {
      cues_.add(cue);
      owners_.push_back(label);
    }
  }
  learn({}, {});
}

Classifier::Counted Classifier::count(std::string_view text) const {
  Counted out;
  std::map<std::size_t, int> seen;
  for (const CueHit& hit : cues_.find(text)) ++seen[hit.cue];
  out.cues.assign(seen.begin(), seen.end());
  out.features = text::ngrams(text, kBits);
  return out;
}

void Classifier::learn(const std::vector<Counted>& counted,
                       const std::vector<std::size_t>& labels) {
  const std::size_t n = labels_.size();
  std::vector<double> prior(n, 1);
  for (const std::size_t label : labels) prior[label] += 1;
  const double all = std::accumulate(prior.begin(), prior.end(), 0.0);
  for (double& share : prior) share /= all;
  say_.assign(owners_.size() * n, 0);
  std::vector<double> times(owners_.size(), 0);
  for (std::size_t i = 0; i < counted.size(); ++i) {
    for (const auto& [cue, _] : counted[i].cues) {
      say_[cue * n + labels[i]] += 1;
      times[cue] += 1;
    }
  }
  for (std::size_t cue = 0; cue < owners_.size(); ++cue) {
    for (std::size_t label = 0; label < n; ++label) {
      const double believed = (label == owners_[cue] ? kOwn : 0) + (1 - kOwn) * prior[label];
      double& say = say_[cue * n + label];
      say = std::log((say + kBelief * believed) / (times[cue] + kBelief) / prior[label]);
    }
  }
}

std::vector<double> Classifier::scores(const Counted& counted) const {
  const std::size_t n = labels_.size();
  std::vector<double> sum(n, 0);
  for (const auto& [cue, times] : counted.cues) {
    const double weight = std::sqrt(std::min(times, kMostCounted));
    for (std::size_t label = 0; label < n; ++label) sum[label] += weight * say_[cue * n + label];
  }
  double most = 0;
  for (const double value : sum) most = std::max(most, std::abs(value));
  for (double& value : sum) value /= 1 + most / kSpread;
  std::vector<double> out = softmax(sum);
  for (double& value : out) value = std::log(value + 1e-9);
  if (linear_.classes == 0) return out;
  text::Features features = counted.features;
  scale_.apply(features);
  const std::vector<double> decided = linear_.decide(features);
  for (std::size_t label = 0; label < n; ++label) out[label] += kLinearSay * decided[label];
  return out;
}

std::vector<double> Classifier::probabilities(std::vector<double> scores) const {
  for (double& score : scores) score *= sharpness_;
  return softmax(std::move(scores));
}

std::vector<Ranked> Classifier::rank(std::string_view text) const {
  const std::vector<double> shares = probabilities(scores(count(text)));
  std::vector<Ranked> out;
  for (std::size_t label = 0; label < shares.size(); ++label) out.push_back({label, shares[label]});
  std::stable_sort(out.begin(), out.end(),
                   [](const Ranked& a, const Ranked& b) { return a.probability > b.probability; });
  return out;
}

namespace {

// The texts whose label is one of ours, counted once.
struct Known {
  std::vector<const TrainingText*> texts;
  std::vector<std::size_t> labels;
};

Result<Known> known(const std::vector<Label>& labels, const std::vector<TrainingText>& texts) {
  Known out;
  for (const TrainingText& text : texts) {
    const std::size_t label = index_of(labels, text.label);
    if (label == labels.size()) continue;
    out.texts.push_back(&text);
    out.labels.push_back(label);
  }
  if (out.texts.empty()) return Error{Code::invalid, "no text has a label of this taxonomy"};
  return out;
}

double loss(const std::vector<std::vector<double>>& scores, const std::vector<std::size_t>& labels,
            double sharpness) {
  double sum = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    std::vector<double> scaled = scores[i];
    for (double& score : scaled) score *= sharpness;
    sum -= std::log(softmax(std::move(scaled))[labels[i]] + 1e-12);
  }
  return sum;
}

double sharpest(const std::vector<std::vector<double>>& scores,
                const std::vector<std::size_t>& labels) {
  double best = 1, least = loss(scores, labels, 1);
  for (double sharpness = 0.1; sharpness < 4; sharpness *= 1.1) {
    const double now = loss(scores, labels, sharpness);
    if (now < least) {
      least = now;
      best = sharpness;
    }
  }
  return best;
}

}  // namespace

// One classifier over some of the texts; the work that training and evaluation share.
struct Trainer {
  const std::vector<Label>& labels;
  Known texts;
  std::vector<Classifier::Counted> counted, definitions;

  static Result<Trainer> make(const std::vector<Label>& labels,
                              const std::vector<TrainingText>& texts) {
    Trainer out{labels, TRY(known(labels, texts)), {}, {}};
    const Classifier plain(labels);
    for (const TrainingText* text : out.texts.texts) out.counted.push_back(plain.count(text->text));
    for (const Label& label : labels) out.definitions.push_back(plain.count(label.definition));
    return out;
  }

  Classifier on(const std::function<bool(std::size_t)>& use) const {
    Classifier out(labels);
    std::vector<Classifier::Counted> chosen;
    std::vector<std::size_t> of;
    std::vector<text::Example> examples;
    for (std::size_t i = 0; i < counted.size(); ++i) {
      if (!use(i)) continue;
      chosen.push_back(counted[i]);
      of.push_back(texts.labels[i]);
      examples.push_back({counted[i].features, texts.labels[i], 1});
    }
    for (std::size_t label = 0; label < labels.size(); ++label)
      examples.push_back({definitions[label].features, label, kDefinitionWeight});
    out.learn(chosen, of);
    out.scale_ = text::Scale::learn(examples, kBits);
    for (text::Example& example : examples) out.scale_.apply(example.features);
    out.linear_ = text::train_linear(examples, labels.size(), kBits, kCost);
    return out;
  }

  // The fold of each text, and its scores by a classifier that has not seen its group.
  struct HeldOut {
    std::vector<std::size_t> fold;
    std::vector<std::vector<double>> scores;

    // Learned from the texts of all folds but one; of all where `but` is none.
    double sharpness(const std::vector<std::size_t>& wanted, std::size_t but) const {
      std::vector<std::vector<double>> some;
      std::vector<std::size_t> of;
      for (std::size_t i = 0; i < scores.size(); ++i) {
        if (fold[i] == but) continue;
        some.push_back(scores[i]);
        of.push_back(wanted[i]);
      }
      return sharpest(some, of);
    }
  };
  HeldOut held_out() const {
    std::vector<TrainingText> groups;
    for (const TrainingText* text : texts.texts) groups.push_back({{}, {}, text->group});
    HeldOut out{folds_of(groups), std::vector<std::vector<double>>(counted.size())};
    for (std::size_t k = 0; k < kFolds; ++k) {
      const Classifier classifier = on([&](std::size_t i) { return out.fold[i] != k; });
      for (std::size_t i = 0; i < counted.size(); ++i)
        if (out.fold[i] == k) out.scores[i] = classifier.scores(counted[i]);
    }
    return out;
  }
};

Result<Classifier> Classifier::train(std::vector<Label> labels,
                                     const std::vector<TrainingText>& texts) {
  const Trainer trainer = TRY(Trainer::make(labels, texts));
  Classifier out = trainer.on([](std::size_t) { return true; });
  out.sharpness_ = trainer.held_out().sharpness(trainer.texts.labels, kFolds);
  return out;
}

Result<Figures> Classifier::evaluate(const std::vector<Label>& labels,
                                     const std::vector<TrainingText>& texts) {
  const Trainer trainer = TRY(Trainer::make(labels, texts));
  const Trainer::HeldOut held_out = trainer.held_out();
  const std::vector<std::size_t>& truth = trainer.texts.labels;
  std::array<double, kFolds> sharpness{};
  for (std::size_t k = 0; k < kFolds; ++k) sharpness[k] = held_out.sharpness(truth, k);
  Figures out;
  out.texts = truth.size();
  std::map<std::string, int> groups;
  for (const TrainingText* text : trainer.texts.texts) ++groups[text->group];
  out.groups = groups.size();
  out.labels.resize(labels.size());
  std::vector<std::size_t> said(labels.size()), right(labels.size());
  struct Bin {
    double confidence = 0, right = 0, n = 0;
  };
  std::array<Bin, 10> bins;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    std::vector<double> scaled = held_out.scores[i];
    for (double& score : scaled) score *= sharpness[held_out.fold[i]];
    const std::vector<double> shares = softmax(scaled);
    const auto best =
        static_cast<std::size_t>(std::max_element(shares.begin(), shares.end()) - shares.begin());
    const auto better =
        std::count_if(shares.begin(), shares.end(), [&](double s) { return s > shares[truth[i]]; });
    out.top3 += better < 3;
    out.accuracy += best == truth[i];
    ++out.labels[truth[i]].texts;
    ++said[best];
    right[best] += best == truth[i];
    Bin& bin = bins[std::min<std::size_t>(9, static_cast<std::size_t>(shares[best] * 10))];
    bin.confidence += shares[best];
    bin.right += best == truth[i];
    ++bin.n;
  }
  const auto all = static_cast<double>(truth.size());
  out.accuracy /= all;
  out.top3 /= all;
  for (const Bin& bin : bins) out.calibration_error += std::abs(bin.confidence - bin.right) / all;
  std::size_t present = 0;
  for (std::size_t label = 0; label < labels.size(); ++label) {
    Figures::OfLabel& of = out.labels[label];
    if (said[label] > 0)
      of.precision = static_cast<double>(right[label]) / static_cast<double>(said[label]);
    if (of.texts == 0) continue;
    ++present;
    of.recall = static_cast<double>(right[label]) / static_cast<double>(of.texts);
    if (of.precision + of.recall > 0)
      of.f1 = 2 * of.precision * of.recall / (of.precision + of.recall);
    out.macro_f1 += of.f1;
  }
  out.macro_f1 /= static_cast<double>(present);
  return out;
}

// --- the model as bytes: magic, fingerprint, sharpness, says of cues, rows of weights in 8 bits

std::uint64_t Classifier::fingerprint() const {  // FNV-1a over labels and cues
  std::uint64_t value = 14695981039346656037ULL;
  const auto take = [&](std::string_view text) {
    for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    value = (value ^ 0x1F) * 1099511628211ULL;
  };
  for (const Label& label : labels_) {
    take(label.id);
    for (const std::string& cue : label.cues) take(cue);
  }
  return value;
}

std::string Classifier::write_model() const {
  std::string out(kMagic);
  put(out, fingerprint());
  put(out, static_cast<float>(sharpness_));
  for (const double say : say_) put(out, static_cast<float>(say));
  const std::size_t n = labels_.size();
  std::uint32_t rows = 0;
  std::string body;
  for (std::size_t index = 0; index <= scale_.idf.size(); ++index) {
    const float* row = &linear_.weights[index * n];
    float most = 0;
    for (std::size_t label = 0; label < n; ++label) most = std::max(most, std::abs(row[label]));
    const float idf = index < scale_.idf.size() ? scale_.idf[index] : 0.0F;
    if (most == 0 && idf == 0) continue;
    ++rows;
    put(body, static_cast<std::uint32_t>(index));
    put(body, idf);
    put(body, most);
    const float step = most == 0 ? 1 : most / 127;
    for (std::size_t label = 0; label < n; ++label)
      body += static_cast<char>(static_cast<std::int8_t>(std::lround(row[label] / step)));
  }
  put(out, rows);
  return out + body;
}

Status Classifier::read_model(std::string_view bytes) {
  const Error other{Code::invalid, "the model was trained for other labels or cues", 0, "",
                    "train it again: assay document train"};
  if (!bytes.starts_with(kMagic))
    return Error{Code::invalid, "not a model of assay document train"};
  ByteReader in(as_raw(bytes.substr(kMagic.size())));
  if (TRY(in.le<std::uint64_t>()) != fingerprint()) return other;
  sharpness_ = TRY(take_float(in));
  for (double& say : say_) say = TRY(take_float(in));
  const std::size_t n = labels_.size(), size = std::size_t{1} << kBits;
  linear_ = {n, kBits, std::vector<float>((size + 1) * n)};
  scale_.idf.assign(size, 0);
  const auto rows = TRY(in.le<std::uint32_t>());
  for (std::uint32_t row = 0; row < rows; ++row) {
    const std::size_t index = TRY(in.le<std::uint32_t>());
    if (index > size) return Error{Code::invalid, "the model holds a feature that is none"};
    const float idf = TRY(take_float(in));
    if (index < size) scale_.idf[index] = idf;
    const float most = TRY(take_float(in));
    for (std::size_t label = 0; label < n; ++label)
      linear_.weights[index * n + label] =
          most * static_cast<float>(static_cast<std::int8_t>(TRY(in.le<std::uint8_t>()))) / 127;
  }
  return Done{};
}

}  // namespace assay::document
