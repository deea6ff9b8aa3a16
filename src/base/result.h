// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/text.h"

namespace assay {

// Why an operation could not be carried out. A verdict is never an Error: a clause that is not
// satisfied is a successful run.
enum class Code : std::uint8_t {
  invalid,      // the input breaks its own format, or the user's words are wrong
  limit,        // the input asks for more than we agreed to spend
  unsupported,  // well formed, but a version or feature we do not read
  not_found,
  io,           // disk, network, database
  interrupted,  // the user stopped it
  internal,     // our bug; no input may cause it
};

std::string_view name(Code code);

// The exit code of a command that ends with this error (docs/architecture.md, "Exit codes").
int exit_code(Code code);

// `where` is a place a person can find ("content/x.yaml:3:5", "chunk 4 at byte 118"), `mend` what
// to do about it; both may be empty. `offset` is the byte an own parser stopped at.
struct [[nodiscard]] Error {
  Code code = Code::internal;
  std::string what;
  std::uint64_t offset = 0;
  std::string where = {};
  std::string mend = {};

  // One line: "where: what (mend)". `what` and `mend` are written in English where they arise and
  // translated here (base/messages.h).
  std::string text(Language language = Language::en) const;
};

// Holds a T or the Error that kept us from one.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Error error) : state_(std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  Error& error() & { return std::get<1>(state_); }
  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }

 private:
  std::variant<T, Error> state_;
};

// The outcome of something done for its effect.
struct Done {};
using Status = Result<Done>;

}  // namespace assay

// Yields the value of `expr`, or returns its Error to the caller. Not to be nested.
#define TRY(expr)                                                 \
  __extension__({                                                 \
    auto try_result_ = (expr);                                    \
    if (!try_result_.ok()) return std::move(try_result_).error(); \
    std::move(try_result_).value();                               \
  })
