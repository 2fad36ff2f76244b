#!/usr/bin/env python3
"""Makes the manual pages under man1, one for each command, from what the commands say with --help.

usage: python man/make.py [--check]

--check writes nothing and exits 1 when a page is not as the commands are. (click-man does the same, but
loses lines that begin with a full stop, runs examples together, and dates the pages.)
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from ingest.cli import app
from ingest.version import VERSION

FOLDER = Path(__file__).parent / "man1"
FILES = """
.SH FILES
.TP
.I ingest.toml
Defaults for the options, in TOML: keys are the long names of options, for all commands that have them
or, in a table with the name of a command, for this one. A table
.B publishers
maps hosts or printed names of publishers to the names wanted. The file in the working folder holds,
else the user's own. Options that name a file have no defaults.
.TP
.I ~/.config/ingest/ingest.toml
The user's own defaults
.RI ( $XDG_CONFIG_HOME/ingest/ingest.toml ).
.SH ENVIRONMENT
.TP
.BI INGEST_ OPTION\\fR,\\fB\\ INGEST_ COMMAND\\fB_ OPTION
Default of an option: INGEST_DATE_ORDER, INGEST_BATCH_JOBS. Goes before the files.
.TP
.B INGEST_CONFIG
The file of defaults to read; when empty, none is.
.TP
.B NO_COLOR
When set, nothing is coloured.
.SH EXIT STATUS
0 when all went well, 1 when some input or the output failed, 2 for a mistake in the command line.
"""


def pages() -> dict[str, str]:
    """The pages by the names of their files."""
    top = click.Context(app, info_name="ingest", **app.context_settings)
    made = {"ingest.1": page(app, top, [f"ingest-{name}" for name in app.commands])}
    for name, command in app.commands.items():
        context = click.Context(command, info_name=name, parent=top)
        made[f"ingest-{name}.1"] = page(command, context, ["ingest"])
    return made


def page(command: click.Command, context: click.Context, others: list[str]) -> str:
    """The page of one command."""
    name = context.command_path
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    examples = [text for text in paragraphs if text.startswith("\b\n$")]
    about, *details = [text for text in paragraphs if text not in examples]
    title, short = name.replace(" ", "-"), command.short_help or about
    lines = [
        f'.TH {title.upper()} 1 "" "ingest {VERSION}" "User Commands"',
        ".SH NAME",
        f"{roff(title)} \\- {roff(short.rstrip('.'))}",
        ".SH SYNOPSIS",
        f".B {roff(name)}",
        roff(" ".join(command.collect_usage_pieces(context))),
        ".SH DESCRIPTION",
        *described([about, *details]),
        ".SH OPTIONS",
        *options(command, context),
    ]
    if isinstance(command, click.Group):
        lines.append(".SH COMMANDS")
        for name, inner in command.commands.items():
            lines += [".TP", f".BR {roff(f'ingest-{name}')} (1)", roff(inner.get_short_help_str(200))]
    if examples:
        lines += [".SH EXAMPLES", *described(examples)]
    lines += FILES.strip().split("\n")
    lines += [".SH SEE ALSO", ", ".join(rf"\fB{roff(other)}\fR(1)" for other in others)]
    return "\n".join(lines) + "\n"


def described(paragraphs: list[str]) -> Iterator[str]:
    """Paragraphs of help; those that click leaves as they are (after a \\b) keep their lines."""
    for text in paragraphs:
        if text.startswith("\b\n"):
            yield from (".PP", ".nf", *map(roff, text[2:].split("\n")), ".fi")
        else:
            yield from (".PP", *map(roff, text.split("\n")))


def options(command: click.Command, context: click.Context) -> Iterator[str]:
    for option in command.get_params(context):
        told = option.get_help_record(context)
        if isinstance(option, click.Option) and told is not None:
            yield from (".TP", rf"\fB{roff(told[0])}\fR", roff(told[1]))


def roff(text: str) -> str:
    r"""A line of text as roff takes it.

    >>> print(roff(".jsonl -o C:\\a"))
    \&.jsonl \-o C:\ea
    """
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq")
    text = "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in text)
    return r"\&" + text if text.startswith(".") else text


def main() -> int:
    made = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.1")}
    if sys.argv[1:] == ["--check"]:
        return 0 if made == there else 1
    for name in there.keys() - made.keys():
        (FOLDER / name).unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
