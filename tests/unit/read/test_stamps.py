"""The days that markup and addresses claim."""

from __future__ import annotations

import pytest

from ingest.read.html import parse_tree
from ingest.read.metadata import page_metadata
from ingest.read.stamps import kind_of_meta

DAY = "2024-01-26"


def claimed(html: str, url: str | None = None) -> list[tuple[str, str, str]]:
    page = f"<html><body><h1>Steep price</h1>{html}</body></html>"
    return [(claim.text, claim.source, claim.kind) for claim in page_metadata(parse_tree(page), url).claims]


@pytest.mark.parametrize(
    "name",
    "article:published_time og:release_date datePublished parsely-pub-date sailthru.pubdate dc.date.issued "
    "dcterms.issued citation_publication_date prism.publicationDate cXenseParse:recs:publishtime pubdate "
    "publish-date weibo:article:create_at rnews:datePublished first_published content_PublishedDate".split(),
)
def test_names_of_a_publication(name: str) -> None:
    assert kind_of_meta(name) == "published"


@pytest.mark.parametrize(
    "name", "article:modified_time og:updated_time dcterms.modified last-modified revised".split()
)
def test_names_of_a_change(name: str) -> None:
    assert kind_of_meta(name) == "updated"


@pytest.mark.parametrize(
    "name",
    "article:publisher publisher expires unpublish_date event:start_date revisit-after viewport".split(),
)
def test_names_of_neither(name: str) -> None:
    assert kind_of_meta(name) is None


@pytest.mark.parametrize(
    ("html", "source"),
    [
        (f'<meta itemprop="datePublished" content="{DAY}">', "microdata datePublished"),
        (f'<span itemprop="datePublished">{DAY}</span>', "microdata datePublished"),
        (f'<time pubdate datetime="{DAY}">Friday</time>', "<time> of publication"),
        (f'<time class="entry-date" datetime="{DAY}">Friday</time>', "<time> of publication"),
        (f'<time datetime="{DAY}">Friday</time>', "<time>"),
        (f'<abbr class="published" title="{DAY}">Friday</abbr>', "hAtom"),
        (f'<span class="updated" title="{DAY}"></span>', "hAtom"),  # its template knows but one time
        (f'<script>state = {{"publishedAt":"{DAY}"}}</script>', "script"),
        (f'<script>state = "{{\\"published_at\\":\\"{DAY}\\"}}"</script>', "script"),
        (f'<script type="application/ld+json">{{"@type":"Recipe","datePublished":"{DAY}"}}</script>',
         "JSON-LD datePublished"),
        (f'<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"{DAY}"}}</script>',
         "JSON-LD article"),
    ],
)  # fmt: skip
def test_each_source_is_read(html: str, source: str) -> None:
    assert claimed(html) == [(DAY, source, "published")]


@pytest.mark.parametrize(
    "html",
    [
        f'<ol class="comment-list"><li><time datetime="{DAY}">Friday</time></li></ol>',
        f'<aside><span itemprop="datePublished">{DAY}</span></aside>',
        f'<div class="related-posts"><abbr class="published" title="{DAY}">Friday</abbr></div>',
        '<time datetime="2024-01-26">Friday</time><time datetime="2024-01-25">Thursday</time>',
        '<script>list = [{"publishedAt":"2024-01-26"}, {"publishedAt":"2024-01-25"}]</script>',
        f'<script type="application/ld+json">{{"@type":"Comment","datePublished":"{DAY}"}}</script>',
        '<span itemprop="datePublished" content=""> </span>',
    ],
)
def test_comments_lists_and_other_stories_claim_nothing(html: str) -> None:
    assert claimed(html) == []


def test_a_page_in_a_sidebar_layout_is_no_sidebar() -> None:
    html = (
        f'<div class="sidebar-right-layout"><h1>Steep</h1><time pubdate datetime="{DAY}">Friday</time></div>'
    )
    assert claimed(html) == [(DAY, "<time> of publication", "published")]


@pytest.mark.parametrize(
    "path",
    ["/2024/01/26/steep", "/news/20240126/steep", "/2024/jan/26/steep", "/t20240126_123.html", "/26-01-2024"],
)
def test_the_address(path: str) -> None:
    assert claimed("", f"https://star.example{path}") == [(DAY, "address", "published")]


@pytest.mark.parametrize("path", ["/a/20249926", "/id-1202401267", "/2024", "/26-01"])
def test_addresses_without_a_day(path: str) -> None:
    assert claimed("", f"https://star.example{path}") == []


def test_a_time_in_a_link_to_another_page_is_that_pages() -> None:
    url = "https://star.example/steep-price"
    linked = '<a href="{}"><time datetime="2024-01-20" pubdate>20 January</time></a>'
    own = f'<time datetime="{DAY}" pubdate>26 January</time>'
    source = "<time> of publication"
    assert claimed(linked.format("/talks-fail") + own, url) == [(DAY, source, "published")]
    assert claimed(linked.format("/talks-fail#comment-7") + own, url) == [(DAY, source, "published")]
    assert claimed(linked.format("/steep-price"), url) == [("2024-01-20", source, "published")]
    assert claimed(linked.format("/2024/01/20/"), url) == [("2024-01-20", source, "published")]


def test_the_name_around_a_time_is_its_own_where_it_holds_hardly_more() -> None:
    time = f'<time datetime="{DAY}">26 January</time>'
    other = '<p><time datetime="2024-02-01">1 February</time></p>'
    assert claimed(f'<p class="publication">On {time}</p>{other}') == [
        (DAY, "<time> of publication", "published")
    ]
    assert claimed(f'<p class="published">The talks, which began in {time}, failed.</p>{other}') == []
