"""Number words, counted things and instruments: the data files behind the counting rules, checked and indexed."""

from truceline.knowledge.quantities.counted import CountedNoun, CountedVocabulary, Status, load_counted_vocabulary
from truceline.knowledge.quantities.files import Phrases
from truceline.knowledge.quantities.instruments import InstrumentVocabulary, load_instruments
from truceline.knowledge.quantities.numbers import NumberWords, VagueWord, load_number_words

__all__ = [
    "CountedNoun",
    "CountedVocabulary",
    "InstrumentVocabulary",
    "NumberWords",
    "Phrases",
    "Status",
    "VagueWord",
    "load_counted_vocabulary",
    "load_instruments",
    "load_number_words",
]
