"""What sign-in pages show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kith.foundations.access.models import Viewer
from kith.foundations.access.rules import ROLES, Role


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as: who they are and what they are here to do."""

    pk: int
    name: str
    post: str
    agency: str
    does: str


def present_demo_people(people: Iterable[Viewer]) -> list[DemoPerson]:
    """People as the demonstration's sign-in page lists them."""
    return [
        DemoPerson(
            pk=person.pk,
            name=person.name,
            post=person.job_title or ROLES[Role(person.role)].title,
            agency=person.agency.name if person.agency else "",
            does=_does(person),
        )
        for person in people
    ]


def _does(person: Viewer) -> str:
    if person.agency and not person.agency.in_partnership:
        return "Works for another authority: must not be able to learn of any child here."
    return ROLES[Role(person.role)].description
