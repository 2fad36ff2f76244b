"""benchmarks/quality.py, on two invented pages in each of the forms that it reads."""

from __future__ import annotations

import doctest
import gzip
import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent.parent / "benchmarks"

MENU = ["Home", "Weather", "Subscribe for one crown a week"]
STORIES = [
    {
        "headline": "Ferry to Tallow Island stops for the winter",
        "authors": ["Ida Marsh"],
        "published": "2024-11-02",
        "paragraphs": [
            "The last ferry to Tallow Island leaves on Sunday evening, the harbour office said on Saturday.",
            "Some forty people live on the island, and most of them will stay through the winter, as always.",
            "“We have flour, we have lamps and we have each other,” said Ruth Pell, who keeps the only shop.",
            "The boat is to sail again in the first week of March, if the ice in the sound allows it.",
        ],
    },
    {
        "headline": "Clockmaker wins right to keep the town hall tower",
        "authors": ["Jon Abara", "Lena Voss"],
        "published": "2024-11-03",
        "paragraphs": [
            "A court in Greywater ruled on Sunday that the clockmaker may keep her workshop in the tower.",
            "The council had wanted the rooms for an archive and gave her notice in the spring of last year.",
            "Judge Amin Torres found that a promise made to her grandfather still binds the town today.",
            "The council said that it would read the ruling with care before it decides what to do next.",
        ],
    },
]


def html(story: dict[str, Any]) -> str:
    menu = "".join(f'<li><a href="/{at}">{text}</a></li>' for at, text in enumerate(MENU))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in story["paragraphs"])
    return (
        f"<html lang='en'><head><title>{story['headline']}</title></head><body><ul>{menu}</ul><article>"
        f"<h1>{story['headline']}</h1>{body}</article><footer><p>Printed nowhere</p></footer></body></html>"
    )


def flat(story: dict[str, Any]) -> str:
    return "\n\n".join([*MENU, story["headline"], *story["paragraphs"], "Printed nowhere"])


def gold_rows() -> list[dict[str, Any]]:
    return [
        {
            "id": f"story{at}",
            "url": f"https://www.tidings.example/{at}",
            "retrieved": f"{story['published']} 18:00:00",
            "html": html(story),
            "flat": flat(story),
            "gold": {**story, "summary": []},
        }
        for at, story in enumerate(STORIES)
    ]


def segment_rows() -> list[dict[str, Any]]:
    keep_drop = [{"keep": story["paragraphs"][:2], "drop": MENU[2:]} for story in STORIES]
    return [
        {"id": f"story{at}", "url": None, "html": html(story), **keep_drop[at]}
        for at, story in enumerate(STORIES)
    ]


