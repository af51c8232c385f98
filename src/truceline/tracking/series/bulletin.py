"""Reading a bulletin: is it the mission's, which period is it about, what does it tell."""

from functools import lru_cache

from truceline.errors import InputError
from truceline.knowledge.bulletins import Template
from truceline.model import Document, Flag
from truceline.reading.parse import parse
from truceline.reading.pipeline import DEFAULT_PIPELINE, load_pipeline
from truceline.tracking.series.items import items
from truceline.tracking.series.matching import find_matches
from truceline.tracking.series.numbers import numbers
from truceline.tracking.series.page import Page
from truceline.tracking.series.periods import Timing, timing
from truceline.tracking.series.rows import prose_rows
from truceline.tracking.series.table import table_rows
from truceline.tracking.series.values import Bulletin

# The heading, its date, and what the bulletin is based on.
_HEADING_SENTENCES = 6
_HEADING_LETTERS = 800


class BulletinReader:
    """Reads one mission's bulletins.

    Args:
        template: The mission's template.
        pipeline: Name of a spaCy pipeline other than the pinned one.

    Raises:
        PipelineError: The language pipeline is missing or not the pinned one.
    """

    def __init__(self, template: Template, pipeline: str | None = None) -> None:
        self.template = template
        self.pipeline = pipeline or DEFAULT_PIPELINE

    def read(self, document: Document, name: str | None = None) -> Bulletin:
        """Read one bulletin.

        Args:
            document: The bulletin; its title and text are looked at.
            name: What to call it in an error; by default its title or id.

        Raises:
            InputError: It is another mission's, or has no date; names the document, the template and what was looked for.
        """
        template, called = self.template, name or document.title or document.id
        parsed = parse(document.text, load_pipeline(self.pipeline))
        page = Page(document, parsed, template.zone, document.published)
        self._check_mission(document, page, called)
        times = timing(page, template, called)
        values = sorted(
            (*numbers(page, template, times), *items(page, template, times)), key=lambda v: (v.span, v.field)
        )
        rows = (*table_rows(page, template, times), *prose_rows(page, template, times)) if template.rows else ()
        return Bulletin(
            document=document.id,
            template=template.id,
            title=document.title,
            publisher=document.publisher,
            published=document.published,
            issued=times.issued,
            periods=times.periods,
            values=tuple(values),
            rows=rows,
            flags=(*document.flags, *_flags(page, times)),
        )

    def is_mission(self, document: Document) -> bool:
        """Whether the document is one of the mission's bulletins, by publisher and heading."""
        if not self._published_by(document):
            return False
        beginning = parse(document.text[:_HEADING_LETTERS], load_pipeline(self.pipeline))
        return self._headed(document, Page(document, beginning, self.template.zone, None))

    def _check_mission(self, document: Document, page: Page, called: str) -> None:
        template = self.template
        if document.publisher is not None and not self._published_by(document):
            wanted = ", ".join(repr(name) for name in template.publishers)
            raise InputError(
                f"{called}: not a bulletin of template {template.id}: published by {document.publisher!r}, looked for {wanted}; "
                "give its own template with --template"
            )
        if not self._headed(document, page):
            wanted = " or ".join(repr(wording.text) for wording in template.headings)
            raise InputError(
                f"{called}: not a bulletin of template {template.id}: neither title nor beginning has {wanted}; "
                "give its own template with --template"
            )

    def _published_by(self, document: Document) -> bool:
        publisher = (document.publisher or "").lower()
        return any(name in publisher for name in self.template.publishers)

    def _headed(self, document: Document, page: Page) -> bool:
        pages = [page]
        if document.title:
            titled = Document("", document.title)
            pages.append(Page(titled, parse(document.title, load_pipeline(self.pipeline)), self.template.zone, None))
        return any(
            next(find_matches(looked, sentence, wording), None)
            for looked in pages
            for sentence in looked.parsed.sentences[:_HEADING_SENTENCES]
            for wording in self.template.headings
        )


def read_bulletin(document: Document, template: Template) -> Bulletin:
    """Read one bulletin by its mission's template; see :class:`BulletinReader`."""
    return _reader(template).read(document)


@lru_cache(maxsize=8)
def _reader(template: Template) -> BulletinReader:
    return BulletinReader(template)


def _flags(page: Page, times: Timing) -> list[Flag]:
    """What a person should look at."""
    found = [figure.flag for figure in page.figures if figure.flag is not None]
    if len(times.periods) > 1:
        days = ", ".join(period.day.isoformat() for period in times.periods)
        found.append(Flag("several_periods", None, None, f"covers {len(times.periods)} periods: {days}"))
    return found
