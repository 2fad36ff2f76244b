"""Pages in WARC and WET archives: response, resource and conversion records, and the damaged ones told."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import IO, Any

from ingest.batch.item import Failure, Item
from ingest.batch.tables import open_stream
from ingest.dates.relative import moment
from ingest.errors import InputError
from ingest.read.open import packing_of

_HTML = ("text/html", "application/xhtml+xml")
_GZIP = b"\x1f\x8b\x08"
_PLAIN = b"\nWARC/1."
_CHUNK = 2**20


def archived(name: str, shown: str, max_bytes: int, skipped: dict[str, int]) -> Iterator[Item | Failure]:
    """The pages of an archive; ``position`` is a record's offset in the file, packed as it is.

    Behind a damaged record reading goes on with the next that is whole. Raises InputError for what is no
    archive, OSError for what can't be read.
    """
    with _seekable(name) as file:
        start: int | None = 0
        any_record = False
        while start is not None:
            file.seek(start)
            try:
                for _, page in _records(file, start, shown, max_bytes, skipped):
                    any_record = True
                    if page is not None:
                        yield page
                break
            except _Damage as damage:
                start = _next_record(file, damage.at + 1)
                bad = damage.at if damage.here else _next_mark(file, damage.at + 1)
                if damage.here or bad != start:  # what begins at ``start`` is tried next, and told then
                    yield Failure(shown, bad, "broken-archive", "a damaged record")
        if not any_record:
            raise InputError("broken-archive", "no WARC record in it")


class _Damage(Exception):
    """A record at or (unless ``here``) somewhere behind an offset can't be read."""

    def __init__(self, at: int, here: bool) -> None:
        self.at, self.here = at, here


def _seekable(name: str) -> IO[bytes]:
    """The file; what is packed as a whole, or comes through a pipe, is unpacked into a temporary file."""
    if name != "-":
        file = open(name, "rb")
        if packing_of(file.peek(16)) in (None, "gzip") and file.seekable():
            return file
        file.close()
    import shutil
    import tempfile

    copy = tempfile.TemporaryFile()
    with open_stream(name) as stream:
        shutil.copyfileobj(stream, copy, _CHUNK)
    copy.seek(0)
    return copy


def _records(
    file: IO[bytes], base: int, shown: str, max_bytes: int, skipped: dict[str, int]
) -> Iterator[tuple[int, Item | Failure | None]]:
    """Offset and page (None for other records) of each record from the file's position on; raises _Damage."""
    from fastwarc.warc import ArchiveIterator

    at, here = base, True
    records = iter(ArchiveIterator(file, parse_http=False, fsspec_args=False))
    while True:
        try:
            record = next(records)
            at, here = record.stream_pos, True
            page = _page(record, at, shown, max_bytes, skipped)
        except StopIteration:
            return
        except (OSError, ValueError, EOFError, RuntimeError):
            raise _Damage(at, here) from None
        here = False
        yield at, page


def _page(record: Any, at: int, shown: str, max_bytes: int, skipped: dict[str, int]) -> Item | Failure | None:
    kind = (record.headers.get("WARC-Type") or "unknown").lower()
    if kind not in ("response", "resource", "conversion"):
        skipped[kind] = skipped.get(kind, 0) + 1
        return None
    if record.content_length > max_bytes:
        return Failure(shown, at, "too-large", f"holds more than {max_bytes:,} bytes")
    block = record.reader.read()
    if len(block) < record.content_length:
        return Failure(shown, at, "broken-archive", "the record is cut short")
    mime, charset = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower(), None
    if kind == "response" or mime.startswith("application/http"):
        status, mime, charset, block = _http(record, block)
        if not 200 <= status < 300:
            skipped[f"status {status}"] = skipped.get(f"status {status}", 0) + 1
            return None
    if mime and mime not in _HTML and mime != "text/plain":
        skipped[mime] = skipped.get(mime, 0) + 1
        return None
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ") or None
    format = "html" if mime in _HTML else "text" if mime else None
    if not block:
        return Failure(shown, at, "empty", "there is nothing in it")
    return Item(shown, at, block, format, url, _time(record.headers.get("WARC-Date")), charset)  # type: ignore[arg-type]


def _http(record: Any, block: bytes) -> tuple[int, str, str | None, bytes]:
    """Status, content type, charset and the decoded body of an HTTP response."""
    record.set_bytes_content(block)
    record.parse_http(auto_decode="all")
    headers = record.http_headers
    status = headers.status_code if headers is not None and headers.status_code else 200
    mime = (record.http_content_type or "").lower()
    return status, mime, record.http_charset, record.reader.read()


def _time(text: str | None) -> str | None:
    try:
        moment(text)
    except ValueError:
        return None
    return text


def _next_mark(file: IO[bytes], at: int) -> int | None:
    """The offset of what looks like the next record from a place on, whole or not."""
    return _next_record(file, at, whole=False)


def _next_record(file: IO[bytes], at: int, whole: bool = True) -> int | None:
    """The offset of the next record from a place on: a gzip member or a plain line that begins with WARC."""
    file.seek(0)
    packed = file.read(3) == _GZIP
    mark = _GZIP if packed else _PLAIN
    file.seek(at)
    offset, rest = at, b""
    while chunk := file.read(_CHUNK):
        window = rest + chunk
        place = window.find(mark)
        while place >= 0:
            found = offset - len(rest) + place
            if not packed:
                return found + 1
            if not whole or _begins_record(window[place : place + 4096]):
                return found
            place = window.find(mark, place + 1)
        offset += len(chunk)
        rest = window[-4096:] if packed else window[-len(mark) :]
        if len(chunk) < _CHUNK:
            break
    return None


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data, 8).startswith(b"WARC/")
    except zlib.error:
        return False
