"""A record in other forms: each is what its own world's programs accept, and says what the record says."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pyld import jsonld

import ingest
from ingest.write.forms import FORMS, exporter
from ingest.write.markdown import escaped, markdown
from ingest.write.ninjs import ninjs
from ingest.write.plain import opening, plain_text
from ingest.write.schema_org import schema_org
from ingest.write.uri import absolute

ROOT = Path(__file__).parents[3]
PAGES = sorted((ROOT / "tests" / "pages").glob("*/page.*"))
NINJS_SCHEMA = ROOT.parent / "shared" / "data" / "ninjs-schema_3.1.json"
every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)


@cache
def record_of(path: Path) -> dict[str, Any]:
    return ingest.parse(path.read_bytes(), name=path.name).to_dict()


STORY = {
    "source": {
        "name": "crawl.warc.gz",
        "position": 512,
        "sha256": "0f" * 32,
        "url": "https://roe.example/a b?x=[1]&y=100%#top",
    },
    "article": {
        "headline": "Ferry stays",
        "deck": "Islanders win",
        "byline": "By Jane Roe and John Doe",
        "authors": ["Jane Roe", "John Doe"],
        "publisher": "The Roe Times",
        "section": "Local",
        "language": "en",
        "dateline": {
            "raw": "SPRINGFIELD, Ill. (AP)",
            "places": [
                {
                    "name": "Springfield",
                    "region": "Illinois",
                    "country": "US",
                    "latitude": 39.8,
                    "longitude": -89.6,
                    "geonames_id": 4250542,
                },
                {"name": "Nowhere", "region": None, "country": None, "geonames_id": None},
            ],
            "agencies": ["AP"],
            "date": None,
        },
        "published": "2024-05-03T10:05+02:00",
        "updated": "2024-05-04",
        "paragraphs": ["The ferry stays.", "It sails at six."],
    },
    "teasers": [
        {
            "title": "Steep price",
            "url": "https://roe.example/steep",
            "published": "2024-11",
            "section": "Editorial",
        },
        {"title": "Another day", "blurb": "A blurb.", "authors": ["Jane Roe"], "byline": "Jane Roe"},
    ],
}


# --- ninjs ---

# The rules of the IPTC's schema for the fields that we write: text, a moment, an address, a list
TEXT, MOMENT, ADDRESS = (
    re.compile(r"(?s).+"),
    re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"),
    re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:([A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*"),
)
VALUE = {"role": TEXT, "contentType": TEXT, "value": TEXT}
ITEM: dict[str, Any] = {
    "uri": ADDRESS,
    "type": re.compile("text|composite"),
    "representationType": re.compile("full|partial"),
    "firstCreated": MOMENT,
    "versionCreated": MOMENT,
    "language": TEXT,
    "by": TEXT,
    "located": TEXT,
    "headlines": VALUE,
    "descriptions": VALUE,
    "bodies": {**VALUE, "charCount": int},
    "people": {"name": TEXT, "rel": TEXT},
    "places": {"name": TEXT, "rel": TEXT, "uri": ADDRESS, "literal": TEXT},
    "subjects": {"name": TEXT, "rel": TEXT},
    "infoSources": {"name": TEXT, "role": TEXT},
    "altIds": {"role": TEXT, "value": TEXT},
}


def offences(item: dict[str, Any], rules: dict[str, Any], where: str = "") -> list[str]:
    """Where an object breaks the rules: an unknown key, a value of the wrong kind."""
    found = []
    for key, value in item.items():
        rule, at = rules.get(key), f"{where}/{key}"
        if rule is None:
            found.append(f"{at}: unknown")
        elif isinstance(rule, dict):
            found += [text for n, one in enumerate(value) for text in offences(one, rule, f"{at}/{n}")]
        elif rule is int:
            found += [] if type(value) is int else [f"{at}: no integer"]
        elif not isinstance(value, str) or not rule.fullmatch(value):
            found.append(f"{at}: {value!r}")
    return found


def ninjs_offences(item: dict[str, Any]) -> list[str]:
    own = dict(item)
    standard = own.pop("standard")
    associations = own.pop("associations", [])
    found = offences(own, ITEM)
    found += offences(standard, {"name": TEXT, "version": TEXT, "schema": ADDRESS}, "/standard")
    for n, one in enumerate(associations):
        found += offences(one, {**ITEM, "name": TEXT, "rel": TEXT}, f"/associations/{n}")
        found += [f"/associations/{n}: no {key}" for key in ("name", "uri") if key not in one]
    return found if "uri" in item else [*found, "no uri"]


@every_page
def test_ninjs_keeps_the_rules(path: Path) -> None:
    assert ninjs_offences(ninjs(record_of(path))) == []


def test_ninjs_of_a_full_record() -> None:
    item = ninjs(STORY)
    assert ninjs_offences(item) == []
    assert item["uri"] == "https://roe.example/a%20b?x=%5B1%5D&y=100%25"
    assert item["firstCreated"] == "2024-05-03T10:05:00+02:00"
    assert "versionCreated" not in item, "the update has no time: it must not be taken for the publication"
    assert item["located"] == "Springfield; Nowhere"
    assert item["places"][0]["literal"] == "Springfield, Illinois, US"
    assert item["places"][1] == {"name": "Nowhere", "rel": "located", "literal": "Nowhere"}
    assert {d["role"]: d["value"] for d in item["descriptions"]} == {
        "dateline": "SPRINGFIELD, Ill. (AP)",
        "summary": "Islanders win",
        "updated": "2024-05-04",
    }
    assert item["bodies"][0]["value"] == "The ferry stays.\n\nIt sails at six."
    assert item["altIds"][0]["value"] == "crawl.warc.gz#512"
    first, second = item["associations"]
    assert (first["uri"], second["uri"]) == ("https://roe.example/steep", item["uri"] + "#teaser-2")


def test_the_rules_can_be_broken() -> None:
    item = ninjs(STORY)
    assert ninjs_offences({**item, "published": "2024"}) == ["/published: unknown"]
    assert ninjs_offences({**item, "firstCreated": "2024-05-03"}) == ["/firstCreated: '2024-05-03'"]
    assert ninjs_offences({**item, "uri": "no address"}) == ["/uri: 'no address'"]


@pytest.mark.skipif(
    not NINJS_SCHEMA.exists(), reason="the IPTC's schema file does not lie beside the checkout"
)
@pytest.mark.parametrize("records", [PAGES, [STORY]], ids=["pages", "full record"])
def test_ninjs_obeys_the_schema_file(records: list[Any]) -> None:
    schema = json.loads(NINJS_SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for one in records:
        item = ninjs(one if isinstance(one, dict) else record_of(one))
        assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(item)] == []


# --- schema.org ---

# What https://schema.org answers to a JSON-LD processor, for the terms that we write
CONTEXT: dict[str, Any] = {
    "@vocab": "http://schema.org/",
    **{term: {"@id": f"http://schema.org/{term}", "@type": "@id"} for term in ("url", "sameAs")},
    **{
        term: {"@id": f"http://schema.org/{term}", "@type": "http://schema.org/Date"}
        for term in ("datePublished", "dateModified")
    },
}


def loader(url: str, options: Any = None) -> dict[str, Any]:
    assert url == "https://schema.org"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT}}


def expanded(item: dict[str, Any]) -> dict[str, Any]:
    (node,) = jsonld.expand(item, {"documentLoader": loader})
    return node


@every_page
def test_schema_org_is_json_ld(path: Path) -> None:
    record = record_of(path)
    item = schema_org(record)
    node = expanded(item)
    kind = "NewsArticle" if record["article"] is not None else "CollectionPage"
    assert node["@type"] == [f"http://schema.org/{kind}"]
    teasers = node.get("http://schema.org/mentions" if record["article"] else "http://schema.org/hasPart", [])
    titles = [teaser["http://schema.org/headline"][0]["@value"] for teaser in teasers]
    assert titles == [teaser["title"] for teaser in record["teasers"]]
    lost = jsonld.compact(node, CONTEXT, {"documentLoader": loader})
    del lost["@context"]
    single = {
        key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in item.items()
    }
    assert set(lost) == set(single) - {"@context"}, "a processor must lose no field"


def test_schema_org_of_a_full_record() -> None:
    item = schema_org(STORY)
    node = expanded(item)
    assert node["http://schema.org/dateline"] == [{"@value": "SPRINGFIELD, Ill. (AP)"}]
    assert item["datePublished"] == "2024-05-03T10:05+02:00"
    place = item["locationCreated"][0]
    assert place["address"] == {"@type": "PostalAddress", "addressRegion": "Illinois", "addressCountry": "US"}
    assert place["geo"] == {"@type": "GeoCoordinates", "latitude": 39.8, "longitude": -89.6}
    assert item["locationCreated"][1] == {"@type": "Place", "name": "Nowhere"}
    assert [one["url"] for one in item["mentions"] if "url" in one] == ["https://roe.example/steep"]


# --- Markdown ---


def rendered(text: str) -> list[str]:
    """The text of each block, as a Markdown reader shows it."""
    blocks = []
    for token in MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(text):
        if token.type == "inline":
            shown = [
                "\n" if child.type in ("softbreak", "hardbreak") else child.content
                for child in token.children
            ]
            assert {child.type for child in token.children} <= SHOWN, text
            blocks.append("".join(shown))
    return blocks


SHOWN = {
    "text",
    "text_special",
    "softbreak",
    "hardbreak",
    "strong_open",
    "strong_close",
    "link_open",
    "link_close",
}


@every_page
def test_markdown_gives_back_the_text(path: Path) -> None:
    record = record_of(path)
    text = markdown(record)
    head, body = re.fullmatch(r"(?s)---\n(.*?)\n---\n(.*)", text).groups()
    fields = yaml.safe_load(head)
    blocks = rendered(body)
    article = record["article"] or {}
    assert fields.get("title") == article.get("headline")
    assert fields.get("date") == article.get("published")
    assert fields.get("authors", []) == article.get("authors", [])
    wanted = [*filter(None, (article.get("headline"), article.get("deck"))), *opening(article)]
    assert blocks[: len(wanted)] == wanted
    shown = "\n".join(blocks[len(wanted) :])
    for teaser in record["teasers"]:
        assert teaser["title"] in shown
        assert (teaser["blurb"] or "") in shown


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zs", "Zl", "Zp")), min_size=1))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    assert rendered(escaped(text)) == [text]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "# no head",
            "1. no list",
            "12) no list",
            "- no list",
            "+ no",
            "* no",
            "> no quote",
            "=====",
            "---",
        ),
        *(
            "a_b_c",
            "`code`",
            "[a](b)",
            "![a](b)",
            "<b>no tag</b>",
            "&amp; stays",
            "a\\b",
            "~~no~~",
            "| a | b |",
        ),
        *("https://roe.example", "$4 million", "c# and f#", "1986. A year", "```", "~~~", "\\", ": a"),
    ],
)
def test_no_text_is_markup(text: str) -> None:
    assert rendered(escaped(text)) == [text]


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_front_matter_is_yaml(text: str) -> None:
    story = {"headline": text, "paragraphs": []}
    head = markdown({"source": {"name": "-"}, "article": story}).split("\n---\n")[0]
    assert yaml.safe_load(head.removeprefix("---\n"))["title"] == text


# --- text ---


def test_text_is_read_again_as_it_was() -> None:
    """text -> record -> text -> record: nearly all fields stay the same, and then nearly all pages."""
    fields = same = pages = stable = 0
    for path in PAGES:
        first = record_of(path)
        text = plain_text(first)
        if first["source"]["format"] != "text" or not text:
            continue
        second = ingest.parse(text).to_dict()
        before, after = ({**(one["article"] or {}), "teasers": one["teasers"]} for one in (first, second))
        fields += len(before)
        same += sum(before[key] == after.get(key) for key in before)
        third = ingest.parse(plain_text(second)).to_dict()
        pages += 1
        stable += (second["article"], second["teasers"]) == (third["article"], third["teasers"])
    assert same >= 0.93 * fields, (same, fields)
    assert stable >= 0.85 * pages, (stable, pages)


def test_every_text_of_the_record_is_in_the_text() -> None:
    for path in PAGES:
        record = record_of(path)
        lines = plain_text(record).split("\n")
        article = record["article"] or {}
        texts = [article.get("headline"), article.get("deck"), article.get("byline"), *opening(article)]
        texts += [
            teaser[key] for teaser in record["teasers"] for key in ("title", "byline", "blurb", "section")
        ]
        assert {text for text in texts if text} <= set(lines), path


def test_there_are_no_other_forms() -> None:
    for form in FORMS:
        assert exporter(form)(STORY)
    with pytest.raises(ValueError, match="'docx' is no form: ninjs"):
        exporter("docx")


# --- addresses ---


@pytest.mark.parametrize(
    ("url", "uri"),
    [
        ("https://roe.example/a#b", "https://roe.example/a#b"),
        ("https://[::1]:80/a[b]", "https://[::1]:80/a%5Bb%5D"),
        ("https://[::1", None),
        ("https://roe.example/a#b#c", "https://roe.example/a#b%23c"),
        ("roe.example/a", None),
        ("javascript:", None),
        ("", None),
        (None, None),
    ],
)
def test_absolute(url: str | None, uri: str | None) -> None:
    assert absolute(url) == uri
