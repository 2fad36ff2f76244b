"""Text that was decoded wrongly before it came to us ("donâ€™t"), repaired with ftfy's knowledge."""

from __future__ import annotations

import re

from ingest.pattern import lazy
from ingest.read.compiled import tree

# What UTF-8's second bytes (0x80 to 0xBF) look like in windows-1252 and in windows-1251.
_WEST = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_EAST = "\x80-\xbfЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџЎўЈҐЁЄЇІіґё№єјЅѕї"
_SURE = "\x80-\xbf‚ƒ†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ"  # without what may follow a word: quotes, dashes, "…"
_SIGNS = "|".join(
    (
        "â€[^a-z]",  # "itâ€™s", "â€œwellâ€\x9d"
        "â‚¬",  # "â‚¬5"
        f"Ã[{_WEST}]",  # "cafÃ©"
        "Â[\xa0-\xbf]",  # "Â£5", "Â© 2024"
        "ï[»¿][¿½]",  # a byte order mark, a U+FFFD
        "ðŸ",  # an emoji
        f"[ÄÅ][{_SURE}]",  # "wiÄ™cej", "pÅ‚aci"
        f"(?:[ÐÑÎÏØÙ×àãäåæçèéêëìí][{_WEST}][{_WEST}]?){{2}}",  # "ÐŸÑ€Ð¸", "æ—¥æœ¬"
        f"(?:[РС][{_EAST}]){{2}}",  # "РџСЂРё"
        "[\x80-\x84\x86-\x9f]",  # windows-1252's quotes, read as Latin-1: "It\x92s"
    )
)
# Their first characters: a quick way to most of the "no"s. No sign but the first holds ASCII.
_START_LETTERS = frozenset("âÃÂïðÄÅÐÑÎÏØÙ×àãäåæçèéêëìíРС") | set(map(chr, range(0x80, 0xA0)))
_STARTS = lazy(f"[{''.join(sorted(_START_LETTERS))}]")
_ASCII = bytes(range(128))
_ASCII_AS_SPACES = b" " * 128 + bytes(range(128, 256))
_STRETCH = r"[^\n\r<>]+"
_MAX_STRETCH = 100_000  # characters; longer ones are left as they are


def repair(text: str) -> tuple[str, int]:
    """The text with its mojibake repaired, and how many stretches (of a line, or between two tags) changed.

    Only the wrong decoding is undone: quotes, ligatures, widths and all else stay as printed.

    >>> repair("donâ€™t")
    ('don’t', 1)
    >>> repair("SÃO PAULO – “Não”")
    ('SÃO PAULO – “Não”', 0)
    """
    if not _has_signs(text):
        return text, 0
    import ftfy

    changed = 0

    def repaired(match: re.Match[str]) -> str:
        nonlocal changed
        stretch = match[0]
        if len(stretch) > _MAX_STRETCH or not _has_signs(stretch):
            return stretch
        fixed = ftfy.fix_encoding(stretch)
        changed += fixed != stretch
        return fixed

    return re.sub(_STRETCH, repaired, text), changed


def may_need_repair(raw: bytes, beyond: bytes | None = None) -> bool:
    """Whether UTF-8 text may be wrongly decoded: a quick look at what is not ASCII, each piece of it once.

    ``beyond`` is what is not ASCII, where the caller has it.

    >>> may_need_repair("Ça va à São Paulo".encode()), may_need_repair("donâ€™t".encode())
    (False, True)
    """
    letters = set((raw.translate(None, _ASCII) if beyond is None else beyond).decode())
    if letters.isdisjoint(_START_LETTERS):
        return False
    pieces = set((tree.pieces(raw) if tree else raw.translate(_ASCII_AS_SPACES)).split())
    return _has_signs(b"\n".join(pieces).decode() + "\n")


def _has_signs(text: str) -> bool:
    first = _STARTS.search(text)
    if first is None:
        return False
    sign = lazy(_SIGNS)  # kept by re; many pages get by without it
    return any(sign.match(text, start.start()) for start in _STARTS.finditer(text, first.start()))
