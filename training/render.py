"""HTML -> text as other programs dump it: more training pages from one labelled page.

Programs that are not installed are skipped with a message: ``render`` returns None and says so once.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache

_OWN_ADDRESS = re.compile(r"file://\S*/L\d+-\d+TMP\.html")  # lynx gives what it reads another one each time
_OWN_FOLDER = re.compile(r"file://\S*?/lynxXXXX\w{6}/")  # of another name each time, behind relative links
_TIMEOUT = 60  # seconds that a program may take for a page

# Programs read the page on standard input, or where FILE stands from a file. Widths are those that
# they have by themselves, or that users give them.
_COMMANDS = {
    "lynx": "lynx -dump -stdin -display_charset=UTF-8 -assume_charset=UTF-8",
    "lynx-nolist": "lynx -dump -stdin -nolist -width=78 -display_charset=UTF-8 -assume_charset=UTF-8",
    "lynx-inline": "lynx -dump -stdin -nonumbers -width=100 -display_charset=UTF-8 -assume_charset=UTF-8",
    "w3m": "w3m -dump -T text/html -I UTF-8 -O UTF-8 -cols 80",
    "w3m-wide": "w3m -dump -T text/html -I UTF-8 -O UTF-8 -cols 100",
    "links": "links -dump -codepage UTF-8 -html-assume-codepage UTF-8 -width 80 FILE",
    "elinks": "elinks -dump -dump-charset UTF-8 -dump-width 80 -force-html"
    " -eval 'set document.codepage.assume=\"UTF-8\"'",
    "elinks-nolist": "elinks -dump -dump-charset UTF-8 -no-numbering -no-references -force-html"
    " -eval 'set document.codepage.assume=\"UTF-8\"'",
    "pandoc": "pandoc -f html-native_divs-native_spans -t markdown_strict-raw_html",
    "pandoc-gfm": "pandoc -f html-native_divs-native_spans -t gfm-raw_html --wrap=none",
    "pandoc-plain": "pandoc -f html-native_divs-native_spans -t plain",
}


def _html2text(width: int, inline: bool = True) -> Callable[[str], str]:
    def convert(html: str) -> str:
        import html2text

        reader = html2text.HTML2Text(bodywidth=width)
        reader.inline_links = inline
        reader.unicode_snob = True  # "é" stays "é", as the labels have it
        return str(reader.handle(html))

    return convert


def _inscriptis(html: str) -> str:
    import inscriptis

    return str(inscriptis.get_text(html))


def _markdownify(html: str) -> str:
    import markdownify

    cleaned = re.sub(r"(?is)<(script|style|noscript|template)\b.*?</\1\s*>", " ", html)
    return str(markdownify.markdownify(cleaned, heading_style="ATX"))


def _trafilatura(html: str) -> str:
    import trafilatura

    options = {"include_links": True, "include_formatting": True, "favor_recall": True}
    return str(trafilatura.extract(html, output_format="markdown", **options) or "")


def _innertext(html: str) -> list[str]:
    from ingest.read.html import parse_tree, tree_lines

    tree = parse_tree(html)
    return [line.text for line in tree_lines(tree)] if tree is not None else []


def _oneline(html: str) -> str:
    return " ".join(_innertext(html)) + "\n"


_FUNCTIONS: dict[str, Callable[[str], str]] = {
    "html2text": _html2text(78),
    "html2text-unwrapped": _html2text(0),
    "html2text-references": _html2text(78, inline=False),
    "inscriptis": _inscriptis,
    "markdownify": _markdownify,
    "trafilatura": _trafilatura,
    "oneline": _oneline,
    "lines": lambda html: "\n".join(_innertext(html)) + "\n",
}

STYLES = (*_COMMANDS, *_FUNCTIONS)


def render(html: str, style: str) -> str | None:
    """The page as a dump of this style; None, with a message, where its program is missing or fails.

    Raises KeyError for a style that is not in STYLES.

    >>> render("<p>Rain is<br>coming.</p><p>Snow too.</p>", "oneline")
    'Rain is coming. Snow too.\\n'
    """
    if style in _FUNCTIONS:
        try:
            return _FUNCTIONS[style](html)
        except ImportError as error:
            _missing(style, str(error))
            return None
    command = shlex.split(_COMMANDS[style])
    data = _charset(html).encode("utf-8", "replace")
    try:
        with tempfile.NamedTemporaryFile(suffix=".html") as file:
            if command[-1] == "FILE":
                command[-1] = file.name
                file.write(data)
                file.flush()
            run = subprocess.run(command, input=data, capture_output=True, timeout=_TIMEOUT, check=False)
    except FileNotFoundError:
        _missing(style, f"{command[0]} is not installed")
        return None
    except subprocess.TimeoutExpired:
        print(f"{style}: a page took more than {_TIMEOUT} s", file=sys.stderr)
        return None
    text = run.stdout.decode("utf-8", "replace")
    if run.returncode or not text.strip():
        return None
    return _OWN_FOLDER.sub("file:///", _OWN_ADDRESS.sub("file:///page.html", text))


def _charset(html: str) -> str:
    """The page with UTF-8 as the charset that it declares, which is what the programs get."""
    return re.sub(r"(?i)(<meta\b[^>]{0,200}?charset\s*=\s*[\"']?)[\w-]+", r"\1utf-8", html)


@cache
def _missing(style: str, why: str) -> None:
    print(f"{style} is skipped: {why}", file=sys.stderr)
