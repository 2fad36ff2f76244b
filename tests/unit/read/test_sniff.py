"""HTML, text or something else, by content."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.sniff import format_of_text, kind_of

HTML = {
    "a page": "<!DOCTYPE html>\n<html><head><title>Rain</title></head><body><p>Rain.</p></body></html>",
    "after a BOM and white space": "\ufeff\n  <html lang='en'><body>Rain</body></html>",
    "after comments": "<!-- served by 3 -->\n<!-- <p> --><!doctype HTML><title>Rain</title>",
    "XHTML": '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "x"><html></html>',
    "capitals": "<HTML><BODY BGCOLOR=white>Rain</BODY></HTML>",
    "a fragment": '<div class="story"><h1>Rain</h1><p>It rained on <b>Monday</b>.</p></div>',
    "paragraphs left open": "<p>It rained on Monday.\n<p>It rained on Tuesday.\n<p>Then it stopped.",
    "wrapped lines": "<p>\n" + "It rained on Monday, and on.\n" * 30 + "</p>\n",
    "lead text first": "Rain:\n<p>It rained on Monday.</p>\n<p>It rained on Tuesday as well.</p>",
    "old line breaks": "It rained.<br>It rained again.<br/>And again.<br />Then it stopped.",
    "cut in the middle": '<div id="page"><div class="story"><h1>Rain</h1><p>It rained on Monday.</p><p>It',
    "much script first": "<script>" + "var a = 1;\n" * 100 + "</script><p>It rained.</p>",
}
TEXT = {
    "no tags": "Rain is coming\n\nIt will rain on Monday.",
    "a tag once": "The <b> tag makes letters bold.",
    "an article about tags": (
        "How pages are made\n\nEach paragraph starts with <p> and ends with </p>, while <br> breaks a line.\n"
        "<div> holds a part of the page, and many writers close it with </div>.\n"
        "Links are written with <a>, pictures with <img>, and the whole stands in <html>.\n"
    ),
    "an article with a listing": (
        "A first page\n\nOpen your editor and write these lines, then save them under any name you like.\n\n"
        "<html>\n<body>\n<p>Hello</p>\n</body>\n</html>\n\n"
        "Now open the file in a browser. The greeting should appear. If it does not, look whether each tag\n"
        "is closed, and whether the file was saved as plain text. Then try to add a second paragraph.\n"
    ),
    "Markdown": (
        '<p align="center"><img src="logo.png"></p>\n\n# Rain\n\nA tool that tells **when** it will rain.\n\n'
        "Press <kbd>q</kbd> to leave. Water is H<sub>2</sub>O.\n\n- fast\n- small\n\n## Use\n\nrain now\n"
    ),
    "comparison signs": "if a < b and c > d then e <- f; x<p y>z",
    "e-mail": "From: Ann <ann@example.org>\nTo: Bob <bob@example.org>\n\nIt rains.\n",
    "escaped": "&lt;p&gt;It rains.&lt;/p&gt;",
}


@pytest.mark.parametrize("name", HTML)
def test_html(name: str) -> None:
    assert format_of_text(HTML[name]) == "html"
    assert kind_of(HTML[name].encode()) == "html"


@pytest.mark.parametrize("name", TEXT)
def test_text(name: str) -> None:
    assert format_of_text(TEXT[name]) == "text"
    assert kind_of(TEXT[name].encode()) == "text"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-8-sig"])
def test_wide_encodings_are_no_binary_files(encoding: str) -> None:
    assert kind_of(HTML["a page"].encode(encoding)) == "html"
    assert kind_of(TEXT["no tags"].encode(encoding)) == "text"


def test_a_stray_zero_byte_makes_no_binary_file() -> None:
    assert kind_of(b"Rain is coming\0 on Monday, and it will stay until the end of the week.") == "text"


def zipped(member: str, content: bytes = b"...") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(member, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF document"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG image"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "WebP image"),
        (b"\0\0\0 ftypisom\0\0\2\0", "MP4 video or audio"),
        (b"\x7fELF\2\1\1", "program"),
        (b"{\\rtf1\\ansi Rain}", "RTF document"),
        (zipped("page.html"), "ZIP archive"),
        (zipped("word/document.xml"), "Word document"),
        (zipped("mimetype", b"application/epub+zip"), "EPUB book"),
        (bytes(range(256)) * 4, "binary file"),
    ],
)
def test_other_kinds(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


@given(st.binary())
def test_any_bytes_are_something(data: bytes) -> None:
    assert kind_of(data)


@given(st.text(alphabet="<>/pbr! -a\n"))
def test_any_text_has_a_format(text: str) -> None:
    assert format_of_text(text) in ("text", "html")
