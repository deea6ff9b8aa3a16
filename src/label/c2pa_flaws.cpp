// SPDX-License-Identifier: Apache-2.0
#include "label/c2pa_flaws.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/messages.h"

namespace assay::label {
namespace {

struct Row {
  C2paFlaw kind;
  std::string_view id;
  C2paEffect effect;
  Severity severity;
  StaticText message;  // {0}
  StaticText mend;
};

constexpr StaticText kOriginal = {
    "不要采信该清单；向提供者索取签名后的原始文件",
    "do not rely on the manifest; ask the provider for the file as it was signed"};
constexpr StaticText kOtherTool = {"用支持该特性的 C2PA 工具核验",
                                   "verify it with a C2PA tool that knows this feature"};
constexpr StaticText kTrust = {
    "确认签名者身份后，将其签发机构加入信任列表",
    "make sure who the signer is, then add its issuer to the trust list"};

constexpr std::array<Row, 17> kRows = {{
    {C2paFlaw::store_broken,
     "c2pa-store-broken",
     C2paEffect::fails,
     Severity::high,
     {"C2PA 清单库无法读取：{0}", "the C2PA manifest store cannot be read: {0}"},
     kOriginal},
    {C2paFlaw::claim_missing,
     "c2pa-claim-missing",
     C2paEffect::fails,
     Severity::high,
     {"C2PA 清单缺少 {0}", "the C2PA manifest has no {0}"},
     kOriginal},
    {C2paFlaw::claim_broken,
     "c2pa-claim-broken",
     C2paEffect::fails,
     Severity::high,
     {"C2PA 声明、断言或签名的结构有误：{0}",
      "a C2PA claim, assertion or signature breaks its layout: {0}"},
     kOriginal},
    {C2paFlaw::assertion_missing,
     "c2pa-assertion-missing",
     C2paEffect::fails,
     Severity::high,
     {"声明引用的断言不在清单中：{0}", "an assertion of the claim is not in the manifest: {0}"},
     kOriginal},
    {C2paFlaw::assertion_mismatch,
     "c2pa-assertion-mismatch",
     C2paEffect::fails,
     Severity::high,
     {"断言 {0} 在签名后被改动", "the assertion {0} was changed after signing"},
     kOriginal},
    {C2paFlaw::assertion_undeclared,
     "c2pa-assertion-undeclared",
     C2paEffect::fails,
     Severity::high,
     {"清单含有声明未引用的断言：{0}",
      "the manifest has an assertion the claim does not name: {0}"},
     kOriginal},
    {C2paFlaw::binding_missing,
     "c2pa-binding-missing",
     C2paEffect::fails,
     Severity::high,
     {"清单没有与文件内容绑定的摘要", "no hash binds the manifest to the file's content"},
     kOriginal},
    {C2paFlaw::hash_mismatch,
     "c2pa-hash-mismatch",
     C2paEffect::fails,
     Severity::high,
     {"文件内容在签名后被改动（{0}）", "the file's content was changed after signing ({0})"},
     kOriginal},
    {C2paFlaw::signature_invalid,
     "c2pa-signature-invalid",
     C2paEffect::fails,
     Severity::high,
     {"声明的签名无效：{0}", "the signature of the claim is not valid: {0}"},
     kOriginal},
    {C2paFlaw::undecided,
     "c2pa-undecided",
     C2paEffect::leaves_open,
     Severity::medium,
     {"C2PA 清单的一部分未能核验：{0}", "a part of the C2PA manifest could not be verified: {0}"},
     kOtherTool},
    {C2paFlaw::not_looked_for,
     "c2pa-not-looked-for",
     C2paEffect::leaves_open,
     Severity::info,
     {"没有查找或读取 C2PA 清单：{0}", "the C2PA manifest was not looked for or not read: {0}"},
     kOtherTool},
    {C2paFlaw::no_trust_list,
     "c2pa-no-trust-list",
     C2paEffect::distrusts,
     Severity::info,
     {"没有给出信任列表，签名者 {0} 的身份未经确认",
      "no trust list was given, so that nobody vouches for the signer {0}"},
     kTrust},
    {C2paFlaw::untrusted,
     "c2pa-untrusted",
     C2paEffect::distrusts,
     Severity::medium,
     {"签名者 {0} 不在信任列表之下", "the trust list does not reach the signer {0}"},
     kTrust},
    {C2paFlaw::certificate_time,
     "c2pa-certificate-time",
     C2paEffect::distrusts,
     Severity::medium,
     {"证书链在 {0} 不在有效期内", "the certificates were not valid on {0}"},
     {"核实签名时间；签名时证书应在有效期内",
      "find out when it was signed: certificates must be valid then"}},
    {C2paFlaw::certificate_purpose,
     "c2pa-certificate-purpose",
     C2paEffect::distrusts,
     Severity::medium,
     {"签名者 {0} 的证书不是用于签署内容", "the certificate of {0} is not one for signing content"},
     {"改用具有内容签名用途的证书签署", "sign with a certificate made for signing content"}},
    {C2paFlaw::time_unchecked,
     "c2pa-time-unchecked",
     C2paEffect::none,
     Severity::info,
     {"未知签名时间，没有核对证书有效期",
      "the time of signing is not known: validity periods of "
      "certificates were not looked at"},
     {"给出核对日期", "give the date to check them for"}},
    {C2paFlaw::extra_exclusions,
     "c2pa-extra-exclusions",
     C2paEffect::none,
     Severity::medium,
     {"清单库之外有 {0} 字节不受摘要保护",
      "{0} bytes outside the manifest store are not covered by the hash"},
     {"不要采信这些字节中的信息", "do not rely on what stands in these bytes"}},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i)
    if (static_cast<std::size_t>(kRows[i].kind) != i) return false;
  return true;
}
static_assert(in_order());

}  // namespace

Flaw make_c2pa(C2paFlaw kind, std::string where, std::string_view value) {
  const Row& row = kRows[static_cast<std::size_t>(kind)];
  return {std::string(row.id),
          row.severity,
          std::move(where),
          {fmt::format(fmt::runtime(row.message.zh), value),
           fmt::format(fmt::runtime(row.message.en), value)},
          row.mend.text()};
}

Flaw make_c2pa_because(C2paFlaw kind, std::string where, std::string_view reason) {
  Flaw out = make_c2pa(kind, std::move(where), reason);
  out.message.zh = make_c2pa(kind, {}, in(reason, Language::zh)).message.zh;
  return out;
}

C2paEffect effect_of(const Flaw& flaw) {
  const auto row =
      std::find_if(kRows.begin(), kRows.end(), [&](const Row& one) { return one.id == flaw.id; });
  return row == kRows.end() ? C2paEffect::none : row->effect;
}

}  // namespace assay::label
