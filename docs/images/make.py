"""Makes the picture in the README: the report of the main example, as a terminal shows it."""

import re
from pathlib import Path

from rich.console import Console
from rich.theme import Theme

from truceline import Agreement, Reader
from truceline.cli.console import STYLES
from truceline.cli.report import report
from truceline.intake import read_file

HERE = Path(__file__).parent
EXAMPLE = HERE.parent.parent / "examples" / "wire-story.txt"
AGREEMENT = "nagorno-karabakh-2020"
# As much of the report as a picture can show.
LINES = 60


def picture() -> str:
    """The first lines of the report as SVG that asks for no font from outside."""
    agreement = Agreement.load(AGREEMENT)
    reading = Reader(agreement=agreement).read_document(read_file(EXAMPLE))
    console = Console(theme=Theme(STYLES), width=100, highlight=False, record=True, force_terminal=True, quiet=False)
    with console.capture() as whole:
        console.print(report(reading, agreement, source=EXAMPLE.name))
    shown = Console(width=100, highlight=False, record=True, force_terminal=True)
    with shown.capture():
        from rich.text import Text

        shown.print(Text("\n").join(Text.from_ansi(whole.get()).split("\n")[:LINES]))
    command = f"truceline read examples/{EXAMPLE.name} --agreement {AGREEMENT}"
    return re.sub(r"@font-face \{.*?\}\s*", "", shown.export_svg(title=command, unique_id="truceline"), flags=re.DOTALL)


if __name__ == "__main__":
    (HERE / "report.svg").write_text(picture(), encoding="utf-8")
