"""How people mistype, mishear, shorten and misdate. Nothing here is shared with the search that is measured."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from kith.subjects.benches.people import shared

_KEYBOARD = (
    "q:wa w:qes e:wrd r:etf t:ryg y:tuh u:yij i:uok o:ipl p:ol a:qsz s:awdx d:sefc f:drgv g:fthb h:gyjn j:hukm "
    "k:jil l:kop z:asx x:zsdc c:xdfv v:cfgb b:vghn n:bhjm m:njk"
)
_EAR = (
    "ph:f f:ph ck:k k:c c:k ie:y y:ie y:i ee:ea ea:ee ei:ie ou:u oo:u ai:ay ay:ai ey:y s:z z:s th:t gh:g kh:k sh:ch "
    "tt:t ll:l ss:s mm:m nn:n l:ll t:tt n:nn e:a a:e o:u u:o i:e er:ar on:en v:f w:v j:g q:k x:ks ah:a a:ah"
)
_NEXT_KEYS = dict(pair.split(":") for pair in _KEYBOARD.split())
_HEARD = [pair.split(":") for pair in _EAR.split()]


def misspelt(first: str, last: str, rng: random.Random) -> tuple[str, str]:
    """One slip, in either name; in three of ten cases a second one, in the other name or the same."""
    names = [first, last]
    for _ in range(2 if rng.random() < 0.3 else 1):
        at = rng.randrange(2)
        names[at] = _slip(names[at], rng)
    return names[0], names[1]


def _slip(name: str, rng: random.Random) -> str:
    if rng.random() < 0.45:
        heard = [(a, b) for a, b in _HEARD if a in name.lower()]
        if heard:
            a, b = rng.choice(heard)
            return name.lower().replace(a, b, 1)
    return rng.choice([_missing, _extra, _neighbour, _turned])(name.lower(), rng)


def _missing(name: str, rng: random.Random) -> str:
    at = rng.randrange(len(name))
    return name[:at] + name[at + 1 :] if len(name) > 2 else name + name[-1]


def _extra(name: str, rng: random.Random) -> str:
    at = rng.randrange(len(name))
    return name[: at + 1] + rng.choice([name[at], rng.choice("aeihnrst")]) + name[at + 1 :]


def _neighbour(name: str, rng: random.Random) -> str:
    at = rng.randrange(len(name))
    return name[:at] + rng.choice(_NEXT_KEYS.get(name[at], "aeiou")) + name[at + 1 :]


def _turned(name: str, rng: random.Random) -> str:
    at = rng.randrange(max(1, len(name) - 1))
    return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]


def part(first: str, last: str, rng: random.Random) -> tuple[str, str]:
    """The beginning of one of the names, three to five letters."""
    if rng.random() < 0.5:
        return first[: rng.randint(3, 5)], last
    return first, last[: rng.randint(3, 5)]


def nickname(first: str, last: str, rng: random.Random) -> tuple[str, str] | None:
    """What others call somebody of that name, by lists published elsewhere; None where they know none."""
    others = _nicknames().get(first.lower())
    return (rng.choice(others), last) if others else None


@lru_cache(maxsize=1)
def _nicknames() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    path = shared("names_uk", "nicknames_carltonnorthern.csv")
    if not path.exists():
        short = (
            "elizabeth:liz,beth william:bill,will robert:bob,rob margaret:peggy,maggie catherine:kate james:jim,jamie"
        )
        return {name: others.split(",") for name, others in (pair.split(":") for pair in short.split())}
    with path.open(newline="", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            found[row["name1"]].append(row["name2"])
    return dict(found)


def misdated(day: date, rng: random.Random) -> date:
    """Day and month changed round, one figure wrong, a year out, a few days out, another month; one in ten any date."""
    for _ in range(20):
        wrong = rng.choices(_MISDATINGS, weights=[3, 3, 1.5, 1, 0.5, 1])[0](day, rng)
        if wrong and wrong != day and wrong.year > 1900:
            return wrong
    return day + timedelta(days=1)


def _swapped(day: date, rng: random.Random) -> date | None:
    return _date(day.year, day.day, day.month)


def _figure(day: date, rng: random.Random) -> date | None:
    written, at = f"{day:%Y%m%d}", rng.randrange(2, 8)
    other = written[:at] + rng.choice("0123456789") + written[at + 1 :]
    return _date(int(other[:4]), int(other[4:6]), int(other[6:]))


def _year(day: date, rng: random.Random) -> date | None:
    return _date(day.year + rng.choice([-1, 1]), day.month, day.day)


def _days(day: date, rng: random.Random) -> date | None:
    return day + timedelta(days=rng.choice([-3, -2, -1, 1, 2, 3]))


def _month(day: date, rng: random.Random) -> date | None:
    return _date(day.year, rng.randint(1, 12), day.day)


def _any(day: date, rng: random.Random) -> date | None:
    return date(1940, 1, 1) + timedelta(days=rng.randrange(31000))


_MISDATINGS: list[Callable[[date, random.Random], date | None]] = [_swapped, _figure, _year, _days, _month, _any]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
