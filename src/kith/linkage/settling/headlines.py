"""The headline of each child: that she is known, and whom to ring. None where even that may not be told."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db.backends.utils import CursorWrapper

from kith.linkage.settling.feed_words import feed_words, protecting_feeds

LONGEST_LIST = 6
_RING = f"""
    select subject_id, jsonb_agg(jsonb_build_object('agency', agency, 'team', team, 'worker', worker,
        'role', role,
        'phone', phone) order by place) as ring
    from (select i.subject_id, a.name as agency, i.team, i.worker, i.role,
            coalesce(nullif(i.phone, ''), a.phone) as phone, row_number() over (partition by i.subject_id
            order by i.is_lead desc, (i.role ilike '%%social worker%%') desc, i.since desc nulls last,
                i.id) as place
        from subjects_involvement i join access_agency a on a.id = i.agency_id
        join subjects_subject s on s.id = i.subject_id and s.scope_id = i.scope_id
        where i.ended_at is null and (i.until is null or i.until >= %(today)s) and i.feed <> all (%(hidden)s)
          and (%(all)s or i.subject_id = any (%(subjects)s))) ranked
    where place <= {LONGEST_LIST} group by subject_id
"""
_WANTED = f"""
    select p.subject_id, s.name, p.date_of_birth, coalesce(r.ring, '[]') as ring
    from subjects_person p join subjects_subject s on s.id = p.subject_id and s.joined_into_id is null
    left join ({_RING}) r on r.subject_id = p.subject_id
    where p.is_child and (%(all)s or p.subject_id = any (%(subjects)s))
      and exists (select from subjects_reference f join linkage_sourcerecord k on k.reference_id = f.id
          where f.subject_id = p.subject_id and k.feed <> all (%(hidden)s))
      and not exists (select from subjects_reference f join linkage_sourcerecord k on k.reference_id = f.id
          where f.subject_id = p.subject_id and k.feed = any (%(protecting)s) and k.ended_at is null)
"""


def refresh_headlines(cursor: CursorWrapper, subjects: Iterable[int] | None, *, scope: int, today: date) -> int:
    """Write the headlines of these subjects (None: of everybody) into the partnership's `scope`; returns
    how many stand.

    A child gets one unless only feeds that may not be known to exist know of her, or a feed that protects
    her does.
    """
    words = feed_words().values()
    given: dict[str, Any] = {
        "subjects": list(subjects or []),
        "all": subjects is None,
        "today": today,
        "scope": scope,
        "hidden": [w.feed for w in words if not w.known_existence],
        "protecting": protecting_feeds(),
        "front_door": json.dumps([front_door()]),
    }
    cursor.execute(f"create temp table telling on commit drop as {_WANTED}", given)
    cursor.execute(
        """delete from subjects_headline h where (%(all)s or h.subject_id = any (%(subjects)s))
        and h.kind = 'person' and not exists (select from telling t where t.subject_id = h.subject_id)""",
        given,
    )
    cursor.execute(
        """insert into subjects_headline (subject_id, scope_id, kind, name, date_of_birth, ring)
        select subject_id, %(scope)s, 'person', name, date_of_birth,
            case when ring = '[]' then %(front_door)s::jsonb else ring end from telling
        on conflict (subject_id) do update set name = excluded.name, date_of_birth = excluded.date_of_birth,
            ring = excluded.ring where (subjects_headline.name, subjects_headline.date_of_birth,
            subjects_headline.ring)
            is distinct from (excluded.name, excluded.date_of_birth, excluded.ring)""",
        given,
    )
    cursor.execute("select count(*) from telling")
    count = int(cursor.fetchone()[0])
    cursor.execute("drop table telling")
    return count


def take_back_headlines(cursor: CursorWrapper) -> int:
    """Take back at once the headlines of whoever is on a register of protected children; returns how many.

    It does not wait for what follows a linking.
    """
    cursor.execute(
        """delete from subjects_headline h using subjects_reference f
            join linkage_sourcerecord k on k.reference_id = f.id
        where f.subject_id = h.subject_id and k.feed = any (%s) and k.ended_at is null""",
        [protecting_feeds()],
    )
    return int(cursor.rowcount)


def front_door() -> dict[str, str]:
    """Whom a headline says to ring where nobody else is known."""
    phone = settings.PARTNERSHIP.front_door_phone
    return {"agency": "The front door", "team": "", "worker": "", "role": "On duty", "phone": phone}
