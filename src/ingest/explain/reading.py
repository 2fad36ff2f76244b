"""One page read with everything told: what `ingest.parse` does, step by step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ingest.build import Reference, Trace, trace_page
from ingest.build.dating import Dating
from ingest.build.publisher import renamed
from ingest.explain.evidence import Evidence, evidence_of, rule_of
from ingest.explain.fields import Field, fields_of
from ingest.explain.structure import Element, paths_of
from ingest.label import MODEL, tagged_lines
from ingest.line import BODY, Label, Line
from ingest.page import DateOrder, Format, Page
from ingest.pipeline import prepare
from ingest.vocabulary import load


class ReadLine(NamedTuple):
    """A line of the page, what it was taken for, and why."""

    at: int  # its place, from 0
    name: str  # its number; "1.3" for the third piece of a long line that was cut
    line: Line
    label: Label
    probability: float  # that the model gives to ``label``, 0 to 1
    evidence: tuple[Evidence, ...]  # for the label, the strongest first
    rule: str | None  # in words, what overruled the model, where something did
    fields: tuple[str, ...]  # paths of those that it gave something to: "article.headline", "teasers.0.title"
    part: str  # of the record that accounts for it: "article", "teasers" or "rest"

    def is_of(self, part: str) -> bool:
        """Whether a part of the record ("all", "article", "teasers", "rest") has to do with the line."""
        return part in ("all", self.part) or any(path.startswith(part + ".") for path in self.fields)


class Claimed(NamedTuple):
    """What the page's head says of its dates, as printed there; None for flat text or an empty head."""

    published: str | None = None
    updated: str | None = None


class Explained(NamedTuple):
    """A page as it was read. ``paths`` are the elements around each line; empty for flat text."""

    page: Page
    lines: Sequence[ReadLine]
    fields: Mapping[str, Field]
    dating: Dating
    claimed: Claimed
    paths: Sequence[tuple[Element, ...]]


def explained(
    data: bytes | str,
    format: Format | None = None,
    name: str = "-",
    url: str | None = None,
    retrieved: str | None = None,
    now: str | None = None,
    date_order: DateOrder | None = None,
    encoding: str | None = None,
    publishers: Mapping[str, str] = {},
    model: str = MODEL,
) -> Explained:
    """Read a page as `ingest.parse` does, and tell how. Raises InputError as it does.

    >>> page = explained("Share\\n\\nLIMA: Two mills will open in May, officials said. They closed in 2019.")
    >>> [(one.label.value, one.part) for one in page.lines]
    [('chrome', 'rest'), ('chrome', 'rest')]
    """
    prepared = prepare(data, format, name, url, retrieved, encoding=encoding)
    lines, metadata = prepared.lines, prepared.metadata
    tagged = tagged_lines(lines, metadata, model)
    reference = Reference(retrieved or now, date_order)
    page, trace = trace_page(
        lines, tagged.labels, prepared.source, metadata, reference, prepared.warnings, rest=True
    )
    fields = fields_of(page, trace, lines, metadata)
    named = renamed(page, publishers).article
    if page.article is not None and named is not None and named.publisher != page.article.publisher:
        path, old = "article.publisher", fields.get("article.publisher")
        fields[path] = Field(path, named.publisher, old.lines if old else (), "your names of publishers")
        page = replace(page, article=named)
    held = _held(fields, len(lines))
    reasons = evidence_of(tagged, model)
    names = _names(lines)
    left = {(one.line, one.text) for one in page.rest or ()}
    told = [
        ReadLine(
            at,
            names[at],
            line,
            label,
            tagged.probability(label, at),
            reasons(at, label),
            _rule(tagged.first[at], tagged.labels[at], label, trace, bool(held[at])),
            tuple(held[at]),
            "rest" if (line.number, line.text) in left else (held[at] or ["rest"])[0].partition(".")[0],
        )
        for at, (line, label) in enumerate(zip(lines, trace.labels, strict=True))
    ]
    claimed = Claimed(trace.dating.said.published, trace.dating.said.updated)
    paths = paths_of(data, encoding) if page.source.format == "html" else ()
    return Explained(page, told, fields, trace.dating, claimed, paths)


def _names(lines: Sequence[Line]) -> list[str]:
    """How the lines are called: by their numbers, and pieces of one line by theirs besides."""
    pieces = Counter(line.number for line in lines)
    return [
        f"{line.number}.{line.part + 1}" if pieces[line.number] > 1 else str(line.number) for line in lines
    ]


def _held(fields: Mapping[str, Field], count: int) -> list[list[str]]:
    """The paths of the fields that each line gave something to."""
    held: list[list[str]] = [[] for _ in range(count)]
    for path, field in fields.items():
        for at in field.lines:
            held[at].append(path)
    return held


def _rule(first: Label, looked: Label, last: Label, trace: Trace, used: bool) -> str | None:
    if last in BODY and not used:
        return str(load("evidence.json")["left out"])
    return rule_of(first, looked, last, Label.PARAGRAPH in trace.labels)
