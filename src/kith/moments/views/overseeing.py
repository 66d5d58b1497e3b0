"""The rule and its counts; how often people are rung; offers against needs."""

from __future__ import annotations

import csv
import io

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.linkage.feeds.rejects_file import guarded
from kith.moments.permissions import check_can_answer_any, check_is_manager
from kith.moments.presenters.offers import tables
from kith.moments.presenters.rules import show_rule
from kith.moments.presenters.tabs import tabs
from kith.moments.queries.champions import alerts_of
from kith.moments.queries.drawing import rule_counts
from kith.moments.queries.offers import Offers
from kith.moments.queries.offers import offers as count_offers


@require_safe
@login_required
def rules(request: HttpRequest) -> HttpResponse:
    """The rule, how often it fired, how often not and why, how often it was set aside."""
    viewer = viewer_of(request)
    check_can_answer_any(viewer)
    page = {"shown": show_rule(rule_counts(), timezone.now()), "tabs": tabs(viewer, "moments-rules")}
    return render(request, "moments/rules.jinja", page)


@require_safe
@login_required
def alerts(request: HttpRequest) -> HttpResponse:
    """For managers: how often each of their teams was rung in seven days, and how often that was held back."""
    viewer = viewer_of(request)
    check_is_manager(viewer)
    rows = alerts_of(viewer, timezone.now())
    page = {"rows": rows, "most": settings.KITH_PUSHES_A_DAY, "tabs": tabs(viewer, "moments-alerts")}
    return render(request, "moments/alerts.jinja", page)


@require_safe
@login_required
def offers(request: HttpRequest) -> HttpResponse:
    """What help was offered, accepted, waited for; who got it."""
    found = _counted(request, "read-offers")
    page = {"found": found, "tables": tables(found), "tabs": tabs(viewer_of(request), "moments-offers")}
    return render(request, "moments/offers.jinja", page)


@require_safe
@login_required
def offers_csv(request: HttpRequest) -> HttpResponse:
    """The same tables for a spreadsheet, small numbers withheld there too."""
    found = _counted(request, "export-offers")
    text = io.StringIO()
    writer = csv.writer(text)
    for table in tables(found):
        writer.writerow([guarded(cell) for cell in (table.title, *table.columns)])
        for row in table.rows:
            writer.writerow([guarded(cell) for cell in row])
        writer.writerow([])
    headers = {"Content-Disposition": f'attachment; filename="offers-{found.last}.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _counted(request: HttpRequest, action: str) -> Offers:
    viewer, now = viewer_of(request), timezone.now()
    check_can_answer_any(viewer)
    record(viewer=viewer, action=action, what="Read offers against needs", now=now)
    return count_offers(now)
