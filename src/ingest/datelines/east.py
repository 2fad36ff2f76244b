"""Heads in Chinese, Japanese and Korean, where no space parts the items: 【北京1月26日共同】."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.pattern import lazy

from .days import Day, read_day
from .gazetteer import entries
from .grammar import Head, Name
from .wording import Agency, agencies_in, agency

_BRACKETED = lazy(r"[【\[［(（〔]([^【】\[\]［］()（）〔〕]{2,40})[】\]］)）〕]")
_DAY = lazy(r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}[日号號]")
_AFTER = lazy(r"\s*(?:[-–—―－─]+|[:：]|=)?\s*")
# "(서울=연합뉴스) 홍길동 기자 = ": the reporter, up to the equals sign.
_REPORTER_KO = lazy(r"\s*(?:[가-힣·,\s]{2,30}(?:기자|특파원|통신원|인턴기자|객원기자)\s*)?=\s*")
# "新华社北京1月26日电（记者 张三）", "中新社东京电", "本报上海1月26日讯"; traditional letters in Taiwan.
_WIRE_ZH = lazy(
    r"([\u4e00-\u9fff]{1,6}?(?:社|网|網|报|報|日报|日報|通讯社|在线))?(?:记者|記者)?([\u4e00-\u9fff·]{0,12}?)"
    r"((?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?)(?:综合|綜合|专|專|外)?([电電讯訊])"
    r"(?:\s?[（(](?:[^（）()]{0,6})?记者[^（）()]{1,30}[）)])?[\s，,：:]*"
)
# "（中央社記者王小明台北26日電）", "（中央社華盛頓25日專電）": all of it between brackets.
_CNA = lazy(r"(中央社)(?:記者)?(.{2,16}?)((?:\d{1,2}月)?\d{1,2}日)(?:綜合)?(?:外)?(?:專)?電(?:報導)?$")
# "〔記者王小明／台北報導〕", "記者王小明／台北報導": a reporter, a place, "reports".
_REPORT = lazy(
    r"[〔［\[（(【]?(?:[\u4e00-\u9fff]{2,5})?記者.{2,16}?[／/]\s?(.{2,6}?)(?:綜合)?報導[〕］\])）】]?\s*"
)
_SEPARATORS = lazy(r"\s{0,9}[=＝・·,、/ 　]\s{0,9}")


def read_eastern(text: str) -> Head | None:
    """The head of a text in Chinese, Japanese or Korean, None where there is none.

    >>> head = read_eastern("【北京1月26日共同】中国外務省は26日、…")
    >>> head.names[0].text, head.agencies[0].name, head.day[1:3]
    ('北京', 'Kyodo', (1, 26))
    >>> read_eastern("(서울=연합뉴스) 홍길동 기자 = 정부는 26일").names[0].text
    '서울'
    """
    start = len(text) - len(text.lstrip())
    report = _REPORT.match(text, start)
    if report:
        place = _place_at_end(report[1])
        return (
            place and _head((Name(place),), (), None, len(text[: report.end()].rstrip()), report.end())
        ) or None
    bracket = _BRACKETED.match(text, start)
    if bracket:
        return _bracketed(text, bracket)
    wire = _WIRE_ZH.match(text, start)
    return _wire(wire) if wire else None


def _bracketed(text: str, bracket: re.Match[str]) -> Head | None:
    inner = bracket[1].strip()
    after = _REPORTER_KO.match(text, bracket.end()) or _AFTER.match(text, bracket.end())
    assert after is not None
    cna = _CNA.match(inner)
    if cna:
        place = _place_at_end(cna[2])
        names = (Name(place),) if place else ()
        return _head(names, _agencies(cna[1]), read_day(cna[3]), bracket.end(), after.end())
    if "电" in inner or "電" in inner:
        wire = _WIRE_ZH.match(inner)
        found = _wire(wire) if wire else None
        return found and found._replace(end=bracket.end(), rest=after.end())
    items = _items(inner)
    return items and _head(*items, bracket.end(), after.end())


def _items(inner: str) -> tuple[tuple[Name, ...], tuple[Agency, ...], Day | None] | None:
    """The parts between brackets: "北京1月26日共同", "ワシントン=山田太郎", "서울=뉴시스"."""
    names: list[Name] = []
    agencies: list[Agency] = []
    day = None
    for part in filter(None, _SEPARATORS.split(inner)):
        dated = _DAY.search(part)
        chunks = [part[: dated.start()], part[dated.end() :]] if dated else [part]
        if dated:
            day = read_day(dated[0])
        for chunk in filter(None, chunks):
            whole = agencies_in(chunk)
            if whole:
                agencies += whole
                continue
            place, service = _place_and_service(chunk)
            if place is None and not names:
                return None
            if place:
                names.append(Name(place))
            agencies += service
    if not ((agencies and day) or (names and (agencies or day or "=" in inner or "＝" in inner))):
        return None
    return tuple(names), tuple(agencies), day


def _place_and_service(chunk: str) -> tuple[str | None, tuple[Agency, ...]]:
    """("ワシントン", (Jiji,)) of "ワシントン時事"; a reporter's name gives neither."""
    if entries(chunk):
        return chunk, ()
    for cut in range(len(chunk) - 2, 1, -1):
        service = agency(chunk[cut:])
        if service:
            return chunk[:cut], (service,)
    return None, ()


def _wire(match: re.Match[str]) -> Head | None:
    """新华社北京1月26日电: a known agency, a place, a day, and the word for a dispatch."""
    agencies = _agencies(match[1]) if match[1] else ()
    place = _place_at_end(match[2]) if match[2] else None
    day = read_day(match[3]) if match[3] else None
    if (match[2] and not place) or not ((place and (match[1] or day)) or (agencies and day)):
        return None
    end = match.start() + len(match[0].rstrip(" \u3000，,：:"))
    return _head((Name(place),) if place else (), agencies, day, end, match.end())


def _place_at_end(letters: str) -> str | None:
    """The place that ends a run of letters, after the reporters' names: "王小明台北" -> "台北"."""
    for start in range(len(letters) - 1):
        if entries(letters[start:]):
            return letters[start:].strip("、· ")
    return None


@lru_cache(maxsize=64)
def _agencies(name: str) -> tuple[Agency, ...]:
    found = agency(name)
    return (found,) if found else ()


def _head(
    names: tuple[Name, ...], agencies: tuple[Agency, ...], day: Day | None, end: int, rest: int
) -> Head:
    return Head(names, agencies, day, "", end, rest)
