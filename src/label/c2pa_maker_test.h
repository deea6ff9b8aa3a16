// SPDX-License-Identifier: Apache-2.0
//
// For tests: files with C2PA manifests, signed by throw-away certificates.
#pragma once

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/digest.h"

namespace assay::label::maker {

// --- bytes

inline std::string be(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = bytes; i-- > 0;) out += static_cast<char>(value >> (8 * i) & 0xff);
  return out;
}

// CBOR. Lengths and numbers always take four bytes, so that a size does not hang on a value.
inline std::string head(int major, std::uint64_t n) {
  return static_cast<char>(major << 5 | 26) + be(n, 4);
}
inline std::string number(std::int64_t n) {
  return n < 0 ? head(1, static_cast<std::uint64_t>(-1 - n))
               : head(0, static_cast<std::uint64_t>(n));
}
inline std::string bytes(std::string_view data) { return head(2, data.size()) + std::string(data); }
inline std::string text(std::string_view data) { return head(3, data.size()) + std::string(data); }
inline std::string array(const std::vector<std::string>& items) {
  std::string out = head(4, items.size());
  for (const std::string& item : items) out += item;
  return out;
}
inline std::string map(const std::vector<std::pair<std::string, std::string>>& pairs) {
  std::string out = head(5, pairs.size());
  for (const auto& [key, value] : pairs) out += key + value;
  return out;
}

// JUMBF.
inline std::string box(std::string_view type, std::string_view content) {
  return be(content.size() + 8, 4) + std::string(type) + std::string(content);
}
inline std::string superbox(std::string_view uuid, std::string_view label,
                            std::string_view content) {
  using namespace std::string_view_literals;
  const std::string description = std::string(uuid) +
                                  std::string("\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\x03"sv) +
                                  std::string(label) + '\0';
  return box("jumb", box("jumd", description) + std::string(content));
}

inline std::string sha256_text(std::string_view data) {
  const Digest digest = sha256(as_raw(data));
  return std::string(as_text(Bytes(digest)));
}

// --- keys and certificates

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;

struct Algorithm {
  std::int64_t cose;
  std::function<EVP_PKEY*()> make_key;
  const char* digest;  // nullptr: Ed25519
  std::size_t half;    // of an ECDSA signature; 0: another kind
};

inline void extend(X509* certificate, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// Valid from 2025-01-01 to 2025-12-31. Issued by itself where `issuer` is nullptr.
inline Certificate certify(EVP_PKEY* key, const char* name, X509* issuer, EVP_PKEY* issuer_key,
                           const char* usage) {
  Certificate out(X509_new());
  X509_set_version(out.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(out.get()), issuer == nullptr ? 1 : 2);
  ASN1_TIME_set_string_X509(X509_getm_notBefore(out.get()), "20250101000000Z");
  ASN1_TIME_set_string_X509(X509_getm_notAfter(out.get()), "20251231235959Z");
  X509_NAME* subject = X509_get_subject_name(out.get());
  const std::string common = name;
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(common.data()), -1, -1, 0);
  X509_set_issuer_name(out.get(), issuer == nullptr ? subject : X509_get_subject_name(issuer));
  X509_set_pubkey(out.get(), key);
  X509* by = issuer == nullptr ? out.get() : issuer;
  const bool ca = issuer == nullptr;
  extend(out.get(), by, NID_basic_constraints, ca ? "critical,CA:TRUE" : "critical,CA:FALSE");
  extend(out.get(), by, NID_key_usage,
         ca ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
  extend(out.get(), by, NID_subject_key_identifier, "hash");
  if (!ca) extend(out.get(), by, NID_authority_key_identifier, "keyid");
  if (!ca) extend(out.get(), by, NID_ext_key_usage, usage);
  X509_sign(out.get(), issuer_key, EVP_sha256());
  return out;
}

inline std::string der(X509* certificate) {
  unsigned char* data = nullptr;
  const int size = i2d_X509(certificate, &data);
  std::string out(reinterpret_cast<char*>(data), static_cast<std::size_t>(size));
  OPENSSL_free(data);
  return out;
}

inline std::string pem(X509* certificate) {
  BIO* out = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(out, certificate);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out, &data);
  std::string text(data, static_cast<std::size_t>(size));
  BIO_free(out);
  return text;
}

// An authority and a signer it vouches for.
struct Signer {
  Algorithm algorithm;
  Key ca_key, key;
  Certificate ca, certificate;

  explicit Signer(Algorithm with, const char* usage = "emailProtection")
      : algorithm(std::move(with)),
        ca_key(EVP_EC_gen("P-256")),
        key(algorithm.make_key()),
        ca(certify(ca_key.get(), "Test Authority", nullptr, ca_key.get(), "")),
        certificate(certify(key.get(), "测试签名者", ca.get(), ca_key.get(), usage)) {}

  std::string anchors() const { return pem(ca.get()); }

  std::string sign(std::string_view message) const {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_PKEY_CTX* options = nullptr;
    const EVP_MD* digest =
        algorithm.digest == nullptr ? nullptr : EVP_get_digestbyname(algorithm.digest);
    EVP_DigestSignInit(context, &options, digest, nullptr, key.get());
    if (EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_RSA) {
      EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING);
      EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST);
    }
    std::vector<unsigned char> out(1024);
    std::size_t size = out.size();
    EVP_DigestSign(context, out.data(), &size,
                   reinterpret_cast<const unsigned char*>(message.data()), message.size());
    EVP_MD_CTX_free(context);
    if (algorithm.half == 0) return std::string(out.begin(), out.begin() + static_cast<long>(size));
    const unsigned char* at = out.data();
    ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size));
    const auto half = static_cast<int>(algorithm.half);
    BN_bn2binpad(ECDSA_SIG_get0_r(pair), out.data(), half);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair), out.data() + half, half);
    ECDSA_SIG_free(pair);
    return std::string(out.begin(), out.begin() + 2 * half);
  }
};

