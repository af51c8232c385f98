"""Times: finding what a text says of when, and putting it on the calendar."""

from truceline.grounding.times.find import find_times
from truceline.grounding.times.vocabulary import TimeWords, load_time_words
from truceline.grounding.times.window import Window, extent, implied_window, time_flags, undated_flag

__all__ = [
    "TimeWords",
    "Window",
    "extent",
    "find_times",
    "implied_window",
    "load_time_words",
    "time_flags",
    "undated_flag",
]
