"""Pictures of ``ingest explain`` for the documentation, taken and looked at by each run of the tests.

``pytest tests/explain/test_pictures.py --pictures docs/pictures`` keeps them there.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.explain.reading import explained
from ingest.explain.terminal import Look, date_report, page_report

ROOT = Path(__file__).parents[2]
TEXT = "samples/dawn-coalition-talks.txt"
HTML = "tests/pages/html-broadsheet-tidal-gate/page.html"
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 780, "dots": 1.5, "phone": True}

# A terminal's window around what rich makes of the colours.
WINDOW = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 18px; background: #e9e6df; width: max-content }
main { background: #16181d; border-radius: 10px; padding: 14px 20px 18px }
header { height: 22px }
header i { float: left; width: 11px; height: 11px; border-radius: 50%; margin-right: 7px }
pre { margin: 0; color: #faf8f4; font: 14px/1.42 "DejaVu Sans Mono", monospace }
</style><main><header><i style="background: #ff5f57"></i><i style="background: #febc2e"></i>
<i style="background: #28c840"></i></header><pre><b>$ COMMAND</b>
ROWS</pre></main>"""
COLOURS = [
    *((34, 37, 44), (240, 113, 120), (130, 200, 140), (240, 190, 100), (120, 170, 255), (200, 150, 255)),
    *((100, 210, 220), (250, 248, 244)),
]

Keep = Callable[[str, bytes], None]


@pytest.fixture
def keep(request: pytest.FixtureRequest) -> Keep:
    """Looks at a picture, and keeps it where ``--pictures`` says."""
    image = pytest.importorskip("PIL.Image")

    def keep(name: str, png: bytes) -> None:
        picture = image.open(io.BytesIO(png)).convert("RGB")
        counts = picture.getcolors(1 << 24)
        most = max(count for count, _ in counts)
        assert len(counts) > 100, "a picture of nothing"
        assert 0.2 < most / (picture.width * picture.height) < 0.95
        folder = request.config.getoption("--pictures")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            small = picture.quantize(256, image.Quantize.FASTOCTREE, dither=image.Dither.NONE)
            small.save(Path(folder) / f"{name}.png", optimize=True)

    return keep


@pytest.mark.parametrize(
    ("name", "sample", "screen", "field"),
    [
        ("explain-text", "text", DESKTOP, "article.published"),
        ("explain-html", "html", DESKTOP, "article.headline"),
        ("explain-html-dark", "html", {**DESKTOP, "dark": True}, "article.headline"),
    ],
)
def test_the_report_on_a_desktop(name, sample, screen, field, written, chromium, keep):
    page, path = written(sample)
    key = f"k{list(page.fields).index(field)}"
    chromium.open(path, f"l{page.fields[field].lines[0]}", **screen)
    chromium.point_at(f"#{key} .name")
    keep(name, chromium.picture())


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_report_on_a_phone(dark, written, chromium, keep):
    page, path = written("text")
    chromium.open(path, f"l{page.fields['article.published'].lines[0]}", **PHONE, dark=dark)
    keep("explain-phone-dark" if dark else "explain-phone", chromium.picture())


def shortened(rows: list[str], parts: list[tuple[str, str]]) -> list[str]:
    """The rows from one that begins as told up to another, and so on; "⋮" for what stands between."""
    told: list[str] = []
    starts = [re.sub(r"\x1b\[[0-9;]*m", "", row).split(" ┃ ")[0].strip() for row in rows]
    for first, end in parts:
        at = starts.index(first)
        told += (["⋮"] if told else []) + rows[at : starts.index(end, at) if end else None]
    return told


@pytest.mark.parametrize(
    ("name", "source", "parts"),
    [
        ("terminal-text", TEXT, [(TEXT, "3"), ("17", "37"), ("The record", "")]),
        ("terminal-html", HTML, [(HTML, "2"), ("10", "20"), ("23", "25"), ("The record", "")]),
        ("terminal-date", HTML, []),
    ],
)
def test_a_terminal(name, source, parts, tmp_path, chromium, keep):
    console = pytest.importorskip("rich.console")
    text = pytest.importorskip("rich.text")
    themes = pytest.importorskip("rich.terminal_theme")
    page = explained((ROOT / source).read_bytes(), name=source)
    look = Look(98, colour=True)
    rows = shortened(list(page_report(page, look)), parts) if parts else list(date_report(page, look))
    screen = console.Console(record=True, width=98, file=io.StringIO(), color_system="standard")
    screen.print(text.Text.from_ansi("\n".join(rows)), soft_wrap=True)
    theme = themes.TerminalTheme((22, 24, 29), COLOURS[-1], COLOURS, [(140, 144, 152), *COLOURS[1:]])
    code = screen.export_html(theme=theme, inline_styles=True, code_format="{code}")
    command = f"ingest explain {source}" + ("" if parts else " --date")
    path = tmp_path / "terminal.html"
    path.write_text(WINDOW.replace("COMMAND", command).replace("ROWS", code), encoding="utf-8")
    chromium.open(path, width=940, height=600)
    box = chromium.run("const b = document.body.getBoundingClientRect(); return [b.width, b.height]")
    chromium.look(width=round(box[0]), height=round(box[1]))
    keep(name, chromium.picture())
