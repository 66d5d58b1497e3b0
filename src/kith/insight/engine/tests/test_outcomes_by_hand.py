"""Outcomes of crimes and domestic abuse: cases written out. Lives by lot: test_measures_oracle."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.support.planted_star import Planted

DAY = date(2026, 3, 10)


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
