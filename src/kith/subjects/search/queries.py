"""Who is found for what was typed, as far as the viewer of this transaction may know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from kith.subjects.models import Headline, Subject
from kith.subjects.search.dates import nearest
from kith.subjects.search.keys import TWICE_FROM, sought_for
from kith.subjects.search.rules import (
    DATE_LIKENESSES,
    LIKENESS,
    LIVE_FROM,
    MOST_HEADLINES,
    MOST_RESULTS,
    slip_far,
    sound_far,
    two_slips_far,
)
from kith.subjects.search.typed import Typed

FIND = """
select subject, label, tier, points, at, how, word, born, number from kith_find(
    %s::text[], %s::int[], %s::int[], %s::text[], %s::text[], %s::int[],
    %s::real[], %s::real[], %s::real, %s::real[], %s::boolean[],
    %s::date[], %s::real[], %s::text[], %s::boolean[], %s::date[], %s::text[], %s, %s)
"""


@dataclass(frozen=True)
class Met:
    """A typed word and the word of the record that answers it. `how`: same, equated, slip, sound or starts."""

    typed: str
    how: str
    word: str


@dataclass(frozen=True)
class Found:
    """One subject that answers the search, how much the viewer may know of it, and why it was found."""

    subject_id: int
    label: str
    tier: str  # full, restricted or headline
    points: float
    met: tuple[Met, ...]
    born: str | None  # a key of rules.DATE_LIKENESSES
    number: str | None


def find(typed: Typed, *, today: date) -> list[Found]:
    """Best first. One statement, whoever looks; empty when nobody is set as viewer."""
    if typed.is_empty:
        return []
    with connection.cursor() as cursor:
        cursor.execute(FIND, asked(typed, today=today))
        return [_found(row, typed.words) for row in cursor.fetchall()]


def asked(typed: Typed, *, today: date) -> list[Any]:
    """The search function's arguments."""
    words = typed.words
    keys = [(key.key, at, key.dropped, key.how) for at, word in enumerate(words, start=1) for key in sought_for(word)]
    starts = [(word, at) for at, word in enumerate(words, start=1) if len(word) >= LIVE_FROM]
    near = [(day, DATE_LIKENESSES[key]) for day, key in nearest(typed, today=today).items()]
    return [
        *_columns(keys, 4),
        *_columns(starts, 2),
        [slip_far(len(word)) for word in words],
        [two_slips_far(len(word)) if len(word) >= TWICE_FROM else 1.0 for word in words],
        LIKENESS.equated,
        [sound_far(len(word)) for word in words],
        [not word.startswith("/") for word in words],
        *_columns([(day, like.points, like.key, like.firm) for day, like in near], 4),
        typed.days,
        typed.numbers,
        MOST_RESULTS,
        MOST_HEADLINES,
    ]


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [[row[column] for row in rows] for column in range(width)]


def _found(row: tuple[Any, ...], words: list[str]) -> Found:
    subject, label, tier, points, at, how, word, born, number = row
    met = tuple(Met(words[place - 1], *pair) for place, *pair in zip(at or (), how or (), word or (), strict=True))
    return Found(subject, label, tier, points, met, born, number)


def readable(subject_ids: Iterable[int]) -> tuple[dict[int, Subject], dict[int, Headline]]:
    """What row security lets this viewer read of these: whole subjects, and headlines. Two queries."""
    ids = list(subject_ids)
    subjects = Subject.objects.select_related("person", "place").in_bulk(ids)
    return subjects, Headline.objects.in_bulk(ids)
