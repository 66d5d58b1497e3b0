"""Writing the record of who looked, sealing it and checking it."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Protocol

from django.db import connection
from psycopg.types.json import Jsonb

from kith.foundations.audit.sealing import seal
from kith.foundations.audit.verification import last_seal, verify

__all__ = ["last_seal", "record", "request_id_now", "seal", "verify"]

request_id_now: ContextVar[str] = ContextVar("request_id_now", default="")

NOUGHT = "\x00"  # which no database keeps: what somebody searched for may hold it
APPEND = """
insert into audit_auditevent
  (at, viewer_id, viewer_name, agency, action, because, subjects, what, details, request_id, transaction)
values (%s, %s, %s, %s, %s, %s, %s::bigint[], %s, %s, %s, pg_current_xact_id()::text::bigint)
"""


class Looker(Protocol):
    """Whoever looks: a person or a named system job."""

    pk: Any
    name: str
    agency: Any


def record(
    *,
    viewer: Looker | None,
    action: str,
    subjects: Iterable[int] = (),
    what: str = "",
    because: str = "",
    details: dict[str, Any] | None = None,
    now: datetime,
    request_id: str = "",
) -> None:
    """Append one line: who, when, what they did, about whom, and why they could. One INSERT, no lock.

    `action` is a short verb such as `read-record`; `what` says it in words without any child's name;
    `because` is why the viewer may (the opening's words). Call it inside the transaction of what it
    describes, so that both stand or fall. `viewer` None: nobody was signed in.
    """
    agency = getattr(viewer, "agency", None)
    values: list[Any] = [
        now,
        viewer.pk if viewer else None,
        (viewer.name if viewer else "")[:200],
        (agency.name if agency else "")[:200],
        action,
        because.replace(NOUGHT, "")[:300],
        sorted(set(subjects)),
        what.replace(NOUGHT, "")[:300],
        Jsonb(details or {}),
        (request_id or request_id_now.get())[:40],
    ]
    with connection.cursor() as cursor:
        cursor.execute(APPEND, values)
