"""What every page of a record does first: find it for this viewer, write down the look, make the bar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from kith.foundations.access.models import Viewer
from kith.foundations.access.queries import because_of
from kith.foundations.audit.actions import record
from kith.subjects.models import Involvement, Subject
from kith.subjects.permissions import can_read_records, can_see_headlines, can_write
from kith.subjects.presenters.identity import IdentityBar, identity_bar
from kith.subjects.presenters.involved import lead_of
from kith.subjects.queries import headline_of, involvements_of, restricted_parts_held, subject_in_full


@dataclass(frozen=True)
class RecordPage:
    """A record opened in full on a page:

    the subject, the bar, who is involved, and why this viewer may read it.
    """

    viewer: Viewer
    subject: Subject
    bar: IdentityBar
    involvements: list[Involvement]
    restricted: list[str]
    because: str
    can_write: bool
    now: datetime
    today: date
    tab: str


PageView = Callable[[HttpRequest, RecordPage], HttpResponse]


def record_page(tab: str, action: str) -> Callable[[PageView], Callable[..., HttpResponse]]:
    """A view of one record in full.

    Whoever has only the headline is sent to it; for anybody else it is not there.
    """

    def decorate(view: PageView) -> Callable[..., HttpResponse]:
        @wraps(view)
        @login_required
        def page(request: HttpRequest, subject_id: int) -> HttpResponse:
            viewer: Viewer = request.user  # type: ignore[assignment]
            subject = subject_in_full(subject_id) if can_read_records(viewer) else None
            if subject is None:
                return _to_headline(viewer, subject_id)
            if subject.joined_into_id:
                return redirect(request.resolver_match.view_name, subject.joined_into_id)
            return view(request, open_page(viewer, subject, tab, action))

        return page

    return decorate


def open_page(viewer: Viewer, subject: Subject, tab: str, action: str) -> RecordPage:
    """Everything the frame of the page needs, and one line in the record of who looked."""
    now = timezone.now()
    today = timezone.localdate(now)
    involvements = involvements_of(subject.pk)
    because = because_of(viewer, subject.scope_id, now)
    record(viewer=viewer, action=action, subjects=[subject.pk], what=f"Read: {tab}", because=because, now=now)
    return RecordPage(
        viewer=viewer,
        subject=subject,
        bar=identity_bar(subject, lead_of(involvements, today), today),
        involvements=involvements,
        restricted=restricted_parts_held(subject.pk),
        because=because,
        can_write=can_write(viewer),
        now=now,
        today=today,
        tab=tab,
    )


def _to_headline(viewer: Viewer, subject_id: int) -> HttpResponse:
    if can_see_headlines(viewer) and headline_of(subject_id):
        return redirect("record", subject_id)
    raise Http404
