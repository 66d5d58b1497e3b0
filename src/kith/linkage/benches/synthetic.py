"""Made-up people as thirty agencies would write them down, with the truth kept apart.

The bench's own generator: twins, siblings at one address, strangers with one name and birth date, nicknames and other
spellings, transposed and mistyped dates, changed surnames, moved homes, missing values, wrong identifiers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from kith.foundations.identifiers.nhs_number import check_digit
from kith.foundations.identifiers.upn import check_letter
from kith.linkage.benches.names import STREET_KINDS, STREETS, Names, load_names

SOURCES = 30
RECORDS_PER_PERSON = 3.5
FIRST_BIRTH = date(2007, 1, 1)
BIRTH_DAYS = 18 * 365
TEXT_FIELDS = (
    "first_name",
    "middle_names",
    "last_name",
    "known_as",
    "former_last_name",
    "sex",
    "nhs_number",
    "upn",
    "postcode",
    "address",
    "phone",
    "email",
)


@dataclass(frozen=True)
class Rates:
    """How often agencies err, per record unless said otherwise."""

    variant: float = 0.13
    first_typo: float = 0.06
    last_typo: float = 0.06
    initial: float = 0.01
    middle_used: float = 0.012
    swapped: float = 0.015
    known_as: float = 0.06
    second_surname_people: float = 0.1
    double_part: float = 0.3
    day_month: float = 0.02
    date_typo: float = 0.035
    year_off: float = 0.012
    placeholder: float = 0.012
    no_date: float = 0.035
    moved_people: float = 0.4
    twins: float = 0.014
    strangers: float = 0.009
    wrong_identifier: float = 0.004
    siblings_identifier: float = 0.0006


@dataclass(frozen=True)
class Truth:
    """The made-up records and, apart from them, who is who."""

    records: pa.Table
    person: np.ndarray
    twin_pairs: np.ndarray
    stranger_pairs: np.ndarray
    origin: str = ""


@dataclass
class _People:
    first: np.ndarray
    middle: np.ndarray
    last: np.ndarray
    other_last: np.ndarray
    sex: np.ndarray
    born: np.ndarray
    family: np.ndarray
    nhs: list[str]
    upn: list[str]
    twin_pairs: list[tuple[int, int]] = field(default_factory=list)
    stranger_pairs: list[tuple[int, int]] = field(default_factory=list)


def make_records(size: int, *, seed: int, rates: Rates | None = None) -> Truth:
    """About `size` records of about `size / 3.5` people in thirty sources. The same seed gives the same records."""
    rates = rates or Rates()
    rng = np.random.default_rng(seed)
    names = load_names()
    people = _make_people(rng, names, int(size / RECORDS_PER_PERSON), rates)
    person, source = _who_is_known_where(rng, len(people.first), size)
    columns = _clean_columns(rng, people, person, source, rates)
    _spoil_names(rng, columns, people, person, names, rates)
    _spoil_dates(rng, columns, rates)
    _spoil_homes(rng, columns)
    _spoil_identifiers(rng, columns, people, person, rates)
    return Truth(
        _as_table(columns, source),
        person,
        np.array(people.twin_pairs).reshape(-1, 2),
        np.array(people.stranger_pairs).reshape(-1, 2),
        names.origin,
    )


def _make_people(rng: np.random.Generator, names: Names, count: int, rates: Rates) -> _People:
    sex = np.where(rng.random(count) < 0.51, "M", "F").astype(object)
    family = np.cumsum(rng.random(count) < 0.55)
    families = int(family[-1]) + 1
    surnames = rng.choice(names.surnames, families, p=names.surname_weights)
    double = rng.random(families) < 0.04
    surnames[double] = [
        f"{a}-{b}"
        for a, b in zip(
            surnames[double], rng.choice(names.surnames, int(double.sum()), p=names.surname_weights), strict=True
        )
    ]
    other = rng.choice(names.surnames, count, p=names.surname_weights)
    other[rng.random(count) >= rates.second_surname_people] = None
    first, middle = _given_names(rng, names, sex), _given_names(rng, names, sex)
    middle[rng.random(count) < 0.35] = None
    born = rng.integers(0, BIRTH_DAYS, count)
    people = _People(first, middle, surnames[family], other, sex, born, family, [], [])
    _make_twins(rng, people, rates)
    _make_strangers(rng, people, rates)
    people.nhs, people.upn = _nhs_numbers(rng, count), _pupil_numbers(rng, count)
    return people


def _given_names(rng: np.random.Generator, names: Names, sex: np.ndarray) -> np.ndarray:
    boys = rng.choice(names.boys, len(sex), p=names.boy_weights)
    girls = rng.choice(names.girls, len(sex), p=names.girl_weights)
    return np.where(sex == "M", boys, girls)


def _make_twins(rng: np.random.Generator, people: _People, rates: Rates) -> None:
    """Neighbouring members of one family become twins: one birth date, two names."""
    same_family = np.flatnonzero(people.family[1:] == people.family[:-1])
    wanted = int(len(people.first) * rates.twins)
    chosen = rng.choice(same_family, min(wanted, len(same_family)), replace=False)
    for elder in sorted(chosen.tolist()):
        younger = elder + 1
        if people.first[elder] == people.first[younger] or (people.twin_pairs and people.twin_pairs[-1][1] == elder):
            continue
        people.born[younger] = people.born[elder]
        people.last[younger] = people.last[elder]
        people.twin_pairs.append((elder, younger))


def _make_strangers(rng: np.random.Generator, people: _People, rates: Rates) -> None:
    """Two people of different families with one name and one birth date, who share nothing else."""
    count = len(people.first)
    chosen = rng.choice(count, (int(count * rates.strangers), 2), replace=False)
    for one, other in chosen.tolist():
        if people.family[one] == people.family[other]:
            continue
        for column in (people.first, people.last, people.born, people.sex):
            column[other] = column[one]
        people.stranger_pairs.append((one, other))


def _nhs_numbers(rng: np.random.Generator, count: int) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < count:
        for nine in rng.integers(400_000_000, 799_999_999, count - len(made) + 100).tolist():
            last = check_digit(str(nine))
            if last is not None:
                made[f"{nine}{last}"] = None
    return list(made)[:count]


def _pupil_numbers(rng: np.random.Generator, count: int) -> list[str]:
    schools = rng.integers(800, 900, count).tolist()
    digits = [f"{school}{serial:09d}" for school, serial in zip(schools, rng.permutation(count).tolist(), strict=True)]
    return [check_letter(twelve) + twelve for twelve in digits]


def _who_is_known_where(rng: np.random.Generator, people: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Most people are known to a few agencies, some to many, and some twice to one."""
    appetite = rng.gamma(1.4, 1.0, people)
    extra = rng.choice(people, size - people, p=appetite / appetite.sum())
    person = np.concatenate([np.arange(people), extra])
    rng.shuffle(person)
    return person, rng.integers(0, SOURCES, size)


