"""What of a run is done for good: a line for each commit, so that a run that ended early can go on.

The data of a commit are on disk before the line that tells of them; a line has a checksum, and one that
was cut short tells nothing. The first line is the run's fingerprint: another run's journal is refused.
"""

from __future__ import annotations

import json
import os
import zlib
from typing import Any


class Journal:
    """The journal beside an output. ``path`` is its file's name."""

    def __init__(self, path: str) -> None:
        self.path = path

    def last(self, fingerprint: str) -> dict[str, Any] | None:
        """The state at the last commit, None without one. Raises ValueError for another run's journal."""
        try:
            with open(self.path, "rb") as file:
                lines = [entry for line in file if (entry := _entry(line)) is not None]
        except FileNotFoundError:
            return None
        if not lines:
            return None
        if lines[0].get("fingerprint") != fingerprint:
            raise ValueError("it belongs to a run with other inputs or options")
        return lines[-1] if len(lines) > 1 else None

    def begin(self, fingerprint: str, state: dict[str, Any] | None) -> None:
        """Start the journal anew, from a state if a run goes on."""
        temporary = self.path + ".new"
        with open(temporary, "wb") as file:
            file.write(_line({"fingerprint": fingerprint}))
            if state is not None:
                file.write(_line(state))
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, self.path)
        sync_folder(self.path)
        self._file = open(self.path, "ab", buffering=0)

    def commit(self, state: dict[str, Any]) -> None:
        """Note that everything up to a state is on disk."""
        self._file.write(_line(state))
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()

    def remove(self) -> None:
        """The run is done: nothing is left to go on with."""
        self.close()
        os.unlink(self.path)


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
