"""Opening and closing circles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from kith.foundations.access.circles import settle_scopes
from kith.foundations.access.models import Opening, Scope, Team, Viewer
from kith.foundations.access.queries import standing
from kith.foundations.access.rules import REASONS
from kith.foundations.audit.actions import record

# reference, scope, viewer, team: what makes an opening the same one
Work = tuple[str, int, int | None, int | None]
BATCH = 1000


@dataclass(frozen=True)
class NewOpening:
    """A circle to open: to one person or one team, because of what work (`because` in words), until when."""

    scope: Scope
    because: str
    reason_kind: str  # a key of rules.REASONS
    viewer: Viewer | None = None
    team: Team | None = None
    until: datetime | None = None
    reference: str = ""  # what work opened it, such as `involvement:17`, so that its closing can find it

    @property
    def work(self) -> Work:
        return (
            self.reference,
            self.scope.pk,
            self.viewer.pk if self.viewer else None,
            self.team.pk if self.team else None,
        )


def open_circle(
    *,
    scope: Scope,
    viewer: Viewer | None = None,
    team: Team | None = None,
    because: str,
    reason_kind: str,
    by: Viewer,
    now: datetime,
    until: datetime | None = None,
    reference: str = "",
) -> Opening:
    """Open a circle to one person or one team.

    The same work (`reference`) opens it to the same people once.
    """
    new = NewOpening(scope, because, reason_kind, viewer, team, until, reference)
    return open_circles(openings=[new], by=by, now=now)[0]


@transaction.atomic
def open_circles(*, openings: Sequence[NewOpening], by: Viewer, now: datetime) -> list[Opening]:
    """Open many circles at once; answers one opening for each asked, in order. For loads of any size.

    Raises ValueError for a reason that is not in `rules.REASONS`.
    """
    if unknown := {new.reason_kind for new in openings} - set(REASONS):
        raise ValueError(f"Not a reason to open a circle: {', '.join(sorted(unknown))}.")
    known, fresh, answer = _standing(openings, now), [], []
    for new in openings:
        opening = known.get(new.work) if new.reference else None
        if opening is None:
            opening = _unsaved(new, by, now)
            known[new.work] = opening
            fresh.append(opening)
        answer.append(opening)
    Opening.objects.bulk_create(fresh, batch_size=BATCH)
    settle_scopes({opening.scope_id for opening in fresh}, now)
    _record(fresh, "open-circle", by, now)
    return answer


@transaction.atomic
def end_opening(*, opening: Opening | None = None, reference: str = "", because: str, by: Viewer, now: datetime) -> int:
    """End one opening, or every standing opening that some work (`reference`) made.

    Answers how many ended.
    """
    if (opening is None) == (not reference):
        raise ValueError("Say either which opening ends or the reference of the work that has ended.")
    mine = Opening.objects.filter(pk=opening.pk) if opening else Opening.objects.filter(reference=reference)
    return _end(mine, because, by, now)


@transaction.atomic
def end_openings(*, references: Iterable[str], because: str, by: Viewer, now: datetime) -> int:
    """End every standing opening that any of these pieces of work made. Answers how many ended."""
    return _end(Opening.objects.filter(reference__in=[r for r in references if r]), because, by, now)


@transaction.atomic
def end_openings_of(*, viewer: Viewer, because: str, by: Viewer, now: datetime) -> int:
    """End every standing opening to one person."""
    return _end(Opening.objects.filter(viewer=viewer), because, by, now)


@transaction.atomic
def tidy_openings(*, by: Viewer, now: datetime) -> int:
    """Mark as ended what has run out.

    Nobody sees more for its being late: row security looks at the time itself.
    """
    return _end(Opening.objects.filter(until__lte=now), "The time it was opened for is over", by, now)


def _end(openings: QuerySet[Opening], because: str, by: Viewer, now: datetime) -> int:
    ended = list(openings.filter(ended_at=None).select_for_update().order_by("pk"))
    Opening.objects.filter(pk__in=[o.pk for o in ended]).update(ended_at=now, ended_because=because[:300])
    settle_scopes({opening.scope_id for opening in ended}, now)
    _record(ended, "end-opening", by, now, because)
    return len(ended)


def _record(openings: Sequence[Opening], action: str, by: Viewer, now: datetime, because: str = "") -> None:
    for start in range(0, len(openings), BATCH):
        batch = openings[start : start + BATCH]
        details = {"openings": [[o.pk, o.scope_id, o.viewer_id, o.team_id, o.reason_kind] for o in batch]}
        what = batch[0].because if len(batch) == 1 else f"{len(batch)} circles"
        record(viewer=by, action=action, what=what, because=because, details=details, now=now)


def _unsaved(new: NewOpening, by: Viewer, now: datetime) -> Opening:
    return Opening(
        scope=new.scope,
        viewer=new.viewer,
        team=new.team,
        because=new.because[:300],
        reason_kind=new.reason_kind,
        reference=new.reference,
        opened_at=now,
        opened_by=by,
        until=new.until,
    )


def _standing(openings: Sequence[NewOpening], now: datetime) -> dict[Work, Opening]:
    references = {new.reference for new in openings if new.reference}
    found = Opening.objects.filter(standing(now), reference__in=references) if references else Opening.objects.none()
    return {(o.reference, o.scope_id, o.viewer_id, o.team_id): o for o in found}
