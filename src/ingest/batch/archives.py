"""Pages in WARC and WET archives: response, resource and conversion records, and the damaged ones told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any, BinaryIO, NamedTuple, cast

from ingest.batch.item import Failure, Item
from ingest.batch.streams import Meter, head_of
from ingest.batch.tape import Member, Readable, Tape, members
from ingest.dates.relative import moment
from ingest.errors import InputError
from ingest.page import Format
from ingest.read.open import packing_of
from ingest.write.text import printable

_HTML = ("text/html", "application/xhtml+xml")
_PAGES = (*_HTML, "text/plain")
_RECORD = re.compile(rb"WARC/[0-9]\.[0-9]{1,2}\r\n")
_LONGEST_MARK = 12  # bytes of what _RECORD finds
_MOST_HEADER = 2**16
_MOST_KINDS = 100  # of records without a page that are counted apart
_END = b"\r\n\r\n"

Found = tuple[int, Item | Failure | None]  # an offset, and what the record there is: None for no page


class Archive(NamedTuple):
    """An archive to read: its name, the largest page taken, what counts the records that are no page."""

    name: str
    max_bytes: int
    meter: Meter

    def pages(self, file: IO[bytes]) -> Iterator[Item | Failure]:
        """The pages of an open archive, packed as it is, as a stream.

        ``position`` is a record's offset in the file, that of its gzip member or zstandard frame in a
        packed one; where one packing holds all records, the offset in what is unpacked. Behind a damaged
        record reading goes on with the next that is whole. Raises InputError for an empty file, OSError
        for one that can't be read.
        """
        packing = packing_of(head_of(file))
        found = self._records(file) if packing is None else self._packed(file, packing)
        any_record = False
        for at, page in found:
            any_record = True
            if page is not None:
                yield page._replace(position=at)
        if not any_record:
            raise InputError("empty", "there is no record in it")

    def _packed(self, file: IO[bytes], packing: str) -> Iterator[Found]:
        """The records of all members; the last of each waits for the member's checksum."""
        before: int | None = None  # bytes unpacked of earlier members, where one holds many records
        for number, member in enumerate(members(file, packing, b"WARC/")):
            if number == 0 and packing in ("bzip2", "xz"):
                before = 0
            last: Found | None = None
            for one in self._records(member):
                if last is not None:
                    if number == 0:
                        before = 0
                    yield _place(last, member, before)
                last = one
            if member.damaged and not (last is not None and isinstance(last[1], Failure)):
                last = (last[0] if last is not None else 0), self._damaged()
            if last is not None:
                yield _place(last, member, before)
            if before is not None:
                before += member.size

    def _records(self, stream: Readable) -> Iterator[Found]:
        """The records of an unpacked stream, with their offsets in it."""
        from fastwarc.warc import ArchiveIterator

        tape, told = Tape(stream), -1
        bad: int | None = 0  # where something is that can't be read
        while bad is not None:
            due = at = last = tape.tell()  # where the next must begin, where the one at hand and the last do
            bad = None
            try:
                for record in ArchiveIterator(cast("BinaryIO", tape), parse_http=False, fsspec_args=False):
                    if tape.bytes_at(due, record.stream_pos - due).strip():
                        break
                    at = last = record.stream_pos
                    end = _end_of_header(tape, at) + record.content_length
                    page = self._page(record)
                    if record.content_length <= self.max_bytes and not _ends_well(tape, end):
                        raise ValueError("a record of another length than it says")
                    told = at if isinstance(page, Failure) else told
                    yield at, page
                    due, at = end + len(_END), end + len(_END)
                if tape.tell() < due - len(_END):
                    bad = last
                elif tape.bytes_at(due, _MOST_HEADER).strip():
                    bad = due
            except (OSError, ValueError, EOFError, RuntimeError):
                bad = at
            except BaseException as error:
                if type(error).__name__ != "PanicException":  # fastwarc's own, from Rust
                    raise
                bad = at
            if bad is not None:
                if bad > told:
                    yield bad, self._damaged()
                    told = bad
                tape.back_to(bad + 1)
                if tape.find(_RECORD, _LONGEST_MARK) is None:
                    return

    def _damaged(self) -> Failure:
        return Failure(self.name, None, "broken-archive", "a damaged record")

    def _page(self, record: Any) -> Item | Failure | None:
        kind = (record.headers.get("WARC-Type") or "unknown").lower()
        url = (record.headers.get("WARC-Target-URI") or "").strip("<> ") or None
        if kind not in ("response", "resource", "conversion") or not _on_the_web(kind, url):
            return self._skip(kind)
        if record.content_length > self.max_bytes:
            return self._too_large()
        block = record.reader.read()
        if len(block) < record.content_length:
            return Failure(self.name, None, "broken-archive", "the record is cut short")
        mime, charset = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower(), None
        if kind == "response" or mime == "application/http":
            answer = _http(block, self.max_bytes)
            if not 200 <= answer.status < 300:
                return self._skip(f"status {answer.status}")
            mime, charset, block = answer.mime, answer.charset, answer.body
        if mime and mime not in _PAGES:
            return self._skip(mime)
        if len(block) > self.max_bytes:
            return self._too_large()
        if not block:
            return Failure(self.name, None, "empty", "there is nothing in it")
        format: Format | None = "html" if mime in _HTML else "text" if mime else None
        return Item(self.name, None, block, format, url, _time(record.headers.get("WARC-Date")), charset)

    def _skip(self, kind: str) -> None:
        skipped = self.meter.skipped
        skipped[kind if kind in skipped or len(skipped) < _MOST_KINDS else "other"] += 1

    def _too_large(self) -> Failure:
        return Failure(self.name, None, "too-large", f"holds more than {self.max_bytes:,} bytes")


