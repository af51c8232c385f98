"""The scenes of all documents by day, and the incidents of each day, kept up where something changes and nowhere else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from truceline.incidents.assemble import Assembler
from truceline.incidents.clusters import Clusterer, Gathering, Group, Seat
from truceline.incidents.names import Names
from truceline.incidents.scenes import Scene
from truceline.incidents.spans import Stretch
from truceline.model import Document, Incident, Link, LinkReason

# Days after an incident in which a monitor that published and said nothing of it was silent.
_SILENCE = 2

NEVER = 0
"""In the place of a day where none is known, not even that of publication. Nothing brings two documents together then, and what
one of them tells is never compared with all that was ever told so."""

Key = tuple[int, str]
"""Of a group: its day and the id of its first scene."""


class Days:
    """Incidents by day.

    What a day holds depends on its own scenes, on scenes without a day whose window holds it, and on the hours it shares with
    the days beside it. So a change is followed from day to day, and ``settle`` makes again only what it reaches.
    """

    def __init__(self, clusterer: Clusterer, assembler: Assembler, together: Iterable[Sequence[str]]) -> None:
        self._clusterer = clusterer
        self._assembler = assembler
        self._together: dict[str, set[str]] = defaultdict(set)
        for claims in together:
            for claim in claims:
                self._together[claim] |= set(claims)
        self._exact: dict[int, dict[str, Scene]] = defaultdict(dict)
        self._loose: dict[int, dict[str, Scene]] = defaultdict(dict)
        self._bulletins: dict[int, dict[str, Document]] = defaultdict(dict)
        self._clusters: dict[int, list[Group]] = {}
        self._gathered: dict[int | tuple[int, str], Gathering] = defaultdict(Gathering)
        self._choice: dict[str, tuple[Key, Seat] | None] = {}
        self._guests: dict[Key, dict[str, Seat]] = defaultdict(dict)
        self._alone: dict[int, dict[str, Scene]] = defaultdict(dict)
        self._groups: dict[int, dict[str, Group]] = {}
        self._home: dict[str, Key] = {}
        self._made: dict[int, dict[str, Incident]] = {}
        self._spans: dict[str, frozenset[int]] = {}
        self.names = Names()
        self._known: dict[str, tuple[object, list[Group], Incident]] = {}
        self._changed: set[int] = set()
        self._moved: dict[str, Scene] = {}
        self._stale: set[int] = set()

    # ---- what changes ----

    def replace(self, old: Iterable[Scene], new: Iterable[Scene]) -> None:
        """Put the scenes of a document in the place of those it had."""
        kept = {scene.id: scene for scene in new}
        for scene in old:
            if kept.get(scene.id) != scene:
                self._put(scene, away=True)
        gone = {scene.id: scene for scene in old}
        for scene in kept.values():
            if gone.get(scene.id) != scene:
                self._put(scene)

    def bulletin(self, document: Document) -> None:
        """Note what the monitor published: its silence counts."""
        if document.published is not None:
            day = document.published.toordinal()
            self._bulletins[day][document.id] = document
            self._stale.update(range(day - _SILENCE, day + 1))

    def regrouped(self, scenes: Iterable[Scene]) -> None:
        """Note that the lineage of these scenes' documents changed."""
        for scene in scenes:
            for claim in scene.claims:
                if claim in self._home:
                    self._stale.add(self._home[claim][0])

    def _put(self, scene: Scene, *, away: bool = False) -> None:
        if scene.stretch is None:  # published at no time known, and without a day: nothing to place it by
            self._store(self._alone[NEVER], scene, away)
            self._stale.add(NEVER)
            return
        if scene.exact:
            self._store(self._exact[scene.stretch.day], scene, away)
            self._changed.add(scene.stretch.day)
            return
        for day in scene.stretch.days():
            self._store(self._loose[day], scene, away)
        self._moved[scene.id] = scene
        if away:
            self._leave(scene)

    def _store(self, where: dict[str, Scene], scene: Scene, away: bool) -> None:
        if away:
            where.pop(scene.id, None)
        else:
            where[scene.id] = scene

    # ---- making it hold again ----

    def settle(self) -> frozenset[str]:
        """Make again what the changes reach; the ids of incidents that came, went or changed."""
        for day in self._changed:
            self._clusters[day] = self._clusterer.of_day(self._exact[day].values(), self._gathered[day])
            self._moved.update(self._loose[day])
            for key in [k for k in self._guests if k[0] == day]:
                self._guests[key] = {}
        stale = set(self._changed) | self._stale
        for id_ in sorted(self._moved):
            stale |= self._seat(self._moved[id_])
        self._changed, self._moved, self._stale = set(), {}, set()
        for day in sorted(stale):
            self._compose(day)
        return self._assemble(stale)

    def _seat(self, scene: Scene) -> set[int]:
        """Find the place of a scene that gives no day; the days that this changes."""
        assert scene.stretch is not None
        days = {scene.stretch.days()[-1]}
        before = self._choice.get(scene.id)
        if before is not None:
            days.add(before[0][0])
        self._leave(scene)
        if scene.id not in self._loose[scene.stretch.day]:
            return days
        groups = [group for day in scene.stretch.days() for group in self._clusters.get(day, ())]
        best = self._clusterer.best(scene, groups)
        if best is None:
            self._choice[scene.id] = None
            self._alone[scene.stretch.days()[-1]][scene.id] = scene
            return days
        leader = best[0].seats[0].scene
        assert leader.stretch is not None
        key = leader.stretch.day, leader.id
        seat = Seat(scene, best[1])
        self._choice[scene.id] = key, seat
        self._guests[key][scene.id] = seat
        return days | {key[0]}

    def _leave(self, scene: Scene) -> None:
        before = self._choice.pop(scene.id, None)
        if before is not None:
            self._guests[before[0]].pop(scene.id, None)
            self._stale.add(before[0][0])
        if scene.stretch is not None:
            self._alone[scene.stretch.days()[-1]].pop(scene.id, None)
            self._stale.add(scene.stretch.days()[-1])

    def _compose(self, day: int) -> None:
        """The groups of a day: its clusters with the scenes that joined them, and what keeps to itself."""
        for claim in [c for group in self._groups.get(day, {}).values() for c in group.claims]:
            if self._home.get(claim, (day,))[0] == day:  # it may have gone to another day already
                self._home.pop(claim, None)
        before = self._groups.get(day, {})
        groups = [self._with_guests(day, cluster, before) for cluster in self._clusters.get(day, ())]
        alone = self._alone.get(day, {}).values()
        if alone:
            for mark, together in [("", alone)] if day != NEVER else _by_document(alone):
                groups += self._clusterer.undated(together, self._gathered[day, mark])
        self._groups[day] = {group.seats[0].scene.id: group for group in groups}
        for leader, group in self._groups[day].items():
            self._home.update(dict.fromkeys(group.claims, (day, leader)))

    def _with_guests(self, day: int, cluster: Group, before: Mapping[str, Group]) -> Group:
        """A cluster with the scenes that joined it; the same object as before where it is the same."""
        leader = cluster.seats[0].scene.id
        guests = self._guests.get((day, leader), {})
        if not guests:
            return cluster
        made = Group((*cluster.seats, *(guests[id_] for id_ in sorted(guests))))
        known = before.get(leader)
        return known if known == made else made

    # ---- incidents ----

    def _assemble(self, stale: Iterable[int]) -> frozenset[str]:
        region = self._region({near for day in stale for near in (day - 1, day, day + 1)})
        old = {anchor: incident for day in region for anchor, incident in self._made.pop(day, {}).items()}
        for anchor in old:
            self._spans.pop(anchor, None)
        for keys, links in self._joined(region):
            groups = [self._groups[day][leader] for day, leader in keys]
            bulletins = [d for day in range(keys[0][0], keys[0][0] + _SILENCE + 1) for d in self._sorted_bulletins(day)]
            incident = self._incident(groups, links, bulletins)
            self._spans[incident.anchor] = frozenset(day for day, _ in keys)
            for day in self._spans[incident.anchor]:
                self._made.setdefault(day, {})[incident.anchor] = incident
            before = old.pop(incident.anchor, None)
            if before is incident:
                continue
            if before is not None:
                self.names.drop(before)
            self.names.put(incident)
        for incident in old.values():
            self.names.drop(incident)
        return self.names.settle()

    def _incident(self, groups: list[Group], links: list[Link], bulletins: list[Document]) -> Incident:
        """The incident of these groups; the one made before where nothing it is made of changed."""
        seats = [seat for group in groups for seat in group.seats]
        lineages = tuple(self._assembler.lineage(seat.scene.document.id) for seat in seats)
        mark = (tuple(map(id, groups)), lineages, tuple(links), tuple(b.id for b in bulletins))
        known = self._known.get(seats[0].scene.id)
        if known is not None and known[0] == mark:
            return known[2]
        incident = self._assembler.incident(groups, links, bulletins)
        self._known[seats[0].scene.id] = mark, groups, incident  # holds the groups, so that their marks stay theirs
        return incident

    def _region(self, days: set[int]) -> set[int]:
        """The days, with those that incidents or decisions tie to them."""
        region, pending = set(days), list(days)
        while pending:
            day = pending.pop()
            tied = {other for anchor in self._made.get(day, {}) for other in self._spans[anchor]}
            if self._together:
                groups = self._groups.get(day, {}).values()
                tied |= {self._home[c][0] for group in groups for c in self._tied(group) if c in self._home}
            pending += tied - region
            region |= tied
        return region

    def _tied(self, group: Group) -> set[str]:
        return {other for claim in group.claims if claim in self._together for other in self._together[claim]}

    def _joined(self, region: set[int]) -> list[tuple[list[Key], list[Link]]]:
        """The groups of these days, those put together that share a night or were joined by a person."""
        keys = [(day, leader) for day in sorted(region) for leader in self._groups.get(day, {})]
        parts: dict[Key, list[Key]] = {key: [key] for key in keys}
        links: dict[Key, Link] = {}

        def join(one: Key, other: Key, link: Link) -> None:
            if parts[one] is not parts[other] and not self._forbidden(parts[one], parts[other]):
                links[other] = link
                merged = sorted({*parts[one], *parts[other]})
                for key in merged:
                    parts[key] = merged

        for key in keys:
            group = self._groups[key[0]][key[1]]
            mornings = self._groups.get(key[0] + 1, {}) if self._clusterer.is_late(group) else {}
            for leader, morning in sorted(mornings.items()):
                found = self._clusterer.share_a_night(group, morning)
                if found is not None and (key[0] + 1, leader) in parts:
                    night = LinkReason("night", found.score, "one night that two days share")
                    join(key, (key[0] + 1, leader), _link(morning, group, found.score, (night, *found.reasons)))
            for claim in sorted(self._tied(group)):
                other = self._home.get(claim)
                if other is not None and other in parts:
                    decided = LinkReason("decision", 1.0, "a person put them together")
                    join(key, other, _link(self._groups[other[0]][other[1]], group, 1.0, (decided,)))
        done = {tuple(part): part for part in parts.values()}
        return [(part, [links[key] for key in part if key in links]) for part in done.values()]

    def _forbidden(self, one: list[Key], other: list[Key]) -> bool:
        """Whether a person set claims of these groups apart; that holds against what joins them by way of others."""
        if not self._clusterer.apart.pairs:
            return False
        claims = [frozenset(c for day, key in keys for c in self._groups[day][key].claims) for keys in (one, other)]
        return self._clusterer.apart.forbids(claims[0], claims[1])

    def _sorted_bulletins(self, day: int) -> list[Document]:
        return [self._bulletins[day][id_] for id_ in sorted(self._bulletins[day])] if day in self._bulletins else []

    # ---- what stands ----

    def within(self, stretch: Stretch) -> list[Incident]:
        """The incidents that begin within a stretch of time."""
        found = {i.anchor: i for day in stretch.days() for i in self._made.get(day, {}).values()}
        return sorted((self.names.named(incident) for incident in found.values()), key=lambda i: i.id)

    def days_of(self, incident: str) -> frozenset[int]:
        """The days that an incident is of."""
        found = self.names.get(incident)
        return self._spans.get(found.anchor, frozenset()) if found is not None else frozenset()

    def holds(self, claim: str) -> bool:
        """Whether a claim is in an incident."""
        return claim in self._home


def _by_document(scenes: Iterable[Scene]) -> list[tuple[str, list[Scene]]]:
    found: dict[str, list[Scene]] = {}
    for scene in scenes:
        found.setdefault(scene.document.id, []).append(scene)
    return sorted(found.items())


def _link(group: Group, to: Group, score: float, reasons: tuple[LinkReason, ...]) -> Link:
    return Link(group.seats[0].scene.mentions[0].id, to.seats[0].scene.mentions[0].id, score, reasons)
