# SPDX-License-Identifier: Apache-2.0
"""Reads the messages of Errors out of C++ sources, for the gate of tools/lint that wants a row of
src/base/messages.def for each.

A message becomes a template: its literal text, with {} for every part that is computed. Both
branches of a ?: count.
"""
import itertools
import re

TOKEN = re.compile(r'R"(\w*)\((.*?)\)\1"|"((?:\\.|[^"\\\n])*)"|(?<!\w)\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/',
                   re.S)
OPEN, CLOSE = "([{", ")]}"
ESCAPES = {"n": "\n", "t": "\t", "0": "\0"}
# Functions that make an Error of a literal: the place of the literal among the arguments, and what
# becomes of it.
CALLS = {"io_error": (1, "%s: {}"), "error": (0, "%s: {}"), "damaged": (0, "%s"), "stop": (0, "%s"),
         "fail": (None, "%s"), "unread": (2, "%s")}
# Functions that return what to do about an Error.
MEND_FUNCTIONS = ("mend_of", "see_help")
# Where an Error keeps its words.
WHAT, MEND = 1, 4


class Source:
    """A text whose comments and strings are masked, letter for letter; `strings` keeps them by offset."""

    def __init__(self, text):
        self.strings = {}
        self.text = TOKEN.sub(self._mask, text)

    def _mask(self, match):
        whole = match.group(0)
        if whole[0] == "/":
            return re.sub(r"[^\n]", " ", whole)
        if whole[0] == "'":
            return " " * len(whole)
        raw = match.group(2)
        self.strings[match.start()] = raw if raw is not None else re.sub(
            r"\\(.)", lambda e: ESCAPES.get(e.group(1), e.group(1)), match.group(3))
        return "\x01" + "\x02" * (len(whole) - 1)

    def line(self, offset):
        return self.text.count("\n", 0, offset) + 1

    def closing(self, start):
        """The offset after the bracket that closes the one at `start`."""
        depth = 0
        for i in range(start, len(self.text)):
            depth += (self.text[i] in OPEN) - (self.text[i] in CLOSE)
            if depth == 0:
                return i + 1
        return len(self.text)

    def split(self, start, end, at):
        """The spans between the letters `at` that stand outside brackets."""
        out, depth, begin, i = [], 0, start, start
        while i < end:
            c = self.text[i]
            depth += (c in OPEN) - (c in CLOSE)
            if c == ":" and self.text[i:i + 2] == "::":
                i += 2
                continue
            if c == at and depth == 0:
                out.append((begin, i))
                begin = i + 1
            i += 1
        return out + [(begin, end)]

    def arguments(self, start):
        """The spans of the arguments in the brackets that open at `start`."""
        return self.split(start + 1, self.closing(start) - 1, ",")

    def templates(self, start, end):
        """Every template that the expression may give."""
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        end -= len(text) - len(text.rstrip())
        if start >= end:
            return [""]
        if self.text[start] == "(" and self.closing(start) == end:
            return self.templates(start + 1, end - 1)
        asked = self.split(start, end, "?")
        if len(asked) > 1:
            after = asked[1][0]
            yes = self.split(after, end, ":")[0]
            return self.templates(*yes) + self.templates(yes[1] + 1, end)
        parts = self.split(start, end, "+")
        if len(parts) == 1:
            return self.part(start, end)
        return [re.sub(r"(\{\})+", "{}", "".join(one))
                for one in itertools.product(*(self.templates(*part) for part in parts))]

    def part(self, start, end):
        if self.text[start] == "\x01":
            return ["".join(value for at, value in sorted(self.strings.items()) if start <= at < end)]
        call = re.match(r"(?:std::string|std::move)\(", self.text[start:end])
        if call and self.closing(start + call.end() - 1) == end:
            return self.templates(start + call.end(), end - 1)
        call = re.match(r"fmt::format\(", self.text[start:end])
        if call:
            first = self.arguments(start + call.end() - 1)[0]
            pattern = self.templates(*first)[0]
            return [re.sub(r"(\{[^}]*\})+", "{}", pattern)]
        return ["{}"]


def is_message(template):
    """Is there anything to translate? What a computed part says is its own affair, and what holds
    Chinese has its language already."""
    rest = template.replace("{}", "")
    return re.search(r"[A-Za-z]{2}", rest) and not re.search(r"[\u3400-\u9fff]", rest)


def spans(source):
    """(offset, span of an expression, shape of the message)"""
    for match in re.finditer(r"\bError(?:\s+\w+)?\s*\{", source.text):
        if re.search(r"\b(struct|class)\s*$", source.text[:match.start()]):
            continue
        words = source.arguments(match.end() - 1)
        if re.search(r"\bCode::internal\s*$", source.text[slice(*words[0])]):
            continue
        for at in (WHAT, MEND):
            if at < len(words):
                yield words[at], "%s"
    for match in re.finditer(rf"\b({'|'.join(CALLS)})\(", source.text):
        words = source.arguments(match.end() - 1)
        at, shape = CALLS[match.group(1)]
        if at is None:  # a place may go before
            at, shape = len(words) - 1, shape if len(words) == 1 else "{}: " + shape
        if at < len(words) and source.text[slice(*words[at])].strip().startswith("\x01"):
            yield words[at], shape
    for match in re.finditer(r"\.(?:what|mend|broken|stopped_by)\s*=(?!=)", source.text):
        yield (match.end(), min(source.text.find(";", match.end()) % (len(source.text) + 1),
                                len(source.text))), "%s"
    for match in re.finditer(rf"\b({'|'.join(MEND_FUNCTIONS)})\([^)]*\)\s*\{{", source.text):
        end = source.closing(match.end() - 1)
        for said in re.finditer(r"\breturn\b([^;]*);", source.text[match.end():end]):
            yield (match.end() + said.start(1), match.end() + said.end(1)), "%s"


def messages(text):
    """(line, template) of every message in a C++ source."""
    source = Source(text)
    for (start, end), shape in spans(source):
        for template in source.templates(start, end):
            if is_message(template):
                yield source.line(start), shape.replace("%s", template)


def rows(text):
    """The templates of messages.def, without the mark of parts that are messages themselves."""
    source = Source(text)
    out = set()
    for match in re.finditer(r"^(ROW|FOREIGN)\(", source.text, re.M):
        words = source.arguments(match.end() - 1)
        out.update(template.replace("{*}", "{}") for template in source.templates(*words[0]))
    return out
