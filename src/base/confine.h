// SPDX-License-Identifier: Apache-2.0
//
// The layers of the kernel that base/sandbox.h puts around a program. All is made ready before the
// fork; a child of a threaded program may only make plain system calls, as confine_self does.
#pragma once

#include <linux/filter.h>

#include <vector>

#include "base/files.h"

namespace assay {

struct Confinement {
  Fd files;                        // a Landlock ruleset; none where the kernel lacks it
  std::vector<sock_filter> calls;  // a seccomp program; empty where the kernel lacks it
};

// What may be reached: the system's programs and libraries, `input` to read, `scratch` to write;
// each may be empty.
Result<Confinement> make_confinement(const fs::path& input, const fs::path& scratch);

// For this process and all it becomes, for good. Async-signal-safe; false with errno set.
bool confine_self(const Confinement& confinement);

int landlock_version();  // of the kernel's interface, 0 for none
bool seccomp_available();

}  // namespace assay
