"""Features, scores and contradictions of a handful of records in plain Python: an answer in milliseconds.

The SQL of `features`, `comparisons` and `contradictions` is the definition; this says the same again for the case of
one record at a time, where planning a large statement takes longer than running it. A test holds the two together.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple, TypeAlias

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from kith.foundations.identifiers import parse_nhs_number, parse_upn
from kith.linkage.engine.comparisons import COMPARISONS
from kith.linkage.engine.contradictions import A_KEYING_SLIP, ESTABLISHED, FAR_RARER
from kith.linkage.engine.features import COMPARED, FREQUENCIES, RAREST, SOUND_DOUBLES, SOUND_FROM, SOUND_PAIRS, SOUND_TO
from kith.linkage.engine.features import FAR_RARER as FAR_RARER_SLIP
from kith.linkage.engine.model import Model
from kith.linkage.engine.name_groups import FIRST_LEARNED, fold, name_groups

COLUMNS = (*COMPARED, *FREQUENCIES)
_SPLIT = re.compile(r"[\s\-,./]+")
_HOME = re.compile(r"([0-9]+[a-z]?)[ ,]+([a-z]{3,})")
_SOUNDS = {ord(a): (SOUND_TO[i] if i < len(SOUND_TO) else None) for i, a in enumerate(SOUND_FROM)}
_distance, _likeness = DamerauLevenshtein.distance, JaroWinkler.similarity


Test: TypeAlias = Callable[[], bool]


class Features(NamedTuple):
    """One record made ready to compare; the columns of the features table."""

    first: str | None
    givens: Sequence[str] | None
    spellings: Sequence[int] | None
    middle: str | None
    last: str | None
    lasts: Sequence[str] | None
    first_sound: str | None
    last_sound: str | None
    dob: str | None
    birth_year: int | None
    month_day: int | None
    sex: str | None
    nhs: str | None
    upn: str | None
    postcode: str | None
    district: str | None
    home: str | None
    phone: str | None
    email: str | None
    tf_first: float | None
    tf_last: float | None


class Plain:
    """Makes and scores features with one model."""

    def __init__(self, model: Model) -> None:
        self._groups = {name: list(numbers) for name, numbers in name_groups().items()}
        for number, pair in enumerate(model.learned, start=FIRST_LEARNED):
            for name in pair:
                self._groups.setdefault(name, []).append(number)
        self._frequencies = model.frequencies
        self._weights = [model.weights(comparison.name) for comparison in COMPARISONS]
        self._same_first, self._same_last = model.chances["first"][0][0], model.chances["last"][0][0]
        self._prior = model.prior_weight
        self._slips: dict[str, list[str]] = defaultdict(list)
        for name in self._frequencies["first"]:
            if name in self._groups and len(name) >= 4:
                for cut in _cuts(name):
                    self._slips[cut].append(name)

    def features(self, record: Mapping[str, Any]) -> Features:
        """The features of one record given as in the records contract."""
        first, middle, known = (_name(record.get(field)) for field in ("first_name", "middle_names", "known_as"))
        last, former = _name(record.get("last_name")), _name(record.get("former_last_name"))
        born, postcode = record.get("date_of_birth"), _postcode(record.get("postcode"))
        sex = str(record.get("sex") or "")[:1].upper()
        return Features(
            first[0],
            first[1] + middle[1] + known[1] or None,
            self._spellings(first[1] if first[0] else []) + self._spellings(known[1] if known[0] else []) or None,
            middle[0],
            last[0],
            last[1] + former[1] or None,
            sound(first[0]),
            sound(last[0]),
            born.strftime("%Y%m%d") if isinstance(born, date) else None,
            born.year if born else None,
            born.month * 100 + born.day if born else None,
            sex if sex in ("M", "F") else None,
            parse_nhs_number(record.get("nhs_number")),
            parse_upn(record.get("upn")),
            postcode,
            postcode[:-3] if postcode else None,
            _home(record.get("address")),
            _phone(record.get("phone")),
            _email(record.get("email")),
            self._frequencies["first"].get(first[0], RAREST) if first[0] else None,
            self._frequencies["last"].get(last[0], RAREST) if last[0] else None,
        )

    def _spellings(self, parts: Sequence[str]) -> list[int]:
        found: dict[int, None] = {}
        for part in parts:
            if part in self._groups:
                found |= dict.fromkeys(self._groups[part])
            elif len(part) >= 4:
                share = self._frequencies["first"].get(part, RAREST)
                for listed in {name for cut in _cuts(part) for name in self._slips.get(cut, ())}:
                    if share * FAR_RARER_SLIP < self._frequencies["first"][listed] and _distance(part, listed) <= 1:
                        found |= dict.fromkeys(self._groups[listed])
        return list(found)

    def weight(self, one: Features, other: Features) -> float:
        """Match weight of two records."""
        total = self._prior
        for weights, level in zip(self._weights, levels(one, other), strict=True):
            if level >= 0:
                total += weights[level]
        if one.first and one.first == other.first and one.tf_first:
            total += math.log2(self._same_first / one.tf_first) - self._weights[0][0]
        if one.last and one.last == other.last and one.tf_last:
            total += math.log2(self._same_last / one.tf_last) - self._weights[1][0]
        return total


def levels(one: Features, other: Features) -> tuple[int, ...]:
    """The level of each comparison, in the order of COMPARISONS; -1 where either side lacks it."""
    return (
        _first(one, other),
        _last(one, other),
        _dob(one, other),
        _middle(one, other),
        _same(one.sex, other.sex),
        _same(one.nhs, other.nhs),
        _same(one.upn, other.upn),
        _household(one, other),
    )


def _first(one: Features, other: Features) -> int:
    a, b = one.first, other.first
    if a is None or b is None:
        return -1
    tests: tuple[Test, ...] = (
        lambda: a == b,
        lambda: _meet(one.spellings, other.spellings),
        lambda: _typed(a, b, 4, 7),
        lambda: a == other.last and b == one.last,
        lambda: a in (other.givens or ()) or b in (one.givens or ()),
        lambda: a.startswith(b) or b.startswith(a),
        lambda: _equal(one.first_sound, other.first_sound) or _likeness(a, b) >= 0.88,
    )
    return _first_that_holds(tests)


def _last(one: Features, other: Features) -> int:
    a, b = one.last, other.last
    if a is None or b is None:
        return -1
    tests: tuple[Test, ...] = (
        lambda: a == b,
        lambda: one.first == b and other.first == a,
        lambda: _meet(one.lasts, other.lasts),
        lambda: _typed(a, b, 4, 8),
        lambda: _equal(one.last_sound, other.last_sound) or _likeness(a, b) >= 0.9,
    )
    return _first_that_holds(tests)


def _first_that_holds(tests: Sequence[Test]) -> int:
    return next((place for place, test in enumerate(tests) if test()), len(tests))


def _dob(one: Features, other: Features) -> int:
    if one.dob is None or other.dob is None:
        return -1
    y, z, a, b = one.birth_year or 0, other.birth_year or 0, one.month_day or 0, other.month_day or 0
    tests = (
        one.dob == other.dob,
        y == z and a != b and a // 100 == b % 100 and b // 100 == a % 100,
        _distance(one.dob, other.dob) <= 1,
        a == b and abs(y - z) == 1,
        y == z and 101 in (a, b),
        y == z,
    )
    return next((place for place, holds in enumerate(tests) if holds), len(tests))


def _middle(one: Features, other: Features) -> int:
    a, b = one.middle, other.middle
    if a is None or b is None:
        return -1
    return 0 if a == b else 1 if a.startswith(b) or b.startswith(a) else 2


def _household(one: Features, other: Features) -> int:
    p, q = one.postcode, other.postcode
    if (p is None or q is None) and (not one.phone or not other.phone) and (not one.email or not other.email):
        return -1
    contact = _equal(one.phone, other.phone) or _equal(one.email, other.email)
    home = _equal(one.home, other.home)
    if _equal(p, q):
        return 0 if home or contact else 1
    if contact:
        return 2
    near = p and q and (one.district == other.district or p[-3:] == q[-3:]) and _distance(p, q) <= 1
    return 3 if home or near else 4 if _equal(one.district, other.district) else 5


def corroborated(one: Features, other: Features) -> bool:
    """Does something beyond name and date of birth speak for one person?"""
    return any(
        _equal(getattr(one, name), getattr(other, name))
        for name in ("nhs", "upn", "phone", "email", "postcode", "middle")
    )


def details_given(one: Features) -> int:
    """A bit for each kind of detail given: home, contact, middle name."""
    return bool(one.postcode or one.home) | bool(one.phone or one.email) << 1 | bool(one.middle) << 2


def _numbers_differ(one: Features, other: Features) -> bool:
    nhs = one.nhs and other.nhs and one.nhs != other.nhs
    upn = one.upn and other.upn and one.upn != other.upn and one.upn[-1].isdigit() and other.upn[-1].isdigit()
    return bool(nhs or upn)


def _both_established(one: Features, other: Features) -> bool:
    low, high = sorted((one.tf_first or 0.0, other.tf_first or 0.0))
    return low >= ESTABLISHED and high <= FAR_RARER * low


def names_unfit(one: Features, other: Features) -> bool:
    """Are these two first names that cannot be one person's?"""
    a, b = one.first, other.first
    if a is None or b is None:
        return False
    if (
        a == b
        or _meet(one.spellings, other.spellings)
        or a.startswith(b)
        or b.startswith(a)
        or a in (other.givens or ())
        or b in (one.givens or ())
        or a == other.last
        or b == one.last
    ):
        return False
    alike = _typed(a, b, 4, 7) or _equal(one.first_sound, other.first_sound) or _likeness(a, b) >= 0.9
    return not alike or _both_established(one, other)


