"""HTML is cut into the lines that a reader sees, each with its hints."""

from __future__ import annotations

import pytest

from ingest.read.html import parse_tree, tree_lines
from ingest.read.metadata import page_metadata


def texts(html: str) -> list[str]:
    return [line.text for line in tree_lines(parse_tree(html))]


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>One <b>two</b>  three</p>four", ["One two three", "four"]),
        ("<p>One<br>two<br><br>three", ["One", "two", "three"]),
        ("<ul><li>One<li>two</ul>", ["One", "two"]),
        ("<table><tr><td>One<td>two</table>", ["One", "two"]),
        ("<div>One<script>x()</script> two<style>b{}</style></div>", ["One two"]),
        ("<a href=/a><h3>One</h3><p>two</p></a>", ["One", "two"]),
        ("One<!-- no -->&nbsp;&amp; two", ["One & two"]),
        (
            "<template><p>no</p></template><noscript><p>no</p></noscript><svg><text>no</text></svg>yes",
            ["yes"],
        ),
        ("<li><span>3</span>Title</li><p>A<sub>2</sub>b</p>", ["3 Title", "A2b"]),
        ("<li><span>3</span>¿Title?</li><p><b>3</b>% up", ["3 ¿Title?", "3% up"]),
        ("<p>  </p><p>\u00a0</p>", []),
    ],
)
def test_lines(html: str, lines: list[str]) -> None:
    assert texts(html) == lines


def test_hints() -> None:
    html = """<article class="story-body"><nav><a href="/one">One</a></nav>
      <p id=leadText>Ten <a href="/two">letters</a></p><div hidden>gone</div>
      <time datetime="2024-01-26">today</time></article>"""
    one, ten, gone, today = (line.hints for line in tree_lines(parse_tree(html)))
    assert one and ten and gone and today
    assert (one.tag, one.link_share, one.href) == ("nav", 1.0, "/one")
    assert {"nav", "article"} <= one.ancestors
    assert {"story", "body", "lead", "text"} <= ten.words
    assert 0 < ten.link_share < 1
    assert "hidden" in gone.ancestors
    assert today.datetime == "2024-01-26"


def test_deep_nesting_loses_nothing() -> None:
    depth = 1500
    assert texts("<div>" * depth + "deep" + "</div>" * depth + "<p>after</p>") == ["deep", "after"]


def test_metadata() -> None:
    html = """<html lang="en-GB"><head><title>Rain | The Star</title><base href="/deep/">
      <link rel=canonical href="https://star.example/rain"><meta property="og:title" content="Rain &amp; sun">
      <meta property="article:published_time" content="2024-01-26">
      <script type="application/ld+json">{"@graph": [{"@type": "Organization", "name": "No"},
        {"@type": ["NewsArticle"], "headline": "Rain &amp; sun",
         "author": [{"name": "Jane Roe"}, "John Doe"], "publisher": {"name": "The Star"},
         "datePublished": "2024-01-26T10:05:00Z"}]}</script></head></html>"""
    found = page_metadata(parse_tree(html))
    assert found.headlines == ("Rain & sun", "Rain | The Star")
    assert found.authors == ("Jane Roe", "John Doe")
    assert [(claim.text, claim.source) for claim in found.claims] == [
        ("2024-01-26T10:05:00Z", "JSON-LD article"),
        ("2024-01-26", "meta article:published_time"),
    ]
    assert found.publishers == ("The Star",)
    assert (found.language, found.url, found.base) == (
        "en-GB", "https://star.example/rain", "https://star.example/deep/",
    )  # fmt: skip


@pytest.mark.parametrize("script", ["{", "[1, 2]", '{"@type": 7}', '"x"', "[" * 100_000])
def test_broken_json_says_nothing(script: str) -> None:
    found = page_metadata(parse_tree(f'<script type="application/ld+json">{script}</script>'))
    assert found.headlines == ()
