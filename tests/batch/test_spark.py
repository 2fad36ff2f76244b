"""Spark gives the rows that the command gives; a bad page is a row, never a failed task."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import COMMAND, html_story, records, response, story

pytest.importorskip("pyspark", reason="pyspark is not installed: pip install -e '.[spark]'")
if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
    pytest.skip("there is no Java on this machine", allow_module_level=True)

from ingest.spark import parse_pages, read_warc

ADDED = ("duplicate_of", "target", "error")


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = (
        builder.config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    yield session
    session.stop()


def plain(row) -> dict:
    """A row as the record has it, without the columns that only batch or Spark fill."""

    def bare(value):
        if isinstance(value, dict):
            return {key: bare(one) for key, one in value.items() if key not in ADDED}
        return [bare(one) for one in value] if isinstance(value, list) else value

    return bare(row.asDict(recursive=True))


def test_rows_are_the_records_of_the_command(spark, tmp_path):
    rows = [(story(n), f"https://n.example/{n}") for n in range(10)]
    frame = spark.createDataFrame(rows, "page string, address string")
    found = [plain(row) for row in parse_pages(frame, text="page", url="address").collect()]
    lines = "".join(json.dumps({"text": text, "url": url}) + "\n" for text, url in rows)
    (tmp_path / "r.jsonl").write_text(lines)
    done = subprocess.run([*COMMAND, "r.jsonl", "-q"], cwd=tmp_path, capture_output=True, timeout=60)
    expected = records(done.stdout)
    for record in expected:
        record["source"].update(name="-", position=None)
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_what_a_publisher_repeats_is_learned_as_by_the_command(spark, tmp_path):
    box = "The islands have had a ferry since 1911, and a bridge was talked of in 1936, the archive says."
    pages = [story(n).replace("Two of", box + "\n\nTwo of") for n in range(30)]
    rows = [(page, f"https://ferry.example/{n}", "r.jsonl", n + 1) for n, page in enumerate(pages)]
    frame = spark.createDataFrame(rows, "page string, url string, name string, position long")
    found = parse_pages(frame, text="page", url="url", name="name", position="position").collect()
    lines = "".join(json.dumps({"text": page, "url": url}) + "\n" for page, url, *_ in rows)
    (tmp_path / "r.jsonl").write_text(lines)
    done = subprocess.run([*COMMAND, "r.jsonl", "-q"], cwd=tmp_path, capture_output=True, timeout=60)
    assert [plain(row) for row in found] == records(done.stdout)
    assert not any(box in row.article.paragraphs for row in found)


def test_a_bad_page_is_a_row_with_an_error(spark):
    frame = spark.createDataFrame(
        [(bytearray(html_story(1).encode()),), (bytearray(b"\x89PNG\r\n\x1a\n"),), (None,)], "h binary"
    )
    rows = parse_pages(frame, html="h").collect()
    assert sorted(row.error.code if row.error else "" for row in rows) == ["", "binary", "empty"]
    assert [row.article.headline for row in rows if row.article] == ["Council number 1 keeps its ferry"]


def test_archives_are_read_and_their_damage_told(spark, tmp_path: Path):
    whole, cut = tmp_path / "a.warc.gz", tmp_path / "b.warc.gz"
    members = [gzip.compress(response(number)) for number in range(4)]
    whole.write_bytes(b"".join(members))
    cut.write_bytes(b"".join(members)[:-200])
    rows = read_warc(spark, [str(whole), str(cut), str(tmp_path / "no.warc.gz")]).collect()
    errors = sorted((row.source.name.rpartition("/")[2], row.error.code) for row in rows if row.error)
    assert errors == [("b.warc.gz", "broken-archive"), ("no.warc.gz", "not-found")]
    assert sum(row.article is not None for row in rows) == 7


def test_pages_need_a_column(spark):
    with pytest.raises(ValueError):
        parse_pages(spark.createDataFrame([("x",)], "page string"))


def _submit() -> list[str]:
    """spark-submit with two cores; pyspark installs it beside Python."""
    import pyspark

    return [str(Path(pyspark.__file__).parent / "bin" / "spark-submit"), "--master", "local[2]"]


def test_the_sample_runs(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(b"".join(gzip.compress(response(number)) for number in range(3)))
    sample = Path(__file__).parents[2] / "samples" / "spark_news.py"
    env = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    done = subprocess.run(
        [*_submit(), sample, "a.warc.gz"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=180,
        env=env,
    )
    assert "3 pages, 3 articles, 0 errors" in done.stdout, done.stderr
