"""Several jobs at once, each with a connection of its own."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from kith.foundations.database.side_by_side import side_by_side


def _process(into: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        into.append(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_two_jobs_meet_over_two_connections() -> None:
    meeting, seen = threading.Barrier(2, timeout=20), []

    def job() -> None:
        _process(seen)
        meeting.wait()

    side_by_side([job, job])
    assert len(set(seen)) == 2


@pytest.mark.django_db(transaction=True)
def test_what_fails_is_raised_once_what_had_begun_has_ended() -> None:
    done: list[int] = []

    def fails() -> None:
        raise ValueError("one job failed")

    with pytest.raises(ValueError, match="one job failed"):
        side_by_side([fails, lambda: _process(done)])


@pytest.mark.django_db
def test_inside_a_transaction_they_are_done_in_turn_over_its_connection() -> None:
    seen: list[int] = []
    side_by_side([lambda: _process(seen), lambda: _process(seen)])
    assert len(seen) == 2
    assert len(set(seen)) == 1
