// SPDX-License-Identifier: Apache-2.0
#include "label/c2pa.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/digest.h"
#include "base/files.h"
#include "base/strings.h"
#include "formats/cbor/cbor.h"
#include "formats/jumbf/jumbf.h"
#include "label/c2pa_binding.h"
#include "label/c2pa_cose.h"
#include "label/c2pa_flaws.h"
#include "label/c2pa_store.h"

namespace assay::label {
namespace {

namespace cbor = formats::cbor;
namespace jumbf = formats::jumbf;
using cbor::Kind;
using cbor::Value;
using jumbf::Box;

constexpr std::string_view kAssertions = "c2pa.assertions";
constexpr std::string_view kSignature = "c2pa.signature";
constexpr std::string_view kUri = "self#jumbf=";
constexpr std::string_view kStandard = "c2ma";  // types of manifests
constexpr std::string_view kUpdate = "c2um";
constexpr std::uint64_t kMaxTrustList = std::uint64_t{16} << 20;
constexpr std::size_t kWindow = 1 << 16;

// C2PA 14.5.1: a signing certificate is for one of these.
const std::array<const char*, 3> kPurposes = {
    "1.3.6.1.5.5.7.3.4",      // e-mail protection
    "1.3.6.1.5.5.7.3.36",     // document signing
    "1.3.6.1.4.1.62558.2.1",  // C2PA claim signing
};

// The IPTC's names for what a trained model made, wholly or in part; the last part of their URIs.
constexpr std::array<std::string_view, 2> kAiSources = {"trainedAlgorithmicMedia",
                                                        "compositeWithTrainedAlgorithmicMedia"};

bool is_ai(std::string_view source_type) {
  const std::string_view name = source_type.substr(source_type.rfind('/') + 1);
  return std::find(kAiSources.begin(), kAiSources.end(), name) != kAiSources.end();
}

// "c2pa.ingredient.v2__3" is the fourth of its kind.
std::string_view kind_of(std::string_view label) { return label.substr(0, label.find("__")); }

bool is_kind(std::string_view label, std::string_view kind) {
  const std::string_view own = kind_of(label);
  return own == kind || (own.starts_with(kind) && own.substr(kind.size()).starts_with(".v"));
}

const Box* active_manifest(const Box& store) {
  for (auto box = store.boxes.rbegin(); box != store.boxes.rend(); ++box)
    if (box->uuid.starts_with(kStandard) || box->uuid.starts_with(kUpdate)) return &*box;
  return nullptr;
}

class Verifier {
 public:
  C2pa out;

  Verifier(ByteSource& file, const C2paStore& store, const C2paTrust& trust)
      : file_(file), store_(store), trust_(trust) {}

  // An Error only where the file or the trust list cannot be read.
  Status run() {
    const auto store = jumbf::read(as_raw(store_.bytes), {});
    if (!store.ok()) {
      note(C2paFlaw::store_broken, store.error().what);
      return Done{};
    }
    const Box* manifest = active_manifest(*store);
    if (manifest != nullptr) return verify_manifest(*manifest);
    miss("manifest");
    return Done{};
  }

 private:
  void note(C2paFlaw kind, std::string_view reason) {
    out.reasons.push_back(make_c2pa_because(kind, out.manifest, reason));
  }
  void say(C2paFlaw kind, std::string_view value = {}) {
    out.reasons.push_back(make_c2pa(kind, out.manifest, value));
  }
  void miss(std::string_view what) { say(C2paFlaw::claim_missing, what); }

  Status verify_manifest(const Box& manifest) {
    out.manifest = printable(manifest.label);
    const Box* box = manifest.superbox("c2pa.claim.v2");
    if (box == nullptr) box = manifest.superbox("c2pa.claim");
    const Box* content = box == nullptr ? nullptr : box->content_box("cbor");
    if (content == nullptr) {
      miss("c2pa.claim");
      return Done{};
    }
    const Bytes bytes = content->bytes(as_raw(store_.bytes));
    const auto claim = cbor::read(bytes, {});
    if (!claim.ok()) {
      note(C2paFlaw::claim_broken, claim.error().what);
      return Done{};
    }
    read_claim(*claim);
    const std::set<std::string> named = check_assertions(*claim, manifest);
    if (manifest.uuid.starts_with(kUpdate)) {
      note(C2paFlaw::undecided, "an update manifest leaves the content hash to another manifest");
    } else {
      TRY(check_bindings(*claim, manifest, named));
    }
    return check_signature(manifest, bytes);
  }

  void read_claim(const Value& claim) {
    out.title = printable(claim.text("dc:title"));
    out.format = printable(claim.text("dc:format"));
    out.claim_generator = printable(claim.text("claim_generator"));
    const Value* info = claim.find("claim_generator_info");
    if (info != nullptr && info->kind == Kind::array && !info->items.empty())
      info = &info->items.front();
    if (info == nullptr || info->text("name").empty()) return;
    out.claim_generator = printable(info->text("name"));
    if (!info->text("version").empty())
      out.claim_generator += " " + printable(info->text("version"));
  }

