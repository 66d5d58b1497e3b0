"""A child reported missing whom whoever reports cannot find: a record begins, unless one is there that is withheld."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.linkage.newcomers import Newcomer, begin_person
from kith.missing.actions.desk import JOB
from kith.missing.permissions import check_can_report
from kith.moments.queries.matching import exactly, is_withheld


@transaction.atomic
def record_of_newcomer(*, newcomer: Newcomer, by: Viewer, now: datetime) -> int:
    """The record that the report is of: a new one, which is compared with everybody's.

    Where exactly this child is on record and even that is withheld, it is that record: no second one begins, those who
    work with the child are told, and whoever reports learns nothing of it.
    """
    check_can_report(by)
    facts = newcomer.facts
    name = " ".join(part for part in (facts.get("first_name", ""), facts.get("last_name", "")) if part)
    given = facts.get("date_of_birth", "")
    born = date.fromisoformat(given) if given else None
    with viewing_as(system_viewer(JOB)):
        known = exactly(nhs_number=facts.get("nhs_number", ""), name=name, born=born)
        if known and is_withheld(known.pk):
            return known.pk
    return begin_person(newcomer=newcomer, by=by, now=now)
