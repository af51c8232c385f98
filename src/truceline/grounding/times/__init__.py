"""Times: finding what a text says of when, and putting it on the calendar."""

from truceline.grounding.times.find import find_times
from truceline.grounding.times.vocabulary import TimeWords, load_time_words

__all__ = ["TimeWords", "find_times", "load_time_words"]
