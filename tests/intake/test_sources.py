"""Files, standard input, addresses: what becomes a document and what is turned away."""

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from truceline.errors import InputError
from truceline.intake import LONGEST_TEXT, fetch, from_bytes, parse_published, read_file, read_stdin
from truceline.intake.kinds import FILE_KINDS, FileKinds, kind_of
from truceline.intake.language import foreign_language, language_name
from truceline.knowledge.loading import load
from truceline.model import document_id

SAID = "The ministry said on Friday that rebels had shelled two posts.\n"
PAGE = """<!doctype html><html><head><meta charset="windows-1252"><title>Two posts shelled - Example Wire</title>
<meta property="og:site_name" content="Example Wire"><meta property="og:title" content="Two posts shelled">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2021-05-08T18:30:00+04:00"}]}
</script></head><body><nav>Home | News</nav><article><h1>Two posts shelled</h1>
<p>The ministry’s spokesman said on Friday that rebels had shelled two posts near the river,
and that it went on for an hour.</p>
<p>A rebel commander denied the report and said that his men had come under fire first from the other bank.</p>
</article></body></html>"""


def test_a_file_becomes_a_document(tmp_path: Path) -> None:
    path = tmp_path / "said.txt"
    path.write_text(SAID, encoding="utf-8")
    document = read_file(path)
    assert document.text == SAID
    assert document.id == document_id(SAID.encode())
    assert (document.title, document.publisher, document.published, document.flags) == (None, None, None, ())


def test_standard_input_becomes_a_document() -> None:
    assert read_stdin(SAID.encode()).text == SAID
    with pytest.raises(InputError, match="standard input: empty"):
        read_stdin(b"")


def test_a_header_is_read_and_taken_off() -> None:
    header = (
        "---\ntitle: 'Bulletin: the week'\npublisher: Mission\npublished: 2021-05-08T08:00\n"
        "url: https://example.org/1\nmood: dark\n---\r\n"
    )
    content = (header + SAID).encode()
    document = from_bytes(content, "x")
    assert document.text == SAID
    assert document.id == document_id(content)
    assert document.title == "Bulletin: the week"
    assert document.publisher == "Mission"
    assert document.published == datetime(2021, 5, 8, 8, 0)
    assert document.url == "https://example.org/1"
    assert [(flag.kind, flag.why) for flag in document.flags] == [("header_unknown", "not used from the header: mood")]


@pytest.mark.parametrize(
    "text",
    [
        "---\nThe ministry said that it was so.\n---\nThe end.\n",
        "---\n- the one\n- and the other\n---\nThe end of the list.\n",
        "---\ntitle: [never closed\n---\nThe end of it.\n",
        "--- title: none --- and the rest of the line",
        "---\ntitle: only begun, and the rest of it is the text",
    ],
)
def test_what_only_looks_like_a_header_is_text(text: str) -> None:
    assert from_bytes(text.encode(), "x").text == text


def test_a_header_may_name_the_language() -> None:
    names = "Petrosyan, Aliyev, Erdogan, Pashinyan, Mnatsakanyan"
    assert from_bytes(f"---\nlanguage: en-GB\n---\n{names}".encode(), "x").text == names
    with pytest.raises(InputError, match=r"French \(fr\)"):
        from_bytes(f"---\nlanguage: fr\n---\n{SAID}".encode(), "x")


def test_a_page_gives_its_article_title_publisher_and_time() -> None:
    document = from_bytes(PAGE.encode("cp1252"), "page.html")
    assert document.title == "Two posts shelled"
    assert document.publisher == "Example Wire"
    assert document.published == datetime(2021, 5, 8, 18, 30, tzinfo=timezone(timedelta(hours=4)))
    assert document.text.startswith("Two posts shelled\n\nThe ministry’s spokesman said")
    assert "Home" not in document.text
    assert document.flags == ()


def test_a_page_with_broken_metadata_is_read_all_the_same() -> None:
    page = PAGE.replace("2021-05-08T18:30:00+04:00", "soon").replace('{"@graph', '{{"@graph')
    assert from_bytes(page.encode("cp1252"), "page.html").published is None


