"""Ids of incidents: place and day, and a mark of the first claim where several share them, so that no id changes hands."""

from dataclasses import replace

from truceline.model import Incident

_MARK = 4


class Names:
    """Incidents by their ids. What is put in bears place and day as its id; what is given out bears the final one."""

    def __init__(self) -> None:
        self._bases: dict[str, dict[str, Incident]] = {}
        self._named: dict[str, dict[str, Incident]] = {}
        self._ids: dict[str, Incident] = {}
        self._touched: set[str] = set()

    def put(self, incident: Incident) -> None:
        """Note an incident; ``settle`` names it."""
        self._bases.setdefault(incident.id, {})[incident.anchor] = incident
        self._touched.add(incident.id)

    def drop(self, incident: Incident) -> None:
        """Forget an incident that was put in."""
        self._bases.get(incident.id, {}).pop(incident.anchor, None)
        self._touched.add(incident.id)

    def settle(self) -> frozenset[str]:
        """Name what was put in; the ids of incidents that came, went or changed."""
        changed: set[str] = set()
        for base in sorted(self._touched):
            old, new = self._named.pop(base, {}), self._name(base)
            changed |= {id_ for id_ in old.keys() | new.keys() if old.get(id_) != new.get(id_)}
            for id_ in old:
                self._ids.pop(id_, None)
            self._ids.update(new)
            if new:
                self._named[base] = new
        self._touched = set()
        return frozenset(changed)

    def get(self, id_: str) -> Incident | None:
        """The incident of this id."""
        return self._ids.get(id_)

    def all(self) -> list[Incident]:
        """All incidents in order of time."""
        return sorted(self._ids.values(), key=lambda i: (i.when.start.isoformat()[:16] if i.when else "~", i.id))

    def named(self, incident: Incident) -> Incident:
        """The incident, put in before, as it is named now."""
        same = self._named.get(incident.id, {}).values()
        return next((one for one in same if one.anchor == incident.anchor), incident)

    def _name(self, base: str) -> dict[str, Incident]:
        known = self._bases.get(base, {})
        if not known:
            self._bases.pop(base, None)
        named: dict[str, Incident] = {}
        for anchor in sorted(known):
            mark = anchor.removeprefix("c-")
            id_ = base if len(known) == 1 else f"{base}-{mark[:_MARK]}"
            id_ = id_ if id_ not in named else f"{base}-{mark}"
            named[id_] = replace(known[anchor], id=id_)
        return named
