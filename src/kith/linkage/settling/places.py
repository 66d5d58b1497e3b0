"""Public places that feeds name: known by name to the whole partnership, with whom to ring about each.

A place is told of only where nobody's home could be learnt from it: its kind is one that anybody sees from the
street, nobody is recorded as living there, and an agency whose knowledge may be told has named it. A place that
somebody opened by hand has the headline that its writer gave it.
"""

from __future__ import annotations

import json
from typing import Any

from django.db.backends.utils import CursorWrapper

from kith.linkage.settling.feed_words import feed_words
from kith.linkage.settling.headlines import front_door
from kith.subjects.rules import PUBLIC_PLACES

LOOKED_AT = 200  # of what is latest at a place, to see which agencies know it
LONGEST_LIST = 3
_NAMED_BY = f"""
    select jsonb_agg(jsonb_build_object('agency', n.name, 'team', '', 'worker', '', 'role', '', 'phone', n.phone)
        order by n.latest desc, n.name) as ring, count(*) as namings
    from (select a.name, a.phone, max(x."on") as latest from (
            (select e.feed, t."on" from chronology_entrysubject t join chronology_entry e on e.id = t.entry_id
                where t.subject_id = p.subject_id and t.scope_id = p.scope_id and e.ended_at is null
                    and e.feed = any (%(feeds)s) order by t."on" desc limit {LOOKED_AT})
            union all
            (select l.feed, coalesce(l.last_seen, l.first_seen, l.stated_on) from subjects_linkevidence l
                where l.subject_id = p.subject_id and l.scope_id = p.scope_id and l.ended_at is null
                    and l.feed = any (%(feeds)s) limit {LOOKED_AT})) x
        join told_feed f on f.feed = x.feed left join access_agency a on a.key = f.agency
        group by 1, 2 order by 3 desc nulls last limit {LONGEST_LIST}) n
"""
_NOBODYS_HOME = """
    p.kind = any (%(public)s) and not (p.kind = 'street' and s.name ~ '[0-9]')
    and not exists (select from subjects_linkevidence l
        where l.subject_id = p.subject_id and l.kind = 'lives-at' and l.ended_at is null)
    and not exists (select from subjects_person h where h.postcode <> '' and h.postcode = p.postcode
        and position(lower(s.name) in lower(h.address)) > 0)
"""
FROM_A_FEED = "exists (select from subjects_reference r where r.subject_id = {0})"


def refresh_place_headlines(cursor: CursorWrapper, *, scope: int) -> int:
    """Write the headlines of public places into the partnership's `scope`, and take back those that may no longer be.

    Returns how many stand of places that came from feeds. All places each time: there are few.
    """
    told = [words for words in feed_words().values() if words.known_existence and not words.restricted]
    given: dict[str, Any] = {
        "scope": scope,
        "public": sorted(PUBLIC_PLACES),
        "feeds": [words.feed for words in told],
        "agencies": [words.agency for words in told],
        "front_door": json.dumps([front_door()]),
        "nestloop": _setting(cursor, "enable_nestloop"),
    }
    cursor.execute(
        """create temp table told_feed on commit drop as
        select * from unnest(%(feeds)s::text[], %(agencies)s::text[]) as t (feed, agency)""",
        given,
    )
    cursor.execute("select set_config('enable_nestloop', 'on', true)")  # they are few: each is looked up by itself
    cursor.execute(
        f"""create temp table public_place on commit drop as
        with nobodys_home as materialized (select p.subject_id, s.name, s.scope_id
            from subjects_place p join subjects_subject s on s.id = p.subject_id and s.joined_into_id is null
            where {_NOBODYS_HOME} and {FROM_A_FEED.format("p.subject_id")})
        select p.subject_id, p.name, case when n.ring->0->>'phone' <> '' then n.ring
            else %(front_door)s::jsonb end as ring
        from nobodys_home p cross join lateral ({_NAMED_BY}) n where n.namings > 0""",
        given,
    )
    cursor.execute("select set_config('enable_nestloop', %(nestloop)s, true)", given)
    _write(cursor, given)
    cursor.execute("select count(*) from public_place")
    count = int(cursor.fetchone()[0])
    cursor.execute("drop table told_feed, public_place")
    return count


def _setting(cursor: CursorWrapper, name: str) -> str:
    cursor.execute("select current_setting(%s)", [name])
    return str(cursor.fetchone()[0])


def _write(cursor: CursorWrapper, given: dict[str, Any]) -> None:
    cursor.execute(f"""delete from subjects_headline h where h.kind = 'place'
        and {FROM_A_FEED.format("h.subject_id")}
        and not exists (select from public_place t where t.subject_id = h.subject_id)""")
    cursor.execute(
        """insert into subjects_headline (subject_id, scope_id, kind, name, date_of_birth, ring)
        select subject_id, %(scope)s, 'place', name, null, ring from public_place
        on conflict (subject_id) do update set name = excluded.name, ring = excluded.ring
            where (subjects_headline.name, subjects_headline.ring) is distinct from (excluded.name, excluded.ring)""",
        given,
    )
