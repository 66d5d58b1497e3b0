"""The queue of those who grade, and everything done with one report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, keeps_drafts, not_accepted
from kith.intelligence.actions import approve, close, grade, join, link_named, make_version, return_version, unjoin
from kith.intelligence.actions.passing_on import pass_on
from kith.intelligence.actions.versions import NotReady
from kith.intelligence.forms import (
    CloseForm,
    DecideForm,
    FindForm,
    GradeForm,
    JoinForm,
    PassOnForm,
    VersionForm,
    numbers,
)
from kith.intelligence.permissions import can_approve, check_can_grade
from kith.intelligence.presenters import shortened, show_likely, show_queue, show_report
from kith.intelligence.presenters.bookings import show_bookings
from kith.intelligence.queries import bookings as ask_bookings
from kith.intelligence.queries import others, reports
from kith.intelligence.queries.reports import Item, Stage
from kith.intelligence.rules.codes import grading_on
from kith.subjects.queries import chosen, found_by_words


@require_safe
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """Everything that is not done, what must be acted on first first."""
    check_can_grade(viewer_of(request))
    done = "done" in request.GET
    stages = (Stage.DONE, Stage.JOINED) if done else None
    sections = show_queue(reports.items(stages), timezone.now())
    return render(request, "intelligence/queue.jinja", {"sections": sections, "done": done})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A grading")
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """One report, to be read and graded on one page."""
    viewer, item = _open(request, report_id)
    now = timezone.now()
    form = fill(request, GradeForm, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        grading = grade(report_id=report_id, graded=form.graded(), by=viewer, now=now)
        messages.success(request, f"Graded {grading.words}.")
        return redirect("intelligence-report", report_id)
    record(viewer=viewer, action="read-intelligence", what=f"Read {item.report.number}", now=now)
    booked = ask_bookings.of_report(report_id)
    shown = {
        "form": form,
        "shown": show_report(item, now),
        "system": grading_on(timezone.localdate(now)),
        "likely": show_likely(reports.likely_same(item.report)) if item.joining is None else (),
        "joined": reports.joined_here(item.report),
        "joining": item.joining,
        "shortened": shortened,
        "bookings": show_bookings(booked, ask_bookings.alike([one.pk for one in booked])) if booked else (),
        "may_approve": item.version is not None and can_approve(viewer, item.version),
    }
    return render(request, "intelligence/report.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A version to pass on")
def version(request: HttpRequest, report_id: int) -> HttpResponse:
    """Words that may be passed on, with those pointed out that somebody should look at twice."""
    viewer, item = _open(request, report_id)
    if item.grading is None or item.stage in {Stage.APPROVE, Stage.DONE, Stage.JOINED}:
        return not_accepted(redirect("intelligence-report", report_id))
    about = numbers([*request.POST.getlist("about"), *request.POST.getlist("add")])
    about = [pk for pk in dict.fromkeys(about) if pk not in numbers(request.POST.getlist("remove"))]
    about = about or ([] if request.method == "POST" else [one.subject_id for one in chosen(_on_record(item))])
    form = fill(request, VersionForm, initial={"text": item.version.text if item.version else ""})
    twice = reports.words_to_look_at(item.report, request.POST.get("text", "")) if request.method == "POST" else ()
    if "save" in request.POST and form.is_valid():
        if not twice or form.cleaned_data["kept_because"].strip():
            said = {name: form.cleaned_data[name] for name in ("text", "kept_because")}
            make_version(report_id=report_id, about=about, **said, by=viewer, now=timezone.now())
            messages.success(request, "Made. Somebody else approves it before it can be passed on.")
            return redirect("intelligence-report", report_id)
        form.add_error("kept_because", "Take out the words pointed out, or say why they stay")
    elif request.method == "POST" and "save" not in request.POST:
        form.errors.clear()
    typed = request.POST.get("find", "").strip() if "look" in request.POST else ""
    shown: dict[str, Any] = {
        "form": form,
        "shown": show_report(item, timezone.now()),
        "twice": twice,
        "chosen": chosen(about),
        "found": found_by_words(typed, about, timezone.localdate()),
        "looked_for": typed,
        "returned": item.version.because if item.version and item.version.approved is False else "",
    }
    return render(request, "intelligence/version.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def decide(request: HttpRequest, report_id: int) -> HttpResponse:
    """Approve the version that waits, or give it back."""
    viewer, item = _open(request, report_id)
    if item.stage != Stage.APPROVE or item.version is None:
        return redirect("intelligence-report", report_id)
    form = DecideForm(request.POST or None)
    mine = not can_approve(viewer, item.version)
    if request.method != "POST" or not form.is_valid():
        twice = reports.words_to_look_at(item.report, item.version.text)
        shown = {"form": form, "shown": show_report(item, timezone.now()), "twice": twice, "mine": mine}
        return render(request, "intelligence/decide.jinja", shown)
    if "return" in request.POST:
        because = form.cleaned_data["because"]
        return_version(version_id=item.version.pk, because=because, by=viewer, now=timezone.now())
        messages.success(request, "Given back with your reason.")
    else:
        approve(version_id=item.version.pk, by=viewer, now=timezone.now())
        messages.success(request, "Approved. It can be passed on.")
    return redirect("intelligence-report", report_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("Intelligence passed on")
def share(request: HttpRequest, report_id: int) -> HttpResponse:
    """Pass an approved version on: to whom, what for, on what ground, on what conditions."""
    viewer, item = _open(request, report_id)
    if item.version is None or not item.version.approved:
        return not_accepted(redirect("intelligence-report", report_id))
    had = {(one.agency_id, one.team_id) for one in item.passed_on}
    conditions = item.version.conditions
    form = fill(
        request,
        PassOnForm,
        to=_choices(had),
        must_say=item.version.handling_code == "C",
        initial={"conditions": conditions},
    )
    if request.method != "POST" or not form.is_valid():
        shown = {"form": form, "shown": show_report(item, timezone.now()), "version": item.version}
        return render(request, "intelligence/share.jinja", shown)
    said = {name: form.cleaned_data[name] for name in ("purpose", "basis", "conditions")}
    passed = pass_on(version_id=item.version.pk, to=form.recipients(), **said, by=viewer, now=timezone.now())
    messages.success(request, f"Passed on to {len(passed)}. Whoever gave it has been told.")
    return redirect("intelligence-report", report_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("Why intelligence goes no further")
def end(request: HttpRequest, report_id: int) -> HttpResponse:
    """It goes no further, and whoever gave it is told why."""
    viewer, item = _open(request, report_id)
    form = fill(request, CloseForm)
    if request.method != "POST" or not form.is_valid():
        shown = {"form": form, "shown": show_report(item, timezone.now())}
        return render(request, "intelligence/end.jinja", shown)
    close(report_id=report_id, because=form.cleaned_data["because"], by=viewer, now=timezone.now())
    messages.success(request, "Closed. Whoever gave it has been told why.")
    return redirect("intelligence-report", report_id)


@require_http_methods(["POST"])
@login_required
def join_with(request: HttpRequest, report_id: int) -> HttpResponse:
    """Says that this report tells of the same thing as another, or that it does not after all."""
    viewer, item = _open(request, report_id)
    form = JoinForm(request.POST)
    if "undo" in request.POST and item.joining:
        unjoin(joining_id=item.joining.pk, by=viewer, now=timezone.now())
        messages.success(request, "It stands for itself again.")
    elif form.is_valid() and reports.item_or_none(form.cleaned_data["into"]):
        said = {"into_id": form.cleaned_data["into"], "because": form.cleaned_data["because"]}
        _try(request, lambda: join(report_id=report_id, **said, by=viewer, now=timezone.now()), "Joined.")
    return redirect("intelligence-report", report_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def named(request: HttpRequest, report_id: int, named_id: int) -> HttpResponse:
    """On whose record somebody or something that is named may be: evidence, and never a link of that record."""
    viewer, item = _open(request, report_id)
    one = next((row for row in item.report.named.all() if row.pk == named_id), None)
    if one is None:
        raise Http404
    picked = numbers(request.POST.getlist("pick"))
    if request.method == "POST" and (picked or "clear" in request.POST):
        link_named(named_id=named_id, subject_id=picked[0] if picked else None, by=viewer, now=timezone.now())
        messages.success(request, "Kept as evidence. No record says it as a fact.")
        return redirect("intelligence-report", report_id)
    typed = request.POST.get("find", "" if request.method == "POST" else one.value).strip()
    found = found_by_words(typed, [], timezone.localdate())
    if typed and request.method == "POST":
        subjects = [each.subject_id for each in found]
        what = f"Looked for whom {item.report.number} may be about: {typed}"
        record(viewer=viewer, action="search", what=what, subjects=subjects, now=timezone.now())
    form = FindForm(initial={"find": typed})
    shown = {"form": form, "one": one, "report_id": report_id, "found": found, "looked_for": typed}
    return render(request, "intelligence/named.jinja", shown)


def _open(request: HttpRequest, report_id: int) -> tuple[Viewer, Item]:
    """The report, for those who grade and to whom it is open."""
    viewer = viewer_of(request)
    check_can_grade(viewer)
    item = reports.item_or_none(report_id)
    if item is None:
        raise Http404
    return viewer, item


def _on_record(item: Item) -> list[int]:
    return [one.subject_id for one in item.report.named.all() if one.subject_id]


def _choices(had: set[tuple[int, int | None]]) -> list[tuple[str, str]]:
    """Every agency and team that was not passed this before."""
    offered = []
    for agency, teams in others.recipients():
        if (agency.pk, None) not in had:
            offered.append((f"{agency.pk}-", f"{agency.name}: everybody there who works with children"))
        offered += [
            (f"{agency.pk}-{team.pk}", f"{agency.name}: {team.name}")
            for team in teams
            if (agency.pk, team.pk) not in had
        ]
    return offered


def _try(request: HttpRequest, does: Callable[[], object], said: str) -> None:
    try:
        does()
    except NotReady as why:
        messages.error(request, str(why))
    else:
        messages.success(request, said)
