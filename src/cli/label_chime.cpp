// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include "base/strings.h"
#include "catalog/json_object.h"
#include "cli/label_commands.h"
#include "label/chime.h"

namespace assay::cli {
namespace {

Result<label::ChimeRequest> request(const Session& session) {
  label::ChimeRequest out;
  const std::string place = session.value("--place").value_or("start");
  if (place != "start" && place != "end")
    return Error{Code::invalid, "the rhythm stands at the start or at the end", 0, "--place",
                 "give --place start or --place end"};
  out.place = place == "start" ? label::ChimePlace::start : label::ChimePlace::end;
  out.again = session.flag("--again");
  out.will_resign = session.flag("--will-resign");
  return out;
}

// A line that is redrawn in place, and gone at the end.
class ProgressLine {
 public:
  ProgressLine(Session& session, std::string path)
      : session_(session), path_(std::move(path)), terminal_(::isatty(STDERR_FILENO) == 1) {}
  ~ProgressLine() {
    if (drawn_) session_.note("\r\x1b[K");
  }
  void operator()(double share) {
    if (!terminal_) return;
    session_.note(fmt::format("\r\x1b[K{}: {:.0f} %", printable(path_, 60), 100 * share));
    drawn_ = true;
  }

 private:
  Session& session_;
  std::string path_;
  bool terminal_;
  bool drawn_ = false;
};

void tell(Session& session, const std::string& path, const label::Chimed& chimed) {
  const label::Rhythm& rhythm = chimed.rhythm.rhythm;
  if (session.json()) {
    session.out(catalog::JsonObject()
                    .text("path", path)
                    .text("format", chimed.format)
                    .number("start", rhythm.start_s)
                    .number("end", rhythm.end_s)
                    .number("pitch_hz", rhythm.pitch_hz)
                    .number("level_db", chimed.level_db)
                    .boolean("recoded", chimed.recoded)
                    .str() +
                "\n");
    return;
  }
  session.out(fmt::format(
      "{}: {} {:.2f}–{:.2f} s, {:.1f} dBFS ({})\n", printable(path, 400),
      session.say("已加入节奏标识并听到", "the rhythm label is in and heard at"), rhythm.start_s,
      rhythm.end_s, chimed.level_db,
      chimed.recoded ? session.say("声音已重新编码", "the sound was encoded again")
                     : session.say("原有采样逐位不变", "the old samples are as they were")));
}

}  // namespace

Result<int> label_chime(Session& session) {
  const label::ChimeRequest wanted = TRY(request(session));
  return each_file(session, [&](const fs::path& path, const fs::path& out) -> Status {
    label::Chimed chimed;
    {
      ProgressLine line(session, path.string());
      chimed = TRY(label::chime_file(path, out, wanted, std::ref(line)));
    }
    tell(session, out.string(), chimed);
    return Done{};
  });
}

}  // namespace assay::cli
