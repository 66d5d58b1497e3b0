"""What the openings come to: the lean rows that row security reads, worked out anew wherever openings
changed.

Scopes and teams are locked first, in order, so that two changes at once cannot each miss the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

LOCK_SCOPES = "select id from access_scope where id = any(%(scopes)s) order by id for no key update"
LOCK_TEAMS = """
select t.id from access_team t where t.id in (
  select o.team_id from access_opening o where o.scope_id = any(%(scopes)s) and o.ended_at is null)
order by t.id for share
"""
SCOPES_OF_VIEWERS = """
select distinct scope_id from access_viewerscope where viewer_id = any(%(viewers)s)
union select o.scope_id from access_opening o left join access_viewer_teams t on t.team_id = o.team_id
where o.ended_at is null and coalesce(o.viewer_id, t.viewer_id) = any(%(viewers)s)
"""

# A viewer holds a scope while one of the openings to them or to a team of theirs stands; the longest counts.
SETTLE = """
with openings as (
  select coalesce(o.viewer_id, t.viewer_id) as viewer_id, o.scope_id, o.until
  from access_opening o left join access_viewer_teams t on t.team_id = o.team_id
  where o.scope_id = any(%(scopes)s) and o.ended_at is null and (o.until is null or o.until > %(now)s)
), wanted as (
  select o.viewer_id, o.scope_id, case when bool_or(o.until is null) then null else max(o.until) end as until
  from openings o join access_viewer v on v.id = o.viewer_id and v.is_active
  group by o.viewer_id, o.scope_id
), gone as (
  delete from access_viewerscope s where s.scope_id = any(%(scopes)s)
    and not exists (select from wanted w where w.viewer_id = s.viewer_id and w.scope_id = s.scope_id)
    and not exists (select from access_scope c where c.id = s.scope_id and c.kind in ('partnership', 'figures'))
)
insert into access_viewerscope (viewer_id, scope_id, until)
select viewer_id, scope_id, until from wanted
on conflict (viewer_id, scope_id) do update set until = excluded.until
where access_viewerscope.until is distinct from excluded.until
"""

# Headlines and figures are for whose role sees them, in an agency of the partnership.
SETTLE_ROLES = """
with wanted as (
  select v.id from access_viewer v join access_agency a on a.id = v.agency_id
  where v.is_active and a.in_partnership and v.role = any(%(roles)s)
), gone as (
  delete from access_viewerscope s where s.scope_id = %(scope)s
    and not exists (select from wanted w where w.id = s.viewer_id)
)
insert into access_viewerscope (viewer_id, scope_id, until)
select id, %(scope)s, null from wanted on conflict do nothing
"""


def settle_scopes(scope_ids: Iterable[int], now: datetime) -> None:
    """Work out anew who holds these scopes. Inside a transaction only."""
    scopes = sorted(scope_ids)
    if not scopes:
        return
    with connection.cursor() as cursor:
        for statement in (LOCK_SCOPES, LOCK_TEAMS, SETTLE):
            cursor.execute(statement, {"scopes": scopes, "now": now})


def settle_viewers(viewer_ids: Iterable[int], now: datetime) -> None:
    """Work out anew who holds whatever these viewers hold or should hold (scopes of the whole partnership apart)."""
    with connection.cursor() as cursor:
        cursor.execute(SCOPES_OF_VIEWERS, {"viewers": list(viewer_ids)})
        scopes = [row[0] for row in cursor.fetchall()]
    settle_scopes(scopes, now)


def settle_roles(scope_id: int, roles: Iterable[str]) -> None:
    """Work out anew who holds a scope of the whole partnership: active people of its agencies, in these roles."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK_SCOPES, {"scopes": [scope_id]})
        cursor.execute(SETTLE_ROLES, {"scope": scope_id, "roles": list(roles)})
