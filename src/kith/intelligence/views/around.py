"""Flags, volumes, exports, sources, and what stands at a record."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.sign_in import signed_in_lately
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, keeps_drafts
from kith.intelligence.actions import end_flag, keep_flag, open_source, set_flag
from kith.intelligence.exports import as_csv, as_xml
from kith.intelligence.forms import BecauseForm, FlagForm, FlagReviewForm, numbers
from kith.intelligence.permissions import can_grade, check_can_grade
from kith.intelligence.presenters import show_about, show_flag, show_volumes
from kith.intelligence.presenters.bookings import show_bookings
from kith.intelligence.queries import bookings as ask_bookings
from kith.intelligence.queries import others, reports
from kith.intelligence.queries.volumes import volumes as count_volumes
from kith.linkage.feeds.rejects_file import guarded
from kith.subjects.permissions import can_read_records
from kith.subjects.queries import chosen, found_by_words, subject_in_full

MONTHS = 12


@require_safe
@login_required
def flags(request: HttpRequest) -> HttpResponse:
    """Every flag that stands, those to be reviewed first first."""
    check_can_grade(viewer_of(request))
    today = timezone.localdate()
    shown = {"flags": [show_flag(one, today) for one in others.standing_flags(today)]}
    return render(request, "intelligence/flags.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A flag")
def flag_new(request: HttpRequest) -> HttpResponse:
    """A flag on one record or one vehicle, with its owner, reason and end."""
    viewer = viewer_of(request)
    check_can_grade(viewer)
    today = timezone.localdate()
    owners = [(str(one.pk), f"{one.name}, {one.job_title}") for one in others.owners()]
    form = fill(request, FlagForm, owners=owners, today=today)
    about = chosen(numbers([*request.POST.getlist("add"), *request.POST.getlist("about")])[:1])
    if "save" in request.POST and form.is_valid():
        if about or form.cleaned_data["vehicle"].strip():
            flag = form.flag(about[0].subject_id if about else None)
            set_flag(flag=flag, by=viewer, now=timezone.now())
            messages.success(request, "The flag stands until its end.")
            return redirect("intelligence-flags")
        form.add_error("vehicle", "Give a registration, or find a record")
    elif request.method == "POST" and "save" not in request.POST:
        form.errors.clear()
    typed = request.POST.get("find", "").strip() if "look" in request.POST else ""
    shown: dict[str, Any] = {
        "form": form,
        "about": about,
        "looked_for": typed,
        "found": found_by_words(typed, [one.subject_id for one in about], today),
    }
    return render(request, "intelligence/flag_new.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def flag(request: HttpRequest, flag_id: int) -> HttpResponse:
    """Review a flag: keep it until a new day, or end it now."""
    viewer = viewer_of(request)
    check_can_grade(viewer)
    now = timezone.now()
    today = timezone.localdate(now)
    found = others.flag_or_none(flag_id, today)
    if found is None:
        raise Http404
    form = FlagReviewForm(request.POST or None, today=today)
    if request.method != "POST" or not form.is_valid():
        return render(request, "intelligence/flag.jinja", {"form": form, "flag": show_flag(found, today)})
    said = form.cleaned_data
    if "keep" in request.POST:
        keep_flag(flag_id=flag_id, **said, by=viewer, now=now)
    else:
        end_flag(flag_id=flag_id, because=said["because"], by=viewer, now=now)
    messages.success(request, "Kept until its new end." if "keep" in request.POST else "The flag has ended.")
    return redirect("intelligence-flags")


@require_safe
@login_required
def volumes(request: HttpRequest) -> HttpResponse:
    """Reports by agency and month, school holidays marked."""
    check_can_grade(viewer_of(request))
    shown = show_volumes(count_volumes(timezone.localdate(), MONTHS))
    return render(request, "intelligence/volumes.jinja", {"shown": shown})


@require_safe
@login_required
def volumes_csv(request: HttpRequest) -> HttpResponse:
    """The same table as a file."""
    viewer = viewer_of(request)
    check_can_grade(viewer)
    shown = show_volumes(count_volumes(timezone.localdate(), MONTHS))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Agency", *(month for month, _ in shown.months), "Total"])
    writer.writerow(["School holidays", *(marked for _, marked in shown.months), ""])
    for name, counts, total in shown.rows:
        writer.writerow([guarded(name), *counts, total])
    writer.writerow(["Total", *shown.totals, shown.total])
    record(viewer=viewer, action="export-volumes", what="Took volumes away as a file", now=timezone.now())
    return _file("\ufeff" + text.getvalue(), "text/csv", f"intelligence-volumes-{timezone.localdate()}.csv")


@require_safe
@login_required
def export_csv(request: HttpRequest, report_id: int) -> HttpResponse:
    """One report for the police's own system, without its source."""
    return _export(request, report_id, "csv")


