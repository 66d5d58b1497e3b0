"""How agencies write people down: nicknames, typing slips, swapped dates, old addresses, missing numbers.

Each record system has habits (`Habits`). A view is one row per person in a system, kept the same in all its feeds.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from kith.demo.chance import Rng, Texts, either, texts, whether
from kith.demo.names import nicknames, spellings

NEAR = {
    "a": "sq",
    "b": "vn",
    "c": "xv",
    "d": "sf",
    "e": "wr",
    "f": "dg",
    "g": "fh",
    "h": "gj",
    "i": "uo",
    "j": "hk",
    "k": "jl",
    "l": "k",
    "m": "n",
    "n": "bm",
    "o": "ip",
    "p": "o",
    "q": "w",
    "r": "et",
    "s": "ad",
    "t": "ry",
    "u": "yi",
    "v": "cb",
    "w": "qe",
    "x": "zc",
    "y": "tu",
    "z": "x",
}


@dataclass(frozen=True)
class Habits:
    """Shares of a system's records with each slip; `has_…` is the share of records that hold the thing at all."""

    nickname: float = 0.06
    spelling: float = 0.06
    slip: float = 0.02
    swapped_names: float = 0.004
    former_name: float = 0.15
    one_surname: float = 0.35
    day_month: float = 0.012
    wrong_digit: float = 0.012
    first_of_january: float = 0.004
    old_address: float = 0.3
    wrong_sex: float = 0.003
    has_born: float = 0.985
    has_postcode: float = 0.95
    has_nhs: float = 0.0
    has_upn: float = 0.0
    has_phone: float = 0.6
    bad_number: float = 0.01
    stray_spaces: float = 0.01
    upper: bool = False


CAREFUL = Habits(
    nickname=0.015,
    spelling=0.02,
    slip=0.006,
    swapped_names=0.001,
    day_month=0.003,
    wrong_digit=0.004,
    first_of_january=0.001,
    old_address=0.12,
    former_name=0.06,
    has_born=0.998,
    has_postcode=0.985,
)
HURRIED = Habits(
    nickname=0.14,
    spelling=0.1,
    slip=0.05,
    swapped_names=0.012,
    day_month=0.03,
    wrong_digit=0.03,
    first_of_january=0.02,
    old_address=0.38,
    has_born=0.94,
    has_postcode=0.85,
    stray_spaces=0.04,
)
HABITS = {
    "council/csc": Habits(has_nhs=0.72, has_upn=0.7),
    "council/early-help": HURRIED,
    "council/placed": Habits(has_postcode=0.0),
    "council/protected": CAREFUL,
    "police/niche": Habits(
        nickname=0.1,
        spelling=0.09,
        slip=0.035,
        day_month=0.025,
        wrong_digit=0.02,
        swapped_names=0.008,
        first_of_january=0.01,
        has_born=0.96,
        upper=True,
    ),
    "police/portal": HURRIED,
    "education/hub": Habits(
        nickname=0.02,
        spelling=0.015,
        slip=0.006,
        day_month=0.003,
        wrong_digit=0.003,
        old_address=0.2,
        has_upn=1.0,
        bad_number=0.006,
        first_of_january=0.0,
    ),
    "education/parents": HURRIED,
    "education/send": Habits(has_upn=0.9, has_nhs=0.3),
    "education/welfare": Habits(has_upn=0.75, nickname=0.08),
    "education/safeguarding": Habits(nickname=0.2, has_upn=0.45, has_born=0.95),
    "health/emergency": Habits(nickname=0.09, spelling=0.08, slip=0.04, day_month=0.02, has_nhs=0.78, upper=True),
    "health/camhs": Habits(has_nhs=0.96, bad_number=0.004),
    "health/school-nursing": Habits(has_nhs=0.97, spelling=0.03, slip=0.012),
    "health/sexual-health": Habits(nickname=0.22, slip=0.05, has_nhs=0.15, has_postcode=0.6, wrong_digit=0.04),
    "health/gp": Habits(
        nickname=0.01,
        spelling=0.01,
        slip=0.004,
        day_month=0.002,
        wrong_digit=0.002,
        has_nhs=0.998,
        bad_number=0.002,
        old_address=0.16,
        former_name=0.25,
        first_of_january=0.001,
    ),
    "justice/youth": Habits(has_nhs=0.2, has_upn=0.3),
    "justice/probation": CAREFUL,
    "housing/tenancy": Habits(has_born=0.9, former_name=0.3),
    "housing/homeless": HURRIED,
    "council/tax": Habits(has_born=0.35, upper=True, nickname=0.02, old_address=0.06, has_phone=0.3),
    "council/licensing": CAREFUL,
    "health/substance": Habits(has_nhs=0.6, nickname=0.12),
    "youth/work": Habits(nickname=0.34, spelling=0.14, slip=0.06, has_born=0.8, has_postcode=0.55, day_month=0.03),
    "voluntary/exploitation": HURRIED,
    "voluntary/mentors": HURRIED,
    "home-office/nrm": Habits(spelling=0.16, first_of_january=0.06, has_postcode=0.7, swapped_names=0.03),
    "care/seacroft": CAREFUL,
}


