"""Who is missing: the name and age that whoever may read an absence may know, whatever else is closed to them.

Row security has decided which absences somebody reads; of those a named job answers who the child is and which team is
responsible, and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.missing.models import Episode
from kith.subjects.models import Involvement, Subject

JOB = "missing"


@dataclass(frozen=True)
class Whom:
    """A child as the search must know them. `responsible`: who leads; `worker` and `phone`: whom to ring."""

    subject_id: int
    name: str
    born: date | None = None
    known_as: str = ""
    sex: str = ""
    pronouns: str = ""
    language: str = ""
    needs: str = ""
    responsible: str = ""
    worker: str = ""
    phone: str = ""


def whom(episodes: Iterable[Episode], today: date) -> dict[int, Whom]:
    """By subject. `episodes` are rows that whoever looks has been given by the database."""
    subjects = {episode.subject_id for episode in episodes}
    if not subjects:
        return {}
    with viewing_as(system_viewer(JOB)):
        people = list(Subject.objects.filter(pk__in=subjects).select_related("person"))
        leads = _leads(subjects, today)
    return {one.pk: _whom(one, leads.get(one.pk)) for one in people}


def _leads(subjects: Iterable[int], today: date) -> dict[int, Involvement]:
    standing = Q(ended_at=None) & (Q(until=None) | Q(until__gte=today))
    rows = Involvement.objects.filter(standing, subject_id__in=list(subjects), is_lead=True)
    return {row.subject_id: row for row in rows.select_related("agency").order_by("since", "pk")}


def _whom(subject: Subject, lead: Involvement | None) -> Whom:
    who: Any = getattr(subject, "person", None)
    said = {
        "born": who.date_of_birth,
        "known_as": who.known_as,
        "sex": who.sex,
        "pronouns": who.pronouns,
        "language": who.language,
        "needs": who.communication_needs,
    } if who else {}  # fmt: skip
    return Whom(subject.pk, subject.name, **said, **_lead(lead))


def _lead(lead: Involvement | None) -> dict[str, Any]:
    if lead is None:
        return {}
    return {
        "responsible": lead.team or lead.agency.name,
        "worker": lead.worker,
        "phone": lead.phone or lead.agency.phone,
    }
