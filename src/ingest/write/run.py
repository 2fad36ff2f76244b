"""``ingest parse``: the one way from file names to records, with click and without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ingest.errors import InputError
from ingest.write.json import record_writer
from ingest.write.output import complain, failed, open_output
from ingest.write.within import parse_file

if TYPE_CHECKING:
    from ingest.page import Page


def parse_files(
    names: Sequence[str],
    *,
    output: str | None = None,
    indent: bool | None = None,
    to: str = "json",
    **options: Any,
) -> int:
    """Parse the files and write a record for each, in order; return the exit status.

    No name, or "-", is standard input. ``indent`` set to ``None`` indents for one page on a
    terminal and gives a record a line otherwise. ``to`` is "json", the record itself, or one of
    `ingest.write.forms.FORMS`. ``options`` are those of `parse_file`.
    What could not be read is told in a line on standard error and makes the status 1; the other
    records are written all the same.
    """
    names = names or ("-",)
    status = 0
    try:
        with open_output(output) as out:
            if indent is None:
                indent = out.terminal and len(names) == 1
            write = _writer(to, indent=indent, terminal=out.terminal, several=len(names) > 1)
            for name in names:
                page = _parse_file(name, options, by_hand=len(names) < MANY)
                if page is None:
                    status = 1
                else:
                    out.write(write(page))
    except OSError as error:
        return failed(output or "standard output", error)
    except KeyboardInterrupt:
        return 130
    return status


def _writer(to: str, *, indent: bool, terminal: bool, several: bool) -> Callable[[Page], str]:
    if to == "json":
        return record_writer(indent=indent, terminal=terminal)
    from ingest.write.forms import form_writer

    return form_writer(to, indent=indent, terminal=terminal, several=several)


MANY = 10  # names: then a program has listed them, and none is mistyped


def _parse_file(name: str, options: dict[str, Any], by_hand: bool) -> Page | None:
    try:
        return parse_file(name, **options)
    except InputError as error:
        hint = ""
        if error.code == "not-found" and by_hand:
            from ingest.read.similar import did_you_mean

            hint = did_you_mean(name)
        complain(name, error.message + hint)
    except MemoryError:
        complain(name, "needs more memory than there is")
    except OSError as error:
        complain(name, error.strerror or str(error))
    except Exception as error:  # a page that we fail on must not cost the user the others
        complain(name, f"internal error: {type(error).__name__}: {error}")
    return None