def seen_as(people: pl.DataFrame, habits: Habits, rng: Rng) -> pl.DataFrame:
    """What the system has written for each person, in the order given."""
    count = len(people)
    first, last, used = _names(people, habits, rng)
    old = whether(rng, count, habits.old_address) & people["old_postcode"].is_not_null().to_numpy()
    no_postcode = ~whether(rng, count, habits.has_postcode)
    columns = {
        "first_name": first,
        "last_name": last,
        "known_as": used,
        "middle_names": _kept(people["middle_names"], rng, 0.5),
        "former_last_name": _kept(people["former_last_name"], rng, 0.3),
        "sex": _sex(people["sex"], rng, habits.wrong_sex),
        "address": either(no_postcode, None, either(old, people["old_address"], people["address"])),
        "postcode": either(no_postcode, None, either(old, people["old_postcode"], people["postcode"])),
        "phone": _kept(people["phone"], rng, habits.has_phone),
        "email": _kept(people["email"], rng, habits.has_phone),
        "nhs_number": _number(people["nhs_number"], rng, habits.has_nhs, habits.bad_number),
        "upn": _number(people["upn"], rng, habits.has_upn, habits.bad_number),
    }
    frame = pl.DataFrame({name: pl.Series(values.tolist(), dtype=pl.String) for name, values in columns.items()})
    frame = frame.with_columns(born=pl.Series(_born(people["born"].to_numpy(), habits, rng)))
    return _upper(frame) if habits.upper else frame


def _upper(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        pl.col("first_name", "last_name", "middle_names", "former_last_name", "address").str.to_uppercase()
    )


def _names(people: pl.DataFrame, habits: Habits, rng: Rng) -> tuple[Texts, Texts, Texts]:
    count = len(people)
    first, last = texts(people["first_name"].to_list()), texts(people["last_name"].to_list())
    called, former = texts(people["known_as"].to_list()), texts(people["former_last_name"].to_list())
    nick = whether(rng, count, habits.nickname)
    first = _changed(first, nick, lambda name, at: called[at] or _nickname(name, rng))
    first = _changed(first, whether(rng, count, habits.spelling), lambda name, _: _spelling(name, rng))
    last = _changed(last, whether(rng, count, habits.spelling), lambda name, _: _spelling(name, rng))
    last = _changed(last, whether(rng, count, habits.former_name), lambda name, at: former[at] or name)
    last = _changed(last, whether(rng, count, habits.one_surname), lambda name, _: name.split("-")[-1])
    first = _changed(first, whether(rng, count, habits.slip), lambda name, _: typing_slip(name, rng))
    last = _changed(last, whether(rng, count, habits.slip), lambda name, _: typing_slip(name, rng))
    swap = whether(rng, count, habits.swapped_names)
    first, last = np.where(swap, last, first), np.where(swap, first, last)
    last = _changed(last, whether(rng, count, habits.stray_spaces), lambda name, _: f" {name} ")
    return first, last, texts(either(whether(rng, count, 0.5) & ~nick, called, None).tolist())


