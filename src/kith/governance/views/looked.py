"""Who looked at one record, and who can see it and why."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.queries import because_of, openings_for, openings_of_scope
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.governance import queries
from kith.governance.permissions import check_see_who_looked
from kith.governance.presenters import present_held, present_lines, present_lookers
from kith.governance.rules import LINES_A_PAGE
from kith.linkage.queries.protection import warning_about
from kith.subjects.presenters.identity import identity_bar
from kith.subjects.presenters.involved import lead_of
from kith.subjects.queries import headline_of, involvements_of

TABS = (
    ("Overview", "record"),
    ("Chronology", "record-chronology"),
    ("Who is involved", "record-involved"),
    ("Links", "record-links"),
    ("Who looked", "record-looked"),
)
LATELY = timedelta(days=30)


@require_safe
def record_looked(request: HttpRequest, subject_id: int) -> HttpResponse:
    """For those whose work opened the record, by name; for auditors, by number and initials; for others, not there."""
    now = timezone.now()
    subject = queries.subject_for_who_looked(subject_id)
    if subject is None:
        return _for_an_auditor(request, subject_id, now)
    if subject.joined_into_id:
        return redirect("record-looked", subject.joined_into_id)
    check_see_who_looked(viewer_of(request), openings_for(viewer_of(request), subject.scope_id, now))
    because = because_of(viewer_of(request), subject.scope_id, now)
    held, past = present_held(openings_of_scope(subject.scope_id), now)
    bar = identity_bar(subject, lead_of(involvements_of(subject.pk), timezone.localdate(now)), timezone.localdate(now))
    warning = warning_about(subject_id)
    shown = {
        "bar": bar,
        "warning": warning,
        "tabs": TABS,
        "held": held,
        "past": past,
        "has_headline": headline_of(subject_id) is not None,
        **_looks(request, subject_id, now),
    }
    record(viewer=viewer_of(request), action="read-who-looked", subjects=[subject_id], because=because, now=now)
    return render(request, "governance/looked.jinja", shown)


def _for_an_auditor(request: HttpRequest, subject_id: int, now: datetime) -> HttpResponse:
    """The database names records by number and initials to auditors only; to anybody else there is no such record."""
    labels = queries.labels_of([subject_id])
    if subject_id not in labels:
        raise Http404
    check_see_who_looked(viewer_of(request), [])
    shown = {"label": labels[subject_id], **_looks(request, subject_id, now)}
    record(
        viewer=viewer_of(request), action="read-who-looked", subjects=[subject_id], because="Audits who looked", now=now
    )
    return render(request, "governance/looked_audited.jinja", shown)


def _looks(request: HttpRequest, subject_id: int, now: datetime) -> dict[str, Any]:
    page = Paginator(queries.who_looked(subject_id), LINES_A_PAGE).get_page(request.GET.get("page"))
    return {
        "lines": present_lines(page.object_list),
        "shown_page": page,
        "lookers": present_lookers(queries.lookers(subject_id, now - LATELY)),
        "subject_id": subject_id,
    }
