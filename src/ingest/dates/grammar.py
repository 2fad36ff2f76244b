"""The grammar of printed dates: what may stand where, over the terms of a line.

A date is a day, month and year in one of a few orders, a weekday before or after them, a time on either side.
Each function reads one shape from a term onwards and says where it ended, or ``None``.
"""

from typing import NamedTuple

from ingest.dates import calendar
from ingest.dates.clock import Clock, clock_at
from ingest.dates.parts import STICKY, Parts
from ingest.dates.terms import Term

_JOINTS = frozenset(",-–—|·•@/;([:")  # between a date and its time


class Draft(NamedTuple):
    """A date as far as it was read: its parts, the terms it spans, and what remains open."""

    first: int
    after: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    clock: Clock | None = None
    past: tuple[int, str] | None = None  # 2, "hour": so long ago
    weekday: int | None = None
    choices: tuple[tuple[int, int], ...] = ()  # month and day as DMY and as MDY, when both are possible
    order: str | None = None  # the order of day and month that this date proves
    warning: str | None = None


class Line(Parts):
    """A line of text, and the dates that may begin at each of its terms."""

    def date_at(self, at: int) -> Draft | None:
        """The date that begins at a term, with the weekday and the times around it."""
        found = self._with_weekday(at)
        if found is None:
            clock = clock_at(self.terms, at, self.text, self.country)
            if clock is None or (at and self.kind(at - 1) == "n"):
                return None
            found = self._with_weekday(self.past(clock.after, ",-–—|·•(/;", "filler", most=3))
            if found is None or (found.day is None and found.past is None):
                return None
            return found._replace(first=at, clock=found.clock or clock)
        return found

    def _with_weekday(self, at: int) -> Draft | None:
        weekday = self.weekday(at)
        core = None
        if weekday is not None:
            core = self._core(self.past(at + 1, ".,()-–|", "filler", most=3), weekday)
        if core is None:
            weekday, core = None, self._core(at, None)
        if core is None:
            return None
        after = core.after
        if weekday is None and core.day is not None:
            opened = self.past(after, ",(", words="", most=1)
            weekday = self.weekday(opened)
            bracketed = self.kind(opened - 1) == "("
            end = self.past(opened + 1, ".", words="", most=1) + bracketed
            if weekday is None or self._starts_date(opened + 1) or (bracketed and self.kind(end - 1) != ")"):
                weekday = None
            else:
                after = end
        elif self.kind(core.after) == ")" and any(self.kind(n) == "(" for n in range(at, core.first)):
            after += 1  # Freitag (24. Mai)
        core = self._with_clock(core._replace(first=at, after=after, weekday=weekday))
        return self._decided(core)

    def _starts_date(self, at: int) -> bool:
        at = self.past(at, ",. ")
        return self._core(at, None) is not None

    def _with_clock(self, draft: Draft) -> Draft:
        if draft.day is None and (draft.past is None or draft.past[1] != "day"):
            return draft
        place = draft.after
        place += self.kind(place) == "." and self.terms[place - 1].width > 0  # 2024. 1. 26. 오후 3:05
        for _ in range(4):
            clock = clock_at(self.terms, place, self.text, self.country, dotted=True)
            if clock is not None and not self._is_number_of_more(place):
                break
            dot = self.kind(place) == "." and self.has(place - 1, "filler")  # kl. 10.05
            if not ((self.kind(place) and self.kind(place) in _JOINTS) or self.has(place, "filler") or dot):
                return draft
            place += 1
        else:
            return draft
        after = clock.after
        if self.kind(draft.after) in ("(", "[") and self.kind(after) in (")", "]"):
            after += 1
        if (
            draft.year is None and draft.past is None and (year := self.year(after))
        ):  # Fri Jan 26 10:05:00 2024
            return draft._replace(clock=clock, year=year[0], after=year[1])
        return draft._replace(clock=clock, after=after)

    def _is_number_of_more(self, at: int) -> bool:
        """Whether what looks like a time begins another date: "26.01.2024, 27.01.2024"."""
        return self.has(at, "label") or self._numeric(at) is not None

    def _core(self, at: int, weekday: int | None) -> Draft | None:
        item = self.term(at)
        if item is None:
            return None
        if item.width or "era" in item.roles:
            if "ago" in item.roles:
                return self._ago(at)
            return (
                self._numeric(at)
                or self._short_numeric(at, weekday)
                or self._year_first(at)
                or self._day_first(at)
                or self._month_first(at)
                or self._foreign(at)
            )
        if "month" in item.roles:
            return self._month_first(at)
        if "moment" in item.roles:
            amount, unit = item.roles["moment"][:-1].lstrip("-"), item.roles["moment"][-1]
            return Draft(at, at + 1, past=(int(amount), _UNIT[unit]))
        if "calendar" in item.roles:
            return self._foreign(at)
        return None

    def _ago(self, at: int) -> Draft | None:
        if self.glued(at) and self.kind(at - 1) in (".", ",", "-"):
            return None
        item = self.terms[at]
        return Draft(at, at + 1, past=(item.number, item.roles["ago"]))

    def _numeric(self, at: int) -> Draft | None:
        """ "26.01.2024", "26/01/24", "2024-01-26": three numbers with one sign between them."""
        a, sign, b, again, c = (self.term(at + n) for n in range(5))
        if a is None or sign is None or b is None or again is None or c is None:
            return None
        if sign.kind not in "./-|" or again.kind != sign.kind or not (a.width and b.width and c.width):
            return None
        if sign.kind == "|" and (a.width, b.width, c.width) != (2, 2, 4):
            return None  # "26 | 01 | 2024", but "3 | 2 | 5" is a score
        if c.width == 4 and self._is_clock(at + 4):
            return None  # "16.10.1909:28": a year of two digits and a time, set apart by a style sheet
        if (
            a.roles
            or b.roles
            or c.roles.get("numbered") not in (None, "year", "day")
            or not self._alone(at, sign.kind)
        ):
            return None
        if a.width == 4:
            if b.width > 2 or c.width > 2:
                return None
            return self._numbers(at, a.number, ((b.number, c.number),), "YMD")
        if a.width > 2 or b.width > 2 or c.width not in (2, 4):
            return None
        if c.width == 2 and self.order == "YMD" and a.width == 2:
            return self._numbers(at, calendar.full_year(a.number), ((b.number, c.number),), None)
        if (
            c.width == 2
            and sign.kind in ".-"
            and (a.width == 1 or b.width == 1)
            and not self._is_clock(at + 5)
            and not self._signs_off(at, sign.kind)
        ):
            return None  # "1.2.24" may be a version, "3-2-12" a score
        year = c.number if c.width == 4 else calendar.full_year(c.number)
        if sign.kind == "." and b.number <= 12:
            return self._numbers(at, year, ((b.number, a.number),), "DMY" if a.number > 12 else None)
        return self._numbers(at, year, ((b.number, a.number), (a.number, b.number)), None)

    def _short_numeric(self, at: int, weekday: int | None) -> Draft | None:
        """ "1/14 06:01", "26.01., 10:05 Uhr", "Fr 26.01.": without a year only beside a time or weekday."""
        a, sign, b = self.term(at), self.term(at + 1), self.term(at + 2)
        if a is None or sign is None or b is None or sign.kind not in "./" or a.roles or b.roles:
            return None
        if not (1 <= a.width <= 2 and 1 <= b.width <= 2 and self.glued(at + 1) and self.glued(at + 2)):
            return None
        after = at + 3
        if sign.kind == ".":
            if self.kind(after) != "." or not self.glued(after):
                return None
            after += 1
        if (self.glued(after) and self.kind(after) not in (",", ")")) or (
            self.glued(at) and self.kind(at - 1) in STICKY
        ):
            return None
        clock = clock_at(self.terms, self.past(after, ",|-–"), self.text, None)
        if clock is None and weekday is None:
            return None
        choices = (
            ((b.number, a.number),) if sign.kind == "." else ((b.number, a.number), (a.number, b.number))
        )
        possible = tuple(dict.fromkeys(choice for choice in choices if calendar.valid(None, *choice)))
        if not possible:
            return None
        return Draft(at, after, None, *possible[0], choices=possible if len(possible) == 2 else ())

    def _alone(self, at: int, sign: str) -> bool:
        """Whether the three numbers from a term on stand together, and nothing more clings to them."""
        for place in range(at + 1, at + 5):
            spaced = (sign == "." and place in (at + 2, at + 4)) or sign in "/|"
            if not spaced and not self.glued(place):
                return False
        if self.glued(at):
            before = self.terms[at - 1]
            if before.kind in STICKY or (before.kind in "wx" and self._clings(before, at)):
                return False
            if before.kind == ":" and at > 1 and self.terms[at - 2].width and self.glued(at - 1):
                return False
        if self.glued(at + 5):
            after = self.terms[at + 5]
            apart = self.terms[at + 4].width == 4  # "26.01.202410:05": the tokens know where the year ends
            if (
                (after.width and not apart)
                or after.kind in "%_="
                or (after.kind == "x" and self._clings(after, at))
            ):
                return False
            more = after.kind in "./-" and self.glued(at + 6) and self.terms[at + 6].width
            if more and not self._is_clock(at + 6):  # 28.01.2020-15:49
                return False
        return True

    def _signs_off(self, at: int, sign: str) -> bool:
        """Whether a short date ends its line behind a comma, as behind a name: "Jane Roe, 8.5.12"."""
        return sign == "." and at > 1 and self.kind(at - 1) in (",", "|") and self.term(at + 5) is None

    def _clings(self, word: Term, at: int) -> bool:
        """Whether a word glued to a date spoils it: "v1.2.2024" is none, "Politik26.01.2024" is."""
        full = self.terms[at].width == 2 and self.terms[at + 2].width == 2 and self.terms[at + 4].width == 4
        if full and word.end - word.start > 2:
            return False
        return self.text[word.end - 1].isascii() and self.text[word.start] not in "Tt"

    def _numbers(
        self, at: int, year: int, choices: tuple[tuple[int, int], ...], order: str | None
    ) -> Draft | None:
        foreign = year in calendar.ISLAMIC or year in calendar.BUDDHIST
        if year in calendar.BUDDHIST and _thai(self.text):
            year, foreign = year - 543, False
        possible = tuple(dict.fromkeys(choice for choice in choices if calendar.valid(year, *choice)))
        if not possible or (year > calendar.LAST_YEAR and not foreign):
            return None
        if foreign:
            return Draft(at, at + 5, year, *possible[0], warning="foreign-calendar")
        if len(choices) == 2 and len(possible) == 1 and choices[0] != choices[1]:
            order = "DMY" if possible[0] == choices[0] else "MDY"
        return Draft(
            at, at + 5, year, *possible[0], choices=possible if len(possible) == 2 else (), order=order
        )

    def _year_first(self, at: int) -> Draft | None:
        """ "2024年1月26日", "2024. január 26.", "2024 m. sausio 26 d.", "2024. gada 26. janvāris"."""
        year = self.year(at)
        if year is None or (self.glued(at) and self.kind(at - 1) in STICKY):
            return None
        place = self.past(year[1], ".,-/")
        month = self.month(place)
        if month is not None and place == year[1] and self.glued(place) and not self.terms[at].roles:
            return None  # "January 27, 2018January 27, 2018"
        if month is not None:
            day = self.day(self.past(month[1], "-/,", words=""))
            if day is not None and calendar.valid(year[0], month[0] or 1, day[0]):
                after = day[1]
                item = self.terms[after - 1]
                after += self.kind(after) == "." and item.width > 0 and self.glued(after)
                return self._named(at, after, year[0], month[0], day[0])
            if self.terms[at].roles or "numbered" in self.terms[place].roles or month[1] == len(self.terms):
                if self.has_number(month[1], 1) and not self._is_clock(month[1]):  # 2024年2月30日
                    return None
                return self._named(at, month[1], year[0], month[0], None)
            return None
        if "numbered" not in self.terms[at].roles:
            return None
        dayed = self.day(place)
        month = self.month(self.past(dayed[1], "."), dotted=True) if dayed else None
        if dayed is None or month is None:
            return None
        return self._named(at, month[1], year[0], month[0], dayed[0])

    def _day_first(self, at: int) -> Draft | None:
        """ "26 January 2024", "26th of January, 2024", "26 de enero de 2024", "26-Jan-24", "26 января"."""
        day = self.day(at)
        if day is None or (self.glued(at) and self.kind(at - 1) in STICKY):
            return None
        dotted = self.kind(day[1]) == "."
        month = self.month(self.past(day[1], ".-/,"), dotted)
        if month is None:
            return None
        place = self.past(month[1], ".,-/'", most=3)
        year = self.year(place)
        if year is not None and not self._is_clock(place):
            return self._named(at, year[1], year[0], month[0], day[0])
        short = self.term(place)
        rare = (
            "rare" in self.terms[month[1] - 1].roles.get("month", "") and not dotted
        )  # "3 Pro:", "11 out of 12"
        if short is not None and short.width == 2 and not short.roles and self._ends(place + 1) and not rare:
            if _thai(self.text):
                return self._thai_short(at, place + 1, short.number, month[0], day[0])
            return self._named(at, place + 1, calendar.full_year(short.number), month[0], day[0])
        if rare and self.kind(month[1] - 1) != ".":
            return None
        return self._named(at, month[1], None, month[0], day[0])

    def _month_first(self, at: int) -> Draft | None:
        """ "January 26th, 2024", "Jan. 26", "January 2024", "1月26日"."""
        month = self.month(at)
        if month is None or (self.glued(at) and self.kind(at - 1) in ("-", "_", "#", "@")):
            return None
        place = self.past(month[1], "-/,")
        year = self.year(place)
        if year is not None and not self._is_clock(place):
            return self._named(at, year[1], year[0], month[0], None)
        day = self.day(self.past(month[1], "-/.", most=1))
        if day is None:
            return None
        place = self.past(day[1], ".,-/'")
        year = self.year(place)
        if year is not None and not self._is_clock(place):
            return self._named(at, year[1], year[0], month[0], day[0])
        if self._is_clock(day[1] - 1) and "numbered" not in self.terms[day[1] - 1].roles:
            return None
        if "first" in self.terms[at].roles.get("month", "") or "numbered" in self.terms[at].roles:
            return self._named(at, day[1], None, month[0], day[0])
        return None

    def _foreign(self, at: int) -> Draft | None:
        """A day of another calendar: the Persian is converted, the others are not for arithmetic to know."""
        day = self.day(at)
        place = self.past(day[1], ".-/") if day else at
        item = self.term(place)
        if item is None or "calendar" not in item.roles:
            return None
        name, month = item.roles["calendar"].split()
        after = self.past(place + 1, ",.-/")
        if day is None:
            day = self.day(after)
            after = self.past(day[1], ",.-/") if day else after
        year = self.term(after)
        if day is None or year is None or year.width != 4:
            return None
        if name in ("persian", "afghan") and (
            found := calendar.from_persian(year.number, int(month), day[0])
        ):
            return Draft(at, after + 1, *found)
        return Draft(at, after + 1, year.number, 1, 1, warning="foreign-calendar")

    def _is_clock(self, at: int) -> bool:
        """Whether a number begins a time, not a year or day: "26 Jan 10:05"."""
        return (
            self.kind(at + 1) == ":"
            and self.glued(at + 1)
            and self.glued(at + 2)
            and self.terms[at + 2].width > 0
        )

    def _ends(self, at: int) -> bool:
        """Whether an expression may end before a term: nothing follows, or a sign, a time, a label."""
        item = self.term(at)
        if item is None:
            return True
        if item.kind in ("x", "n") or item.kind in "%$€£¥°" or (item.kind == ":" and self.glued(at + 1)):
            return item.kind == "n" and clock_at(self.terms, at, self.text, None, dotted=True) is not None
        return item.kind != "w" or bool(
            {"filler", "label", "weekday", "half", "clock", "to"} & item.roles.keys()
        )

    def _named(self, at: int, after: int, year: int | None, month: int, day: int | None) -> Draft | None:
        """A date with a month's name; the Thai year is brought to the common one."""
        warning = None
        if year is not None and year > calendar.LAST_YEAR:
            if year not in calendar.BUDDHIST:
                return None
            year, warning = (year - 543, None) if _thai(self.text) else (year, "foreign-calendar")
        elif year is not None and year in calendar.ISLAMIC:
            warning = "foreign-calendar"
        if day is not None and not calendar.valid(year, month or 1, day):
            return None
        if month == 0:
            return Draft(at, after, year, None, day, warning="ambiguous-date")
        return Draft(at, after, year, month, day, warning=warning)

    def _thai_short(self, at: int, after: int, year: int, month: int, day: int) -> Draft | None:
        """ "26 ม.ค. 67": the Buddhist year 2567; below 50 it may be either count."""
        if year >= 50:
            return self._named(at, after, 2500 + year, month, day)
        return Draft(at, after, 2000 + year, month, day, warning="foreign-calendar")

    def _decided(self, draft: Draft) -> Draft:
        """Day and month of "04/05/2024" told apart by the order of the page, or by the weekday beside it."""
        if not draft.choices:
            return draft
        month, day = draft.choices[0]
        if self.order in ("DMY", "MDY"):
            month, day = draft.choices[self.order == "MDY"]
            return draft._replace(month=month, day=day, choices=())
        if draft.year is not None and draft.weekday is not None and draft.weekday >= 0:
            fitting = [
                n
                for n, pick in enumerate(draft.choices)
                if calendar.weekday(draft.year, *pick) == draft.weekday
            ]
            if len(fitting) == 1:
                month, day = draft.choices[fitting[0]]
                return draft._replace(month=month, day=day, choices=(), order=("DMY", "MDY")[fitting[0]])
        return draft._replace(month=None, day=None, warning="ambiguous-date")


_UNIT = {"s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week", "M": "month", "y": "year"}


def _thai(text: str) -> bool:
    return any("\u0e00" <= sign <= "\u0e7f" for sign in text)
