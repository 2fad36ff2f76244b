"""Pages composed from parts of real ones, with exact labels: the dumps that labelled pages lack.

An article's paragraphs, a publication line, section labels and lists of teasers in every rhythm
one can think of, with another page's chrome around them; blank lines everywhere, nowhere or as the
blocks ask. Everything is drawn from one seeded generator, so that the same parts give the same pages.
"""

from __future__ import annotations

import datetime
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dress import dress

from ingest.line import Label, Line
from ingest.vocabulary import load, names

Part = tuple[str, Label, int]  # text, label, blank lines before it


@dataclass(frozen=True)
class Parts:
    """What one real page lends to composed ones."""

    publisher: str
    language: str
    headline: str
    deck: str
    authors: tuple[str, ...]
    body: tuple[tuple[str, Label], ...]
    top: tuple[str, ...] = ()  # its chrome before the story
    bottom: tuple[str, ...] = ()  # and after it
    titles: tuple[str, ...] = field(default=())  # titles of its teasers


# Rhythms of teaser lists, and the wording around stories by language: data, for anyone to add to.
_PHRASES: dict[str, Any] = json.loads((Path(__file__).parent / "phrases.json").read_text(encoding="utf-8"))


_NO_STORY = 0.08  # share of pages without an article


def compose(parts: Sequence[Parts], count: int, seed: int) -> list[list[tuple[Line, Label]]]:
    """``count`` pages with their labels, three in ten of them with markup."""
    rng = random.Random(seed)
    spoken = Counter(part.language for part in parts)
    # a language with four times the pages comes up twice as often
    weights = [spoken[part.language] ** -0.5 for part in parts]
    return [_page(rng.choices(parts, weights)[0], parts, rng) for _ in range(count)]


def _page(own: Parts, parts: Sequence[Parts], rng: random.Random) -> list[tuple[Line, Label]]:
    others = [p for p in parts if p.language == own.language and p is not own and p.headline]
    if len(others) < 8:
        others = [p for p in parts if p is not own and p.headline]
    writer = _Writer(own, others, rng)
    page: list[Part] = []
    kind = rng.random()
    if kind < _NO_STORY:  # a section front, or an error page
        page += writer.chrome("top")
        if kind < _NO_STORY / 4:
            page += [(text, Label.CHROME, 1) for text in rng.sample(writer.words("errors"), 3)]
        else:
            for _ in range(rng.randrange(2, 7)):
                page += writer.teasers()
        page += writer.chrome("bottom")
        return _dressed(page, rng)
    if rng.random() < 0.55:
        page += writer.chrome("top")
    if rng.random() < 0.2:
        page += writer.teasers()
    page += writer.head()
    page += writer.body()
    if rng.random() < 0.15:
        page += writer.chrome("middle")
    for _ in range(rng.choice((0, 1, 1, 1, 2, 2, 3))):
        page += writer.teasers()
        if rng.random() < 0.12:
            page += writer.chrome("middle")
    if rng.random() < 0.55:
        page += writer.chrome("bottom")
    return _dressed(page, rng)


def _dressed(page: Sequence[Part], rng: random.Random) -> list[tuple[Line, Label]]:
    """The page as flat text, or three times in ten with markup."""
    lines = _lines(page, rng)
    return dress(lines, rng) if rng.random() < 0.3 else lines


def _lines(page: Sequence[Part], rng: random.Random) -> list[tuple[Line, Label]]:
    """Numbers the lines; a page keeps its own blank lines, or has them everywhere or nowhere."""
    style = rng.choice(("own", "own", "none", "all"))
    result, number = [], 0
    for text, label, gap in page:
        text = " ".join(text.split())
        if not text:
            continue
        gap = {"own": gap, "none": 0, "all": 1}[style] if result else 0
        number += gap + 1
        result.append((Line(number, text, gap), label))
    return result


