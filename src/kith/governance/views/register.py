"""The register of rules: what Kith does or proposes by itself, each with its record, numbers and file."""

from __future__ import annotations

import csv
import io

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.papers import FORMATS, Paper, write
from kith.governance.register import Entry, entry
from kith.governance.register.firings import fired
from kith.governance.register.listing import COLUMNS, lines, sections
from kith.governance.register.record import record_of
from kith.insight.permissions import check_see_figures
from kith.insight.rules.measures import measures
from kith.linkage.feeds.rejects_file import guarded


@require_safe
@login_required
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, with how often it fired and was overruled in the newest twelve months that may be shown."""
    check_see_figures(viewer_of(request))
    return render(request, "governance/rules.jinja", {"sections": sections(timezone.localdate())})


@require_safe
@login_required
def rules_csv(request: HttpRequest) -> HttpResponse:
    """The same for a spreadsheet."""
    viewer, today = viewer_of(request), timezone.localdate()
    check_see_figures(viewer)
    record(viewer=viewer, action="export-rules", what="Took away the register of rules", now=timezone.now())
    text = io.StringIO()
    csv.writer(text).writerows([[guarded(cell) for cell in row] for row in (COLUMNS, *lines(today))])
    headers = {"Content-Disposition": f'attachment; filename="rules-{today}.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
@login_required
def rule(request: HttpRequest, rule: str) -> HttpResponse:
    """One rule and its transparency record."""
    check_see_figures(viewer_of(request))
    chosen = _entry(rule)
    shown = {"entry": chosen, "paper": _paper(chosen), "formats": list(FORMATS.values())}
    return render(request, "governance/rule.jinja", shown)


@require_safe
@login_required
def rule_record(request: HttpRequest, rule: str, written_as: str) -> HttpResponse:
    """The record as a file."""
    viewer = viewer_of(request)
    check_see_figures(viewer)
    chosen = _entry(rule)
    if written_as not in FORMATS:
        raise Http404
    what = f"Took away the record of the rule “{chosen.title}”"
    record(viewer=viewer, action="export-rules", what=what, now=timezone.now())
    kind = FORMATS[written_as]
    headers = {"Content-Disposition": f'attachment; filename="rule-{chosen.key}.{kind.ending}"'}
    return HttpResponse(write(_paper(chosen), written_as), content_type=kind.content_type, headers=headers)


def _entry(key: str) -> Entry:
    found = entry(key)
    if found is None:
        raise Http404
    return found


def _paper(chosen: Entry) -> Paper:
    now = timezone.now()
    done = fired(chosen, timezone.localdate(now))
    measure = measures().get(chosen.measure)
    return record_of(chosen, done, measure, partnership=settings.PARTNERSHIP.full_name, now=now)
