"""Short forms for showing: a line's reasons, a field's path, a value, numbers of lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ingest.explain.reading import Explained, ReadLine


def counts(page: Explained) -> str:
    """What went in and what came out, in a line: "text, utf-8, 36 lines: 9 paragraphs, 6 teasers, …"."""
    source, article = page.page.source, page.page.article
    story = (
        "no article" if article is None else f"an article of {_many(len(article.paragraphs), 'paragraph')}"
    )
    return (
        f"{source.format}, {source.encoding}, {_many(len(page.lines), 'line')} → {story}, "
        f"{_many(len(page.page.teasers), 'teaser')}, {_many(len(page.page.rest or ()), 'line')} left over"
    )


def sure(one: ReadLine) -> str:
    """How sure the model was of a line's label: "97% sure"; "by rule" where it was overruled."""
    if one.rule:
        return "by rule"
    return ">99% sure" if one.probability >= 0.995 else f"{one.probability:.0%} sure"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def why(one: ReadLine) -> str:
    """What decided on a line, in words, the strongest first."""
    reasons = " · ".join(reason.text for reason in one.evidence)
    return " · ".join(filter(None, [one.rule, reasons])) or "nothing in particular"


def jq_path(path: str) -> str:
    """A field's path as jq takes it.

    >>> jq_path("article.paragraphs.0"), jq_path("teasers.3.title")
    ('.article.paragraphs[0]', '.teasers[3].title')
    """
    parts = (f"[{part}]" if part.isdigit() else f".{part}" for part in path.split("."))
    return "".join(parts)


def listed(paths: Sequence[str]) -> str:
    """The paths of a line's fields, without those of the whole teaser that they are in.

    >>> listed(("teasers.0", "teasers.0.title")), listed(("teasers.0.section", "teasers.1.section"))
    ('.teasers[0].title', '.teasers[0].section and 1 more')
    """
    whole = [path for path in paths if any(other.startswith(path + ".") for other in paths)]
    told = [jq_path(path) for path in paths if path not in whole] or [jq_path(path) for path in paths]
    sections = [path for path in told if path.endswith("].section")]
    if len(sections) > 1:
        told = [path for path in told if path not in sections[1:]]
        told[told.index(sections[0])] += f" and {len(sections) - 1} more"
    return ", ".join(told)


def line_numbers(page: Explained, places: Iterable[int]) -> str:
    """Places in the list of lines as numbers of lines: "lines 3, 5–9"."""
    runs: list[list[int]] = []
    for at in sorted(set(places)):
        if runs and at == runs[-1][-1] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    names = [[page.lines[at].name for at in (run[0], run[-1])] for run in runs]
    told = [first if first == last else f"{first}–{last}" for first, last in names]
    return ("line " if len(runs) == 1 and len(runs[0]) == 1 else "lines ") + ", ".join(told)


def short_value(value: Any) -> str:
    """A field's value in a line: a dateline as it was printed, a list with commas."""
    if isinstance(value, dict):
        return str(value.get("raw") or value.get("title") or "")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
