"""The clause view: each predicate with its roles named and normalised, however the sentence put them.

Passives are turned (``subj`` is the one who does it), relative clauses and participles get their antecedent, coordination is
shared out, control is followed, and light verbs ("launched an attack") lend their subject to the noun. One interpreter
(``frames.py``) then matches frames of the lexicon against this view, for attribution and for acts alike. The names of the roles
are told in ``roles.py``.
"""

from truceline.reading.event_nouns import hyphenated, in_event_phrase, noun_predicate, state_predicate
from truceline.reading.linking import link
from truceline.reading.roles import ClauseView, Filler, Predicate, Support
from truceline.reading.verbs import is_verb, verb_predicate
from truceline.reading.words import ParsedText


def clause_view(parsed: ParsedText, support: Support) -> ClauseView:
    """Build the view of a text. Linear in the number of words but for the depth of the parse."""
    view = ClauseView(parsed, {})
    for word in parsed.words:
        if is_verb(word):
            view.predicates[word.i] = verb_predicate(parsed, word, support)
    for word in parsed.words:
        if word.i in view.predicates:
            link(view, view.predicates[word.i], support)
    for word in parsed.words:
        compound = hyphenated(parsed, word, support)
        if compound is not None and compound[0].i not in view.predicates:
            view.predicates[compound[0].i] = noun_predicate(view, *compound, support)
        elif (
            word.i not in view.predicates
            and word.pos in {"NOUN", "PROPN", "ADJ", "VERB"}
            and (word.lemma in support.event_nouns or in_event_phrase(parsed, word, support))
        ):
            view.predicates[word.i] = noun_predicate(view, word, word.lemma, support)
        elif (
            word.i not in view.predicates
            and word.lower in support.states
            and word.pos in {"ADJ", "ADV", "NOUN", "VERB"}
            and word.dep != "prt"
        ):
            view.predicates[word.i] = state_predicate(view, word)
    return view


__all__ = ["ClauseView", "Filler", "Predicate", "Support", "clause_view"]
