"""The published searches' counts, held against counts by hand: written cases, and lives by lot with an oracle apart.

The oracle is plain loops over the planted rows. It reads no measure's file: what a sign is stands here a second time,
in Python, so that a sign that is changed in one place only is found.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kith.insight.engine import measuring
from kith.insight.rules.periods import Window
from tests.support.planted_star import AS_AT, YEAR, Planted, Row

BEFORE = YEAR.previous()
FIRST, LAST = date(2025, 11, 1), date(2026, 10, 31)
SEXUAL, CRIMINAL = "sexual exploitation", "criminal exploitation"
SEXUAL_CRIMES = (
    "Sexual activity with a child",
    "Meeting a child after grooming",
    "Sexual communication with a child",
    "Taking indecent images of a child",
    "Arranging child sexual exploitation",
    "Causing or inciting child sexual exploitation",
    "Controlling a child in relation to sexual exploitation",
)


def sexual_sign(row: Row) -> bool:
    """Whether an event is a sign in the search for sexual exploitation."""
    if not row["is_child"] or not row["child"]:
        return False
    if row["kind"] == "outside-home-contact":
        return not row.get("again") and row["what"] in (SEXUAL, "harm online")
    if row["kind"] in ("exploitation-flag", "nrm-referral"):
        return bool(row["what"] == SEXUAL)
    return bool(row["kind"] == "crime-victim" and not row.get("again") and row["what"] in SEXUAL_CRIMES)


def criminal_sign(row: Row) -> bool:
    """Whether an event is a sign in the search for criminal exploitation."""
    if not row["is_child"] or not row["child"]:
        return False
    if row["kind"] == "outside-home-contact":
        return not row.get("again") and row["what"] in (CRIMINAL, "county lines")
    if row["kind"] in ("exploitation-flag", "nrm-referral"):
        return bool(row["what"] == CRIMINAL)
    if row.get("again"):
        return False
    if row["kind"] == "stop-search":
        return bool(row["what"] in ("Drugs", "Weapon"))
    return bool(row["kind"] == "crime-suspect" and row["what"].startswith(("Possession", "Robbery")))


def days_of_signs(planted: Planted, sign: Any) -> dict[str, list[date]]:
    """By child, every day with a sign: of a search's own, or of being missing, which is a sign in both."""
    days: dict[str, list[date]] = {}
    for row in planted.absences:
        if row["kind"] == "missing":
            days.setdefault(row["child"], []).append(row["day"])
    for row in planted.events:
        if sign(row):
            days.setdefault(row["child"], []).append(row["day"])
    return days


def flagged(planted: Planted, child: str, harm: str, day: date) -> bool:
    for row in planted.events:
        if row["kind"] == "exploitation-flag" and row["child"] == child and row["what"] == harm and row["day"] <= day:
            until = row.get("until")
            if until is None or until > day:
                return True
    return False


def by_hand_search(planted: Planted, harm: str, window: Window) -> tuple[int, int]:
    counted, met = 0, 0
    signs = days_of_signs(planted, sexual_sign if harm == SEXUAL else criminal_sign)
    for child, days in signs.items():
        inside = [day for day in days if window.begins <= day < window.after]
        counted += bool(inside)
        met += any(flagged(planted, child, harm, day) for day in inside)
    return counted, met


def by_hand_both(planted: Planted, window: Window) -> tuple[int, int]:
    criminal, counted, met = days_of_signs(planted, criminal_sign), 0, 0
    for child, days in days_of_signs(planted, sexual_sign).items():
        inside = [day for day in days if window.begins <= day < window.after]
        counted += bool(inside)
        met += any(0 <= (day - other).days < 92 for day in inside for other in criminal.get(child, []))
    return counted, met


