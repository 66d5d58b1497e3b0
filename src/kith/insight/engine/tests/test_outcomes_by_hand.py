"""Outcomes of crimes, prosecutions of trafficked children, adversity at home: counts held against counts by hand.

The oracle is plain loops over the planted rows and reads no measure's file.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from kith.insight.rules.periods import Window
from tests.support.planted_star import YEAR, Planted, Row

DAY = date(2026, 3, 10)
CHARGED = ("charged or summonsed", "found guilty", "not found guilty")
HURT = ("neglect", "emotional abuse", "physical abuse", "sexual abuse")
FACTORS = (
    "domestic abuse (parent)",
    "mental health (parent)",
    "neglect",
    "emotional abuse; drugs (parent)",
    "physical abuse by an adult",
    "self-harm",
    "no factors",
    "alcohol (parent); domestic abuse (child)",
)


def crime(planted: Planted, child: str, offence: str, outcome: str = "", day: date = DAY, **about: object) -> None:
    planted.event(child, "crime-victim", day, offence, outcome=outcome, **about)


def test_what_became_of_sexual_exploitation_crimes_written_out(tmp_path: Path) -> None:
    """Eight crimes of exploitation: three charged (one of them tried, guilty), two could not go on, one still open."""
    planted, offence = Planted(), "Sexual activity with a child"
    crime(planted, "a", offence, "charged or summonsed", other_days=30)
    crime(planted, "b", offence, "found guilty", other_days=110)
    crime(planted, "c", "Meeting a child after grooming", "not found guilty", other_days=60)
    crime(planted, "d", offence, "the person harmed could not go on")
    crime(planted, "d", offence, "the person harmed could not go on", DAY + timedelta(days=2))
    crime(planted, "e", offence, "nobody found")
    crime(planted, "e", "Sexual communication with a child", "not enough evidence")
    crime(planted, "f", offence)
    crime(planted, "f", offence, "found guilty", again=True)  # another agency's word of the same
    crime(planted, "g", offence, "found guilty", is_child=False)
    crime(planted, "h", "Rape of a child under 16", "charged or summonsed")
    crime(planted, "i", "Threats", "charged or summonsed")
    crime(planted, "j", "Rape of a child under 16", "charged or summonsed", marked="domestic abuse")
    crime(planted, "k", offence, "found guilty", marked="domestic abuse", other_days=5)
    assert planted.counted(tmp_path, "cse-charged") == (8, 3)
    assert planted.counted(tmp_path, "cse-found-guilty") == (2, 1)
    assert planted.counted(tmp_path, "cse-could-not-go-on") == (7, 2)
    assert planted.counted(tmp_path, "serious-sexual-charged") == (7, 3)  # five of a, b, d, d, e, f, and h: a, b, h
    assert planted.middle(tmp_path, "cse-days-to-charge") == (3, 60.0)


def test_domestic_abuse_crimes_by_their_mark_and_age_on_the_day(tmp_path: Path) -> None:
    """Marked or not, sixteen on the day or a month short of it, eighteen or a month short: each written out."""
    planted = Planted()
    for child, born in (("15", date(2010, 4, 1)), ("16", date(2010, 3, 1)), ("17", date(2008, 4, 1)),
                        ("18", date(2008, 3, 1)), ("mother", date(1985, 1, 1))):  # fmt: skip
        planted.child(child, born=born)
        crime(planted, child, "Harassment", marked="domestic abuse", is_child=born > date(2008, 3, 10))
    planted.child("not known", born=None)
    crime(planted, "not known", "Harassment", marked="domestic abuse")
    crime(planted, "16", "Harassment")
    assert planted.counted(tmp_path, "da-crimes") == (6, None)
    assert planted.counted(tmp_path, "da-victims-16-17") == (2, None)
    assert planted.counted(tmp_path, "cp-crime") == (0, None)


def inside(rows: list[Row], window: Window) -> Iterator[Row]:
    return (row for row in rows if window.begins <= row["day"] < window.after)


def near(one: date, other: date, days: int) -> bool:
    return abs((one - other).days) < days


def by_hand_trafficked(planted: Planted, window: Window, met: Callable[[Planted, Row], bool]) -> tuple[int, int]:
    children: dict[str, bool] = {}
    for row in inside(planted.events, window):
        if row["kind"] == "nrm-referral" and row["is_child"] and not row.get("again"):
            children[row["child"]] = children.get(row["child"], False) or met(planted, row)
    return len(children), sum(children.values())


def prosecuted(planted: Planted, referral: Row) -> bool:
    for row in planted.events:
        if row["child"] != referral["child"] or not row["is_child"] or not near(row["day"], referral["day"], 365):
            continue
        if row["kind"] == "court-date" or (row["kind"] == "custody" and row.get("outcome") == "charged"):
            return True
    return False


def missing_too(planted: Planted, referral: Row) -> bool:
    gone = [row["day"] for row in planted.absences if row["child"] == referral["child"] and row["kind"] == "missing"]
    return prosecuted(planted, referral) and any(near(day, referral["day"], 182) for day in gone)


def somebody_charged(planted: Planted, referral: Row) -> bool:
    return any(
        row["kind"] == "crime-victim" and row["child"] == referral["child"] and not row.get("again")
        and row.get("outcome") in CHARGED and near(row["day"], referral["day"], 365)
        for row in planted.events
    )  # fmt: skip


def adversity(row: Row) -> tuple[bool, bool, bool]:
    """Of a row: whether it tells of adversity at home, of domestic abuse, of abuse or neglect."""
    if not row["is_child"] or not row["child"]:
        return False, False, False
    if row["kind"] == "household-incident":
        return True, True, False
    if row["kind"] == "child-protection-plan":
        return True, False, True
    if row["kind"] == "crime-victim":
        cruel = "ruelty" in row["what"] or row["what"].startswith("Neglect")
        return cruel, False, cruel
    if row["kind"] != "assessment-factors":
        return False, False, False
    domestic, hurt = "domestic abuse" in row["what"], any(word in row["what"] for word in HURT)
    return domestic or hurt or "(parent)" in row["what"], domestic, hurt


def violence(planted: Planted, told: Row) -> bool:
    for row in planted.events:
        if row["kind"] not in ("crime-victim", "crime-suspect") or row["child"] != told["child"]:
            continue
        if not row["is_child"] or row.get("again") or row.get("marked") or not near(row["day"], told["day"], 365):
            continue
        what = row["what"]
        if "ssault" in what or what.startswith(("Robbery", "Possession of a blade")) or what == "Threats":
            return True
    return False


def by_hand_adversity(planted: Planted, window: Window, met: Callable[[Row], bool]) -> tuple[int, int]:
    children: dict[str, bool] = {}
    for row in inside(planted.events, window):
        if adversity(row)[0]:
            children[row["child"]] = children.get(row["child"], False) or met(row)
    return len(children), sum(children.values())


ORACLE: dict[str, Callable[[Planted, Window], tuple[int, int]]] = {
    "trafficked-and-prosecuted": lambda planted, window: by_hand_trafficked(planted, window, prosecuted),
    "trafficked-missing-and-prosecuted": lambda planted, window: by_hand_trafficked(planted, window, missing_too),
    "trafficked-and-somebody-charged": lambda planted, window: by_hand_trafficked(planted, window, somebody_charged),
    "adversity-domestic-abuse": lambda planted, window: by_hand_adversity(
        planted, window, lambda row: adversity(row)[1]
    ),
    "adversity-abuse-or-neglect": lambda planted, window: by_hand_adversity(
        planted, window, lambda row: adversity(row)[2]
    ),
    "adversity-and-violence": lambda planted, window: by_hand_adversity(
        planted, window, lambda row: violence(planted, row)
    ),
}
KINDS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("nrm-referral", ("sexual exploitation", "criminal exploitation"), ("",)),
    ("nrm-referral", ("criminal exploitation",), ("",)),
    ("court-date", ("plea hearing",), ("",)),
    ("custody", ("Shop theft",), ("charged", "diverted")),
    ("crime-victim", ("Threats", "Assault with injury", "Cruelty to or neglect of a child", "Stalking"),
     (*CHARGED, "nobody found", "")),
    ("crime-suspect", ("Possession of a blade", "Robbery of personal property", "Shop theft"), ("",)),
    ("household-incident", ("",), ("High",)),
    ("assessment-factors", FACTORS, ("",)),
    ("assessment-factors", FACTORS, ("",)),
    ("child-protection-plan", ("Neglect",), ("",)),
)  # fmt: skip
STEPS = (-366, -365, -364, -183, -182, -181, -1, 0, 0, 1, 30, 181, 182, 364, 365)


def by_lot(seed: int) -> Planted:
    """Forty lives of up to nine rows each, crowded about the windows' ends and each other's."""
    lot, planted = random.Random(seed), Planted()
    for number in range(40):
        child, day = f"child{number:03}", lot.choice((YEAR.begins, YEAR.after - timedelta(days=1), YEAR.after, DAY))
        for _ in range(lot.randrange(10)):
            day += timedelta(days=lot.choice(STEPS)) if lot.random() < 0.6 else timedelta()
            if lot.random() < 0.25:
                planted.missing(child, day, lot.choice(("missing", "missing", "away")))
                continue
            kind, whats, outcomes = lot.choice(KINDS)
            about: Row = {"again": lot.random() < 0.1, "is_child": lot.random() < 0.9, "outcome": lot.choice(outcomes)}
            about |= {"marked": lot.choice(("", "", "domestic abuse"))} if kind == "crime-victim" else {}
            planted.event(child, kind, day, lot.choice(whats), **about)
    return planted


@pytest.mark.parametrize("seed", range(10))
def test_every_one_of_them_counts_what_is_counted_by_hand(seed: int, tmp_path: Path) -> None:
    planted = by_lot(seed)
    for key, by_hand in ORACLE.items():
        for window in (YEAR, YEAR.previous()):
            assert planted.counted(tmp_path, key, window) == by_hand(planted, window), (key, window.key)


def test_lives_by_lot_hold_every_case() -> None:
    for key, by_hand in ORACLE.items():
        counts = [by_hand(by_lot(seed), YEAR) for seed in range(10)]
        counted, met = (sum(numbers) for numbers in zip(*counts, strict=True))
        assert counted >= 40, key
        assert 10 <= met <= counted - 10, key
