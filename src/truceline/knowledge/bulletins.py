"""Templates of monitors' bulletins: which texts are a mission's, which period they cover, and what they tell in which words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta, timezone, tzinfo
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from truceline.errors import KnowledgeError
from truceline.knowledge.bulletin_file import FieldEntry, Kind, RowsEntry, TemplateFile
from truceline.knowledge.bulletin_words import checked_wording
from truceline.knowledge.loading import Source, load
from truceline.knowledge.wordings import Wording

_NUMERIC = frozenset({"daily", "total", "level"})
_DATA = files("truceline.knowledge") / "data"


@dataclass(frozen=True, slots=True)
class BulletinField:
    """One thing that a mission's bulletins tell.

    Attributes:
        what: In words, for people.
        unit: Of its numbers; None for ``list`` and ``said``.
        wordings: Each with the name of the choice it stands for, None where there is but one.
        total_of: The daily field that this total adds up.
        since: Day the total counts from, where the mission always says the same.
        monotone: The number cannot fall (the default of totals).
        step: The largest change from one bulletin to the next that is not remarkable.
        by_place: Each number is told for a place.
        sides: Whether a party is named is part of what is told.
        starred: A star behind the words is part of what is told.
        coverage: Tells how much could be seen at all.
        absence: A zero, or its being told, says that something was not seen; that needs coverage beside it.
    """

    id: str
    what: str
    kind: Kind
    unit: str | None
    wordings: tuple[tuple[str | None, Wording], ...]
    total_of: str | None
    since: date | None
    monotone: bool
    step: float | None
    by_place: bool
    sides: bool
    starred: bool
    coverage: bool
    absence: bool

    @property
    def numeric(self) -> bool:
        """Whether its values are numbers."""
        return self.kind in _NUMERIC


Vocabulary = tuple[tuple[str, Wording], ...]
"""Names, each with a wording that stands for it."""


@dataclass(frozen=True, slots=True)
class RowWords:
    """How a row of the table of violations is told in prose."""

    id: str
    observers: tuple[Wording, ...]
    control: Vocabulary
    means: Vocabulary
    observations: Vocabulary
    descriptions: Vocabulary
    assessed: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A mission's bulletins, ready to be read.

    Attributes:
        publishers: Names (or parts of names) of those who publish them, in lower case.
        headings: Wordings of which one stands in the title or at the beginning.
        covers: Which period: the day of issue, the day before it, or 24 hours up to a clock time.
        clock: That clock time.
        between: Wordings with two dates that say which period a sentence is about.
        regions: Areas that the mission tells apart.
        sides: Words for the parties, by which it is seen whether one was named.
    """

    id: str
    title: str
    source: str
    publishers: tuple[str, ...]
    headings: tuple[Wording, ...]
    covers: Literal["day_of_issue", "day_before", "to_clock"]
    zone: tzinfo
    clock: time
    between: tuple[Wording, ...]
    regions: tuple[str, ...]
    sides: tuple[str, ...]
    fields: tuple[BulletinField, ...]
    rows: RowWords | None

    def field(self, name: str) -> BulletinField:
        """The field of this id.

        Raises:
            KnowledgeError: There is none; lists those there are.
        """
        found = next((field for field in self.fields if field.id == name), None)
        if found is None:
            raise KnowledgeError(f"template {self.id}: no field {name!r}; {_meant(name, [f.id for f in self.fields])}")
        return found

    def total_for(self, name: str) -> BulletinField | None:
        """The field that adds up this daily one."""
        return next((field for field in self.fields if field.total_of == name), None)


def _meant(name: str, there: Iterable[str]) -> str:
    """What somebody may have meant, else all there is."""
    names = list(there)
    near = get_close_matches(name, names, n=1)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}"


def bulletin_templates(extra: Path | None = None) -> dict[str, Source]:
    """Template files by name; those in the folder ``bulletins`` of ``extra`` replace shipped ones of the same name."""
    found: dict[str, Source] = {}
    for folder in (_DATA / "bulletins", *([extra / "bulletins"] if extra else [])):
        if folder.is_dir():
            found.update(
                (path.name.removesuffix(".yaml"), path) for path in folder.iterdir() if path.name.endswith(".yaml")
            )
    return dict(sorted(found.items()))


def find_template(name: str | Path, extra: Path | None = None) -> Template:
    """Load a template by its name or the path of a file.

    Raises:
        KnowledgeError: There is none of this name (lists what there is), or the file is broken.
    """
    known = bulletin_templates(extra)
    if (source := known.get(str(name))) is not None:
        return load_template(source)
    if str(name).endswith((".yaml", ".yml")) or Path(name).is_file():
        return load_template(Path(name))
    raise KnowledgeError(
        f"unknown bulletin template {str(name)!r}; there are {', '.join(known) or 'none'}; or give the path of a file"
    )


def load_template(source: Source) -> Template:
    """Load and check one template file.

    Raises:
        KnowledgeError: It is broken; names the file, the entry and the fault.
    """
    file = load(source, TemplateFile)
    checked = _Checked(source)
    return Template(
        id=file.id,
        title=file.title,
        source=file.source,
        publishers=tuple(name.lower() for name in file.mission.publishers),
        headings=checked.wordings("mission › headings", file.mission.headings),
        covers=file.period.covers,
        zone=checked.zone(file.period.zone),
        clock=checked.clock(file.period.clock),
        between=checked.between(file.period.between),
        regions=file.regions,
        sides=tuple(word.lower() for word in file.sides),
        fields=checked.fields(file.fields),
        rows=checked.rows(file.rows) if file.rows else None,
    )


