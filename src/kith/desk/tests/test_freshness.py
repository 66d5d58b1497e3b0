"""A record never implies that nothing happened where nothing has arrived."""

from __future__ import annotations

from dataclasses import dataclass

from kith.desk.presenters.freshness import Group, show_freshness


@dataclass(frozen=True)
class State:
    state: str
    title: str = "Missing person reports"
    sentence: str = "6 hours ago"
    agency: str = "Severnmouth police"


def test_what_failed_or_fell_silent_stands_apart_with_a_word_for_it() -> None:
    silent = "silent: expected every day, last 9 days ago"
    shown = show_freshness([State("fresh"), State("silent", "Custody", silent), State("failed", "Stops", "unreadable")])
    assert shown is not None
    assert shown.wanting == (
        Group("Severnmouth police", "Not read", "Stops", "unreadable"),
        Group("Severnmouth police", "Silent", "Custody", "expected every day, last 9 days ago"),
    )


def test_feeds_of_one_agency_of_which_the_same_is_said_share_a_line() -> None:
    shown = show_freshness([State("fresh", "Stops"), State("fresh", "Custody"), State("fresh", "Flags", "yesterday")])
    assert shown is not None
    assert [(group.titles, group.sentence) for group in shown.fresh] == [
        ("Custody, Stops", "6 hours ago"),
        ("Flags", "yesterday"),
    ]
    assert not shown.wanting


def test_of_many_feeds_a_few_are_named_and_the_others_are_a_press_away() -> None:
    shown = show_freshness([State("late", title) for title in "FEDCBA"])
    assert shown is not None
    [group] = shown.wanting
    assert (group.titles, group.rest, group.more) == ("A, B, C", "D, E, F", 3)
    four = show_freshness([State("late", title) for title in "DCBA"])
    assert four is not None
    assert (four.wanting[0].titles, four.wanting[0].more) == ("A, B, C, D", 0)


def test_where_no_feed_is_expected_nothing_is_said() -> None:
    assert show_freshness([]) is None
