"""From text to words: paragraphs, the parser's pass, one flat list of words for the document."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from truceline.reading.casing import Casing, lower_words
from truceline.reading.paragraphs import script_labels, split_dateline, split_paragraphs
from truceline.reading.words import ParsedText, Sentence, Word

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

# Characters the tokeniser or tagger does not know well, each replaced by ONE that it does, so that offsets stay true.
_AS_PARSED = str.maketrans(
    {
        "\n": " ", "\r": " ", "\t": " ", "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2009": " ", "\u200b": " ", "\ufeff": " ",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"', "‘": "'", "’": "'", "‚": "'", "`": "'", "´": "'", "ʼ": "'",
        "–": "-", "‑": "-", "‒": "-", "―": "—", "\x85": " ", "\v": " ", "\f": " ", "\u2028": " ", "\u2029": " ",
    }
)  # fmt: skip


_PLAIN = Casing()
_PRONOUN_TAGS = frozenset({"PRP", "PRP$", "WP"})


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch that goes through the pipeline by itself; a ``label`` names who speaks in a script."""

    start: int
    end: int
    paragraph: int
    label: bool = False


def parse(text: str, nlp: "Language", casing: Casing = _PLAIN) -> ParsedText:
    """Parse one text."""
    return next(parse_many([text], nlp, casing=casing))


def parse_many(
    texts: Iterable[str], nlp: "Language", *, casing: Casing = _PLAIN, batch_size: int = 64
) -> Iterator[ParsedText]:
    """Parse texts in batches, in order; the result does not depend on how they are batched.

    Args:
        texts: The texts.
        nlp: The pipeline.
        casing: What to do with needless capitals.
        batch_size: How many paragraphs go through the pipeline at once.
    """
    pending: list[tuple[str, list[_Part]]] = []

    def pieces() -> Iterator[str]:
        for text in texts:
            parts = _parts(text)
            lowers = lower_words(text)
            pending.append((text, parts))
            for part in parts:
                yield casing.for_parsing(text[part.start : part.end].translate(_AS_PARSED), lowers)
            yield ""  # marks the end of a text

    docs: list[Doc] = []
    for doc in nlp.pipe(pieces(), batch_size=batch_size):
        if len(doc):
            docs.append(doc)
            continue
        text, parts = pending.pop(0)
        yield _flatten(text, parts, docs)
        docs = []


def _parts(text: str) -> list[_Part]:
    """What the parser gets, in order; a dateline or a speaker's label stands apart from its paragraph."""
    parts = []
    paragraphs = list(split_paragraphs(text))
    labels = script_labels(text, paragraphs)
    for number, (start, end) in enumerate(paragraphs):
        body = labels.get((start, end)) or split_dateline(text, (start, end))
        if body > start:
            parts.append(_Part(start, body, number, label=(start, end) in labels))
        parts.append(_Part(body, end, number))
    return parts


def _flatten(text: str, parts: list[_Part], docs: "list[Doc]") -> ParsedText:
    words: list[Word] = []
    sentences: list[Sentence] = []
    for part, doc in zip(parts, docs, strict=True):
        index = _indices(doc, len(words), text[part.start : part.end])
        for sent in doc.sents:
            first = len(words)
            for token in sent:
                if index[token.i] is None:
                    continue
                start = part.start + token.idx
                words.append(
                    Word(
                        i=len(words),
                        text=text[start : start + len(token)],
                        lower=token.lower_,
                        lemma=token.lemma_.lower(),
                        pos="PROPN" if (part.label and token.is_title) or _is_abbreviation(token) else token.pos_,
                        tag="NNP" if _is_abbreviation(token) else token.tag_,
                        dep=token.dep_,
                        head=_head(token, index),
                        start=start,
                        end=start + len(token),
                        sentence=len(sentences),
                    )
                )
            if len(words) > first:
                sentences.append(Sentence(first, len(words), words[first].start, words[-1].end, part.paragraph))
    for word in words:
        if word.head != word.i:
            words[word.head].children.append(word.i)
    return ParsedText(text, tuple(words), tuple(sentences))


def _is_abbreviation(token: "Token") -> bool:
    """Whether what is tagged a pronoun is written in capitals amid other words: "WHO", "US", "IT"; "I" is none."""
    return token.tag_ in _PRONOUN_TAGS and len(token) > 1 and token.is_upper


def _indices(doc: "Doc", first: int, piece: str) -> list[int | None]:
    """Index of each token among the document's words; None for white space, and for a comma that stands for it."""
    index: list[int | None] = []
    for token in doc:
        space = token.is_space or piece[token.idx].isspace()
        index.append(None if space else first)
        first += not space
    return index


def _head(token: "object", index: list[int | None]) -> int:
    """The nearest head that is a word; a word below nothing but white space is a root, its own head."""
    own = index[token.i]  # type: ignore[attr-defined]
    while token.head.i != token.i:  # type: ignore[attr-defined]
        token = token.head  # type: ignore[attr-defined]
        if (head := index[token.i]) is not None:  # type: ignore[attr-defined]
            return head
    assert own is not None
    return own