class _Checked:
    """Turns the entries of one file into what is worked with; every fault names file and entry."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def fault(self, where: str, what: str) -> KnowledgeError:
        return KnowledgeError(f"{self.source}: entry {where}: {what}")

    def wordings(self, where: str, texts: Iterable[str]) -> tuple[Wording, ...]:
        return tuple(self.wording(where, text) for text in texts)

    def wording(self, where: str, text: str) -> Wording:
        return checked_wording(self.source, where, text)

    def vocabulary(self, where: str, named: dict[str, tuple[str, ...]]) -> Vocabulary:
        return tuple((name, self.wording(f"{where} › {name}", text)) for name, texts in named.items() for text in texts)

    def between(self, texts: Iterable[str]) -> tuple[Wording, ...]:
        found = self.wordings("period › between", texts)
        for wording in found:
            if "date" not in wording.slots:
                raise self.fault("period › between", f"phrase {wording.text!r}: needs {{date}}")
        return found

    def zone(self, written: str) -> tzinfo:
        if written[:1] in "+-" and len(written) == len("+03:00"):
            hours, minutes = int(written[1:3]), int(written[4:6])
            return timezone((-1 if written[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))
        try:
            return ZoneInfo(written)
        except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
            raise self.fault("period › zone", f"{written!r} is no time zone; write Europe/Kyiv or +02:00") from fault

    def clock(self, written: str) -> time:
        try:
            return time.fromisoformat(written)
        except ValueError as fault:
            raise self.fault("period › clock", f"{written!r} is no time of day; write 19:30") from fault

    def rows(self, file: RowsEntry) -> RowWords:
        observers = self.wordings("rows › observers", file.observers)
        for wording in observers:
            if "place" not in wording.slots:
                raise self.fault("rows › observers", f"phrase {wording.text!r}: needs {{place}}")
        return RowWords(
            id=file.id,
            observers=observers,
            control=self.vocabulary("rows › control", file.control),
            means=self.vocabulary("rows › means", file.means),
            observations=self.vocabulary("rows › observations", file.observations),
            descriptions=self.vocabulary("rows › descriptions", file.descriptions),
            assessed=self.wordings("rows › assessed", file.assessed),
        )

    def fields(self, listed: tuple[FieldEntry, ...]) -> tuple[BulletinField, ...]:
        by_id: dict[str, FieldEntry] = {}
        for field in listed:
            if field.id in by_id:
                raise self.fault(f"fields › {field.id}", "two fields have this id; rename one")
            by_id[field.id] = field
        return tuple(self._field(field, by_id) for field in listed)

    def _field(self, field: FieldEntry, by_id: dict[str, FieldEntry]) -> BulletinField:
        where = f"fields › {field.id}"
        self._check_total(where, field, by_id)
        named: list[tuple[str | None, Wording]] = [
            (None, w) for w in self.wordings(f"{where} › phrases", field.phrases)
        ]
        named += self.vocabulary(f"{where} › choices", field.choices)
        if not named and field.total_of is None:
            raise self.fault(where, "has neither phrases nor choices; write how the bulletin says it")
        for _, wording in self._numberless(field, named):
            raise self.fault(
                f"{where} › phrases", f"phrase {wording.text!r}: a {field.kind} field needs {{number}} in it"
            )
        if field.kind in _NUMERIC and field.unit is None:
            raise self.fault(where, f"a {field.kind} field needs a unit, such as persons or ha")
        return BulletinField(
            id=field.id,
            what=field.what,
            kind=field.kind,
            unit=field.unit,
            wordings=tuple(named),
            total_of=field.total_of,
            since=field.since,
            monotone=field.monotone or field.kind == "total",
            step=field.step,
            by_place=field.by_place,
            sides=field.sides,
            starred=field.starred,
            coverage=field.coverage,
            absence=field.absence,
        )

    def _numberless(
        self, field: FieldEntry, named: list[tuple[str | None, Wording]]
    ) -> Iterator[tuple[str | None, Wording]]:
        return (pair for pair in named if field.kind in _NUMERIC and "number" not in pair[1].slots)

    def _check_total(self, where: str, field: FieldEntry, by_id: dict[str, FieldEntry]) -> None:
        if field.total_of is None:
            return
        if field.kind != "total":
            raise self.fault(
                where, f"total_of belongs to a total, and this is a {field.kind} field; make it kind: total"
            )
        daily = by_id.get(field.total_of)
        if daily is None:
            raise self.fault(
                where, f"total_of names {field.total_of!r}, and no field has that id; {_meant(field.total_of, by_id)}"
            )
        if daily.kind != "daily":
            raise self.fault(where, f"total_of names {field.total_of!r}, which is no daily field but kind {daily.kind}")
        if daily.unit != field.unit:
            raise self.fault(
                where, f"its unit is {field.unit!r}, and that of {field.total_of} is {daily.unit!r}; use one unit"
            )
