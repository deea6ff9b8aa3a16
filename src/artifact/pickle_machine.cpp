// SPDX-License-Identifier: Apache-2.0
#include "artifact/pickle_machine.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>

#include "artifact/pickle_stack.h"
#include "artifact/python2_names.h"
#include "base/strings.h"

namespace assay::artifact {
namespace {

namespace pickle = formats::pickle;
using pickle::Instruction;
using pickle::Op;
using pickle::Span;

constexpr std::uint64_t kMaxName = 4096;  // longer names are on nobody's list

// Python's containers that are filled by SETITEMS and APPENDS without foreign code.
constexpr std::array<std::string_view, 2> kDictLike = {"collections OrderedDict",
                                                       "collections Counter"};
constexpr std::array<std::string_view, 1> kListLike = {"collections deque"};

struct Name {
  std::string module;
  std::string name;
  std::optional<ArgumentRule> rule;  // nothing: not on the allow list

  std::string text() const { return module + " " + name; }
};

Error stop(std::string why, const Instruction& at) {
  return Error{Code::invalid, std::move(why), at.offset};
}

class Machine {
 public:
  Machine(ByteSource& in, std::uint64_t start, const AllowList& allow, const PickleLimits& limits)
      : in_(in),
        allow_(allow),
        limits_(limits),
        code_(in, start),
        stack_(limits.stack),
        memo_(limits.memo) {
    out_.start = start;
    out_.end = start;
  }

  Result<Stream> run() {
    constexpr std::uint64_t kBetweenLooks = 1 << 14;
    while (!out_.followed) {
      if (out_.instructions % kBetweenLooks == 0 && limits_.stop.stop_requested())
        return Error{Code::interrupted, "interrupted"};
      const Status status = step();
      if (status.ok()) continue;
      if (status.error().code == Code::io || status.error().code == Code::internal)
        return status.error();
      out_.stopped_by = status.error().what;
      break;
    }
    return std::move(out_);
  }

 private:
  Status step() {
    const Instruction at = TRY(code_.next());
    if (++out_.instructions > limits_.instructions)
      return Error{Code::limit, "too many instructions", at.offset};
    hold_frame(at);
    TRY(execute(at));
    out_.end = at.end;
    return Done{};
  }

  // The C loader reads over frame ends where the Python one stops.
  void hold_frame(const Instruction& at) {
    if (at.offset >= frame_end_) frame_end_ = 0;
    if (frame_end_ != 0 && (at.op == Op::frame || at.end > frame_end_)) out_.reads_two_ways = true;
  }

  Status execute(const Instruction& at) {
    switch (at.op) {
      case Op::stop:
        TRY(stack_.pop());
        out_.followed = true;
        return Done{};
      case Op::proto:
        if (at.number > pickle::kHighestProtocol) return stop("unknown protocol", at);
        protocol_ = at.number;
        return Done{};
      case Op::frame: {
        // A frame that is cut short stops the C loader; the Python one takes what there is.
        const auto length = static_cast<std::uint64_t>(at.number);
        if (length > in_.size() - at.end) {
          out_.reads_two_ways = true;
          return Done{};
        }
        frame_end_ = at.end + length;
        return Done{};
      }
      case Op::mark: return stack_.mark();
      case Op::pop: return stack_.pop_or_unmark();
      case Op::dup: return stack_.push(Value(*TRY(stack_.top())));
      case Op::pop_mark: TRY(stack_.take_marked()); return Done{};
      case Op::get:
      case Op::binget:
      case Op::long_binget: return get(at);
      case Op::put:
      case Op::binput:
      case Op::long_binput:
      case Op::memoize: return put(at);
      case Op::readonly_buffer: TRY(stack_.top()); return Done{};
      default: return literal_or_container(at);
    }
  }

  Result<std::uint64_t> memo_index(const Instruction& at) {
    if (at.op == Op::memoize) return memo_.size();
    if (at.op != Op::get && at.op != Op::put) return static_cast<std::uint64_t>(at.number);
    const std::string line = TRY(in_.copy(at.data.offset, std::min(at.data.size, kMaxName)));
    const std::optional<std::int64_t> index = pickle::decimal(line);
    if (!index || *index < 0) return stop("memo index is not a number", at);
    return static_cast<std::uint64_t>(*index);
  }

  Status get(const Instruction& at) {
    const std::uint64_t index = TRY(memo_index(at));
    const Value* found = memo_.find(index);
    if (found == nullptr) return stop("nothing in the memo at that index", at);
    return stack_.push(*found);
  }

  Status put(const Instruction& at) {
    const std::uint64_t index = TRY(memo_index(at));
    const Value* value = TRY(stack_.top());
    return memo_.put(index, *value);
  }

