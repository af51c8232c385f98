"""The words of Truceline as frozen types; imports nothing of the rest."""

from truceline.model.claim import (
    Actor,
    Candidate,
    Claim,
    Count,
    Cue,
    Instrument,
    Modality,
    Offset,
    Place,
    PlacePrecision,
    Reason,
    Time,
    TimePrecision,
)
from truceline.model.document import Document, Flag, Span, document_id
from truceline.model.moment import Moment, parse_moment
from truceline.model.reading import Attribution, Reading

__all__ = [
    "Actor",
    "Attribution",
    "Candidate",
    "Claim",
    "Count",
    "Cue",
    "Document",
    "Flag",
    "Instrument",
    "Modality",
    "Moment",
    "Offset",
    "Place",
    "PlacePrecision",
    "Reading",
    "Reason",
    "Span",
    "Time",
    "TimePrecision",
    "document_id",
    "parse_moment",
]
