"""Which front door receives what is told."""

from __future__ import annotations

from kith.foundations.access.actions import team_for
from kith.foundations.access.models import Agency, Team
from kith.foundations.access.rules import TeamWork

COUNCILS = ("social care", "council")  # kinds of agency that keep a front door, in this order


def receiving_team() -> Team:
    """The partnership's front door team; made, with nobody in it yet, under its council where there is none.

    Raises LookupError where no council is in the partnership.
    """
    made = Team.objects.filter(work=TeamWork.FRONT_DOOR.value, agency__in_partnership=True).order_by("pk").first()
    return made or team_for(_council(), TeamWork.FRONT_DOOR, "Front Door")


def _council() -> Agency:
    councils = Agency.objects.filter(in_partnership=True, kind__in=COUNCILS)
    found = min(councils, key=lambda agency: (COUNCILS.index(agency.kind), agency.pk), default=None)
    if found is None:
        raise LookupError("No council is in the partnership, so nobody can receive what is told. Add its agency first.")
    return found
