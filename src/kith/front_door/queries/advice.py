"""What is asked about consultations: found, waiting for a manager, to be rung back, how many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf, TruncMonth

from kith.front_door.models import Consultation

WORDS = ("reference", "caller_name", "caller_agency", "child_name", "asked", "advice", "expected", "oversight")


@dataclass(frozen=True)
class AdviceFilter:
    """What the list is narrowed to; empty values do not narrow."""

    words: str = ""
    agency: str = ""
    follows: str = ""
    only: str = ""  # unseen, ring-back or mine
    first: date | None = None
    last: date | None = None


def consultations(wanted: AdviceFilter, viewer_id: int) -> QuerySet[Consultation]:
    """Newest first; those to be rung back by their clock."""
    found = Consultation.objects.select_related("by", "overseen_by", "contact")
    if wanted.words:
        text = SearchVector(*WORDS, config="english")
        exact = Q(caller_name__icontains=wanted.words) | Q(reference__icontains=wanted.words)
        found = found.annotate(text=text).filter(Q(text=SearchQuery(wanted.words, config="english")) | exact)
    for name, value in (("caller_agency", wanted.agency), ("follows", wanted.follows)):
        found = found.filter(**{name: value}) if value else found
    found = found.filter(at__date__gte=wanted.first) if wanted.first else found
    found = found.filter(at__date__lte=wanted.last) if wanted.last else found
    only = {
        "unseen": Q(overseen_at=None),
        "ring-back": Q(ring_back_by__isnull=False, rung_back_at=None),
        "mine": Q(by_id=viewer_id),
    }
    found = found.filter(only[wanted.only]) if wanted.only in only else found
    return found.order_by("ring_back_by" if wanted.only == "ring-back" else "-at", "-pk")


def consultation_seen(pk: int) -> Consultation | None:
    """One, where it exists for whoever looks."""
    found = Consultation.objects.select_related("by", "overseen_by", "rung_back_by", "contact", "agency")
    return found.filter(pk=pk).first()


def agencies_that_asked() -> list[str]:
    named = Consultation.objects.exclude(caller_agency="").values_list("caller_agency", flat=True)
    return list(named.distinct().order_by("caller_agency"))


def not_yet_seen() -> int:
    """How many no manager has signed."""
    return Consultation.objects.filter(overseen_at=None).count()


def advice_volumes() -> list[tuple[date, str, int]]:
    """By month, newest first, and agency as it was said."""
    agency = Coalesce(NullIf("caller_agency", Value("")), Value("No agency said"))
    rows = Consultation.objects.annotate(month=TruncMonth("at"), who=agency).values("month", "who")
    counted = rows.annotate(number=Count("pk")).order_by("-month", "who")
    return [(row["month"].date(), row["who"], row["number"]) for row in counted]