def test_the_limit_is_in_characters() -> None:
    words = "The ministry said so. " * (LONGEST_TEXT // 22)
    assert from_bytes(words.encode(), "x").text == words
    with pytest.raises(InputError, match=r"1,000,0\d\d characters.*split it"):
        from_bytes((words + "x" * 30).encode(), "x")


def test_a_huge_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(5_000_000_000)
    with pytest.raises(InputError, match="binary data"):
        read_file(path)


@pytest.mark.parametrize("kind", load(FILE_KINDS, FileKinds).kinds, ids=lambda kind: kind.name)
def test_each_kind_of_file_is_recognised(kind: object) -> None:
    from truceline.intake.kinds import FileKind

    assert isinstance(kind, FileKind)
    content = b"\x00" * kind.at + bytes.fromhex(kind.bytes) + b" " + (kind.holds or "").encode()
    found = kind_of(content)
    assert found is not None
    assert found.name == kind.name
    with pytest.raises(InputError, match=kind.name):
        from_bytes(content, "x")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ar", "قصف مواقع الجيش"),
        ("de", "Rebellen greifen zwei Stellungen der Armee an"),
        ("es", "Los rebeldes atacaron dos puestos del ejército cerca del río"),
        ("fr", "Les rebelles ont attaqué deux postes de l'armée"),
        ("hy", "Պաշտպանության նախարարությունը հայտարարել է կրակոցների մասին"),
        ("nl", "De rebellen vielen dinsdag twee legerposten aan, zei een woordvoerder van het ministerie."),
        ("ru", "Минобороны: обстрел у села"),
        ("tr", "İsyancılar salı günü sınır yakınındaki iki ordu mevzisine saldırdı"),
        ("uk", "Обстріл біля села, повідомили військові"),
    ],
)
def test_other_languages_are_named(code: str, text: str) -> None:
    assert foreign_language(text) == code
    with pytest.raises(InputError, match=rf"\({code}\)"):
        from_bytes(text.encode(), "x")


@pytest.mark.parametrize(
    "text",
    [
        "Ministry: Army shelled Shusha",
        "Baku: Armenia hits Tartar",
        "M23 rebels seize Bunagana",
        "Aliyev, Pashinyan, Putin meet",
        "Tatmadaw denies Rakhine airstrike claims",
        "Hodeidah: Houthi drone downed",
        "12 May 2002",
        "…",
        "SPLA-IO: Kajo-Keji, Yei, Lainya, Morobo",
    ],
)
def test_short_headlines_are_not_turned_away(text: str) -> None:
    assert foreign_language(text) is None


def test_english_that_quotes_another_language_is_read() -> None:
    text = 'The mission said the order was "прекратить огонь", and that both of the commanders had obeyed it.'
    assert from_bytes(text.encode(), "x").text == text


def test_a_language_without_a_name_keeps_its_code() -> None:
    assert language_name("ru") == "Russian (ru)"
    assert language_name("qqq") == "the language 'qqq'"


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2020-12-31", date(2020, 12, 31)),
        (" 2020-12-31 ", date(2020, 12, 31)),
        ("2020-12-31T18:30", datetime(2020, 12, 31, 18, 30)),
        ("2020-12-31T18:30+04:00", datetime(2020, 12, 31, 18, 30, tzinfo=timezone(timedelta(hours=4)))),
        ("Thu, 31 Dec 2020 18:30:00 +0400", datetime(2020, 12, 31, 18, 30, tzinfo=timezone(timedelta(hours=4)))),
    ],
)
def test_publication_dates(written: str, moment: date) -> None:
    assert parse_published(written) == moment
    assert type(parse_published(written)) is type(moment)


@pytest.mark.parametrize(
    "written", ["", "2020-02-30", "31/12/2020", "tomorrow", "2020", "0202-12-12", "9999-12-31", "2020-12-31T25:00"]
)
def test_impossible_publication_dates(written: str) -> None:
    with pytest.raises(InputError, match="publication date"):
        parse_published(written)


@pytest.fixture
def server() -> Iterator[str]:
    """A web server on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers = {
                "/page": (200, "text/html; charset=windows-1252", PAGE.encode("cp1252")),
                "/text": (
                    200,
                    "text/plain; charset=iso-8859-2",
                    "The mayor of Łódź said so to the press.".encode("iso-8859-2"),
                ),
                "/long": (200, "text/plain", b"word " * 1_000_000),
            }
            code, kind, content = answers.get(self.path, (404, "text/plain", b"no"))
            self.send_response(code)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    httpd = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


def test_addresses(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    page = fetch(f"{server}/page")
    assert (page.publisher, page.url) == ("Example Wire", f"{server}/page")
    assert fetch(f"{server}/text").text == "The mayor of Łódź said so to the press."
    with pytest.raises(InputError, match="the server answers 404"):
        fetch(f"{server}/none")
    with pytest.raises(InputError, match="split it"):
        fetch(f"{server}/long")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/x", "https://", "file:///etc/hostname", "http://[bad"])
def test_addresses_that_lead_nowhere(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with pytest.raises(InputError) as fault:
        fetch(url)
    assert "\n" not in str(fault.value)
