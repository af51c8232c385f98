"""Intake: from bytes, files and addresses to documents; nothing is lost and nothing unreadable slips through."""

from truceline.intake.dates import parse_published
from truceline.intake.sources import LONGEST_TEXT, fetch, from_bytes, is_address, read_file, read_stdin

__all__ = ["LONGEST_TEXT", "fetch", "from_bytes", "is_address", "parse_published", "read_file", "read_stdin"]
