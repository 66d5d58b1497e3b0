"""`kith bench search`: find a person among a million, from what somebody at a telephone would type.

The same questions are put to Kith's search, under scopes, and to two forms of trigram search without scopes, on the
same server in the same run. A question is found when the person meant is among the first ten.
"""

from __future__ import annotations

import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.subjects.benches import slips, trigram
from kith.subjects.benches.people import People, make_people
from kith.subjects.benches.stage import fill, make_viewers
from kith.subjects.search import refresh, understand
from kith.subjects.search.queries import find

TODAY = date(2026, 11, 3)
SEED_OF_PEOPLE, SEED_OF_QUESTIONS = 20261103, 7
EACH, WARM_UP = 80, 40


@dataclass(frozen=True)
class Question:
    """What is typed, of what kind, and who is meant. Without `born` no date is typed."""

    kind: str
    date_is: str  # right, wrong or none
    first: str
    last: str
    born: date | None
    meant: int
    text: str


@dataclass(frozen=True)
class Answer:
    """Where the person meant stood (0: not among the first ten), and how long it took in milliseconds."""

    question: Question
    place: int
    ms: float


Figures = dict[str, Any]
Ask = Callable[[Question], tuple[list[int], float]]


def run(*, size: int, keep: bool = False) -> Figures:
    """Fill a database of its own, ask, compare, and drop it. `rows` is the table, `notes` say what was done."""
    people = make_people(size, seed=SEED_OF_PEOPLE)
    with _database_of_its_own(keep):
        seconds = {"filling the people": _timed(lambda: fill(people)), "refreshing the search": _timed(_refresh)}
        everything, practitioner, circles = make_viewers(size)
        seconds["the trigram tables"] = _timed(trigram.prepare)
        questions = list(_questions(people, EACH))
        answers = _compare(questions, _contenders(everything, practitioner, circles))
    return {"rows": [_row(title, given) for title, given in answers.items()], "notes": _notes(people, seconds, answers)}


def _contenders(everything: Viewer, practitioner: Viewer, circles: int) -> dict[str, Ask]:
    return {
        "Kith, every circle open": lambda question: _ask_kith(question, everything),
        f"Kith, {circles} circles and headlines": lambda question: _ask_kith(question, practitioner),
        "GIN trigram": lambda question: _ask_trigram(trigram.WHOLE, question),
        "distinct names + trigram": lambda question: _ask_trigram(trigram.DISTINCT, question),
    }


def _compare(questions: list[Question], contenders: dict[str, Ask]) -> dict[str, list[Answer]]:
    """Every question to each in turn, so that whatever else the machine does falls on all alike."""
    for ask in contenders.values():
        for question in random.Random(1).sample(questions, WARM_UP):  # noqa: S311
            ask(question)
    answers: dict[str, list[Answer]] = {title: [] for title in contenders}
    for question in questions:
        for title, ask in contenders.items():
            found, ms = ask(question)
            place = found.index(question.meant) + 1 if question.meant in found[:10] else 0
            answers[title].append(Answer(question, place, ms))
    return answers


def _ask_kith(question: Question, viewer: Viewer) -> tuple[list[int], float]:
    with viewing_as(viewer):
        started = time.perf_counter()
        found = find(understand(question.text, today=TODAY), today=TODAY)
        return [one.subject_id for one in found], (time.perf_counter() - started) * 1000


def _ask_trigram(statement: str, question: Question) -> tuple[list[int], float]:
    if question.kind == "identifier":
        return [], 0.0  # it searches names
    started = time.perf_counter()
    found = trigram.ask(statement, question.first, question.last, question.born)
    return found, (time.perf_counter() - started) * 1000


def _notes(people: People, seconds: dict[str, float], answers: dict[str, list[Answer]]) -> list[str]:
    asked = len(next(iter(answers.values())))
    notes = [f"{len(people):,} people with {people.origin}; {asked} questions, put to each in turn."]
    notes.append(
        "Kith keeps to the viewer's scopes; trigram search does not. Without their circle a person is found only by "
        "name and date of birth together or by a number, so a date quite wrong rightly finds nobody."
    )
    notes += [f"{what[0].upper()}{what[1:]}: {took:.1f} s" for what, took in seconds.items()]
    return notes + [line for title, given in answers.items() for line in _by_kind(title, given)]


@contextmanager
def _database_of_its_own(keep: bool) -> Iterator[None]:
    settings = connection.settings_dict
    was, settings["TEST"] = settings["TEST"], {**settings["TEST"], "NAME": "kith_bench_search"}
    name = settings["NAME"]
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=False)
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0, keepdb=keep)
        settings["TEST"] = was


def _refresh() -> None:
    refresh()
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _questions(people: People, each: int) -> Iterator[Question]:
    rng = random.Random(SEED_OF_QUESTIONS)  # noqa: S311  (a bench must repeat itself)
    for kind, alter in (
        ("as it is", _as_it_is),
        ("misspelt", slips.misspelt),
        ("part", slips.part),
        ("nickname", slips.nickname),
    ):
        for date_is in ("right", "wrong", "none") if kind in {"as it is", "misspelt"} else ("right", "wrong"):
            yield from _of_kind(people, each, kind, alter, date_is, rng)
    for _ in range(each):
        at = rng.randrange(len(people))
        yield Question("identifier", "none", "", "", None, at + 1, people.nhs[at])


def _of_kind(
    people: People, each: int, kind: str, alter: Callable[..., Any], date_is: str, rng: random.Random
) -> Iterator[Question]:
    made = 0
    while made < each:
        at = rng.randrange(len(people))
        names = alter(str(people.first[at]), str(people.last[at]), rng)
        if names is None:
            continue
        made += 1
        born = {"right": people.born[at], "wrong": slips.misdated(people.born[at], rng), "none": None}[date_is]
        text = f"{names[0]} {names[1]}" + (f" {born:%d/%m/%Y}" if born else "")
        yield Question(kind, date_is, names[0], names[1], born, at + 1, text)


def _as_it_is(first: str, last: str, rng: random.Random) -> tuple[str, str]:
    return first, last


def _row(title: str, answers: list[Answer]) -> Figures:
    times = sorted(answer.ms for answer in answers if answer.question.kind != "identifier")
    row: Figures = {"search": title, "p50 ms": round(statistics.median(times), 1)}
    row["p95 ms"] = round(times[int(len(times) * 0.95)], 1)
    for date_is in ("right", "wrong"):
        of = [a for a in answers if a.question.date_is == date_is]
        row[f"recall@10, date {date_is}"] = round(sum(a.place > 0 for a in of) / len(of), 3)
        row[f"first, date {date_is}"] = round(sum(a.place == 1 for a in of) / len(of), 3)
    numbers = [a for a in answers if a.question.kind == "identifier" and a.ms]
    row["recall@10, identifier"] = round(sum(a.place > 0 for a in numbers) / len(numbers), 3) if numbers else "–"
    return row


def _by_kind(title: str, answers: list[Answer]) -> list[str]:
    groups: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for answer in answers:
        groups[answer.question.kind, answer.question.date_is].append(answer)
    lines = []
    for (kind, date_is), asked in groups.items():
        of = [a for a in asked if a.ms]
        if not of:
            continue
        times = sorted(a.ms for a in of)
        found, first = sum(a.place > 0 for a in of) / len(of), sum(a.place == 1 for a in of) / len(of)
        lines.append(
            f"{title}, {kind}, date {date_is}: recall@10 {found:.3f}, first {first:.3f}, "
            f"p50 {times[len(times) // 2]:.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f} ms"
        )
    return lines