@require_safe
@login_required
def export_xml(request: HttpRequest, report_id: int) -> HttpResponse:
    """The same as XML."""
    return _export(request, report_id, "xml")


def _export(request: HttpRequest, report_id: int, kind: str) -> HttpResponse:
    check_can_grade(viewer_of(request))
    if reports.item_or_none(report_id) is None:
        raise Http404
    answer: HttpResponse = _taken_away(request, report_id, kind)
    return answer


@signed_in_lately
def _taken_away(request: HttpRequest, report_id: int, kind: str) -> HttpResponse:
    """Only the version that was approved leaves: the words of the report may tell its source."""
    item = reports.item_or_none(report_id)
    if item is None:
        raise Http404
    if item.version is None or not item.version.approved:
        messages.error(request, "Nothing can be taken away before a version is approved.")
        return redirect("intelligence-report", report_id)
    number = item.report.number
    what = f"Took {number} away as {kind.upper()}"
    record(viewer=viewer_of(request), action="export-intelligence", what=what, now=timezone.now())
    text = as_csv(item) if kind == "csv" else as_xml(item)
    return _file(text, "text/csv" if kind == "csv" else "application/xml", f"{number}.{kind}")


@require_safe
@login_required
def sources(request: HttpRequest) -> HttpResponse:
    """The numbers whose sources the viewer keeps: no name before a reason."""
    check_can_grade(viewer_of(request))
    return render(request, "intelligence/sources.jinja", {"sources": list(others.sources())})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def source(request: HttpRequest, number: str) -> HttpResponse:
    """Who gave a report, after saying why it must be known."""
    viewer = viewer_of(request)
    check_can_grade(viewer)
    if not others.sources().filter(number=number).exists():
        raise Http404
    form = BecauseForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "intelligence/source.jinja", {"form": form, "number": number})
    because = form.cleaned_data["because"]
    found = open_source(number=number, because=because, by=viewer, now=timezone.now())
    return render(request, "intelligence/source.jinja", {"form": None, "number": number, "source": found})


@require_safe
@login_required
def at_record(request: HttpRequest, subject_id: int) -> HttpResponse:
    """Intelligence and flags that stand at a record, for those who may read both: evidence, and never a fact."""
    viewer = viewer_of(request)
    subject = subject_in_full(subject_id) if can_read_records(viewer) else None
    if subject is None:
        raise Http404
    now = timezone.now()
    today = timezone.localdate(now)
    booked = ask_bookings.at_record(subject_id)
    what = "Read what intelligence there is"
    record(viewer=viewer, action="read-intelligence", subjects=[subject_id], what=what, now=now)
    shown = {
        "subject": subject,
        "bookings": show_bookings(booked, ask_bookings.alike([one.pk for one in booked])) if booked else (),
        "may_grade": can_grade(viewer),
        "pieces": show_about(others.versions_about(subject_id), others.named_about(subject_id)),
        "flags": [show_flag(one, today) for one in others.standing_flags(today).filter(subject_id=subject_id)],
    }
    return render(request, "intelligence/at_record.jinja", shown)


def _file(text: str, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers=headers)
