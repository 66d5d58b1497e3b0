"""Somebody named who may be a child of whom it may not even be known that they are on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import chain

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Opening, Viewer
from kith.foundations.access.queries import standing
from kith.foundations.access.viewing import viewing_as
from kith.foundations.notices.actions import News, tell
from kith.front_door.models import Named
from kith.moments.queries.matching import exactly, is_withheld
from kith.subjects.models import Subject

JOB = "door"
WORKS_WITH = ("allocated", "involved")
MAY_BE_YOURS = "The front door was told of a child you may work with: ring them about contact {}"


def tell_if_withheld(*, named: Named, facts: Mapping[str, str], by: Viewer, now: datetime) -> None:
    """Where exactly this child is on record and even that is withheld, those who work with them are told at once.

    Whoever decides sees a record begun as for anybody, and learns nothing: anything else that they saw, another page
    or none, would tell them. It is compared with everybody's the next night.
    """
    with viewing_as(system_viewer(JOB)):
        child = _exactly(facts)
        if child is None or not is_withheld(child.pk):
            return
        news = News(
            text=MAY_BE_YOURS.format(named.contact.reference),
            path=f"/records/{child.pk}/",
            about=f"contact:{named.contact_id}",
            once=f"named:{named.pk}",
            urgent=True,
            past_budget=True,
        )
        tell(viewers=_workers(child, now), news=news, scope=child.scope, now=now)


def _exactly(facts: Mapping[str, str]) -> Subject | None:
    name = " ".join(filter(None, (facts.get("first_name", ""), facts.get("last_name", ""))))
    born = facts.get("date_of_birth", "")
    try:
        day = date.fromisoformat(born) if born else None
    except ValueError:
        day = None  # told in words: the name alone fits nobody exactly
    return exactly(nhs_number=facts.get("nhs_number", ""), name=name, born=day)


def _workers(child: Subject, now: datetime) -> list[Viewer]:
    openings = Opening.objects.filter(standing(now), scope=child.scope, reason_kind__in=WORKS_WITH)
    found = openings.select_related("viewer").prefetch_related("team__viewers")
    own = [one.viewer for one in found if one.viewer]
    return own or list(chain.from_iterable(one.team.viewers.all() for one in found if one.team))
