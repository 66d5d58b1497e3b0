"""Reporting a child missing: find who is meant, then one page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.rules import TeamWork
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, keeps_drafts, mark_of
from kith.linkage.newcomers import Newcomer
from kith.missing.actions import report_missing
from kith.missing.actions.newcomers import record_of_newcomer
from kith.missing.actions.protocol import join_search
from kith.missing.forms.reporting import FindForm, NewcomerReportForm, ReportForm
from kith.missing.permissions import check_can_report, works_on
from kith.missing.presenters.episode import show_child
from kith.missing.queries.episode import episode_seen
from kith.missing.queries.finding import Known, known_person, looked_for
from kith.missing.queries.whom import Whom

if TYPE_CHECKING:
    from kith.missing.models import Episode

NO_AGENCY = "A report is an agency’s account. Your sign-in belongs to none: ask an administrator."


@require_safe
@login_required
def find(request: HttpRequest) -> HttpResponse:
    """Who is meant: people on record as far as whoever reports may know, and the way on for anybody else."""
    viewer = viewer_of(request)
    check_can_report(viewer)
    if works_on(viewer, TeamWork.HOMES) and not request.GET:
        return redirect("missing-search-new")  # a home works through its list first, or says there that there is danger
    today = timezone.localdate()
    asked = any(request.GET.get(name) for name in ("name", "nhs"))
    form = FindForm(request.GET if request.GET else None, today=today)
    shown: dict[str, object] = {"form": form, "asked": asked and form.is_valid()}
    if shown["asked"]:
        results = looked_for(form.text(), today)
        shown |= {"results": results, "typed": request.GET.urlencode()}
        what = "Looked for whom to report missing"
        subjects = [one.subject_id for one in results]
        record(viewer=viewer, action="search", what=what, subjects=subjects, now=timezone.now())
    return render(request, "missing/find.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A child reported missing")
def report(request: HttpRequest, subject_id: int) -> HttpResponse:
    """Of a child on record, whom whoever reports may know of; the record need not be open to them."""
    viewer = viewer_of(request)
    child = _known(viewer, subject_id)
    if child.joined_into:
        return redirect("missing-report-child", child.joined_into)
    check_can_report(viewer)
    form = fill(request, ReportForm, today=timezone.localdate(), now=timezone.now(), initial=_told_by(viewer))
    if request.method == "POST" and form.is_valid():
        return _reported(request, viewer, form, child.subject_id)
    bar = show_child(Whom(child.subject_id, child.name, child.born), timezone.localdate())
    return render(request, "missing/report.jinja", {"form": form, "child": bar})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A child reported missing")
def report_newcomer(request: HttpRequest) -> HttpResponse:
    """Of a child who is not found on record: a record begins with the report, and is compared with everybody's."""
    viewer = viewer_of(request)
    check_can_report(viewer)
    initial = _told_by(viewer) | _typed(request)
    form = fill(request, NewcomerReportForm, today=timezone.localdate(), now=timezone.now(), initial=initial)
    if request.method == "POST" and form.is_valid():
        newcomer = Newcomer(form.facts(), is_child=True, told_in="Reported missing")
        subject_id = record_of_newcomer(newcomer=newcomer, by=viewer, now=timezone.now())
        return _reported(request, viewer, form, subject_id)
    return render(request, "missing/report.jinja", {"form": form, "child": None})


def _known(viewer: Viewer, subject_id: int) -> Known:
    child = known_person(subject_id)
    if child is None:
        raise Http404
    return child


def _reported(request: HttpRequest, viewer: Viewer, form: ReportForm, subject_id: int) -> HttpResponse:
    if viewer.agency_id is None:
        raise NotAllowed(NO_AGENCY)
    reported = form.reported(subject_id, viewer.agency_id)
    episode = report_missing(reported=reported, by=viewer, now=timezone.now(), once=mark_of(request))
    if (searched := request.GET.get("search", "")).isascii() and searched.isdigit():
        join_search(search_id=int(searched), episode=episode, by=viewer, now=timezone.now())
    messages.success(request, _receipt(episode))
    return redirect("missing-episode", episode.pk) if episode_seen(episode.pk) else redirect("desk")


def _receipt(episode: Episode) -> str:
    return (
        f"Reported. The reference is {episode.reference}: say it to whoever asks. Those who search, those who talk "
        "with children on return, and the child’s own worker have been told."
    )


def _told_by(viewer: Viewer) -> dict[str, object]:
    return {"told_by": ", ".join(part for part in (viewer.name, viewer.job_title, viewer.phone) if part)}


def _typed(request: HttpRequest) -> dict[str, object]:
    """What was looked for, so that nobody types it twice."""
    find = FindForm(request.GET, today=timezone.localdate())
    if request.method == "POST" or not find.is_valid():
        return {}
    first, _, last = find.cleaned_data["name"].strip().rpartition(" ")
    born = find.cleaned_data["born"]
    told = {"first_name": first or last, "last_name": last if first else "", "nhs": find.cleaned_data["nhs"]}
    return {**told, "date_of_birth": born if isinstance(born, date) else None}