def _clean_columns(
    rng: np.random.Generator, people: _People, person: np.ndarray, source: np.ndarray, rates: Rates
) -> dict[str, np.ndarray]:
    size = len(person)
    columns = {
        "first_name": people.first[person].copy(),
        "middle_names": people.middle[person].copy(),
        "last_name": people.last[person].copy(),
        "sex": people.sex[person].copy(),
        "known_as": np.full(size, None, dtype=object),
        "former_last_name": np.full(size, None, dtype=object),
        "born": people.born[person].astype("datetime64[D]") + (FIRST_BIRTH - date(1970, 1, 1)).days,
    }
    columns |= _homes(rng, people, person, rates)
    held = _held_by_source()
    for name, values in (("nhs_number", people.nhs), ("upn", people.upn)):
        column = np.array(values, dtype=object)[person]
        column[rng.random(size) > held[name][source]] = None
        columns[name] = column
    for name in ("phone", "email", "middle_names", "address"):
        columns[name][rng.random(size) > held[name][source]] = None
    return columns


def _held_by_source() -> dict[str, np.ndarray]:
    """How full each field is in each of the thirty sources: health has NHS numbers, schools pupil numbers."""
    kind = np.arange(SOURCES) % 5
    return {
        "nhs_number": np.choose(kind, [0.85, 0.0, 0.0, 0.3, 0.0]),
        "upn": np.choose(kind, [0.0, 0.85, 0.0, 0.3, 0.0]),
        "phone": np.choose(kind, [0.7, 0.5, 0.45, 0.5, 0.6]),
        "email": np.choose(kind, [0.2, 0.3, 0.05, 0.1, 0.4]),
        "middle_names": np.choose(kind, [0.6, 0.8, 0.4, 0.5, 0.1]),
        "address": np.choose(kind, [0.9, 0.95, 0.7, 0.95, 0.6]),
    }


