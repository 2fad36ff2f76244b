"""What the bytes are, told by what they hold and never by a name: HTML, text, or something else."""

from __future__ import annotations

import re

from ingest.page import Format
from ingest.read.decode import wide_codec

_PREFIX = 65_536

# The first bytes of what can't be read as a page.
_MAGIC = (
    (b"\x89PNG\r\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"II*\0", "TIFF image"),
    (b"MM\0*", "TIFF image"),
    (b"\0\0\1\0", "icon"),
    (b"8BPS", "Photoshop image"),
    (b"%!PS", "PostScript file"),
    (b"{\\rtf", "RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word document or other old Office file"),
    (b"PK\5\6", "ZIP archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"\x1f\x8b", "gzip archive"),
    (b"\xfd7zXZ\0", "xz archive"),
    (b"\x28\xb5\x2f\xfd", "zstandard archive"),
    (b"\x04\x22\x4d\x18", "LZ4 archive"),
    (b"!<arch>\n", "ar archive"),
    (b"ID3", "MP3 audio"),
    (b"OggS", "Ogg audio or video"),
    (b"fLaC", "FLAC audio"),
    (b"\x1a\x45\xdf\xa3", "Matroska or WebM video"),
    (b"FLV\x01", "Flash video"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\0", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\0asm", "WebAssembly module"),
    (b"SQLite format 3\0", "SQLite database"),
    (b"PAR1", "Parquet file"),
    (b"ORC\0", "ORC file"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"OTTO\0", "font"),
    (b"\0\1\0\0\0", "font"),
    (b"bplist00", "Apple property list"),
    (b"AT&TFORM", "DjVu document"),
)
# What a ZIP archive is, by names of its members, which stand in it unpacked.
_ZIPPED = (
    (b"application/epub+zip", "EPUB book"),
    (b"application/vnd.oasis.opendocument", "OpenDocument file"),
    (b"word/", "Word document"),
    (b"xl/", "Excel workbook"),
    (b"ppt/", "PowerPoint presentation"),
)
_RIFF = {b"WEBP": "WebP image", b"WAVE": "WAV audio", b"AVI ": "AVI video"}
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\b\x1b")) + b"\x7f"
_MOST_CONTROLS = 0.02  # share of control characters from which on bytes are no text

_TAG_NAMES = (
    "a|abbr|address|article|aside|b|blockquote|body|br|button|center|cite|code|dd|div|dl|dt|em|figcaption|figure|"
    "font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|label|li|link|main|meta|nav|noscript|ol|"
    "option|p|picture|pre|script|section|select|small|source|span|strong|style|sub|sup|svg|table|tbody|td|th|"
    "thead|time|title|tr|u|ul|video"
)
# "<p>", "</div>", "<br/>", '<a href="…">'; compiled when a text holds "<"
_TAG = rf"(?i)<(/?)({_TAG_NAMES})(?:\s[^<>]{{0,2000}})?/?>"
_PAGE_START = r"(?i)<!doctype html|<\?xml\s|<(?:html|head|body)[\s>]"
_PAIRLESS = ("br", "hr", "img", "input", "link", "meta", "source")
_SELF_CLOSING = ("p", "li", "dd", "dt", "td", "th", "tr", "option")  # their end tags may be left out
_LEAST_COVERED = 0.6


def kind_of(data: bytes) -> str:
    """What the bytes are: "html", "text", or the name of another kind, for people: "PNG image".

    >>> kind_of(b"%PDF-1.7 ..."), kind_of(b"<!doctype html><title>A</title>"), kind_of(b"Rain is coming")
    ('PDF document', 'html', 'text')
    """
    return _magic_kind(data) or _text_kind(data)


def _magic_kind(data: bytes) -> str | None:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(b"PK\3\4"):
        return next((kind for name, kind in _ZIPPED if name in data[:_PREFIX]), "ZIP archive")
    if data.startswith(b"RIFF"):
        return _RIFF.get(data[8:12])
    if data[4:8] == b"ftyp":
        return "AVIF or HEIC image" if data[8:12] in (b"avif", b"heic", b"mif1") else "MP4 video or audio"
    if data[257:262] == b"ustar":
        return "tar archive"
    if data[60:68] == b"BOOKMOBI":
        return "Kindle book"
    if b"%PDF-1." in data[:1024] or data.startswith(b"%PDF-"):
        return "PDF document"
    return None


def _text_kind(data: bytes) -> str:
    prefix = data[:_PREFIX]
    if prefix.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        codec: str | None = "utf-32"
    elif prefix.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec = "utf-16"
    else:
        codec = wide_codec(prefix)
    if codec is not None:
        return format_of_text(prefix.decode(codec, "replace"))
    controls = len(prefix) - len(prefix.translate(None, _CONTROLS))
    if controls > _MOST_CONTROLS * len(prefix):
        return "binary file"
    return format_of_text(prefix.removeprefix(b"\xef\xbb\xbf").decode("latin-1"))


def format_of_text(text: str) -> Format:
    """Is the text HTML? It is when it begins as a page does, or when elements hold most of it.

    Tags that the prose talks about ("the <b> tag"), a listing of HTML in an article and a little
    HTML in Markdown leave most of the text outside of elements.

    >>> format_of_text("<p>Rain is coming.</p>"), format_of_text("The <b> tag makes letters bold.")
    ('html', 'text')
    """
    text = text[:_PREFIX]
    if "<" not in text:
        return "text"
    start = _without_comments(text)
    if re.match(_PAGE_START, start):
        return "html"
    return "html" if _covered(start) >= _LEAST_COVERED or _broken_by_tags(start) else "text"


def _without_comments(text: str) -> str:
    """What follows the white space, byte order marks and comments at the start."""
    at = 0
    while True:
        while at < len(text) and (text[at].isspace() or text[at] == "\ufeff"):
            at += 1
        if not text.startswith("<!--", at):
            return text[at:]
        end = text.find("-->", at)
        if end < 0:
            return ""
        at = end + 3


def _covered(text: str) -> float:
    """The share of the text that lies within elements, which begin a line or follow another tag."""
    open_at: dict[str, list[int]] = {}
    spans: list[tuple[int, int]] = []
    last_end = 0
    for match in re.finditer(_TAG, text):
        name, start, end = match[2].lower(), match.start(), match.end()
        before = text[max(last_end, start - 200) : start].rstrip(" \t")
        placed = (before == "" and (start == 0 or start - last_end <= 200)) or before.endswith("\n")
        last_end = end
        starts = open_at.setdefault(name, [])
        if match[1]:
            if starts:
                spans.append((starts.pop(), end))
        elif name in _PAIRLESS:
            spans.append((start, end))
        elif placed:
            if name in _SELF_CLOSING and starts:
                spans.append((starts.pop(), start))
            starts.append(start)
            spans.append((start, end))  # perhaps its end lies beyond the prefix
    covered = reached = 0
    for start, end in sorted(spans):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    return covered / len(text.rstrip()) if covered else 0.0


def _broken_by_tags(text: str) -> bool:
    """Lines that end in <br>, as old pages have them, and as many of these as of real line ends."""
    breaks = len(re.findall(r"(?i)<br\s?/?>", text))
    return breaks >= 3 and breaks >= 0.8 * len(text.split("\n"))
