// SPDX-License-Identifier: Apache-2.0
#include "label/c2pa_cose.h"

#include <array>

#include "formats/cbor/cbor.h"

namespace assay::label {
namespace {

namespace cbor = formats::cbor;

constexpr std::uint64_t kSign1 = 18;    // the tag of COSE_Sign1
constexpr std::int64_t kAlgorithm = 1;  // header parameters of RFC 9052 3.1 and RFC 9360 2
constexpr std::int64_t kChain = 33;
constexpr std::size_t kMaxChain = 16;

struct AlgorithmRow {
  std::uint64_t id;  // -1 - this is the number of the COSE registry
  SignatureScheme scheme;
};

constexpr std::array<AlgorithmRow, 8> kAlgorithms = {{
    {6, SignatureScheme::es256},
    {34, SignatureScheme::es384},
    {35, SignatureScheme::es512},
    {36, SignatureScheme::ps256},
    {37, SignatureScheme::ps384},
    {38, SignatureScheme::ps512},
    {7, SignatureScheme::ed25519},   // EdDSA
    {18, SignatureScheme::ed25519},  // Ed25519 of RFC 9864
}};

Result<SignatureScheme> scheme_of(const cbor::Value& header) {
  const cbor::Value* algorithm = header.find(kAlgorithm);
  if (algorithm == nullptr) return Error{Code::invalid, "the signature names no algorithm", 0};
  for (const AlgorithmRow& row : kAlgorithms)
    if (algorithm->kind == cbor::Kind::negative && algorithm->number == row.id) return row.scheme;
  return Error{Code::unsupported, "the algorithm of the signature is not one of C2PA", 0};
}

// One certificate, or an array of them.
Result<std::vector<std::string>> read_chain(const cbor::Value& value) {
  std::vector<std::string> out;
  if (value.kind == cbor::Kind::bytes) out.push_back(value.data);
  if (value.kind == cbor::Kind::array)
    for (const cbor::Value& item : value.items)
      if (item.kind == cbor::Kind::bytes) out.push_back(item.data);
  if (out.empty() || out.size() > kMaxChain)
    return Error{Code::invalid, "the signature has no usable certificates", 0};
  return out;
}

// Claims of version 2 protect the chain, older ones also put it beside, under its number or name.
const cbor::Value* chain_of(const cbor::Value& header, const cbor::Value& beside) {
  for (const cbor::Value* map : {&header, &beside}) {
    if (const cbor::Value* chain = map->find(kChain); chain != nullptr) return chain;
    if (const cbor::Value* chain = map->find("x5chain"); chain != nullptr) return chain;
  }
  return nullptr;
}

// A byte or text string of CBOR.
void append_string(std::string& out, std::uint8_t major, std::string_view data) {
  const std::uint64_t size = data.size();
  const int bytes = size < 24 ? 0 : size < 0x100 ? 1 : size < 0x10000 ? 2 : 4;
  const int additional = bytes == 0   ? static_cast<int>(size)
                         : bytes == 1 ? 24
                         : bytes == 2 ? 25
                                      : 26;
  out += static_cast<char>(major << 5 | additional);
  for (int i = bytes; i-- > 0;) out += static_cast<char>(size >> (8 * i) & 0xff);
  out += data;
}

// RFC 9052 4.4: what is signed.
std::string sig_structure(std::string_view protected_header, std::string_view payload) {
  constexpr std::uint8_t kBytes = 2;
  constexpr std::uint8_t kText = 3;
  std::string out = "\x84";
  append_string(out, kText, "Signature1");
  append_string(out, kBytes, protected_header);
  append_string(out, kBytes, "");  // no data of the application
  append_string(out, kBytes, payload);
  return out;
}

}  // namespace

Result<CoseSignature> read_cose(Bytes in) {
  cbor::Value whole = TRY(cbor::read(in, {}));
  if (whole.kind == cbor::Kind::tag && whole.number == kSign1) {
    cbor::Value inner = std::move(whole.items.front());
    whole = std::move(inner);
  }
  const std::vector<cbor::Value>& parts = whole.items;
  if (whole.kind != cbor::Kind::array || parts.size() != 4 || parts[0].kind != cbor::Kind::bytes ||
      parts[1].kind != cbor::Kind::map || parts[3].kind != cbor::Kind::bytes)
    return Error{Code::invalid, "not a COSE_Sign1 structure", 0};
  if (!parts[2].is_null())
    return Error{Code::invalid, "the signature holds a payload of its own", 0};
  const cbor::Value header = TRY(cbor::read(as_raw(parts[0].data), {}));
  const cbor::Value* chain = chain_of(header, parts[1]);
  if (chain == nullptr) return Error{Code::invalid, "the signature has no usable certificates", 0};
  CoseSignature out;
  out.scheme = TRY(scheme_of(header));
  out.chain = TRY(read_chain(*chain));
  out.protected_header = parts[0].data;
  out.signature = parts[3].data;
  return out;
}

Result<bool> verifies(const CoseSignature& signature, Bytes payload) {
  const std::string message = sig_structure(signature.protected_header, as_text(payload));
  return verify_signature(signature.scheme, as_raw(signature.chain.front()), as_raw(message),
                          as_raw(signature.signature));
}

}  // namespace assay::label
