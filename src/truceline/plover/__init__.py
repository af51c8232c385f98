"""The PLOVER view: what a text says, as events of PLOVER with source and target."""

from truceline.plover.events import PloverEvent
from truceline.plover.view import PloverReader, to_plover

__all__ = ["PloverEvent", "PloverReader", "to_plover"]
