// SPDX-License-Identifier: Apache-2.0
#include "artifact/pickle_stack.h"

#include <algorithm>

namespace assay::artifact {
namespace {

Error underflow() { return Error{Code::invalid, "stack underflow"}; }

}  // namespace

Value integer(std::int64_t number) {
  Value out(Kind::integer);
  out.number = number;
  return out;
}

Value text(const formats::pickle::Span& data, Encoding encoding) {
  Value out(Kind::text);
  out.encoding = encoding;
  out.at = data.offset;
  out.size = data.size;
  return out;
}

Status Stack::push(const Value& value) {
  if (size_ >= limit_) return Error{Code::limit, "too many values on the stack"};
  if (size_ == values_.size()) {
    const Value kept = value;  // it may stand in values_ itself
    values_.push_back(kept);
  } else {
    values_[size_] = value;
  }
  ++size_;
  return Done{};
}

Result<Value> Stack::pop() {
  if (size_ <= fence()) return underflow();
  return values_[--size_];
}

Result<const Value*> Stack::top() const {
  if (size_ <= fence()) return underflow();
  return &values_[size_ - 1];
}

Status Stack::mark() {
  if (marks_.size() >= limit_) return Error{Code::limit, "too many marks"};
  marks_.push_back(size_);
  return Done{};
}

Status Stack::pop_or_unmark() {
  if (!marks_.empty() && marks_.back() == size_) {
    marks_.pop_back();
    return Done{};
  }
  if (size_ <= fence()) return underflow();
  --size_;
  return Done{};
}

Values Stack::drop_from(std::size_t start) {
  const Values out(values_.data() + start, size_ - start);
  size_ = start;
  return out;
}

Result<Values> Stack::take(std::uint64_t n) {
  if (size_ - fence() < n) return underflow();
  return drop_from(size_ - static_cast<std::size_t>(n));
}

Result<Values> Stack::take_marked() {
  if (marks_.empty()) return Error{Code::invalid, "could not find MARK"};
  const std::size_t start = marks_.back();
  marks_.pop_back();
  return drop_from(start);
}

Status Memo::put(std::uint64_t index, const Value& value) {
  if (size_ >= limit_ && find(index) == nullptr)
    return Error{Code::limit, "too many values in the memo"};
  if (index >= limit_) {
    size_ += sparse_.insert_or_assign(index, value).second ? 1 : 0;
    return Done{};
  }
  if (index >= dense_.size()) dense_.resize(static_cast<std::size_t>(index) + 1);
  Value& place = dense_[static_cast<std::size_t>(index)];
  if (place.kind == Kind::absent) ++size_;
  place = value;
  return Done{};
}

const Value* Memo::find(std::uint64_t index) const {
  if (index < dense_.size()) {
    const Value& found = dense_[static_cast<std::size_t>(index)];
    return found.kind == Kind::absent ? nullptr : &found;
  }
  const auto found = sparse_.find(index);
  return found == sparse_.end() ? nullptr : &found->second;
}

}  // namespace assay::artifact
