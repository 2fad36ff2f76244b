"""The HTML report: all of the page, safely, every line bound to the fields that it went into."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import html

from ingest.explain.reading import explained
from ingest.explain.report import report

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "tests" / "pages").glob("*/page.*"))
SAMPLE = explained((ROOT / "samples" / "dawn-coalition-talks.txt").read_bytes(), name="talks.txt")


def shown(page: Any, only: str = "all") -> Any:
    return html.document_fromstring(report(page, only))


def text_of(node: Any) -> str:
    return " ".join(node.text_content().split())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_every_line_is_there_and_every_link_leads_somewhere(path: Path) -> None:
    page = explained(path.read_bytes(), name=str(path))
    tree = shown(page)
    lines = tree.xpath("//section[@id='page']//span[@class='text']")
    assert len(lines) == len(page.lines)
    known = set(tree.xpath("//@id"))
    assert {link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")} <= known
    assert len(known) == len(tree.xpath("//@id"))
    assert {f"k{number}" for number in range(len(page.fields))} <= known
    boxed = bool(tree.xpath("//li[@class='box']"))
    assert boxed == (page.page.source.format == "html")


def test_the_record_as_a_reader_meets_it() -> None:
    record = shown(SAMPLE).get_element_by_id("record")
    fields = record.xpath(
        ".//div[starts-with(@class, 'field ') and not(ancestor::div[starts-with(@class, 'card ')])]"
    )
    names = [field.find("a").text for field in fields]
    assert names[0] == "published" and names.index("dateline") < names.index("¶ 1") < names.index("publisher")
    told = {field.find("a").text: text_of(field) for field in fields}
    assert "2024-01-26 printed as “January 26th, 2024”" in told["published"]
    assert "line 19" in told["published"]
    assert "Baghdad" in told["dateline"] and "IQ" in told["dateline"]
    assert "Teasers · 6" in text_of(record)
    assert "Why this date" in text_of(record)
    assert "Not on the page, so left empty" in text_of(record)
    source = {dt.text: dt.getnext().text for dt in record.xpath("./details[last()]//dt")}
    assert (source["name"], source["format"], source["encoding"]) == ("talks.txt", "text", "utf-8")


def test_a_page_without_a_story_and_one_with_doubts() -> None:
    record = text_of(shown(explained("Steep price")).get_element_by_id("record"))
    assert "No main article: the page has too little running text" in record
    assert "Why this date" not in record
    doubtful = explained(
        "Pilots ask for a deeper channel\n\nBy Ines Dahl\n\n04/05/2024\n\n"
        "The harbour board voted on Tuesday to dredge the eastern channel before winter, its chair said.\n\n"
        "Two ferries ran aground there in the spring, and the pilots have asked for deeper water since.\n"
    )
    warned = shown(doubtful).xpath("//p[@class='warn']")
    assert [text_of(one.find("b")) for one in warned] == ["ambiguous-date"]
    assert "(line 5)" in text_of(warned[0])


def test_the_page_cannot_write_into_the_report() -> None:
    evil = "<script>alert(1)</script> \x1b[2J \ud800 \u202e said the board on Tuesday, and then it voted."
    text = report(explained(evil.encode("utf-8", "surrogatepass") * 3, name="<b>a</b>.txt", format="text"))
    assert "<script>alert(1)" not in text and "<b>a</b>.txt" not in text
    assert not {"\x1b", "\u202e", "\ud800"} & set(text)
