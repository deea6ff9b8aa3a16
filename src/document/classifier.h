// SPDX-License-Identifier: Apache-2.0
//
// Which label of a taxonomy a passage speaks of. Two judges: cues, whose say for each label is
// learned from texts but held near the label they were written for, and a linear classifier over
// words and pieces of words. Without texts the cues judge alone.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "document/cues.h"
#include "text/linear.h"

namespace assay::document {

struct Label {
  std::string id;
  std::string definition;  // title and description; one more text to learn from
  std::vector<std::string> cues;
};

struct TrainingText {
  std::string text;
  std::string label;
  std::string group;  // the source document, which is never split between training and test
};

struct Ranked {
  std::size_t label = 0;
  double probability = 0;
};

// How well labels are told for texts of sources that were not learned from.
struct Figures {
  std::size_t texts = 0, groups = 0;
  double accuracy = 0, macro_f1 = 0, top3 = 0;
  double calibration_error = 0;  // expected, over ten bins of confidence
  struct OfLabel {
    std::size_t texts = 0;
    double precision = 0, recall = 0, f1 = 0;
  };
  std::vector<OfLabel> labels;
};

class Classifier {
 public:
  // Only cues.
  explicit Classifier(std::vector<Label> labels);

  // Learns from `texts`; those of other labels are passed over. Probabilities are calibrated by
  // folds over groups.
  static Result<Classifier> train(std::vector<Label> labels,
                                  const std::vector<TrainingText>& texts);

  // Five folds over groups.
  static Result<Figures> evaluate(const std::vector<Label>& labels,
                                  const std::vector<TrainingText>& texts);

  const std::vector<Label>& labels() const { return labels_; }
  std::vector<Ranked> rank(std::string_view text) const;  // every label, the likeliest first
  const Cues& cues() const { return cues_; }
  std::size_t owner(std::size_t cue) const { return owners_[cue]; }

  // The model as bytes; read_model refuses one that was trained with other labels or cues.
  std::string write_model() const;
  Status read_model(std::string_view bytes);

 private:
  friend struct Trainer;
  struct Counted {
    std::vector<std::pair<std::size_t, int>> cues;  // and how often
    text::Features features;
  };
  Counted count(std::string_view text) const;
  void learn(const std::vector<Counted>& counted, const std::vector<std::size_t>& labels);
  std::vector<double> scores(const Counted& counted) const;
  std::vector<double> probabilities(std::vector<double> scores) const;
  std::uint64_t fingerprint() const;

  std::vector<Label> labels_;
  Cues cues_;
  std::vector<std::size_t> owners_;  // the label of a cue
  std::vector<double> say_;          // of a cue for each label
  text::Scale scale_;
  text::LinearModel linear_;  // no classes: not trained
  double sharpness_ = 1;
};

}  // namespace assay::document