def _changed(names: Texts, where: np.ndarray, change) -> Texts:  # type: ignore[no-untyped-def]
    out = names.copy()
    for at in np.flatnonzero(where):
        out[at] = change(names[at], at)
    return out


def _nickname(name: str, rng: Rng) -> str:
    known = nicknames().get(name)
    return str(rng.choice(known)) if known else name


def _spelling(name: str, rng: Rng) -> str:
    known = spellings().get(name)
    return str(rng.choice(known)) if known else name


def typing_slip(name: str, rng: Rng) -> str:
    """One slip of the keys: a letter dropped, doubled, swapped with its neighbour, or the key beside it."""
    if len(name) < 3:
        return name
    at = int(rng.integers(1, len(name) - 1))
    kind = int(rng.integers(0, 4))
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + name[at] + name[at:]
    if kind == 2:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + str(rng.choice(list(NEAR.get(name[at], name[at])))) + name[at + 1 :]


def _born(born: np.ndarray, habits: Habits, rng: Rng) -> np.ndarray:
    born = born.astype("datetime64[D]").copy()
    year, month, day = _parts(born)
    swap = whether(rng, len(born), habits.day_month) & (day <= 12)
    born[swap] = _day(year[swap], day[swap], month[swap])
    off = whether(rng, len(born), habits.wrong_digit) & ~swap
    kind = rng.integers(0, 4, len(born))
    step = np.where(kind == 0, 365, np.where(kind == 1, 10, np.where(kind == 2, 1, 30))) * rng.choice(
        [-1, 1], len(born)
    )
    born[off] += step[off]
    january = whether(rng, len(born), habits.first_of_january)
    born[january] = _day(year[january], np.ones(january.sum(), int), np.ones(january.sum(), int))
    born[~whether(rng, len(born), habits.has_born)] = np.datetime64("NaT")
    return born


def _parts(born: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    months = born.astype("datetime64[M]")
    year = months.astype("datetime64[Y]").astype(int) + 1970
    return year, months.astype(int) % 12 + 1, (born - months).astype(int) + 1


def _day(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> np.ndarray:
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    return np.asarray(months.astype("datetime64[D]") + (day - 1))


def swapped(born: np.ndarray) -> np.ndarray:
    """Dates with day and month taken for each other, where both can be."""
    year, month, day = _parts(born.astype("datetime64[D]"))
    return np.where(day <= 12, _day(year, day.clip(1, 12), month), born)


def _kept(values: pl.Series, rng: Rng, share: float) -> Texts:
    return texts(either(whether(rng, len(values), share), values.to_numpy(allow_copy=True), None).tolist())


def _sex(values: pl.Series, rng: Rng, wrong: float) -> Texts:
    other = np.where(values.to_numpy() == "M", "F", "M")
    return texts(np.where(whether(rng, len(values), wrong), other, values.to_numpy()).tolist())


def _number(values: pl.Series, rng: Rng, share: float, bad: float) -> Texts:
    """The number where the system holds one; a few have one digit changed, so that the check no longer fits."""
    numbers = _kept(values, rng, share)
    for at in np.flatnonzero(whether(rng, len(numbers), bad)):
        if numbers[at]:
            numbers[at] = bad_digit(numbers[at])
    return numbers


def bad_digit(number: str) -> str:
    """The number with its seventh character raised by one, which no check digit forgives."""
    return number[:6] + str((int(number[6]) + 1) % 10) + number[7:]
