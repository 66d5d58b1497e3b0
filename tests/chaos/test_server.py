"""kill -9 of the server and of its database while people write and decide: nothing lost, nothing doubled.

KITH_CHAOS says how many times (3 without it; 20 is what acceptance asks). The loader has a test of its own,
kith/linkage/loading/tests/test_chaos.py.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.chaos.people import PATIENCE, Kept, decide_matches, write_in_stages, write_notes
from tests.support.homes import copy_of_a_home
from tests.support.served import Served

KILLS = int(os.environ.get("KITH_CHAOS", "3"))
WHO_HOLDS_WHAT = "select system, key, subject_id from subjects_reference order by 1, 2"


@pytest.fixture
def served(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site, with its tables made."""
    made = copy_of_a_home(tmp_path / "home", tmp_path_factory)
    yield made
    made.stop()


@contextmanager
def at_work(served: Served, planted: dict[str, list[int]], kept: Kept) -> Iterator[list[Future[None]]]:
    """Asha and Ben write, Gwen decides and takes back, until the block ends; then each finishes what they began."""
    over, children = threading.Event(), planted["children"]
    with ThreadPoolExecutor(max_workers=3) as people:
        doing = [
            people.submit(write_notes, served.site, "Asha", children[:2], kept, over),
            people.submit(write_notes, served.site, "Ben", children[1:], kept, over),
            people.submit(decide_matches, served.site, "Gwen", planted["matches"], kept, over),
        ]
        try:
            yield doing
        finally:
            over.set()
    for one in doing:
        one.result()


def kill(served: Served, turn: int) -> None:
    """Something, and what a service manager does then."""
    ways: list[Callable[[], None]] = [
        lambda: served.kill_one_that_answers(turn),
        served.kill_the_parent,
        served.kill_the_database,
        served.kill_the_background_worker,
    ]
    ways[turn % len(ways)]()
    served.database.ensure()
    served.start()


def test_killed_at_random_moments_nothing_is_lost_and_nothing_doubled(served: Served) -> None:
    planted = json.loads(served.run("-m", "tests.chaos.planting"))
    served.start()
    before, chance, kept = ask(served, WHO_HOLDS_WHAT), random.Random(KILLS), Kept()
    with at_work(served, planted, kept) as doing:
        for turn in range(KILLS):
            until_more_is_kept(kept, doing)
            time.sleep(chance.uniform(0, 1))
            kill(served, turn)
        until_more_is_kept(kept, doing)
    assert kept.sent_again > 0
    every_note_stands_once(served, kept)
    every_decision_stands_once(served, kept)
    assert ask(served, WHO_HOLDS_WHAT) == before, "what was taken back is not where it was"
    served.kith("audit", "seal")
    assert "Everything is as it was sealed" in served.kith("audit", "verify")


def test_killed_mid_form_and_mid_submit_no_word_is_lost(served: Served) -> None:
    """What was kept of a form is offered again after every kill, and sent once however often it is sent."""
    children = json.loads(served.run("-m", "tests.chaos.planting"))["children"]
    served.start()
    chance, kept, over = random.Random(KILLS), Kept(), threading.Event()
    with ThreadPoolExecutor(max_workers=2) as people:
        doing = [people.submit(write_in_stages, served.site, who, children[:2], kept, over) for who in ("Asha", "Ben")]
        try:
            for turn in range(KILLS):
                until_more_is_kept(kept, doing)
                time.sleep(chance.uniform(0, 1))
                kill(served, turn)
            until_more_is_kept(kept, doing)
        finally:
            over.set()
    for one in doing:
        one.result()
    assert kept.sent_again > 0
    every_note_stands_once(served, kept)
    assert ask(served, "select count(*) from drafts_draft") == [(0,)]
    assert ask(served, "select count(*) from drafts_sentform") == [(len(kept.entries),)]


def until_more_is_kept(kept: Kept, doing: list[Future[None]]) -> None:
    """Work goes on: however slow the machine, each kill finds people in the middle of something."""
    wanted, deadline = len(kept.entries) + 2, time.monotonic() + PATIENCE
    while len(kept.entries) < wanted:
        assert not any(one.done() for one in doing), [one.exception() for one in doing if one.done()]
        assert time.monotonic() < deadline, f"only {len(kept.entries)} notes were answered"
        time.sleep(0.05)


def every_note_stands_once(served: Served, kept: Kept) -> None:
    entries = ask(served, "select id, summary from chronology_entry where written_by_id is not null")
    assert Counter(summary.rpartition(" ")[2] for _, summary in entries) == Counter(kept.entries.keys())
    assert {number for number, _ in entries} == set(kept.entries.values())
    on_records = dict(ask(served, "select entry_id, count(*) from chronology_entrysubject group by 1"))
    assert {on_records[number] for number, _ in entries} <= {2, 3}
    told = ask(served, "select what from audit_auditevent where action = 'write-entry'")
    assert Counter(what for (what,) in told) == Counter(f"Wrote entry {number}" for number, _ in entries)


def every_decision_stands_once(served: Served, kept: Kept) -> None:
    judgements = ask(served, "select id, reason, withdrawn_because from linkage_judgement order by id")
    assert Counter(reason.rpartition(" ")[2] for _, reason, _ in judgements) == Counter(kept.decided)
    assert Counter(because for _, _, because in judgements) == Counter(kept.withdrawn)
    for action in ("judge-match", "withdraw-judgement"):
        told = ask(served, f"select (details->>'judgement')::bigint from audit_auditevent where action = '{action}'")
        assert Counter(number for (number,) in told) == Counter(number for number, _, _ in judgements)


def ask(served: Served, question: str) -> list[Any]:
    """Answered by the database itself, as its owner."""
    with psycopg.connect(served.database.url()) as connection:
        return connection.execute(question).fetchall()
