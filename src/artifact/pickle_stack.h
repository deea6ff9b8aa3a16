// SPDX-License-Identifier: Apache-2.0
//
// The stack, marks and memo of the pickle machine, by the rules of CPython's _pickle.c.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "formats/pickle/pickle.h"

namespace assay::artifact {

enum class Kind : std::uint8_t {
  absent,
  none,
  boolean,
  integer,
  real,
  text,
  bytes,
  list,
  dict,
  set,
  tuple,
  name,      // what an import gave
  instance,  // what a call on the allow list gave
  storage,   // what PyTorch gives for a storage's persistent id
  unknown,   // anything else
};

// True for values whose methods are Python's own.
constexpr bool is_literal(Kind kind) { return kind >= Kind::none && kind <= Kind::tuple; }

enum class Encoding : std::uint8_t { plain, raw_unicode, quoted };

// What is known of a value. `index` is the name of a name or instance, and of a tuple one more than
// its storage candidate; `at` and `size` say where a text stands in the source.
struct Value {
  Kind kind{};
  Encoding encoding{};
  bool latin1 = false;       // tuple: fits ArgumentRule::latin1
  bool object_base = false;  // tuple: fits ArgumentRule::object_base
  std::uint32_t index = 0;
  std::uint64_t at = 0;
  std::uint64_t size = 0;
  std::int64_t number = 0;

  Value(Kind k = Kind::absent) : kind(k) {}
};

Value integer(std::int64_t number);
Value text(const formats::pickle::Span& data, Encoding encoding);

using Values = std::span<const Value>;

// Objects and marks. A mark fences off what lies below it. Code::invalid is the loader's own
// "stack underflow" and "could not find MARK"; Code::limit is ours.
class Stack {
 public:
  explicit Stack(std::uint64_t limit) : limit_(limit) {}

  Status push(const Value& value);
  Result<Value> pop();
  Result<const Value*> top() const;  // until the next push
  Status mark();
  Status pop_or_unmark();  // POP: the mark when it is what lies on top

  // The last `n` values, or those above the last mark (which goes); until the next push.
  Result<Values> take(std::uint64_t n);
  Result<Values> take_marked();

 private:
  std::size_t fence() const { return marks_.empty() ? 0 : marks_.back(); }
  Values drop_from(std::size_t start);

  std::vector<Value> values_;
  std::size_t size_ = 0;  // values_ keeps what was taken until it is overwritten
  std::vector<std::size_t> marks_;
  std::uint64_t limit_;
};

// Dense near the start, sparse for the odd index far away.
class Memo {
 public:
  explicit Memo(std::uint64_t limit) : limit_(limit) {}
  Status put(std::uint64_t index, const Value& value);
  const Value* find(std::uint64_t index) const;
  std::uint64_t size() const { return size_; }  // different indices, as MEMOIZE counts

 private:
  std::vector<Value> dense_;
  std::unordered_map<std::uint64_t, Value> sparse_;
  std::uint64_t size_ = 0;
  std::uint64_t limit_;
};

}  // namespace assay::artifact
