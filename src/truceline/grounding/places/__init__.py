"""Places of a text: which names are places, which place each is, and where something lay beside it."""

from truceline.grounding.places.finder import PlaceFinder, PlaceFindings
from truceline.knowledge.gazetteer import Box, Region

__all__ = ["Box", "PlaceFinder", "PlaceFindings", "Region"]
