"""What lies under samples for other programs does what it says, in the programs themselves."""

from __future__ import annotations

import http.server
import importlib.util
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"

SPIDER = """
import sys

sys.path.insert(0, {samples!r})

import scrapy
from scrapy.crawler import CrawlerProcess


class NewsSpider(scrapy.Spider):
    name = "news"
    start_urls = [{url!r}]

    def parse(self, response):
        yield {{"response": response}}
        yield from response.follow_all(css="a[href$=html], a[href$=txt]", callback=self.parse)


process = CrawlerProcess(settings={{
    "ITEM_PIPELINES": {{"scrapy_pipeline.IngestPipeline": 300}},
    "FEEDS": {{"records.jsonl": {{"format": "jsonlines"}}}},
    "LOG_LEVEL": "WARNING",
    "TELNETCONSOLE_ENABLED": False,
    **{settings!r},
}})
process.crawl(NewsSpider)
process.start()
"""


@pytest.fixture
def site() -> Iterator[str]:
    """The sample pages on a server of this machine."""
    handler = partial(_Silent, directory=str(SAMPLES / "pages"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def crawled(site: str, folder: Path, **settings: object) -> dict[str, dict]:
    """The records of a crawl, by the last part of their addresses."""
    script = folder / "crawl.py"
    script.write_text(SPIDER.format(samples=str(SAMPLES), url=site, settings=settings))
    command = [sys.executable, script.name]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and "ERROR" not in done.stderr, done.stderr
    records = map(json.loads, (folder / "records.jsonl").read_text(encoding="utf-8").splitlines())
    return {record["source"]["url"].rpartition("/")[2]: record for record in records}


@pytest.mark.skipif(
    importlib.util.find_spec("scrapy") is None, reason="Scrapy comes with the ecosystem extra"
)
def test_the_scrapy_pipeline(site: str, tmp_path: Path) -> None:
    records = crawled(site, tmp_path)
    assert set(records) == {"crane.html", "ferry.html", "frost.txt", "mill.txt"}, (
        "pages without an article are dropped"
    )
    ferry = records["ferry.html"]
    assert ferry["article"]["headline"] == "Council votes to keep the winter ferry"
    assert ferry["source"]["retrieved"] is not None
    assert ferry["teasers"][0]["url"].startswith(site)


@pytest.mark.skipif(
    importlib.util.find_spec("scrapy") is None, reason="Scrapy comes with the ecosystem extra"
)
def test_the_scrapy_pipeline_keeps_all_pages_when_told_to(site: str, tmp_path: Path) -> None:
    records = crawled(site, tmp_path, INGEST_KEEP_ALL=True)
    assert records["front.html"]["article"] is None and len(records["front.html"]["teasers"]) == 4


@pytest.mark.skipif(
    importlib.util.find_spec("datasette") is None, reason="Datasette comes with the ecosystem extra"
)
def test_the_datasette_metadata(tmp_path: Path) -> None:
    """Every table, column and query that the metadata name is there, and the queries run."""
    batch = [sys.executable, "-m", "ingest", "batch", "-q", str(SAMPLES / "pages"), "-o", "news.db"]
    subprocess.run(batch, cwd=tmp_path, check=True, timeout=120)
    metadata = SAMPLES / "datasette.json"
    told = json.loads(metadata.read_text(encoding="utf-8"))["databases"]["news"]

    def get(path: str) -> dict:
        command = [sys.executable, "-m", "datasette", "news.db", "--metadata", str(metadata), "--get", path]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, (path, done.stdout, done.stderr)
        return json.loads(done.stdout)

    tables = {table["name"]: table for table in get("/news.json")["tables"]}
    for name, table in told["tables"].items():
        if table.get("hidden"):
            continue
        assert set(table.get("columns", ())) <= set(tables[name]["columns"]), name
        facets = get(f"/news/{name}.json?_shape=objects")["facet_results"]
        assert set(facets.get("results", facets)) == set(table.get("facets", ())), name
    for name in told["queries"]:
        assert "rows" in get(f"/news/{name}.json?words=coffee"), name
    assert (
        get("/news/search.json?words=coffee&_shape=array")[0]["headline"]
        == "Last steam crane finds a new home"
    )
