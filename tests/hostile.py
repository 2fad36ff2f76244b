"""Hostile input, made here, and whole processes of ``ingest`` that are given it under a watch.

``python tests/hostile.py`` makes every input at its full size (some minutes, 4 GB of memory at the most,
1 GB of disk) and prints the table of ``docs/hostile.md``; ``-o docs/hostile.md`` puts it there. The suite
runs the same at small sizes (tests/test_hostile.py). On any of them the program must end in time, within its
memory, without a traceback, and with a record or with one line that says what is wrong with the input.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from hostile_pages import CASES, MB, RECORD, STORY, TOO_LARGE, Case

COMMAND = [sys.executable, "-m", "ingest"]
SECONDS = 90.0  # for one input of full size: the program gives up a page after 60
MEMORY = 4_500  # MB: the program gives a page 4,096


class Result(NamedTuple):
    """How a process ended: seconds of the clock, MB at the peak (its own children included)."""

    status: int  # negative: ended by this signal
    seconds: float
    peak: float
    records: int
    out: bytes  # the first MB of it
    err: str
    timed_out: bool

    def told(self) -> str:
        """What the user saw, in a line."""
        if self.timed_out:
            return "HANGS"
        lines = self.err.splitlines()
        shown = f"{self.records} record{'s' * (self.records != 1)}" if self.records else ""
        return "; ".join(filter(None, (shown, *lines[:2], "" if len(lines) < 3 else "…"))) or "nothing"

    def faults(self, seconds: float = SECONDS, memory: float = MEMORY) -> list[str]:
        """What may not be, whatever the input."""
        found = []
        if self.timed_out or self.seconds > seconds:
            found.append(f"took {self.seconds:.1f} s of {seconds:g}")
        if self.peak > memory:
            found.append(f"took {self.peak:.0f} MB of {memory:g}")
        if "Traceback" in self.err or "internal error" in self.err or "Error:" in self.err:
            found.append("shows its inside: " + self.err[-300:])
        if self.status not in (0, 1, 141):
            found.append(f"status {self.status}")
        if self.status == 1 and not self.err.strip():
            found.append("fails without a word")
        if any(char in self.err for char in "\x1b\x07\x9b\u202e"):
            found.append("drives the terminal")
        return found


def run(
    args: list[str | bytes],
    folder: Path,
    *,
    seconds: float = SECONDS,
    stdin: Path | None = None,
    stdout: int | None = None,
    during: Callable[[], object] | None = None,
) -> Result:
    """One process of ``ingest`` in the folder; ``during`` runs beside it."""
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        open(stdin or os.devnull, "rb") as given,
    ):
        begun = time.monotonic()
        process = subprocess.Popen(
            [*COMMAND, *args], cwd=folder, stdin=given, stdout=out if stdout is None else stdout, stderr=err,
            start_new_session=True,
        )  # fmt: skip
        late = threading.Event()

        def end() -> None:
            late.set()
            os.killpg(process.pid, signal.SIGKILL)

        watch = threading.Timer(seconds, end)
        watch.start()
        if during is not None:
            threading.Thread(target=during, daemon=True).start()
        _, status, usage = os.wait4(process.pid, 0)
        watch.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        took = time.monotonic() - begun
        out.seek(0)
        err.seek(0)
        first = out.read(MB)
        records = first.count(b"\n") + sum(part.count(b"\n") for part in iter(lambda: out.read(MB), b""))
        return Result(
            process.returncode, took, usage.ru_maxrss / 1024, records, first,
            err.read().decode("utf-8", "backslashreplace"), late.is_set(),
        )  # fmt: skip


def ways(folder: Path, size: int) -> Iterator[tuple[str, Result, str]]:
    """What is hostile not by its bytes but by the file it is, or where the output goes."""
    page = folder / "page.txt"
    page.write_text(STORY * size, encoding="utf-8")

    fifo = folder / "fifo"
    os.mkfifo(fifo)
    yield "a FIFO that no one writes to", run(["parse", "fifo"], folder), "no program writes"
    yield "a FIFO written slowly", run(["parse", "fifo"], folder, during=lambda: _slowly(fifo)), RECORD
    yield "/dev/zero", run(["parse", "/dev/zero"], folder), "is a device"
    yield "/dev/zero as standard input", run(["parse"], folder, stdin=Path("/dev/zero")), TOO_LARGE
    (folder / "loop").symlink_to("loop")
    yield "a symlink to itself", run(["parse", "loop"], folder), "symbolic link"
    yield "a folder", run(["parse", "."], folder), "is a directory"
    yield "a file that can't be read", run(["parse", "/proc/self/mem"], folder), "/proc/self/mem: "
    odd = [b"a\nb\x1b[31m.txt", b"caf\xe9\xff.txt", "\u202etxt.exe".encode()]
    for name in odd:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(page.read_bytes())
    yield (
        "names of any bytes",
        run(["parse", *odd, b"none\x1b]0;\x07"], folder),
        r"^3 records; .*no such file",
    )
    yield (
        "a file that grows while it is read",
        run(["parse", "grows"], folder, during=_growing(folder / "grows")),
        "record|is empty|64 MB|50,000 lines",
    )
    yield (
        "a file that shrinks while it is read",
        run(["parse", "shrinks"], folder, during=_shrinking(folder / "shrinks")),
        "record|is empty|64 MB|50,000 lines",
    )
    many = [f"gone{n}" for n in range(40)]
    for name in many:
        (folder / name).write_bytes(page.read_bytes())
    yield (
        "files that vanish meanwhile",
        run(["parse", *many], folder, during=lambda: [(folder / n).unlink() for n in reversed(many)]),
        "record|no such file",
    )
    reader, writer = os.pipe()
    os.close(reader)
    yield (
        "standard output closed early",
        run(["parse", *["page.txt"] * 20], folder, stdout=writer),
        "^nothing$",
    )
    os.close(writer)
    with open("/dev/full", "wb") as full:
        yield (
            "standard output on a full disk",
            run(["parse", "page.txt"], folder, stdout=full.fileno()),
            "standard output: No space",
        )
    yield "-o on a full device", run(["parse", "-o", "/dev/full", "page.txt"], folder), "No space"
    (folder / "pages.jsonl").write_text(
        '{"text": "Rain\\ud800 is coming.", "url": "\\udfff"}\n'
        '{"text": "\\ud83d\\ude00 Sun"}\n{"text": 7}\n[[[\n' + "[" * 100_000 + '\n{"text": "Snow"}\n'
    )
    yield (
        "lone surrogates through JSON",
        run(["batch", "-q", "--from", "jsonl", "pages.jsonl"], folder),
        "^3 records",
    )
    yield from full_disk(folder)


def full_disk(folder: Path) -> Iterator[tuple[str, Result, str]]:
    """Every output on a disk that is full (a tmpfs, where one may be mounted)."""
    disk = folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "none", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        return
    try:
        (disk / "filler").write_bytes(bytes(12_000))
        pages = [f"p{n}.txt" for n in range(40)]
        for name in pages:
            (folder / name).write_text(STORY * 3, encoding="utf-8")
        for form in ("jsonl", "jsonl.gz", "jsonl.zst", "csv", "db", "parquet", "parse", "summary"):
            args = ["batch", "-q", "-o", f"disk/out.{form}"]
            if form == "parse":
                args = ["parse", "-o", "disk/out.jsonl"]
            elif form == "summary":
                (disk / "more").write_bytes(bytes(4_096))
                args = ["batch", "-q", "--summary", "disk/out.json", "-o", "out.jsonl"]
            name = f"{args[0]} {form.replace('parse', '-o')} on a full disk"
            yield name, run([*args, *pages], folder), "No space|full|disk"
            for left in disk.glob("out*"):
                shutil.rmtree(left) if left.is_dir() else left.unlink()
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def _slowly(fifo: Path) -> None:
    with open(fifo, "wb", buffering=0) as file:
        for at in range(0, len(STORY), 40):
            file.write(STORY[at : at + 40].encode())
            time.sleep(0.02)


def _growing(path: Path) -> Callable[[], None]:
    path.write_text(STORY, encoding="utf-8")

    def grow() -> None:
        with open(path, "ab", buffering=0) as file:
            for _ in range(2000):
                file.write(STORY.encode() * 100)

    return grow


def _shrinking(path: Path) -> Callable[[], None]:
    path.write_text(STORY * 50_000, encoding="utf-8")

    def shrink() -> None:
        for size in range(40_000, 0, -10):
            os.truncate(path, size)

    return shrink


def written(path: Path, case: Case, size: int) -> None:
    """Writes the input, in a process of its own: the kernel counts a parent's memory as its child's peak."""
    child = os.fork()
    if not child:
        try:
            path.write_bytes(case.make(size))
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def results(short: bool, only: str = "") -> Iterator[tuple[str, int | None, Result, str]]:
    """Every input with its size in bytes, how the process ended, and the pattern of what must be seen."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for case in CASES:
            if only in case.name:
                page = folder / "page"
                written(page, case, case.short if short else case.full)
                yield case.name, page.stat().st_size, run(["parse", "page"], folder), case.sees
        if only in "ways":
            for title, result, sees in ways(folder, 10):
                yield title, None, result, sees


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--short", action="store_true", help="small sizes, as in the suite")
    parser.add_argument("--only", default="", metavar="TEXT", help="inputs with TEXT in their name; 'ways'")
    parser.add_argument("-o", "--output", type=Path, help="file whose table is replaced")
    options = parser.parse_args()
    rows, bad = (
        ["| input | size | seconds | MB | what the user saw |", "| --- | ---: | ---: | ---: | --- |"],
        0,
    )
    for name, size, result, sees in results(options.short, options.only):
        faults = result.faults()
        if not re.search(sees, result.told()):
            faults.append(f"expected {sees}")
        bad += bool(faults)
        measure = "" if size is None else f"{size / MB:.1f} MB" if size >= MB / 10 else f"{size:,} B"
        told = result.told().replace("ingest: page: ", "").replace("|", "\\|")
        told = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in told)
        rows.append(
            f"| {name.replace('<', '&lt;')} | {measure} | {result.seconds:.1f} | {result.peak:.0f} | {told} |"
        )
        print(rows[-1], *(f"\n  FAULT: {fault}" for fault in faults), flush=True)
    print(f"{len(rows) - 2} inputs, {bad} with faults")
    if options.output:
        text = options.output.read_text(encoding="utf-8")
        table = re.compile(r"\| input \|.*?(?=\n\n|\Z)", re.S)
        options.output.write_text(table.sub(lambda _: "\n".join(rows), text, count=1), encoding="utf-8")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