def write_rows(path: Path, rows: list[dict[str, Any]]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def write_folder(path: Path) -> Path:
    (path / "html").mkdir()
    truth = {}
    for at, story in enumerate(STORIES):
        with gzip.open(path / "html" / f"story{at}.html.gz", "wt", encoding="utf-8") as file:
            file.write(html(story))
        truth[f"story{at}"] = {
            "articleBody": "\n".join(story["paragraphs"]),
            "url": f"https://a.example/{at}",
        }
    (path / "ground-truth.json").write_text(json.dumps(truth), encoding="utf-8")
    return path


@pytest.fixture
def quality(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("quality")


def test_pages_as_a_process(tmp_path: Path) -> None:
    data, figures = write_rows(tmp_path / "pages.jsonl.gz", gold_rows()), tmp_path / "figures.json"
    command = [sys.executable, str(BENCHMARKS / "quality.py"), str(data), "--rounds", "1"]
    command += ["--only", "ingest", "--only", "everything kept", "--json", str(figures)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)

    report = json.loads(figures.read_text(encoding="utf-8"))
    assert report["model"] == "shipped model"
    assert "has seen data/pages" in done.stderr
    own = report["html"]["ingest"]
    assert own["f1"] > 0.9
    assert own["headline"] == 1.0
    assert own["pages_per_second"] > 0
    flat_own, everything = report["flat"]["ingest"], report["flat"]["everything kept"]
    assert everything["recall"] == 1.0
    assert everything["headline"] is None
    tables = [line for line in done.stdout.splitlines() if line.startswith("|")]
    assert len(tables) == 3 + 4
    best, other = (float(line.split("|")[2]) for line in tables[5:])
    assert best >= other
    assert best == pytest.approx(max(flat_own["f1"], everything["f1"]), abs=0.001)


def test_segments(quality: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = write_rows(tmp_path / "segments.jsonl.gz", segment_rows())
    assert quality.main([str(data), "--rounds", "1", "--only", "ingest"]) == 0
    out = capsys.readouterr().out
    assert "segments F" in out
    assert "headline" not in out
    assert "Flat" not in out


def test_public_benchmark(quality: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_folder(tmp_path)
    assert quality.main([str(folder), "--rounds", "1", "--only", "ingest", "--limit", "1"]) == 0
    streams = capsys.readouterr()
    assert streams.out.startswith("HTML, 1 pages")
    assert "has seen" not in streams.err


def test_missing_and_failing_programs(
    quality: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Any:
        raise ImportError("No module named 'absent'")

    def failing() -> Any:
        def read(page: Any) -> Any:
            raise RecursionError("too deep")

        return read

    programs = (quality.Program("absent", missing), quality.Program("broken", failing, ("headline",)))
    monkeypatch.setitem(quality.PROGRAMS, "html", programs)
    monkeypatch.setitem(quality.PROGRAMS, "flat", ())
    data, figures = write_rows(tmp_path / "pages.jsonl.gz", gold_rows()), tmp_path / "figures.json"
    assert quality.main([str(data), "--rounds", "2", "--json", str(figures)]) == 0
    streams = capsys.readouterr()
    assert "absent is skipped" in streams.err
    assert "first story0: RecursionError" in streams.err
    assert "absent" not in streams.out
    broken = json.loads(figures.read_text(encoding="utf-8"))["html"]["broken"]
    assert (broken["f1"], broken["recall"], broken["errors"], broken["headline"]) == (0.0, 0.0, 2, 0.0)
    assert broken["authors"] is None


def test_no_data(quality: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for data in (tmp_path / "nothing.jsonl.gz", write_rows(tmp_path / "empty.jsonl.gz", [])):
        assert quality.main([str(data)]) == 2
    assert capsys.readouterr().err.count("quality.py: ") == 2


@pytest.mark.parametrize(
    ("label", "answer", "expected"),
    [
        ("a b c d e", "A, b; c d e", (2, 0, 0)),
        ("a b c d e", "", (0, 0, 2)),
        ("a b c d a b c d", "a b c d", (1, 0, 4)),
        ("two words", "two words", (1, 0, 0)),
    ],
)
def test_overlap(quality: Any, label: str, answer: str, expected: tuple[int, int, int]) -> None:
    assert quality.overlap(label, answer) == expected


def test_examples_in_the_documentation(quality: Any) -> None:
    assert doctest.testmod(importlib.import_module("measures")) == (0, 5)


def test_folds_leave_out_pages_without_a_model(quality: Any, tmp_path: Path) -> None:
    folds = quality.Folds(str(tmp_path / "none"), 3)
    page = quality.LabelledPage("a", url="https://www.tidings.example/1")
    assert not folds.has_model(page)


def test_models_of_cross_validation(
    quality: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest import label, pipeline

    monkeypatch.setattr(pipeline, "label_lines", pipeline.label_lines)  # it is exchanged for each page
    (tmp_path / "fold.0").symlink_to(label.MODEL)
    (tmp_path / "fold.0.json").symlink_to(label.MODEL + ".json")
    data = write_rows(tmp_path / "pages.jsonl.gz", gold_rows())
    arguments = [str(data), "--rounds", "1", "--only", "ingest"]
    assert quality.main([*arguments, "--model", str(tmp_path / "fold"), "--folds", "1"]) == 0
    streams = capsys.readouterr()
    assert "2 of 2 pages have a model" in streams.err
    assert streams.out.count("1-fold models") == 2
