"""Which front door receives what is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kith.foundations.access.actions import team_for
from kith.foundations.access.models import Agency, Team
from kith.foundations.access.rules import TeamWork
from kith.front_door.postcodes import as_postcode, authority_of

COUNCILS = ("social care", "council")  # kinds of agency that keep a front door, in this order


class Neighbouring(Protocol):
    """Another area's front door."""

    @property
    def name(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def authorities(self) -> tuple[str, ...]: ...
    @property
    def postcodes(self) -> tuple[str, ...]: ...


class Area(Protocol):
    """What decides whose a postcode is."""

    @property
    def authorities(self) -> tuple[str, ...]: ...
    @property
    def postcodes(self) -> tuple[str, ...]: ...
    @property
    def neighbours(self) -> tuple[Neighbouring, ...]: ...


@dataclass(frozen=True)
class Whose:
    """Whose front door a postcode belongs to. `outside`: another area's; then its name and number where known."""

    postcode: str = ""  # as it is written; nothing where none was given or it cannot be one
    known: bool = False  # it is in use, or ours by its beginning
    outside: bool = False
    name: str = ""
    phone: str = ""


def whose_front_door(typed: str, area: Area) -> Whose:
    """By the beginnings that the area's settings name, then by the council it lies in. What is not known is ours."""
    postcode = as_postcode(typed)
    if not postcode:
        return Whose()
    if _begins(postcode, area.postcodes):
        return Whose(postcode, known=True)
    by_beginning = next((one for one in area.neighbours if _begins(postcode, one.postcodes)), None)
    if by_beginning:
        return Whose(postcode, True, True, by_beginning.name, by_beginning.phone)
    authority = authority_of(postcode)
    if not authority:
        return Whose(postcode)
    if authority in area.authorities or not (area.authorities or area.postcodes):
        return Whose(postcode, known=True)
    beside = next((one for one in area.neighbours if authority in one.authorities), None)
    return Whose(postcode, True, True, beside.name if beside else "", beside.phone if beside else "")


def receiving_team() -> Team:
    """The partnership's front door team; made, with nobody in it yet, under its council where there is none.

    Raises LookupError where no council is in the partnership.
    """
    made = Team.objects.filter(work=TeamWork.FRONT_DOOR.value, agency__in_partnership=True).order_by("pk").first()
    return made or team_for(_council(), TeamWork.FRONT_DOOR, "Front Door")


def _begins(postcode: str, beginnings: tuple[str, ...]) -> bool:
    """Whether a postcode begins so: "B1" is not the beginning of "B11 2AA"."""
    outward = postcode.split(" ")[0]
    return any(
        outward.startswith(one) and not (one[-1:].isdigit() and outward[len(one) : len(one) + 1].isdigit())
        for one in (given.upper().strip() for given in beginnings)
        if one
    )


def _council() -> Agency:
    councils = Agency.objects.filter(in_partnership=True, kind__in=COUNCILS)
    found = min(councils, key=lambda agency: (COUNCILS.index(agency.kind), agency.pk), default=None)
    if found is None:
        raise LookupError("No council is in the partnership, so nobody can receive what is told. Add its agency first.")
    return found
