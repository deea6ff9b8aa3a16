// SPDX-License-Identifier: Apache-2.0
#include "base/signature.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <limits>
#include <memory>

namespace assay {
namespace {

template <auto Free>
struct Freer {
  template <class T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};
void free_certificates(STACK_OF(X509) * stack) { sk_X509_pop_free(stack, X509_free); }
void free_usages(EXTENDED_KEY_USAGE* usages) { EXTENDED_KEY_USAGE_free(usages); }

using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Certificates = std::unique_ptr<STACK_OF(X509), Freer<free_certificates>>;
using Usages = std::unique_ptr<EXTENDED_KEY_USAGE, Freer<free_usages>>;
using Bio = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using Context = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Freer<ECDSA_SIG_free>>;
using Store = std::unique_ptr<X509_STORE, Freer<X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Freer<X509_STORE_CTX_free>>;

// OpenSSL keeps a queue of errors per thread; ours are Errors, so the queue is left empty.
struct QuietErrors {
  ~QuietErrors() { ERR_clear_error(); }
};

struct SchemeRow {
  int key;  // EVP_PKEY_…
  const EVP_MD* (*digest)();
  bool pss;
};

const EVP_MD* no_digest() { return nullptr; }

constexpr std::array<SchemeRow, 7> kSchemes = {{
    {EVP_PKEY_EC, EVP_sha256, false},
    {EVP_PKEY_EC, EVP_sha384, false},
    {EVP_PKEY_EC, EVP_sha512, false},
    {EVP_PKEY_RSA, EVP_sha256, true},
    {EVP_PKEY_RSA, EVP_sha384, true},
    {EVP_PKEY_RSA, EVP_sha512, true},
    {EVP_PKEY_ED25519, no_digest, false},
}};

const unsigned char* raw(Bytes bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

Result<Certificate> parse_certificate(Bytes der) {
  if (der.size() > std::size_t{1} << 20) return Error{Code::invalid, "not a certificate", 0};
  const unsigned char* at = raw(der);
  Certificate out(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (out == nullptr) return Error{Code::invalid, "not a certificate", 0};
  return out;
}

// OpenSSL wants r and s as ASN.1.
Result<std::string> asn1_of(Bytes signature, const EVP_PKEY* key) {
  const auto half = static_cast<std::size_t>(EVP_PKEY_get_bits(key) + 7) / 8;
  if (signature.size() != 2 * half)
    return Error{Code::invalid, "signature is not of its key's size", 0};
  const EcSignature pair(ECDSA_SIG_new());
  BIGNUM* r = BN_bin2bn(raw(signature), static_cast<int>(half), nullptr);
  BIGNUM* s = BN_bin2bn(raw(signature.subspan(half)), static_cast<int>(half), nullptr);
  if (pair == nullptr || ECDSA_SIG_set0(pair.get(), r, s) != 1) {
    BN_free(r);
    BN_free(s);
    return Error{Code::internal, "out of memory", 0};
  }
  std::array<unsigned char, 256> out{};  // two numbers of at most 66 bytes
  unsigned char* end = out.data();
  const int size = i2d_ECDSA_SIG(pair.get(), &end);
  return std::string(
      as_text(std::as_bytes(std::span(out))).substr(0, static_cast<std::size_t>(size)));
}

bool set_pss(EVP_PKEY_CTX* context) {
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;  // RFC 8230 2
}

bool key_fits(const EVP_PKEY* key, const SchemeRow& row) {
  const int kind = EVP_PKEY_get_base_id(key);
  if (row.key == EVP_PKEY_EC) return kind == EVP_PKEY_EC && EVP_PKEY_get_bits(key) <= 521;
  return kind == row.key || (row.pss && kind == EVP_PKEY_RSA_PSS);
}

// The certificates of a PEM file, into `store`.
Status add_anchors(X509_STORE* store, std::string_view pem) {
  const Bio in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  int count = 0;
  while (true) {
    const Certificate anchor(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
    if (anchor == nullptr) break;
    X509_STORE_add_cert(store, anchor.get());
    ++count;
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  if (count == 0 || !at_end) return Error{Code::invalid, "not a list of PEM certificates", 0};
  return Done{};
}

bool has_purpose(X509* leaf, const std::vector<std::string>& purposes) {
  if (X509_check_ca(leaf) != 0) return false;
  if ((X509_get_key_usage(leaf) & KU_DIGITAL_SIGNATURE) == 0) return false;
  const Usages usages(static_cast<EXTENDED_KEY_USAGE*>(
      X509_get_ext_d2i(leaf, NID_ext_key_usage, nullptr, nullptr)));
  if (usages == nullptr) return false;
  for (int i = 0; i < sk_ASN1_OBJECT_num(usages.get()); ++i) {
    std::array<char, 128> text{};
    OBJ_obj2txt(text.data(), static_cast<int>(text.size()), sk_ASN1_OBJECT_value(usages.get(), i),
                1);
    if (std::find(purposes.begin(), purposes.end(), text.data()) != purposes.end()) return true;
  }
  return false;
}

// Of X509_verify_cert.
int chain_error(X509_STORE* store, X509* leaf, STACK_OF(X509) * others,
                const std::optional<Date>& as_of) {
  constexpr std::int64_t kDay = 86'400;
  const StoreContext context(X509_STORE_CTX_new());
  if (context == nullptr || X509_STORE_CTX_init(context.get(), store, leaf, others) != 1)
    return X509_V_ERR_UNSPECIFIED;
  X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context.get());
  // An anchor may be an intermediate certificate: trust lists name the issuer that was audited.
  X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_ANY);
  if (as_of.has_value()) {
    X509_VERIFY_PARAM_set_time(rules,
                               static_cast<std::time_t>(day_number(*as_of) * kDay + kDay / 2));
  } else {
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_NO_CHECK_TIME);
  }
  if (X509_verify_cert(context.get()) == 1) return X509_V_OK;
  return X509_STORE_CTX_get_error(context.get());
}

}  // namespace

Result<bool> verify_signature(SignatureScheme scheme, Bytes certificate, Bytes message,
                              Bytes signature) {
  const QuietErrors quiet;
  const SchemeRow& row = kSchemes[static_cast<std::size_t>(scheme)];
  const Certificate holder = TRY(parse_certificate(certificate));
  EVP_PKEY* key = X509_get0_pubkey(holder.get());
  if (key == nullptr || !key_fits(key, row))
    return Error{Code::invalid, "the key is not of the signature's kind", 0};
  std::string sent(as_text(signature));
  if (row.key == EVP_PKEY_EC) sent = TRY(asn1_of(signature, key));
  const Context context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* options = nullptr;
  if (context == nullptr ||
      EVP_DigestVerifyInit(context.get(), &options, row.digest(), nullptr, key) != 1 ||
      (row.pss && !set_pss(options)))
    return Error{Code::invalid, "the key is not of the signature's kind", 0};
  return EVP_DigestVerify(context.get(), raw(as_raw(sent)), sent.size(), raw(message),
                          message.size()) == 1;
}

Result<std::string> certificate_subject(Bytes certificate) {
  const QuietErrors quiet;
  const Certificate holder = TRY(parse_certificate(certificate));
  const Bio out(BIO_new(BIO_s_mem()));
  constexpr unsigned long kUtf8 = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;
  X509_NAME_print_ex(out.get(), X509_get_subject_name(holder.get()), 0, kUtf8);
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return std::string(text, static_cast<std::size_t>(std::max(size, 0L)));
}

Result<Trust> judge_chain(const std::vector<Bytes>& chain, const TrustRules& rules) {
  const QuietErrors quiet;
  if (chain.empty()) return Trust::unknown;
  const Certificate leaf = TRY(parse_certificate(chain.front()));
  const Certificates others(sk_X509_new_null());
  const Store store(X509_STORE_new());
  if (others == nullptr || store == nullptr) return Error{Code::internal, "out of memory", 0};
  for (std::size_t i = 1; i < chain.size(); ++i) {
    auto one = parse_certificate(chain[i]);
    if (!one.ok()) return Trust::unknown;
    if (sk_X509_push(others.get(), one->get()) > 0) (*one).release();
  }
  TRY(add_anchors(store.get(), rules.anchors));
  if (chain_error(store.get(), leaf.get(), others.get(), std::nullopt) != X509_V_OK)
    return Trust::unknown;
  if (!has_purpose(leaf.get(), rules.purposes)) return Trust::wrong_purpose;
  if (!rules.as_of.has_value()) return Trust::trusted;
  const int error = chain_error(store.get(), leaf.get(), others.get(), rules.as_of);
  return error == X509_V_OK ? Trust::trusted : Trust::out_of_date;
}

}  // namespace assay
