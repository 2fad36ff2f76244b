"""One page, the whole way: bytes -> lines -> labels -> record."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ingest.build import Reference, build_page
from ingest.build.publisher import renamed
from ingest.dates.relative import moment
from ingest.errors import InputError
from ingest.label import label_lines
from ingest.line import BODY, MAX_LINES, Label, Line
from ingest.page import DateOrder, Format, Page, Source, Warning
from ingest.read.decode import Decoded, decode, decode_text
from ingest.read.open import unpack
from ingest.read.sniff import format_of_text, kind_of
from ingest.vocabulary import plain

if TYPE_CHECKING:
    from ingest.read.metadata import Metadata


def parse(
    data: bytes | str,
    format: Format | None = None,
    name: str = "-",
    url: str | None = None,
    retrieved: str | None = None,
    now: str | None = None,
    date_order: DateOrder | None = None,
    *,
    encoding: str | None = None,
    rest: bool = False,
    publishers: Mapping[str, str] = {},
    max_lines: int = MAX_LINES,
) -> Page:
    """Reads one news page, flat text or HTML, into its article and its teasers.

    ``data`` may be packed (gz, zst, bz2, xz).
    ``format`` is found from the content unless given; ``name`` and ``url`` say where the page came
    from; ``retrieved`` (when it was fetched) or else ``now``, both ISO 8601, resolve "2 hours ago";
    ``date_order`` decides 04/05/2024 where the page itself does not; ``rest`` keeps all other lines;
    ``publishers`` gives publishers the names you want, by their host ("roe.example") or printed
    name; ``max_lines`` is how many lines a page may have.

    Raises InputError for data that is empty, binary, too large or can't be decoded, and for options
    that are no time, order, format or encoding.

    >>> parse("Steep price", name="note.txt").article is None
    True
    """
    _check(format, date_order, retrieved, now)
    return assemble(
        prepare(data, format, name, url, retrieved, encoding=encoding, max_lines=max_lines),
        reference=Reference(retrieved or now, date_order),
        rest=rest,
        publishers=publishers,
    )


class Prepared(NamedTuple):
    """A page as lines, before it is known what each of them is."""

    lines: list[Line]
    metadata: Metadata | None
    source: Source
    warnings: tuple[Warning, ...]


def prepare(
    data: bytes | str,
    format: Format | None = None,
    name: str = "-",
    url: str | None = None,
    retrieved: str | None = None,
    *,
    position: int | None = None,
    encoding: str | None = None,
    max_lines: int = MAX_LINES,
) -> Prepared:
    """The lines of a page and what its head says; the arguments are those of `parse`.

    ``position`` is the page's place in a container. Raises InputError as `parse` does.
    """
    utf8: bytes | None = None
    if isinstance(data, str):
        try:
            raw = utf8 = data.encode()
        except UnicodeEncodeError:  # lone surrogates, which `decode_text` replaces
            raw = data.encode("utf-8", "surrogatepass")
    else:
        data = raw = unpack(data)
    if not raw:
        raise InputError("empty", "there is nothing in it")
    kind, decoded = _decoded(data, utf8, format, encoding)
    lines, metadata = _lines(kind, decoded, url, max_lines)
    source = Source(
        name=name,
        position=position,
        format=kind,
        encoding=decoded.encoding,
        sha256=_digest(raw),
        url=url or (metadata.url if metadata is not None else None),
        retrieved=retrieved,
    )
    return Prepared(lines, metadata, source, decoded.warnings)


def assemble(
    page: Prepared,
    *,
    reference: Reference,
    rest: bool = False,
    repeated: Container[str] = frozenset(),
    publishers: Mapping[str, str] = {},
) -> Page:
    """Labels the lines and puts the record together.

    ``repeated`` are texts (as `ingest.vocabulary.plain` makes them) that stand on many pages of this
    publisher, and so in no article. ``publishers`` is as `parse` takes it.
    """
    labels = label_lines(page.lines, page.metadata)
    if repeated:
        labels = [
            Label.CHROME if label in _OWN and plain(line.text) in repeated else label
            for line, label in zip(page.lines, labels, strict=True)
        ]
    built = build_page(page.lines, labels, page.source, page.metadata, reference, page.warnings, rest)
    return renamed(built, publishers) if publishers else built


_OWN = BODY | {Label.HEADLINE, Label.DECK}  # what no two stories of a publisher share


def _digest(raw: bytes) -> str:
    """The page's SHA-256. hashlib loads OpenSSL, which takes longer than to hash a short page without it."""
    return str((_sha256_alone() if len(raw) < _SHORT else _sha256())(raw).hexdigest())


@lru_cache(maxsize=1)
def _sha256_alone() -> Callable[[bytes], Any]:
    for home in ("_sha2", "_sha256"):  # CPython 3.12 and up, and before
        try:
            found: Callable[[bytes], Any] = __import__(home).sha256
        except ImportError:
            continue
        return found
    return _sha256()


def _sha256() -> Callable[[bytes], Any]:
    from hashlib import sha256

    return sha256


_SHORT = 50_000  # bytes
_LARGE = 1_000_000  # characters of a page whose tree takes what is worth giving back: four times as much


def _check(format: str | None, order: str | None, retrieved: str | None, now: str | None) -> None:
    if format not in (None, "text", "html"):
        raise InputError("bad-option", f"{format!r} is no format: text or html")
    if order not in (None, "DMY", "MDY", "YMD"):
        raise InputError("bad-option", f"{order!r} is no order of a date: DMY, MDY or YMD")
    for time in (retrieved, now):
        try:
            moment(time)
        except ValueError:
            raise InputError("bad-option", f"{time!r} is no ISO 8601 time") from None


def _decoded(
    data: bytes | str, utf8: bytes | None, format: Format | None, encoding: str | None
) -> tuple[Format, Decoded]:
    """The page's text and what it is written in; text that comes decoded is taken as it is.

    ``utf8`` are the bytes of such a text, where it has any: to encode a page takes as long as its checksum.
    """
    if isinstance(data, str):
        return format or format_of_text(data), decode_text(data, utf8)
    kind = kind_of(data)
    if kind not in ("text", "html"):
        raise InputError("binary", f"this is a {kind}, not a page of text or HTML")
    form: Format = format or ("html" if kind == "html" else "text")
    return form, decode(data, encoding=encoding, html=form == "html")


def _lines(kind: Format, page: Decoded, url: str | None, most: int) -> tuple[list[Line], Metadata | None]:
    if kind == "text":
        from ingest.read.dumps import dump_lines

        return dump_lines(page.text, most), None
    from ingest.read.compiled import tree as compiled
    from ingest.read.html import parse_tree, tree_lines
    from ingest.read.metadata import page_metadata

    tree = parse_tree(page.text, page.raw)
    if tree is None:
        return [], None
    lines, metadata = tree_lines(tree, most), page_metadata(tree, url)
    if compiled and len(page.text) > _LARGE:
        del tree
        compiled.give_back()
    return lines, metadata
