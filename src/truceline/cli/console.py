"""The console and its colours: a colour means a kind of thing, never who is right.

Each colour stands at least 4 to 1 against both black and white (tested), so that the report reads on dark and light
terminals. Without colour nothing is lost: the report quotes the words that colour marks in the text.
"""

from rich.console import Console
from rich.theme import Theme

STYLES = {
    "speaker": "bold",
    "cue": "italic",
    "act": "bold color(163)",
    "actor": "underline",
    "place": "color(28)",
    "time": "color(30)",
    "count": "color(130)",
    "instrument": "color(27)",
    "flag": "color(161)",
    "modality": "bold",
    "aside": "color(243)",
    "heading": "bold",
    "title": "bold",
}

# Wider lines are hard to read.
_WIDEST = 120


def make_console() -> Console:
    """A console on standard output; no colour when piped or where NO_COLOR is set."""
    console = Console(theme=Theme(STYLES), highlight=False, markup=False, emoji=False)
    console.width = min(console.width, _WIDEST)
    return console


def visible(text: str) -> str:
    """The text with characters that steer a terminal or turn the direction of writing replaced, one for one."""
    return "".join(
        _SHOWN.get(c, c) if c.isprintable() or c in "\n\t" else " " if c.isspace() else "\ufffd" for c in text
    )


_SHOWN = {"\t": " ", "\n": " "}
