"""An agency names its champions, says that they still stand, and ends them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from kith.foundations.access.actions import partnership_scope
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.audit.actions import record
from kith.moments.models import Champion
from kith.moments.permissions import can_keep_champions, check_can_keep_champion

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Named:
    """Whom an agency names."""

    kind: str
    name: str
    phone: str
    valid_until: date
    job_title: str = ""


@transaction.atomic
def name_champion(*, named: Named, by: Viewer, now: datetime) -> Champion:
    """Names somebody of one's own agency. Raises NotAllowed outside the partnership."""
    agency = by.agency
    if agency is None or not agency.in_partnership or not can_keep_champions(by, agency):
        raise NotAllowed("An agency of the partnership names its own champions.")
    made = Champion.objects.create(
        agency=agency,
        scope=partnership_scope(),
        kind=named.kind,
        name=named.name.strip()[:200],
        job_title=named.job_title.strip()[:200],
        phone=named.phone.strip()[:40],
        valid_until=named.valid_until,
        added_by=by,
        added_at=now,
    )
    record(viewer=by, action="name-champion", what=f"Named champion {made.pk} of {agency}", now=now)
    return made


@transaction.atomic
def renew_champion(*, champion: Champion, by: Viewer, now: datetime) -> None:
    """They still stand, for a year from today."""
    check_can_keep_champion(by, champion)
    Champion.objects.filter(pk=champion.pk, ended_at=None).update(valid_until=now.date() + YEAR)
    record(viewer=by, action="renew-champion", what=f"Renewed champion {champion.pk}", now=now)


@transaction.atomic
def end_champion(*, champion: Champion, by: Viewer, now: datetime) -> None:
    """They are no longer champion; who was stays on record."""
    check_can_keep_champion(by, champion)
    if Champion.objects.filter(pk=champion.pk, ended_at=None).update(ended_at=now, ended_by=by):
        record(viewer=by, action="end-champion", what=f"Ended champion {champion.pk}", now=now)
