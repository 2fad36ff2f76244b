"""What goes wrong with an input, said in one line that people understand."""

from __future__ import annotations

from typing import Literal

Code = Literal[
    "not-found",
    "is-directory",
    "unreadable",
    "empty",
    "binary",
    "undecodable",
    "too-large",
    "broken-archive",
    "bad-option",
    "bad-record",  # a line of JSON Lines that is no object, a row without a page
    "timeout",
    "out-of-memory",
    "crashed",
    "internal",
]


class InputError(Exception):
    """An input that can't be read as a page. ``str()`` gives the reason, without the input's name.

    >>> error = InputError("empty", "the file is empty")
    >>> error.code, str(error)
    ('empty', 'the file is empty')
    """

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(code, message)  # both, so that the error survives the way back from a worker
        self.code: Code = code
        self.message = message

    def __str__(self) -> str:
        return self.message
