"""What is found in a data file: the path of the entry, and a message that says what is wrong and what to do."""

from dataclasses import dataclass

Path = tuple[int | str, ...]
"""Keys and positions from the top of a data file down to an entry, as pydantic gives them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; ``message`` begins with the entry's own name."""

    path: Path
    message: str
