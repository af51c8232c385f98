"""An agreement as JSON."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

    from truceline.knowledge import Agreement


def brief(name: str, agreement: "Agreement") -> dict[str, Any]:
    """An agreement in a list; ``obligations`` is how many there are."""
    return {
        "name": name,
        "id": agreement.id,
        "title": agreement.title,
        "kind": agreement.kind,
        "signed": agreement.signed.isoformat(),
        "effective": agreement.effective.isoformat(),
        "ended": agreement.ended.isoformat() if agreement.ended else None,
        "parties": [{"id": party.id, "name": party.name} for party in agreement.parties],
        "obligations": len(agreement.obligations),
    }


def whole(name: str, agreement: "Agreement") -> dict[str, Any]:
    """All that an agreement's file says, under the keys of the file."""
    from truceline.knowledge.obligations import as_day

    return {
        **brief(name, agreement),
        "version": agreement.version,
        "revised": agreement.revised.isoformat() if agreement.revised else None,
        "zone": agreement.effective.astimezone(agreement.zone).tzname(),
        "area": _dump(agreement.area),
        "sources": agreement.sources,
        "parties": [_dump(party) for party in agreement.parties],
        "roles": [_dump(rule) for rule in agreement.roles],
        "actors": [_dump(actor) for actor in agreement.actors],
        "persons": [_dump(person) for person in agreement.persons],
        "versions": [_dump(version) for version in agreement.versions],
        "variants": [_dump(variant) for variant in agreement.variants],
        "monitor_template": agreement.monitor_template,
        "obligations": [
            {**_dump(one), "due_on": as_day(due, agreement.zone).isoformat() if (due := one.due_on()) else None}
            for one in agreement.obligations
        ],
    }


def _dump(entry: "BaseModel") -> dict[str, Any]:
    return entry.model_dump(mode="json", by_alias=True)
