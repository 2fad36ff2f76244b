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

MEANINGS: dict[Code, str] = {
    "not-found": "there is no such file",
    "is-directory": "a folder, where a file is wanted",
    "unreadable": "no permission, a device, a pipe that nobody writes to, a broken disk",
    "empty": "there is nothing in it",
    "binary": "no page of text or HTML: a picture, a PDF, a program",
    "undecodable": "no encoding makes text of it",
    "too-large": "larger than a page may be (--max-page-size), packed or unpacked",
    "broken-archive": "packed data or an archive that ends too soon or is damaged",
    "bad-option": "an option's value that is no time, order, format or encoding",
    "bad-record": "a line of JSON Lines that is no object, a row without a page",
    "timeout": "took longer than a page may (--page-timeout)",
    "out-of-memory": "took more memory than a worker may (--max-memory)",
    "crashed": "ended the process that read it",
    "internal": "a mistake of this program's own: please report it",
}

# The codes of a record's warnings
WARNINGS = {
    "ambiguous-date": "04/05/2024: nothing on the page tells day from month; the date is null",
    "date-disagreement": "the day printed and the day of the page's metadata differ",
    "foreign-calendar": "a date of a calendar that is not converted; it is null",
    "imprecise": "“last week”: no day that could be named; the date is null",
    "no-reference": "“2 hours ago”, but nothing tells when the page was fetched; the date is null",
    "unknown-timezone": "a zone with more than one meaning; the time has no offset",
    "weekday-mismatch": "the weekday printed is not that of the date",
    "repaired-text": "wrongly decoded text (“â€œ”) was repaired",
    "replaced-bytes": "bytes that the encoding does not have became U+FFFD",
}


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
