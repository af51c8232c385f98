"""Options that several commands share."""

import click

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
"""Settings of every group of commands."""

traceback = click.option("--traceback", is_flag=True, help="Show where an unexpected error arose.")
"""``--traceback``."""

text_or_json = click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="text or JSON.",
)
"""``--format`` of the commands that show one thing."""

text_json_or_csv = click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "csv")),
    default="text",
    show_default=True,
    help="text, JSON, or CSV with a row for each value.",
)
"""``--format`` of the commands that show a table."""
