"""The hostile pages of ``tests/hostile.py``: what makes their bytes at any size, and what must be seen of them."""

# ruff: noqa: E501

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable
from typing import NamedTuple

MB = 2**20


class Case(NamedTuple):
    """An input: its name in the table, what makes its bytes at a size, the sizes, what must be seen."""

    name: str
    make: Callable[[int], bytes]
    full: int
    short: int
    sees: str  # a pattern of `Result.told`


def fill(unit: str | bytes, size: int) -> bytes:
    """The unit over and over, in so many bytes or a little more."""
    data = unit.encode("utf-8", "surrogatepass") if isinstance(unit, str) else unit
    return data * -(-size // len(data))


def html(inside: bytes) -> bytes:
    return b"<!DOCTYPE html><html><head><title>Rain</title></head><body>" + inside


RECORD = "^1 record$"
TOO_LARGE = "holds more than 64 MB"
TOO_MANY = "has more than 50,000 lines"
STORY = (
    "The harbour board has agreed to pay for a second crane, its chairman said. Work will begin in June.\n\n"
    "“We shall see,” he said. The café at the pier will stay open until then, as it has for forty years.\n\n"
)


def packed_zeros(size: int) -> bytes:
    """As many zeros in gzip, a hundredth of a per cent of them."""
    return gzip.compress(bytes(size // 100)) * 100


def layers(size: int) -> bytes:
    data = STORY.encode() * size
    for pack in (gzip.compress, bz2.compress, lzma.compress, gzip.compress):
        data = pack(data)
    return data


def zipped(size: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("page.html", bytes(size))
    return gzip.compress(file.getvalue())


def tarred(size: int) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        entry = tarfile.TarInfo("page.txt")
        entry.size = size
        archive.addfile(entry, io.BytesIO(bytes(size)))
    return file.getvalue()


def entity_bomb(size: int) -> bytes:
    """The billion laughs, as XHTML."""
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(size))
    head = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "ha">{entities}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    return (head + f"<html><body><p>&a{size};</p><p>&f;</p><p>Rain.</p></body></html>").encode()


def words_of_classes(depth: int) -> bytes:
    """Each element has class words of its own, and stands in all others."""
    names = (
        "abcdefghijklmnopqrstuvwxyz"[n % 26] + chr(97 + n // 26 % 26) + chr(97 + n // 676)
        for n in range(10**6)
    )
    return html(b"".join(
        b"<div class='%s'>" % " ".join(next(names) for _ in range(90)).encode() for _ in range(min(depth, 2000))
    ) + b"<p>Rain</p>" * 10 * depth)  # fmt: skip


CASES = [
    Case("one line of 100 MB", lambda n: fill("The ferry left. ", n), 100 * MB, 70 * MB, TOO_LARGE),
    Case("one line of 60 MB, sentences", lambda n: fill("The ferry left. ", n), 60 * MB, MB, TOO_MANY),
    Case("one line of 60 MB, one word", lambda n: fill("x", n), 60 * MB, MB, RECORD),
    Case("one line of 60 MB, one word in 400 letters", lambda n: fill("x" * 400 + " ", n), 60 * MB, MB, RECORD),
    Case("5,000,000 short lines", lambda n: fill("a b\n", 4 * n), 5_000_000, 100_000, TOO_MANY),
    Case("50,000 short lines", lambda n: fill("a b\n", 4 * n), 49_999, 5_000, RECORD),
    Case("one short line 50,000 times", lambda n: fill("Read more about rain\n", 21 * n), 49_999, 25_000, RECORD),
    Case("60 MB of line ends", lambda n: b"a" + fill("\n", n), 60 * MB, MB, TOO_MANY),
    Case("40,000 teasers", lambda n: fill("Steep price\n3 May 2024\n", n * 24), 20_000, 2_000, RECORD),
    Case("1,000,000 nested elements", lambda n: html(b"<div>" * n + b"Rain"), 1_000_000, 20_000, "more than 10,000 others"),
    Case("9,000 nested elements", lambda n: html(b"<div>" * n + b"Rain" + b"</span>" * n), 9_000, 3_000, RECORD),
    Case("1,000,000 nested tables", lambda n: html(b"<table><tr><td>" * n + b"Rain"), 1_000_000, 20_000, "more than 10,000 others"),
    Case("2,000 open elements, 60 MB of end tags", lambda n: html(b"<b>" * 2000 + fill("</i>", n) + b"<p>Rain"), 20 * MB, 100_000, "^1 record$|longer than 60 sec"),
    Case("10 MB of <", lambda n: fill("<", n), 10 * MB, MB, RECORD),
    Case("10 MB of < as HTML", lambda n: html(fill("<", n)), 10 * MB, MB, RECORD),
    Case("60 MB of <a", lambda n: html(fill("<a", n)), 60 * MB, MB, RECORD),
    Case("100,000 attributes", lambda n: html(b"<p " + b" ".join(b"a%d=1" % i for i in range(n)) + b">Rain</p>"), 100_000, 20_000, RECORD),
    Case("1,000,000 attributes", lambda n: html(b"<p " + b" ".join(b"a%d=1" % i for i in range(n)) + b">Rain</p>"), 1_000_000, 40_000, RECORD),
    Case("1,000,000 attributes with > and < in them", lambda n: html(b"<p " + b"".join(b"a%d='<>'" % i for i in range(n)) + b">Rain</p>"), 1_000_000, 40_000, RECORD),
    Case("1,000 tags of 1,000 attributes", lambda n: html(b"<p " .join([b""] + [b" ".join(b"a%d" % i for i in range(1000)) + b">Rain</p>"] * n)), 1_000, 100, RECORD),
    Case("class words without end", words_of_classes, 4_000, 300, RECORD),
    Case("60 MB of class words", lambda n: html(b"<p class='" + fill("aB ", n) + b"'>Rain"), 60 * MB, MB, RECORD),
    Case("60 MB of NUL", lambda n: bytes(n), 60 * MB, MB, "binary file"),
    Case("a story with NULs", lambda n: fill(STORY.replace(" ", " \0", 3), n), 2 * MB, 100_000, RECORD),
    Case("60 MB of random bytes", lambda n: random.Random(7).randbytes(n), 60 * MB, MB, "binary file"),
    Case("60 MB of bytes FF", lambda n: fill(b"\xff", n), 60 * MB, MB, "record|unknown"),
    Case("invalid UTF-8", lambda n: fill(STORY.encode() * 9 + STORY.encode().replace(b"\xa9", b"\xff"), n), 2 * MB, 100_000, RECORD),
    Case("lone surrogates in UTF-8", lambda n: fill(STORY * 9 + "\ud83d here\n", n), 2 * MB, 100_000, RECORD),
    *(
        Case(f"{codec}{', cut in a character' * cut}", lambda n, c=codec, cut=cut: fill(STORY, n).decode().encode(c)[: -1 if cut else None], 2 * MB, 50_000, RECORD)
        for codec in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
        for cut in (False, True)
    ),
    Case("declared as UTF-16 and is none", lambda n: b'<?xml version="1.0" encoding="utf-16"?>' + html(fill(f"<p>{STORY}", n)), MB, 50_000, RECORD),
    Case("declared as a nonsense charset", lambda n: b'<meta charset="base64">' + html(fill(f"<p>{STORY}", n)), MB, 50_000, RECORD),
    Case("declared as UTF-7", lambda n: b'<meta charset="utf-7">' + html(fill("<p>+ADw-script+AD4- Rain.", n)), MB, 50_000, RECORD),
    Case("bidirectional controls", lambda n: fill("\u202eRain \u2066is\u2069 coming\u202c.\n", n), MB, 50_000, RECORD),
    Case("60 MB of zero-width characters", lambda n: fill("\u200b\u200c\u200d\u2060\ufeff", n), 60 * MB, MB, RECORD),
    Case("a zero-width character in each place", lambda n: fill("R\u200ba\u200ci\u200dn\u2060\ufeff ", n), 10 * MB, 100_000, "^1 record$|50,000 lines"),
    Case("10 MB of combining marks on a letter", lambda n: b"a" + fill("\u0301\u0323", n), 10 * MB, MB, RECORD),
    Case("mojibake without end", lambda n: fill("Itâ€™s raining. ", n), 10 * MB, MB // 8, "record|50,000 lines"),
    Case("mojibake in one word", lambda n: fill("Ã©", n), 10 * MB, MB, RECORD),
    Case("10 GB of zeros in 10 MB of gzip", packed_zeros, 10_000 * MB, 200 * MB, TOO_LARGE),
    Case("xz in 100 MB of zeros", lambda n: lzma.compress(bytes(n)), 100 * MB, 70 * MB, TOO_LARGE),
    Case("packed four times", layers, 10_000, 100, "packed more than"),
    Case("a ZIP in gzip", zipped, 100 * MB, MB, "ZIP archive, not a page"),
    Case("a tar in gzip", tarred, 10 * MB, MB, "tar archive, not a page"),
    Case("gzip cut short", lambda n: gzip.compress(random.Random(7).randbytes(n))[:-9], MB, MB, "end too soon"),
    Case("gzip with a flipped bit", lambda n: bytes(b ^ (i == n // 3) for i, b in enumerate(gzip.compress(STORY.encode() * n))), 300, 300, "damaged|end too soon"),
    Case("10 MB of (", lambda n: fill("(", n), 10 * MB, MB, RECORD),
    Case("lines of (", lambda n: fill("(" * 2000 + "\n", n), 10 * MB, 100_000, RECORD),
    Case("lines of spaces by the 100,000", lambda n: fill("Rain" + " " * 100_000 + "Sun\n", n), 20 * MB, MB, RECORD),
    Case("lines of no-break spaces by the 100,000", lambda n: fill("Rain" + "\xa0" * 100_000 + "Sun\n", n), 20 * MB, MB, RECORD),
    Case("lines of digits and slashes", lambda n: fill("1/2/" * 400 + "\n", n), 4 * MB, 100_000, RECORD),
    Case("lines of dates", lambda n: fill("1 Jan 2024 " * 100 + "\n", n), 10 * MB, 100_000, RECORD),
    Case("lines of times", lambda n: fill("12:34 " * 200 + "\n", n), 2 * MB, 100_000, RECORD),
    Case('lines of "a, b, c"', lambda n: fill("a, b, c, " * 200 + "\n", n), 10 * MB, 100_000, RECORD),
    Case("lines of capitals and commas", lambda n: fill("PARIS, LONDON, ROME, " * 60 + "(Reuters) - It\n", n), 10 * MB, 100_000, RECORD),
    Case('lines of "By Jane Roe and …"', lambda n: fill("By " + "Jane Roe and " * 80 + "\n", n), 10 * MB, 100_000, RECORD),
    Case("quotation marks that never close", lambda n: fill("“‘\"'«„" * 200 + "\n", n), 10 * MB, 100_000, RECORD),
    Case("Markdown brackets", lambda n: b"# Rain\n\n" + fill("[a](b [", n), 10 * MB, 100_000, RECORD),
    Case("Markdown links in links", lambda n: b"# Rain\n\n" + fill("[", n // 2) + fill("](x)", n // 2), 2 * MB, 100_000, RECORD),
    Case("Markdown emphasis", lambda n: b"# Rain\n\n" + fill("**a _b ~~c ", n), 4 * MB, 100_000, RECORD),
    Case("link marks of a browser's dump", lambda n: fill("[1]Rain [2]Sun ", n) + b"\n\nReferences\n\n   1. https://star.example/\n", 10 * MB, 100_000, "^1 record$|50,000 lines"),
    Case("10 MB of references to characters", lambda n: fill("&lt;&#60;&#x3c;&nbsp;", n), 10 * MB, MB, RECORD),
    Case("10 MB of &", lambda n: fill("&", n), 10 * MB, MB, RECORD),
    Case("an entity bomb", entity_bomb, 60, 60, RECORD),
    Case("10 MB of SVG and MathML", lambda n: html(fill("<svg><foreignObject><p>Rain<math><mi>x<annotation-xml><p>Sun</svg>", n)), 10 * MB, 100_000, RECORD),
    Case("10 MB of comments that never close", lambda n: html(fill("<!-- <p>Rain", n)), 10 * MB, 100_000, RECORD),
    Case("10 MB of script starts", lambda n: html(fill("<script>Rain", n)), 10 * MB, 100_000, RECORD),
    Case("JSON-LD of brackets", lambda n: html(b'<script type="application/ld+json">' + fill("[", n) + b"</script><p>Rain"), MB, 100_000, RECORD),
    Case("JSON-LD of 100,000 authors", lambda n: html(b'<script type="application/ld+json">{"@type":"NewsArticle","author":[' + b'{"name":"Jane Roe"},' * n + b"{}]}</script>" + b"<p>By Jane Roe. It rains.</p>" * 500), 90_000, 1_000, RECORD),
    Case("50,000 elements of metadata", lambda n: html(b"".join(b'<meta name="author" content="Jane Roe %d">' % i for i in range(n)) + b"<p>By Jane Roe. It rains.</p>" * 500), 50_000, 500, RECORD),
    Case("an address of 10 MB", lambda n: html(b'<base href="http://[' + b"a" * n + b'"><p><a href="b">Rain is coming</a>'), 10 * MB, 100_000, RECORD),
    Case("an empty file", lambda n: b"", 0, 0, "the file is empty"),
    Case("white space only", lambda n: fill(" \n\t\u3000", n), MB, 100_000, "record|50,000 lines"),
    Case("a PNG image", lambda n: b"\x89PNG\r\n\x1a\n" + bytes(n), MB, 1000, "PNG image"),
]  # fmt: skip
