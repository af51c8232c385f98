"""Content: which words a cue reports, by the roles that its class allows."""

from truceline.reading.quotes import Quote
from truceline.reading.sorts import Sorter
from truceline.reading.strays import elsewhere, meant
from truceline.reading.view import ClauseView, Filler, Predicate
from truceline.reading.words import ParsedText

_MAY_BE_TIME = frozenset({"obj", "on", "for", "of", "about", "over", "with"})
_BREAKS = frozenset({",", '"', "''", "”", "“", "—", "–", "--", "-", "’", "'"})
_QUOTES = frozenset({'"', "''", "”"})
_OPENING = frozenset({'"', "``", "''", "“", "‘", "'"})
_CLOSING = frozenset({'"', "''", "”", "’", "'"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_ENDS = frozenset({".", ";", ":", "!", "?", ")"})
_OF_THE_CUE = frozenset(
    {"aux", "auxpass", "neg", "prt", "dobj", "dative", "prep", "npadvmod", "advmod", "nsubj", "oprd"}
)

Content = tuple[set[int], int | None]
"""Words, and the noun among them that may stand for an earlier claim."""


class ContentFinder:
    """Finds the words that fill one alternative of a class's content."""

    def __init__(self, sorter: Sorter, reporters: frozenset[str], quoting: frozenset[str]) -> None:
        self._sorter = sorter
        self._quoting = quoting  # those of them that may introduce a quotation: no "see", no "regard"
        self._reporters = reporters  # verbs by which an aside says who says it, or denies it

    def find(
        self,
        view: ClauseView,
        predicate: Predicate,
        alternative: str,
        at: tuple[int, ...],
        preposition: str | None,
        in_quote: dict[int, Quote],
    ) -> Content | None:
        """The content by one alternative ("clause", "obj+as", "quote", …); None if it is not there."""
        if alternative == "quote":
            return self._quoted(view, predicate, in_quote)
        if alternative == "host":
            return self._host(view, predicate)
        if alternative == "obj+quote":
            return self._object_quoted(view, predicate)
        if alternative == "rest":
            return self._rest(view, predicate)
        if alternative == "inner":
            return self._inner(view, predicate, at)
        roles = alternative.split("+")
        words: set[int] = set()
        refers = None
        for role in roles:
            fillers = self._fillers(view, predicate, role, at, preposition)
            if not fillers:
                return None
            for filler in fillers if role == "clause" else fillers[:1]:
                words |= self.below(view, filler, predicate)
            if role == "obj" and len(roles) == 1:
                refers = meant(view, fillers[0])
        return words, refers

    def _fillers(
        self, view: ClauseView, predicate: Predicate, role: str, at: tuple[int, ...], preposition: str | None
    ) -> list[Filler]:
        """What fills a role, those after the verb first; a preposition of the cue itself governs the object."""
        fillers = predicate.roles.get("obj" if role == "deed" else role, [])
        if preposition and role in {"obj", "clause", "ing"}:
            fillers = self._governed(predicate, role, preposition) or fillers
        fillers = [f for f in fillers if f.head not in at and not f.path.startswith("understood")]
        if role == "deed":
            fillers = [f for f in fillers if f.head in view.predicates or "deed" in self._sorter.of_filler(view, f)]
        if not fillers:
            fillers = elsewhere(view, predicate, role, at, preposition)
        if role == "clause" and not predicate.roles.get("subj"):  # a clause before it is then its subject, badly parsed
            fillers = [f for f in fillers if f.head > predicate.i] or fillers
        if role == "clause" and len(fillers) > 1:
            fillers = [f for f in fillers if not _semicolon_between(view.parsed, f.head, predicate.i)] or fillers
        if role in _MAY_BE_TIME and fillers and self.is_time(view, fillers[0]):
            return []
        return sorted(fillers, key=lambda f: f.head < predicate.i) if preposition else fillers

    def _governed(self, predicate: Predicate, role: str, preposition: str) -> list[Filler]:
        found = predicate.roles.get(preposition, []) if role == "obj" else []
        found = (
            found or predicate.roles.get(f"{preposition}-clause", []) or predicate.roles.get(f"{preposition}-ing", [])
        )
        return sorted(found, key=lambda f: f.head < predicate.i)

    def is_time(self, view: ClauseView, filler: Filler) -> bool:
        """Whether a phrase only says when."""
        sorts = self._sorter.of_filler(view, filler)
        return "time" in sorts and sorts <= {"time", "name"}

    def below(self, view: ClauseView, filler: Filler, predicate: Predicate) -> set[int]:
        """Words below a filler, without the cue itself and without asides in which somebody reports, denies or adds."""
        parsed = view.parsed
        if filler.literal is not None:  # "the raid, which Damascus denies": what stands there is "which"
            return {filler.literal}
        words = set(parsed.subtree(filler.head))
        if predicate.i in words:
            words -= set(parsed.subtree(predicate.i))
        for i in sorted(words):
            if i in words and i != filler.head and self._is_aside(view, i):
                words -= set(parsed.subtree(i))
        return words

    def _is_aside(self, view: ClauseView, i: int) -> bool:
        """ ", which the ministry denies", ", accusing the army of …", ", while the rebels say …": behind a comma, reporting."""
        words = view.parsed.words
        clause = view.predicates.get(i)
        if words[i].dep not in {"relcl", "advcl"} or clause is None or clause.lemma not in self._reporters:
            return False
        others = words[i].dep == "relcl" or any(words[c].dep == "nsubj" for c in words[i].children)
        if not others and words[i].tag != "VBG":
            return False
        if words[i].dep == "advcl" and others and clause.lemma not in self._quoting:
            return False
        first = min(view.parsed.subtree(i))
        return any(words[j].text == "," for j in range(max(0, first - 2), first))

    # ---- quotations and parentheses ------------------------------------------------------------------------------------

    def _quoted(self, view: ClauseView, predicate: Predicate, in_quote: dict[int, Quote]) -> Content | None:
        """Quoted words of the cue's sentence that stand below it or beside it, though the parser did not make them its clause."""
        words = view.parsed.words
        if predicate.i in in_quote:
            return None
        sentence = view.parsed.sentences[words[predicate.i].sentence]
        near = {q for i in range(sentence.first, sentence.last) if (q := in_quote.get(i)) is not None}
        if not near:
            return None
        below = set(view.parsed.subtree(predicate.i))
        first, last = cue_group(view.parsed, predicate)
        taken = [q for q in near if q.first in below or q.last in below or _touches(view.parsed, q, first, last)]
        found = {i for q in taken for i in range(q.first, q.last + 1)}
        for filler in predicate.roles.get("obj", ()):
            if filler.head in found or any(words[c].i in found for c in words[filler.head].children):
                found |= self.below(view, filler, predicate)  # "reported "a marked rise" in shooting"
        return (found, None) if found else None

    def _inner(self, view: ClauseView, predicate: Predicate, at: tuple[int, ...]) -> Content | None:
        """ "Declined to say who fired", "refused to comment": what the verb in the cue would have said, else that verb."""
        inner = view.predicates.get(at[-1])
        if inner is None or inner is predicate:
            return None
        filler = inner.first("clause", "on", "about", "obj", "on-clause", "about-clause")
        if filler is not None and filler.head > inner.i:
            return self.below(view, filler, predicate), None
        return (set(view.parsed.subtree(inner.i)), None) if inner.mark == "to" else None

    def _rest(self, view: ClauseView, predicate: Predicate) -> Content | None:
        """ "The poll showed him in third place at 11 per cent": the object and all that follows it in its clause."""
        filler = predicate.first("obj")
        if filler is None or filler.head < predicate.i or self.is_time(view, filler):
            return None
        first = min(view.parsed.subtree(filler.head))
        found = {i for i in view.parsed.subtree(predicate.i) if i >= first}
        for c in view.parsed.words[predicate.i].children:
            if view.parsed.words[c].dep in {"conj", "cc", "advcl"} and c > filler.head:
                found -= set(view.parsed.subtree(c))
        return found, None

    def _object_quoted(self, view: ClauseView, predicate: Predicate) -> Content | None:
        """ "Called the offer "a bad joke"": the object and the marked words right behind it."""
        words = view.parsed.words
        for filler in (
            *predicate.roles.get("obj", ()),
            *predicate.roles.get("attr", ()),
            *predicate.roles.get("clause", ()),
        ):
            below = self.below(view, filler, predicate)
            marks = range(filler.head + 1, view.parsed.sentences[words[filler.head].sentence].last)
            opening = next((i for i in marks if words[i].text in _OPENING), None)
            if (
                filler.head < predicate.i
                or opening is None
                or any(words[i].pos == "VERB" for i in range(filler.head + 1, opening))
            ):
                continue
            closing = next((i for i in range(opening + 1, marks[-1] + 1) if words[i].text in _CLOSING), None)
            if closing is not None and closing > opening + 1:
                return below | set(range(min(below), closing)), None
        return None

    def _host(self, view: ClauseView, predicate: Predicate) -> Content | None:
        """ "The column, two shepherds said, had crossed": all around a cue that commas set apart, or before one at the end."""
        parsed, words = view.parsed, view.parsed.words
        as_clause = _of_as_clause(view, predicate)
        if as_clause is not None:
            return as_clause, None
        if words[predicate.i].dep in {"relcl", "advcl", "acl"}:
            return None
        if any(not self._sorter.is_actor(view, f) for f in predicate.roles.get("obj", ())):
            return None  # it has what it says already; an addressee ("he told them") is none
        sentence = parsed.sentences[words[predicate.i].sentence]
        first, last = cue_group(parsed, predicate)
        if not any(words[c].dep == "nsubj" and first <= c <= last for c in words[predicate.i].children):
            return None
        if first <= sentence.first + 1 or words[first - 1].text not in _BREAKS:
            return None
        if last + 1 < sentence.last and words[last + 1].text not in _BREAKS | _ENDS:
            return None
        begin = max((i + 1 for i in range(sentence.first, first) if words[i].text == ";"), default=sentence.first)
        end = next((i for i in range(last + 1, sentence.last) if words[i].text == ";"), sentence.last)
        found = set(range(begin, end)) - set(range(first, last + 1))
        for c in words[predicate.i].children:
            leaves = words[c].dep == "advcl" or (words[c].dep in {"conj", "cc"} and not _has_subject(parsed, c))
            if c > last and leaves:
                found -= set(parsed.subtree(c))
        whole = any(_is_statement(parsed, i) for i in found) or words[first - 1].text in _QUOTES
        return (found, None) if len(found) > 1 and whole else None


def _of_as_clause(view: ClauseView, predicate: Predicate) -> set[int] | None:
    """ "As the ministry said, the post fell", "…, as reported by the agency": the clause that the as-clause hangs on."""
    words = view.parsed.words
    word = words[predicate.i]
    marks = [words[c] for c in word.children if words[c].dep in {"mark", "advmod"} and words[c].lower == "as"]
    if word.dep != "advcl" or not marks or predicate.roles.get("clause") or words[word.head].pos not in {"VERB", "AUX"}:
        return None
    if not predicate.roles.get("subj"):
        return None
    return set(view.parsed.subtree(word.head)) - set(view.parsed.subtree(word.i))


def cue_group(parsed: ParsedText, predicate: Predicate) -> tuple[int, int]:
    """First and last word of a verb with its subject, auxiliaries and what it governs beside it, of one piece."""
    words = parsed.words
    parts = {predicate.i}
    for c in words[predicate.i].children:
        if words[c].dep in _OF_THE_CUE:
            parts |= set(parsed.subtree(c))
    first = last = predicate.i
    while first - 1 in parts:
        first -= 1
    while last + 1 in parts or (last + 2 in parts and words[last + 1].text == "-"):
        last += 1
    return first, last


def _is_statement(parsed: ParsedText, i: int) -> bool:
    """Whether a word is the finite verb of a clause that could stand alone."""
    word = parsed.words[i]
    if word.tag not in _FINITE:
        return False
    clause = parsed.words[word.head] if word.dep in {"aux", "auxpass"} else word
    return clause.dep != "relcl" and not any(parsed.words[c].dep == "mark" for c in clause.children)


def _touches(parsed: ParsedText, quote: Quote, first: int, last: int) -> bool:
    """Whether nothing but marks stands between a quotation and the cue."""
    left = range(quote.last + 1, first)
    right = range(last + 1, quote.first)
    between = left if quote.last < first else right
    return all(parsed.words[i].pos == "PUNCT" or parsed.words[i].text == "''" for i in between)


def _semicolon_between(parsed: ParsedText, first: int, last: int) -> bool:
    """ "A said the bridge held; B said it fell": what A said is none of B's."""
    return any(parsed.words[i].text == ";" for i in range(first, last))


def _has_subject(parsed: ParsedText, i: int) -> bool:
    if parsed.words[i].dep == "cc":
        return any(
            parsed.words[c].dep == "conj" and _has_subject(parsed, c)
            for c in parsed.words[parsed.words[i].head].children
        )
    return any(parsed.words[c].dep in {"nsubj", "nsubjpass", "expl"} for c in parsed.words[i].children)