def conflicts(near: Sequence[Features], label: Sequence[int]) -> list[tuple[int, int]]:
    """`conflicts.conflicts_within` for a handful of records: places of pairs of one group that contradict."""
    groups: dict[int, list[int]] = defaultdict(list)
    for place, group in enumerate(label):
        groups[group].append(place)
    found = []
    for members in groups.values():
        pairs = [(a, b) for a, b in combinations(members, 2)]
        excused = _excused(near, pairs)
        found += [
            (a, b)
            for a, b in pairs
            if _numbers_differ(near[a], near[b])
            or (names_unfit(near[a], near[b]) and _name_pair(near[a], near[b]) not in excused)
        ]
    return found


def _name_pair(one: Features, other: Features) -> tuple[str, str]:
    a, b = sorted((one.first or "", other.first or ""))
    return a, b


def _excused(near: Sequence[Features], pairs: Sequence[tuple[int, int]]) -> set[tuple[str, str]]:
    seen: dict[tuple[str, str], list[tuple[Features, Features]]] = defaultdict(list)
    for a, b in pairs:
        if near[a].first and near[b].first and near[a].first != near[b].first:
            seen[_name_pair(near[a], near[b])].append((near[a], near[b]))
    fits, doubtful = set(), {}
    for names, rows in seen.items():
        unfit = [names_unfit(a, b) for a, b in rows]
        if any(_numbers_differ(a, b) or (a.sex and b.sex and a.sex != b.sex) for a, b in rows):
            continue
        if not all(unfit):
            fits.add(names)
        if any(unfit):
            doubtful[names] = rows
    return {
        names
        for names, rows in doubtful.items()
        if names in fits or any(_shown_same(a, b) for a, b in rows) or _bridged(names, rows, fits)
    }


