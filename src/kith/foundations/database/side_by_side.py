"""Several jobs at once, each with a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

from django.db import connection

WORKERS = 2  # the database works while Python does; more would only wait for each other


def side_by_side(jobs: Sequence[Callable[[], object]]) -> None:
    """Do every job, beginning them in this order. The first to fail is raised, once what had begun has ended.

    Inside a transaction, which no other connection could see, they are done one after another.
    """
    if connection.in_atomic_block or len(jobs) < 2:
        for job in jobs:
            job()
        return
    with ThreadPoolExecutor(max_workers=WORKERS) as pool:
        doing = [pool.submit(_with_its_own_connection, job) for job in jobs]
        done, waiting = wait(doing, return_when=FIRST_EXCEPTION)
        for one in waiting:
            one.cancel()
    for one in done:
        one.result()


def _with_its_own_connection(job: Callable[[], object]) -> None:
    try:
        job()
    finally:
        connection.close()