  Status literal_or_container(const Instruction& at) {
    switch (at.op) {
      case Op::none: return stack_.push({Kind::none});
      case Op::newtrue:
      case Op::newfalse: return stack_.push({Kind::boolean});
      case Op::int_:
      case Op::long_:
      case Op::long1:
      case Op::long4: return push_long(at);
      case Op::binint:
      case Op::binint1:
      case Op::binint2: return stack_.push(integer(at.number));
      case Op::float_:
      case Op::binfloat: return stack_.push({Kind::real});
      case Op::string: return push_text(at, Encoding::quoted);
      case Op::unicode: return push_text(at, Encoding::raw_unicode);
      case Op::binstring:
      case Op::short_binstring:
      case Op::binunicode:
      case Op::short_binunicode:
      case Op::binunicode8: return push_text(at, Encoding::plain);
      case Op::binbytes:
      case Op::short_binbytes:
      case Op::binbytes8:
      case Op::bytearray8: return push_bytes(at);
      case Op::next_buffer: return stack_.push({Kind::bytes});
      default: return container(at);
    }
  }

  Status push_long(const Instruction& at) {
    if (at.op == Op::int_ || at.op == Op::long_) {
      std::string line = TRY(in_.copy(at.data.offset, std::min(at.data.size, kMaxName)));
      if (at.op == Op::long_ && line.ends_with('L')) line.pop_back();
      return stack_.push(integer(pickle::decimal(line).value_or(-1)));
    }
    if (at.data.size > 8) return stack_.push(integer(-1));
    const std::string raw = TRY(in_.copy(at.data.offset, at.data.size));
    std::uint64_t value = 0;
    for (std::size_t i = raw.size(); i-- > 0;)
      value = value << 8 | static_cast<unsigned char>(raw[i]);
    return stack_.push(integer(static_cast<std::int64_t>(value)));
  }

  Status push_text(const Instruction& at, Encoding encoding) {
    if (encoding == Encoding::plain) TRY(look_inside(at.data));
    return stack_.push(text(at.data, encoding));
  }

  Status push_bytes(const Instruction& at) {
    TRY(look_inside(at.data));
    return stack_.push({Kind::bytes});
  }

  // Remembers data that begins like a pickle: it may be loaded later.
  Status look_inside(const Span& data) {
    if (data.size < 4 || out_.nested.size() >= limits_.streams) return Done{};
    const std::string head = TRY(in_.copy(data.offset, 2));
    if (head.size() < 2) return Done{};
    const auto first = static_cast<unsigned char>(head[0]);
    const bool binary = first == 0x80 && static_cast<unsigned char>(head[1]) <= 5;
    const bool plain = first == 'c' || first == '(' || first == ']' || first == '}';
    if (binary || plain) out_.nested.push_back(data);
    return Done{};
  }

  Status container(const Instruction& at) {
    switch (at.op) {
      case Op::empty_list: return stack_.push({Kind::list});
      case Op::empty_dict: return stack_.push({Kind::dict});
      case Op::empty_set: return stack_.push({Kind::set});
      case Op::empty_tuple: return push_tuple({});
      case Op::list: TRY(stack_.take_marked()); return stack_.push({Kind::list});
      case Op::frozenset: TRY(stack_.take_marked()); return stack_.push({Kind::set});
      case Op::dict: {
        const Values items = TRY(stack_.take_marked());
        if (items.size() % 2 != 0) return stop("odd number of items for DICT", at);
        return stack_.push({Kind::dict});
      }
      case Op::tuple: return push_tuple(TRY(stack_.take_marked()));
      case Op::tuple1: return push_tuple(TRY(stack_.take(1)));
      case Op::tuple2: return push_tuple(TRY(stack_.take(2)));
      case Op::tuple3: return push_tuple(TRY(stack_.take(3)));
      case Op::append: return fill(at, 1, kListLike);
      case Op::appends: return fill_marked(at, kListLike);
      case Op::setitem: return fill(at, 2, kDictLike);
      case Op::setitems: return fill_marked(at, kDictLike);
      case Op::additems: return fill_marked(at, {});
      default: return import_or_call(at);
    }
  }

  // `items` borrows the stack's memory until the next push.
  Status push_tuple(Values items) {
    const Value tuple = TRY(summary(items));
    return stack_.push(tuple);
  }

  // What the argument rules need to know of a tuple.
  Result<Value> summary(Values items) {
    Value out{Kind::tuple};
    out.size = items.size();
    if (items.size() == 2 && items[0].kind == Kind::text)
      out.latin1 = TRY(is_text(items[1], "latin1")) || TRY(is_text(items[1], "latin-1"));
    out.object_base = items.size() == 3 && items[0].kind == Kind::name &&
                      names_[items[0].index].rule.has_value() && items[1].kind == Kind::name &&
                      names_[items[1].index].text() == "builtins object" &&
                      items[2].kind == Kind::none;
    if (items.size() >= 5 && items.size() <= 6 && TRY(is_text(items[0], "storage")))
      TRY(add_storage(items, out));
    return out;
  }

