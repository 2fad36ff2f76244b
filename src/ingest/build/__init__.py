"""Labelled lines -> the record: article, teasers, and every other line accounted for."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ingest.build.article import build_article
from ingest.build.language import language_of
from ingest.build.reading import reading_of
from ingest.build.settle import settled
from ingest.build.teasers import drafts_of, finished
from ingest.line import Labels as Label
from ingest.line import Line
from ingest.page import DateOrder, Page, RestLine, Source, Warning

if TYPE_CHECKING:
    from ingest.build.dating import Dating
    from ingest.read.metadata import Metadata


class Reference(NamedTuple):
    """What dates are read against: the day the page was fetched, and the user's order of day and month."""

    now: str | None = None
    order: DateOrder | None = None


class Trace(NamedTuple):
    """How a page came to be: the last label of each line, and the lines of each field of the record.

    Fields are named as in the record, "article.headline", "teasers.0".
    """

    labels: Sequence[Label]
    fields: Mapping[str, tuple[Line, ...]]
    dating: "Dating"


def build_page(
    lines: Sequence[Line],
    labels: Sequence[Label],
    source: Source,
    metadata: "Metadata | None" = None,
    reference: Reference | None = None,
    warnings: tuple[Warning, ...] = (),
    rest: bool = False,
) -> Page:
    """Puts a page together. ``warnings`` are those of reading it; ``rest`` adds the lines left over."""
    return trace_page(lines, labels, source, metadata, reference, warnings, rest)[0]


def trace_page(
    lines: Sequence[Line],
    labels: Sequence[Label],
    source: Source,
    metadata: "Metadata | None" = None,
    reference: Reference | None = None,
    warnings: tuple[Warning, ...] = (),
    rest: bool = False,
) -> tuple[Page, Trace]:
    """What `build_page` does, told as well."""
    reference = reference or Reference()
    labels = settled(lines, labels, metadata is not None and _is_dated(metadata))
    language = _language(lines, labels, metadata)
    texts = (line.text for line in lines)
    reading = reading_of(texts, language, source.url, reference.now, reference.order, metadata)
    story = build_article(lines, labels, metadata, language, reading)
    base = (metadata.base if metadata is not None else None) or source.url
    own = (story.article.headline if story.article is not None else None, source.url)
    made = list(finished(drafts_of(lines, labels), reading.first, base, own))
    used = set(story.lines)
    for _, members in made:
        used.update(members)
    page = Page(
        source=source,
        article=story.article,
        teasers=tuple(teaser for teaser, _ in made),
        rest=_rest(lines, labels, used) if rest else None,
        warnings=warnings + story.warnings,
    )
    fields = {f"article.{name}": part for name, part in story.fields.items()}
    fields.update({f"teasers.{number}": tuple(members) for number, (_, members) in enumerate(made)})
    return page, Trace(labels, fields, story.dating)


def _is_dated(metadata: "Metadata") -> bool:
    """Whether the markup names the day of a publication."""
    return any(claim.kind == "published" and claim.trust >= 1 for claim in metadata.claims)


def _language(lines: Sequence[Line], labels: Sequence[Label], metadata: "Metadata | None") -> str | None:
    """The language of the story, or of the whole page where there is none."""
    story = [line.text for line, label in zip(lines, labels, strict=True) if label is Label.PARAGRAPH]
    text = " ".join(story or [line.text for line in lines])
    return language_of(text, metadata.language if metadata is not None else None)


def _rest(lines: Sequence[Line], labels: Sequence[Label], used: set[Line]) -> tuple[RestLine, ...]:
    return tuple(
        RestLine(line.number, label.value, line.text)
        for line, label in zip(lines, labels, strict=True)
        if line not in used
    )
