"""What a page can't do: reach the network, files, the terminal, a spreadsheet. What is never used."""

from __future__ import annotations

import ast
import csv
import io
import json
import os
import re
import socket
import subprocess
import sys
import threading
import unicodedata
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import ingest
from ingest.batch.shape import Shape
from ingest.batch.spreadsheet import Table, cell
from ingest.page import Article, Page, Source, Teaser
from ingest.write.forms import FORMS, form_writer
from ingest.write.json import record_writer
from ingest.write.text import one_line, printable

PAGES = Path(__file__).parent / "pages"
SOURCES = sorted(Path(ingest.__file__).parent.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
ALLOWED = re.compile(r"\x1b\[[0-9;]*m|\n")  # colours, line ends

# Whatever of Python's own might open a connection, told of before it does.
NO_SOCKETS = """
import pathlib, sys
def watch(event, args):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "subprocess.", "os.system", "os.exec")):
        raise SystemExit(f"{event} {args}")
sys.addaudithook(watch)
import ingest
for name in sys.argv[1:]:
    page = ingest.parse(pathlib.Path(name).read_bytes(), name=name, url="https://star.example/a", rest=True)
    assert page.to_json()
print("done")
"""


def test_no_page_opens_a_socket():
    names = [str(path) for path in sorted(PAGES.glob("*/page.*"))]
    done = subprocess.run(
        [sys.executable, "-c", NO_SOCKETS, *names], capture_output=True, text=True, timeout=300
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")


def test_the_watch_sees_a_socket():
    code = NO_SOCKETS + "\nimport socket; socket.create_connection(('localhost', 9))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and done.stderr.startswith("socket.")


EXTERNAL = """<?xml version="1.0"?>
<!DOCTYPE html PUBLIC "-//X//DTD X//EN" "{url}/a.dtd" [
  <!ENTITY % remote SYSTEM "{url}/b.ent"> %remote;
  <!ENTITY secret SYSTEM "file://{file}"> <!ENTITY far SYSTEM "{url}/c">
]>
<?xml-stylesheet href="{url}/d.xsl" type="text/xsl"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:xi="http://www.w3.org/2001/XInclude">
<head><base href="{url}/"/><link rel="stylesheet" href="e.css"/><script src="f.js"></script>
<meta http-equiv="refresh" content="0; url={url}/g"/>
</head>
<body><xi:include href="file://{file}" parse="text"/><iframe src="{url}/h"></iframe><img src="{url}/i.png"/>
<p>The ferry left the harbour at noon. &secret; &far; It had been late all winter.</p>
</body></html>
"""


def test_a_page_fetches_nothing_and_includes_nothing(tmp_path):
    """A server of our own waits for a connection that the C libraries might open, which no hook sees."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the password is swordfish")
    seen = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_listen, args=(server, seen), daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        text = EXTERNAL.format(url=url, file=secret)
        for data in (text, text.encode(), text.replace("<?xml version", "<!-- --><?xml version")):
            record = ingest.parse(data, format="html", rest=True).to_json()
            assert "The ferry left the harbour" in record
            assert "swordfish" not in record
        socket.create_connection(server.getsockname()).close()  # our own: the server does listen
        while not seen:
            pass
    assert seen == [b""]


def _listen(server: socket.socket, seen: list[bytes]) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            connection.settimeout(1)
            seen.append(connection.recv(100))


def test_every_parser_is_forbidden_the_network():
    found = 0
    for path, tree in TREES.items():
        for call in calls(tree):
            name = ast.unparse(call.func)
            assert not re.search(r"\bXMLParser|\bXSLT|iterparse|lxml\.html|xml\.(etree|sax|dom)", name), path
            if name.endswith("HTMLParser"):
                found += 1
                assert any(k.arg == "no_network" and ast.unparse(k.value) == "True" for k in call.keywords), (
                    path
                )
    assert found


FORBIDDEN_CALLS = {"eval", "exec", "compile", "input", "breakpoint"}
FORBIDDEN_MODULES = set(
    "pickle marshal shelve dill yaml requests http socket ftplib smtplib imp ctypes".split()
)

EXCEPTIONS = {"memory.py": {"ctypes"}}  # to ask the C library for malloc_trim, and for nothing else


def test_nothing_is_evaluated_or_unpickled_or_fetched():
    assert len(SOURCES) > 80
    for path, tree in TREES.items():
        for call in calls(tree):
            name = ast.unparse(call.func)
            assert name not in FORBIDDEN_CALLS, f"{path}: {name}"
            assert not name.startswith(
                ("os.system", "os.popen", "os.exec", "os.spawn", "subprocess.", "urlopen")
            ), path
        for node in ast.walk(tree):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            for name in names:
                allowed = EXCEPTIONS.get(path.name, set())
                assert name.partition(".")[0] not in FORBIDDEN_MODULES - allowed, f"{path}: {name}"
                assert not name.startswith("urllib.request"), path


def calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


# --- the terminal ---

DRIVING = [
    chr(code) for code in range(0x250000) if code < 0x110000 and unicodedata.category(chr(code)) == "Cc"
]
DRIVING += [*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)), "\u2028", "\u2029"]
any_text = st.text(st.sampled_from(DRIVING) | st.characters(), min_size=1, max_size=40)


def drives(text: str) -> list[str]:
    return [char for char in ALLOWED.sub("", text) if char in DRIVING]


@settings(max_examples=200, deadline=None)
@given(any_text, any_text, any_text)
def test_no_record_drives_the_terminal(one, two, three):
    page = Page(
        Source(printable(one), url=two),
        Article(headline=two, paragraphs=(one, three)),
        (Teaser(three, url=one),),
    )
    for indent in (False, True):
        assert not drives(record_writer(indent=indent, terminal=True)(page))
        for form in FORMS:
            shown = form_writer(form, indent=indent, terminal=True, several=False)(page)
            assert not drives(shown), form
    assert not drives(one_line(one))


# --- spreadsheets ---

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(STARTS), any_text, st.sampled_from(["all", "teasers"]))
def test_no_cell_is_a_formula(start, text, only):
    text = start + text.replace("\x00", "")
    page = Page(
        Source(text),
        Article(headline=text, authors=(text,), paragraphs=(text, text)),
        (Teaser(text, blurb=text),),
    )
    for select in ((), ("article.headline", "teasers.title")):
        rows = Table(Shape(only, select)).rows(page.to_json())
        for row in csv.reader(io.StringIO(rows, newline="")):
            assert row and not any(value.startswith(tuple(STARTS)) for value in row)


@given(any_text)
def test_a_cell_says_what_the_record_says(text):
    assert cell(text).removeprefix("'") == text.removeprefix("'").replace("\r", "\n")


# --- files ---


def test_a_page_names_no_file(tmp_path):
    """Addresses, names and titles that look like paths; afterwards there are the outputs and nothing else."""
    inside, outside = tmp_path / "a" / "b", tmp_path
    inside.mkdir(parents=True)
    bad = [
        "../../evil",
        "/etc/evil",
        "file:///etc/passwd",
        "..\\evil",
        "C:\\evil",
        "a\0b",
        "|touch evil",
        "$(touch evil)",
        "`touch evil`",
    ]
    with open(inside / "rows.jsonl", "w", encoding="utf-8") as file:
        for name in bad:
            row = {
                "text": f"{name}\n\nThe ferry left the harbour at noon, {name} said.",
                "url": name,
                "name": name,
                "id": name,
            }
            file.write(json.dumps(row) + "\n")
    for form in ("jsonl", "csv", "db", "jsonl.gz"):
        command = [sys.executable, "-m", "ingest", "batch", "-q", "rows.jsonl", "-o", f"out.{form}"]
        done = subprocess.run(command, cwd=inside, capture_output=True, timeout=120)
        assert b"Traceback" not in done.stderr
    left = {path.name for path in inside.iterdir()}
    assert {name for name in left if not name.startswith(("out.", "rows."))} == set()
    assert {path.name for path in outside.iterdir()} == {"a"}
    assert not os.path.exists("/etc/evil")
