"""Which stretches stand between quotation marks, balanced or not."""

import pytest
from tests.reading.attribution_checks import parsed

from truceline.reading.quotes import find_quotes

TABLE = [
    ("He said: “We are ready.”", ["“We are ready.”"]),
    ('"We are ready," he said. "So are they."', ['"We are ready,"', '"So are they."']),
    ("''We are ready,'' he said.", ["''We are ready,''"]),
    ("«We are ready», he said.", ["«We are ready»"]),
    ("‘We are ready,’ he said.", ["‘We are ready,’"]),
    ("The army's posts and the rebels' posts are empty.", []),
    ("”We are ready to leave,” he said.", ["”We are ready to leave,”"]),
]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_stretches(text: str, expected: list[str]) -> None:
    assert [text[quote.start : quote.end] for quote in find_quotes(parsed(text))] == expected


def test_a_quotation_without_its_end_runs_to_the_end_of_the_paragraph() -> None:
    text = "“We are ready to go.\n\n“We will leave at dawn,” he said."
    quotes = find_quotes(parsed(text))
    assert [(quote.opened, quote.closed) for quote in quotes] == [(True, False), (True, True)]


def test_words_held_at_arms_length_are_no_speech() -> None:
    quotes = find_quotes(
        parsed("The so-called “liberated” towns are empty, and he said “we will never come back here”.")
    )
    assert [quote.speech for quote in quotes] == [False, True]
