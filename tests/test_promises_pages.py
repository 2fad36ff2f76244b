"""What holds for pages as they are: changes around a story leave it, the record comes back from its own text.

What the labeller learned decides some of it, so these say of how many pages it must hold; and only rise.
"""

from __future__ import annotations

import json
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invariants import any_page, is_iso

import ingest
from ingest.read.open import read_bytes
from ingest.write.plain import plain_text

PAGES = Path(__file__).parent / "pages"
ALL = sorted(PAGES.glob("*/page.*"))
CHROME_BEFORE = ["Skip to content", "Home", "News", "Sport", "Weather", "Subscribe", "Log in"]
CHROME_AFTER = ["Terms of use", "Privacy policy", "Contact us", "Advertise", "© 2024 The Harbour Post"]
TEASERS = [
    (
        "Ferry to run all winter",
        "3 May 2024",
        "The town council has agreed to pay for four crossings a day until spring.",
    ),
    (
        "Last cinema in town shuts",
        "2 May 2024",
        "Forty years after its first film the Roxy has shown its last to a full house.",
    ),
    (
        "Three stations for the north line",
        "29 April 2024",
        "Work on the first will begin in June, the operator has told the mayor.",
    ),
    (
        "Wolves seen near the village",
        "27 April 2024",
        "A farmer has filmed a pair of them crossing his field in the early morning.",
    ),
    (
        "New roof for the market hall",
        "21 April 2024",
        "Traders must move to the car park for the whole of the summer, the city says.",
    ),
]
TITLES = {title for title, _, _ in TEASERS}


def text_of(path: Path) -> str:
    page = ingest.parse(path.read_bytes())
    return read_bytes(str(path)).decode(page.source.encoding).removeprefix("\ufeff").replace("\r\n", "\n")


TEXTS = [text for path in ALL if path.name.startswith("page.txt") and "\f" not in (text := text_of(path))]
STORIES = [
    text for text in TEXTS if (page := ingest.parse(text)).article is not None and len(text.split("\n")) > 5
]


def share(held: list[bool]) -> float:
    return sum(held) / len(held)


def test_chrome_around_a_page_leaves_its_article():
    held = []
    for text in STORIES:
        body = ingest.parse(text).article.paragraphs
        around = "\n".join([*CHROME_BEFORE, "", text, "", *CHROME_AFTER, ""])
        article = ingest.parse(around).article
        held.append(article is not None and article.paragraphs == body)
    assert len(held) > 20
    assert share(held) >= 0.9


def with_teasers(text: str, teasers: list[tuple[str, str, str]]) -> str:
    blocks = "\n\n".join("\n".join(teaser) for teaser in teasers)
    return f"{text.rstrip()}\n\nMost read\n\n{blocks}\n"


def test_teasers_in_another_order_are_the_same_teasers():
    held, other = [], random.Random(7).sample(TEASERS, len(TEASERS))
    assert other != TEASERS
    for text in STORIES:
        one, two = (ingest.parse(with_teasers(text, teasers)) for teasers in (TEASERS, other))
        same = one.article.paragraphs == two.article.paragraphs if one.article and two.article else False
        titles = [[teaser.title for teaser in page.teasers if teaser.title in TITLES] for page in (one, two)]
        held.append(same and titles == [[teaser[0] for teaser in order] for order in (TEASERS, other)])
    assert share(held) >= 0.7


def test_a_record_comes_back_from_its_own_text():
    """Record -> text -> record -> text: from the second on it stays."""
    held = []
    for path in ALL:
        first = plain_text(ingest.parse(path.read_bytes()).to_dict())
        if first.strip():
            second = plain_text(ingest.parse(first).to_dict())
            held.append(first == second)
    assert share(held) >= 0.4


def dates_of(page: ingest.Page) -> list[str | None]:
    dated = [page.article, *page.teasers] if page.article else list(page.teasers)
    return [value for one in dated for value in (one.published, one.updated)]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.parent.name)
def test_every_date_of_a_page_is_iso(path):
    page = any_page(path.read_bytes(), now="2024-01-26T10:05+05:00")
    assert page is not None
    assert all(is_iso(value) for value in dates_of(page) if value is not None)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 9999),
    st.integers(1, 12),
    st.integers(1, 31),
    st.integers(0, 24),
    st.integers(0, 60),
    st.sampled_from(["Jan", "Mai", "enero", "4/", "٣"]),
)
def test_every_date_that_is_read_is_iso(year, month, day, hour, minute, word):
    time = f"{hour}:{minute:02}"
    for text in (
        f"{day}/{month}/{year}",
        f"{year}-{month:02}-{day:02} {time}",
        f"{word} {day}, {year}",
        f"{day}. {word} {year} {time}",
    ):
        date = ingest.parse_date(text, order="DMY")
        assert date is None or date.value is None or is_iso(date.value)


def test_twice_the_same_and_in_threads_the_same():
    data = [path.read_bytes() for path in ALL]
    alone = [ingest.parse(page, rest=True).to_json() for page in data]
    assert [ingest.parse(page, rest=True).to_json() for page in data] == alone
    with ThreadPoolExecutor(4) as pool:
        for _ in range(2):
            assert list(pool.map(lambda page: ingest.parse(page, rest=True).to_json(), data)) == alone
    assert all(json.loads(record)["source"]["sha256"] for record in alone)
