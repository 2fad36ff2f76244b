"""The bytes of what the user names."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import zstandard

from ingest.errors import InputError
from ingest.read import open as opening
from ingest.read.open import read_bytes, unpack

PAGE = "Ferry strike enters second week\n\nThe café by the pier stayed open.\n".encode()
PACKERS = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor(write_checksum=True).compress,
}


def code_of(name: str, **options: int) -> str:
    with pytest.raises(InputError) as caught:
        read_bytes(name, **options)
    assert str(caught.value) and "\n" not in str(caught.value)
    return caught.value.code


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(PAGE)
    assert read_bytes(str(path)) == PAGE


@pytest.mark.parametrize("packing", PACKERS)
def test_packed_files_are_told_by_content(tmp_path: Path, packing: str) -> None:
    pack = PACKERS[packing]
    path = tmp_path / "page.txt"
    path.write_bytes(pack(PAGE))
    assert read_bytes(str(path)) == PAGE
    path.write_bytes(pack(PAGE[:9]) + pack(PAGE[9:]))
    assert read_bytes(str(path)) == PAGE, "all members"
    path.write_bytes(gzip.compress(pack(PAGE)))
    assert read_bytes(str(path)) == PAGE, "packed twice"


@pytest.mark.parametrize("packing", PACKERS)
def test_packed_files_that_are_damaged(tmp_path: Path, packing: str) -> None:
    packed = PACKERS[packing](os.urandom(5000))
    path = tmp_path / "page"
    path.write_bytes(packed[:-100])
    assert code_of(str(path)) == "broken-archive"
    path.write_bytes(packed[:40] + bytes(200) + packed[240:])
    assert code_of(str(path)) == "broken-archive"


@pytest.mark.parametrize("packing", PACKERS)
def test_a_small_file_cant_fill_the_memory(packing: str) -> None:
    bomb = PACKERS[packing](bytes(3_000_000))
    with pytest.raises(InputError, match="more than 1 MB"):
        unpack(bomb, max_bytes=2**20)


def test_a_text_that_begins_like_an_archive_is_none() -> None:
    assert unpack(b"BZh9 is how bzip2 files begin") == b"BZh9 is how bzip2 files begin"


def test_what_cant_be_read(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch()
    big = tmp_path / "big"
    big.write_bytes(bytes(101))
    dangling = tmp_path / "dangling"
    dangling.symlink_to(tmp_path / "nowhere")
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert code_of(str(tmp_path)) == "is-directory"
    assert code_of(str(tmp_path / "missing")) == "not-found"
    assert code_of(str(dangling)) == "not-found"
    assert code_of(str(empty)) == "empty"
    assert code_of(str(big), max_bytes=100) == "too-large"
    assert code_of(str(loop)) == "unreadable"
    assert code_of("a\0b") == "unreadable"
    assert code_of("/dev/zero") == "unreadable"


def test_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError

    path = tmp_path / "secret"
    path.write_bytes(PAGE)
    monkeypatch.setattr(os, "open", refuse)
    assert code_of(str(path)) == "unreadable"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(PAGE))))
    assert read_bytes("-") == PAGE
    monkeypatch.setattr(sys, "stdin", None)
    assert code_of("-") == "unreadable"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = str(tmp_path / "pipe")
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: Path(pipe).write_bytes(PAGE * 5000))
    writer.start()
    assert read_bytes(pipe) == PAGE * 5000
    writer.join()
    monkeypatch.setattr(opening, "_WRITER_SECONDS", 0.1)
    assert code_of(pipe) == "unreadable", "no one writes, and it doesn't hang"


@pytest.mark.skipif(not os.path.exists("/dev/fd"), reason="no process substitution here")
def test_process_substitution_with_a_slow_writer() -> None:
    read, write = os.pipe()
    with subprocess.Popen(["sh", "-c", "sleep 0.3; echo slow; sleep 0.3; echo page"], stdout=write):
        os.close(write)
        assert read_bytes(f"/dev/fd/{read}") == b"slow\npage\n"
    assert code_of(f"/dev/fd/{read}") == "empty"
    os.close(read)


def test_the_error_survives_a_worker_process() -> None:
    error = pickle.loads(pickle.dumps(InputError("empty", "the file is empty")))
    assert (error.code, str(error)) == ("empty", "the file is empty")
