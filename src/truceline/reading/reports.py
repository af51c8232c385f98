"""Reports: what the grammar finds of "who says what", in words; the ground of attributions and of claims' speakers."""

from dataclasses import dataclass
from typing import Literal

from truceline.knowledge.frames import CueClass, FrameLexicon
from truceline.model.claim import Modality
from truceline.reading.speakers import negator_of
from truceline.reading.view import ClauseView, Filler, Predicate
from truceline.reading.words import ParsedText, Word

Kind = Literal["direct", "mixed", "indirect"]

Form = Literal["word", "beside", "colon", "mark", "answer", "verdict"]
"""What gives a report away: a word of the lexicon, such a word beside a quotation, a colon after the speaker, a mark before the
speaker, a question that is answered, or a verdict on what somebody else says."""


@dataclass(frozen=True, slots=True)
class Report:
    """One cue with its speakers and its content.

    Attributes:
        cue: Indices of the cue's words.
        speakers: Heads of the speakers' phrases; empty where nobody is named.
        content: Indices of the content's words, in text order.
        name: Name of the cue's class in the lexicon.
        modality: What the cue makes of its content.
        accused: Who did what the content names, for cues that say so.
        refers: Head of a noun that stands for an earlier claim ("rejected the allegation").
        within: What the cue itself stands in: another report's content, a quotation, or neither.
        form: What gives the report away.
        alternative: Which alternative of its class's content it has ("clause", "obj+as"), "bare", or "" where there is no choice.
    """

    cue: tuple[int, ...]
    speakers: tuple[Filler, ...]
    content: tuple[int, ...]
    name: str
    cue_class: CueClass
    modality: Modality
    kind: Kind
    by: str
    accused: Filler | None = None
    refers: int | None = None
    mutual: bool = False
    within: Literal["", "report", "quotation"] = ""
    form: Form = "word"
    alternative: str = ""


class ReportMaker:
    """Makes reports of a predicate: what negation, mutual words and the class say of them."""

    def __init__(self, lexicon: FrameLexicon) -> None:
        self._bridges = frozenset(lexicon.cues.bridges)
        self._carriers = frozenset(lexicon.cues.carriers)
        self._documents = frozenset(lexicon.cues.documents) | lexicon.cue_index.get("nouns", {}).keys()
        reporting = lexicon.cue_index
        self._reporting = frozenset(
            key.removeprefix("not ").split()[0] for kind in ("verbs", "adjectives") for key in reporting.get(kind, {})
        )
        self._paired = lexicon.cues.closed.paired_negators
        self._mutual = {phrase.split()[0] for phrase in lexicon.support.mutual_words}

    def __call__(
        self, view: ClauseView, predicate: Predicate, name: str, cue_class: CueClass, at: tuple[int, ...],
        speakers: tuple[Filler, ...], content: set[int], by: str, refers: int | None = None, alternative: str = "",
    ) -> Report:  # fmt: skip
        """The report of a predicate whose cue stands at the words ``at``."""
        modality = cue_class.modality
        if negator_of(view, predicate, self._paired) is not None and name != "no_blame":
            modality = cue_class.negated or Modality.DECLINED
        accused = None
        for role in cue_class.accused:
            accused = accused or predicate.first(role)
        mutual = cue_class.mutual or (accused is not None and self._is_mutual(view.parsed, accused))
        cue = _cue_words(view, predicate, at)
        if predicate.kind == "v":
            cue = self._with_bridge(view, predicate, cue)
        return Report(
            cue=cue,
            speakers=speakers,
            content=trimmed(view.parsed, content - set(cue)),
            name=name,
            cue_class=cue_class,
            modality=modality,
            kind="indirect",
            by=by,
            accused=None if mutual else accused,
            refers=refers,
            mutual=mutual,
            alternative=alternative,
        )

    def _with_bridge(self, view: ClauseView, predicate: Predicate, cue: tuple[int, ...]) -> tuple[int, ...]:
        """The cue with the verbs above it that say nothing of their own: "went on to say", "issued a statement saying"."""
        words = view.parsed.words
        lowest = words[predicate.i]
        while (above := self._bridge(view, lowest)) is not None:
            cue = tuple(sorted({*cue, *_cue_words(view, above, (above.i,))}))
            if words[lowest.head].i != above.i:
                cue = tuple(sorted({*cue, lowest.head}))
            lowest = words[above.i]
        return cue

    def _bridge(self, view: ClauseView, word: Word) -> Predicate | None:
        """The verb that only says how, or in what, the saying goes; None if the one above says something of its own."""
        words = view.parsed.words
        head = words[word.head]
        if any(words[c].dep in {"nsubj", "nsubjpass", "mark", "relcl"} for c in word.children) or head.i > word.i:
            return None
        if word.dep == "acl" and word.tag == "VBG" and head.dep == "dobj" and head.lemma in self._documents:
            carrier = view.predicates.get(head.head)
            return carrier if carrier is not None and carrier.lemma in self._carriers else None
        infinitive = any(words[c].tag == "TO" and words[c].dep == "aux" for c in word.children)
        if infinitive and word.dep == "xcomp" and head.pos == "ADJ" and head.lower not in self._reporting:
            above = view.predicates.get(head.head)  # "was likely to oppose"
            return above if above is not None and head.dep == "acomp" else None
        above = view.predicates.get(head.i)
        if above is None or above.i == word.i or above.kind != "v" or word.dep not in {"xcomp", "advcl", "ccomp"}:
            return None
        if above.roles.get("obj") and not above.passive:
            return None
        if above.lemma in self._bridges:
            return above
        return above if infinitive and word.dep == "xcomp" and above.lemma not in self._reporting else None

    def _is_mutual(self, parsed: ParsedText, filler: Filler) -> bool:
        word = parsed.words[filler.head]
        return word.lower in self._mutual or any(parsed.words[c].lower in self._mutual for c in word.children)


def _cue_words(view: ClauseView, predicate: Predicate, at: tuple[int, ...]) -> tuple[int, ...]:
    """The cue with its auxiliaries and negation."""
    words = view.parsed.words
    found = set(at)
    for c in words[predicate.i].children:
        if (
            words[c].dep in {"aux", "auxpass", "neg", "prt"}
            and words[c].sentence == words[predicate.i].sentence
            and predicate.kind == "v"
        ):
            found.add(c)
    return tuple(sorted(found))


def trimmed(parsed: ParsedText, words: set[int]) -> tuple[int, ...]:
    """Word indices in order, without punctuation at the edges of the whole."""
    ordered = sorted(words)
    while ordered and parsed.words[ordered[0]].pos == "PUNCT":
        ordered.pop(0)
    while ordered and parsed.words[ordered[-1]].pos == "PUNCT":
        ordered.pop()
    return tuple(ordered)


def runs(parsed: ParsedText, words: tuple[int, ...]) -> list[tuple[int, int]]:
    """Stretches of neighbouring words, without punctuation at their edges; a gap of nothing but it does not break one."""
    found: list[tuple[int, int]] = []
    for i in words:
        if parsed.words[i].pos == "PUNCT":
            continue
        if found and all(parsed.words[j].pos == "PUNCT" for j in range(found[-1][1] + 1, i)):
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    return found
