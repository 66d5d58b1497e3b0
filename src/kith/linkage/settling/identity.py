"""The best-supported identity of each person, from what agencies say: table Person, and the subject's
name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.backends.utils import CursorWrapper

from kith.foundations.database.meanwhile import checked_meanwhile
from kith.foundations.identifiers.nhs_number import parse_nhs_number
from kith.foundations.identifiers.postcode import parse_postcode
from kith.foundations.identifiers.upn import parse_upn
from kith.linkage.rules.identity import best_of
from kith.linkage.rules.stated import Source
from kith.linkage.settling.feed_words import FeedWords, feed_words

NAMELESS = "Name not known"
LONGEST = {
    "first_name": 120,
    "middle_names": 200,
    "last_name": 120,
    "known_as": 120,
    "pronouns": 60,
    "language": 80,
    "interpreter": 120,
    "communication_needs": 300,
    "ethnicity": 20,
    "address": 300,
}
GROWN = 25
"""The age at which nobody is a child or care leaver any more (Children Act 1989 section 23CZB, as
amended).
"""
_COLUMNS = (
    "subject_id",
    "is_child",
    "first_name",
    "middle_names",
    "last_name",
    "known_as",
    "date_of_birth",
    "died_on",
    "sex",
    "pronouns",
    "language",
    "interpreter",
    "communication_needs",
    "ethnicity",
    "postcode",
    "address",
    "nhs_number",
    "upn",
    "in_care_since",
)


_CHOSEN = frozenset(_COLUMNS)
_WRITTEN_BEFORE = ("linkage_match", "linkage_sourcerecord", "subjects_reference", "subjects_subject")


class _Record:
    """One source record as the identity rules need it. Its source is made only where two values must be weighed."""

    __slots__ = ("_row", "_sources", "facts", "is_child", "is_restricted")

    def __init__(self, row: Sequence[Any], sources: _Sources) -> None:
        self._row, self._sources = row, sources
        self.facts: dict[str, str] = json.loads(row[2])
        self.is_child, self.is_restricted = bool(row[6]), bool(row[8])

    @property
    def source(self) -> Source:
        return self._sources.of(self._row)


def refresh_identities(cursor: CursorWrapper, subjects: Iterable[int], *, now: datetime) -> int:
    """Choose again who each of these subjects is; returns how many. What only a restricted part may tell
    is left out.
    """
    cursor.execute("create temp table asked (subject_id bigint) on commit drop")
    with cursor.copy("copy asked from stdin") as copy:
        copy.write("".join(f"{subject}\n" for subject in subjects))
    cursor.execute("analyze asked")
    sources, said = _sources(cursor, feed_words()), _said(cursor)
    with checked_meanwhile(cursor, *_WRITTEN_BEFORE):
        people = [
            _person(subject, [_Record(row, sources) for row in rows], now.date())
            for subject, rows in groupby(said, key=itemgetter(0))
        ]
    cursor.execute("create temp table identity (like subjects_person) on commit drop")
    cursor.execute("alter table identity alter column scope_id drop not null")
    with cursor.copy(f"copy identity ({', '.join(_COLUMNS)}) from stdin") as copy:
        for person in people:
            copy.write_row(person)
    count = _write(cursor)
    cursor.execute("drop table asked, identity")
    return count


def _said(cursor: CursorWrapper) -> list[tuple[Any, ...]]:
    """What sources say of those who are asked after, a person at a time."""
    cursor.execute("""select r.subject_id, s.feed, s.facts::text, s.stated_on, s.delivery_id, s.row,
        s.is_child,
            s.ended_at is null, p.id is not null
        from asked a join subjects_reference r on r.subject_id = a.subject_id
        join linkage_sourcerecord s on s.reference_id = r.id
        left join subjects_restrictedpart p on p.scope_id = s.scope_id order by r.subject_id, s.id""")
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _sources(cursor: CursorWrapper, words: Mapping[str, FeedWords]) -> _Sources:
    return _Sources(words, agencies_by_key(cursor))


def agencies_by_key(cursor: CursorWrapper) -> dict[str, tuple[str, str]]:
    """Agency key → its name and kind."""
    cursor.execute("select key, name, kind from access_agency")
    return {key: (name, kind) for key, name, kind in cursor.fetchall()}


@dataclass(frozen=True)
class _Sources:
    words: Mapping[str, FeedWords]
    agencies: dict[str, tuple[str, str]]

    def of(self, row: Sequence[Any]) -> Source:
        """Who says what a row of the query holds."""
        _, feed, _, stated_on, delivery, number, _, is_current, is_restricted = row
        words = self.words.get(feed) or FeedWords(feed)
        name, kind = self.agencies.get(words.agency, (words.agency or feed, ""))
        return Source(
            words.agency, name, kind, feed, words.title, stated_on, delivery, number, is_current, is_restricted
        )


def _person(subject: int, rows: list[_Record], today: date) -> tuple[object, ...]:
    """One row for table Person, from everything but restricted parts (or from them, where nothing else is
    known).
    """
    open_rows = [row for row in rows if not row.is_restricted] or rows
    said = best_of(open_rows, _CHOSEN)
    text = {field: said.get(field, "")[:longest] for field, longest in LONGEST.items()}
    born = _day(said.get("date_of_birth"))
    is_child = any(row.is_child for row in open_rows) and not (born and _age(born, today) >= GROWN)
    home = said.get("postcode", "")
    return (
        subject,
        is_child,
        text["first_name"],
        text["middle_names"],
        text["last_name"],
        text["known_as"],
        born,
        _day(said.get("died_on")),
        said.get("sex", "")[:1].upper(),
        text["pronouns"],
        text["language"],
        text["interpreter"],
        text["communication_needs"],
        text["ethnicity"],
        (parse_postcode(home) or home)[:10],
        text["address"],
        parse_nhs_number(said.get("nhs_number", "")) or "",
        parse_upn(said.get("upn", "")) or "",
        _day(said.get("in_care_since")),
    )


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _write(cursor: CursorWrapper) -> int:
    cursor.execute("update identity i set scope_id = s.scope_id from subjects_subject s where s.id = i.subject_id")
    columns = [column for column in _COLUMNS if column != "subject_id"] + ["scope_id"]
    named = ", ".join(columns)
    cursor.execute(f"""insert into subjects_person (subject_id, {named}) select subject_id, {named} from
        identity
        on conflict (subject_id) do update set ({named}) = row({", ".join(f"excluded.{c}" for c in columns)})
        where (subjects_person.{", subjects_person.".join(columns)})
            is distinct from ({", ".join(f"excluded.{c}" for c in columns)})""")
    cursor.execute(
        """update subjects_subject s set name = n.name from (
            select subject_id, coalesce(nullif(btrim(first_name || ' ' || last_name), ''), %s) as name from
                identity) n
        where n.subject_id = s.id and s.name <> n.name""",
        [NAMELESS],
    )
    cursor.execute("select count(*) from identity")
    return int(cursor.fetchone()[0])
