"""Headless Chromium, as Debian packages it, for looking at what we write: sizes, colour schemes, pictures."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from ingest.explain.reading import Explained, explained
from ingest.explain.report import report

ROOT = Path(__file__).parents[2]
SAMPLES = {
    "text": ROOT / "samples" / "dawn-coalition-talks.txt",
    "html": ROOT / "tests" / "pages" / "html-broadsheet-tidal-gate" / "page.html",
}
# Without these it asks its makers' hosts for this and that.
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --hide-scrollbars "
    "--force-color-profile=srgb"
).split()
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844, "phone": True}


class Browser:
    """A browser with one page open."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, path: Path, anchor: str = "", **screen: Any) -> None:
        """Loads a file; ``anchor`` is what follows "#", the rest is for `look`."""
        self.look(**screen)
        self.driver.get("about:blank")  # or a change of the anchor alone would load nothing
        self.driver.get(path.resolve().as_uri() + (f"#{anchor}" if anchor else ""))

    def look(
        self,
        width: int = DESKTOP["width"],
        height: int = DESKTOP["height"],
        dots: float = 1,
        phone: bool = False,
        dark: bool = False,
    ) -> None:
        """Sets the screen: its pixels, dots a pixel, a phone's or not, dark or light."""
        self.tell(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=dots,
            mobile=phone,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.tell("Emulation.setEmulatedMedia", features=[scheme])

    def point_at(self, selector: str) -> None:
        """Moves the pointer over the first pixels of an element, after it was brought into sight."""
        x, y = self.run(
            """
            const element = document.querySelector(arguments[0]);
            element.scrollIntoView({block: 'center', behavior: 'instant'});
            const box = element.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + Math.min(box.height / 2, 12)];
            """,
            selector,
        )
        self.tell("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def picture(self, **clip: float) -> bytes:
        """What is seen, or a part of it (x, y, width, height), as PNG."""
        extra = {"clip": {"scale": 1, **clip}} if clip else {}
        shot = self.tell("Page.captureScreenshot", format="png", **extra)
        return base64.b64decode(shot["data"])

    def tell(self, command: str, **arguments: Any) -> Any:
        return self.driver.execute_cdp_cmd(command, arguments)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser of its own, closed at the end; without one the test is skipped."""
    programs = [shutil.which(name) for name in ("chromium", "chromedriver")]
    if None in programs:
        pytest.skip("needs chromium and chromedriver (Debian: chromium, chromium-driver)")
    webdriver = pytest.importorskip("selenium.webdriver")
    from selenium.webdriver.chrome.service import Service

    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = programs[0]
        for argument in [*QUIET, f"--user-data-dir={profile}"]:
            options.add_argument(argument)
        driver = webdriver.Chrome(options=options, service=Service(programs[1]))
        try:
            yield Browser(driver)
        finally:
            driver.quit()


Written = Callable[..., "tuple[Explained, Path]"]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Reads a page (a sample's name, a file, or its text) and writes the HTML report of it."""

    def written(source: str | Path, only: str = "all", **options: Any) -> tuple[Explained, Path]:
        path = SAMPLES.get(source, source) if isinstance(source, str) else source
        if isinstance(path, Path):
            page = explained(path.read_bytes(), name=str(path.relative_to(ROOT)), **options)
        else:
            page = explained(path, **options)
        out = tmp_path / "how.html"
        out.write_text(report(page, only), encoding="utf-8")
        return page, out

    return written