  // The name of the assertion a URI leads to, or "" where it leads out of the manifest.
  static std::string_view assertion_at(std::string_view uri, std::string_view manifest) {
    if (!uri.starts_with(kUri)) return {};
    uri.remove_prefix(kUri.size());
    const std::string whole = "/c2pa/" + std::string(manifest) + "/";
    if (uri.starts_with(whole)) uri.remove_prefix(whole.size());
    if (!uri.starts_with(kAssertions)) return {};
    uri.remove_prefix(kAssertions.size());
    return uri.starts_with("/") ? uri.substr(1) : std::string_view();
  }

  // Looks each assertion of the claim up, reads it, and compares its hash. The names of those
  // found.
  std::set<std::string> check_assertions(const Value& claim, const Box& manifest) {
    std::set<std::string> named;
    const Box* assertions = manifest.superbox(kAssertions);
    if (assertions == nullptr) {
      miss(kAssertions);
      return named;
    }
    for (const std::string_view list : {"assertions", "created_assertions", "gathered_assertions"})
      for (const Value& reference : claim.array(list)) {
        const std::string label(assertion_at(reference.text("url"), manifest.label));
        const Box* box = label.empty() ? nullptr : assertions->superbox(label);
        if (box == nullptr) {
          say(C2paFlaw::assertion_missing, printable(reference.text("url")));
        } else if (named.insert(label).second) {
          out.assertions.push_back(printable(label));
          compare(reference, *box, claim.text("alg"));
          read_assertion(*box);
        }
      }
    // The same name twice would let the second pass under the hash of the first.
    std::set<std::string> seen;
    for (const Box& box : assertions->boxes)
      if (!named.contains(box.label) || !seen.insert(box.label).second)
        say(C2paFlaw::assertion_undeclared, printable(box.label));
    return named;
  }

  void compare(const Value& reference, const Box& box, std::string_view default_alg) {
    const std::string_view own = reference.text("alg");
    const auto algorithm = hash_named(own.empty() ? default_alg : own);
    if (!algorithm.has_value()) {
      note(C2paFlaw::undecided, "the hash algorithm is not one of SHA-2");
      return;
    }
    Hasher hash(*algorithm);
    hash.update(box.bytes(as_raw(store_.bytes)));
    const Value* want = reference.find("hash", Kind::bytes);
    if (want == nullptr || want->data != hash.finish())
      say(C2paFlaw::assertion_mismatch, printable(box.label));
  }

  Result<Value> content_of(const Box& box) const {
    const Box* content = box.content_box("cbor");
    if (content == nullptr) return Error{Code::invalid, "the assertion is not CBOR", 0};
    return cbor::read(content->bytes(as_raw(store_.bytes)), {});
  }

  void read_assertion(const Box& box) {
    if (is_kind(box.label, "c2pa.ingredient")) ++out.ingredients;
    if (!is_kind(box.label, "c2pa.actions")) return;
    const auto actions = content_of(box);
    if (!actions.ok()) {
      note(C2paFlaw::claim_broken, actions.error().what);
      return;
    }
    for (const Value& action : actions->array("actions")) {
      out.actions.push_back(printable(action.text("action")));
      const std::string source = printable(action.text("digitalSourceType"));
      const auto& known = out.source_types;
      if (source.empty() || std::find(known.begin(), known.end(), source) != known.end()) continue;
      out.source_types.push_back(source);
      out.ai = out.ai || is_ai(source);
    }
  }

  Status check_bindings(const Value& claim, const Box& manifest,
                        const std::set<std::string>& named) {
    bool any = false;
    for (const std::string& label : named) {
      if (!is_binding(kind_of(label))) continue;
      any = true;
      TRY(check_one_binding(claim, *manifest.superbox(kAssertions)->superbox(label)));
    }
    if (!any) say(C2paFlaw::binding_missing);
    return Done{};
  }

  Status check_one_binding(const Value& claim, const Box& box) {
    const auto assertion = content_of(box);
    if (!assertion.ok()) {
      note(C2paFlaw::claim_broken, assertion.error().what);
      return Done{};
    }
    const auto binding =
        check_binding(file_, kind_of(box.label), *assertion, claim.text("alg"), store_.ranges);
    if (!binding.ok()) {
      const Error& error = binding.error();
      if (error.code == Code::io || error.code == Code::internal) return error;
      note(error.code == Code::invalid ? C2paFlaw::claim_broken : C2paFlaw::undecided, error.what);
      return Done{};
    }
    if (!binding->matches) say(C2paFlaw::hash_mismatch, printable(box.label));
    if (binding->extra_exclusions > 0)
      say(C2paFlaw::extra_exclusions, std::to_string(binding->extra_exclusions));
    return Done{};
  }

