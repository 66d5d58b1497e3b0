"""A record never implies that nothing happened where nothing has arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kith.desk.presenters.freshness import AgencyShown, show_freshness
from tests.support.cast import NOW


@dataclass(frozen=True)
class State:
    state: str
    title: str = "Missing person reports"
    agency: str = "Severnmouth police"
    last: datetime | None = NOW - timedelta(hours=6)


def test_what_failed_or_fell_silent_stands_apart_with_a_word_for_it() -> None:
    shown = show_freshness(
        [State("fresh"), State("silent", "Custody"), State("failed", "Stops"), State("silent", "A")], NOW
    )
    assert shown is not None
    assert [(one.state, one.titles) for one in shown.wanting] == [("Not read", "Stops"), ("Silent", "A, Custody")]


def test_an_agency_is_as_fresh_as_its_latest_delivery() -> None:
    shown = show_freshness([State("fresh"), State("fresh", last=NOW - timedelta(days=3))], NOW)
    assert shown is not None
    [police] = shown.fresh
    assert police.when == "6 hours ago"


def test_what_never_came_has_no_last_time() -> None:
    shown = show_freshness([State("never", last=None)], NOW)
    assert shown is not None
    assert shown.wanting == (AgencyShown("Severnmouth police", "Never arrived", "Missing person reports", ""),)


def test_where_no_feed_is_expected_nothing_is_said() -> None:
    assert show_freshness([], NOW) is None
