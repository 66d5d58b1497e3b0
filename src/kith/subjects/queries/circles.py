"""Whose circles a viewer stands in, and because of what work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kith.foundations.access.models import Viewer
from kith.foundations.access.queries import openings_of_scope, scopes_opened_by_work, standing
from kith.subjects.models import Subject

PASSING = ("place", "contact")  # reasons for which a circle opens to those who decide, and not to those who work there


@dataclass(frozen=True)
class CircleSubject:
    """A subject whose circle is open to a viewer, since when and because of what, in words."""

    subject: Subject
    because: str
    opened_at: datetime


def my_circles(viewer: Viewer, now: datetime) -> list[CircleSubject]:
    """The subjects opened to a viewer by their work, by name;

    a broken glass is a visit and not work, and deciding on a public place or on a contact is not work with each. Two
    queries.
    """
    openings = scopes_opened_by_work(viewer, now).exclude(reason_kind__in=PASSING).order_by("-opened_at", "pk")
    by_scope = {opening.scope_id: opening for opening in openings}
    subjects_there = Subject.objects.filter(scope_id__in=list(by_scope), joined_into=None)
    subjects = subjects_there.select_related("person", "group", "place").order_by("name", "pk")
    return [
        CircleSubject(subject, by_scope[subject.scope_id].because, by_scope[subject.scope_id].opened_at)
        for subject in subjects
    ]


def people_in_circle(scope_id: int, now: datetime) -> list[Viewer]:
    """Those to whom a circle is open in person because of their work, the first first."""
    openings = openings_of_scope(scope_id).filter(standing(now), viewer__isnull=False)
    work = openings.exclude(reason_kind="break-glass").order_by("opened_at", "pk")
    return list(dict.fromkeys(opening.viewer for opening in work if opening.viewer))