  Result<bool> is_text(const Value& value, std::string_view want) {
    if (value.kind != Kind::text || value.size > kMaxName) return false;
    const std::optional<std::string> have = TRY(read_text(value));
    return have == want;
  }

  Result<std::optional<std::string>> read_text(const Value& value) {
    std::string raw = TRY(in_.copy(value.at, std::min(value.size, kMaxName)));
    if (value.encoding == Encoding::raw_unicode) return pickle::raw_unicode(raw);
    if (value.encoding == Encoding::quoted) return pickle::quoted_string(raw);
    return std::optional<std::string>(std::move(raw));
  }

  Status add_storage(Values items, Value& tuple) {
    if (items[1].kind != Kind::name || items[2].kind != Kind::text || items[3].kind != Kind::text ||
        items[4].kind != Kind::integer || items[4].number < 0)
      return Done{};
    if (candidates_.size() >= limits_.memo) return Error{Code::limit, "too many storages"};
    const std::optional<std::string> key = TRY(read_text(items[2]));
    candidates_.push_back({names_[items[1].index].text(), key.value_or(""), items[4].number});
    tuple.index = static_cast<std::uint32_t>(candidates_.size());  // 0 means none
    return Done{};
  }

  Status fill(const Instruction& at, std::uint64_t count, std::span<const std::string_view> like) {
    TRY(stack_.take(count));
    const Value target = *TRY(stack_.top());
    check_target(at, target, like);
    return Done{};
  }

  Status fill_marked(const Instruction& at, std::span<const std::string_view> like) {
    const Values items = TRY(stack_.take_marked());
    const bool nothing = items.empty();
    if (at.op == Op::setitems && items.size() % 2 != 0)
      return stop("odd number of items for SETITEMS", at);
    const Value target = *TRY(stack_.top());
    if (!nothing) check_target(at, target, like);
    return Done{};
  }

  // Filling calls a method of the target: harmless on literals and known containers.
  void check_target(const Instruction& at, const Value& target,
                    std::span<const std::string_view> like) {
    if (is_literal(target.kind)) return;
    if (target.kind == Kind::instance &&
        std::find(like.begin(), like.end(), names_[target.index].text()) != like.end())
      return;
    site(at, named(target), Problem::target);
  }

  const Name* named(const Value& value) const {
    return value.kind == Kind::name || value.kind == Kind::instance ? &names_[value.index]
                                                                    : nullptr;
  }

  Status import_or_call(const Instruction& at) {
    switch (at.op) {
      case Op::global: return stack_.push(TRY(import_lines(at)));
      case Op::stack_global: return stack_global(at);
      case Op::inst: {
        const Values items = TRY(stack_.take_marked());
        const Value arguments = TRY(summary(items));
        const Value callee = TRY(import_lines(at));
        return call(at, callee, arguments);
      }
      case Op::obj: {
        const Values items = TRY(stack_.take_marked());
        if (items.empty()) return stop("stack underflow", at);
        const Value callee = items.front();
        const Value arguments = TRY(summary(items.subspan(1)));
        return call(at, callee, arguments);
      }
      case Op::reduce:
      case Op::newobj: {
        const Value arguments = TRY(stack_.pop());
        const Value callee = TRY(stack_.pop());
        return call(at, callee, arguments);
      }
      case Op::newobj_ex: {
        TRY(stack_.pop());  // keyword arguments: no rule can be held with them
        TRY(stack_.pop());
        const Value callee = TRY(stack_.pop());
        return call(at, callee, {Kind::unknown});
      }
      case Op::build: return build(at);
      case Op::ext1:
      case Op::ext2:
      case Op::ext4:
        if (at.number <= 0) return stop("extension code below 1", at);
        ++out_.imports;
        site(at, nullptr, Problem::extension);
        return stack_.push({Kind::unknown});
      case Op::persid:
        site(at, nullptr, Problem::persistent_id);
        return stack_.push({Kind::unknown});
      case Op::binpersid: return persistent(at);
      default: return Error{Code::internal, "opcode without a rule", at.offset};
    }
  }

  Result<Value> import_lines(const Instruction& at) {
    std::string module = TRY(in_.copy(at.data.offset, std::min(at.data.size, kMaxName)));
    std::string name = TRY(in_.copy(at.second.offset, std::min(at.second.size, kMaxName)));
    const bool longer = at.data.size > kMaxName || at.second.size > kMaxName;
    if (!longer && (!valid_utf8(module) || !valid_utf8(name)))
      return stop("the name is not UTF-8", at);
    return import(at, std::move(module), std::move(name));
  }

