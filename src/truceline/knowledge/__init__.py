"""What Truceline knows, as data files: acts, actors, countries, agreements, and their loaders."""

from truceline.knowledge.actors import ActorNouns, Actors, KnownActor, Noun, Title
from truceline.knowledge.acts import Act, ActVocabulary
from truceline.knowledge.agreement import Agreement
from truceline.knowledge.agreement_file import Area
from truceline.knowledge.countries import Countries, Country
from truceline.knowledge.knowledge import Knowledge
from truceline.knowledge.obligations import Change, ComputedDate, Obligation, TextVersion, Tie, Variant
from truceline.knowledge.parties import Member, Office, Party, Person, RoleRule

__all__ = [
    "Act",
    "ActVocabulary",
    "ActorNouns",
    "Actors",
    "Agreement",
    "Area",
    "Change",
    "ComputedDate",
    "Countries",
    "Country",
    "Knowledge",
    "KnownActor",
    "Member",
    "Noun",
    "Obligation",
    "Office",
    "Party",
    "Person",
    "RoleRule",
    "TextVersion",
    "Tie",
    "Title",
    "Variant",
]
