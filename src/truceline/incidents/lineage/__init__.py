"""Which documents go back to one origin, how that shows, and what the copies changed."""

from truceline.incidents.lineage.alignment import align
from truceline.incidents.lineage.lineages import LineageIndex

__all__ = ["LineageIndex", "align"]