class _Writer:
    """Writes the pieces of one page."""

    def __init__(self, own: Parts, others: Sequence[Parts], rng: random.Random) -> None:
        self.own, self.others, self.rng = own, others, rng
        self.language = own.language
        self.day = datetime.date(2008, 1, 1) + datetime.timedelta(days=rng.randrange(6800))
        self.style = rng.randrange(100)

    def words(self, table: str) -> list[str]:
        """The page's language's wording of something, the English one where we have no other."""
        return _PHRASES[table].get(self.language) or _PHRASES[table]["en"]

    def chrome(self, where: str) -> list[Part]:
        rng = self.rng
        lender = rng.choice((self.own, *self.others))
        lines = lender.bottom if where == "bottom" else lender.top
        if where == "middle":
            pool = [text for text in (*lender.top, *lender.bottom) if len(text) < 60]
            lines = tuple(rng.sample(pool, min(len(pool), rng.randrange(1, 5))))
        elif lines:
            size = rng.choice((3, 8, 20, 45))
            lines = lines[-size:] if where == "top" else lines[:size]
        gap = rng.choice((0, 0, 1))
        return [(text, Label.CHROME, gap if at else 1) for at, text in enumerate(lines)]

    def head(self) -> list[Part]:
        rng, own, page = self.rng, self.own, list[Part]()
        gap = rng.choice((0, 1, 1))
        if own.headline and rng.random() < 0.72:
            if rng.random() < 0.35:
                page.append((self.kicker(), Label.SECTION, 1))
            page.append((own.headline, Label.HEADLINE, 1))
        if own.deck and rng.random() < 0.4:
            page.append((own.deck, Label.DECK, gap))
        tail: list[Part] = []
        if rng.random() < 0.55:
            tail.append((self.byline(own.authors), Label.BYLINE, gap))
        if rng.random() < 0.5:
            tail.append((self.date(self.day, rng.randrange(12)), Label.DATE, gap))
            if rng.random() < 0.25:
                tail.append((self.updated(self.day), Label.DATE, gap))
        if rng.random() < 0.3:
            rng.shuffle(tail)
        if rng.random() < 0.25:
            tail.append(self.caption(gap))
        return page + tail

    def kicker(self) -> str:
        """The section printed over a headline: a known one, or any of those in the page's navigation."""
        own = [text for text in self.own.top if 3 < len(text) < 22 and text[0].isupper() and text.isalpha()]
        if own and self.rng.random() < 0.5:
            return self.rng.choice(own)
        return str(self.rng.choice(_sections(self.language)).title())

    def body(self) -> list[Part]:
        rng, page = self.rng, list[Part]()
        body = list(self.own.body)[: rng.choice((2, 4, 6, 12, 25, 60))]
        gap = rng.choice((0, 1, 1, 1))
        live, noisy = rng.random() < 0.06, rng.random() < 0.5
        if live or rng.random() < 0.05:
            page += [(text, Label.PARAGRAPH, gap) for text in self.points()]
        for at, (text, label) in enumerate(body):
            if live and at % 3 == 0 and label is Label.PARAGRAPH:
                page.append((f"{rng.randrange(24)}:{rng.randrange(60):02}", Label.CHROME, 1))
                page.append((self.own.titles[at % len(self.own.titles)] if self.own.titles else self.title(),
                             Label.SUBHEADING, gap))  # fmt: skip
            if at == 0:
                text = self.dateline() + text
            page.append((text, label, gap if page else 1))
            if 0 < at < len(body) - 1:
                page += self.between(gap, noisy)
        if rng.random() < 0.45:
            pattern = rng.choice(self.words("published"))
            line = pattern.format(p=rng.choice(_PHRASES["papers"]), d=self.date(self.day, rng.randrange(8)))
            page.append((line, Label.PUBLICATION, gap))
        if rng.random() < 0.5:
            after = [self.filled(rng.choice(self.words("after"))) for _ in range(rng.randrange(1, 5))]
            page += [(text, Label.CHROME, gap) for text in after]
            if "(" in after[0] and rng.random() < 0.5:
                page.insert(-len(after), page.pop())
        return page

    def between(self, gap: int, noisy: bool) -> list[Part]:
        """What stands between two paragraphs and is none: now and then, and in some pages often."""
        rng, page = self.rng, list[Part]()
        if rng.random() < 0.05:
            page.append((rng.choice(self.words("read_more")).format(t=self.title()), Label.TEASER_TITLE, gap))
        if rng.random() < 0.02:
            page += self.teasers(rng.randrange(1, 4))
        if rng.random() < 0.02:
            page += [(text, Label.PARAGRAPH, rng.choice((0, gap))) for text in self.points()]
        if noisy and rng.random() < 0.15:
            page.append((rng.choice(self.words("inside")), Label.CHROME, gap))
        if noisy and rng.random() < 0.08:
            page.append(self.caption(gap))
        return page

    def points(self) -> list[str]:
        """The items of a list in the story: clauses without a full stop, some with bullets."""
        rng = self.rng
        texts = [text for text, label in self.own.body if label is Label.PARAGRAPH]
        marker = rng.choice(("", "", "", "• ", "- "))
        items = []
        for text in rng.sample(texts, min(len(texts), rng.randrange(2, 6))):
            words = text.split()[: rng.randrange(4, 18)]
            items.append(marker + " ".join(words).rstrip(" .,;:"))
        return items

    def caption(self, gap: int) -> Part:
        lender = self.rng.choice((self.own, *self.others))
        texts = [text for text, label in lender.body if label is Label.PARAGRAPH]
        clause = " ".join(self.rng.choice(texts).split()[: self.rng.randrange(6, 22)]).rstrip(" .,;:")
        return self.filled(self.rng.choice(self.words("captions")), clause), Label.CAPTION, gap

    def filled(self, pattern: str, clause: str = "") -> str:
        rng = self.rng
        names = [*self.own.authors, *rng.choice(self.others).authors, "Jane Roe", "A. Karim"]
        agency, paper, place = (rng.choice(_PHRASES[name]) for name in ("agencies", "papers", "places"))
        topics = ", ".join(_sections(self.language)[:3])
        return pattern.format(
            c=clause, n=rng.choice(names), m=rng.choice(names), n2="jane.roe", a=agency, p=paper,
            place=place.title(), y=self.day.year, d=self.day.day, t=topics,
        )  # fmt: skip

    def dateline(self) -> str:
        rng = self.rng
        if rng.random() < 0.6:
            return ""
        place, other = rng.choice(_PHRASES["places"]), rng.choice(_PHRASES["places"])
        agency, day = rng.choice(_PHRASES["agencies"]), self.date(self.day, _NO_YEAR)
        pattern = rng.choice(_PHRASES["datelines"])
        return str(pattern.format(place=place, other=other, agency=agency, day=day))

    def teasers(self, count: int = 0) -> list[Part]:
        """One list: a section label or two, then teasers in one rhythm."""
        rng, page = self.rng, list[Part]()
        for _ in range(rng.choice((0, 1, 1, 1, 2))):
            text = rng.choice(_sections(self.language))
            text = rng.choice((str.title, str.capitalize, str.upper, str.capitalize))(text)
            page.append((text, Label.SECTION, 1))
        rhythm = rng.choice(_PHRASES["rhythms"]).split()
        gaps = [rng.choice((0, 1)) for _ in rhythm] if rng.random() < 0.7 else [1] * len(rhythm)
        style, cut = rng.randrange(12), rng.choice(("", "", "...", "…"))
        updates = rng.choice((0, 0, 0.3, 1))
        short = rng.random() < 0.3
        for number in range(1, 1 + (count or rng.choice((2, 3, 4, 5, 6, 6, 8, 10)))):
            day = self.day + datetime.timedelta(days=rng.randrange(-3, 300))
            title, lender = self.story()
            if short:  # leaders have titles of two or three words
                title = " ".join(title.split()[: rng.randrange(2, 5)]).strip(" ,:;–-")
            made = _Teaser(self, title, lender, day, style, cut, updates, number)
            for element, gap in zip(rhythm, gaps, strict=True):
                if element in ("blurb", "date", "byline", "kicker") and rng.random() < 0.06:
                    continue
                page += [(text, label, gap) for text, label in made.element(element)]
        return page

    def story(self) -> tuple[str, Parts]:
        lender = self.rng.choice(self.others)
        pool = (lender.headline, *lender.titles)
        return self.rng.choice(pool if self.rng.random() < 0.5 else pool[:1]), lender

    def title(self) -> str:
        return self.story()[0]

    def byline(self, authors: Sequence[str], template: bool = True) -> str:
        rng = self.rng
        names = list(authors)[:3] or ["Staff Reporter"]
        joiner = _PHRASES["and"].get(self.language, ", ")
        joined = names[0] if len(names) == 1 else ", ".join(names[:-1]) + joiner + names[-1]
        if template and rng.random() < 0.7:
            return _PHRASES["by"].get(self.language, "{n}").format(n=joined)
        return joined

    def updated(self, day: datetime.date) -> str:
        return self.rng.choice(self.words("updated")).format(d=self.date(day, self.rng.randrange(8)))

    def date(self, day: datetime.date, style: int) -> str:
        """A printed date in the page's language; the same style gives the same form."""
        rng, number = self.rng, day.day
        long, short = _month(self.language, day.month)
        year, month, of_day = _SIGNS.get(self.language, ("", "", ""))
        ending = "th" if 10 < number < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        forms = _PHRASES["dates"].get(self.language) or _PHRASES["dates"]["signs" if year else "others"]
        forms = [*forms, *_PHRASES["relative"].get(self.language, ())]
        form = "{short} {d}" if style == _NO_YEAR else forms[style % len(forms)]
        return str(
            form.format(
                day=day, d=number, m=day.month, y=day.year, long=long, short=short, ending=ending,
                clock=f"{rng.randrange(24)}:{rng.randrange(60):02}", hours=rng.randrange(2, 23),
                ys=year, ms=month, ds=of_day,
            )
        )  # fmt: skip


