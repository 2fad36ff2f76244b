"""What of a run is done for good: a line for each commit, so that a run that ended early can go on.

The data of a commit are on disk before the line that tells of them; a line has a checksum, and one that
was cut short tells nothing. The first line is the run's fingerprint: another run's journal is refused.
"""

from __future__ import annotations

import json
import os
import zlib
from typing import IO, Any

JOURNALS = (".journal", ".journal.new")


class Journal:
    """The journal beside an output; its file is locked while a run writes to it."""

    def __init__(self, output: str) -> None:
        self.path, self._new = (output + suffix for suffix in JOURNALS)
        self._file: IO[bytes] | None = None

    def last(self, fingerprint: str) -> dict[str, Any] | None:
        """The state at the last commit, None without one. Raises ValueError for another run's journal."""
        try:
            with open(self.path, "rb") as file:
                entries = (entry for line in file if (entry := _entry(line)) is not None)
                first = last = next(entries, None)
                for entry in entries:
                    last = entry
        except FileNotFoundError:
            return None
        if first is None:
            return None
        if first.get("fingerprint") != fingerprint:
            raise ValueError("its inputs have changed, or it began with other options")
        return last if last is not first else None

    def begin(self, fingerprint: str, state: dict[str, Any] | None) -> None:
        """Start the journal anew, from a state if a run goes on; BlockingIOError if another is at it."""
        if os.path.exists(self.path):
            with open(self.path, "r+b") as old:
                _lock(old.fileno())
        self._file = file = open(self._new, "wb", buffering=0)
        _lock(file.fileno())
        file.write(_line({"fingerprint": fingerprint}) + (_line(state) if state is not None else b""))
        os.fsync(file.fileno())
        os.replace(self._new, self.path)
        sync_folder(self.path)

    def commit(self, state: dict[str, Any]) -> None:
        """Note that everything up to a state is on disk."""
        assert self._file is not None, "begin comes first"
        self._file.write(_line(state))
        os.fsync(self._file.fileno())

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def remove(self) -> None:
        """The run is done: nothing is left to go on with."""
        self.close()
        os.unlink(self.path)


def _lock(file: int) -> None:
    try:
        import fcntl
    except ImportError:  # no such locks on this system
        return
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _line(entry: dict[str, Any]) -> bytes:
    text = json.dumps(entry, separators=(",", ":")).encode()
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _entry(line: bytes) -> dict[str, Any] | None:
    checksum, _, text = line.rstrip(b"\n").partition(b" ")
    try:
        if not line.endswith(b"\n") or int(checksum, 16) != zlib.crc32(text):
            return None
        entry = json.loads(text)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None


def sync_folder(path: str) -> None:
    """A file's new name is safe when its folder is on disk."""
    if os.name != "posix":
        return
    folder = os.open(os.path.dirname(os.path.abspath(path)), os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
