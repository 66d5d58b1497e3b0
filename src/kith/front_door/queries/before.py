"""What there was before: earlier referrals, earlier contacts, the last twelve months."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone

from kith.chronology.models import EntrySubject
from kith.foundations.design_system.words import UK
from kith.front_door.models import Named
from kith.front_door.rules import codes
from kith.pathways.models import Work

REFERRAL = "referral"  # the kind of entry that agencies' files bring
LATELY = timedelta(days=365)


def referral_before(subject_id: int, on: date) -> date | None:
    """The day of the newest referral that started before this day, from files or from here; none: this is the first."""
    filed = EntrySubject.objects.filter(
        subject_id=subject_id, on__lt=on, entry__kind=REFERRAL, entry__superseded_by=None, entry__ended_at=None
    ).aggregate(last=Max("on"))["last"]
    pathways = {code.pathway for code in codes()["results"].codes if code.referral}
    opened = Work.objects.filter(
        subject_id=subject_id, pathway__in=pathways, taken_back=False, opened_at__lt=_start(on)
    )
    last = opened.aggregate(last=Max("opened_at"))["last"]
    found = [day for day in (filed, timezone.localdate(last) if last else None) if day]
    return max(found, default=None)


def entries_lately(subject_ids: Iterable[int], now: datetime) -> QuerySet[EntrySubject]:
    """What stands on these records of the last twelve months, newest first."""
    since = timezone.localdate(now - LATELY)
    rows = EntrySubject.objects.filter(
        subject_id__in=list(subject_ids), on__gte=since, entry__superseded_by=None, entry__ended_at=None
    )
    return rows.select_related("entry", "entry__agency").order_by("-on", "-pk")


def earlier_contacts(subject_ids: Iterable[int], but: int) -> QuerySet[Named]:
    """Where the front door was told of the same before."""
    rows = Named.objects.filter(subject_id__in=list(subject_ids)).exclude(contact_id=but)
    return rows.select_related("contact").order_by("-contact__received_at")


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UK)