  Status stack_global(const Instruction& at) {
    const Value name = TRY(stack_.pop());
    const Value module = TRY(stack_.pop());
    if (name.kind == Kind::text && module.kind == Kind::text) {
      const std::optional<std::string> module_text = TRY(read_text(module));
      const std::optional<std::string> name_text = TRY(read_text(name));
      if (!module_text || !name_text) return stop("the name is not text", at);
      return stack_.push(TRY(import(at, *module_text, *name_text)));
    }
    const bool impossible = (is_literal(name.kind) && name.kind != Kind::text) ||
                            (is_literal(module.kind) && module.kind != Kind::text);
    if (impossible) return stop("STACK_GLOBAL without texts", at);
    ++out_.imports;
    site(at, nullptr, Problem::computed_import);
    return stack_.push({Kind::unknown});
  }

  Result<Value> import(const Instruction& at, std::string module, std::string name) {
    if (protocol_ < 3) {
      const QualifiedName now = python3_name({module, name});
      std::string new_name(now.name);
      module = std::string(now.module);
      name = std::move(new_name);
    }
    ++out_.imports;
    const std::uint32_t index = TRY(intern(at, std::move(module), std::move(name)));
    const Name& found = names_[index];
    site(at, &found, found.rule ? Problem::none : Problem::unlisted_import);
    Value out{Kind::name};
    out.index = index;
    return out;
  }

  Result<std::uint32_t> intern(const Instruction& at, std::string module, std::string name) {
    const std::string key = module + '\0' + name;
    const auto known = index_.find(key);
    if (known != index_.end()) return known->second;
    if (names_.size() >= limits_.names) return Error{Code::limit, "too many names", at.offset};
    const std::optional<ArgumentRule> rule = allow_.find(module, name);
    names_.push_back({std::move(module), std::move(name), rule});
    const auto index = static_cast<std::uint32_t>(names_.size() - 1);
    index_.emplace(key, index);
    return index;
  }

  Status call(const Instruction& at, const Value& callee, const Value& arguments) {
    ++out_.calls;
    const Name* name = callee.kind == Kind::name ? &names_[callee.index] : nullptr;
    const Problem problem = judge(name, arguments);
    site(at, name, problem);
    Value result{problem == Problem::none ? Kind::instance : Kind::unknown};
    result.index = callee.index;
    return stack_.push(result);
  }

  static Problem judge(const Name* callee, const Value& arguments) {
    if (callee == nullptr) return Problem::unknown_call;
    if (!callee->rule) return Problem::unlisted_call;
    if (*callee->rule == ArgumentRule::latin1 && !arguments.latin1) return Problem::argument;
    if (*callee->rule == ArgumentRule::object_base && !arguments.object_base)
      return Problem::argument;
    return Problem::none;
  }

  // Sets the state of what is below: calls its __setstate__ or sets its attributes.
  Status build(const Instruction& at) {
    TRY(stack_.pop());
    const Value target = *TRY(stack_.top());
    ++out_.calls;
    const bool harmless = is_literal(target.kind) || target.kind == Kind::instance;
    site(at, named(target), harmless ? Problem::none : Problem::target);
    return Done{};
  }

  Status persistent(const Instruction& at) {
    const Value id = TRY(stack_.pop());
    if (id.kind != Kind::tuple || id.index == 0) {
      site(at, nullptr, Problem::persistent_id);
      return stack_.push({Kind::unknown});
    }
    if (out_.storages.size() >= limits_.memo) return Error{Code::limit, "too many storages"};
    out_.storages.push_back(candidates_[id.index - 1]);
    return stack_.push({Kind::storage});
  }

  void site(const Instruction& at, const Name* name, Problem problem) {
    if (problem != Problem::none) ++out_.unsafe;
    if (out_.sites.size() >= limits_.sites) return;
    Site found{at.op, at.offset, {}, {}, problem};
    if (name != nullptr) {
      found.module = name->module;
      found.name = name->name;
    }
    out_.sites.push_back(std::move(found));
  }

  ByteSource& in_;
  const AllowList& allow_;
  const PickleLimits& limits_;
  pickle::Disassembler code_;
  Stack stack_;
  Memo memo_;
  std::vector<Name> names_;
  std::unordered_map<std::string, std::uint32_t> index_;  // of names_
  std::vector<Storage> candidates_;
  std::int64_t protocol_ = 0;
  std::uint64_t frame_end_ = 0;
  Stream out_;
};

}  // namespace

Result<Stream> follow(ByteSource& in, std::uint64_t start, const AllowList& allow,
                      const PickleLimits& limits) {
  return Machine(in, start, allow, limits).run();
}

}  // namespace assay::artifact
