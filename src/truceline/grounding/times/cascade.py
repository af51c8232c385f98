"""A cascade of small grammars: each stage rewrites runs of symbols into one, so that the next can build on it.

Patterns are regular expressions over symbols, written with symbol names in capitals ("ON? XDAY COMMA? XPART"), as in
FASTUS (Hobbs et al. 1997, "FASTUS: a cascaded finite-state transducer"). Each symbol is one character inside.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from truceline.grounding.times.atoms import Atom
from truceline.grounding.times.values import Calendar, Clock, From, Holiday, Hours, OfDay, Part, Range, Shift, Value
from truceline.reading.words import ParsedText

_NAME = re.compile(r"[A-Z][A-Z_]+")
_FIRST_CHARACTER = 0xE000  # private use: no symbol is a character of the pattern language


@dataclass(frozen=True, slots=True)
class Found:
    """A match of a rule: what its builder may look at."""

    nodes: Sequence[Atom]
    first: int
    last: int
    groups: Mapping[str, int]
    parsed: ParsedText

    def has(self, group: str) -> bool:
        """Whether an optional group took part."""
        return group in self.groups

    def value(self, group: str) -> object:
        """What the symbol of a group is worth; None where it took no part."""
        return self.nodes[self.groups[group]].value if group in self.groups else None

    def number(self, group: str) -> int:
        """The same for a symbol known to be a number."""
        value = self.value(group)
        return value if isinstance(value, int) else 0

    def kind(self, group: str) -> str:
        """Symbol of a group, empty where it took no part."""
        return self.nodes[self.groups[group]].kind if group in self.groups else ""

    def before(self, steps: int = 1) -> str:
        """Symbol so many steps before the match."""
        return self.nodes[self.first - steps].kind if self.first >= steps else "BREAK"

    def after(self, steps: int = 1) -> str:
        """Symbol so many steps after the match."""
        return self.nodes[self.last + steps].kind if self.last + steps < len(self.nodes) else "BREAK"

    def counts(self, group: str) -> bool:
        """Whether the parse has the group's number count a noun that follows: "12 soldiers"."""
        atom = self.nodes[self.groups[group]]
        words = self.parsed.words
        for i in self.parsed.covering((atom.start, atom.end)):
            head = words[words[i].head]
            if words[i].dep in {"nummod", "quantmod", "compound"} and head.i > i and head.tag in {"NNS", "NNPS"}:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern and what it builds; None from the builder means that the context speaks against it."""

    name: str
    pattern: str
    build: Callable[[Found], Value | None]


class Stage:
    """Rules that are tried together: the leftmost match wins, then the longest, then the earlier rule."""

    def __init__(self, rules: Sequence[Rule], symbols: Mapping[str, str], macros: Mapping[str, str]) -> None:
        def expand(pattern: str) -> str:
            for name, meaning in macros.items():
                pattern = re.sub(rf"\b{name}\b", meaning, pattern)
            return _NAME.sub(lambda m: symbols[m[0]], pattern).replace(" ", "")

        self._symbols = symbols
        self._rules = [(rule, re.compile(expand(rule.pattern))) for rule in rules]

    def rewrite(self, nodes: list[Atom], parsed: ParsedText) -> list[Atom]:
        """One pass over the text; each new symbol's value is (rule name, value)."""
        line = "".join([self._symbols.get(node.kind, "\ue000") for node in nodes])
        matches = [
            (m.start("span") if "span" in m.re.groupindex else m.start(), m.start() - m.end(), order, rule, m)
            for order, (rule, pattern) in enumerate(self._rules)
            for m in pattern.finditer(line)
        ]
        matches.sort(key=lambda entry: entry[:3])
        rewritten: list[Atom] = []
        done = 0
        for start, _, _, rule, m in matches:
            if start < done:
                continue
            end = m.end("span") if "span" in m.re.groupindex else m.end()
            groups = {name: m.start(name) for name in m.re.groupindex if m.start(name) >= 0}
            value = rule.build(Found(nodes, start, end - 1, groups, parsed))
            if value is None:
                continue
            rewritten += nodes[done:start]
            rewritten.append(Atom(symbol_of(value), Made(rule.name, value), nodes[start].start, nodes[end - 1].end))
            done = end
        return rewritten + nodes[done:]


@dataclass(frozen=True, slots=True)
class Made:
    """The value of a symbol that a rule made, and the rule's name."""

    by: str
    value: Value


def symbols(names: Sequence[str]) -> dict[str, str]:
    """One private character per symbol."""
    return {name: chr(_FIRST_CHARACTER + 1 + i) for i, name in enumerate(sorted(names))}


def symbol_of(value: Value) -> str:
    """The symbol of a value: XDAY for one day, XDAYS for a run, XDATE for what is longer, XCLOCK, XPART and so on."""
    match value:
        case Clock():
            return "XCLOCK"
        case Part():
            return "XPART"
        case Hours():
            return "XHOURS"
        case OfDay(day=None):
            return symbol_of(value.time)
        case OfDay():
            return "XMOMENT"
        case Range(first, last):
            kinds = {symbol_of(first), symbol_of(last)}
            return "XCLOCKS" if kinds == {"XCLOCK"} else "XDAYS" if kinds == {"XDAY"} else "XRANGE"
        case (
            Calendar(day=int())
            | Calendar(weekday=int())
            | Shift(unit="day")
            | Shift(weekday=int())
            | Holiday()
            | From(unit="day")
        ):
            return "XDAY"
        case _:
            return "XDATE"
