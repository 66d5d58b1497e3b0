"""How far a cut is that is being made now: told by locks, so it is over the moment that whoever makes it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import connection

from kith.insight.models import Cut

BEING_MADE = 7_416_010  # advisory locks' first number; the second is how many tables have been read
TABLES_AT_MOST = 100  # the second number of the lock that says how many there are, less that number


@dataclass(frozen=True)
class HowFar:
    """Of the tables of a cut that is being made, how many have been read; after the last, measures are counted."""

    read: int
    tables: int

    @property
    def is_counting(self) -> bool:
        return self.read >= self.tables


def how_far() -> HowFar | None:
    """How far the cut is that is being made now; None where none is."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select l.objid::int from pg_locks l join pg_database d on d.oid = l.database
            where d.datname = current_database() and l.locktype = 'advisory' and l.objsubid = 2 and l.classid = %s
                and l.granted""",
            [BEING_MADE],
        )
        told = [number for (number,) in cursor.fetchall()]
    tables = max((number - TABLES_AT_MOST for number in told if number >= TABLES_AT_MOST), default=0)
    read = [number for number in told if number < TABLES_AT_MOST]
    return HowFar(max(read, default=0), tables) if tables else None


def is_any_made() -> bool:
    """Whether a cut stands here already, told by the folders: it is asked at every page of figures.

    Of the first one the folder is there before it is offered.
    """
    made = list(islice(Path(settings.CUTS).glob("*/manifest.json"), 2))
    return len(made) > 1 or (bool(made) and Cut.objects.exists())


@contextmanager
def saying_how_far(tables: int) -> Iterator[Callable[[int], None]]:
    """Inside it a cut is being made; the function given is told how many of its tables have been read."""
    held: list[int] = []

    def say(number: int) -> None:
        with connection.cursor() as cursor:  # shared: whoever has it begun says so until whoever makes it does
            cursor.execute("select pg_advisory_lock_shared(%s, %s)", [BEING_MADE, number])
        held.append(number)

    say(TABLES_AT_MOST + tables)
    try:
        yield say
    finally:
        if connection.connection and not connection.connection.closed and not connection.needs_rollback:
            with connection.cursor() as cursor:
                for number in held:
                    cursor.execute("select pg_advisory_unlock_shared(%s, %s)", [BEING_MADE, number])
