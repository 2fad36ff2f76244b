"""Where records go: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress

from ingest.write.text import one_line, printable, utf_8


def open_output(path: str | None) -> StandardOutput | OpenFile | WholeFile:
    """The output that a user named with ``-o``, as a context manager; raises ``OSError`` on entry.

    ``None`` and "-" are standard output. What is there and is no regular file (a device, a named
    pipe) is written as it comes: to put a file in the place of /dev/null would be a disaster.
    """
    if path is None or path == "-":
        return StandardOutput()
    path = os.path.realpath(path)
    try:
        special = not stat.S_ISREG(os.stat(path).st_mode)
    except FileNotFoundError:
        special = False
    return OpenFile(path) if special else WholeFile(path)


def print_text(text: str) -> int:
    """Print to standard output and return the exit status, as every command should."""
    try:
        with StandardOutput() as out:
            out.write(text)
    except OSError as error:
        return failed("standard output", error)
    return 0


def failed(name: str, error: OSError) -> int:
    """The exit status for an output that could not be written, after a line about it.

    A reader that has gone away (``ingest parse pages/* | head -1``) is no error to speak of: 141
    is what a shell shows for a program that the closed pipe ended.
    """
    if isinstance(error, BrokenPipeError):
        return 141
    complain(name, error.strerror or str(error))
    return 1


def complain(name: str, reason: str) -> None:
    """Print ``ingest: NAME: reason``, on one line, to standard error."""
    if sys.stderr is None:
        return
    with suppress(OSError):  # nobody is left to be told
        print(f"ingest: {one_line(printable(name))}: {one_line(reason)}", file=sys.stderr, flush=True)


class StandardOutput:
    """Standard output in UTF-8, whatever the locale says; each text is passed on at once."""

    def __enter__(self) -> StandardOutput:
        if sys.stdout is None:
            raise OSError(errno.EBADF, "is closed")
        self.terminal = sys.stdout.isatty()
        return self

    def write(self, text: str) -> None:
        try:
            sys.stdout.buffer.write(utf_8(text))
            sys.stdout.buffer.flush()
        except OSError:
            # Python flushes once more when it ends, and would then complain a second time.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise

    def __exit__(self, *exception: object) -> None:
        pass


class OpenFile:
    """A device or a named pipe, which takes what comes."""

    terminal = False

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> OpenFile:
        self._file = open(self._path, "wb", buffering=0)
        return self

    def write(self, text: str) -> None:
        rest = memoryview(utf_8(text))
        while rest:
            rest = rest[self._file.write(rest) :]

    def __exit__(self, *exception: object) -> None:
        self._file.close()


class WholeFile:
    """A file that appears under its name whole or not at all.

    It is written under another name in the same folder, synced and renamed. Leave the ``with``
    block by an exception, or without having written, and nothing has happened. The signals that ask
    a process to end are made exceptions meanwhile, so that the other file does not stay behind.
    """

    terminal = False

    def __init__(self, path: str) -> None:
        self._path = path
        self._folder = os.path.dirname(path)
        self._temporary = os.path.join(self._folder, f".ingest-{os.urandom(8).hex()}.tmp")
        self._written = False
        self._signals: list[int] = []  # those that are caught

    def __enter__(self) -> WholeFile:
        # 0o666 leaves the permissions to the umask, as for any other new file.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self._catch_signals()  # first: from the moment that the file exists a signal must find it
        try:
            self._file = os.fdopen(os.open(self._temporary, flags, 0o666), "wb")
        except BaseException:
            self._clean_up()
            raise
        return self

    def write(self, text: str) -> None:
        self._file.write(utf_8(text))
        self._written = True

    def __exit__(self, kind: type[BaseException] | None, *exception: object) -> None:
        try:
            with self._file:
                if kind is None and self._written:
                    self._file.flush()
                    os.fsync(self._file.fileno())
            if kind is None and self._written:
                self._rename()
        finally:
            self._clean_up()

    def _clean_up(self) -> None:
        if os.path.exists(self._temporary):
            os.unlink(self._temporary)
        self._release_signals()

    def _rename(self) -> None:
        if os.path.exists(self._path):
            os.chmod(self._temporary, stat.S_IMODE(os.stat(self._path).st_mode))
        os.replace(self._temporary, self._path)
        if os.name == "posix":  # the new name is safe when its folder is
            folder = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def _catch_signals(self) -> None:
        import signal
        import threading

        if threading.current_thread() is not threading.main_thread():
            return  # only the main thread may
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _leave)
                self._signals.append(number)

    def _release_signals(self) -> None:
        import signal

        for number in self._signals:
            signal.signal(number, signal.SIG_DFL)


def _leave(number: int, frame: object) -> None:
    raise SystemExit(128 + number)
