"""Whether a head is a dateline: a day or an agency says so; a bare place has to be well known."""

from typing import NamedTuple

from .gazetteer import CAPITAL, CITY, COUNTRY, REGION, TERRITORY, Entry, resolve
from .grammar import Head, Name
from .spelling import in_capitals, key
from .wording import words

# Where papers put small towns before a bare colon; elsewhere "SPRINGFIELD: " is rather a name or a label.
_COLON_COUNTRIES = frozenset(
    ("PK IN BD NP LK AF MV MY KE UG TZ NG GH ZM ZW MW ET SD SO IQ SY PS YE LB JO EG BT MM PH").split()
)
# Where the places bear the surnames of the people who are quoted: "JACKSON: I said".
_NAMESAKE_COUNTRIES = frozenset(["US", "GB", "CA", "AU", "NZ", "IE", "ZA", "JM"])


class _Sight(NamedTuple):
    """What a weighing looks at: a printed name, its likeliest meaning, and how it is set."""

    name: Name
    entry: Entry | None
    capitals: bool
    lower: bool
    uncased: bool

    @property
    def known(self) -> bool:
        return self.entry is not None


def _look(name: Name, hint: str | None) -> _Sight:
    entry = resolve(name.text, name.within, hint)[1]
    if entry is None and name.within:  # known, if not in that state
        entry = resolve(name.text, (), hint)[1]
    cased = any(c.isupper() or c.islower() for c in name.text)
    return _Sight(name, entry, in_capitals(name.text), name.text.islower() and cased, not cased)


def is_dateline(head: Head, rest: str, hint: str | None) -> bool:
    """Whether a candidate can be trusted. ``rest`` is the text after it, ``hint`` the publisher's country."""
    if not head.names:
        return (
            bool(head.agencies)
            and head.terminator in ("-", "", ":", ".")
            and (head.terminator != "." or bool(head.day and head.day.certain))
        )
    sights = [_look(name, hint) for name in head.names]
    if any(key(name.text) in words("labels") for name in head.names):
        return False
    dated = bool(head.day and head.day.certain)
    if head.terminator == "" and not (_begins_sentence(rest) and all(s.known or s.capitals for s in sights)):
        return False  # "Caisse Nationale (CNA) is issuing"
    if head.agencies or dated or head.credit:
        return _with_evidence(head, sights, dated)
    if head.doubts:
        return False
    if head.mistyped or (head.day is not None and head.day.weekday and head.terminator == "-"):
        return all(sight.known or sight.name.within or sight.capitals for sight in sights)
    if any(name.within for name in head.names):
        return _qualified(head, sights, rest)
    return _bare(head, sights, rest, hint)


def _with_evidence(head: Head, sights: list[_Sight], dated: bool) -> bool:
    """A day or an agency beside the place: be liberal with the place, less so where the agency is unknown."""
    known_agency = bool(head.agencies) and not (head.doubts and not dated)
    if head.led and not all(sight.known for sight in sights):
        return False
    if head.terminator == "." and not (known_agency or sights[0].capitals or head.enclosed):
        return False
    for sight in sights:
        if sight.known or sight.name.within:
            continue
        if sight.lower:
            return False
        if sight.capitals:
            continue
        if not known_agency:
            return False
    if head.doubts and not any(sight.known or sight.name.within for sight in sights):
        return dated and sights[0].capitals
    if head.terminator == "":
        return known_agency or dated or all(sight.uncased and sight.known for sight in sights)
    return True


def _qualified(head: Head, sights: list[_Sight], rest: str) -> bool:
    """A place with its state or country: "SPRINGFIELD, Ill. — ", "SOWETO, South Africa - "."""
    if head.terminator == "." or not _begins_sentence(rest):
        return False
    if not all(sight.capitals or (sight.known and not sight.lower) for sight in sights) or _shouts(rest):
        return False
    if head.terminator == "-" and all(sight.capitals for sight in sights):
        return True
    return _is_prose(rest, sights, head.terminator)


