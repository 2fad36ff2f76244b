"""The programs that quality.py measures, each with the call that its own documentation gives for news.

All get the page as decoded text, and its address where they take one. Comment sections are asked to
stay out where there is such an option. What they get from the page besides the text (headline, authors,
day) is part of the call that is timed, for this program as for the others.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from pages import LabelledPage


class Answer(NamedTuple):
    """What a program says of one page."""

    text: str
    headline: str | None = None
    authors: Sequence[str] = ()
    published: str | None = None  # ISO 8601


class Program(NamedTuple):
    """A way to import a program and get its reader, and which fields besides the text it gives."""

    name: str
    load: Callable[[], Callable[[LabelledPage], Answer]]
    fields: tuple[str, ...] = ()


def ingest_html() -> Callable[[LabelledPage], Answer]:
    import ingest

    def read(page: LabelledPage) -> Answer:
        found = ingest.parse(page.html, format="html", url=page.url, retrieved=page.retrieved)
        return answer(found.to_dict())

    return read


def ingest_flat() -> Callable[[LabelledPage], Answer]:
    import ingest

    def read(page: LabelledPage) -> Answer:
        found = ingest.parse(page.flat, format="text", url=page.url, retrieved=page.retrieved)
        return answer(found.to_dict())

    return read


def answer(record: dict[str, Any]) -> Answer:
    """The article of one of this program's records: deck, dateline and paragraphs are its text."""
    article = record["article"]
    if article is None:
        return Answer("")
    paragraphs = list(article["paragraphs"])
    if article["dateline"] and paragraphs:
        paragraphs[0] = f"{article['dateline']['raw']} {paragraphs[0]}"
    text = "\n".join([*filter(None, [article["deck"]]), *paragraphs])
    return Answer(text, article["headline"], article["authors"], article["published"])


def trafilatura() -> Callable[[LabelledPage], Answer]:
    from trafilatura import bare_extraction

    def read(page: LabelledPage) -> Answer:
        found = bare_extraction(page.html, url=page.url, include_comments=False, with_metadata=True)
        if found is None:
            return Answer("")
        authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
        return Answer(found.text or "", found.title, authors, found.date)

    return read


def readability() -> Callable[[LabelledPage], Answer]:
    from readability import Document

    def read(page: LabelledPage) -> Answer:
        document = Document(page.html, url=page.url)
        title, author = document.short_title(), document.author()
        authors = [author] if author and author != "[no-author]" else []
        return Answer(_text_of(document.summary()), title, authors)

    return read


# The elements that begin a line: text on their two sides is not one word.
_BLOCK = re.compile(
    r"(?=</?(?:address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header"
    r"|hr|li|main|nav|ol|p|pre|section|table|td|th|tr|ul)\b)",
    re.IGNORECASE,
)


def _text_of(html: str) -> str:
    from lxml.html import fromstring

    return str(fromstring(_BLOCK.sub("\n", html)).text_content())


def newspaper() -> Callable[[LabelledPage], Answer]:
    from newspaper import Article

    def read(page: LabelledPage) -> Answer:
        article = Article(page.url or "https://news.example/story", fetch_images=False)
        article.download(input_html=page.html)  # nothing is fetched: the page is given
        article.parse()
        day = article.publish_date
        return Answer(article.text, article.title, article.authors, day.isoformat() if day else None)

    return read


def resiliparse() -> Callable[[LabelledPage], Answer]:
    from resiliparse.extract.html2text import extract_plain_text

    def read(page: LabelledPage) -> Answer:
        options = {"main_content": True, "alt_texts": False, "list_bullets": False, "comments": False}
        return Answer(extract_plain_text(page.html, **options))

    return read


def justext() -> Callable[[LabelledPage], Answer]:
    from justext import get_stoplist
    from justext import justext as paragraphs

    stoplist = lru_cache(maxsize=None)(get_stoplist)

    def read(page: LabelledPage) -> Answer:
        assert page.html is not None
        said = _LANGUAGE.search(page.html)
        language = _STOPLISTS.get(said[1].lower()) if said else "English"
        if language:
            found = paragraphs(page.html, stoplist(language))
        else:  # its way to do without a list of the language's small words
            found = paragraphs(page.html, frozenset(), stopwords_low=0, stopwords_high=0)
        return Answer("\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate))

    return read


# <html class="no-js" lang="pt-BR">
_LANGUAGE = re.compile(r"<html\b[^>]{0,2000}?\blang\s{0,9}=\s{0,9}[\"']?([a-z]{2})\b", re.IGNORECASE)

# jusText must be told the language: its lists of small words by the code in the page's <html>.
_NAMES = """ar Arabic, bg Bulgarian, bn Bengali, bs Bosnian, ca Catalan, cs Czech, da Danish, de German,
el Greek, en English, es Spanish, et Estonian, fa Persian, fi Finnish, fr French, gu Gujarati, he Hebrew,
hi Hindi, hr Croatian, hu Hungarian, hy Armenian, id Indonesian, is Icelandic, it Italian, ka Georgian,
kk Kazakh, ko Korean, lt Lithuanian, lv Latvian, mk Macedonian, ml Malayalam, mr Marathi, ms Malay,
nb Norwegian_Bokmal, ne Nepali, nl Dutch, nn Norwegian_Nynorsk, no Norwegian_Bokmal, pl Polish,
pt Portuguese, ro Romanian, ru Russian, sk Slovak, sl Slovenian, sq Albanian, sr Serbian, sv Swedish,
sw Swahili, ta Tamil, te Telugu, tl Tagalog, tr Turkish, uk Ukrainian, ur Urdu, vi Vietnamese"""
_STOPLISTS = dict(pair.split() for pair in _NAMES.split(","))


def everything() -> Callable[[LabelledPage], Answer]:
    return lambda page: Answer(page.flat or "")


_ALL = ("headline", "authors", "published")
PROGRAMS = {
    "html": (
        Program("ingest", ingest_html, _ALL),
        Program("trafilatura", trafilatura, _ALL),
        Program("readability-lxml", readability, ("headline", "authors")),
        Program("newspaper4k", newspaper, _ALL),
        Program("resiliparse", resiliparse),
        Program("jusText", justext),
    ),
    # No peer reads text without markup: what there is to beat is the page as it is.
    "flat": (Program("ingest", ingest_flat, _ALL), Program("everything kept", everything)),
}


class Folds:
    """The models of `training/train.py --folds`, each of which has not seen some of the publishers."""

    def __init__(self, prefix: str, folds: int) -> None:
        sys.path.append(str(Path(__file__).resolve().parent.parent / "training"))
        from crossvalidate import parsed
        from data import fold_of, host

        self._parsed, self._host, self._fold_of = parsed, host, fold_of
        self.prefix, self.folds = prefix, folds

    def has_model(self, page: LabelledPage) -> bool:
        """Whether the model that may be asked about a page is there: one can train some folds only."""
        return Path(f"{self.prefix}.{self._fold_of(self._host(page.url), self.folds)}").is_file()

    def programs(self, form: str) -> tuple[Program, ...]:
        """All programs for a form of page, this one with the model that has not seen the publisher."""

        def read(page: LabelledPage) -> Answer:
            return answer(self._parsed(page._asdict(), form == "flat", self.prefix, self.folds))

        own, *peers = PROGRAMS[form]
        return (own._replace(load=lambda: read), *peers)
