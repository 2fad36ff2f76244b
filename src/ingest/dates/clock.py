"""Times of day and their zones, as they stand beside a date: "10:05 am EDT", "10h05", "下午3時05分"."""

from typing import NamedTuple

from ingest.dates.terms import Term, touching

_OPENING, _CLOSING = "(", ")"
_AFTER_DOTTED = frozenset(",)|-–—·•;]")  # what may follow "10.05" when it is a time and no price


Read = tuple[int, int | None, int | None, int]  # hour, minute, second, the term after them


class Clock(NamedTuple):
    """A time of day: hours, minutes and seconds as printed, its offset, and the term after it."""

    hour: int
    minute: int | None
    second: int | None
    offset: str | None
    unknown_zone: bool
    after: int


def clock_at(
    items: list[Term], at: int, text: str, country: str | None, dotted: bool = False
) -> Clock | None:
    """The time of day that begins at a term; ``dotted`` says that "10.05" may be one."""
    half, start = None, at
    while at < len(items) and "half" in items[at].roles and half is None:  # 下午3時, 오후 3시, शाम 5:30
        half, at = items[at].roles["half"], at + 1
    if at >= len(items):
        return None
    read = _digits(items, at, text, dotted) or _word(items, at)
    if read is None:
        return None
    hour, minute, second, after = read
    bare = minute is None and not items[at].roles.get("numbered") and "clock" not in items[after - 1].roles
    if (
        after < len(items)
        and half is None
        and "half" in items[after].roles
        and not _is_german_am(items, after)
    ) and (items[after].roles["half"] in ("am", "pm") or not bare):
        half, after = items[after].roles["half"], after + 1
        after += (
            after < len(items)
            and items[after].kind == "."
            and items[after - 1].end - items[after - 1].start < 5
        )
    if bare and half is None:
        return None
    hour = _whole_day(hour, half)
    if not (0 <= hour < 24 and (minute or 0) < 60 and (second or 0) < 60):
        return None
    after = _suffix(items, after)
    offset, unknown, after = _zone(items, after, text, country, exact=second is not None)
    if "half" in items[start].roles and start == at:
        return None
    return Clock(hour, minute if minute is not None else 0, second, offset, unknown, after)


def _is_german_am(items: list[Term], at: int) -> bool:
    """Whether "am" is the German preposition: "12.30 Uhr am 26. Januar"."""
    return at + 2 < len(items) and items[at + 1].width in (1, 2) and items[at + 2].kind == "."


def _digits(items: list[Term], at: int, text: str, dotted: bool) -> Read | None:
    """What is read from digits: "10:05:00", "10.05", "10h05", "10 Uhr", "3時05分", "10"."""
    first = items[at]
    if not 1 <= first.width <= 2 or "ago" in first.roles:
        return _four_digits(items, at, text)
    unit = first.roles.get("numbered")
    if unit == "hour":
        second = None
        after = at + 1
        if (
            after < len(items)
            and items[after].width in (1, 2)
            and items[after].roles.get("numbered") in (None, "minute")
        ):
            if "ago" in items[after].roles or (items[after].width == 1 and not items[after].roles):
                return first.number, None, None, after
            minute: int | None = items[after].number
            after += 1
            if after < len(items) and items[after].roles.get("numbered") == "second":
                second, after = items[after].number, after + 1
            return first.number, minute, second, after
        colon = _colon(items, at, text, dotted)  # "klo 10.05": the phrase holds the hour
        return colon or (first.number, None, None, after)
    if unit is not None:
        return None
    colon = _colon(items, at, text, dotted)
    if colon is not None:
        return colon
    return first.number, None, None, at + 1


def _colon(items: list[Term], at: int, text: str, dotted: bool) -> Read | None:
    """ "10:05", "10:05:00", "10:05:00.000"; "10.05" where a time is expected."""
    if at + 2 >= len(items) or items[at + 1].kind not in (":", "."):
        return None
    mark, minute = items[at + 1], items[at + 2]
    if minute.width != 2 or not (touching(items[at], mark, text) and touching(mark, minute, text)):
        return None
    after, second = at + 3, None
    if mark.kind == ".":
        if not (dotted or "numbered" in minute.roles or "numbered" in items[at].roles) and not _marked(
            items, after
        ):
            return None
        if after < len(items) and not _may_end_dotted(items[after]):
            return None
    if _touching_number(items, after, text, mark.kind) and items[after + 1].width == 2:
        second, after = items[after + 1].number, after + 2
        if _touching_number(items, after, text, ".,"):  # fractions of a second
            after += 2
    return items[at].number, minute.number, second, after


def _touching_number(items: list[Term], at: int, text: str, marks: str) -> bool:
    """Whether one of these marks and a number follow at once."""
    if at + 1 >= len(items) or items[at].kind not in marks or not items[at + 1].width:
        return False
    return touching(items[at - 1], items[at], text) and touching(items[at], items[at + 1], text)


def _marked(items: list[Term], after: int) -> bool:
    """Whether am or pm follows: "10.05am" is a time wherever it stands."""
    return after < len(items) and "half" in items[after].roles


