"""A manager's Monday: the board of who holds what, one worker's children, six records drawn by lot."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.case_audits.actions.drawing import begin_drawn, open_audit
from kith.case_audits.permissions import can_draw
from kith.case_audits.rules.kinds import kinds
from kith.desk.caseload_permissions import SAY_WHY, check_can_share_out, check_open_sample
from kith.desk.caseload_queries import Held, held_by_teams_of
from kith.desk.caseload_rules import drawn_by_lot, week_ends, weights
from kith.desk.presenters.caseload import (
    NOBODY,
    SORTS,
    due_table,
    sentence,
    show_children,
    show_due,
    show_workers,
    workers_table,
)
from kith.desk.presenters.caseload_tiles import show_tiles
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.charts import Table
from kith.foundations.design_system.forms import TextArea
from kith.foundations.drafts.forms_at import fill, form_page, sent, show
from kith.governance.queries import last_looks

A_PAGE = 50
WEEK = timedelta(days=7)
BECAUSE = "Manages the team"


class ReasonForm(forms.Form):
    """Why a record that was drawn is opened."""

    reason = TextArea(
        label="What do you look for in this record?",
        help_text="It is kept with your name on the record of who looked.",
        max_length=300,
        error_messages={"required": SAY_WHY},
    )


@require_safe
@login_required
def caseload(request: HttpRequest) -> HttpResponse:
    """Who is overdue and why; who holds what; the team's figures; six records."""
    viewer, now = viewer_of(request), timezone.now()
    held = _held(request)
    due, sort = show_due(held, now), request.GET.get("sort", "worker")
    page = Paginator(due, A_PAGE).get_page(request.GET.get("page"))
    six = drawn_by_lot(held.subjects() & held.names.keys(), timezone.localdate(now))
    record(viewer=viewer, action="read-caseload", subjects=held.subjects(), what="Read who holds which work",
           because=BECAUSE, now=now)  # fmt: skip
    shown = {
        "teams": held.teams,
        "sentence": sentence(due, now),
        "page": page,
        "late": sum(one.due_at < now for one in due),
        "of": len(due),
        "rows": show_workers(held, due, weights(), now, sort),
        "sort": sort if sort in SORTS else "worker",
        "weights": weights(),
        "tiles": show_tiles(weights().tiles, timezone.localdate(now)),
        "audits": can_draw(viewer),
        "six": [(number, pk, held.names[pk]) for number, pk in enumerate(six, 1)],
        "opened": set(last_looks(viewer.pk, six, week_ends(now) - WEEK)),
    }
    return render(request, "desk/caseload.jinja", shown)


@require_safe
@login_required
def caseload_worker(request: HttpRequest, worker_id: int) -> HttpResponse:
    """The records that one worker holds; nought: those that nobody holds yet."""
    viewer, now = viewer_of(request), timezone.now()
    held = _held(request)
    who = next((member for member in held.members if member.pk == worker_id), None)
    if who is None and worker_id:
        raise Http404
    page = Paginator(show_children(held, worker_id, now), A_PAGE).get_page(request.GET.get("page"))
    what = f"Read which records {who.name if who else 'nobody'} holds"
    subjects = [row.subject_id for row in page]
    record(viewer=viewer, action="read-caseload", subjects=subjects, what=what, because=BECAUSE, now=now)
    due = [one for one in show_due(held, now) if one.holder == worker_id]
    name = who.name if who else NOBODY
    return render(request, "desk/caseload_worker.jinja", {"name": name, "who": who, "page": page, "due": due})


@form_page("Why a record of the week’s six is opened")
def caseload_record(request: HttpRequest, drawn: int) -> HttpResponse:
    """One of the six that were drawn this week: opened with a reason, which is kept. In the partnership's agencies it
    becomes a case audit; in others the record itself opens, and nothing is counted."""
    viewer, now = viewer_of(request), timezone.now()
    held = _held(request)
    six = drawn_by_lot(held.subjects() & held.names.keys(), timezone.localdate(now))
    if not 1 <= drawn <= len(six):
        raise Http404
    subject, form = six[drawn - 1], fill(request, ReasonForm)
    if sent(request, form):
        reason = form.cleaned_data["reason"]
        try:
            check_open_sample(viewer, reason)
            if can_draw(viewer):
                return redirect("case-audit-today", _begin_audit(held, subject, reason, viewer, now))
        except NotAllowed as no:
            form.add_error("reason", str(no))
        else:
            record(viewer=viewer, action="open-sample", subjects=[subject], because=BECAUSE, now=now,
                   what=f"Opened record {drawn} of the week’s {len(six)}: {reason}")  # fmt: skip
            return redirect("record", subject)
    shown = {"place": drawn, "of": len(six), "name": held.names[subject], "audits": can_draw(viewer)}
    return show(request, "desk/caseload_record.jinja", form, **shown)


def _begin_audit(held: Held, subject: int, reason: str, viewer: Viewer, now: datetime) -> int:
    """A record of the week’s six becomes a case audit: opened with the reason, and answered question by question."""
    year, week, _ = timezone.localdate(now).isocalendar()
    lot = sorted(held.subjects() & held.names.keys())
    kind = kinds(timezone.localdate(now))["single"]
    audit = begin_drawn(kind=kind, subject_ids=lot, seed=f"{year}-{week}", subject_id=subject, by=viewer, now=now)
    if audit.completed_at is None:
        open_audit(audit=audit, reason=reason, by=viewer, now=now)
    return int(audit.pk)


@require_safe
@login_required
def caseload_csv(request: HttpRequest) -> HttpResponse:
    """Who holds what, in numbers."""
    held, now = _held(request), timezone.now()
    return _file(request, workers_table(show_workers(held, show_due(held, now), weights(), now)), "caseload")


@require_safe
@login_required
def caseload_due_csv(request: HttpRequest) -> HttpResponse:
    """What is overdue or due this week, without the names of children."""
    return _file(request, due_table(show_due(_held(request), timezone.now())), "due")


def _file(request: HttpRequest, table: Table, name: str) -> HttpResponse:
    now = timezone.now()
    what = f"Took away “{table.caption}”, without names of children"
    record(viewer=viewer_of(request), action="export-caseload", what=what, because=BECAUSE, now=now)
    headers = {"Content-Disposition": f'attachment; filename="{name}-{timezone.localdate(now)}.csv"'}
    return HttpResponse("\ufeff" + table.csv(), content_type="text/csv; charset=utf-8", headers=headers)


def _held(request: HttpRequest) -> Held:
    viewer, now = viewer_of(request), timezone.now()
    check_can_share_out(viewer)
    return held_by_teams_of(viewer, now, timezone.localdate(now))
