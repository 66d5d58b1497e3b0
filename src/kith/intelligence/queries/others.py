"""What those outside the grading team ask: their own reports, what reached them, flags, what stands at a record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from kith.foundations.access.models import Agency, Team, Viewer
from kith.foundations.access.rules import ROLES, Permission
from kith.intelligence.models import Flag, Named, PassedOn, Receipt, ReceiptLine, Source, Use, VersionNamed


def my_receipts() -> QuerySet[Receipt]:
    """What whoever looks has passed on, newest first, with the news of each."""
    lines = Prefetch("lines", ReceiptLine.objects.order_by("at", "pk"))
    return Receipt.objects.prefetch_related(lines).order_by("-given_at", "-pk")


def received(viewer: Viewer) -> QuerySet[PassedOn]:
    """What was passed on to the viewer's own team or agency, newest first."""
    own = Q(team__in=viewer.teams.all()) | Q(team=None, agency_id=viewer.agency_id)
    uses = Prefetch("uses", Use.objects.select_related("by").order_by("at"))
    return (
        PassedOn.objects.filter(own).select_related("version", "agency", "team").prefetch_related(uses).order_by("-at")
    )


def received_one(viewer: Viewer, passed_on_id: int) -> PassedOn | None:
    """One of them."""
    return received(viewer).filter(pk=passed_on_id).first()


def recipients() -> list[tuple[Agency, list[Team]]]:
    """Every agency of the partnership where somebody works with children, with its teams."""
    roles = [role.value for role, what in ROLES.items() if Permission.GIVE_INTELLIGENCE in what.permissions]
    staffed = Viewer.objects.filter(role__in=roles, is_active=True)
    agencies = Agency.objects.filter(in_partnership=True, viewers__in=staffed).distinct().order_by("name")
    teams = Team.objects.filter(viewers__in=staffed).exclude(work="sources").distinct().order_by("name")
    with_teams = agencies.prefetch_related(Prefetch("teams", teams, to_attr="staffed"))
    return [(agency, agency.staffed) for agency in with_teams]


def standing_flags(today: date) -> QuerySet[Flag]:
    """Flags that have not ended and not expired, those to be reviewed first first."""
    flags = Flag.objects.filter(ended_at=None, expires_on__gt=today).select_related("subject", "owner", "by")
    return flags.order_by("review_on", "pk")


def flag_or_none(flag_id: int, today: date) -> Flag | None:
    """One standing flag."""
    return standing_flags(today).filter(pk=flag_id).first()


def owners() -> list[Viewer]:
    """Who may own a flag: those who grade."""
    roles = [role.value for role, what in ROLES.items() if Permission.GRADE_INTELLIGENCE in what.permissions]
    return list(Viewer.objects.filter(role__in=roles, is_active=True).order_by("name"))


def sources() -> QuerySet[Source]:
    """Whose sources the viewer keeps, newest first."""
    return Source.objects.order_by("-kept_at", "-pk")


def versions_about(subject_id: int) -> list[VersionNamed]:
    """What was passed on about a record, for those who may read both."""
    rows = VersionNamed.objects.filter(subject_id=subject_id, version__approved=True).select_related("version")
    return list(rows.order_by("-version__at"))


def named_about(subject_id: int) -> Sequence[Named]:
    """Reports that name somebody who may be this one, for the team that grades."""
    rows = Named.objects.filter(subject_id=subject_id).select_related("report", "report__agency")
    return list(rows.prefetch_related("report__gradings").order_by("-report__given_at"))
