"""The gazetteer: place names of many sources in one read-only index, with where each row comes from."""

from truceline.knowledge.gazetteer.rows import Box, PlaceRow, PlaceSource, Region
from truceline.knowledge.gazetteer.spelling import normalise, sound
from truceline.knowledge.gazetteer.store import Gazetteer
from truceline.knowledge.gazetteer.toponyms import other_names

__all__ = ["Box", "Gazetteer", "PlaceRow", "PlaceSource", "Region", "normalise", "other_names", "sound"]
