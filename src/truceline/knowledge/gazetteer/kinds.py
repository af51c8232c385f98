"""Kinds of place: the data file that says what each is worth as a location."""

from functools import lru_cache

from pydantic import Field, model_validator

from truceline.knowledge.gazetteer.spelling import DATA
from truceline.knowledge.loading import Entry, load
from truceline.model import PlacePrecision


class Kind(Entry):
    """One kind: precision of a bare name, and the GeoNames feature classes and codes it covers."""

    precision: PlacePrecision
    features: tuple[str, ...] = ()


class Kinds(Entry):
    """The data file ``kinds.yaml``."""

    source: str
    kinds: dict[str, Kind] = Field(min_length=1)
    called: dict[str, str]
    columns: dict[str, str]

    @model_validator(mode="after")
    def _check_called(self) -> "Kinds":
        for word, kind in self.called.items():
            if kind not in self.kinds:
                raise ValueError(f"called: {word!r} is {kind!r}, which is no kind")
        return self


@lru_cache(maxsize=1)
def load_kinds() -> Kinds:
    """The kinds of place, read once."""
    return load(DATA / "kinds.yaml", Kinds)


@lru_cache(maxsize=1)
def _by_feature() -> dict[str, str]:
    return {feature: kind for kind, entry in load_kinds().kinds.items() for feature in entry.features}


def kind_of(feature_class: str, feature_code: str) -> str:
    """Kind of a GeoNames feature: by its code, by the start of its code, else by its class."""
    known = _by_feature()
    return known.get(feature_code) or known.get(feature_code[:4]) or known.get(feature_class) or "spot"


def kind_called(word: str) -> str | None:
    """The kind that a word in a file's column of kinds means, in any case; None for a word nobody listed."""
    plain = word.strip().lower()
    return plain if plain in load_kinds().kinds else load_kinds().called.get(plain)


def precision_of(kind: str | None) -> PlacePrecision:
    """``where_prec`` of a bare name of a kind; 5 (fuzzy) for a kind nobody knows."""
    entry = load_kinds().kinds.get(kind or "")
    return entry.precision if entry else 5
