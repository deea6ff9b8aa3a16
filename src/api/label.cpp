// SPDX-License-Identifier: Apache-2.0
#include <assay/label.h>

#include <cerrno>
#include <map>
#include <memory>
#include <new>
#include <string>

#include "base/strings.h"
#include "label/check.h"

// The result as C reads it: texts without NUL in them.
struct assay_label {
  assay::label::Checked checked;
  std::map<std::string, std::string, std::less<>> fields;
  std::vector<std::string> places;  // of the findings
};

namespace assay {
namespace {

constexpr std::size_t kWindow = 4096;

label::Writer writer(unsigned flags) {
  return (flags & ASSAY_LABEL_RECEIVED) != 0 ? label::Writer::later : label::Writer::first;
}

label::Traces traces(unsigned flags) {
  label::Traces out;
  out.declared = (flags & ASSAY_LABEL_DECLARED) != 0;
  return out;
}

assay_label* result_of(ByteSource& in, const char* name, unsigned flags) {
  auto checked = label::check(in, name == nullptr ? "" : name, writer(flags), traces(flags));
  if (!checked.ok()) {
    errno = EIO;
    return nullptr;
  }
  auto out = std::make_unique<assay_label>();
  out->checked = std::move(*checked);
  if (!out->checked.judgement.labels.empty())
    for (const label::Field& field : out->checked.judgement.labels[0].fields)
      out->fields.try_emplace(field.key, printable(field.value, 4096));
  for (const Flaw& flaw : out->checked.flaws) out->places.push_back(printable(flaw.where, 4096));
  return out.release();
}

// No exception may reach a caller in C.
template <class F>
assay_label* guarded(const F& make) {
  try {
    return make();
  } catch (const std::bad_alloc&) {
    errno = ENOMEM;
  } catch (...) {
    errno = EIO;
  }
  return nullptr;
}

const Flaw* flaw_at(const assay_label* label, size_t index) {
  return index < label->checked.flaws.size() ? &label->checked.flaws[index] : nullptr;
}

}  // namespace
}  // namespace assay

#define ASSAY_EXPORT __attribute__((visibility("default")))

extern "C" {

ASSAY_EXPORT assay_label* assay_label_of_memory(const void* data, size_t size, const char* name,
                                                unsigned flags) {
  return assay::guarded([&] {
    assay::MemorySource in({static_cast<const std::byte*>(data), size});
    return assay::result_of(in, name, flags);
  });
}

ASSAY_EXPORT assay_label* assay_label_of_fd(int fd, const char* name, unsigned flags) {
  return assay::guarded([&]() -> assay_label* {
    auto file = assay::FileReader::of(fd, name == nullptr ? "" : name);
    if (!file.ok()) {
      errno = EBADF;
      return nullptr;
    }
    assay::FileSource in(std::move(*file), assay::kWindow);
    return assay::result_of(in, name, flags);
  });
}

ASSAY_EXPORT void assay_label_free(assay_label* label) { delete label; }

ASSAY_EXPORT assay_label_verdict assay_label_get_verdict(const assay_label* label) {
  return static_cast<assay_label_verdict>(label->checked.verdict);
}

ASSAY_EXPORT assay_platform_verdict assay_label_get_platform(const assay_label* label) {
  return static_cast<assay_platform_verdict>(label->checked.platform.verdict);
}

ASSAY_EXPORT const char* assay_label_get_format(const assay_label* label) {
  return label->checked.format.c_str();
}

ASSAY_EXPORT const char* assay_label_get(const assay_label* label, const char* key) {
  const auto found = label->fields.find(std::string_view(key));
  return found == label->fields.end() ? nullptr : found->second.c_str();
}

ASSAY_EXPORT size_t assay_label_findings(const assay_label* label) {
  return label->checked.flaws.size();
}

ASSAY_EXPORT const char* assay_label_finding_id(const assay_label* label, size_t index) {
  const assay::Flaw* flaw = assay::flaw_at(label, index);
  return flaw == nullptr ? nullptr : flaw->id.c_str();
}

ASSAY_EXPORT const char* assay_label_finding_where(const assay_label* label, size_t index) {
  return index < label->places.size() ? label->places[index].c_str() : nullptr;
}

ASSAY_EXPORT const char* assay_label_finding_message(const assay_label* label, size_t index,
                                                     assay_language language) {
  const assay::Flaw* flaw = assay::flaw_at(label, index);
  if (flaw == nullptr) return nullptr;
  return (language == ASSAY_ZH ? flaw->message.zh : flaw->message.en).c_str();
}

}  // extern "C"
