"""The HTML report in a real browser: fields and lines point at each other, nothing overflows."""

from __future__ import annotations

from pathlib import Path

import pytest

DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844, "phone": True}
PAGES = sorted((Path(__file__).parents[1] / "pages").glob("*/page.*"))

# What is marked: the lines and the fields with the mark's shadow, by their ids.
MARKED = """
    const mark = element => getComputedStyle(element).boxShadow !== 'none';
    const ids = selector => [...document.querySelectorAll(selector)].filter(mark).map(one => one.id);
    return [ids('.line'), ids('.field')];
"""
WHY = """
    return [...document.querySelectorAll('.why')].filter(one => one.checkVisibility())
        .map(one => one.innerText);
"""
# Elements that are wider than what they stand in, or cut off by it.
OVERFLOWING = """
    const wide = [];
    for (const element of document.querySelectorAll('html, body, body *:not(option)')) {
        const box = element.getBoundingClientRect();
        if (!element.checkVisibility() || box.width === 0) continue;
        const clipped = getComputedStyle(element).clipPath !== 'none';
        if (!clipped && (box.right > innerWidth + 1 || box.left < -1)) wide.push(element.outerHTML);
        else if (!clipped && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
            && getComputedStyle(element).display !== 'inline') wide.push(element.outerHTML);
    }
    return wide.map(one => one.slice(0, 200));
"""
# The least contrast of any text on what is behind it, by WCAG 2 (1.4.3), with the text.
CONTRAST = """
    const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
    const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    const behind = element => {
        for (; element; element = element.parentElement) {
            const colour = numbers(getComputedStyle(element).backgroundColor);
            if (colour.length === 3) return colour;
            if (colour[3] !== 0) throw new Error('half transparent: ' + element.outerHTML.slice(0, 99));
        }
        return [255, 255, 255];
    };
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement;
        if (!texts.currentNode.data.trim() || !element.checkVisibility({opacityProperty: true})) continue;
        const lights = [numbers(getComputedStyle(element).color), behind(element)].map(luminance);
        const ratio = (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
        found.push([Math.round(100 * ratio) / 100, texts.currentNode.data.slice(0, 40), element.className]);
    }
    return found.sort((a, b) => a[0] - b[0]);
"""


@pytest.mark.parametrize("sample", ["text", "html"])
def test_a_field_marks_its_lines_and_shows_what_decided(sample, written, chromium):
    page, path = written(sample)
    chromium.open(path, **DESKTOP)
    fields = chromium.run("return [...document.querySelectorAll('.field')].map(one => one.id)")
    named = dict(zip((f"k{number}" for number in range(len(page.fields))), page.fields.values(), strict=True))
    assert len(fields) > 20
    for key in fields:
        chromium.point_at(f"#{key} .name")
        lines, marked = chromium.run(MARKED)
        assert lines == [f"l{at}" for at in named[key].lines], named[key].path
        assert key in marked
        (why,) = chromium.run(WHY)
        for at in named[key].lines:
            assert f"line {page.lines[at].name}, " in why
            assert page.lines[at].evidence[0].text in why
        if not named[key].lines:
            assert named[key].source in why


@pytest.mark.parametrize("sample", ["text", "html"])
def test_a_line_marks_its_fields_and_shows_what_decided(sample, written, chromium):
    page, path = written(sample)
    chromium.open(path, **DESKTOP)
    keys = {field: f"k{number}" for number, field in enumerate(page.fields)}
    shown = set(chromium.run("return [...document.querySelectorAll('.field')].map(one => one.id)"))
    for one in page.lines:
        chromium.point_at(f"#l{one.at} .text")
        lines, marked = chromium.run(MARKED)
        assert f"l{one.at}" in lines
        assert set(marked) == {keys[path] for path in one.fields} & shown, one.line.text
        (why,) = chromium.run(WHY)
        assert all(reason.text in why for reason in one.evidence)


def test_what_is_printed_in_a_field_is_printed_in_its_lines(written, chromium):
    _, path = written("html")
    chromium.open(path, **DESKTOP)
    compared = 0
    for key, text in chromium.run(
        "return [...document.querySelectorAll('.title, .blurb, .field:has(.big), .field:has(.lead)')]"
        ".map(one => [one.id, one.querySelector('.value').textContent])"
    ):
        chromium.point_at(f"#{key} .value")
        for line in chromium.run(MARKED)[0]:
            assert text in chromium.run(f"return document.querySelector('#{line} .text').textContent")
            compared += 1
    assert compared >= 8


