"""The section of a story: over its headline, in the breadcrumbs, in the address."""

from __future__ import annotations

import pytest

from ingest.build.section import section_of
from ingest.line import Hints, Label, Line
from ingest.read.metadata import Metadata


def line(number: int, text: str, gap: int = 0) -> Line:
    return Line(number, text, gap)


@pytest.mark.parametrize(
    ("above", "label", "kicker"),
    [
        ("Anything", Label.SECTION, "Anything"),
        ("* Anything ›", Label.SECTION, "Anything"),
        ("By", Label.SECTION, "Gulf"),
        ("Topic:Housing", Label.SECTION, "Housing"),
        ("LIVE", Label.SECTION, "Gulf"),
        ("Gulf states want a part in what the two are talking of", Label.SECTION, "Gulf"),
        ("Sport", Label.CHROME, "Sport"),  # a section's name in many papers
        ("Gulf", Label.CHROME, "Gulf"),  # one that the metadata know
        ("Sign in", Label.CHROME, "Gulf"),
    ],
)
def test_kicker(above: str, label: Label, kicker: str) -> None:
    lines = [line(1, above), line(2, "Talks fail"), line(3, "The talks failed.")]
    labels = [label, Label.HEADLINE, Label.PARAGRAPH]
    assert section_of(lines, labels, 1, Metadata(sections=("Gulf",)), "The Star", None)[0] == kicker


@pytest.mark.parametrize(
    ("above", "gaps", "kicker"),
    [
        ("Environment", (1, 1), "Environment"),
        ("Environment", (1, 0), None),
        ("Environment", (0, 1), None),
        ("environment", (1, 1), None),
        ("Environment 2024", (1, 1), None),
    ],
)
def test_a_kicker_that_is_a_block_of_its_own(above: str, gaps: tuple[int, int], kicker: str | None) -> None:
    """A page whose navigation comes in lines without blanks, and the kicker between two."""
    lines = [line(n, text) for n, text in enumerate(["Roe", "Ipsum", "Dolor", "Amet", "Elit"], 1)]
    lines += [line(6, above, gaps[0]), line(7, "Talks fail", gaps[1]), line(8, "The talks failed.", 1)]
    labels = [*[Label.CHROME] * 6, Label.HEADLINE, Label.PARAGRAPH]
    assert section_of(lines, labels, 6, None, None, None)[0] == kicker


def test_a_line_of_several_links_is_a_menu() -> None:
    menu, one = Hints("p", link_share=0.9, href="/world"), Hints("p", link_share=1.0, href="/gulf")
    lines = [Line(1, "Gulf World Sport", 0, menu), line(2, "Talks fail"), line(3, "The talks failed.")]
    labels = [Label.SECTION, Label.HEADLINE, Label.PARAGRAPH]
    assert section_of(lines, labels, 1, None, "The Star", None)[0] is None
    lines[0] = Line(1, "Gulf", 0, one)
    assert section_of(lines, labels, 1, None, "The Star", None)[0] == "Gulf"


def section(above: list[str], url: str | None = None) -> str | None:
    """The section of a flat page with these lines over its headline."""
    lines = [line(n, text) for n, text in enumerate([*above, "Gull banned from chip shop"], 1)]
    labels = [*[Label.CHROME] * len(above), Label.HEADLINE]
    return section_of(lines, labels, len(above), None, "The Star", url)[0]


@pytest.mark.parametrize(
    ("above", "name"),
    [
        (["News", "Odd News", "Travel", "Sign out", "News", "Odd News"], None),  # the navigation, twice
        (["Life", "Odd News", "Travel", "Sign out", "News", "Odd News"], "Odd News"),
        (["Home", "News", "Odd News"], "Odd News"),
        (["Startseite", "Hamburg", "Hafenrand"], "Hafenrand"),
        (["News", "Odd News"], None),
        (["Odd News", "Menu", "The Star"], None),
        (["Home", "News", "News from everywhere, and more"], "News from everywhere, and more"),
        (["Home", "News", "News from everywhere, and much more"], None),
        (["Home › News › Odd News"], "Odd News"),
        (["Home > News > Odd News > Gull banned from…"], "Odd News"),
        (["Home > News > Kevin the gull is banned for life"], None),  # an older headline
        (["Home > News > Odd News > Gull banned"], "Odd News"),
        (["ホーム > 地域 > 宮城"], "宮城"),
        (["Startseite / Hamburg / Verkehr", "Anzeige"], "Verkehr"),
        (["News › Odd News"], None),
        (["Home ›"], None),
    ],
)
def test_breadcrumbs_and_navigation(above: list[str], name: str | None) -> None:
    assert section(above) == name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://star.example/odd-gulls/chips-1.html", "Odd Gulls"),
        ("https://star.example/odd%20gulls/chips-1.html", "Odd Gulls"),
        ("https://star.example/news/odd-gulls", None),  # the page itself
        ("https://[star/odd-gulls/1", None),
        (None, None),
    ],
)
def test_a_folder_of_the_address(url: str | None, name: str | None) -> None:
    assert section(["Search", "Odd Gulls"], url) == name


def test_the_metadata_come_before_a_guess() -> None:
    lines = [line(1, "Home"), line(2, "Gulls"), line(3, "Gull banned"), line(4, "Kevin stole chips.")]
    labels = [Label.CHROME, Label.CHROME, Label.HEADLINE, Label.PARAGRAPH]
    assert section_of(lines, labels, 2, Metadata(sections=("Odd News",)), None, None) == ("Odd News", None)
    assert section_of(lines, labels, 2, None, None, None) == ("Gulls", lines[1])
    assert section_of(lines, labels, None, None, None, None) == (None, None)
