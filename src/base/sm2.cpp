// SPDX-License-Identifier: Apache-2.0
#include "base/sm2.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <vector>

namespace assay {
namespace {

// GM/T 0009, 10: the id where the signer and the verifier have agreed on none.
constexpr std::string_view kUserId = "1234567812345678";
constexpr std::size_t kNumber = 32;  // bytes of a coordinate, and of r and s

template <auto free_it>
struct Freed {
  template <class T>
  void operator()(T* pointer) const {
    free_it(pointer);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free>>;

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Never asks the terminal for a pass phrase.
int no_password(char*, int, int, void*) { return -1; }

bool is_sm2(const EVP_PKEY* key) {
  std::array<char, 32> name{};
  std::size_t size = 0;
  return EVP_PKEY_is_a(key, "SM2") == 1 ||
         (EVP_PKEY_get_group_name(key, name.data(), name.size(), &size) == 1 &&
          std::string_view(name.data(), size) == "SM2");
}

// A context of a signature with SM3; `key` in its context must outlive it.
struct Signing {
  KeyContext key;
  DigestContext digest;
};

Signing signing(EVP_PKEY* key) {
  Signing out{KeyContext(EVP_PKEY_CTX_new(key, nullptr)), DigestContext(EVP_MD_CTX_new())};
  if (out.key && out.digest &&
      EVP_PKEY_CTX_set1_id(out.key.get(), kUserId.data(), kUserId.size()) == 1)
    EVP_MD_CTX_set_pkey_ctx(out.digest.get(), out.key.get());
  else
    out.digest.reset();
  return out;
}

void append_number(std::string& der, std::string_view number) {
  while (number.size() > 1 && number[0] == 0) number.remove_prefix(1);
  const bool negative = (static_cast<unsigned char>(number[0]) & 0x80) != 0;
  der += '\x02';
  der += static_cast<char>(number.size() + (negative ? 1 : 0));
  if (negative) der += '\0';
  der += number;
}

// SEQUENCE { INTEGER r, INTEGER s } of the two numbers one after the other.
std::string der_of(std::string_view numbers) {
  std::string inner;
  append_number(inner, numbers.substr(0, kNumber));
  append_number(inner, numbers.substr(kNumber));
  return "\x30" + std::string(1, static_cast<char>(inner.size())) + inner;
}

}  // namespace

struct Sm2Key::State {
  Key key;
};

Sm2Key::Sm2Key(std::unique_ptr<State> state) : state_(std::move(state)) {}
Sm2Key::Sm2Key(Sm2Key&&) noexcept = default;
Sm2Key& Sm2Key::operator=(Sm2Key&&) noexcept = default;
Sm2Key::~Sm2Key() = default;

Result<Sm2Key> Sm2Key::from_pem(std::string_view pem) {
  const auto memory = [&] {
    return Memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  };
  Key key(PEM_read_bio_PrivateKey(memory().get(), nullptr, no_password, nullptr));
  if (!key) key.reset(PEM_read_bio_PUBKEY(memory().get(), nullptr, no_password, nullptr));
  if (!key)
    return Error{Code::invalid,
                 "not a key in PEM without a pass phrase",
                 0,
                 {},
                 "make one: openssl genpkey -algorithm SM2 -out key.pem"};
  if (!is_sm2(key.get()))
    return Error{Code::invalid,
                 "not an SM2 key",
                 0,
                 {},
                 "make one: openssl genpkey -algorithm SM2 -out key.pem"};
  return Sm2Key(std::make_unique<State>(State{std::move(key)}));
}

Result<Sm2Key> Sm2Key::from_point(Bytes point) {
  std::string encoded(as_text(point));
  // Seen in the wild: x behind 00 for the point whose y is even.
  if (encoded.size() == kNumber + 1 && encoded[0] == 0) encoded[0] = 2;
  const Error refused{Code::invalid, "not a public key of SM2"};
  if (encoded.size() != kNumber + 1 && encoded.size() != 2 * kNumber + 1) return refused;
  std::string group = "SM2";
  std::array<OSSL_PARAM, 3> parameters = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, encoded.data(), encoded.size()),
      OSSL_PARAM_construct_end()};
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
  EVP_PKEY* key = nullptr;
  if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.data()) != 1)
    return refused;
  return Sm2Key(std::make_unique<State>(State{Key(key)}));
}

Result<std::string> Sm2Key::sign(std::string_view message) const {
  const Signing context = signing(state_->key.get());
  const Error refused{Code::invalid, "the key cannot sign: it is no private key"};
  std::size_t size = 0;
  if (!context.digest ||
      EVP_DigestSignInit(context.digest.get(), nullptr, EVP_sm3(), nullptr, state_->key.get()) !=
          1 ||
      EVP_DigestSign(context.digest.get(), nullptr, &size, raw(message), message.size()) != 1)
    return refused;
  std::vector<unsigned char> out(size);
  if (EVP_DigestSign(context.digest.get(), out.data(), &size, raw(message), message.size()) != 1)
    return refused;
  return std::string(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(size));
}

bool Sm2Key::verifies(std::string_view message, Bytes signature) const {
  std::string der(as_text(signature));
  if (der.size() == 2 * kNumber) der = der_of(der);
  const Signing context = signing(state_->key.get());
  return context.digest &&
         EVP_DigestVerifyInit(context.digest.get(), nullptr, EVP_sm3(), nullptr,
                              state_->key.get()) == 1 &&
         EVP_DigestVerify(context.digest.get(), raw(der), der.size(), raw(message),
                          message.size()) == 1;
}

Result<std::string> Sm2Key::point() const {
  // Uncompressed whatever form the key came in.
  EVP_PKEY_set_utf8_string_param(state_->key.get(), OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
                                 OSSL_PKEY_EC_POINT_CONVERSION_FORMAT_UNCOMPRESSED);
  std::array<unsigned char, 2 * kNumber + 1> out{};
  std::size_t size = 0;
  if (EVP_PKEY_get_octet_string_param(state_->key.get(), OSSL_PKEY_PARAM_PUB_KEY, out.data(),
                                      out.size(), &size) != 1 ||
      size != out.size())
    return Error{Code::invalid, "not a public key of SM2"};
  return std::string(out.begin(), out.end());
}

}  // namespace assay