// --- manifests

struct Recipe {
  std::string source_type =
      "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
  std::string binding = "c2pa.hash.data";
  bool version_1 = false;        // claim, actions and place of the chain of C2PA 1.x
  bool undeclared = false;       // one more assertion than the claim names
  bool wrong_assertion = false;  // the claim's hash of the actions is another's
  std::uint64_t more_excluded = 0;
};

inline std::string cose(const Signer& signer, std::string_view claim, bool version_1) {
  const std::string chain = array({bytes(der(signer.certificate.get()))});
  std::vector<std::pair<std::string, std::string>> header = {
      {number(1), number(signer.algorithm.cose)}};
  std::vector<std::pair<std::string, std::string>> beside = {{text("pad"), bytes("")}};
  if (version_1) {
    beside.emplace_back(text("x5chain"), chain);
  } else {
    header.emplace_back(number(33), chain);
  }
  // What is signed has the shortest lengths of CBOR, as deterministic encoding wants.
  const auto shortest = [](int major, std::string_view data) {
    const std::size_t n = data.size();
    std::string out;
    if (n < 24) {
      out += static_cast<char>(major << 5 | static_cast<int>(n));
    } else {
      out += static_cast<char>(major << 5 | (n < 256 ? 24 : n < 65536 ? 25 : 26));
      out += be(n, n < 256 ? 1 : n < 65536 ? 2 : 4);
    }
    return out + std::string(data);
  };
  const std::string protected_header = map(header);
  const std::string message = "\x84" + shortest(3, "Signature1") + shortest(2, protected_header) +
                              shortest(2, "") + shortest(2, claim);
  return "\xd2" +
         array({bytes(protected_header), map(beside), "\xf6", bytes(signer.sign(message))});
}

// The store, whose binding assertion holds `hash` and leaves out `size` bytes at `start`.
inline std::string store(const Signer& signer, const Recipe& recipe, std::uint64_t start,
                         std::uint64_t size, std::string_view hash) {
  const auto pair = [](std::string_view key, std::string value) {
    return std::pair<std::string, std::string>(text(key), std::move(value));
  };
  std::string exclusions = array(
      {map({pair("start", number(static_cast<std::int64_t>(start))),
            pair("length", number(static_cast<std::int64_t>(size + recipe.more_excluded)))})});
  if (recipe.binding.starts_with("c2pa.hash.bmff")) {
    const std::string uuid = "\xd8\xfe\xc3\xd6\x1b\x0e\x48\x3c\x92\x97\x58\x28\x87\x7e\xc4\x81";
    exclusions = array(
        {map({pair("xpath", text("/uuid")),
              pair("data", array({map({pair("offset", number(8)), pair("value", bytes(uuid))})}))}),
         map({pair("xpath", text("/ftyp"))}),
         map({pair("xpath", text("/moov/trak[2]")),
              pair("subset",
                   array({map({pair("offset", number(16)), pair("length", number(2))})}))})});
  }
  const std::string binding =
      superbox("cbor", recipe.binding,
               box("cbor", map({pair("exclusions", exclusions), pair("alg", text("sha256")),
                                pair("hash", bytes(hash)), pair("name", text("jumbf manifest")),
                                pair("pad", bytes(""))})));
  const std::string actions_name = recipe.version_1 ? "c2pa.actions" : "c2pa.actions.v2";
  const std::string actions = superbox(
      "cbor", actions_name,
      box("cbor",
          map({pair("actions",
                    array({map({pair("action", text("c2pa.created")),
                                pair("digitalSourceType", text(recipe.source_type))})}))})));
  const auto reference = [&](const std::string& name, std::string_view assertion) {
    return map({pair("url", text("self#jumbf=c2pa.assertions/" + name)),
                pair("hash", bytes(sha256_text(assertion.substr(8))))});
  };
  const std::string listed =
      array({reference(actions_name, recipe.wrong_assertion ? binding : actions),
             reference(recipe.binding, binding)});
  const std::string generator = map({pair("name", text("assay test")), pair("version", text("1"))});
  const std::string claim =
      map({pair("instanceID", text("xmp:iid:1")), pair("dc:title", text("picture")),
           pair("dc:format", text("image/jpeg")), pair("claim_generator", text("assay_test/1")),
           pair("alg", text("sha256")),
           pair("claim_generator_info", recipe.version_1 ? array({generator}) : generator),
           pair("signature", text("self#jumbf=/c2pa/urn:c2pa:1/c2pa.signature")),
           pair(recipe.version_1 ? "assertions" : "created_assertions", listed)});
  const std::string more =
      recipe.undeclared ? superbox("cbor", "c2pa.more", box("cbor", map({}))) : "";
  return superbox("c2pa", "c2pa",
                  superbox("c2ma", "urn:c2pa:1",
                           superbox("c2as", "c2pa.assertions", actions + binding + more) +
                               superbox("c2cl", recipe.version_1 ? "c2pa.claim" : "c2pa.claim.v2",
                                        box("cbor", claim)) +
                               superbox("c2cs", "c2pa.signature",
                                        box("cbor", cose(signer, claim, recipe.version_1)))));
}

}  // namespace assay::label::maker
