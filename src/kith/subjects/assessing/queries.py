"""Assessments as far as whoever asks may read them: row security says whose circle it is."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.counting import about_whom
from kith.subjects.models import Assessment, AssessmentReview, LinkEvidence, Person
from kith.subjects.rules import UNNAMED

COME_HERE = ("seen-at", "attends", "lives-at")  # kinds of link of people with a place where they are not at work
FEW = ("seen-at",)  # of these even a first name tells who it is: a school is attended by hundreds


def _all() -> QuerySet[Assessment]:
    reviews = Prefetch("reviews", AssessmentReview.objects.select_related("by").order_by("-at", "-pk"))
    return Assessment.objects.select_related("by", "by__agency", "subject").prefetch_related(reviews)


def latest_of(subject_id: int) -> Assessment | None:
    """The version that stands."""
    return _all().filter(subject=subject_id).order_by("-version").first()


def versions_of(subject_id: int) -> list[Assessment]:
    """Every version, the newest first."""
    return list(_all().filter(subject=subject_id).order_by("-version"))


def assessment_or_none(assessment_id: int, kind: str) -> Assessment | None:
    """One version, of a subject of this kind."""
    return _all().filter(pk=assessment_id, subject__kind=kind).first()


def names_drawn_to(place_id: int) -> tuple[list[str], list[str]]:
    """Of people whom the record of a place links with it: whole names, and first names of those seen there."""
    linked = LinkEvidence.objects.filter(subject_id=place_id, ended_at=None, kind__in=COME_HERE)
    known = linked.exclude(other_name__in=UNNAMED.values())
    rows = list(known.values_list("kind", "other_name").distinct())
    whole = [name for _, name in rows if len(name.split()) > 1]
    return whole, [name.split()[0] for kind, name in rows if kind in FEW and name.strip()]


def names_opened_today(viewer: Viewer, now: datetime) -> tuple[list[str], list[str]]:
    """Of children whose records this person opened on this day: whole names, and first names."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    with viewing_as(system_viewer("names")):
        opened = about_whom(viewer, "read-record", midnight)
        children = Person.objects.filter(subject__in=opened, is_child=True)
        rows = list(children.values_list("subject__name", "first_name", "known_as", "last_name"))
    whole = [name for row in rows for name in (row[0], f"{row[2]} {row[3]}") if len(name.split()) > 1]
    return whole, [name for row in rows for name in row[1:3] if name]