def _shown_same(one: Features, other: Features) -> bool:
    return (
        _equal(one.nhs, other.nhs)
        or _equal(one.upn, other.upn)
        or _equal(one.middle, other.middle)
        and len(one.middle or "") > 2
    )


def _bridged(names: tuple[str, str], rows: Sequence[tuple[Features, Features]], fits: set[tuple[str, str]]) -> bool:
    if any(_both_established(a, b) for a, b in rows):
        return False
    tied: dict[str, set[str]] = defaultdict(set)
    for a, b in fits:
        tied[a].add(b)
        tied[b].add(a)
    return any(len(between) >= 3 for between in tied[names[0]] & tied[names[1]])


def two_people(near: Sequence[Features], pairs: Iterable[tuple[int, int]], label: Sequence[int]) -> list[bool]:
    """`asking.two_people` for a handful of records."""
    groups: dict[int, list[Features]] = defaultdict(list)
    for features, group in zip(near, label, strict=True):
        groups[group].append(features)
    return [label[a] != label[b] and _shown_two(groups[label[a]], groups[label[b]]) for a, b in pairs]


def _shown_two(ones: Sequence[Features], others: Sequence[Features]) -> bool:
    pairs = [(a, b) for a in ones for b in others]
    if any(_equal(a.nhs, b.nhs) or _equal(a.upn, b.upn) for a, b in pairs):
        return False
    if any(_numbers_far_apart(a, b) for a, b in pairs):
        return True
    named = [(a, b) for a, b in pairs if a.first and b.first]
    return (
        bool(named)
        and not any(_names_near(a, b) for a, b in named)
        and not any(_equal(a.middle, b.middle) and len(a.middle or "") > 2 for a, b in pairs)
        and any(_equal(a.dob, b.dob) for a, b in pairs)
        and any(_same_home(a, b) for a, b in pairs)
    )


