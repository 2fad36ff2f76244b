"""One page, the whole way: bytes -> lines -> labels -> record."""

from __future__ import annotations

from hashlib import sha256

from ingest.build import Reference, build_page
from ingest.errors import InputError
from ingest.label import label_lines
from ingest.page import DateOrder, Format, Page, Source, Warning
from ingest.read.decode import decode
from ingest.read.sniff import kind_of


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
) -> Page:
    """Reads one news page, flat text or HTML, into its article and its teasers.

    ``format`` is found from the content unless given; ``name`` and ``url`` say where the page came
    from; ``retrieved`` (when it was fetched) or ``now``, both ISO 8601, resolve "2 hours ago";
    ``date_order`` decides 04/05/2024 where the page itself does not; ``rest`` keeps all other lines.

    Raises InputError for data that is empty, binary or can't be decoded.

    >>> parse("Steep price", name="note.txt").article is None
    True
    """
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    kind = format or kind_of(raw)
    if kind not in ("text", "html"):
        raise InputError("binary", f"this is a {kind}, not a page of text or HTML")
    decoded = decode(raw, encoding="utf-8" if isinstance(data, str) else encoding, html=kind == "html")
    metadata = None
    if kind == "html":
        from ingest.read.html import parse_tree, tree_lines
        from ingest.read.metadata import page_metadata

        tree = parse_tree(decoded.text)
        lines = tree_lines(tree) if tree is not None else []
        metadata = page_metadata(tree, url) if tree is not None else None
    else:
        from ingest.read.text import text_lines

        lines = text_lines(decoded.text)
    source = Source(
        name=name,
        format="html" if kind == "html" else "text",
        encoding=decoded.encoding,
        sha256=sha256(raw).hexdigest(),
        url=url or (metadata.url if metadata is not None else None),
        retrieved=retrieved,
    )
    labels = label_lines(lines, metadata)
    page = build_page(lines, labels, source, metadata, Reference(retrieved or now, date_order), rest)
    return _warned(page, decoded.warnings)


def _warned(page: Page, warnings: tuple[Warning, ...]) -> Page:
    from dataclasses import replace

    return replace(page, warnings=warnings + page.warnings) if warnings else page
