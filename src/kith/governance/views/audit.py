"""The record of who looked, for auditors."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.permissions import check_audit
from kith.foundations.access.sign_in import signed_in_lately
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import last_seal, record
from kith.governance import queries
from kith.governance.forms import AuditFilterForm
from kith.governance.presenters import present_lines
from kith.governance.rules import LINES_A_PAGE, MOST_EXPORTED
from kith.linkage.feeds.rejects_file import guarded

COLUMNS = ["When", "Who", "Agency", "What they did", "About", "Why they could", "In words"]
BECAUSE = "Audits who looked"


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """Every line, narrowed as asked; records by number and initials."""
    check_audit(viewer_of(request))
    now = timezone.now()
    form = _filter_form(request)
    lines = queries.audit_lines(form.chosen())
    page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    events = list(page.object_list)
    labels = queries.labels_of([subject for event in events for subject in event.subjects])
    _note(request, "read-audit", form, now)
    shown = {
        "form": form,
        "lines": present_lines(events, labels),
        "shown_page": page,
        "chosen": _chosen(request, form),
        "asked": urlencode(_kept(request), doseq=True),
        "sealed": last_seal(),
    }
    return render(request, "governance/audit.jinja", shown)


@require_safe
def audit_export(request: HttpRequest) -> HttpResponse:
    """The same lines as a file, for who has given their password lately."""
    check_audit(viewer_of(request))
    answer: HttpResponse = _export(request)
    return answer


@signed_in_lately
def _export(request: HttpRequest) -> HttpResponse:
    """A file for a spreadsheet, with no cell that it would take for a formula."""
    now = timezone.now()
    form = _filter_form(request)
    events = list(queries.audit_lines(form.chosen())[:MOST_EXPORTED])
    labels = queries.labels_of({subject for event in events for subject in event.subjects})
    _note(request, "export-audit", form, now)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for line in present_lines(events, labels):
        about = "; ".join(words for _, words in line.about)
        cells = [line.when, line.who, line.agency, line.did, about, line.because, line.said]
        writer.writerow([guarded(cell) for cell in cells])
    name = f"who-looked-{timezone.localdate(now)}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _filter_form(request: HttpRequest) -> AuditFilterForm:
    agencies, actions = queries.agencies_that_looked(), queries.actions_done()
    form = AuditFilterForm(request.GET, agencies=agencies, actions=actions)
    form.is_valid()
    return form


def _note(request: HttpRequest, action: str, form: AuditFilterForm, now: datetime) -> None:
    asked = {key: str(value) for key, value in vars(form.chosen()).items() if value not in ("", None, False)}
    record(viewer=viewer_of(request), action=action, because=BECAUSE, details={"asked": asked}, now=now)


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """What was asked, without the page and without what was left empty."""
    return [(k, v) for k, values in request.GET.lists() if k != "page" for v in values if v]


def _chosen(request: HttpRequest, form: AuditFilterForm) -> list[dict[str, str]]:
    """Each thing the list is narrowed to, with the address of the list without it."""
    kept = _kept(request)
    return [
        {"text": form.in_words(key, value), "href": "?" + urlencode([one for one in kept if one != (key, value)])}
        for key, value in kept
        if key in form.fields
    ]
