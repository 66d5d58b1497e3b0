"""The published searches' counts, held against counts by hand; lives by lot are in test_measures_oracle."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from kith.insight.engine import measuring
from tests.support.planted_star import AS_AT, YEAR, Planted

BEFORE = YEAR.previous()
FIRST, LAST = date(2025, 11, 1), date(2026, 10, 31)
SEXUAL, CRIMINAL = "sexual exploitation", "criminal exploitation"


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
    assert planted.counted(tmp_path, "search-both-missing") == (2, 1)


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