@dataclass
class _Teaser:
    writer: _Writer
    title: str
    lender: Parts
    day: datetime.date
    style: int
    cut: str
    updates: float
    number: int

    def element(self, name: str) -> list[tuple[str, Label]]:
        w, rng = self.writer, self.writer.rng
        if name == "title":
            return [(self.title, Label.TEASER_TITLE)]
        if name == "date":
            text = w.updated(self.day) if rng.random() < self.updates else w.date(self.day, self.style)
            return [(text, Label.TEASER_DATE)]
        if name == "blurb":
            return [(text, Label.TEASER_BLURB) for text in [self.blurb()] if text]
        if name == "byline":
            return [(w.byline(self.lender.authors, self.style % 2 == 0), Label.TEASER_BYLINE)]
        if name == "by-date":
            by = w.byline(self.lender.authors, self.style % 2 == 0)
            return [(f"{by} {'|·-'[self.style % 3]} {w.date(self.day, self.style)}", Label.TEASER_BYLINE)]
        if name == "kicker":
            return [(rng.choice(_sections(w.language)).title(), Label.CHROME)]
        if name == "kicker-date":
            kicker = rng.choice(_sections(w.language)).title()
            return [(f"{kicker} {'|·-'[self.style % 3]} {w.date(self.day, self.style)}", Label.TEASER_DATE)]
        if name == "number":
            return [(f"{self.number}" + ("." if self.style % 2 else ""), Label.CHROME)]
        if name == "bullet":
            return [(f"{'•-*'[self.style % 3]} {self.title}", Label.TEASER_TITLE)]
        if name == "numbered":
            return [(f"{self.number}{'.):'[self.style % 3]} {self.title}", Label.TEASER_TITLE)]
        return [(rng.choice(w.words("more")), Label.CHROME)]

    def blurb(self) -> str:
        """The other story's deck or opening, whole, its first sentence, or cut."""
        rng, lender = self.writer.rng, self.lender
        opening = next((text for text, label in lender.body if label is Label.PARAGRAPH), "")
        text = lender.deck if lender.deck and rng.random() < 0.6 else opening
        if self.cut:
            words = text.split()
            keep = rng.randrange(12, 30)
            return " ".join(words[:keep]) + self.cut if len(words) > keep else text
        stop = text.find(". ", 50)
        if 0 < stop < 260:
            return text[:stop] if self.style % 3 == 0 else text[: stop + 1]
        return text if len(text) < 260 else ""


_NO_YEAR = -1  # the style of a dateline's date
_SIGNS = {"ja": ("年", "月", "日"), "zh": ("年", "月", "日"), "ko": ("년 ", "월 ", "일")}


def _month(language: str, number: int) -> tuple[str, str]:
    """A month's long and short names in a language, in English where we have no words of it."""
    known = language if language in names("dates") and language not in _SIGNS else "en"
    forms = load(f"dates/{known}.json")["months"][number - 1]
    return forms[0], min(forms, key=len) if known == "en" else forms[0]


def _sections(language: str) -> list[str]:
    table: dict[str, list[str]] = load("words.json")["section"]
    return table.get(language) or table["en"]
