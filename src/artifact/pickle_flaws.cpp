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

}  // namespace assay::artifact
