"""What goes wrong, told in one line on standard error."""

import sys
import traceback as python_traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from truceline.errors import TrucelineError


@dataclass(slots=True)
class Outcome:
    """How a command, or its work on one source, ended: the exit code, and the error if there was one."""

    code: int = 0
    fault: Exception | None = None


def say(message: str) -> None:
    """Print one line on standard error; what could steer a terminal is made visible."""
    line = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in " ".join(message.split()))
    encoding = sys.stderr.encoding or "utf-8"
    print(f"truceline: {line.encode(encoding, 'replace').decode(encoding)}", file=sys.stderr, flush=True)


def unexpected(fault: Exception, where: str | None = None) -> str:
    """The line for an error that Truceline did not foresee."""
    before = f"{where}: " if where else ""
    return f"{before}unexpected error ({type(fault).__name__}: {fault}); --traceback shows more"


@contextmanager
def told(where: str | None = None, *, traceback: bool = False) -> Iterator[Outcome]:
    """Tell an error inside the block in one line, and set the outcome's code to 1.

    A closed pipe and an interruption are not errors of the block and pass through.
    """
    outcome = Outcome()
    try:
        yield outcome
    except TrucelineError as fault:
        say(str(fault))
        outcome.code, outcome.fault = 1, fault
    except BrokenPipeError:
        raise
    except Exception as fault:
        if traceback:
            python_traceback.print_exc()
        say(unexpected(fault, where))
        outcome.code, outcome.fault = 1, fault
