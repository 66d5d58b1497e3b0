"""Keeps what the search looks in true to what is known. Set-based: names are split once each, rows never looped over.

What is searched of a subject is drawn from its own rows (person, group or place, and references) and from what sources
state of it, which the caller gives as `stated` and which is remembered in SearchName until it is stated anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from kith.foundations.names import name_words
from kith.subjects.search.addresses import address_words, postcode_word
from kith.subjects.search.keys import filed_under
from kith.subjects.search.refresh_sql import (
    CHANGED,
    COPY_KEYS,
    COPY_STATED,
    COPY_SUBJECTS,
    COPY_WORDS,
    FORGET,
    HOW_MANY,
    NEW_DOCS,
    NEW_WORDS,
    POSTINGS,
    SAID,
    STATE,
    TEMPORARY,
    TEXTS,
    TIDY,
    WHOLE,
    WRITE,
    WRITE_KEYS,
)

MANY = 2000  # subjects from which joining whole tables is quicker than looking each up


class Stated(NamedTuple):
    """How one source names a subject. `scope_id` is the circle's, or that of the restricted part it belongs to."""

    subject_id: int
    scope_id: int
    first_names: str = ""
    last_names: str = ""
    known_as: str = ""
    date_of_birth: date | None = None
    postcode: str = ""
    address: str = ""
    numbers: list[str] = []  # noqa: RUF012  (never altered)


def refresh(subject_ids: Iterable[int] | None = None, *, stated: Iterable[Stated] | None = None) -> int:
    """Bring the search up to date for these subjects (None: for all). Returns how many docs had changed.

    `stated` replaces everything that sources had stated of these subjects; None leaves that as it was. Call it as a
    named system job (inside viewing_as) or as the owner; anybody else's call changes nothing and raises.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TEMPORARY)
        _whose(cursor, subject_ids)
        _plan_for_many(cursor)
        if stated is not None:
            _remember(cursor, stated)
        cursor.execute(SAID)
        _split(cursor)
        cursor.execute(NEW_DOCS)
        cursor.execute(CHANGED)
        cursor.execute(HOW_MANY)
        changed = int(cursor.fetchone()[0])
        if changed:
            cursor.execute(FORGET)
            cursor.execute(WRITE)
            cursor.execute(POSTINGS)
        if subject_ids is None:
            cursor.execute(TIDY)
        cursor.execute("set local enable_nestloop to default; set local work_mem to default")
    return changed


def _whose(cursor: CursorWrapper, subject_ids: Iterable[int] | None) -> None:
    if subject_ids is None:
        cursor.execute(WHOLE)
        return
    with cursor.copy(COPY_SUBJECTS) as copy:
        for subject_id in set(subject_ids):
            copy.write_row((subject_id,))


def _plan_for_many(cursor: CursorWrapper) -> None:
    """Tables that have just been filled look empty to the planner, and a nested loop over them would never end."""
    cursor.execute("select count(*) > %s from kith_whose", [MANY])
    if cursor.fetchone()[0]:
        cursor.execute("set local enable_nestloop = off; set local work_mem = '128MB'")


def _remember(cursor: CursorWrapper, stated: Iterable[Stated]) -> None:
    with cursor.copy(COPY_STATED) as copy:
        copy.set_types(["int8", "int8", "text", "text", "text", "date", "text", "text", "text[]"])
        for one in stated:
            copy.write_row((*one[:8], sorted(set(one.numbers))))
    cursor.execute(STATE)


def _split(cursor: CursorWrapper) -> None:
    """Every distinct text becomes words, once; words not met before get their number and their keys."""
    cursor.execute(TEXTS)
    texts = cursor.fetchall()
    with cursor.copy(COPY_WORDS) as copy:
        for part, text in texts:
            for word, is_first, is_last in words_of(part, text):
                copy.write_row((part, text, word[:200], is_first, is_last))
    cursor.execute(NEW_WORDS)
    words = cursor.fetchall()
    with cursor.copy(COPY_KEYS) as copy:
        for number, word in words:
            for key, dropped in filed_under(word):
                copy.write_row((key, number, dropped))
    cursor.execute(WRITE_KEYS)


def words_of(part: str, text: str) -> Iterator[tuple[str, bool, bool]]:
    """The words of a text, each with whether it is a first name and whether it is a last name."""
    if part == "postcode":
        word = postcode_word(text)
        yield from [(word, False, False)] if word else []
    elif part == "address":
        yield from ((word, False, False) for word in address_words(text))
    else:
        words = name_words(text)
        for word in words:
            also_last = part == "known" and len(words) > 1 and word == words[-1]
            yield word, part in {"first", "known"}, part == "last" or also_last