def by_hand_both_missing(planted: Planted, window: Window) -> tuple[int, int]:
    criminal, counted, met = days_of_signs(planted, criminal_sign), 0, 0
    for child, days in days_of_signs(planted, sexual_sign).items():
        both = [
            day
            for day in days
            if window.begins <= day < window.after
            and any(0 <= (day - one).days < 92 for one in criminal.get(child, []))
        ]
        gone = [row["day"] for row in planted.absences if row["child"] == child and row["kind"] == "missing"]
        counted += bool(both)
        met += any(0 <= (day - one).days < 92 for day in both for one in gone)
    return counted, met


def by_hand_without_flag(planted: Planted, window: Window) -> tuple[int, int]:
    counted, met = 0, 0
    for crime in planted.events:
        if crime["kind"] != "crime-suspect" or not crime["is_child"] or crime.get("again"):
            continue
        if not window.begins <= crime["day"] < window.after:
            continue
        on_record = [
            row
            for row in planted.events
            if row["child"] == crime["child"]
            and row["kind"] in ("outside-home-contact", "nrm-referral")
            and row["what"] in (CRIMINAL, "county lines")
            and 0 <= (crime["day"] - row["day"]).days < 365
        ]
        counted += bool(on_record)
        met += bool(on_record) and flagged(planted, crime["child"], CRIMINAL, crime["day"])
    return counted, met


def by_hand_turning_17(planted: Planted, window: Window) -> tuple[int, None]:
    """A cut knows the month of birth: everybody turns 16 and 17 on the first of theirs."""
    counted = 0
    for child, person in planted.people.items():
        if person["born"] is None:
            continue
        sixteen = person["born"].replace(year=person["born"].year + 16)
        seventeen = person["born"].replace(year=person["born"].year + 17)
        on_record = any(
            row["child"] == child
            and row["kind"] in ("outside-home-contact", "exploitation-flag", "nrm-referral")
            and row["what"] in (SEXUAL, CRIMINAL, "county lines")
            and sixteen <= row["day"] < seventeen
            for row in planted.events
        )
        counted += on_record and window.begins <= seventeen < window.after
    return counted, None


ORACLE = {
    "search-sexual-exploitation": lambda planted, window: by_hand_search(planted, SEXUAL, window),
    "search-criminal-exploitation": lambda planted, window: by_hand_search(planted, CRIMINAL, window),
    "search-both": by_hand_both,
    "search-both-missing": by_hand_both_missing,
    "crimes-without-flag": by_hand_without_flag,
    "turning-17": by_hand_turning_17,
}
KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("outside-home-contact", (SEXUAL, CRIMINAL, "county lines", "harm online", "going missing", "")),
    ("exploitation-flag", (SEXUAL, CRIMINAL, "")),
    ("nrm-referral", (SEXUAL, CRIMINAL, "forced labour")),
    ("crime-victim", (*SEXUAL_CRIMES[:3], "Threats", "Rape", "")),
    ("crime-suspect", ("Possession of a blade", "Robbery of personal property", "Shop theft", "")),
    ("stop-search", ("Drugs", "Weapon", "Stolen goods", "")),
    ("referral", (SEXUAL, CRIMINAL)),
)
TRAWLED = (
    ("outside-home-contact", (CRIMINAL, "county lines")),
    ("nrm-referral", (CRIMINAL,)),
    ("exploitation-flag", (CRIMINAL,)),
    ("exploitation-flag", (CRIMINAL,)),
    ("crime-suspect", ("Shop theft", "Possession of cannabis")),
    ("crime-suspect", ("Shop theft", "Robbery of a shop")),
)
EDGES = (FIRST, LAST, FIRST - timedelta(days=1), LAST + timedelta(days=1), FIRST - timedelta(days=92))


