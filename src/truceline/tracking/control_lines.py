"""The intervals of one place: each voice's line, brought along by one statement after another.

What a voice says of a day replaces what it said before of that day and after, except what its own words date later. So a party that
says on Sunday "they took a part of it" and on Monday "they took all of it on Saturday" has revised itself, and both are kept.
"""

from dataclasses import replace
from datetime import datetime, time, tzinfo

from truceline.incidents.voices import OTHERS
from truceline.model import Moment
from truceline.tracking.control_values import Interval, Statement
from truceline.tracking.control_words import Track

Key = tuple[str, str, Track, str]


class Lines:
    """The intervals of one place, brought along by one statement after another."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._lines: dict[Key, list[Interval]] = {}
        self._gone: list[Interval] = []

    def all(self) -> list[Interval]:
        """The intervals, those taken back too."""
        return [*self._gone, *(one for line in self._lines.values() for one in line)]

    def take_in(self, one: Statement) -> None:
        """Bring the voice's lines up to what it says now."""
        if one.track == "left" and not one.denied:
            self._end_of(one, one.holder)
        if one.giver is not None and not one.denied:
            self._end_of(one, one.giver)
        # Others are many voices: what one newspaper writes does not end what another wrote.
        speaker = (one.speaker or "") if one.voice == OTHERS else ""
        # A place is one side's; but the troops of several can be in it, or around it.
        holder = "" if one.track == "control" else (one.holder or "")
        self._put((one.voice, speaker, one.track, holder), one)
        if one.track == "presence" and not one.denied:
            self._end((one.voice, speaker, "left", holder), one)

    def _end_of(self, one: Statement, holder: str | None) -> None:
        """That side holds and has nothing there from then on."""
        speaker = (one.speaker or "") if one.voice == OTHERS else ""
        for key, line in list(self._lines.items()):
            if key[:2] == (one.voice, speaker) and key[2] != "left" and any(i.holder == holder for i in line):
                self._end(key, one, holder)

    def _put(self, key: Key, one: Statement) -> None:
        assert one.since is not None
        line, start = self._lines.setdefault(key, []), self._at(one.since)
        same = next((i for i in line if (i.holder, i.extent, i.denied) == one.value and self._meets(i, one)), None)
        if same is not None:
            self._say_again(line, same, one)
            return
        later = [i for i in line if self._at(i.start) > start and _dated(i)]
        until = min(later, key=lambda i: self._at(i.start)) if later else None
        self._end(key, one)
        self._lines[key].append(
            Interval(
                track=one.track,
                voice=one.voice,
                speaker=key[1] or None,
                holder=one.holder,
                holder_name=one.holder_name,
                extent=one.extent,
                denied=one.denied,
                start=one.since,
                until=until.start if until else None,
                ended_by=until.statements[0].claim if until else None,
                last_said=one.published,
                revised_by=None,
                statements=(one,),
            )
        )

    def _end(self, key: Key, one: Statement, holder: str | None = None) -> None:
        """End what a line says from the statement's day on; what its own words date later stands."""
        assert one.since is not None
        line, start = self._lines.get(key, []), self._at(one.since)
        kept: list[Interval] = []
        for i in line:
            begins = self._at(i.start)
            if (holder is not None and i.holder != holder) or (begins > start and _dated(i)):
                kept.append(i)
            elif begins >= start:
                self._gone.append(replace(i, revised_by=one.claim))
            elif i.until is None or self._at(i.until) > start:
                kept.append(replace(i, until=one.since, ended_by=one.claim))
            else:
                kept.append(i)
        if line:
            self._lines[key] = kept

    def _meets(self, interval: Interval, one: Statement) -> bool:
        """Whether a statement falls into an interval, or tells an earlier beginning of one that nothing else precedes."""
        assert one.since is not None
        start = self._at(one.since)
        if self._at(interval.start) <= start:
            return interval.until is None or start < self._at(interval.until)
        return not _dated(interval)

    def _say_again(self, line: list[Interval], same: Interval, one: Statement) -> None:
        assert one.since is not None
        # A day that the words give is better than a day by which it was known.
        earlier = self._at(one.since) < self._at(same.start) or (_is_dated(one) and not _dated(same))
        start = one.since if earlier and self._at(one.since) <= self._at(same.start) else same.start
        said = max(filter(None, (same.last_said, one.published)), key=self._at, default=None)
        line[line.index(same)] = replace(same, start=start, last_said=said, statements=(*same.statements, one))

    def _at(self, moment: Moment) -> datetime:
        return instant(moment, self._zone)


def _dated(interval: Interval) -> bool:
    """Whether anybody's words, or the incident, give the day; else it is only known by when it was said."""
    return any(_is_dated(one) for one in interval.statements)


def _is_dated(one: Statement) -> bool:
    return one.since_by in {"claim", "incident"}


def instant(moment: Moment, zone: tzinfo) -> datetime:
    """A moment on the clock of the agreement's area; a day at its beginning."""
    if isinstance(moment, datetime):
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return datetime.combine(moment, time.min, zone)
