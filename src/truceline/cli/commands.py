"""The commands and their options; what they do is loaded when one of them runs, so that ``--help`` is instant."""

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click

from truceline.cli import faults
from truceline.cli.agreements import agreements
from truceline.cli.baseline import baseline
from truceline.cli.bulletins import bulletins
from truceline.cli.control import control
from truceline.cli.gazetteer import gazetteer
from truceline.cli.ledger import export, ingest, init
from truceline.cli.ledger_log import checkpoint, log_entries, rebuild, verify
from truceline.cli.ledger_show import incidents, search, show, show_matrix
from truceline.cli.options import CONTEXT, text_or_json
from truceline.cli.options import traceback as _traceback
from truceline.cli.review_obligations import review
from truceline.cli.signals import signals
from truceline.cli.statistics import statistics
from truceline.cli.status import status
from truceline.cli.zones import zones

if TYPE_CHECKING:
    from truceline.cli.wording import Toponyms

_knowledge = click.option(
    "--knowledge",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder with data files of your own, added to the shipped ones.",
)
_pipeline = click.option(
    "--pipeline", metavar="NAME", help="spaCy pipeline, by package name or folder, instead of the pinned one."
)


@click.group(context_settings=CONTEXT)
@click.version_option(package_name="truceline", prog_name="truceline", message="%(prog)s %(version)s")
def truceline() -> None:
    """Who says what happened, in which words.

    Truceline reads what the parties to a truce, their monitors and the press write, and lists the claims: one speaker's
    position on one act, with the words that carry it. Everything runs on this machine.
    """


@truceline.command()
@click.argument("sources", metavar="FILE|-|URL...", nargs=-1, required=True)
@click.option(
    "--published",
    metavar="DATE",
    help='When the text came out, as 2020-12-31 or 2020-12-31T18:30+04:00; dates like "on Saturday" are told from it.',
)
@click.option("--publisher", metavar="NAME", help="Whose own voice the text is.")
@click.option(
    "--agreement",
    metavar="NAME|FILE",
    help="The agreement whose parties, monitors and places the text is read with; `truceline agreements` lists them.",
)
@_knowledge
@_pipeline
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "jsonl", "plover")),
    default="text",
    show_default=True,
    help="text for eyes, json for one object (a list for several texts), jsonl for one object a line, plover for one "
    "event a line.",
)
@click.option(
    "--explain", is_flag=True, help="Say which rule or model gave each value (text format; JSON always has it)."
)
@click.option(
    "--toponyms",
    type=click.Choice(("speaker", "both", "gazetteer")),
    default="speaker",
    show_default=True,
    envvar="TRUCELINE_TOPONYMS",
    help="Names of a place in the text format: the speaker's own, all it is called, or the gazetteer's beside "
    "the speaker's (or TRUCELINE_TOPONYMS). Quotations are never changed.",
)
@_traceback
def read(
    *,
    sources: tuple[str, ...],
    published: str | None,
    publisher: str | None,
    agreement: str | None,
    knowledge: Path | None,
    pipeline: str | None,
    form: str,
    explain: bool,
    toponyms: "Toponyms",
    traceback: bool,
) -> int:
    """Read texts: who says what happened, in which words.

    FILE is a text or a saved web page, - is standard input, URL a page on the web. A text may begin with a header
    between two lines of --- that gives its title, publisher, published, url and language; options win over the header.

    A text that cannot be read gets one line on standard error and the others are read all the same. The exit code
    is 0 if all could be read, 1 if any could not, 2 if the command is wrong.
    """
    from truceline.cli.reading import Request, run

    request = Request(
        sources=sources,
        published=published,
        publisher=publisher,
        agreement=agreement,
        knowledge=knowledge,
        pipeline=pipeline,
        form=form,
        explain=explain,
        toponyms=toponyms,
        traceback=traceback,
    )
    return run(request)


@truceline.command()
@click.argument("what", type=click.Choice(("reading", "agreement")), default="reading")
def schema(*, what: str) -> int:
    """Print the JSON Schema of a reading, or of an agreement's file.

    A reading is what `truceline read --format json` prints; editors take the other to check an agreement's file while it
    is written.
    """
    import json

    if what == "agreement":
        from truceline.knowledge.agreement_file import AgreementFile

        made = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **AgreementFile.model_json_schema(by_alias=True),
            "title": "Truceline agreement file",
        }
    else:
        from truceline.model.codec import json_schema

        made = json_schema()
    click.echo(json.dumps(made, indent=2, ensure_ascii=False))
    return 0


@truceline.command()
@_knowledge
@_pipeline
@text_or_json
@_traceback
def doctor(knowledge: Path | None, pipeline: str | None, form: str, traceback: bool) -> int:
    """Check that all is installed and whole.

    Looks at the libraries' versions, the pipeline's hashes, the gazetteer, and every data file. The exit code is 0 if
    all is well and 1 if anything is broken.
    """
    from truceline.cli.doctor import examine, report

    with faults.told(traceback=traceback) as outcome:
        outcome.code = report(examine(knowledge, pipeline), form)
    return outcome.code


for _command in (
    agreements,
    gazetteer,
    bulletins,
    init,
    ingest,
    incidents,
    show,
    show_matrix,
    review,
    search,
    log_entries,
    checkpoint,
    verify,
    rebuild,
    export,
    status,
    control,
    zones,
    baseline,
    signals,
    statistics,
):
    truceline.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the result is the exit code. No error leaves a traceback."""
    _forgive(sys.stdout)
    try:
        code = truceline.main(arguments, prog_name="truceline", standalone_mode=False)
    except click.UsageError as fault:
        command = fault.ctx.command_path if fault.ctx else "truceline"
        faults.say(f"{fault.format_message().rstrip('.')}; see `{command} --help`")
        return 2
    except click.ClickException as fault:
        faults.say(fault.format_message())
        return fault.exit_code
    except (click.Abort, KeyboardInterrupt):
        faults.say("interrupted")
        return 130
    except Exception as fault:
        if "--traceback" in (sys.argv[1:] if arguments is None else arguments):
            raise
        faults.say(faults.unexpected(fault))
        return 1
    return code if isinstance(code, int) else 0


def _forgive(stream: object) -> None:
    """A terminal in a legacy encoding shows ``?`` for what it lacks; that is no reason to stop."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="replace")
