"""Every way in which agencies name somebody, given to the search under the audience that may read it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.backends.utils import CursorWrapper

from kith.subjects.search import Stated, refresh

_NAMED = """
    select distinct r.subject_id, s.scope_id,
        concat_ws(' ', s.facts->>'first_name', s.facts->>'middle_names'),
        concat_ws(' ', s.facts->>'last_name', s.facts->>'former_last_name'),
        coalesce(s.facts->>'known_as', ''), s.facts->>'date_of_birth', coalesce(s.facts->>'postcode', ''),
        coalesce(s.facts->>'address', ''), s.facts->>'nhs_number', s.facts->>'upn'
    from subjects_reference r join linkage_sourcerecord s on s.reference_id = r.id
    where r.subject_id is not null and s.scope_id is not null and (%(all)s or r.subject_id = any (%(subjects)s))
"""


def refresh_search(cursor: CursorWrapper, subjects: Collection[int] | None) -> int:
    """Bring the search up to date for these subjects (None: everybody); returns how many had changed."""
    cursor.execute(_NAMED, {"all": subjects is None, "subjects": list(subjects or [])})
    return refresh(subjects, stated=_stated(cursor.fetchall()))


def _stated(rows: list[tuple[Any, ...]]) -> Iterator[Stated]:
    for subject, scope, first, last, known_as, born, postcode, address, *numbers in rows:
        yield Stated(
            subject, scope, first, last, known_as, _day(born), postcode, address, [str(n) for n in numbers if n]
        )


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
