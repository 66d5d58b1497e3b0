"""Sealing: what was appended freely is put in order, hashed and chained, a few seconds later.

Lines commit in any order, so one is sealed only when every transaction that began to write before it has
ended: its transaction is below the oldest one still running. Transaction numbers belong to one PostgreSQL
cluster; a backup restored into another begins anew, which is noticed by the cluster's identity, and
everything restored is sealed first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from kith.foundations.audit.models import AuditEvent, AuditSeal
from kith.foundations.audit.rules import FIRST, LINE_FIELDS, LINES_A_SEAL, line_hash, seal_hash

ONE_AT_A_TIME = 7_202_611  # the advisory lock that sealers share
MAY_ASK = "select has_function_privilege('pg_control_system()', 'execute')"  # some managed servers say no
CLUSTER = "select system_identifier::text from pg_control_system()"
OLDEST_RUNNING = """
with seen as materialized (select pg_current_snapshot() as now), elsewhere as (
  select held.transactionid::text::bigint as low_half from pg_locks held
  join pg_locks touched using (virtualtransaction)
  where held.locktype = 'transactionid' and held.granted and touched.locktype = 'relation' and touched.granted
  and touched.database not in (0, (select oid from pg_database where datname = current_database()))
), ours as (
  select running::text::bigint as number from seen, pg_snapshot_xip(seen.now) running
  where (running::text::bigint & 4294967295) not in (select low_half from elsewhere)
)
select coalesce((select min(number) from ours), (select pg_snapshot_xmax(now)::text::bigint from seen))
"""  # transactions known to be another database's do not matter here; any other may yet write a line
YOUNGEST_KNOWN = "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
UNSEALED = """
select e.id from audit_auditevent e
where not exists (select from (select unnest(events) as id from audit_auditseal) s where s.id = e.id)
order by e.id
"""


@dataclass(frozen=True)
class Reach:
    """How far a seal may go: lines below this transaction, in this cluster's life, which began after this
    line.
    """

    below: int
    cluster: str
    from_event: int


@transaction.atomic
def seal(now: datetime) -> int:
    """Seal every line that can no longer be joined by an earlier one.

    Answers how many. Any number may call at once.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        last = AuditSeal.objects.order_by("-pk").first()
        reach, lines = _begin_a_life(cursor) if _is_new_life(cursor, last) else _go_on(cursor, last)
    previous = last.hash if last else FIRST
    count = 0
    for batch in _in_batches(lines):
        previous = _put_seal(previous, reach, batch, now)
        count += len(batch)
    return count


def _is_new_life(cursor: Any, last: AuditSeal | None) -> bool:
    """Nothing sealed yet, or sealed in another cluster, or in one whose transactions had gone further
    than ours.
    """
    if last is None:
        return True
    return last.cluster != _cluster(cursor) or _number(cursor, YOUNGEST_KNOWN) < last.sealed_below


def _begin_a_life(cursor: Any) -> tuple[Reach, Sequence[int]]:
    """Hold writers for a moment, so that every line there is can be seen, and seal all that no seal knows."""
    cursor.execute("set local lock_timeout = '5s'")
    cursor.execute("lock table audit_auditevent in share mode")
    cursor.execute(UNSEALED)
    lines = [row[0] for row in cursor.fetchall()]
    newest = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return Reach(_number(cursor, OLDEST_RUNNING), _cluster(cursor), newest), lines


def _go_on(cursor: Any, last: AuditSeal | None) -> tuple[Reach, Sequence[int]]:
    """Where the last seal stopped, up to the oldest transaction still running (asked first, so that all
    below is seen).
    """
    assert last is not None
    below = _number(cursor, OLDEST_RUNNING)
    waiting = AuditEvent.objects.filter(pk__gt=last.from_event, transaction__gte=last.sealed_below)
    lines = waiting.filter(transaction__lt=below).order_by("transaction", "pk").values_list("pk", flat=True)
    return Reach(below, last.cluster, last.from_event), list(lines)


def _put_seal(previous: str, reach: Reach, batch: Sequence[int], now: datetime) -> str:
    lines = {line["pk"]: line for line in AuditEvent.objects.filter(pk__in=batch).values("pk", *LINE_FIELDS)}
    contents: dict[str, Any] = {
        "sealed_at": now,
        "sealed_below": reach.below,
        "cluster": reach.cluster,
        "from_event": reach.from_event,
        "events": list(batch),
        "row_hashes": [line_hash(lines[event]) for event in batch],
    }
    own = seal_hash(previous=previous, **contents)
    AuditSeal.objects.create(previous_hash=previous, hash=own, **contents)
    return own


def _in_batches(lines: Sequence[int]) -> Iterator[Sequence[int]]:
    return (lines[start : start + LINES_A_SEAL] for start in range(0, len(lines), LINES_A_SEAL))


def _cluster(cursor: Any) -> str:
    """The cluster's own identity; where it may not be asked, only younger transactions betray another cluster."""
    cursor.execute(MAY_ASK)
    if not cursor.fetchone()[0]:
        return "unnamed"
    cursor.execute(CLUSTER)
    return str(cursor.fetchone()[0])


def _number(cursor: Any, question: str) -> int:
    cursor.execute(question)
    return int(cursor.fetchone()[0])
