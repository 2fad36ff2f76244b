"""What a worker makes of one page: a record or a failure, never an exception."""

from __future__ import annotations

import json
import multiprocessing
import signal
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest
from stories import DREDGING

from ingest.batch import pool, work
from ingest.batch.item import Failure, Item, Outcome
from ingest.batch.shape import Shape
from ingest.batch.work import Work, host_of, prepared_item, read_item, site_of

STORY = (
    DREDGING
    + """
The dredging will cost nine million crowns, and it is to begin when the herring have gone north again.
"""
)


def test_a_page_becomes_its_record() -> None:
    outcome = read_item(Item("a.txt", 7, STORY), Work())
    assert isinstance(outcome, Outcome)
    record = json.loads(outcome.record)
    assert record["article"]["headline"] == "Pilots ask for a deeper channel"
    assert (record["source"]["name"], record["source"]["position"]) == ("a.txt", 7)
    assert (outcome.article, outcome.teasers, outcome.story) == (True, 0, None)


def test_only_what_was_chosen_is_written() -> None:
    outcome = read_item(Item("a.txt", None, STORY), Work(shape=Shape("all", ("article.published",))))
    assert isinstance(outcome, Outcome)
    assert json.loads(outcome.record) == {"article.published": "2024-01-26"}


def test_a_story_is_told_again_whatever_stands_around_it() -> None:
    first = read_item(Item("a.txt", None, STORY), Work(dedupe="exact"))
    again = read_item(Item("b.txt", None, "Home News Sport\n\n" + STORY), Work(dedupe="exact"))
    other = read_item(Item("c.txt", None, STORY.replace("herring", "salmon")), Work(dedupe="exact"))
    assert isinstance(first, Outcome) and isinstance(again, Outcome) and isinstance(other, Outcome)
    assert first.story is not None
    assert (first.story == again.story, first.story == other.story) == (True, False)


def test_what_is_no_page_is_told_by_its_code() -> None:
    assert read_item(Item("a", 3, b""), Work()) == Failure("a", 3, "empty", "there is nothing in it")
    picture = read_item(Item("a.png", None, b"\x89PNG\r\n\x1a\n" + bytes(40)), Work())
    assert isinstance(picture, Failure) and picture.code == "binary"


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (MemoryError(), "out-of-memory", "needs more memory than a worker may take"),
        (KeyError("two\nlines"), "internal", r"internal error: KeyError: 'two\nlines'"),
        (ValueError("x" * 999), "internal", ("internal error: ValueError: " + "x" * 999)[:300]),
    ],
)
def test_a_page_that_we_fail_on_costs_no_other(
    monkeypatch: pytest.MonkeyPatch, error: Exception, code: str, message: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(work, "assemble", fails)
    assert read_item(Item("a.txt", 2, STORY), Work()) == Failure("a.txt", 2, code, message)


@pytest.mark.parametrize(
    ("data", "charset", "read"),
    [
        ("Müller kommt".encode(), "windows-1251", "Müller kommt"),  # UTF-8 by its bytes, whatever is claimed
        ("Мэр приехал".encode("koi8-r"), "koi8-r", "Мэр приехал"),
        ("Müller kommt".encode("latin-1"), "ascii", "Müller kommt"),  # the bytes do not agree with it
        ("Müller kommt".encode("latin-1"), "no-such-charset", "Müller kommt"),
        ("Müller kommt", "koi8-r", "Müller kommt"),  # text already
    ],
)
def test_the_charset_of_a_header_is_believed_where_the_bytes_agree(
    data: bytes | str, charset: str, read: str
) -> None:
    assert prepared_item(Item("a", None, data, charset=charset)).lines[0].text == read


def test_the_host_of_a_page() -> None:
    assert host_of("http://[") == ""
    assert site_of(Item("mirror/www.roe.example/2024/a.html", None, "")) == "roe.example"
    assert site_of(Item("pages/2024/a.html", None, "")) == ""
    page = Item("x.html", None, '<link rel="canonical" href="https://roe.example/a"><p>Some text here.</p>')
    assert site_of(page, prepared_item(page)) == "roe.example"


def read(item: Item, told: Any) -> tuple[Any, bool, bool]:
    return (
        (item.data, told),
        signal.getsignal(signal.SIGINT) is signal.SIG_IGN,
        signal.getsignal(signal.SIGTERM) is signal.SIG_DFL,
    )


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork here")
def test_a_worker_leaves_ctrl_c_to_its_parent() -> None:
    with ProcessPoolExecutor(
        1, multiprocessing.get_context("fork"), pool._begin, (read, "the work", 2**40)
    ) as workers:
        told, ignores, ends = workers.submit(pool._one, Item("a", None, "the page")).result(timeout=60)
    assert told == ("the page", "the work")
    assert ignores and ends