def by_lot(seed: int) -> Planted:
    """Forty lives of up to nine rows, crowded about the ends of the windows and about each other."""
    lot, planted = random.Random(seed), Planted()
    for number in range(40):
        child = f"child{number:03}"
        born = date(2008 + lot.randrange(4), 1 + lot.randrange(12), 1)
        planted.child(child, born=None if lot.random() < 0.1 else born, locality=lot.choice(("North", "South", "")))
        day = lot.choice(EDGES) if lot.random() < 0.5 else date(2025, 6, 1) + timedelta(days=lot.randrange(520))
        for _ in range(lot.randrange(10)):
            day += timedelta(days=lot.choice((-366, -365, -364, -93, -92, -91, -1, 0, 0, 1, 20, 91, 92, 93)))
            if lot.random() < 0.2:
                planted.missing(child, day, lot.choice(("missing", "missing", "away")))
                continue
            kind, whats = lot.choice(TRAWLED if number % 3 == 0 else KINDS)
            until = lot.choice((None, day, day + timedelta(days=1), day + timedelta(days=60)))
            about: Row = {"again": lot.random() < 0.2, "is_child": lot.random() < 0.9}
            about |= {"until": until} if kind == "exploitation-flag" else {}
            planted.event(child, kind, day, lot.choice(whats), **about)
            if lot.random() < 0.2:  # told by another agency too
                planted.event(child, kind, day, planted.events[-1]["what"], **{**about, "again": True})
    return planted


@pytest.mark.parametrize("seed", range(12))
def test_every_search_counts_what_is_counted_by_hand(seed: int, tmp_path: Path) -> None:
    planted = by_lot(seed)
    for key, by_hand in ORACLE.items():
        for window in (YEAR, BEFORE):
            assert planted.counted(tmp_path, key, window) == by_hand(planted, window), (key, window.key)


def test_lives_by_lot_hold_every_case() -> None:
    """The lot would prove little where hardly anybody is counted, or everybody is."""
    totals: dict[str, list[int]] = {}
    for seed in range(12):
        planted = by_lot(seed)
        for key, by_hand in ORACLE.items():
            counted, met = by_hand(planted, YEAR)
            kept = totals.setdefault(key, [0, 0])
            kept[0] += counted
            kept[1] += met or 0
    for key, (counted, met) in totals.items():
        assert counted >= 20, key
        assert key == "turning-17" or 5 <= met <= counted - 5, key


def test_the_overlap_written_out_in_full(tmp_path: Path) -> None:
    """Ada: both within 92 days and missing. Bo: 92 days apart, so not both. Cy: sexual only, flagged. Dee: nothing."""
    planted, july = Planted(), date(2026, 7, 1)
    planted.event("ada", "outside-home-contact", july, SEXUAL)
    planted.event("ada", "stop-search", july - timedelta(days=91), "Drugs")
    planted.missing("ada", july - timedelta(days=30))
    planted.event("bo", "crime-victim", july, "Meeting a child after grooming")
    planted.event("bo", "crime-suspect", july - timedelta(days=92), "Possession of a blade")
    planted.event("cy", "exploitation-flag", july, SEXUAL, until=july + timedelta(days=40))
    planted.event("cy", "outside-home-contact", july + timedelta(days=39), "harm online")
    planted.event("dee", "outside-home-contact", july, "violence between young people")
    planted.event("dee", "stop-search", july, "Stolen goods")
    assert planted.counted(tmp_path, "search-sexual-exploitation") == (3, 1)  # Ada, Bo, Cy; Cy is flagged
    assert planted.counted(tmp_path, "search-criminal-exploitation") == (2, 0)  # Ada, Bo
    assert planted.counted(tmp_path, "search-both") == (3, 1)  # of Ada, Bo and Cy: Ada
    assert planted.counted(tmp_path, "search-both-missing") == (1, 1)  # Ada, who was missing


def test_the_ends_of_a_window_and_of_a_flag(tmp_path: Path) -> None:
    """On the first and last day: counted. A day outside: not. A flag that ended on the day of the sign: not met."""
    planted = Planted()
    for child, day in (("first", FIRST), ("last", LAST), ("early", FIRST - timedelta(days=1))):
        planted.event(child, "outside-home-contact", day, SEXUAL)
    planted.event("late", "outside-home-contact", LAST + timedelta(days=1), SEXUAL)
    planted.event("first", "exploitation-flag", date(2025, 1, 1), SEXUAL, until=FIRST)
    planted.event("last", "exploitation-flag", date(2025, 1, 1), SEXUAL, until=LAST + timedelta(days=1))
    planted.event("early", "exploitation-flag", date(2025, 1, 1), CRIMINAL)
    assert planted.counted(tmp_path, "search-sexual-exploitation") == (2, 1)  # first and last; last was flagged
    # A year earlier: early by their contact; first and last by their flags of sexual exploitation, which stood then.
    assert planted.counted(tmp_path, "search-sexual-exploitation", BEFORE) == (3, 2)


