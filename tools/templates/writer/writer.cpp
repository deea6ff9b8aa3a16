// SPDX-License-Identifier: Apache-2.0
//
// One line a clause: its id, a tab, its verdict. Replace what it writes.
#include "report/sheet.h"

namespace assay::report::@name@ {
namespace {

Status write(const Input& input, const Out& out) {
  Sheet sheet(out);
  for (const ClauseResult& result : input.results) {
    sheet.put(result.clause);
    sheet.put("\t");
    sheet.put(word(result.verdict));
    sheet.put("\n");
  }
  return sheet.finish();
}

}  // namespace

extern const Writer kWriter;
const Writer kWriter = {"@name@", "txt", {"@Name@ 报告", "@Name@ report"}, write};

}  // namespace assay::report::@name@
