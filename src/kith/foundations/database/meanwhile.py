"""What the database can do while Python works out what to write next."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db.backends.utils import CursorWrapper
from psycopg.sql import SQL, Identifier

_KEYS = """select conname from pg_constraint
    where contype = 'f' and condeferrable and conrelid = any (%s::text[]::regclass[]) order by 1"""


@contextmanager
def checked_meanwhile(cursor: CursorWrapper, *tables: str) -> Iterator[None]:
    """What the transaction has written in these tables is held to its foreign keys while what is inside runs.

    At the end nothing waited while that was done. What is inside must not ask the database. Raises IntegrityError as
    the end of the transaction would. Afterwards checks wait for the end again.
    """
    cursor.execute(_KEYS, [list(tables)])
    names = SQL(", ").join(Identifier(name) for (name,) in cursor.fetchall())
    with ThreadPoolExecutor(max_workers=1) as pool:
        checking = pool.submit(cursor.execute, SQL("set constraints {} immediate").format(names))
        yield
        checking.result()
    cursor.execute(SQL("set constraints {} deferred").format(names))
