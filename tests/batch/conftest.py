"""Pages and archives for a batch, made here."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
COMMAND = [sys.executable, "-m", "ingest", "batch"]

STORY = """\
{title}

By Ines Dahl

{day} January 2024

The council of {place} voted on Monday to keep the ferry, after {number} islanders had signed a petition.

Mayor Jonas Lind of {place} said the service would be paid for by a fee on the ships that call in summer.

Two of {number} members voted against the plan. They had asked for a smaller boat and three crossings a day.

Most read

Harbour {number} dredged
14 Nov, 2023

School {number} has a new roof
12 Nov, 2023

Nobody saw the whale of pier {number}
11 Nov, 2023
"""


def story(number: int) -> str:
    """A page of text, no two alike."""
    return STORY.format(
        title=f"Council number {number} keeps its ferry",
        day=1 + number % 28,
        place=f"Ferrytown {number}",
        number=number,
    )


def html_story(number: int) -> str:
    """The same story as HTML."""
    head, *blocks = story(number).split("\n\n")
    body = "".join(f"<p>{block}</p>" for block in blocks)
    main = f"<article><h1>{head}</h1>{body}</article>"
    return f"<html><head><title>{head}</title></head><body>{main}</body></html>"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs ``ingest batch`` in a folder of its own."""

    def run(*args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([*COMMAND, *args], input=stdin, capture_output=True, cwd=tmp_path, timeout=120)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of pages, text and HTML, some in a subfolder, some packed."""
    pages = tmp_path / "pages"
    (pages / "more").mkdir(parents=True)
    for number in range(6):
        (pages / f"{number}.txt").write_text(story(number), "utf-8")
        (pages / "more" / f"{number}.html.gz").write_bytes(gzip.compress(html_story(number).encode()))
    return pages


def records(data: bytes) -> list[dict]:
    """The records of JSON Lines."""
    return [json.loads(line) for line in data.decode().split("\n") if line]


def warc_record(kind: str, url: str, block: bytes, mime: str) -> bytes:
    """One WARC record, unpacked."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{os.urandom(16).hex()}>\r\n"
        f"WARC-Date: 2024-01-26T10:05:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: {mime}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def response(
    number: int, mime: str = "text/html; charset=utf-8", status: str = "200 OK", packed: bool = False
) -> bytes:
    """A response record with a story for its page."""
    body = html_story(number).encode()
    extra = ""
    if packed:
        body, extra = gzip.compress(body), "Content-Encoding: gzip\r\n"
    http = (
        f"HTTP/1.1 {status}\r\nContent-Type: {mime}\r\n{extra}Content-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    return warc_record(
        "response", f"https://news.example/{number}", http, "application/http; msgtype=response"
    )
