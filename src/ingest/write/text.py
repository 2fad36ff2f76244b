"""Text that is fit to be shown: file names of any bytes, and nothing that drives a terminal."""

from __future__ import annotations

_CONTROLS = (
    *range(0x20),
    *range(0x7F, 0xA0),  # DEL and C1: a terminal takes U+009B for ESC [
    0x2028,  # line and paragraph separator
    0x2029,
    *range(0x202A, 0x202F),  # bidirectional overrides, which make "txt.exe" of "exe.txt"
    *range(0x2066, 0x206A),
)
_AS_PYTHON = {code: f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" for code in _CONTROLS}
_AS_JSON = {code: f"\\u{code:04x}" for code in _CONTROLS if code >= 0x20}


def printable(name: str) -> str:
    r"""A file name as text: bytes that are no UTF-8 become ``\xe9``, all else stays.

    >>> print(printable("caf\udce9.txt"), printable("café.txt"))
    caf\xe9.txt café.txt
    """
    try:
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # half a pair, which names no file
        return name.encode("utf-8", "backslashreplace").decode("utf-8")


def one_line(text: str) -> str:
    r"""Text for a message: one line that can't drive the terminal it is shown on.

    >>> print(one_line("a\n\x1b[31mb"))
    a\x0a\x1b[31mb
    """
    return text.translate(_AS_PYTHON)


def text_for_terminal(text: str) -> str:
    r"""Text of many lines, each fit for a terminal.

    >>> print(text_for_terminal("a\n\x1b[31mb"))
    a
    \x1b[31mb
    """
    return "\n".join(map(one_line, text.split("\n")))


def json_for_terminal(text: str) -> str:
    r"""The same JSON, with the characters escaped that JSON lets pass and a terminal obeys.

    >>> print(json_for_terminal('"\x9b31m"'))
    "\u009b31m"
    """
    return text.translate(_AS_JSON)


def utf_8(text: str) -> bytes:
    r"""The text in UTF-8; half of a surrogate pair, which has no such form, becomes U+FFFD.

    >>> utf_8("é\ud83d").decode()
    'é�'
    """
    try:
        return text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text).encode()
