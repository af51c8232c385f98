"""Makes the picture in the README: the report of the main example, as a terminal shows it.

Run it with ``python docs/images/make.py`` when the report looks different.
"""

import re
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text
from rich.theme import Theme

from truceline import Agreement, Reader
from truceline.cli.console import STYLES
from truceline.cli.report import report
from truceline.intake import read_file

HERE = Path(__file__).parent
EXAMPLE = HERE.parent.parent / "examples" / "wire-story.txt"
AGREEMENT = "nagorno-karabakh-2020"
WIDTH = 100
# As much of the report as a picture can show.
LINES = 48


def picture() -> str:
    """The first lines of the report as SVG that asks for no font from outside."""
    agreement = Agreement.load(AGREEMENT)
    reading = Reader(agreement=agreement).read_document(read_file(EXAMPLE))
    theme = Theme(STYLES)
    terminal = Console(theme=theme, width=WIDTH, highlight=False, force_terminal=True, color_system="truecolor")
    with terminal.capture() as printed:
        terminal.print(report(reading, agreement, source=EXAMPLE.name))
    shown = Console(width=WIDTH, highlight=False, file=StringIO(), record=True)
    shown.print(Text.from_ansi("\n".join([*printed.get().splitlines()[:LINES], "…"])))
    command = f"truceline read examples/{EXAMPLE.name} --agreement {AGREEMENT}"
    svg = shown.export_svg(title=command, unique_id="truceline")
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)  # some viewers drop the blanks that a word begins with
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


if __name__ == "__main__":
    (HERE / "report.svg").write_text(picture(), encoding="utf-8")
