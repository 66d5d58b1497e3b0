"""Critical moments: open ones first, by the time left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Max, QuerySet

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Team, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.moments.models import Moment, Offer, Step
from kith.subjects.models import Headline, Subject

JOB = "moments"
NAMED = ("pk", "name", "date_of_birth")


@dataclass(frozen=True)
class OwnTold:
    """What somebody told, and how far it has come: nothing of whom it was about, nothing of what was found."""

    reference: str
    kind: str
    told_at: datetime
    call_back_by: datetime
    taken: bool
    called_back_at: datetime | None
    closed: bool


def moments() -> QuerySet[Moment]:
    """Those whom whoever looks may see."""
    return Moment.objects.select_related("agency", "taken_by", "told_by", "team__agency", "desk")


def open_moments_of(team: Team) -> list[Moment]:
    """What this team has not closed, by the time left."""
    return list(moments().filter(team=team, closed_at=None).order_by("call_back_by", "pk"))


def narrowed(*, closed: bool, kind: str = "", mine: Viewer | None = None) -> QuerySet[Moment]:
    """The list: open ones with the least time left first, closed ones the latest first. Not rung back comes first."""
    found = moments().filter(closed_at__isnull=not closed)
    if kind:
        found = found.filter(kind=kind)
    if mine:
        found = found.filter(taken_by=mine)
    return (
        found.order_by("-closed_at", "-pk")
        if closed
        else found.order_by(F("called_back_at").asc(nulls_first=True), "call_back_by", "pk")
    )


def moment_numbered(moment_id: int) -> Moment | None:
    return moments().filter(pk=moment_id).first()


def steps_of(moment: Moment) -> list[Step]:
    """What was done, in order."""
    return list(Step.objects.filter(moment=moment).select_related("by").order_by("at", "pk"))


def standing_offers(moment: Moment) -> list[Offer]:
    """What was offered, each service once with its latest answer."""
    latest = {one.service: one for one in Offer.objects.filter(moment=moment).select_related("by").order_by("at", "pk")}
    return list(latest.values())


def not_taken(paged_before: datetime) -> list[Moment]:
    """Open, taken by nobody, and last paged before then."""
    waiting = Moment.objects.filter(closed_at=None, taken_at=None, steps__what="paged").select_related("team", "desk")
    return list(waiting.annotate(last=Max("steps__at")).filter(last__lte=paged_before).order_by("pk"))


def told_by(viewer: Viewer, most: int = 50) -> list[OwnTold]:
    """What somebody told themselves, the latest first. Asked by a named job: the rows are not open to them."""
    with viewing_as(system_viewer(JOB)):
        rows = Moment.objects.filter(told_by=viewer).order_by("-told_at")[:most]
        return [
            OwnTold(
                one.reference,
                one.kind,
                one.told_at,
                one.call_back_by,
                one.taken_at is not None,
                one.called_back_at,
                one.closed_at is not None,
            )
            for one in rows
        ]


def names_of(subject_ids: Iterable[int | None]) -> dict[int, tuple[str, date | None]]:
    """Name and day of birth of children on record, as far as whoever looks may know it."""
    ids = [pk for pk in subject_ids if pk]
    names = {pk: (name, born) for pk, name, born in Headline.objects.filter(pk__in=ids).values_list(*NAMED)}
    held = Subject.objects.filter(pk__in=ids).values_list("pk", "name", "person__date_of_birth")
    return names | {pk: (name, born) for pk, name, born in held}


def is_open_to_me(subject_id: int | None) -> bool:
    """Whether the whole record is open to whoever looks."""
    return subject_id is not None and Subject.objects.filter(pk=subject_id).exists()
