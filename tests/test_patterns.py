"""Every pattern of the package takes linear time: four times as much of anything takes four times as long.

The patterns are collected from the source, so that a new one needs no entry here. Each is tried on lines
that are known to trouble patterns, and on lines made from its own parse tree: what leads to each of its
repetitions, what repeats, over and over, and then something that fits nowhere.
"""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import ingest

try:
    from re import _constants as sre
    from re import _parser as parser
except ImportError:  # Python 3.10
    import sre_constants as sre  # type: ignore[no-redef]
    import sre_parse as parser  # type: ignore[no-redef]

METHODS = {"compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
SIZE = 4_000  # characters of a line, and four times as many
LONG = 0.02  # seconds of the processor, up to which 16,000 characters are nobody's worry
GROWTH = 9.0  # for four times as much: linear is 4, quadratic 16

# Built from data within a function, so that the source alone does not show them: classes of characters.
ELSEWHERE = {
    "ingest.pattern: re.compile(self._pattern, self._flags)",
    "ingest.read.legacy: re.compile(kind['common'].encode('latin-1'))",
    "ingest.read.legacy: re.compile(kind['telling'].encode('latin-1'))",
    "ingest.read.legacy: re.compile(token)",
    "ingest.read.wrapped: lazy(f'[{signs}]')",
}


# --- collecting ---


@cache
def collected() -> tuple[dict[tuple[Any, int], set[str]], set[str]]:
    """Pattern and flags -> how it is used; and the calls whose pattern could not be told from the source."""
    patterns: dict[tuple[Any, int], set[str]] = {}
    trees = {}
    root = Path(ingest.__file__).parent
    for path in sorted(root.rglob("*.py")):
        name = ".".join(("ingest", *path.relative_to(root).with_suffix("").parts)).removesuffix(".__init__")
        if name not in ("ingest.spark", "ingest.__main__"):
            trees[importlib.import_module(name)] = ast.parse(path.read_text(encoding="utf-8"))
    used: dict[str, set[str]] = {}  # name -> the methods that are called of it, anywhere
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                used.setdefault(node.value.id, set()).add(node.attr)
    unknown = set()
    for module, tree in trees.items():
        names = {id(node.value): node.targets[0] for node in ast.walk(tree) if isinstance(node, ast.Assign)}
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and _is_pattern_call(call):
                try:
                    pattern = _value(call.args[0], module)
                    flags = _value(call.args[1], module) if _takes_flags(call) and call.args[1:] else 0
                except Exception:
                    unknown.add(f"{module.__name__}: {ast.unparse(call)}")
                    continue
                name = names.get(id(call))
                if not _takes_flags(call):
                    methods = {call.func.attr}  # type: ignore[attr-defined]
                else:
                    methods = used.get(name.id, set()) if isinstance(name, ast.Name) else {"search"}
                patterns.setdefault((pattern, int(flags)), set()).update(methods & METHODS or {"search"})
    return patterns, unknown


def _is_pattern_call(call: ast.Call) -> bool:
    function = call.func
    if (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
    ):
        return function.attr in METHODS and bool(call.args)
    return isinstance(function, ast.Name) and function.id == "lazy"


def _takes_flags(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) or getattr(call.func, "attr", "") == "compile"


def _value(node: ast.expr, module: Any) -> Any:
    return eval(compile(ast.Expression(node), "pattern", "eval"), dict(vars(module)))


# --- troublesome lines ---

UNITS = [
    *" aA1.,([\"'-–/:<&\\*_#\té村",
    *("a ", "A ", "1 ", "1/", "1,", "1:", "a, ", "A. ", "a.b.", ". ", "- ", "a-", "<a ", "</", "&#", "&a"),
    *("[1]", "](", "[a](", "**", "='", "='\"", "a=", "\n", "\r\n", " \n", "\n\n", "a\n", "http://a", "a@b."),
    *("12 Jan 2024 ", "By Jane Roe and ", "PARIS, ", "(AP) "),
]


def lines(pattern: Any, flags: int, size: int) -> Iterator[str]:
    for unit in UNITS:
        yield fill(unit, size)
        yield fill(unit, size) + "\0"
    for before, unit in _repeated(parser.parse(pattern, flags)):
        if unit:
            yield before + fill(unit, size) + "\0"
            yield fill(before + unit, size) + "\0"


def fill(unit: str, size: int) -> str:
    return unit * max(1, size // len(unit))


def _repeated(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Each repetition of a parsed pattern: a text that leads to it, and one that it repeats."""
    for code, argument in tree:
        if code in (sre.MAX_REPEAT, sre.MIN_REPEAT, getattr(sre, "POSSESSIVE_REPEAT", None)):
            _, most, body = argument
            unit = _sample(body)
            if most > 20:
                yield before, unit
                yield before, unit + " "
            yield from _repeated(body, before)
        elif code is sre.SUBPATTERN:
            yield from _repeated(argument[-1], before)
        elif code is sre.BRANCH:
            for branch in argument[1]:
                yield from _repeated(branch, before)
        elif code in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _repeated(argument[1], before)
        before = (before + _sample([(code, argument)]))[-2_000:]


def _sample(tree: Any) -> str:
    """A text that a parsed pattern matches, or nearly."""
    text = ""
    for code, argument in tree:
        if code is sre.LITERAL:
            text += chr(argument)
        elif code is sre.NOT_LITERAL:
            text += "b" if argument != ord("b") else "c"
        elif code is sre.ANY:
            text += "a"
        elif code is sre.IN:
            text += _member(argument)
        elif code in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            text += _sample(argument[2]) * min(max(argument[0], 1), 20)
        elif code is sre.SUBPATTERN:
            text += _sample(argument[-1])
        elif code is sre.BRANCH:
            text += _sample(argument[1][0])
    return text


CATEGORIES = {
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_SPACE: "a",
}


def _member(items: Any) -> str:
    kinds = dict(reversed(items))
    if sre.NEGATE in kinds:
        taken = {chr(value) for code, value in items if code is sre.LITERAL}
        return next(char for char in "a b1-(\n" if char not in taken)
    code, value = items[-1]
    if code is sre.LITERAL:
        return chr(value)
    return chr(value[0]) if code is sre.RANGE else CATEGORIES.get(value, "-")


# --- timing ---


def seconds(pattern: re.Pattern[Any], line: Any, method: str, tries: int = 1) -> float:
    best = float("inf")
    for _ in range(tries):
        begun = time.process_time()
        if method == "search":
            for _ in pattern.finditer(line):
                pass
        else:
            getattr(pattern, method)(line)
        best = min(best, time.process_time() - begun)
    return best


def growth(pattern: re.Pattern[Any], flags: int, methods: set[str]) -> Iterator[str]:
    """The lines that take the pattern more than their share."""
    as_bytes = isinstance(pattern.pattern, bytes)
    wanted = methods & {"match", "fullmatch"} | ({"search"} if methods - {"match", "fullmatch"} else set())
    for line, longer in zip(*(lines(pattern.pattern, flags, size) for size in (SIZE, 4 * SIZE)), strict=True):
        texts = [text.encode("utf-8", "replace") if as_bytes else text for text in (line, longer)]
        for method in wanted:
            if seconds(pattern, texts[0], method) < LONG / 16:
                continue  # even if it were quadratic, it would not be long at four times the size
            if seconds(pattern, texts[1], method) < LONG:
                continue
            few, many = (seconds(pattern, text, method, 3) for text in texts)
            if many > GROWTH * few:
                yield f"{method} {line[:60]!r}: {few:.4f} s, {many:.4f} s"
                return


def test_each_pattern_is_linear():
    patterns, _ = collected()
    assert len(patterns) > 100
    slow = {}
    for (pattern, flags), methods in patterns.items():
        found = list(growth(re.compile(pattern, flags), flags, methods))
        if found:
            slow[f"{pattern!r}"] = found
    assert not slow, "\n".join(f"{pattern}\n    {found}" for pattern, found in slow.items())


def test_patterns_are_told_from_the_source():
    assert collected()[1] == ELSEWHERE


@pytest.mark.parametrize("pattern", [r"\s+$", r"a.*b.*c", r"<[^>]*x", r"\w+\s?!", r"(?:\s*,\s*)+x"])
def test_the_watch_finds_bad_patterns(pattern):
    assert list(growth(re.compile(pattern), 0, {"search"}))