def _may_end_dotted(item: Term) -> bool:
    return (
        item.kind in _AFTER_DOTTED
        or item.kind == "."
        or bool({"half", "filler", "zone", "label"} & item.roles.keys())
    )


def _four_digits(items: list[Term], at: int, text: str) -> Read | None:
    """ "1005 GMT", "1005 hrs"."""
    item = items[at]
    if item.width != 4:
        return None
    hours = item.roles.get("numbered") == "hour"
    if not hours and not (
        at + 1 < len(items) and "zone" in items[at + 1].roles and _is_capital(items[at + 1], text)
    ):
        return None
    return item.number // 100, item.number % 100, None, at + 1


def _word(items: list[Term], at: int) -> Read | None:
    """ "noon", "midnight"."""
    named = items[at].roles.get("clock")
    if named is None:
        return None
    return int(named[:2]), int(named[3:]), None, at + 1


def _whole_day(hour: int, half: str | None) -> int:
    """The hour of 24 from an hour of 12; "night" reaches over midnight, "noon" starts at 10."""
    if half is None or hour > 12:
        return hour
    if half == "am" or (half == "night" and (hour < 6 or hour == 12)):
        return hour % 12
    if half == "noon" and hour >= 10:
        return hour
    return hour % 12 + 12


def _suffix(items: list[Term], at: int) -> int:
    """Past "Uhr", "hrs", "น." and "o'clock"."""
    if (
        at < len(items)
        and "filler" in items[at].roles
        and not {"month", "label", "to", "zone"} & items[at].roles.keys()
    ):
        following = items[at + 1] if at + 1 < len(items) else None
        if following is None or not (following.width or (following.kind in "wx" and _glued(items, at + 1))):
            return at + 1
    return at


def _glued(items: list[Term], at: int) -> bool:
    return items[at - 1].end == items[at].start


def _is_capital(item: Term, text: str) -> bool:
    return text[item.start : item.end].isupper()


def _zone(
    items: list[Term], at: int, text: str, country: str | None, exact: bool
) -> tuple[str | None, bool, int]:
    """Offset, whether a zone stays undecided, the term after: "PKT", "(GMT+7)", "+0500", "Z"."""
    opened = at < len(items) and items[at].kind == _OPENING
    place = at + opened
    if place >= len(items):
        return None, False, at
    item = items[place]
    offset, unknown, after = None, False, place
    if "zone" in item.roles and (_is_capital(item, text)):
        offset, unknown = _named(item.roles["zone"], country)
        after = place + 1
        signed = _signed(items, after, text, True) if offset == "+00:00" else None
        if signed is not None:
            offset, after = signed
        elif offset == "+00:00" and _is_signed(items, after, text):  # "UTC+15": no one's offset, nor UTC
            offset, unknown = None, True
    else:
        signed = _signed(items, place, text, exact)
        if signed is not None:
            offset, after = signed
    if after == place:
        return None, False, at
    if opened:
        if after >= len(items) or items[after].kind != _CLOSING:
            return None, False, at
        after += 1
    return offset, unknown, after


def _is_signed(items: list[Term], at: int, text: str) -> bool:
    """Whether a sign and a number cling to the zone in front of them."""
    return (
        at + 1 < len(items)
        and items[at].kind in ("+", "-", "−")
        and bool(items[at + 1].width)
        and touching(items[at - 1], items[at], text)
        and touching(items[at], items[at + 1], text)
    )


def _named(packed: str, country: str | None) -> tuple[str | None, bool]:
    """The offset of a zone's name; one with several meanings needs the publisher's country or its offset.

    >>> _named("IE+01:00 IL+02:00 IN+05:30", "IN"), _named("??-05:00 ??-04:00", "US -04:00")
    (('+05:30', False), ('-04:00', False))
    >>> _named("IE+01:00 IL+02:00 IN+05:30", None)
    (None, True)
    """
    if packed[0] in "+-":
        return packed, False
    known = (country or "").split()
    choices = [(choice[:2], choice[2:]) for choice in packed.split()]
    for home, offset in choices:
        if home in known:
            return offset, False
    fitting = {offset for _, offset in choices if offset in known}
    return (fitting.pop(), False) if len(fitting) == 1 else (None, True)


def _signed(items: list[Term], at: int, text: str, exact: bool) -> tuple[str, int] | None:
    """ "+05:00", "+0500", "+5"; "-12:30" only behind seconds or a zone, since "10:05-12:30" is a span."""
    if (
        at + 1 >= len(items)
        or items[at].kind not in ("+", "-", "−")
        or not touching(items[at], items[at + 1], text)
    ):
        return None
    sign, number = "+" if items[at].kind == "+" else "-", items[at + 1]
    if number.width == 4:
        hours, minutes, after = number.number // 100, number.number % 100, at + 2
    elif 1 <= number.width <= 2:
        hours, minutes, after = number.number, 0, at + 2
        if at + 3 < len(items) and items[at + 2].kind == ":" and items[at + 3].width == 2:
            minutes, after = items[at + 3].number, at + 4
        elif not exact:
            return None
        if sign == "-" and not exact:
            return None
    else:
        return None
    if hours > 14 or minutes not in (0, 30, 45, 15):
        return None
    return f"{sign}{hours:02}:{minutes:02}", after
