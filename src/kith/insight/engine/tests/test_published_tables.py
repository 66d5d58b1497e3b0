"""Tables and sentences that partnerships have published come out to the digit from a cut that holds the same counts.

The counts are those of an annual report's three twelve-month tables, of a scrutiny report on harm outside the home,
and of a report on children missing from care; nothing else of them is here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from kith.insight.engine import measuring
from kith.insight.engine.cutting import write_star
from kith.insight.rules.change import Change, percentage_of
from kith.insight.rules.measures import measures
from kith.insight.rules.periods import Month, Window, twelve_months
from tests.support.small_cut import COLUMNS, table

AS_AT = date(2026, 11, 20)
NOW = twelve_months(Month(2026, 10))
BEFORE = NOW.previous()
SEXUAL, SERIOUS_AND_EXPLOITING, RAPE = "Meeting a child after grooming", "Sexual activity with a child", "Rape"
TABLES = {
    "cp-crime": (422, 441, "-19", "-4.3%"),
    "cp-serious-sexual": (148, 180, "-32", "-17.8%"),
    "non-familial-sexual": (199, 226, "-27", "-11.9%"),
    "cp-cruelty": (106, 108, "-2", "-1.9%"),
    "cse-crime": (227, 292, "-65", "-22.3%"),
    "missing-children": (154, 137, "+17", "+12.4%"),
    "missing-reports": (370, 389, "-19", "-4.9%"),
    "repeat-missing-children": (69, 75, "-6", "-8.0%"),
    "missing-from-care": (26, 32, "-6", "-18.8%"),
    "repeat-missing-from-care": (16, 18, "-2", "-11.1%"),
    "child-suspects": (824, 720, "+104", "+14.4%"),
    "da-incidents": (1475, 1521, "-46", "-3.0%"),
    "da-crimes": (2669, 2985, "-316", "-10.6%"),
    "da-victims-16-17": (72, 109, "-37", "-33.9%"),
    "child-victims": (1115, 1048, "+67", "+6.4%"),
    "race-hate-victims": (26, 21, "+5", "+23.8%"),
}


class Told:
    """Rows of a star, put together count by count."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.accounts: list[dict[str, Any]] = []
        self.people: dict[str, date] = {}
        self.numbers = count(1)

    def child(self, name: str, born: date = date(2012, 1, 1)) -> str:
        self.people[name] = born
        return name

    def event(self, kind: str, child: str, window: Window, **about: Any) -> None:
        number = next(self.numbers)
        day = window.begins + timedelta(days=number * 7 % 360)
        known = self.child(child, about.pop("born", date(2012, 1, 1)))
        self.events.append({"event": number, "kind": kind, "child": known, "is_child": True, "day": day, **about})

    def account(self, child: str, window: Window, missing_from: str) -> None:
        number = next(self.numbers)
        self.accounts.append({"account": number, "absence": number, "child": self.child(child), "kind": "missing",
                              "agency_kind": "police", "day": window.begins + timedelta(days=number * 7 % 360),
                              "missing_from": missing_from})  # fmt: skip

    def written(self, folder: Path) -> Path:
        rows = {
            "events": sorted(self.events, key=lambda row: row["day"]),
            "accounts": sorted(self.accounts, key=lambda row: row["day"]),
            "people": [{"child": child, "is_child": True, "born": born} for child, born in self.people.items()],
        }
        write_star(folder, {name: table(name, rows.get(name, [])) for name in COLUMNS}, AS_AT)
        return folder


@pytest.fixture(scope="module")
def annual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    told = Told()
    for at, window in enumerate((NOW, BEFORE)):
        wanted = {key: row[at] for key, row in TABLES.items()}
        _crimes(told, window, wanted)
        _missing(told, window, wanted)
        _safety(told, window, wanted)
    return told.written(tmp_path_factory.mktemp("annual"))


def _crimes(told: Told, window: Window, wanted: dict[str, Any]) -> None:
    """Every victim once at least; the offences so that each row has its number."""
    sexual = wanted["cp-crime"] - wanted["cp-cruelty"]
    rape = sexual - wanted["cse-crime"]
    both = wanted["cp-serious-sexual"] - rape
    offences = [RAPE] * rape + [SERIOUS_AND_EXPLOITING] * both + [SEXUAL] * (wanted["cse-crime"] - both)
    offences += ["Cruelty to a child"] * wanted["cp-cruelty"]
    offences += ["Racially aggravated assault"] * wanted["race-hate-victims"]
    offences += ["Threats"] * (wanted["child-victims"] - wanted["da-victims-16-17"] - len(offences))
    for number, offence in enumerate(offences):
        place = "place0000001" if number < wanted["non-familial-sexual"] else ""
        told.event("crime-victim", f"victim{number}", window, what=offence, place=place)