def _homes(rng: np.random.Generator, people: _People, person: np.ndarray, rates: Rates) -> dict[str, np.ndarray]:
    """A family's home and telephone; some people have moved, and agencies hold one home or the other."""
    count, size = len(people.first), len(person)
    homes = int(people.family[-1]) + 1 + count
    streets = rng.integers(0, len(STREETS) * len(STREET_KINDS) * 8, homes)
    numbers = rng.integers(1, 120, homes)
    postcodes = _postcodes(rng, homes)
    moved = rng.random(count) < rates.moved_people
    later = np.where(moved, int(people.family[-1]) + 1 + np.arange(count), people.family)
    at = np.where(rng.random(size) < 0.5, later[person], people.family[person])
    phone_owner = np.where(rng.random(size) < 0.75, people.family[person], homes + person)
    phones = rng.permutation(homes + count)
    return {
        "postcode": postcodes[at],
        "address": np.array(
            [_address(n, s) for n, s in zip(numbers[at].tolist(), streets[at].tolist(), strict=True)], dtype=object
        ),
        "phone": np.array([f"07{n:09d}" for n in (phones[phone_owner] * 37 + 111_000_000).tolist()], dtype=object),
        "email": np.array(
            [
                f"{last.lower().replace('-', '.')}{owner}@example.org"
                for last, owner in zip(people.last[person], phone_owner.tolist(), strict=True)
            ],
            dtype=object,
        ),
    }


def _postcodes(rng: np.random.Generator, count: int) -> np.ndarray:
    letters = np.array(list("ABDEFGHJLNPQRSTUWXYZ"))
    area, inward = rng.integers(1, 60, count).tolist(), rng.integers(1, 10, count).tolist()
    a, b = rng.choice(letters, count), rng.choice(letters, count)
    return np.array([f"QX{o} {i}{x}{y}" for o, i, x, y in zip(area, inward, a, b, strict=True)], dtype=object)


