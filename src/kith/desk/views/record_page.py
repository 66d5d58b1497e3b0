"""What every page of a record does first: find it for this viewer, write down the look, make the bar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.models import Viewer
from kith.foundations.access.queries import because_of
from kith.foundations.access.rules import Permission, Role
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.linkage.queries.protection import warning_about
from kith.subjects.permissions import can_read_records, can_see_headlines, can_write
from kith.subjects.presenters.identity import IdentityBar, identity_bar, show_headline
from kith.subjects.presenters.involved import lead_of
from kith.subjects.queries import headline_of, involvements_of, restricted_parts_held, subject_in_full


@dataclass(frozen=True)
class RecordPage:
    """A record opened in full: the subject, its bar, who is involved, and because of what the viewer reads it."""

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


OVERVIEW = "Overview"
TABS = (
    (OVERVIEW, "record"),
    ("Chronology", "record-chronology"),
    ("Who is involved", "record-involved"),
    ("Links", "record-links"),
    ("Contexts", "record-contexts"),
    ("Missing", "record-missing"),
    ("Intelligence", "record-intelligence"),
    ("Who looked", "record-looked"),
)
MAY_BE_MORE = (
    "Some services keep parts of some records for fewer eyes. This page never says whether there is such a part, so"
    " ring the people involved rather than rely on what is not here."
)

if TYPE_CHECKING:
    from kith.subjects.models import Involvement, Subject

PageView = Callable[[HttpRequest, RecordPage], HttpResponse]


def record_page(tab: str, *, action: str = "read-record") -> Callable[[PageView], Callable[..., HttpResponse]]:
    """A view of one record in full.

    Whoever has only the headline gets that; for anybody else the record is not there.
    """

    def decorate(view: PageView) -> Callable[..., HttpResponse]:
        @wraps(view)
        @require_safe
        @login_required
        def page(request: HttpRequest, subject_id: int) -> HttpResponse:
            viewer = viewer_of(request)
            subject = subject_in_full(subject_id) if can_read_records(viewer) else None
            if subject is None:
                return headline_page(request, viewer, subject_id)
            if subject.joined_into_id:
                return redirect("record", subject.joined_into_id)
            return view(request, open_page(viewer, subject, tab, action))

        return page

    return decorate


def open_page(viewer: Viewer, subject: Subject, tab: str, action: str) -> RecordPage:
    """Everything the frame of the page needs, and one line in the record of who looked."""
    now = timezone.now()
    today = timezone.localdate(now)
    involvements = involvements_of(subject.pk)
    because = because_of(viewer, subject.scope_id, now)
    record(viewer=viewer, action=action, subjects=[subject.pk], what=tab, because=because, now=now)
    bar = identity_bar(subject, lead_of(involvements, today), today)
    parts = restricted_parts_held(subject.pk)
    return RecordPage(viewer, subject, bar, involvements, parts, because, can_write(viewer), now, today, tab)


def headline_page(request: HttpRequest, viewer: Viewer, subject_id: int) -> HttpResponse:
    """That the subject is known, whom to ring, and the way in; 404 where the viewer may not know even that."""
    headline = headline_of(subject_id) if can_see_headlines(viewer) else None
    if headline is None:
        raise Http404
    now = timezone.now()
    because = "Member of the partnership"
    record(viewer=viewer, action="read-headline", subjects=[subject_id], what="Headline", because=because, now=now)
    shown = show_headline(headline, timezone.localdate(now))
    may_break_glass = Permission.BREAK_GLASS in Role(viewer.role).permissions
    return render(request, "desk/headline.jinja", {"headline": shown, "may_break_glass": may_break_glass})


def draw(request: HttpRequest, template: str, page: RecordPage, **shown: Any) -> HttpResponse:
    """A record page with its frame."""
    frame = {
        "page": page,
        "bar": page.bar,
        "warning": warning_about(page.subject.pk),
        "tabs": TABS,
        "may_be_more": may_be_more(page.restricted),
    }
    return render(request, f"desk/{template}.jinja", {**frame, **shown})


def may_be_more(restricted: list[str]) -> str:
    """The same sentence on every record, so that it reveals nothing; then the restricted parts the viewer does hold."""
    held = f" You also see the part kept for {', '.join(restricted)}." if restricted else ""
    return MAY_BE_MORE + held
