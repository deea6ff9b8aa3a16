// SPDX-License-Identifier: Apache-2.0
#include "artifact/pickle_flaws.h"

#include <fmt/format.h>

#include <array>

namespace assay::artifact {
namespace {

struct Row {
  FlawKind kind;
  std::string_view id;
  Severity severity;
  StaticText message;  // {} is the subject
  StaticText mend;
};

constexpr StaticText kTrust = {
    "向提供者索取 safetensors 格式；必须使用时，先在隔离环境中核实该名称的作用",
    "ask the provider for safetensors; if it must be used, find out in isolation what the name "
    "does"};
constexpr StaticText kFresh = {"向提供者索取完整的原文件，或重新导出",
                               "get the whole original file from the provider, or export it again"};

constexpr std::array<Row, 17> kRows = {{
    {FlawKind::unlisted_import,
     "pickle-import",
     Severity::high,
     {"加载时导入 {}，不在允许清单内", "loading imports {}, which is not on the allow list"},
     kTrust},
    {FlawKind::computed_import,
     "pickle-computed-import",
     Severity::critical,
     {"{} 导入的名称在加载时才算出", "{} imports a name that is computed while loading"},
     kTrust},
    {FlawKind::unlisted_call,
     "pickle-call",
     Severity::critical,
     {"加载时调用 {}，不在允许清单内", "loading calls {}, which is not on the allow list"},
     kTrust},
    {FlawKind::unknown_call,
     "pickle-unknown-call",
     Severity::critical,
     {"{} 调用的对象无法确定", "{} calls an object that cannot be told"},
     kTrust},
    {FlawKind::argument,
     "pickle-argument",
     Severity::high,
     {"调用 {} 的参数不符合允许清单的规则", "the arguments of {} break the rule of the allow list"},
     kTrust},
    {FlawKind::target,
     "pickle-target",
     Severity::high,
     {"在不允许的对象上设置状态或添加内容：{}",
      "sets state of, or adds to, something that is not a known container: {}"},
     kTrust},
    {FlawKind::extension,
     "pickle-extension",
     Severity::high,
     {"{} 的含义取决于加载进程的扩展注册表",
      "the meaning of {} depends on the registry of the loading process"},
     kTrust},
    {FlawKind::persistent_id,
     "pickle-persistent-id",
     Severity::high,
     {"{} 的持久化标识不是 PyTorch 存储的形式",
      "the persistent id of {} is not of PyTorch's storage form"},
     kTrust},
    {FlawKind::nested,
     "pickle-nested",
     Severity::medium,
     {"数据中另含一段 pickle", "another pickle stands inside its data"},
     kTrust},
    {FlawKind::not_followed,
     "pickle-not-followed",
     Severity::high,
     {"pickle 流未能读到结尾：{}", "a pickle stream could not be followed to its end: {}"},
     kFresh},
    {FlawKind::two_ways,
     "pickle-frame",
     Severity::high,
     {"帧长与指令不符，不同加载程序读法不同",
      "frames and instructions do not fit, so loaders read it differently"},
     kFresh},
    {FlawKind::trailing_bytes,
     "pickle-trailing",
     Severity::medium,
     {"最后一段 pickle 之后有 {} 个字节不是 pickle，未予判断",
      "{} bytes after the last pickle are no pickle and were not judged"},
     kFresh},
    {FlawKind::too_deep,
     "pickle-too-deep",
     Severity::high,
     {"pickle 嵌套过深，未继续读取", "pickles are nested too deep and were not followed further"},
     kFresh},
    {FlawKind::too_many_streams,
     "pickle-too-many",
     Severity::high,
     {"pickle 流超过 {} 段，其余未读取", "more than {} pickle streams; the rest was not followed"},
     kFresh},
    {FlawKind::member_not_read,
     "archive-member-not-read",
     Severity::high,
     {"压缩包成员无法读取：{}", "a member of the archive cannot be read: {}"},
     kFresh},
    {FlawKind::archive_differs,
     "archive-differs",
     Severity::medium,
     {"不同程序对该压缩包的读法不同：{}", "programs read this archive differently: {}"},
     kFresh},
    {FlawKind::python_source,
     "archive-python-source",
     Severity::medium,
     {"压缩包含有 Python 源代码，加载时可能执行",
      "the archive holds Python source that loading may run"},
     {"审阅这些代码，或改用只含权重的格式",
      "review the code, or use a format that holds weights only"}},
}};

// What the disassembler, the machine and the readers of archives say when they stop; a number may
// follow.
constexpr StaticText kReasons[] = {
    {"数据在指令中间结束", "data ends inside an instruction"},
    {"数据在一行中间结束", "data ends inside a line"},
    {"长度为负", "negative length"},
    {"未知的操作码", "unknown opcode"},
    {"未知的协议版本", "unknown protocol"},
    {"指令过多", "too many instructions"},
    {"栈为空", "stack underflow"},
    {"找不到 MARK", "could not find MARK"},
    {"栈上的值过多", "too many values on the stack"},
    {"标记过多", "too many marks"},
    {"备忘表中的值过多", "too many values in the memo"},
    {"备忘表序号不是数字", "memo index is not a number"},
    {"备忘表中没有该序号", "nothing in the memo at that index"},
    {"DICT 的项数为奇数", "odd number of items for DICT"},
    {"SETITEMS 的项数为奇数", "odd number of items for SETITEMS"},
    {"存储过多", "too many storages"},
    {"名称过多", "too many names"},
    {"名称不是 UTF-8", "the name is not UTF-8"},
    {"名称不是文本", "the name is not text"},
    {"STACK_GLOBAL 缺少文本", "STACK_GLOBAL without texts"},
    {"扩展编号小于 1", "extension code below 1"},
    {"压缩包嵌套过深", "archives are nested too deep"},
    {"没有本地文件头", "no local header"},
    {"已加密", "encrypted"},
    {"不支持的压缩方法 ", "compression method "},
    {"成员过大", "entry is too long"},
    {"压缩数据已损坏", "compressed data is broken"},
    {"压缩数据不完整", "compressed data is cut short"},
    {"解压后超过上限（字节）：", "unpacks to more than "},
    {"单个部分超过 64 MiB", "one part is larger than 64 MiB"},
    {"成员过多", "too many entries"},
    {"目录过长", "directory is too long"},
    {"目录超出文件", "directory lies outside"},
    {"此处不是目录项", "no directory entry here"},
    {"成员超出文件", "entry lies outside"},
    {"没有 zip64 记录", "no zip64 record"},
    {"其中没有压缩包", "no archive in it"},
    {"过早结束", "ends too early"},
    {"头部过长", "header is too long"},
    {"未知的版本", "unknown version"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i)
    if (static_cast<std::size_t>(kRows[i].kind) != i) return false;
  return true;
}
static_assert(in_order());

}  // namespace

FlawKind kind_of(Problem problem) {
  switch (problem) {
    case Problem::none:
    case Problem::unlisted_import: return FlawKind::unlisted_import;
    case Problem::computed_import: return FlawKind::computed_import;
    case Problem::unlisted_call: return FlawKind::unlisted_call;
    case Problem::unknown_call: return FlawKind::unknown_call;
    case Problem::argument: return FlawKind::argument;
    case Problem::target: return FlawKind::target;
    case Problem::extension: return FlawKind::extension;
    case Problem::persistent_id: return FlawKind::persistent_id;
  }
  return FlawKind::unknown_call;
}

Flaw make_flaw(FlawKind kind, std::string where, const Text& subject) {
  const Row& row = kRows[static_cast<std::size_t>(kind)];
  return {std::string(row.id),
          row.severity,
          std::move(where),
          {fmt::format(fmt::runtime(row.message.zh), subject.zh),
           fmt::format(fmt::runtime(row.message.en), subject.en)},
          row.mend.text()};
}

Flaw make_flaw(FlawKind kind, std::string where, std::string_view subject) {
  return make_flaw(kind, std::move(where), Text{std::string(subject), std::string(subject)});
}

Text in_both(std::string_view reason) {
  for (const StaticText& row : kReasons)
    if (reason.starts_with(row.en))
      return {std::string(row.zh) + std::string(reason.substr(row.en.size())), std::string(reason)};
  return {std::string(reason), std::string(reason)};
}

}  // namespace assay::artifact
