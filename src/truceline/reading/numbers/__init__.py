"""Numbers of the text: how many, as an honest range."""

from truceline.reading.numbers.find import find_numbers
from truceline.reading.numbers.values import Number

__all__ = ["Number", "find_numbers"]