def test_links_lead_to_and_fro(written, chromium):
    page, path = written("text")
    for screen in (DESKTOP, PHONE):
        chromium.open(path, **screen)
        chromium.tell("Input.dispatchMouseEvent", type="mouseMoved", x=1, y=1)
        at = page.fields["article.published"].lines[0]
        seen = (
            "const box = arguments[0].getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight"
        )
        for link in (f".from a[href='#l{at}']", f"#l{at} .label"):
            chromium.run("document.querySelector(arguments[0]).click()", link)
            target = chromium.run("return document.querySelector(':target')")
            assert chromium.run(seen, target)
            assert page.lines[at].evidence[0].text in chromium.run(WHY)[0]


def test_the_part_that_is_chosen_is_shown_alone(written, chromium):
    page, path = written("html")
    chromium.open(path, **DESKTOP)
    visible = (
        "return [...document.querySelectorAll('.line')].filter(one => one.checkVisibility())"
        ".map(one => one.id)"
    )
    for part in ("article", "teasers", "rest", "all"):
        chromium.run("document.querySelector(arguments[0]).click()", f"label[for=only-{part}]")
        assert chromium.run(visible) == [f"l{one.at}" for one in page.lines if one.is_of(part)]


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("sample", ["text", "html"])
def test_nothing_overflows(sample, width, written, chromium):
    _, path = written(sample)
    chromium.open(path, width=width, height=800, phone=width < 500)
    assert chromium.run(OVERFLOWING) == []
    chromium.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    chromium.point_at(".field .name")
    assert chromium.run(WHY)
    assert chromium.run(OVERFLOWING) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_any_page_fits_a_phone_and_is_legible(path, written, chromium):
    _, out = written(path)
    chromium.open(out, width=360, height=740, phone=True)
    assert chromium.run(OVERFLOWING) == []
    assert chromium.run(CONTRAST)[0][0] >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("sample", ["text", "html"])
def test_all_text_has_contrast(sample, screen, dark, written, chromium):
    """At least 4.5 to 1, WCAG's level AA for text of any size, whatever is pointed at."""
    page, path = written(sample)
    chromium.open(path, dark=dark, **screen)
    chromium.run("document.querySelectorAll('details').forEach(one => one.open = true)")
    labels = {one.label.value: f"#l{one.at} .text" for one in page.lines}
    for selector in [None, *labels.values(), ".field .name"]:
        if selector:
            chromium.point_at(selector)
        found = chromium.run(CONTRAST)
        assert len(found) > 50
        assert found[0][0] >= 4.5, found[:5]


HOSTILE = """<title>"><script>alert(1)</script></title>
<body><h1 class='x" onmouseover="alert(1)' id="a'><img src=x onerror=alert(1)>">
&lt;script&gt;document.title = 'mine'&lt;/script&gt; &lt;/style&gt;
&lt;img src=x onerror="document.title = 'mine'"&gt;</h1>
<p>By &lt;b onclick=alert(1)&gt;Jane Roe&lt;/b&gt;
]]&gt; --&gt; {} &amp;amp; \u202eevil\u202c \x1b[2J \x00 \ufffe</p>
""" + "".join(
    f"<p>The council voted to keep the ferry, said <a href='javascript:alert({n})'>officials</a> {n} times. "
    f"{'x' * 3000 if n == 3 else ''} They will meet again on Monday to hear the islanders.</p>"
    for n in range(8)
)


def test_a_hostile_page_stays_text(written, chromium):
    page, path = written(HOSTILE, format="html")
    assert "<script>" in page.lines[0].line.text
    for screen in (DESKTOP, PHONE):
        chromium.open(path, **screen)
        assert chromium.run("return document.title") != "mine"
        counts = "return ['script', 'img', 'b[onclick]', '[onmouseover]', 'a:not([href^=\"#\"])', 'iframe']"
        assert chromium.run(f"{counts}.map(name => document.querySelectorAll(name).length)") == [0] * 6
        text = chromium.run("return document.querySelector('#l0 .text').textContent")
        assert "<script>document.title = 'mine'</script>" in text
        assert chromium.run("return performance.getEntriesByType('resource').length") == 0
        assert chromium.run(OVERFLOWING) == []


def test_the_policy_lets_nothing_else_in(written, chromium):
    _, path = written("text")
    chromium.open(path, **DESKTOP)
    chromium.driver.get_log("browser")
    chromium.run(
        """
        const add = (tag, set) => document.body.append(Object.assign(document.createElement(tag), set));
        add('script', {textContent: 'document.title = "mine"'});
        add('style', {textContent: 'body { display: none }'});
        add('img', {src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw='});
        document.querySelector('h1').setAttribute('style', 'color: red');
        """
    )
    assert chromium.run("return document.title") != "mine"
    assert chromium.run("return getComputedStyle(document.body).display") != "none"
    assert chromium.run("return document.querySelector('body > img').naturalWidth") == 0
    assert chromium.run("return getComputedStyle(document.querySelector('h1')).color") != "rgb(255, 0, 0)"
    refused = [entry["message"] for entry in chromium.driver.get_log("browser")]
    assert len(refused) == 4 and all("Content Security Policy" in message for message in refused)