def _missing(told: Told, window: Window, wanted: dict[str, Any]) -> None:
    care, twice_care = wanted["missing-from-care"], wanted["repeat-missing-from-care"]
    children, twice, reports = (
        wanted[key] for key in ("missing-children", "repeat-missing-children", "missing-reports")
    )
    left = reports
    for number in range(children):
        home = "childrens-home" if number < care else "home"
        for _ in range(2 if number < twice_care or care <= number < care + twice - twice_care else 1):
            told.account(f"missing{number}", window, home)
            left -= 1
    for _ in range(left):  # the rest are of the one who is most often reported
        told.account("missing0", window, "childrens-home")


def _safety(told: Told, window: Window, wanted: dict[str, Any]) -> None:
    for number in range(wanted["child-suspects"]):
        told.event("crime-suspect", f"suspect{number}", window, what="Shop theft")
    for number in range(wanted["da-incidents"]):
        told.event("household-incident", f"home{number}", window)
    young = date(window.last.year - 17, 3, 1)
    for number in range(wanted["da-crimes"]):
        born = young if number < wanted["da-victims-16-17"] else date(1980, 1, 1)
        child = f"{'young' if born == young else 'adult'}{window.last.year}-{number}"
        told.event("crime-victim", child, window, what="Harassment", marked="domestic abuse", born=born,
                   is_child=born == young)  # fmt: skip


def numbers(folder: Path, key: str) -> Iterator[list[Any]]:
    found = measuring.count(measuring.Duck(folder), measures()[key], AS_AT)["windows"]
    return (found[window.key][""][""] for window in (NOW, BEFORE))


@pytest.mark.parametrize("key", list(TABLES))
def test_the_sixteen_rows_of_the_annual_tables(annual: Path, key: str) -> None:
    now, before, change, percentage = TABLES[key]
    (current, *_), (previous, *_) = numbers(annual, key)
    assert Change(current, previous).cells == (str(now), str(before), change, percentage)


def test_the_sentences_of_a_scrutiny_report(tmp_path: Path) -> None:
    """1,385 contacts, 18.4 % more, 46 % to a worker, 10 % to early help; 118 and 97 children; 27 % with a plan"""
    told = Told()
    decided = ["Social worker"] * 637 + ["Early help"] * 139 + ["No further action"] * 609
    harms = ["sexual exploitation"] * 118 + ["criminal exploitation"] * 97
    for number, outcome in enumerate(decided):
        what = harms[number] if number < len(harms) else "violence between young people"
        told.event("outside-home-contact", f"c{number}", NOW, what=what, outcome=outcome)
    for number in range(1170):
        told.event("outside-home-contact", f"c{number}", BEFORE, what="going missing", outcome="Early help")
    for number in range(30):
        given = {"other": AS_AT, "other_days": 20} if number < 15 else {}
        told.event("specialist-support", f"c{number}", NOW, **given)
    for number in range(1283):
        told.event("youth-session", f"y{number}", NOW)
    folder = told.written(tmp_path)
    plans = [{"child": f"c{number}", "kind": "education-plan", "began": date(2024, 1, 1)} for number in range(58)]
    table("spells", plans).write_parquet(folder / "spells.parquet")

    (now, *_), (before, *_) = numbers(folder, "efh-contacts")
    assert Change(now, before).cells == ("1385", "1170", "+215", "+18.4%")
    for key, percentage in (("efh-to-social-worker", "46.0"), ("efh-to-early-help", "10.0"),
                            ("exploited-with-plan", "27.0"), ("specialist-given", "50.0")):  # fmt: skip
        (counted, _, met, _), _ = numbers(folder, key)
        assert str(percentage_of(met, counted)) == percentage, key
    assert [next(numbers(folder, key))[0] for key in ("cse-open", "cce-open", "youth-work-children")] == [118, 97, 1283]


def test_the_sentences_on_children_missing_from_care(tmp_path: Path) -> None:
    """142 children in 992 episodes, after 125 in 868: 13.6 % and 14.3 % more."""
    told = Told()
    for window, children, episodes in ((NOW, 142, 992), (BEFORE, 125, 868)):
        for number in range(episodes):
            told.account(f"child{number % children}", window, "foster-home")
    folder = told.written(tmp_path)
    (now, *_), (before, *_) = numbers(folder, "missing-from-care")
    assert Change(now, before).cells == ("142", "125", "+17", "+13.6%")
    (now, *_), (before, *_) = numbers(folder, "missing-reports")
    assert Change(now, before).cells == ("992", "868", "+124", "+14.3%")
