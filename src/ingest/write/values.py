"""One JSON object, or one bare value, for each text of a list or line of standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence

from ingest.write.output import StandardOutput, failed
from ingest.write.text import json_for_terminal, one_line

_LONGEST = 2**20  # bytes of a line; what follows is passed over, for no dateline is as long


def date_values(
    texts: Sequence[str], *, raw: bool, now: str | None, order: str | None, country: str | None
) -> int:
    """Print the date of each text; return the exit status. The options are those of ``parse_date``."""
    from ingest.dates import parse_date

    def read(text: str) -> str:
        date = parse_date(text, now, order, country)  # type: ignore[arg-type]
        if raw:
            return (date.value if date is not None else None) or ""
        keys = ("value", "raw", "kind", "warning")
        return _json({"text": text, **{key: getattr(date, key, None) for key in keys}})

    return _each(texts, read)


def dateline_values(texts: Sequence[str], *, raw: bool, published: str | None, country: str | None) -> int:
    """Print the dateline of each text; return the exit status. Options as of ``parse_dateline``."""
    from ingest.datelines import parse_dateline

    def read(text: str) -> str:
        dateline = parse_dateline(text, published, country)
        if raw:
            return dateline.raw if dateline is not None else ""
        rest = dateline.rest if dateline is not None else text
        return _json({"text": text, "dateline": dateline and dateline.to_dict(), "rest": rest})

    return _each(texts, read)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _each(texts: Sequence[str], read: Callable[[str], str]) -> int:
    try:
        with StandardOutput() as out:
            shown = (lambda text: one_line(json_for_terminal(text))) if out.terminal else str
            for text in _texts(texts or ("-",)):
                out.write(shown(read(text)) + "\n")
    except OSError as error:
        return failed("standard output", error)
    except KeyboardInterrupt:
        return 130
    return 0


def _texts(texts: Sequence[str]) -> Iterator[str]:
    """The texts, and in the place of each "-" the lines of standard input as they come."""
    for text in texts:
        if text != "-":
            yield text
        elif sys.stdin is not None:
            yield from _lines()


def _lines() -> Iterator[str]:
    source = sys.stdin.buffer
    while line := source.readline(_LONGEST):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = source.readline(_LONGEST)
        yield line.decode("utf-8", "replace").rstrip("\r\n")
