"""Counts: what a number counts, whose, of which status, and which predicate it belongs to."""

from truceline.reading.counts.find import find_counts
from truceline.reading.counts.found import FoundCount

__all__ = ["FoundCount", "find_counts"]
