"""The page on control of places shows what the commands print."""

from pathlib import Path

from tests.docs.test_manual import DOCS, ROOT, _missing, _run, _sessions


def test_the_page_shows_what_is_printed(tmp_path: Path) -> None:
    sessions = list(_sessions(DOCS / "control.md"))
    assert len(sessions) >= 8
    for command, expected in sessions:
        done = _run(command.replace("/tmp/", f"{tmp_path}/"), ROOT)
        assert done.returncode == 0, done.stderr
        assert _missing(expected, done.stdout) is None, done.stdout
