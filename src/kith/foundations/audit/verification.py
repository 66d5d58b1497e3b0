"""Checking that everything is as it was sealed, and saying which line is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import connection
from django.db.models import QuerySet

from kith.foundations.audit.models import AuditEvent, AuditSeal
from kith.foundations.audit.rules import (
    FIRST,
    LINE_FIELDS,
    Problem,
    Verification,
    compare,
    inserted,
    line_hash,
    seal_hash,
)

SEALS_AT_ONCE = 100
PUT_IN_LATER = """
select e.id from audit_auditevent e
where (e.id <= %(from_event)s or e.transaction < %(below)s)
  and not exists (select from (select unnest(events) as id from audit_auditseal) s where s.id = e.id)
order by e.id
"""
TWICE = "select id from (select unnest(events) as id from audit_auditseal) s group by id having count(*) > 1"


def verify(expect: str = "") -> Verification:
    """Check every seal and every sealed line. `expect` is a head written down earlier: it must still be
    in the chain.

    Reads a hundred seals at a time, so memory does not grow with the record.
    """
    problems: list[Problem] = []
    previous, seals, events, expected, last = FIRST, 0, 0, not expect, None
    for batch in _batches():
        found = _hashes_now([event for seal in batch for event in seal.events])
        for seal in batch:
            problems += _check_seal(seal, previous, found)
            previous, last = seal.hash, seal
            seals, events, expected = seals + 1, events + len(seal.events), expected or seal.hash == expect
    if not expected:
        problems.append(Problem("seal removed", None, None, f"The head {expect} is no longer in the chain."))
    problems += _put_in_later(last)
    tail = unsealed(last)
    since = tail.order_by("at").values_list("at", flat=True).first()
    return Verification(seals, events, tail.count(), since, previous if seals else "", tuple(problems))


def last_seal() -> AuditSeal | None:
    """The newest seal."""
    return AuditSeal.objects.order_by("-pk").first()


def unsealed(last: AuditSeal | None) -> QuerySet[AuditEvent]:
    """The tail: lines that wait for the next seal."""
    if last is None:
        return AuditEvent.objects.all()
    return AuditEvent.objects.filter(pk__gt=last.from_event, transaction__gte=last.sealed_below)


def _batches() -> Iterator[list[AuditSeal]]:
    after = 0
    while batch := list(AuditSeal.objects.filter(pk__gt=after).order_by("pk")[:SEALS_AT_ONCE]):
        yield batch
        after = batch[-1].pk


def _hashes_now(events: Sequence[int]) -> dict[int, str]:
    lines = AuditEvent.objects.filter(pk__in=events).values("pk", *LINE_FIELDS)
    return {line["pk"]: line_hash(line) for line in lines}


def _check_seal(seal: AuditSeal, previous: str, found: dict[int, str]) -> list[Problem]:
    problems = []
    own = seal_hash(
        previous=seal.previous_hash,
        sealed_at=seal.sealed_at,
        sealed_below=seal.sealed_below,
        cluster=seal.cluster,
        from_event=seal.from_event,
        events=seal.events,
        row_hashes=seal.row_hashes,
    )
    if own != seal.hash or len(seal.events) != len(seal.row_hashes):
        problems.append(Problem("seal altered", seal.pk, None, f"Seal {seal.pk} was altered."))
    if seal.previous_hash != previous:
        words = f"Seal {seal.pk} does not follow the one before it: a seal was removed, altered or moved."
        problems.append(Problem("seal removed", seal.pk, None, words))
    return problems + compare(seal.pk, seal.events, seal.row_hashes, found)


def _put_in_later(last: AuditSeal | None) -> list[Problem]:
    if last is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(PUT_IN_LATER, {"from_event": last.from_event, "below": last.sealed_below})
        problems = inserted(row[0] for row in cursor.fetchall())
        cursor.execute(TWICE)
        words = "Line {} is in two seals."
        return problems + [Problem("seal altered", None, row[0], words.format(row[0])) for row in cursor.fetchall()]
