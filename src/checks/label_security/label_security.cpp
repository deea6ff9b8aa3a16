// SPDX-License-Identifier: Apache-2.0
//
// The protection data of TC260-PG-202511A in the labels of media outputs. They are optional: what
// carries none is not judged.
#include <array>

#include "checks/common.h"
#include "checks/subject_files.h"
#include "label/sign.h"

namespace assay::checks::label_security {
namespace {

using label::Integrity;

constexpr std::string_view kId = "label_security";
constexpr std::size_t kWindow = 4096;
constexpr std::uint64_t kKeyFileBytes = 1 << 16;
constexpr std::size_t kReserved = 3;  // ReservedCode1 among label::kKeys

constexpr std::array<CheckMeasurement, 7> kMeasurements = {{
    {"files", Input::media_outputs, {"检查的文件", "files looked at"}},
    {"protected", Input::media_outputs, {"带防护数据的标识", "labels with protection data"}},
    {"protection_unknown",
     Input::media_outputs,
     {"防护数据类型不符的标识", "labels whose protection data are of another type"}},
    {"signed", Input::media_outputs, {"带签名的标识", "labels that are signed"}},
    {"signature_bad",
     Input::media_outputs,
     {"签名未以可信公钥验证的标识", "labels whose signature is not verified by a pinned key"}},
    {"bound", Input::media_outputs, {"绑定内容的标识", "labels bound to the content"}},
    {"binding_bad",
     Input::media_outputs,
     {"内容绑定未能验证的标识", "labels whose binding is not verified"}},
}};

constexpr std::array<FlawMeasurement, 9> kAbout = {{
    {"protection-unknown", "protection_unknown"},
    {"signature-unknown", "signature_bad"},
    {"signature-other-key", "signature_bad"},
    {"signature-no-key", "signature_bad"},
    {"signature-wrong", "signature_bad"},
    {"signature-ambiguous", "signature_bad"},
    {"binding-unknown", "binding_bad"},
    {"binding-wrong", "binding_bad"},
    {"binding-unsigned", "binding_bad"},
}};

// Signatures or bindings: how many there are, are wrong, and are neither wrong nor verified.
struct Tally {
  std::uint64_t all = 0, wrong = 0, open = 0;

  void add(Integrity integrity) {
    if (integrity == Integrity::none) return;
    ++all;
    wrong += integrity == Integrity::invalid ? 1 : 0;
    open += integrity == Integrity::intact || integrity == Integrity::undecided ? 1 : 0;
  }
};

Result<std::vector<Sm2Key>> pinned_keys(const CheckInput& input) {
  std::vector<Sm2Key> out;
  for (const std::string& path : input.system.subjects.label_keys) {
    const std::string pem = TRY(read_file(resolve(input, path), kKeyFileBytes));
    auto key = Sm2Key::from_pem(pem);
    if (!key.ok()) {
      key.error().where = path;
      return key.error();
    }
    out.push_back(std::move(*key));
  }
  return out;
}

class Run {
 public:
  Run(const CheckInput& input, Sink& sink, std::vector<Sm2Key> pinned)
      : input_(input), sink_(sink), pinned_(std::move(pinned)) {}

  Status operator()() {
    walked_ = TRY(each_file(input_, sink_, kId, Input::media_outputs,
                            [this](const SubjectFile& file) { return look_at(file); }));
    listing_.keep(sink_, kId, "subjects.media_outputs (protection data)");
    measure();
    return Done{};
  }

 private:
  // A file that is broken or of no known kind has no label whose protection could be judged; the
  // check of metadata tells it.
  Status look_at(const SubjectFile& file) {
    FileSource in(TRY(FileReader::open(file.path)), kWindow);
    const Result<label::Reading> reading = label::read(in, file.path);
    if (!reading.ok() && reading.error().code != Code::io) {
      ++unread_;
      return Done{};
    }
    if (!reading.ok()) return reading.error();
    ++files_;
    labels_ += reading->found.size();
    if (!has_protection(*reading)) return Done{};
    label::Verification verified = TRY(label::verify_file(file.path, pinned_));
    ++protected_;
    label_.add(verified.label);
    content_.add(verified.content);
    listing_.file(file, "\t" + verified.key_id);
    for (Flaw& flaw : verified.flaws) {
      unknown_ += flaw.id == "protection-unknown" ? 1 : 0;
      report(sink_, kId, file, std::move(flaw), kAbout);
    }
    return Done{};
  }

  static bool has_protection(const label::Reading& reading) {
    for (const label::Found& found : reading.found)
      if (!label::parse(found.value).text(label::kKeys[kReserved]).empty()) return true;
    return false;
  }

  bool sure() const { return !walked_.sampled && walked_.unread + unread_ == 0; }

  void count(std::string_view name, std::uint64_t value) {
    measure_faults(sink_, kId, name, value, "labels", sure());
  }

  void put(std::string_view name, const Tally& tally) {
    if (tally.all == 0) return;
    const auto low = static_cast<double>(tally.wrong);
    const auto high = static_cast<double>(tally.wrong + tally.open);
    sink_.measurement({std::string(kId),
                       std::string(name),
                       high,
                       "labels",
                       {},
                       low,
                       sure() ? std::optional(high) : std::optional<double>(),
                       "between those that are wrong and those that are not verified"});
  }

  void measure() {
    measure_count(sink_, kId, "files", files_, "files");
    if (labels_ == 0) return;  // nothing that could be protected
    count("protected", protected_);
    if (protected_ > 0) count("protection_unknown", unknown_);
    count("signed", label_.all);
    put("signature_bad", label_);
    count("bound", content_.all);
    put("binding_bad", content_);
  }

  const CheckInput& input_;
  Sink& sink_;
  std::vector<Sm2Key> pinned_;
  Walked walked_;
  Listing listing_;
  std::uint64_t files_ = 0, unread_ = 0, labels_ = 0, protected_ = 0, unknown_ = 0;
  Tally label_, content_;
};

Status run(const CheckInput& input, Sink& sink) {
  return Run(input, sink, TRY(pinned_keys(input)))();
}

}  // namespace

extern const Check kCheck = {kId,
                             {"标识的防护数据与签名", "Protection data and signatures of labels"},
                             1,
                             kMeasurements,
                             run};

}  // namespace assay::checks::label_security
