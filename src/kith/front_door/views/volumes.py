"""Volumes of the front door: small tables with what each figure means, and the same as a file."""

from __future__ import annotations

import csv
import io

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.front_door.checks_permissions import check_can_ask
from kith.front_door.presenters.tabs import tabs
from kith.front_door.queries.volumes import OUTCOMES, Line, Volumes, volumes
from kith.linkage.feeds.rejects_file import guarded

COLUMNS = ["Part", "What", "Last twelve months", "Share", "Twelve months before", "Share before", "Change"]


@require_safe
@login_required
def front_door_volumes(request: HttpRequest) -> HttpResponse:
    """Twelve months beside the twelve before."""
    found = _counted(request, "read-volumes")
    shown = {"found": found, "tables": _tables(found), "outcomes": OUTCOMES, "tabs": tabs("Volumes")}
    return render(request, "front_door/checks_volumes.jinja", shown)


@require_safe
@login_required
def front_door_volumes_csv(request: HttpRequest) -> HttpResponse:
    """The same figures for a spreadsheet, with no cell that it would take for a formula."""
    found = _counted(request, "export-volumes")
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for title, lines in _tables(found):
        for line in lines:
            cells = [title, line.name, str(line.now), line.share, str(line.before), line.share_before, line.change]
            writer.writerow([guarded(cell) for cell in cells])
    for month in found.months:
        for key, words in {"contacts": "Contacts", "about_harm": "About harm outside the home"}.items():
            cells = [f"{month.month:%Y-%m}", words, str(getattr(month, key)), "", "", "", ""]
            writer.writerow([guarded(cell) for cell in cells])
        for key, words in OUTCOMES.items():
            writer.writerow([f"{month.month:%Y-%m}", words, str(month.outcomes.get(key, 0)), "", "", "", ""])
    headers = {"Content-Disposition": f'attachment; filename="front-door-{found.last}.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _counted(request: HttpRequest, action: str) -> Volumes:
    viewer, now = viewer_of(request), timezone.now()
    check_can_ask(viewer)
    record(viewer=viewer, action=action, what="Read the volumes of the front door", now=now)
    return volumes(timezone.localdate(now))


def _tables(found: Volumes) -> list[tuple[str, tuple[Line, ...]]]:
    return [
        ("All contacts", (found.total, found.about_harm)),
        ("Who told us", found.sources),
        ("Kinds of harm", found.harms),
        ("What all contacts came to", found.outcomes),
        ("What contacts about harm outside the home came to", found.outcomes_of_harm),
        ("Referrals decided here", (found.referrals, found.re_referrals)),
        ("In agencies’ files", found.filed),
    ]
