"""Which date of a page is which: the story's publication, its update, by printed and machine evidence.

Every date that may be the story's is weighed by where it stands, what is printed beside it and what the
metadata say; the heaviest wins. The printed date is kept at its own precision; the metadata give what a
line leaves out (the year, the order of day and month), overrule a printed day that has less weight than
theirs, and stand alone where nothing is printed.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.build.looks import Page
from ingest.build.printed import WEIGHTS, Candidate, candidates, tells_little
from ingest.build.reading import Reading
from ingest.build.said import Said, day_of, said_of, same_day
from ingest.line import BODY, Line
from ingest.line import Labels as Label
from ingest.page import Warning
from ingest.read.claim import Claim

_FAR = 1  # days by which print and metadata may differ: they are written in different time zones

# Where a day is printed that is the story's without any doubt.
_SURE = frozenset(
    {"publication line", "called the publication", "under the headline", "right above the headline"}
)


class Dating(NamedTuple):
    """A story's dates, where they were printed, what else was considered, and what is doubtful about them."""

    published: str | None = None
    published_raw: str | None = None
    updated: str | None = None
    updated_raw: str | None = None
    chosen: tuple[Candidate | None, Candidate | None] = (None, None)  # what was published and updated there
    considered: tuple[Candidate, ...] = ()
    said: Said = Said()  # what the markup and the address amount to
    warnings: tuple[Warning, ...] = ()

    @property
    def lines(self) -> frozenset[Line]:
        """The lines that say the dates and hardly more, and so are accounted for by them."""
        return frozenset(
            one.line for one in self.chosen if one is not None and tells_little(one.line.text, one.date)
        )


def date_story(
    lines: Sequence[Line],
    labels: Sequence[Label],
    head: range,
    claims: Sequence[Claim],
    reading: Reading,
    story: tuple[int, int] | None = None,
) -> Dating:
    """Dates a story from its labelled lines and from what the markup and the address claim.

    ``head`` are the places of the lines between its headline and its first paragraphs, ``story`` those of
    the first and the last line of its text (unless given, all text is the story's).
    """
    said = said_of(claims, reading)
    first, last = story or _reach(labels)
    found = candidates(Page(lines, labels, head, first, last, said, reading))
    published = _heaviest([one for one in found if one.date.kind != "updated"])
    updated = _heaviest([one for one in found if one.date.kind == "updated"])
    warnings = [_doubt(one) for one in found if one.date.warning and one.weight > WEIGHTS["no value"]]
    value = _value(published, said.published)
    if published is not None and _apart(published.date.value, said.published):
        overruled = _overruled(published, said)
        if overruled and updated is None and same_day(published.date.value, said.updated, _FAR):
            updated = published  # a bare day, of the last change
        else:
            told = f"printed {published.date.raw!r}, metadata {said.published}"
            warnings.append(Warning("date-disagreement", told, published.line.number))
        if overruled:
            published, value = None, said.published
    changed = said.updated if said.updated != said.published else None
    return Dating(
        published=value,
        published_raw=published.date.raw if published else None,
        updated=_value(updated, changed),
        updated_raw=updated.date.raw if updated else None,
        chosen=(published, updated),
        considered=tuple(found),
        said=said,
        warnings=tuple(warnings),
    )


def _reach(labels: Sequence[Label]) -> tuple[int, int]:
    story = [at for at, label in enumerate(labels) if label in BODY]
    return story[0], story[-1]


def _overruled(printed: Candidate, said: Said) -> bool:
    """Whether the metadata's day stands against a printed one: of less weight, or where no story's is due."""
    return (
        printed.weight < said.trust
        or not _SURE & set(printed.reasons)
        or "called something else" in printed.reasons
    )


def _heaviest(found: Sequence[Candidate]) -> Candidate | None:
    """The heaviest of the candidates, or what gives its day more precisely; None where none has any weight.

    The first of several: a day stands under the headline as the reader meets it, and once more at the end.
    """
    best = max(found, key=lambda one: one.weight, default=None)
    if best is None or best.weight <= 0:
        return None
    day = day_of(best.date.value)
    same = [
        one for one in found if one is best or (_SURE & set(one.reasons) and day_of(one.date.value) == day)
    ]
    return max(same, key=lambda one: len(one.date.value or ""))


def _doubt(one: Candidate) -> Warning:
    code = one.date.warning or ""
    return Warning(code, f"{one.date.raw!r}: {_REASONS.get(code, code)}", one.line.number)


_REASONS = {
    "ambiguous-date": "day and month can't be told apart",
    "unknown-timezone": "a time zone with more than one meaning",
    "no-reference": "needs the day on which the page was fetched",
    "foreign-calendar": "a calendar that is not converted",
}


def _value(printed: Candidate | None, claim: str | None) -> str | None:
    if printed is None:
        return claim
    value = printed.date.value
    if value is None or len(value) < 10:  # "2 hours ago", "04/05/2024", "Jan. 26": the metadata can tell
        return claim[:10] if claim else value
    return value


def _apart(one: str | None, other: str | None) -> bool:
    """Whether two values are further apart than zones explain."""
    return bool(day_of(one) and day_of(other)) and not same_day(one, other, _FAR)
