"""What a site repeats: counted within limits, kept for a run that goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.batch import sites
from ingest.batch.item import Failure, Item
from ingest.batch.sites import Lines, PageLines, Sample, digest, lines_of, load, sampled, save

SITE = "roe.example"


def page(number: int, *texts: str, site: str = SITE) -> PageLines:
    """A page with a story of its own, of ten long lines, and these lines besides."""
    story = [digest(f"story {number}, line {at}") for at in range(10)]
    return PageLines(site, frozenset([*map(digest, texts), *story]), frozenset(story))


def test_pages_of_no_known_site_are_not_counted() -> None:
    lines = Lines()
    for number in range(50):
        lines.add(page(number, "subscribe", site=""))
    assert lines.repeated() == {}


def test_a_story_that_was_fetched_again_is_no_repetition() -> None:
    lines = Lines()
    for number in range(40):
        lines.add(page(number, "subscribe"))
    for _ in range(8):
        lines.add(page(0, "subscribe"))
    found = lines.repeated()[SITE]
    assert "subscribe" in found
    assert "story 0, line 3" not in found


def test_where_most_pages_would_be_the_same_story_its_lines_are_the_sites_own() -> None:
    lines = Lines()
    for _ in range(60):
        lines.add(page(0))
    assert "story 0, line 3" in lines.repeated()[SITE]


def test_rare_lines_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sites, "MOST_LINES", 40)
    lines = Lines()
    for number in range(30):
        lines.add(page(number, "subscribe", "about us"))
        assert sum(len(site.times) for site in lines._sites.values()) <= 40
    found = lines.repeated()[SITE]
    assert len(found) == 2
    assert "subscribe" in found and "about us" in found


def test_the_first_pages_of_each_site_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sites, "PAGES_A_HOST", 2)
    monkeypatch.setattr(sites, "UNKNOWN_HOSTS", 1)
    monkeypatch.setattr(sites, "MOST_HOSTS", 2)
    sample = Sample()
    asked = ["a.example", "", "a.example", "b.example", "a.example", ""]
    assert [sample.takes(site) for site in asked] == [True, True, True, False, False, False]


def test_what_could_not_be_read_is_no_page_to_learn_from() -> None:
    good = Item("a", None, "text")
    assert list(sampled([Failure("b", None, "empty", "nothing"), good])) == [good]
    assert lines_of(Item("roe.example/a.png", None, b"\x89PNG\r\n\x1a\n" + bytes(40))) == PageLines("")
    assert lines_of(Item("a", None, "A page of nobody knows whom")) == PageLines("")


def test_long_lines_are_told_from_short_ones() -> None:
    long = "The harbour board voted on Tuesday to dredge the eastern channel before winter, its chair said."
    found = lines_of(Item("roe.example/a.txt", None, f"Subscribe now\n{long}\n"))
    assert found.site == SITE
    assert (len(found.lines), len(found.long)) == (2, 1)
    assert digest("subscribe now") in found.lines - found.long


def test_what_was_learned_is_kept_for_the_same_run_alone(tmp_path: Path) -> None:
    lines = Lines()
    for number in range(30):
        lines.add(page(number, "subscribe"))
    path = str(tmp_path / "out.learned")
    assert load(path, "one") is None
    save(path, "one", lines.repeated())
    assert load(path, "another") is None
    kept = load(path, "one")
    assert kept is not None
    assert "subscribe" in kept[SITE] and "story 1, line 1" not in kept[SITE]
    Path(path).write_text('"one"\n["roe.example", "no digits"]\n', encoding="utf-8")
    assert load(path, "one") is None
