// SPDX-License-Identifier: Apache-2.0
#include "model/system.h"

namespace assay {
namespace {

std::vector<std::string> one(const std::string& path) {
  if (path.empty()) return {};
  return {path};
}

template <Worded E>
std::vector<std::string> words(const std::vector<E>& values) {
  std::vector<std::string> out;
  for (const E value : values) out.emplace_back(word(value));
  return out;
}

template <Worded E>
std::vector<std::string> words(E value) {
  return words(std::vector<E>{value});
}

}  // namespace

std::vector<std::string> paths(const System& system, Input input) {
  const Subjects& s = system.subjects;
  switch (input) {
    case Input::none: return {};
    case Input::model_files: return s.model_files;
    case Input::training_data: return s.training_data.paths;
    case Input::ledger: return one(s.training_data.ledger);
    case Input::media_outputs: return s.media_outputs;
    case Input::posts: return one(s.posts);
    case Input::keyword_library: return one(s.keyword_library);
    case Input::generation_bank: return one(s.question_banks.generation);
    case Input::must_refuse_bank: return one(s.question_banks.must_refuse);
    case Input::must_not_refuse_bank: return one(s.question_banks.must_not_refuse);
    case Input::annotators: return one(s.annotation.annotators);
    case Input::annotation_items: return one(s.annotation.items);
    case Input::annotation_batches: return one(s.annotation.batches);
    case Input::annotation_rules: return one(s.annotation.rules);
    case Input::service: return one(s.service);
    case Input::documents: return s.documents;
    case Input::records: return s.records;
    case Input::attestations: return s.attestations;
  }
  return {};
}

std::optional<std::vector<std::string>> field_words(const System& system, std::string_view field) {
  if (field == "kind") return words(system.kind);
  if (field == "modalities") return words(system.modalities);
  if (field == "languages") return system.languages;
  if (field == "audience") return words(system.audience);
  if (field == "sector") return words(system.sector);
  if (field == "stage") return words(system.stage);
  if (field == "base_model") return words(system.base_model.origin);
  if (field == "features") return words(system.features);
  return std::nullopt;
}

}  // namespace assay
