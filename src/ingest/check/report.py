"""The table by publisher: where most is doubtful, and the record to look at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ingest.check.findings import CODES
from ingest.write.text import one_line

_HEAD = ("publisher", "records", "no article", "to look at", "what", "first")
_WIDEST = 30  # characters of a publisher's name


class Place:
    """A record that was checked: the line that holds it, and its publisher."""

    __slots__ = ("doubtful", "file", "line", "publisher")

    def __init__(self, file: str, line: int, publisher: str) -> None:
        self.file, self.line, self.publisher = file, line, publisher
        self.doubtful = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class _Row:
    def __init__(self) -> None:
        self.records = self.without = self.doubtful = 0
        self.codes = Counter[str]()  # records by what was found in them
        self.first: Place | None = None


class Report:
    """What was found, by publisher."""

    def __init__(self) -> None:
        self._rows: dict[str, _Row] = {}

    def count(self, place: Place, *, article: bool) -> None:
        """Take note of a record."""
        row = self._rows.setdefault(place.publisher, _Row())
        row.records += 1
        row.without += not article

    def find(self, place: Place, code: str) -> None:
        """Take note of something found in a record that was counted."""
        row = self._rows[place.publisher]
        row.codes[code] += 1
        row.doubtful += not place.doubtful
        place.doubtful = True
        if row.first is None or (code == "invalid" and row.codes[code] == 1):
            row.first = place

    def lines(self, most: int) -> Iterator[str]:
        """A summary and the table, the worst publisher first, no more than ``most`` of them (0: all)."""
        rows = sorted(self._rows.items(), key=lambda item: (-item[1].doubtful, -item[1].records, item[0]))
        records, doubtful = (sum(getattr(row, key) for _, row in rows) for key in ("records", "doubtful"))
        invalid = sum(row.codes["invalid"] for _, row in rows)
        yield (
            f"{_number(records, 'record')} of {_number(len(rows), 'publisher')}: "
            f"{invalid:,} invalid, {doubtful - invalid:,} doubtful"
        )
        if not doubtful:
            return
        yield ""
        cells: list[tuple[str, ...]] = [_HEAD]
        shown = rows[: most or None]
        cells += [_cells(publisher, row) for publisher, row in shown if row.doubtful]
        yield from _aligned(cells)
        if left := sum(1 for _, row in rows[len(shown) :] if row.doubtful):
            yield f"and {_number(left, 'more publisher')}"


def _cells(publisher: str, row: _Row) -> tuple[str, ...]:
    what = ", ".join(f"{count:,} {CODES[code]}" for code, count in row.codes.most_common())
    name = one_line(publisher)
    if len(name) > _WIDEST:
        name = name[: _WIDEST - 1] + "…"
    return (name, f"{row.records:,}", f"{row.without:,}", f"{row.doubtful:,}", what, str(row.first or ""))


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Columns by the width that a terminal gives them; numbers to the right."""
    from ftfy.formatting import character_width, display_ljust, display_rjust

    def width(text: str) -> int:
        return sum(character_width(char) for char in text)

    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        numbers = [display_rjust(text, size) for text, size in zip(row[1:4], widths[1:4], strict=True)]
        texts = [display_ljust(text, size) for text, size in zip(row[4:], widths[4:], strict=True)]
        yield "  ".join([display_ljust(row[0], widths[0]), *numbers, *texts]).rstrip()


def _number(count: int, what: str) -> str:
    """
    >>> _number(1, "record"), _number(1200, "record")
    ('1 record', '1,200 records')
    """
    return f"{count:,} {what}" + ("s" if count != 1 else "")
