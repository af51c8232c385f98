"""``truceline bulletins``: what monitors' bulletins tell, and the run of them as series."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from truceline.cli import faults
from truceline.cli.ledger_options import as_of, ledger, print_json, viewed
from truceline.cli.options import CONTEXT, text_json_or_csv, text_or_json, traceback
from truceline.errors import InputError, TrucelineError

if TYPE_CHECKING:
    from truceline.knowledge.bulletins import Template
    from truceline.tracking.series import Bulletin, BulletinReader, Series

_knowledge = click.option(
    "--knowledge",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder whose folder `bulletins` holds templates of your own.",
)
_template = click.option(
    "--template",
    metavar="NAME|FILE",
    help="The mission's template; `truceline bulletins templates` lists them.  [default: the one that knows the bulletin]",
)


@click.group(context_settings=CONTEXT)
def bulletins() -> None:
    """Monitors' bulletins, read and put together as series.

    A bulletin is read by its mission's template: which texts are the mission's, which period they cover, which numbers they
    tell in which words. Nothing is summed up or corrected; what does not fit is flagged.
    """


@bulletins.command()
@click.argument("name", required=False)
@_knowledge
@text_or_json
@traceback
def templates(*, name: str | None, knowledge: Path | None, form: str, traceback: bool) -> int:
    """List the templates, or show one with its fields.

    NAME is a template's name or the path of a file, which is checked on the way.
    """
    with faults.told(traceback=traceback) as outcome:
        from truceline.cli import bulletins_text
        from truceline.knowledge.bulletins import bulletin_templates, find_template

        if name is None:
            known = {key: find_template(key, knowledge) for key in bulletin_templates(knowledge)}
            if form == "json":
                print_json([bulletins_text.template_dict(template, key) for key, template in known.items()])
            else:
                bulletins_text.template_list(known)
        else:
            template = find_template(name, knowledge)
            if form == "json":
                print_json(bulletins_text.template_dict(template, name))
            else:
                bulletins_text.template_page(template)
    return outcome.code


@bulletins.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@_template
@_knowledge
@text_or_json
@traceback
def read(*, files: tuple[str, ...], template: str | None, knowledge: Path | None, form: str, traceback: bool) -> int:
    """Read bulletins: every value with its words.

    A file that is no bulletin of the template gets one line on standard error, and the others are read all the same. The exit
    code is 0 if all could be read and 1 if any could not.
    """
    with faults.told(traceback=traceback) as outcome:
        read_ones, failed = _read_files(files, _readers(template, knowledge), traceback=traceback)
        if form == "json":
            print_json([bulletin.to_dict() for _, bulletin in read_ones])
        else:
            from truceline.cli import bulletins_text

            for reader, bulletin in read_ones:
                bulletins_text.bulletin_page(bulletin, reader.template)
        outcome.code = 1 if failed else 0
    return outcome.code


@bulletins.command()
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--field", "fields", metavar="FIELD", multiple=True, help="Only this field, day by day; may be repeated.")
@click.option("--place", metavar="NAME", help="Only where this is part of the place's name.")
@_template
@_knowledge
@ledger
@as_of
@text_json_or_csv
@traceback
def series(
    *,
    files: tuple[str, ...],
    fields: tuple[str, ...],
    place: str | None,
    template: str | None,
    knowledge: Path | None,
    where: str,
    as_of: str | None,
    form: str,
    traceback: bool,
) -> int:
    """Show a mission's bulletins as series.

    The bulletins are those of the files, or without files those that the ledger holds of the mission. Late and revised values
    are all kept, the newest is named; totals that fall, days that do not fit their totals, jumps, days without a bulletin
    and absences without a word on what could be seen are flagged.
    """
    from truceline.tracking.series import Series

    if files and as_of is not None:
        raise click.UsageError("--as-of looks back in a ledger; leave it or the files out")
    with faults.told(traceback=traceback) as outcome:
        readers = _readers(template, knowledge)
        if files:
            read_ones, failed = _read_files(files, readers, traceback=traceback)
        else:
            read_ones, failed = _read_ledger(where, as_of, readers), 0
        chosen = _one_mission(read_ones)
        for name in fields:
            chosen.field(name)
        made = Series.build((bulletin for _, bulletin in read_ones), chosen).only(fields, place)
        _show_series(made, form, in_full=bool(fields))
        outcome.code = 1 if failed else 0
    return outcome.code


def _show_series(made: "Series", form: str, *, in_full: bool) -> None:
    from truceline.cli import bulletins_series

    if form == "json":
        print_json(made.to_dict())
    elif form == "csv":
        bulletins_series.series_csv(made)
    elif in_full:
        bulletins_series.series_days(made)
    else:
        bulletins_series.series_table(made)


def _readers(template: str | None, knowledge: Path | None) -> "list[BulletinReader]":
    """A reader of the template that was named, or one of each that is known."""
    from truceline.knowledge.bulletins import bulletin_templates, find_template
    from truceline.tracking.series import BulletinReader

    names = [template] if template is not None else list(bulletin_templates(knowledge))
    return [BulletinReader(find_template(name, knowledge)) for name in names]


def _read_files(
    files: Sequence[str], readers: "Sequence[BulletinReader]", *, traceback: bool
) -> "tuple[list[tuple[BulletinReader, Bulletin]], int]":
    """The bulletins that could be read, and how many files could not; each of those is told in a line."""
    from truceline.intake.sources import read_file

    found: list[tuple[BulletinReader, Bulletin]] = []
    failed = 0
    for name in files:
        with faults.told(name, traceback=traceback) as outcome:
            document = read_file(name)
            fitting = readers if len(readers) == 1 else [one for one in readers if one.is_mission(document)]
            if len(fitting) != 1:
                raise InputError(_which(name, document.publisher, fitting, readers))
            found.append((fitting[0], fitting[0].read(document, name)))
        failed += outcome.code
    return found, failed


def _which(
    name: str, publisher: str | None, fitting: "Sequence[BulletinReader]", readers: "Sequence[BulletinReader]"
) -> str:
    if fitting:
        both = " and ".join(reader.template.id for reader in fitting)
        return f"{name}: fits the templates {both}; choose one with --template"
    tried = ", ".join(reader.template.id for reader in readers)
    return f"{name}: no template knows this bulletin of {publisher or 'no publisher'} (tried {tried}); give one with --template"


def _read_ledger(
    where: str, as_of: str | None, readers: "Iterable[BulletinReader]"
) -> "list[tuple[BulletinReader, Bulletin]]":
    from truceline.tracking.series.gather import published_by

    found = []
    with viewed(where, as_of) as view:
        for reader in readers:
            documents = [one for one in published_by(view, reader.template) if reader.is_mission(one)]
            found += [(reader, reader.read(document)) for document in documents]
    if not found:
        raise InputError(f"{where}: holds no bulletin that a template knows; ingest some, or name files")
    return found


def _one_mission(read_ones: "Sequence[tuple[BulletinReader, Bulletin]]") -> "Template":
    """The template of all of them: a series is of one mission, since each counts in its own way."""
    missions = {reader.template.id: reader.template for reader, _ in read_ones}
    if not missions:
        raise TrucelineError("no bulletin could be read; there is no series to show")
    if len(missions) > 1:
        raise InputError(f"bulletins of several missions ({', '.join(sorted(missions))}); choose one with --template")
    return next(iter(missions.values()))