def collected(file: IO[bytes], name: str, max_bytes: int, meter: Meter) -> Iterator[Item | Failure]:
    """The pages of the archives in a WACZ file, as browser crawlers write it: a ZIP with WARC files in it.

    Their name is NAME/archive/data.warc.gz. Raises InputError where there is none, or no ZIP.
    """
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(file) as zipped:
            inner = [one for one in zipped.namelist() if one.startswith("archive/") and ".warc" in one]
            for one in inner:
                with zipped.open(one) as archive:
                    yield from Archive(f"{name}/{printable(one)}", max_bytes, meter).pages(archive)
    except BadZipFile as error:
        raise InputError("broken-archive", f"no whole ZIP file: {error}") from None
    if not inner:
        raise InputError("empty", "there is no archive in it")


def _place(found: Found, member: Member, before: int | None) -> Found:
    """Give what was found in a member its place in the file, or in what is unpacked."""
    return (member.start if before is None else before) + found[0], found[1]


def _on_the_web(kind: str, url: str | None) -> bool:
    """Whether a record can be a page: wget and browser crawlers keep their own notes as resources.

    >>> _on_the_web("resource", "metadata://gnu.org/software/wget/warc/wget_arguments.txt")
    False
    """
    return kind != "resource" or url is None or url.lower().startswith(("http:", "https:", "ftp:", "file:"))


def _end_of_header(tape: Tape, at: int) -> int:
    for size in (2**10, _MOST_HEADER):
        end = tape.bytes_at(at, size).find(_END)
        if end >= 0:
            return at + end + len(_END)
    raise ValueError("a record whose header has no end")


def _ends_well(tape: Tape, end: int) -> bool:
    """Whether a record ends where it says: two line ends, or less before another record or the end of all."""
    behind = tape.bytes_at(end, 16)
    return behind.startswith(_END) or not behind.strip() or _RECORD.match(behind.lstrip()) is not None


class _Answer(NamedTuple):
    status: int
    mime: str
    charset: str | None
    body: bytes


def _http(block: bytes, max_bytes: int) -> _Answer:
    """An HTTP response. Crawlers keep headers that no longer tell how the body is packed: it is tried."""
    from fastwarc.warc import WarcRecord

    for decode in ("all", "none"):
        answer: Any = WarcRecord()
        answer.is_http = True
        answer.set_bytes_content(block)
        try:
            answer.parse_http(auto_decode=decode)
            body = answer.reader.read(max_bytes + 1)
            break
        except (OSError, ValueError, EOFError, RuntimeError):
            if decode == "none":
                raise
    status = answer.http_headers.status_code if answer.http_headers is not None else None
    return _Answer(status or 200, (answer.http_content_type or "").lower(), answer.http_charset, body)


def _time(text: str | None) -> str | None:
    try:
        moment(text)
    except ValueError:
        return None
    return text