  Status check_signature(const Box& manifest, Bytes claim) {
    const Box* box = manifest.superbox(kSignature);
    const Box* content = box == nullptr ? nullptr : box->content_box("cbor");
    if (content == nullptr) {
      miss(kSignature);
      return Done{};
    }
    const auto cose = read_cose(content->bytes(as_raw(store_.bytes)));
    if (!cose.ok()) {
      const bool open = cose.error().code == Code::unsupported;
      note(open ? C2paFlaw::undecided : C2paFlaw::signature_invalid, cose.error().what);
      return Done{};
    }
    const auto subject = certificate_subject(as_raw(cose->chain.front()));
    if (subject.ok()) out.signer = printable(*subject);
    const auto right = verifies(*cose, claim);
    if (right.ok() && *right) return check_trust(*cose);
    note(C2paFlaw::signature_invalid,
         right.ok() ? "it is not the signature of these bytes" : right.error().what);
    return Done{};
  }

  Status check_trust(const CoseSignature& cose) {
    if (trust_.anchors.empty()) {
      say(C2paFlaw::no_trust_list, out.signer);
      return Done{};
    }
    std::vector<Bytes> chain;
    for (const std::string& one : cose.chain) chain.push_back(as_raw(one));
    const Trust trust = TRY(
        judge_chain(chain, {trust_.anchors, {kPurposes.begin(), kPurposes.end()}, trust_.as_of}));
    switch (trust) {
      case Trust::unknown: say(C2paFlaw::untrusted, out.signer); break;
      case Trust::out_of_date: say(C2paFlaw::certificate_time, trust_.as_of->text()); break;
      case Trust::wrong_purpose: say(C2paFlaw::certificate_purpose, out.signer); break;
      case Trust::trusted:
        if (!trust_.as_of.has_value()) say(C2paFlaw::time_unchecked);
        break;
    }
    return Done{};
  }

  ByteSource& file_;
  const C2paStore& store_;
  const C2paTrust& trust_;
};

C2paVerdict verdict_of(const std::vector<Flaw>& reasons) {
  constexpr std::array<C2paVerdict, 4> kVerdicts = {C2paVerdict::valid,
                                                    C2paVerdict::valid_untrusted,
                                                    C2paVerdict::undecided, C2paVerdict::invalid};
  C2paEffect gravest = C2paEffect::none;
  for (const Flaw& flaw : reasons) gravest = std::max(gravest, effect_of(flaw));
  return kVerdicts[static_cast<std::size_t>(gravest)];
}

Result<C2pa> verify(ByteSource& file, const C2paStore& store, const C2paTrust& trust) {
  Verifier verifier(file, store, trust);
  TRY(verifier.run());
  verifier.out.verdict = verdict_of(verifier.out.reasons);
  return std::move(verifier.out);
}

// The file has no store that we could take out of it.
Result<C2pa> without_store(const Error& error) {
  C2pa out;
  const std::string where = "byte " + std::to_string(error.offset);
  switch (error.code) {
    case Code::not_found: return out;
    case Code::unsupported:
      out.reasons.push_back(make_c2pa_because(C2paFlaw::not_looked_for, where, error.what));
      break;
    case Code::invalid:
    case Code::limit:
      out.reasons.push_back(make_c2pa_because(C2paFlaw::undecided, where, error.what));
      break;
    default: return error;
  }
  out.verdict = verdict_of(out.reasons);
  return out;
}

}  // namespace

Result<C2pa> read_c2pa(ByteSource& file, const C2paTrust& trust) {
  const auto store = find_c2pa_store(file);
  return store.ok() ? verify(file, *store, trust) : without_store(store.error());
}

Result<C2pa> read_c2pa(const std::filesystem::path& path,
                       const std::optional<std::filesystem::path>& trust_list,
                       const std::optional<Date>& as_of) {
  C2paTrust trust{{}, as_of};
  if (trust_list.has_value()) trust.anchors = TRY(read_file(*trust_list, kMaxTrustList));
  FileSource file(TRY(FileReader::open(path)), kWindow);
  const auto inside = find_c2pa_store(file);
  if (inside.ok()) return verify(file, *inside, trust);
  auto beside = FileReader::open(fs::path(path).replace_extension(".c2pa"));
  const bool none =
      inside.error().code == Code::not_found || inside.error().code == Code::unsupported;
  if (!none || !beside.ok()) return without_store(inside.error());
  FileSource sidecar(std::move(*beside), kWindow);
  const auto store = read_c2pa_sidecar(sidecar);
  return store.ok() ? verify(file, *store, trust) : without_store(store.error());
}

}  // namespace assay::label
