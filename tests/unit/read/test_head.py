"""What a page's head says in JSON-LD, sound and broken; what bytes are; where links lead."""

from __future__ import annotations

import builtins
import hashlib
from typing import Any

import pytest

from ingest.errors import InputError
from ingest.pipeline import parse
from ingest.read.claim import leads
from ingest.read.decode import codec_of, decode
from ingest.read.html import parse_tree
from ingest.read.metadata import Metadata, absolute, page_metadata
from ingest.read.sniff import kind_of


def head(*scripts: str, more: str = "") -> Metadata:
    linked = "".join(f'<script type="application/ld+json">{text}</script>' for text in scripts)
    return page_metadata(parse_tree(f"<html><head>{more}{linked}</head><body><p>Text</p></body></html>"))


def test_broken_json_does_no_harm_to_what_is_sound() -> None:
    found = head('{"@type": "NewsArticle", ', "[" * 5000, '{"@type": "NewsArticle", "author": "Jane Roe"}')
    assert found.authors == ("Jane Roe",)


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ('"Jane Roe"', ("Jane Roe",)),
        ('["Jane Roe", {"name": "John Doe"}]', ("Jane Roe", "John Doe")),
        ('{"@type": "Person", "name": ["Jane Roe", "John Doe"]}', ("Jane Roe", "John Doe")),
        ('{"name": {"name": "Jane Roe"}}', ("Jane Roe",)),
        ('"Jane O&#39;Roe &amp; Sons"', ("Jane O'Roe & Sons",)),
        ("[17, null, {}]", ()),
    ],
)
def test_names_of_authors(author: str, names: tuple[str, ...]) -> None:
    assert head(f'{{"@type": ["Thing", "NewsArticle"], "author": {author}}}').authors == names


def test_the_article_with_the_pages_address_is_meant() -> None:
    other = '{"@type": "NewsArticle", "url": "https://roe.example/2", "author": "John Doe"}'
    own = (
        '{"@type": "NewsArticle", "mainEntityOfPage": {"@id": "https://roe.example/1"}, "author": "Jane Roe"}'
    )
    canonical = '<link rel="canonical" href="https://roe.example/{}">'
    script = f'{{"@graph": [{other}, [{own}]]}}'
    assert head(script, more=canonical.format(1)).authors == ("Jane Roe",)
    assert head(script, more=canonical.format(3)).authors == ("John Doe",)


def test_addresses_that_are_none() -> None:
    assert absolute("//[", "https://roe.example/") is None
    assert absolute("/a", "https://roe.example/b/c?d") == "https://roe.example/a"
    assert absolute("a", "https://roe.example/b/c") == "https://roe.example/b/a"
    assert absolute("mailto:jane@roe.example", "https://roe.example/") is None


@pytest.mark.parametrize(
    ("href", "where"),
    [
        ("/news/steep-price", "this"),
        ("steep-price/", "this"),
        ("/news/late-thaw", "another"),
        ("/news/steep-price#comments", "another"),
        ("/archive/2024/01/26", None),  # a day's page
        ("#top", None),
        ("javascript:share('/news/a')", None),
        ("https://roe.example/", None),
        ("http://[", None),
    ],
)
def test_where_a_link_leads(href: str, where: str | None) -> None:
    assert leads(href, ("https://roe.example/news/steep-price",)) == where


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"RIFF\x10\0\0\0WEBPVP8 ", "WebP image"),
        (b"\0\0\0\x20ftypavif" + bytes(20), "AVIF or HEIC image"),
        (b"\0\0\0\x20ftypisom" + bytes(20), "MP4 video or audio"),
        (b"news.html" + bytes(248) + b"ustar\x0000", "tar archive"),
        (b"A book" + bytes(54) + b"BOOKMOBI", "Kindle book"),
        (b"\r\nrubbish before it\r\n%PDF-1.4\r\n", "PDF document"),
        (b"PK\3\4" + bytes(40), "ZIP archive"),
        (bytes(range(32)) * 9, "binary file"),
        (b"<!-- a comment without an end <p>Text</p>", "text"),
        (b"<!-- one --> <!-- two --> <p>Text</p>", "html"),
        ("<p>Text in sixteen bits</p>".encode("utf-16"), "html"),
        ("<p>Text in 32 bits</p>".encode("utf-32"), "html"),
        ("Text in sixteen bits".encode("utf-16-be"), "text"),
    ],
)
def test_what_bytes_are(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


def test_encodings_of_the_user_and_of_marks() -> None:
    assert decode(b"\xef\xbb\xbfM\xc3\xbcller", encoding="UTF-8").text == "Müller"
    with pytest.raises(InputError, match="the bytes are not utf-8"):
        decode(b"M\xfcller und \xe4hnlich", encoding="utf-8")
    with pytest.raises(InputError, match="there is no encoding 'rot13'"):
        decode(b"x", encoding="rot13")
    cut = decode("Müller kommt am Freitag".encode("utf-16")[:-1])
    assert (cut.encoding, cut.text[:12]) == ("utf-16", "Müller kommt")
    assert decode("香港嘅㗎".encode("big5hkscs"), encoding="big5").text == "香港嘅㗎"
    assert (codec_of("base64"), codec_of("a\0"), codec_of("idna")) == (None, None, None)
    with pytest.raises(InputError) as error:
        decode(bytes(range(0x80, 0x100)) * 3)
    assert error.value.code == "undecodable"


@pytest.mark.parametrize(
    "options", [{"format": "pdf"}, {"date_order": "MYD"}, {"now": "Friday"}, {"retrieved": "x"}]
)
def test_options_that_are_none(options: Any) -> None:
    with pytest.raises(InputError) as error:
        parse("A mill opens", **options)
    assert error.value.code == "bad-option"
    assert repr(next(iter(options.values()))) in str(error.value)


def test_the_digest_is_the_same_by_whatever_module(monkeypatch: pytest.MonkeyPatch) -> None:
    def digest(text: str) -> str | None:
        return parse(text).source.sha256

    short, long = "A mill opens", "A mill opens. " * 5000
    assert digest(short) == hashlib.sha256(short.encode()).hexdigest()
    assert digest(long) == hashlib.sha256(long.encode()).hexdigest()
    load = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name in ("_sha2", "_sha256"):
            raise ImportError(name)
        return load(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert digest(short) == hashlib.sha256(short.encode()).hexdigest()
