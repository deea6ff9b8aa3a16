// SPDX-License-Identifier: Apache-2.0
#include "label/flaws.h"

#include <fmt/format.h>

#include <array>

#include "base/messages.h"

namespace assay::label {
namespace {

struct Row {
  FlawKind kind;
  std::string_view id;
  Severity severity;
  StaticText message;  // {0} and {1}
  StaticText mend;
};

constexpr StaticText kOneLabel = {
    "保留一个标识，其余删除；写入前清点全部载体",
    "keep one label and remove the rest; look through all carriers before writing"};
constexpr StaticText kSevenKeys = {
    "按次序写出七个键：Label、ContentProducer、ProduceID、ReservedCode1、ContentPropagator、Propaga"
    "teID、ReservedCode2，值均为字符串",
    "write the seven keys in order, all with text values: Label, ContentProducer, ProduceID, "
    "ReservedCode1, "
    "ContentPropagator, PropagateID, ReservedCode2"};
constexpr StaticText kCode = {
    "编码为 27 位：00、主体类型 1、1、18 位统一社会信用代码、5 位服务扩展码",
    "a code has 27 characters: 00, subject type 1, 1, the 18-character credit code, 5 of the "
    "service"};
constexpr StaticText kXmp = {
    "以命名空间 http://www.tc260.org.cn/ns/AIGC/1.0/ 写入 XMP 属性 TC260:AIGC",
    "write the XMP property TC260:AIGC in the namespace http://www.tc260.org.cn/ns/AIGC/1.0/"};
constexpr StaticText kRewrite = {"用可靠的写入程序重新写出元数据",
                                 "write the metadata again with a program you trust"};

constexpr StaticText kSignAgain = {
    "由持有签名密钥的生成者重新签名：assay label sign --replace",
    "let the producer that holds the key sign it again: assay label sign --replace"};
constexpr StaticText kAskProducer = {"向生成者取得方法说明或公钥后再核验",
                                     "get the method or the public key from the producer"};

constexpr std::array<Row, 41> kRows = {{
    {FlawKind::label_missing,
     "label-missing",
     Severity::high,
     {"文件元数据中没有隐式标识", "the metadata of the file holds no implicit label"},
     {"在最后一道写文件的工序写入标识", "write the label in the last step that writes the file"}},
    {FlawKind::two_labels,
     "two-labels",
     Severity::high,
     {"文件中有 {0} 个隐式标识", "the file holds {0} implicit labels"},
     kOneLabel},
    {FlawKind::wrong_carrier,
     "wrong-carrier",
     Severity::medium,
     {"标识不在约定的位置：{0}", "the label does not stand in the agreed place: {0}"},
     {"用 assay label write --replace 写入约定的位置",
      "write it to the agreed place: assay label write --replace"}},
    {FlawKind::wrong_namespace,
     "wrong-namespace",
     Severity::medium,
     {"XMP 属性 {0} 的命名空间为“{1}”", "the XMP property {0} is of the namespace '{1}'"},
     kXmp},
    {FlawKind::not_json,
     "not-json",
     Severity::high,
     {"标识的值不是 JSON 对象：{0}", "the value of the label is no JSON object: {0}"},
     kSevenKeys},
    {FlawKind::base64,
     "base64",
     Severity::high,
     {"标识的值经过 Base64 编码", "the value of the label is Base64"},
     {"写入文件之前还原为明文 JSON",
      "turn it back into plain JSON before it is written to the file"}},
    {FlawKind::encoded_twice,
     "encoded-twice",
     Severity::medium,
     {"标识的对象又被编码为 JSON 字符串", "the label's object stands inside a JSON text"},
     {"直接写入对象，不要再次编码", "write the object itself, not a text of it"}},
    {FlawKind::key_missing,
     "key-missing",
     Severity::high,
     {"缺少键 {0}", "the key {0} is missing"},
     kSevenKeys},
    {FlawKind::key_misspelt,
     "key-misspelt",
     Severity::high,
     {"键 {0} 应写作 {1}", "the key {0} should be {1}"},
     kSevenKeys},
    {FlawKind::key_twice,
     "key-twice",
     Severity::high,
     {"键 {0} 出现多次", "the key {0} stands more than once"},
     kSevenKeys},
    {FlawKind::key_order,
     "key-order",
     Severity::medium,
     {"键的次序不对：{0}", "the keys are out of order: {0}"},
     kSevenKeys},
    {FlawKind::extra_key,
     "extra-key",
     Severity::low,
     {"标识含有规定之外的键 {0}", "the label has a key that is not one of the seven: {0}"},
     kSevenKeys},
    {FlawKind::required_empty,
     "required-empty",
     Severity::high,
     {"{0} 的值为空", "the value of {0} is empty"},
     {"由服务端填写，值为空时拒绝输出文件",
      "fill it in on the server and refuse to output a file while it is empty"}},
    {FlawKind::number_for_string,
     "number-for-string",
     Severity::medium,
     {"{0} 的值不是字符串", "the value of {0} is not a text"},
     {"给值加上引号", "put the value in quotes"}},
    {FlawKind::label_value,
     "label-value",
     Severity::high,
     {"Label 的值“{0}”不在“{1}”之列", "the value '{0}' of Label is none of '{1}'"},
     {"属于写 1，可能写 2，疑似写 3", "write 1 for generated, 2 for possibly, 3 for suspected"}},
    {FlawKind::bad_character,
     "bad-character",
     Severity::medium,
     {"{0} 的值有 {1} 个不允许的字符（空格、反斜杠、控制字符或多字节字符）",
      "the value of {0} has {1} characters that are not allowed (spaces, backslashes, control or "
      "multi-byte characters)"},
     {"以服务提供者编码代替中文名称，编号只用字母、数字和常用符号",
      "use the provider code instead of a Chinese name, and letters, digits and common signs in "
      "numbers"}},
    {FlawKind::value_too_long,
     "value-too-long",
     Severity::medium,
     {"{0} 的值有 {1} 字节，超过本程序的上限 16 KiB",
      "the value of {0} has {1} bytes, over the 16 KiB that this program takes"},
     {"值只写名称、编码、编号或防护数据，其余内容另存",
      "let a value be a name, code, number or protection data, and keep the rest elsewhere"}},
    {FlawKind::first_write_mismatch,
     "first-write-mismatch",
     Severity::medium,
     {"首次写入时 {0} 应与 {1} 相同", "on first write {0} should equal {1}"},
     {"生成者首次写入时复制自己的名称和编号；经他人传播的文件用 --received 检查",
      "the producer copies its own name and number on first write; check files that others passed "
      "on with --received"}},
    {FlawKind::first_write_empty,
     "first-write-empty",
     Severity::low,
     {"首次写入时 {0} 为空，应与 {1} 相同", "on first write {0} is empty and should equal {1}"},
     {"首次写入时复制生成者的名称和编号", "copy the producer's name and number on first write"}},
    {FlawKind::code_length,
     "code-length",
     Severity::medium,
     {"{0} 的编码“{1}”不是 27 位数字和大写字母",
      "the code '{1}' in {0} is not 27 digits and capital letters"},
     kCode},
    {FlawKind::code_prefix,
     "code-prefix",
     Severity::medium,
     {"{0} 的编码“{1}”不以格式标识开头", "the code '{1}' in {0} does not begin with the format id"},
     kCode},
    {FlawKind::code_subject,
     "code-subject",
     Severity::medium,
     {"{0} 的编码“{1}”第 3、4 位不是组织的主体类型",
      "characters 3 and 4 of the code '{1}' in {0} do not name an organisation"},
     kCode},
    {FlawKind::code_check_character,
     "code-check-character",
     Severity::medium,
     {"{0} 的编码“{1}”中统一社会信用代码校验不符",
      "the credit code inside the code '{1}' in {0} fails its check"},
     {"核对登记证照上的统一社会信用代码",
      "compare the credit code with the registration certificate"}},
    {FlawKind::code_service,
     "code-service",
     Severity::medium,
     {"{0} 的编码“{1}”服务扩展码无效", "the service part of the code '{1}' in {0} is not valid"},
     kCode},
    {FlawKind::checksum,
     "checksum",
     Severity::medium,
     {"标识所在处的校验和不符，数据可能已损坏",
      "the check sum around the label is wrong; its data may be damaged"},
     kRewrite},
    {FlawKind::xmp_unread,
     "xmp-unread",
     Severity::high,
     {"XMP 无法读取：{0}", "the XMP cannot be read: {0}"},
     kRewrite},
    {FlawKind::exif_unread,
     "exif-unread",
     Severity::medium,
     {"EXIF 无法读取：{0}", "the EXIF cannot be read: {0}"},
     kRewrite},
    {FlawKind::text_unread,
     "text-unread",
     Severity::medium,
     {"文本块无法读取：{0}", "a text chunk cannot be read: {0}"},
     kRewrite},
    {FlawKind::other_scheme,
     "other-scheme",
     Severity::info,
     {"有其他形式的生成信息，不是隐式标识",
      "it holds generation data of another scheme, which is no implicit label"},
     {"按国家标准另写隐式标识", "write the implicit label of the national standard"}},
    {FlawKind::format_not_read,
     "format-not-read",
     Severity::info,
     {"未检查其标识：{0}", "its label was not looked for: {0}"},
     {"用独立工具读出标识并作为证据提交",
      "read the label with an independent tool and attach it as evidence"}},
    {FlawKind::file_broken,
     "file-broken",
     Severity::high,
     {"文件结构损坏：{0}", "the structure of the file is broken: {0}"},
     {"重新生成该文件", "generate the file again"}},
    {FlawKind::file_unread,
     "file-unread",
     Severity::medium,
     {"文件无法读取：{0}", "the file cannot be read: {0}"},
     {"检查路径、权限和文件是否完整",
      "check the path, the permissions and whether the file is whole"}},
    {FlawKind::protection_unknown,
     "protection-unknown",
     Severity::info,
     {"预留字段不是 TC260PG 的防护数据：{0}",
      "the reserved field is no TC260PG protection data: {0}"},
     kAskProducer},
    {FlawKind::signature_unknown,
     "signature-unknown",
     Severity::info,
     {"签名算法“{0}”不在可核验之列", "the signature algorithm '{0}' is not one we verify"},
     kAskProducer},
    {FlawKind::signature_other_key,
     "signature-other-key",
     Severity::high,
     {"签名由密钥“{0}”作出，不是给定的可信密钥",
      "it is signed by the key '{0}', which is none of the pinned ones"},
     kAskProducer},
    {FlawKind::signature_no_key,
     "signature-no-key",
     Severity::info,
     {"标识未随附公钥，也未给定可信密钥", "no key travels with the label, and none is pinned"},
     {"用 --key 给出生成者的公钥", "give the producer's public key with --key"}},
    {FlawKind::signature_wrong,
     "signature-wrong",
     Severity::high,
     {"标识的签名核验不符：标识在签名后被改动",
      "the signature does not fit: the label was changed"},
     kSignAgain},
    {FlawKind::signature_ambiguous,
     "signature-ambiguous",
     Severity::high,
     {"文件中的标识不唯一、不完整或不在约定位置，不能核验其签名",
      "the label is not the only one, not whole or not in the agreed place: its signature is not "
      "verified"},
     {"用 assay label check 查明后再核验", "see what is wrong with it: assay label check"}},
    {FlawKind::binding_unknown,
     "binding-unknown",
     Severity::info,
     {"内容绑定的选取方法未写明或未知：“{0}”",
      "how the binding selects content is not written down or unknown: '{0}'"},
     kAskProducer},
    {FlawKind::binding_wrong,
     "binding-wrong",
     Severity::high,
     {"内容绑定不符：文件内容在签名后被改动，或标识取自另一个文件",
      "the binding does not fit: the content was changed, or the label is another file's"},
     kSignAgain},
    {FlawKind::binding_unsigned,
     "binding-unsigned",
     Severity::medium,
     {"内容绑定未签名，任何人都可改写", "the binding is not signed: anyone may have written it"},
     kSignAgain},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i)
    if (static_cast<std::size_t>(kRows[i].kind) != i) return false;
  return true;
}
static_assert(in_order());

}  // namespace

Flaw make_flaw(FlawKind kind, std::string where, std::string_view a, std::string_view b) {
  const Row& row = kRows[static_cast<std::size_t>(kind)];
  return {std::string(row.id),
          row.severity,
          std::move(where),
          {fmt::format(fmt::runtime(row.message.zh), a, b),
           fmt::format(fmt::runtime(row.message.en), a, b)},
          row.mend.text()};
}

Flaw make_carrier_flaw(std::string where, const StaticText& agreed) {
  constexpr StaticText kNone = {"该格式没有指南约定位置", "no guide names one for the format"};
  const StaticText& place = agreed.en.empty() ? kNone : agreed;
  Flaw out = make_flaw(FlawKind::wrong_carrier, std::move(where), place.en);
  out.message.zh = make_flaw(FlawKind::wrong_carrier, {}, place.zh).message.zh;
  return out;
}

Flaw make_unread_flaw(FlawKind kind, std::string where, std::string_view reason) {
  Flaw out = make_flaw(kind, std::move(where), reason);
  out.message.zh = make_flaw(kind, {}, in(reason, Language::zh)).message.zh;
  return out;
}

}  // namespace assay::label