def _numbers_far_apart(one: Features, other: Features) -> bool:
    if one.nhs and other.nhs and _distance(one.nhs, other.nhs) > A_KEYING_SLIP:
        return True
    a, b = one.upn or "", other.upn or ""
    return a[-1:].isdigit() and b[-1:].isdigit() and _distance(a, b) > A_KEYING_SLIP


def _names_near(one: Features, other: Features) -> bool:
    a, b = one.first or "", other.first or ""
    alike = _typed(a, b, 4, 7) or _equal(one.first_sound, other.first_sound) or _likeness(a, b) >= 0.88
    return alike or _distance(a, b) <= 1 or not names_unfit(one, other)


def _same_home(one: Features, other: Features) -> bool:
    return any(_equal(getattr(one, name), getattr(other, name)) for name in ("postcode", "home", "phone", "email"))


def sound(name: str | None) -> str | None:
    """`features.sound_sql` of one folded name."""
    if not name:
        return None
    code = name
    for old, new in SOUND_PAIRS:
        code = code.replace(old, new)
    code = code.translate(_SOUNDS)
    for letter in SOUND_DOUBLES:
        code = code.replace(letter * 2, letter)
    start = "a" if name[0] in "aeiouyh" else "w" if name[0] == "w" else ""
    return (start + code)[:5] or None


def _name(raw: object) -> tuple[str | None, list[str]]:
    """Folded, and its parts with the whole."""
    text = str(raw) if raw is not None else ""
    folded = fold(text)
    if not folded:
        return None, []
    if not _SPLIT.search(text.strip()):
        return folded, [folded]
    parts = [part for part in map(fold, _SPLIT.split(text)) if len(part) >= 3]
    return folded, list(dict.fromkeys([*parts, folded]))


def _postcode(raw: object) -> str | None:
    squeezed = re.sub(r"[^A-Z0-9]", "", str(raw or "").upper())
    return squeezed if len(squeezed) >= 3 else None


def _home(raw: object) -> str | None:
    found = _HOME.search(str(raw or "").lower())
    return found[0] if found else None


def _phone(raw: object) -> str | None:
    digits = re.sub(r"[^0-9]", "", str(raw or ""))
    return digits[-9:] if len(digits) >= 9 else None


def _email(raw: object) -> str | None:
    text = str(raw or "")
    return text.strip().lower() if "@" in text else None


def _cuts(name: str) -> list[str]:
    return [name, *(name[:place] + name[place + 1 :] for place in range(len(name)))]


def _typed(a: str, b: str, short: int, long: int) -> bool:
    least = min(len(a), len(b))
    if abs(len(a) - len(b)) > 2 or least < short or (a[0] != b[0] and a[-2:] != b[-2:]):
        return False
    slips = _distance(a, b)
    return slips <= 1 or least >= long and slips <= 2


def _same(a: object, b: object) -> int:
    return -1 if a is None or b is None else int(a != b)


def _equal(a: object, b: object) -> bool:
    return a is not None and a == b


def _meet(a: Sequence[object] | None, b: Sequence[object] | None) -> bool:
    return bool(a) and bool(b) and not set(a or ()).isdisjoint(b or ())