def test_missing_within_92_days_is_not_on_the_92nd(tmp_path: Path) -> None:
    """Both were told of on 10 November by both signs; one had been missing 91 days before, the other 92."""
    planted, day = Planted(), date(2025, 11, 10)
    for child, ago in (("inside", 91), ("outside", 92)):
        planted.event(child, "outside-home-contact", day, SEXUAL)
        planted.event(child, "outside-home-contact", day, CRIMINAL)
        planted.missing(child, day - timedelta(days=ago))  # before the window, so that day itself is not counted
    assert planted.counted(tmp_path, "search-both-missing") == (2, 1) == by_hand_both_missing(planted, YEAR)


def test_told_twice_moved_and_not_known(tmp_path: Path) -> None:
    """A child told of by two agencies counts once; one who moved counts where they live; unknown values hide nobody."""
    planted = Planted()
    planted.child("twice")
    planted.event("twice", "outside-home-contact", date(2026, 3, 3), SEXUAL, agency="council")
    planted.event("twice", "outside-home-contact", date(2026, 3, 3), SEXUAL, agency="police", again=True)
    planted.event("twice", "nrm-referral", date(2026, 3, 9), SEXUAL)
    planted.child("moved", locality="South")  # lived in North when it happened; the cut knows where they live now
    planted.missing("moved", date(2025, 12, 24))
    planted.missing("moved", date(2026, 5, 24))
    planted.child("unknown", born=None, sex="", locality="")
    planted.event("unknown", "crime-victim", date(2026, 4, 1), "Sexual activity with a child")
    planted.event("", "outside-home-contact", date(2026, 4, 2), SEXUAL)  # about a place: nobody is counted
    planted.event("grown", "crime-victim", date(2026, 4, 3), "Sexual activity with a child", is_child=False)
    assert planted.counted(tmp_path, "search-sexual-exploitation") == (3, 0)
    year = next(
        window
        for window, by_group in measuring.windows(AS_AT).items()
        if by_group and window.key.startswith("year:") and window.begins <= date(2026, 3, 1) < window.after
    )
    found = planted.groups(tmp_path, "search-sexual-exploitation", "locality", year)
    assert found == {"North": 1, "South": 1}  # "unknown" is of the year after
    assert planted.groups(tmp_path, "search-sexual-exploitation", "sex", year) == {"F": 2}


def test_a_suspect_who_was_exploited_the_year_before_is_on_the_trawl(tmp_path: Path) -> None:
    """Six crimes, worked out one by one: two are on the list of closed cases to look at, one of them flagged."""
    planted, crime = Planted(), date(2026, 2, 1)
    for child in ("flagged", "no flag", "too long ago", "after", "other harm", "adult"):
        planted.event(child, "crime-suspect", crime, "Shop theft", is_child=child != "adult")
    planted.event("flagged", "outside-home-contact", crime - timedelta(days=364), "county lines")
    planted.event("flagged", "exploitation-flag", crime, CRIMINAL)
    planted.event("no flag", "nrm-referral", crime, CRIMINAL)
    planted.event("too long ago", "outside-home-contact", crime - timedelta(days=365), CRIMINAL)
    planted.event("after", "outside-home-contact", crime + timedelta(days=1), CRIMINAL)
    planted.event("other harm", "outside-home-contact", crime - timedelta(days=9), SEXUAL)
    planted.event("adult", "outside-home-contact", crime - timedelta(days=9), CRIMINAL)
    assert planted.counted(tmp_path, "crimes-without-flag") == (2, 1)
