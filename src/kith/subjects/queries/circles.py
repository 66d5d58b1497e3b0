"""Whose circles a viewer stands in, and because of what work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kith.foundations.access.models import Viewer
from kith.foundations.access.queries import scopes_opened_by_work
from kith.subjects.models import Subject


@dataclass(frozen=True)
class CircleSubject:
    """A subject whose circle is open to a viewer, since when and because of what, in words."""

    subject: Subject
    because: str
    opened_at: datetime


def my_circles(viewer: Viewer, now: datetime) -> list[CircleSubject]:
    """The subjects opened to a viewer by their work, by name;

    a broken glass is a visit and not work. Two queries.
    """
    openings = scopes_opened_by_work(viewer, now).order_by("-opened_at", "pk")
    by_scope = {opening.scope_id: opening for opening in openings}
    standing = Subject.objects.filter(scope_id__in=list(by_scope), joined_into=None)
    subjects = standing.select_related("person", "group", "place").order_by("name", "pk")
    return [
        CircleSubject(subject, by_scope[subject.scope_id].because, by_scope[subject.scope_id].opened_at)
        for subject in subjects
    ]
