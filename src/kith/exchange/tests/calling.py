"""Calling as another agency's system does, with its key."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from kith.exchange.actions.keys import make_key
from kith.foundations.access.models import Agency
from tests.support.cast import Cast

REPORT, MARKS = "/api/v1/missing", count(1)


@dataclass
class System:
    """An agency's system that holds a key."""

    key: str
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def send(self, address: str, body: Any, *, once: str = "", **headers: str) -> HttpResponse:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        told = {"authorization": f"Bearer {self.key}", "idempotency-key": once or f"mark-{next(MARKS)}", **headers}
        kind = told.pop("content_type", "application/json")
        return self.client.post(address, raw, content_type=kind, headers=told)

    def get(self, address: str) -> HttpResponse:
        return self.client.get(address, headers={"authorization": f"Bearer {self.key}"})


def system_of(cast: Cast, agency: Agency, per_minute: int = 6000) -> System:
    now = timezone.now()
    shown = make_key(agency=agency, name="Missing persons system", per_minute=per_minute, by=cast.loader, now=now)
    return System(shown.text)


def a_report(number: str = "MP/1", **fields: Any) -> dict[str, Any]:
    """As the police send it; the child is Amara Osei, born 8 December 2010."""
    gone = (timezone.now() - timedelta(hours=5)).isoformat()
    child = {"first_name": "Amara", "last_name": "Osei", "date_of_birth": "2010-12-08"}
    told = {"number": number, "kind": "missing", "child": child, "last_seen_at": gone, "told_by": "Sgt Singh"}
    return told | fields
