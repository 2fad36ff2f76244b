"""Values that several commands take, and how they are checked."""

from __future__ import annotations

import re
import sys
from datetime import datetime

import click

from ingest.settings import PUBLISHERS

# 2024-01-26, 2024-01-26T10:05, 2024-01-26T10:05:00Z, 2024-01-26T10:05:00.123+05:00
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)


def iso_time(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """A day, or a time with or without its offset, in ISO 8601."""
    if value is None:
        return None
    try:
        if not _TIME.fullmatch(value):
            raise ValueError
        # without what fromisoformat can't read before Python 3.11: Z, and most fractions
        datetime.fromisoformat(re.sub(r"\.[0-9]{1,9}", "", value).replace("Z", "+00:00"))
    except ValueError:
        raise click.BadParameter(f"{value!r} is no ISO 8601 time, as 2024-01-26T10:05:00+05:00 is.") from None
    return value


def known_encoding(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """An encoding that Python knows."""
    if value is None:
        return None
    try:
        b" ".decode(value)
    except UnicodeError:
        pass  # half a character of UTF-16: the encoding is known
    except (LookupError, ValueError):
        raise click.BadParameter(f"{value!r} is no encoding that Python knows.") from None
    return value


def country_code(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """Two letters of ISO 3166-1, in capitals."""
    if value is None:
        return None
    if not re.fullmatch(r"[A-Za-z]{2}", value):
        raise click.BadParameter(f"{value!r} is no country code of two letters, as PK is.")
    return value.upper()


def size(context: click.Context, option: click.Parameter, value: str) -> int:
    """ "64M", "1G", "500k" or bytes."""
    units = {"k": 2**10, "m": 2**20, "g": 2**30}
    number, unit = (value[:-1], value[-1].lower()) if value[-1:].lower() in units else (value, "")
    if not number.isdigit() or int(number) == 0:
        raise click.BadParameter(f"{value!r} is no size, as 64M is.")
    return int(number) * units.get(unit, 1)


DATE_ORDER = click.option(
    "--date-order",
    type=click.Choice(["DMY", "MDY", "YMD"], case_sensitive=False),
    metavar="[DMY|MDY|YMD]",
    help="How to read 04/05/2024 when nothing else tells.",
)
MAX_LINES = click.option(
    "--max-lines", type=click.IntRange(1), default=50_000, metavar="N", help="Most lines of a page [50000]."
)
COUNTRY = click.option(
    "--country",
    metavar="CODE",
    callback=country_code,
    help="The publisher's country: GB, US, PK …",
)


def publisher_names(context: click.Context) -> dict[str, str]:
    """The names of publishers that the user's defaults hold."""
    names: dict[str, str] = context.meta.get(PUBLISHERS, {})
    return names


def needs_input(given: object, what: str) -> None:
    """A usage error where nothing is named and standard input is a terminal."""
    if not given and sys.stdin is not None and sys.stdin.isatty():
        raise click.UsageError(f"Name a {what}, or pipe one in; '-' reads from the terminal.")
