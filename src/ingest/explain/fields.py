"""The fields of a record with the lines that they were built from, or in words where else they come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ingest.build import Trace
from ingest.build.publisher import rights_holder
from ingest.line import Label, Line
from ingest.page import Article, Page, Teaser
from ingest.vocabulary import plain

if TYPE_CHECKING:
    from ingest.read.metadata import Metadata

_HEAD = "the page’s head"
_BYLINE = 160  # characters of a line that may name an author
_TITLED = 6  # lines that may stand between a list and the label over it


class Field(NamedTuple):
    """A field of the record: its path ("article.headline", "teasers.0.title"), its value, its lines.

    ``lines`` are places in the list of the page's lines, from 0; a field that is printed nowhere has none,
    and ``source`` says where it comes from.
    """

    path: str
    value: Any
    lines: tuple[int, ...]
    source: str | None = None


def fields_of(page: Page, trace: Trace, lines: Sequence[Line], metadata: Metadata | None) -> dict[str, Field]:
    """The fields that a page's record has, by path, in the record's order."""
    places = {line: at for at, line in enumerate(lines)}
    parts = {path: tuple(places[line] for line in found) for path, found in trace.fields.items()}
    found: list[Field] = []
    if page.article is not None:
        found += _Story(page.article, parts, lines, metadata).fields()
    for number, teaser in enumerate(page.teasers):
        found += _teaser(f"teasers.{number}", teaser, parts[f"teasers.{number}"], lines, trace.labels)
    return {field.path: field for field in found}


class _Story:
    def __init__(
        self,
        article: Article,
        parts: Mapping[str, tuple[int, ...]],
        lines: Sequence[Line],
        metadata: Metadata | None,
    ) -> None:
        self.article, self.parts, self.lines, self.metadata = article, parts, lines, metadata

    def fields(self) -> Iterator[Field]:
        record = self.article.to_dict()
        for name, value in record.items():
            path = f"article.{name}"
            if name == "paragraphs":
                yield from self.paragraphs()
            elif value not in (None, []):
                read = name.removesuffix("_raw")
                if read != name and record[read] is not None:
                    continue  # the date itself says where it is from
                where = self.parts.get(f"article.{read}") or self.elsewhere(name)
                yield Field(path, value, where, None if where else self.source(name))

    def paragraphs(self) -> Iterator[Field]:
        """Each with its line; a line that was a dateline alone gave none."""
        left = list(self.parts["article.paragraphs"])
        for number, text in enumerate(self.article.paragraphs):
            found = next((n for n, at in enumerate(left) if text in self.lines[at].text), None)
            yield Field(f"article.paragraphs.{number}", text, () if found is None else (left[found],))
            left = left if found is None else left[found + 1 :]

    def elsewhere(self, name: str) -> tuple[int, ...]:
        """The lines of a field that is read off those of another, or off a line of the site's own."""
        article = self.article
        if name == "authors":
            names = [author.casefold() for author in article.authors]
            short = [at for at, line in enumerate(self.lines) if len(line.text) <= _BYLINE]
            low = {at: self.lines[at].text.casefold() for at in self.parts.get("article.byline") or short}
            return tuple(at for at, text in low.items() if any(name in text for name in names))
        if name == "dateline" and article.dateline is not None:
            raw = article.dateline.raw
            body = self.parts["article.paragraphs"]
            return tuple(at for at in body if self.lines[at].text.startswith(raw))[:1]
        if name == "publisher" and not (self.metadata is not None and self.metadata.publishers):
            for at in range(len(self.lines) - 1, -1, -1):
                if rights_holder(self.lines[at].text) == article.publisher:
                    return (at,)
        return ()

    def source(self, name: str) -> str:
        return "the words of its text" if name == "language" and self.metadata is None else _HEAD


def _teaser(
    path: str, teaser: Teaser, members: Sequence[int], lines: Sequence[Line], labels: Sequence[Label]
) -> Iterator[Field]:
    """A teaser and its fields, each with those of its lines that give it."""
    yield Field(path, teaser.to_dict(), tuple(members))
    title, byline = plain(teaser.title), teaser.byline
    holds = {
        "title": lambda text: title in plain(text),
        "byline": lambda text: bool(byline) and byline in text,
        "authors": lambda text: any(name in text for name in teaser.authors),
        "published": lambda text: (teaser.published_raw or "\0") in text,
        "updated": lambda text: (teaser.updated_raw or "\0") in text,
        "blurb": lambda text: text in (teaser.blurb or "") and plain(text) != title,
    }
    for name, value in teaser.to_dict().items():
        if value in (None, [], False) or name.endswith("_raw") or name == "truncated":
            continue
        if name == "section":
            where = _over(members[0], str(value), lines)
        elif name == "url":
            where = tuple(at for at in members if (hints := lines[at].hints) is not None and hints.href)
        else:
            where = tuple(at for at in members if holds[name](lines[at].text))
        yield Field(f"{path}.{name}", value, where)


def _over(first: int, section: str, lines: Sequence[Line]) -> tuple[int, ...]:
    """The section label over a list: the nearest line above that says so."""
    return next(((at,) for at in range(first - 1, -1, -1) if lines[at].text == section), ())