def _address(number: int, street: int) -> str:
    name, kind = STREETS[street % len(STREETS)], STREET_KINDS[street // len(STREETS) % len(STREET_KINDS)][0]
    return f"{number} {name} {kind}"


def _spoil_names(
    rng: np.random.Generator,
    columns: dict[str, np.ndarray],
    people: _People,
    person: np.ndarray,
    names: Names,
    rates: Rates,
) -> None:
    size = len(person)
    first, last, middle = columns["first_name"], columns["last_name"], people.middle[person]
    _other_surnames(rng, columns, people, person, rates)
    for row in np.flatnonzero(rng.random(size) < rates.known_as):
        columns["known_as"][row] = _other_spelling(rng, first[row], names)
    chance = rng.random(size)
    for row in np.flatnonzero(chance < rates.variant):
        first[row] = _other_spelling(rng, first[row], names) or first[row]
    for row in np.flatnonzero((chance > 0.9) & (chance < 0.9 + rates.middle_used)):
        first[row] = middle[row] or first[row]
    for row in np.flatnonzero(rng.random(size) < rates.first_typo):
        first[row] = _typo(rng, first[row])
    for row in np.flatnonzero(rng.random(size) < rates.last_typo):
        last[row] = _typo(rng, last[row])
    for row in np.flatnonzero(rng.random(size) < rates.initial):
        first[row] = first[row][:1]
    swapped = rng.random(size) < rates.swapped
    first[swapped], last[swapped] = last[swapped], first[swapped].copy()
    _restyle(rng, first)
    _restyle(rng, last)
    columns["sex"][rng.random(size) < 0.04] = None
    wrong = (rng.random(size) < 0.004) & (columns["sex"] != None)  # noqa: E711  (elementwise)
    columns["sex"][wrong] = np.where(columns["sex"][wrong] == "M", "F", "M")
    first[rng.random(size) < 0.003] = None
    last[rng.random(size) < 0.002] = None


def _other_surnames(
    rng: np.random.Generator, columns: dict[str, np.ndarray], people: _People, person: np.ndarray, rates: Rates
) -> None:
    last, other = columns["last_name"], people.other_last[person]
    changed = (other != None) & (rng.random(len(person)) < 0.4)  # noqa: E711  (elementwise)
    told = changed & (rng.random(len(person)) < 0.35)
    columns["former_last_name"][told] = last[told]
    last[changed] = other[changed]
    for row in np.flatnonzero(rng.random(len(person)) < rates.double_part):
        if "-" in last[row]:
            last[row] = last[row].split("-")[int(rng.integers(0, 2))]


def _other_spelling(rng: np.random.Generator, name: str, names: Names) -> str | None:
    others = names.variants.get(name.lower())
    return others[int(rng.integers(0, len(others)))].title() if others else None


def _typo(rng: np.random.Generator, text: str) -> str:
    """One slip of the keyboard: swap, drop, double or replace a letter after the first."""
    if len(text) < 4:
        return text
    at, kind = int(rng.integers(1, len(text) - 1)), int(rng.integers(0, 4))
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    if kind == 2:
        return text[:at] + text[at] + text[at:]
    return text[:at] + "abcdefghiklmnoprstuy"[int(rng.integers(0, 20))] + text[at + 1 :]


def _restyle(rng: np.random.Generator, values: np.ndarray) -> None:
    """Some systems write capitals, some leave a space at the end."""
    for row in np.flatnonzero(rng.random(len(values)) < 0.25):
        values[row] = values[row].upper()
    for row in np.flatnonzero(rng.random(len(values)) < 0.02):
        values[row] = values[row] + " "


def _spoil_dates(rng: np.random.Generator, columns: dict[str, np.ndarray], rates: Rates) -> None:
    born = columns["born"]
    chance = rng.random(len(born))
    limits = np.cumsum([rates.day_month, rates.date_typo, rates.year_off, rates.placeholder, rates.no_date])
    for row in np.flatnonzero(chance < limits[2]):
        kind = 0 if chance[row] < limits[0] else 1 if chance[row] < limits[1] else 2
        born[row] = _wrong_date(rng, born[row].astype(date), kind)
    placeholder = (chance >= limits[2]) & (chance < limits[3])
    born[placeholder] = born[placeholder].astype("datetime64[Y]").astype("datetime64[D]")
    born[(chance >= limits[3]) & (chance < limits[4])] = np.datetime64("NaT")


def _wrong_date(rng: np.random.Generator, day: date, kind: int) -> date:
    try:
        if kind == 0:
            return date(day.year, day.day, day.month)
        if kind == 2:
            return date(day.year + int(rng.choice([-1, 1])), day.month, day.day)
        return _one_digit_wrong(rng, day)
    except ValueError:
        return day + timedelta(days=int(rng.choice([-10, -1, 1, 10])))


def _one_digit_wrong(rng: np.random.Generator, day: date) -> date:
    text = list(day.isoformat())
    text[int(rng.choice([3, 6, 8, 9]))] = str(int(rng.integers(0, 10)))
    return date.fromisoformat("".join(text))


def _spoil_homes(rng: np.random.Generator, columns: dict[str, np.ndarray]) -> None:
    postcode, address, size = columns["postcode"], columns["address"], len(columns["postcode"])
    for row in np.flatnonzero(rng.random(size) < 0.015):
        postcode[row] = _typo(rng, postcode[row])
    for row in np.flatnonzero(rng.random(size) < 0.1):
        postcode[row] = postcode[row].replace(" ", "").lower()
    postcode[rng.random(size) < 0.07] = None
    for long, short in STREET_KINDS:
        for row in np.flatnonzero(rng.random(size) < 0.25):
            if address[row] and address[row].endswith(long):
                address[row] = address[row].removesuffix(long) + short
    for row in np.flatnonzero(rng.random(size) < 0.02):
        address[row] = _typo(rng, address[row]) if address[row] else None


def _spoil_identifiers(
    rng: np.random.Generator, columns: dict[str, np.ndarray], people: _People, person: np.ndarray, rates: Rates
) -> None:
    size = len(person)
    for name, owners in (("nhs_number", people.nhs), ("upn", people.upn)):
        column = columns[name]
        for row in np.flatnonzero(rng.random(size) < rates.wrong_identifier):
            if column[row]:
                at = int(rng.integers(1, len(column[row])))
                column[row] = column[row][:at] + str(int(rng.integers(0, 10))) + column[row][at + 1 :]
        for row in np.flatnonzero(rng.random(size) < rates.siblings_identifier):
            neighbour = max(int(person[row]) - 1, 0)
            if column[row] and people.family[neighbour] == people.family[person[row]]:
                column[row] = owners[neighbour]


def _as_table(columns: dict[str, np.ndarray], source: np.ndarray) -> pa.Table:
    ids = [f"r{row:08d}" for row in range(len(source))]
    arrays = {"record_id": pa.array(ids), "source": pa.array([f"feed{s:02d}" for s in source.tolist()])}
    arrays["date_of_birth"] = pa.array(columns["born"].astype("datetime64[D]"), type=pa.date32())
    arrays |= {name: pa.array(columns[name], type=pa.string()) for name in TEXT_FIELDS}
    return pa.table(arrays)