def _bare(head: Head, sights: list[_Sight], rest: str, hint: str | None) -> bool:
    """Nothing but places: "BAGHDAD: ", "WASHINGTON — ", "Berlin - "."""
    if (
        not _begins_sentence(rest)
        or _shouts(rest)
        or not _is_prose(rest, sights, head.terminator)
        or head.terminator == "|"
    ):
        return False
    if len(sights) == 1 and _is_moving(sights[0]) and head.terminator == "-":
        return sights[0].capitals
    if not all(sight.entry and _weighty(sight, head.terminator, hint) for sight in sights):
        return False
    if head.terminator == ":" and len(sights) == 1 and _speaks(rest):
        return False
    if head.terminator == ".":
        return (
            all(sight.capitals and sight.entry and sight.entry.kind == CAPITAL for sight in sights)
            and len(rest) > 60
        )
    return True


_ENDS = frozenset(".!?…\"'”’»)।。؟۔")


def _is_prose(rest: str, sights: list[_Sight], terminator: str) -> bool:
    """Whether a story begins, not a headline ("Napoli - Udinese w 36. kolejce"): by length or full stop."""
    if len(rest) >= 160:
        return True
    ends = rest.rstrip()[-1:] in _ENDS
    if all(sight.capitals for sight in sights):
        great = all(
            sight.entry and not sight.entry.other and sight.entry.population >= 50_000 for sight in sights
        )
        return ends or len(rest) >= (20 if terminator == ":" else 50) or great
    return ends and len(rest) >= (30 if sights[0].uncased else 60)


def _weighty(sight: _Sight, terminator: str, hint: str | None) -> bool:
    """Whether a place is known well enough to stand with no other evidence than its terminator."""
    entry = sight.entry
    assert entry is not None
    if len(sight.name.text) <= 3 and not sight.uncased and (entry.other or entry.population < 50_000):
        return False  # "UN: ", "USA - "
    if key(sight.name.text) in words("doubtful") and not (
        sight.capitals and entry.country == hint and entry.kind == CITY
    ):
        return entry.kind == CAPITAL and sight.capitals and terminator == "-"
    if entry.kind in (CAPITAL, TERRITORY):
        return sight.capitals or entry.kind == CAPITAL
    if entry.kind in (REGION, COUNTRY):
        return sight.capitals and terminator == "-" and entry.kind == COUNTRY and len(sight.name.text) > 3
    if not sight.capitals:
        return (
            not sight.lower
            and entry.population >= (20_000 if sight.uncased else 100_000)
            and (
                terminator != ":" or entry.country not in _NAMESAKE_COUNTRIES or entry.population > 2_000_000
            )
        )
    if terminator == ":":
        if entry.country in _COLON_COUNTRIES or (entry.country == hint and hint not in _NAMESAKE_COUNTRIES):
            return not entry.other or entry.population >= 15_000
        least = 500_000 if entry.country in _NAMESAKE_COUNTRIES else 50_000
        return bool(entry.alone) or entry.population >= least
    return entry.population >= 5_000 or entry.country == hint


def _is_moving(sight: _Sight) -> bool:
    """Whether the reporter moves, or is only near: "ABOARD AIR FORCE ONE", "NEAR BAKHMUT"."""
    parts = sight.name.text.split()
    return len(parts) > 1 and any(key(" ".join(parts[:n])) in words("moving") for n in (1, 2, 3))


def _begins_sentence(rest: str) -> bool:
    first = next((c for c in rest if c.isalnum()), "")
    return bool(first) and not first.islower()


def _shouts(rest: str) -> bool:
    """Whether the text after is a headline in capitals."""
    start = rest[:60]
    return sum(map(str.isupper, start)) > 12 and not any(map(str.islower, start))


def _speaks(rest: str) -> bool:
    """Whether a quoted speaker begins, not a story: "JACKSON: I said"."""
    first = rest.lstrip("\"'“‘ ").split(None, 1)[:1]
    return bool(first) and first[0].strip(",.!?…-—").lower().replace("’", "'") in _speech_words()


def _speech_words() -> frozenset[str]:
    from ..vocabulary import load

    return frozenset(load("datelines.json")["speech"]["list"])
