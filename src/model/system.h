// SPDX-License-Identifier: Apache-2.0
//
// The description of a system under assessment: what `system.yaml` holds.
#pragma once

#include <string>
#include <vector>

#include "model/text.h"

namespace assay {

enum class SystemKind : std::uint8_t {
  unstated,
  generative_service,
  discriminative_model,
  agent,
  platform,
  embedded_product,
};
enum class Modality : std::uint8_t { unstated, text, image, audio, video, virtual_scene };
enum class Audience : std::uint8_t { unstated, public_, minors, business, internal };
enum class Sector : std::uint8_t {
  unstated,
  general,
  government,
  finance,
  health,
  education,
  transport,
  industry,
  media,
  telecommunications,
  other,
};
enum class Stage : std::uint8_t {
  unstated,
  design,
  development,
  testing,
  deployment,
  operation,
  decommissioning,
};
enum class Origin : std::uint8_t { unstated, own, third_party, open_source };
enum class Feature : std::uint8_t {
  unstated,
  training,
  annotation,
  user_input_training,
  synthetic_data,
  open_source_data,
  self_collected_data,
  bought_data,
  personal_data,
  on_device,
  api,
  unlabelled_on_request,
  all_in_one_machine,
  app_store,
  critical_infrastructure,
  state_body,
};

template <>
struct Words<SystemKind> {
  static constexpr std::array<Word<SystemKind>, 6> table = {{
      {SystemKind::unstated, "unstated", {"未说明", "unstated"}},
      {SystemKind::generative_service,
       "generative-service",
       {"生成式人工智能服务", "generative service"}},
      {SystemKind::discriminative_model,
       "discriminative-model",
       {"判别式模型", "discriminative model"}},
      {SystemKind::agent, "agent", {"智能体", "agent"}},
      {SystemKind::platform, "platform", {"内容传播平台", "content platform"}},
      {SystemKind::embedded_product, "embedded-product", {"嵌入式产品", "embedded product"}},
  }};
};
template <>
struct Words<Modality> {
  static constexpr std::array<Word<Modality>, 6> table = {{
      {Modality::unstated, "unstated", {"未说明", "unstated"}},
      {Modality::text, "text", {"文本", "text"}},
      {Modality::image, "image", {"图片", "image"}},
      {Modality::audio, "audio", {"音频", "audio"}},
      {Modality::video, "video", {"视频", "video"}},
      {Modality::virtual_scene, "virtual-scene", {"虚拟场景", "virtual scene"}},
  }};
};
template <>
struct Words<Audience> {
  static constexpr std::array<Word<Audience>, 5> table = {{
      {Audience::unstated, "unstated", {"未说明", "unstated"}},
      {Audience::public_, "public", {"公众", "public"}},
      {Audience::minors, "minors", {"未成年人", "minors"}},
      {Audience::business, "business", {"企业用户", "business"}},
      {Audience::internal, "internal", {"内部用户", "internal"}},
  }};
};
template <>
struct Words<Sector> {
  static constexpr std::array<Word<Sector>, 11> table = {{
      {Sector::unstated, "unstated", {"未说明", "unstated"}},
      {Sector::general, "general", {"通用", "general"}},
      {Sector::government, "government", {"政务", "government"}},
      {Sector::finance, "finance", {"金融", "finance"}},
      {Sector::health, "health", {"医疗", "health"}},
      {Sector::education, "education", {"教育", "education"}},
      {Sector::transport, "transport", {"交通", "transport"}},
      {Sector::industry, "industry", {"工业", "industry"}},
      {Sector::media, "media", {"传媒", "media"}},
      {Sector::telecommunications, "telecommunications", {"通信", "telecommunications"}},
      {Sector::other, "other", {"其他", "other"}},
  }};
};
template <>
struct Words<Stage> {
  static constexpr std::array<Word<Stage>, 7> table = {{
      {Stage::unstated, "unstated", {"未说明", "unstated"}},
      {Stage::design, "design", {"设计", "design"}},
      {Stage::development, "development", {"开发", "development"}},
      {Stage::testing, "testing", {"测试", "testing"}},
      {Stage::deployment, "deployment", {"部署", "deployment"}},
      {Stage::operation, "operation", {"运行", "operation"}},
      {Stage::decommissioning, "decommissioning", {"退役", "decommissioning"}},
  }};
};
template <>
struct Words<Origin> {
  static constexpr std::array<Word<Origin>, 4> table = {{
      {Origin::unstated, "unstated", {"未说明", "unstated"}},
      {Origin::own, "own", {"自研", "own"}},
      {Origin::third_party, "third-party", {"第三方", "third party"}},
      {Origin::open_source, "open-source", {"开源", "open source"}},
  }};
};
template <>
struct Words<Feature> {
  static constexpr std::array<Word<Feature>, 16> table = {{
      {Feature::unstated, "unstated", {"未说明", "unstated"}},
      {Feature::training, "training", {"自行训练或优化训练模型", "trains or fine-tunes a model"}},
      {Feature::annotation, "annotation", {"开展数据标注", "annotates data"}},
      {Feature::user_input_training,
       "user-input-training",
       {"用户输入用于训练", "trains on user input"}},
      {Feature::synthetic_data, "synthetic-data", {"使用合成数据", "uses AI-generated data"}},
      {Feature::open_source_data, "open-source-data", {"使用开源数据", "uses open-source data"}},
      {Feature::self_collected_data,
       "self-collected-data",
       {"使用自采数据", "uses self-collected data"}},
      {Feature::bought_data, "bought-data", {"使用商业数据", "uses bought data"}},
      {Feature::personal_data, "personal-data", {"处理个人信息", "uses personal data"}},
      {Feature::on_device, "on-device", {"端侧部署", "runs on the device"}},
      {Feature::api, "api", {"提供接口服务", "offers an API"}},
      {Feature::unlabelled_on_request,
       "unlabelled-on-request",
       {"应请求提供无显式标识内容", "gives unlabelled content on request"}},
      {Feature::all_in_one_machine, "all-in-one-machine", {"大模型一体机", "all-in-one machine"}},
      {Feature::app_store, "app-store", {"应用分发平台", "app store"}},
      {Feature::critical_infrastructure,
       "critical-infrastructure",
       {"关键信息基础设施", "critical infrastructure"}},
      {Feature::state_body, "state-body", {"党政机关", "state body"}},
  }};
};

struct Provider {
  Text name;
  std::string credit_code;  // 18 characters, GB 32100
};

struct BaseModel {
  Origin origin{};
  std::string name;
  std::string filing_number;
};

struct TrainingData {
  std::vector<std::string> paths;
  std::string ledger;
};

struct QuestionBanks {
  std::string generation;
  std::string must_refuse;
  std::string must_not_refuse;
};

struct AnnotationRecords {
  std::string annotators;
  std::string items;
  std::string batches;
  std::string rules;
};

// How many of the media outputs are looked at, drawn by `seed`.
struct MediaSample {
  double files = 0;  // 0: all
  std::string seed;
};

// Paths are relative to the folder of system.yaml.
struct Subjects {
  std::vector<std::string> model_files;
  TrainingData training_data;
  std::vector<std::string> media_outputs;
  MediaSample media_sample;
  std::vector<std::string> label_keys;  // public keys (PEM) that its labels are signed by
  std::string posts;                    // what a platform recorded of what it published
  std::string keyword_library;
  QuestionBanks question_banks;
  AnnotationRecords annotation;
  std::string service;  // http(s) address
  std::vector<std::string> documents;
  std::vector<std::string> records;
  std::vector<std::string> attestations;
};

struct System {
  std::string id;
  Text name;
  Provider provider;
  SystemKind kind{};
  std::vector<Modality> modalities;
  std::vector<std::string> languages;  // BCP 47
  std::vector<Audience> audience;
  Sector sector{};
  Stage stage{};
  BaseModel base_model;
  std::vector<Feature> features;
  Subjects subjects;
};

// The subjects that a check can ask for.
enum class Input : std::uint8_t {
  none,
  model_files,
  training_data,
  ledger,
  media_outputs,
  posts,
  keyword_library,
  generation_bank,
  must_refuse_bank,
  must_not_refuse_bank,
  annotators,
  annotation_items,
  annotation_batches,
  annotation_rules,
  service,
  documents,
  records,
  attestations,
};

// The key of system.yaml as the word, and a name for people.
template <>
struct Words<Input> {
  static constexpr std::array<Word<Input>, 18> table = {{
      {Input::none, "none", {"无", "none"}},
      {Input::model_files, "subjects.model_files", {"模型文件", "model files"}},
      {Input::training_data, "subjects.training_data.paths", {"训练数据", "training data"}},
      {Input::ledger, "subjects.training_data.ledger", {"数据来源台账", "source ledger"}},
      {Input::media_outputs, "subjects.media_outputs", {"生成的图片等文件", "media outputs"}},
      {Input::posts, "subjects.posts", {"发布记录", "record of posts"}},
      {Input::keyword_library, "subjects.keyword_library", {"关键词库", "keyword library"}},
      {Input::generation_bank,
       "subjects.question_banks.generation",
       {"生成内容测试题库", "generation test bank"}},
      {Input::must_refuse_bank,
       "subjects.question_banks.must_refuse",
       {"应拒答题库", "should-refuse bank"}},
      {Input::must_not_refuse_bank,
       "subjects.question_banks.must_not_refuse",
       {"非拒答题库", "should-not-refuse bank"}},
      {Input::annotators,
       "subjects.annotation.annotators",
       {"标注人员名册", "register of annotators"}},
      {Input::annotation_items, "subjects.annotation.items", {"标注记录", "annotation items"}},
      {Input::annotation_batches,
       "subjects.annotation.batches",
       {"标注批次抽检记录", "batch sampling records"}},
      {Input::annotation_rules, "subjects.annotation.rules", {"标注规则", "annotation rules"}},
      {Input::service, "subjects.service", {"服务地址", "service address"}},
      {Input::documents, "subjects.documents", {"文档", "documents"}},
      {Input::records, "subjects.records", {"记录", "records"}},
      {Input::attestations, "subjects.attestations", {"证明材料", "attestations"}},
  }};
};

// The paths or addresses that the description gives for `input`; empty where it gives none.
std::vector<std::string> paths(const System& system, Input input);

// The words that stand in a field a condition may ask about (kind, modalities, languages,
// audience, sector, stage, base_model, features); nullopt for another field.
std::optional<std::vector<std::string>> field_words(const System& system, std::string_view field);

template <class V, Is<Provider> T>
void describe(V& v, T& t) {
  v.required("name", t.name);
  v.required("credit_code", t.credit_code);
}

template <class V, Is<BaseModel> T>
void describe(V& v, T& t) {
  v.required("origin", t.origin);
  v.optional("name", t.name);
  v.optional("filing_number", t.filing_number);
}

template <class V, Is<TrainingData> T>
void describe(V& v, T& t) {
  v.optional("paths", t.paths);
  v.optional("ledger", t.ledger);
}

template <class V, Is<QuestionBanks> T>
void describe(V& v, T& t) {
  v.optional("generation", t.generation);
  v.optional("must_refuse", t.must_refuse);
  v.optional("must_not_refuse", t.must_not_refuse);
}

template <class V, Is<AnnotationRecords> T>
void describe(V& v, T& t) {
  v.optional("annotators", t.annotators);
  v.optional("items", t.items);
  v.optional("batches", t.batches);
  v.optional("rules", t.rules);
}

template <class V, Is<MediaSample> T>
void describe(V& v, T& t) {
  v.required("files", t.files);
  v.optional("seed", t.seed);
}

template <class V, Is<Subjects> T>
void describe(V& v, T& t) {
  v.optional("model_files", t.model_files);
  v.optional("training_data", t.training_data);
  v.optional("media_outputs", t.media_outputs);
  v.optional("media_sample", t.media_sample);
  v.optional("label_keys", t.label_keys);
  v.optional("posts", t.posts);
  v.optional("keyword_library", t.keyword_library);
  v.optional("question_banks", t.question_banks);
  v.optional("annotation", t.annotation);
  v.optional("service", t.service);
  v.optional("documents", t.documents);
  v.optional("records", t.records);
  v.optional("attestations", t.attestations);
}

template <class V, Is<System> T>
void describe(V& v, T& t) {
  v.required("id", t.id);
  v.required("name", t.name);
  v.required("provider", t.provider);
  v.required("kind", t.kind);
  v.required("modalities", t.modalities);
  v.required("languages", t.languages);
  v.required("audience", t.audience);
  v.required("sector", t.sector);
  v.required("stage", t.stage);
  v.required("base_model", t.base_model);
  v.optional("features", t.features);
  v.optional("subjects", t.subjects);
}

}  // namespace assay
