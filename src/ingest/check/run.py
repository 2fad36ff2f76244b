"""``ingest check``: records are read line by line, held against the schema and looked over."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from ingest.batch.streams import open_stream
from ingest.check.findings import Finding, doubts, validator
from ingest.check.repeats import Repeats
from ingest.check.report import Place, Report
from ingest.read.similar import did_you_mean
from ingest.write.output import StandardOutput, complain, failed
from ingest.write.text import json_for_terminal, one_line, printable

_LONGEST = 2**30  # bytes of a record
_SHOWN = 80  # characters of a paragraph in a message


def check_files(names: Sequence[str], *, now: str | None, listing: bool, most: int) -> int:
    """Check files of records; return the exit status: 1 when a record is invalid or a file can't be read.

    Prints the table by publisher, or with ``listing`` a JSON object on a line for each finding. ``now``
    (ISO 8601) is what a date in the future is measured against where the record has no ``retrieved``.
    """
    check = _Check(now)
    try:
        with StandardOutput() as out:
            for name in names or ("-",):
                for place, finding in check.file(name):
                    if listing:
                        out.write(_listed(place, finding, out.terminal))
            if not listing:
                out.write("".join(line + "\n" for line in check.report.lines(most)))
    except OSError as error:
        return failed("standard output", error)
    except KeyboardInterrupt:
        return 130
    return check.status


class _Check:
    def __init__(self, now: str | None) -> None:
        self._now = now or datetime.now(timezone.utc).date().isoformat()
        self._validate = validator()
        self._repeats = Repeats[Place]()
        self.report = Report()
        self.status = 0

    def file(self, name: str) -> Iterator[tuple[Place, Finding]]:
        """What is found in a file, as it comes."""
        shown = printable(name)
        number = 0
        try:
            with open_stream(name) as file:
                while line := file.readline(_LONGEST):
                    number += 1
                    if line.strip():
                        yield from self._line(line, shown, number)
        except FileNotFoundError:
            self._fail(shown, "no such file" + did_you_mean(name))
        except Exception as error:  # each packing has its own for damaged data
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            self._fail(
                shown, f"can't be read beyond line {number}: {reason}" if number else str(reason).lower()
            )

    def _fail(self, name: str, reason: str) -> None:
        complain(name, reason)
        self.status = 1

    def _line(self, line: bytes, shown: str, number: int) -> Iterator[tuple[Place, Finding]]:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            record, wrong = None, [Finding("invalid", f"no JSON: {str(error).partition(':')[0]}")]
        else:
            wrong = self._validate(record)
        place = Place(
            shown, number, "(unreadable)" if wrong and not isinstance(record, dict) else publisher_of(record)
        )
        article = record.get("article") if isinstance(record, dict) else None
        self.report.count(place, article=article is not None)
        if wrong:
            self.status = 1
            found = [(place, finding) for finding in wrong]
        else:
            found = [(place, finding) for finding in doubts(record, self._today(record))]
            for other, text in self._repeats.add(place, article["paragraphs"] if article is not None else ()):
                short = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
                found.append((other, Finding("repeated-paragraph", f"in several records: {short}")))
        told = set()
        for where, finding in found:
            if (id(where), finding.code) not in told:  # a record counts once for each code
                told.add((id(where), finding.code))
                self.report.find(where, finding.code)
            yield where, finding

    def _today(self, record: dict[str, Any]) -> str:
        """The last day that may stand in a record: the day after it was fetched, for zones differ."""
        day = (record["source"]["retrieved"] or self._now)[:10]
        return (datetime.fromisoformat(day) + timedelta(days=1)).date().isoformat()


def publisher_of(record: dict[str, Any]) -> str:
    """The publisher's name, else the host of the page's address.

    >>> publisher_of({"article": None, "source": {"url": "https://www.roe.example/a"}})
    'www.roe.example'
    """
    from ingest.batch.work import host_of

    article, source = record.get("article"), record.get("source")
    name = article.get("publisher") if isinstance(article, dict) else None
    if isinstance(name, str) and name:
        return name
    url = source.get("url") if isinstance(source, dict) else None
    return (host_of(url) if isinstance(url, str) else "") or "(unknown)"


def _listed(place: Place, finding: Finding, terminal: bool) -> str:
    told = {"file": place.file, "line": place.line, "publisher": place.publisher}
    text = json.dumps({**told, "code": finding.code, "message": finding.message}, ensure_ascii=False)
    return (one_line(json_for_terminal(text)) if terminal else text) + "\n"
