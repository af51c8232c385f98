"""The command line: ``truceline read``, ``agreements``, ``gazetteer``, ``schema``, ``doctor``."""

from truceline.cli.commands import main

__all__ = ["main"]
