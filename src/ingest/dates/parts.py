"""The parts of printed dates: what a term of a line may be, a year, a month, a day, a weekday."""

from __future__ import annotations

from ingest.dates import calendar
from ingest.dates.terms import Term, terms, touching

STICKY = frozenset("-./+#$€£¥=_&%@\\^")  # glued to the left of a number: part of something else
_UNITS_OF_DAY = (None, "day")


class Parts:
    """A line of text, read as terms, with what its page is known to be; and what each place in it may be."""

    def __init__(self, text: str, order: str | None = None, country: str | None = None) -> None:
        self.text = text
        self.order = order
        self.country = country
        self.terms = terms(text)

    def term(self, at: int) -> Term | None:
        return self.terms[at] if 0 <= at < len(self.terms) else None

    def kind(self, at: int) -> str:
        return self.terms[at].kind if 0 <= at < len(self.terms) else ""

    def has(self, at: int, role: str) -> bool:
        return 0 <= at < len(self.terms) and role in self.terms[at].roles

    def has_number(self, at: int, width: int) -> bool:
        """Whether a number of at least so many digits stands at a term."""
        return 0 <= at < len(self.terms) and self.terms[at].width >= width

    def glued(self, at: int) -> bool:
        """Whether a term touches the one before it."""
        return 0 < at < len(self.terms) and touching(self.terms[at - 1], self.terms[at], self.text)

    def past(self, at: int, marks: str, words: str = "of", most: int = 2) -> int:
        """The place after some of these marks and words of a role."""
        for _ in range(most):
            kind = self.kind(at)
            if not ((kind and kind in marks) or (self.has(at, words) and not self.has(at, "month"))):
                break
            at += 1
        return at

    def year(self, at: int) -> tuple[int, int] | None:
        """A year, of four digits or counted from an era ("令和6年"), and the term after it."""
        item = self.term(at)
        if item is None:
            return None
        if "era" in item.roles:
            at = self.past(at + 1, ".", words="")
            number = self.term(at)
            if number is not None and "first year" in number.roles:
                return int(item.roles["era"]) + 1, at + 1
            if (
                number is not None
                and 1 <= number.width <= 4
                and number.roles.get("numbered") in (None, "year")
            ):
                year = int(item.roles["era"]) + number.number
                return (year, at + 1) if year >= calendar.FIRST_YEAR else None  # "พ.ศ. 2": cut short
            return None
        plain = item.width == 4 and item.roles.get("numbered") in (None, "year") and "ago" not in item.roles
        if plain and calendar.FIRST_YEAR <= item.number <= calendar.BUDDHIST[-1]:
            return item.number, at + 1
        return None

    def day(self, at: int) -> tuple[int, int] | None:
        """A day of the month with its ending ("26th", "1er", "26日"), and the term after it."""
        item = self.term(at)
        if item is None or not 1 <= item.width <= 2 or not 1 <= item.number <= 31:
            return None
        if item.roles.get("numbered") not in _UNITS_OF_DAY or "ago" in item.roles:
            return None
        after = at + 1
        if self.has(after, "ordinal") and self.glued(after):
            after += 1
        return item.number, after

    def month(self, at: int, dotted: bool = False) -> tuple[int, int] | None:
        """A month and the term after it; 0 for a name that means two ("listopad")."""
        item = self.term(at)
        if item is None:
            return None
        if item.roles.get("numbered") == "month":
            return (item.number, at + 1) if 1 <= item.number <= 12 else None
        packed = item.roles.get("month")
        if packed is None:
            return None
        choices = [choice for choice in packed.split() if choice not in ("first", "rare")]
        if len(choices) > 1:  # Croatian and Czech put a dot after the day, Polish does not
            choices = [choice for choice in choices if choice.endswith(".") == dotted]
        after = at + 1
        if self.kind(after) == "." and len(self.text[item.start : item.end]) < 7:
            after += 1
        return (int(choices[0].rstrip(".")) if len(choices) == 1 else 0), after

    def weekday(self, at: int) -> int | None:
        """The weekday at a term, -1 if languages disagree; the shortest stand behind signs or labels only."""
        item = self.term(at)
        if item is None or "weekday" not in item.roles:
            return None
        if self.glued(at) and self.terms[at - 1].width and self.text[item.start] < "\u0e00":
            return None  # "Roe2man am 26.01.2024"
        short = item.end - item.start < 3
        if short and {"filler", "to"} & item.roles.keys() and self.kind(at + 1) not in (".", ","):
            return None  # "on" and "to" are Scandinavian and Finnish weekdays, and English words
        if short and at and self.kind(at - 1) in "xn" and not self.has(at - 1, "numbered"):
            return None
        if (
            short
            and at
            and self.kind(at - 1) == "w"
            and not {"label", "filler"} & self.terms[at - 1].roles.keys()
        ):
            return None
        value = item.roles["weekday"]
        return -1 if value == "?" else int(value)
