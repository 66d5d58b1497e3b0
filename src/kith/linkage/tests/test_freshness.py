"""How fresh a feed is, and what a record may not imply where it is not."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kith.linkage.rules.freshness import Arrived, Rhythm, judge_freshness

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
DAILY = Rhythm(timedelta(days=1), "1 day", timedelta(days=3))


@pytest.mark.parametrize(
    ("came", "state", "sentence"),
    [
        (timedelta(minutes=1), "fresh", "just now"),
        (timedelta(hours=6), "fresh", "6 hours ago"),
        (timedelta(days=2), "late", "late: expected every day, last 2 days ago"),
        (timedelta(days=9), "silent", "silent: expected every day, last 9 days ago"),
    ],
)
def test_a_daily_feed(came: timedelta, state: str, sentence: str) -> None:
    judged = judge_freshness(DAILY, Arrived(NOW - came), None, NOW)
    assert (judged.state, judged.sentence) == (state, sentence)


def test_a_file_that_speaks_of_an_earlier_day_is_as_old_as_that_day() -> None:
    yesterday = judge_freshness(DAILY, Arrived(NOW, date(2026, 11, 19)), None, NOW)
    assert (yesterday.state, yesterday.sentence) == ("fresh", "yesterday")
    assert judge_freshness(DAILY, Arrived(NOW, date(2026, 11, 1)), None, NOW).state == "silent"


def test_never_and_once() -> None:
    assert judge_freshness(DAILY, None, None, NOW).sentence == "has never arrived: expected every day"
    once = Rhythm(None, "once", None)
    assert judge_freshness(once, Arrived(NOW - timedelta(days=900)), None, NOW).state == "fresh"


def test_a_file_that_could_not_be_read_is_no_news_of_children() -> None:
    judged = judge_freshness(DAILY, Arrived(NOW - timedelta(days=2)), NOW - timedelta(hours=3), NOW)
    assert (judged.state, judged.sentence) == (
        "failed", "the last file, 3 hours ago, could not be read; before that, 2 days ago",
    )  # fmt: skip
    mended = judge_freshness(DAILY, Arrived(NOW - timedelta(hours=1)), NOW - timedelta(hours=3), NOW)
    assert mended.state == "fresh"
