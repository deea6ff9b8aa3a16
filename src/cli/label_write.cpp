// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/credit_code.h"
#include "base/messages.h"
#include "base/strings.h"
#include "catalog/json_object.h"
#include "cli/label_commands.h"
#include "label/sign.h"
#include "label/write.h"

namespace assay::cli {
namespace {

using catalog::JsonObject;

constexpr std::uint64_t kKeyFileBytes = 64 * 1024;

// Options in the order of label::kKeys.
constexpr std::array<std::string_view, label::kKeyCount> kValueOptions = {
    "--label",      "--producer",     "--produce-id", "--reserved1",
    "--propagator", "--propagate-id", "--reserved2"};

Result<label::Request> request(const Session& session) {
  label::Request out;
  const std::string role = session.value("--as").value_or("producer");
  if (role != "producer" && role != "propagator")
    return Error{Code::invalid, "a label is written as producer or as propagator", 0, "--as",
                 "give --as producer or --as propagator"};
  out.role = role == "producer" ? label::Role::producer : label::Role::propagator;
  for (std::size_t i = 0; i < kValueOptions.size(); ++i)
    out.values[i] = session.value(kValueOptions[i]);
  const auto& kind = out.values[0];
  if (kind && !label::is_label_value(*kind))
    return Error{Code::invalid, "the attribute is 1, 2 or 3", 0, "--label",
                 "1: generated, 2: possibly, 3: suspected"};
  out.replace = session.flag("--replace");
  out.will_resign = session.flag("--will-resign");
  return out;
}

void tell(Session& session, const std::string& path, const label::Written& written) {
  if (session.json()) {
    session.out(JsonObject()
                    .text("path", path)
                    .text("format", written.format)
                    .boolean("changed", written.changed)
                    .text("where", written.where)
                    .text("label", written.value)
                    .str() +
                "\n");
    return;
  }
  session.out(fmt::format("{}: {} ({})\n  {}\n", printable(path, 400),
                          written.changed ? session.say("已写入并读回", "written and read back")
                                          : session.say("已有此标识", "the label is there already"),
                          in(written.where, session.language()), written.value));
}

// `write` for each file, and what came of it.
template <class Write>
Result<int> each(Session& session, const Write& write) {
  return each_file(session, [&](const fs::path& path, const fs::path& out) -> Status {
    const label::Written written = TRY(write(path, out));
    tell(session, out.string(), written);
    return Done{};
  });
}

StaticText name_of(label::Integrity integrity) {
  switch (integrity) {
    case label::Integrity::none: return {"无", "none"};
    case label::Integrity::valid: return {"有效，密钥可信", "valid, by a pinned key"};
    case label::Integrity::intact:
      return {"未被改动，但密钥随文件携带，来源未证实",
              "not changed; the key travels with the file, so who signed is not proven"};
    case label::Integrity::invalid: return {"无效", "invalid"};
    case label::Integrity::undecided: return {"未判定", "undecided"};
  }
  return {};
}

std::string_view word_of(label::Integrity integrity) {
  constexpr std::array<std::string_view, 5> kWords = {"none", "valid", "intact", "invalid",
                                                      "undecided"};
  return kWords[static_cast<std::size_t>(integrity)];
}

int code_of(const label::Verification& v) {
  const auto is = [&](label::Integrity what) { return v.label == what || v.content == what; };
  if (is(label::Integrity::invalid)) return 1;
  // Without a binding the label may come from another file.
  return v.label == label::Integrity::valid && v.content == label::Integrity::valid ? 0 : 3;
}

void tell(Session& session, const std::string& path, const label::Verification& v) {
  if (session.json()) {
    std::vector<std::string> findings;
    for (const Flaw& flaw : v.flaws)
      findings.push_back(JsonObject()
                             .text("id", flaw.id)
                             .text("where", flaw.where)
                             .text("message", session.say(flaw.message))
                             .str());
    session.out(JsonObject()
                    .text("path", path)
                    .boolean("labelled", v.labelled)
                    .text("signature", word_of(v.label))
                    .text("binding", word_of(v.content))
                    .text("key_id", v.key_id)
                    .text("key", v.key)
                    .list("findings", findings)
                    .str() +
                "\n");
    return;
  }
  if (!v.labelled) {
    session.out(fmt::format(
        "{}\n  {}\n", printable(path, 400),
        session.say("没有隐式标识，因此也没有签名", "no implicit label, so nothing is signed")));
    return;
  }
  session.out(fmt::format(
      "{}\n  {}: {}\n  {}: {}\n", printable(path, 400),
      session.say("标识签名", "signature of the label"), session.say(name_of(v.label)),
      session.say("内容绑定", "binding to the content"), session.say(name_of(v.content))));
  if (!v.key.empty())
    session.out(
        fmt::format("  {}: {} {}\n", session.say("密钥", "key"), printable(v.key_id, 60), v.key));
  for (const Flaw& flaw : v.flaws)
    session.out(fmt::format("  [{}] {}\n    {}: {}\n", flaw.id, session.say(flaw.message),
                            session.say("整改", "mend"), session.say(flaw.mend)));
}

// The key in `pem`, which `file` holds.
Result<Sm2Key> key_of(const std::string& pem, const std::string& file) {
  Result<Sm2Key> key = Sm2Key::from_pem(pem);
  if (!key.ok()) key.error().where = file;
  return key;
}

}  // namespace

Result<int> label_write(Session& session) {
  const label::Request wanted = TRY(request(session));
  return each(session, [&](const fs::path& path, const fs::path& out) {
    return label::write_file(path, wanted, out);
  });
}

Result<int> label_sign(Session& session) {
  const std::string bind = session.value("--bind").value_or("sm3");
  if (bind != "sm3" && bind != "sha256" && bind != "none")
    return Error{Code::invalid, "content is bound by sm3, sha256 or none", 0, "--bind",
                 "give one of the three"};
  const auto key = session.value("--key");
  if (!key)
    return Error{Code::invalid, "a private key is needed to sign", 0, "--key",
                 "make one: openssl genpkey -algorithm SM2 -out key.pem"};
  label::SignRequest wanted;
  wanted.private_key = TRY(read_file(*key, kKeyFileBytes));
  TRY(key_of(wanted.private_key, *key));  // told once, not for each file
  wanted.key_id = session.value("--key-id").value_or("1");
  wanted.replace = session.flag("--replace");
  wanted.will_resign = session.flag("--will-resign");
  if (bind == "none") wanted.bind.reset();
  if (bind == "sha256") wanted.bind = HashAlgorithm::sha256;
  return each(session, [&](const fs::path& path, const fs::path& out) {
    return label::sign_file(path, wanted, out);
  });
}

Result<int> label_verify(Session& session) {
  std::vector<Sm2Key> pinned;
  for (const std::string& file : session.all("--key")) {
    const std::string pem = TRY(read_file(file, kKeyFileBytes));
    pinned.push_back(TRY(key_of(pem, file)));
  }
  int code = 0;
  for (const std::string& path : session.positional("PATH")) {
    const Result<label::Verification> v = label::verify_file(path, pinned);
    if (!v.ok()) {
      session.note(printable(path + ": " + v.error().text(session.language()), 2000) + "\n");
      code = worse(code, exit_code(v.error().code));
      continue;
    }
    tell(session, path, *v);
    code = worse(code, code_of(*v));
  }
  return code;
}

Result<int> label_code(Session& session) {
  int code = 0;
  for (const std::string& text : session.positional("CODE")) {
    const auto flaws = label::check_code(text);
    if (session.json()) {
      std::vector<std::string> findings;
      for (const Flaw& flaw : flaws)
        findings.push_back(
            JsonObject().text("id", flaw.id).text("message", session.say(flaw.message)).str());
      session.out(JsonObject()
                      .text("code", printable(text))
                      .boolean("valid", flaws.empty())
                      .list("findings", findings)
                      .str() +
                  "\n");
    } else {
      session.out(fmt::format(
          "{}: {}\n", printable(text),
          flaws.empty() ? session.say("符合", "valid") : session.say("不符合", "not valid")));
      for (const Flaw& flaw : flaws)
        session.out(fmt::format("  [{}] {}\n", flaw.id, session.say(flaw.message)));
    }
    if (!flaws.empty()) code = 1;
  }
  return code;
}

Result<int> label_formats(Session& session) {
  for (const formats::MediaFormat* format : formats::media_formats()) {
    if (session.json()) {
      session.out(JsonObject()
                      .text("format", format->name)
                      .boolean("written", format->write != nullptr)
                      .text("place_zh", format->place.zh)
                      .text("place_en", format->place.en)
                      .str() +
                  "\n");
      continue;
    }
    const std::string_view place =
        format->place.en.empty() ? session.say("（没有指南约定位置）", "(no guide names a place)")
                                 : session.say(format->place);
    session.out(fmt::format(
        "{:<10} {:<12} {}\n", format->name,
        format->write != nullptr ? session.say("读写", "read, write") : session.say("只读", "read"),
        place));
  }
  return 0;
}

}  // namespace assay::cli
