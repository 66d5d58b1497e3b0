"""Children who miss school and are harmed or missing: a list for those to whom their records are open."""

from __future__ import annotations

import csv
import io

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from kith.foundations.access.permissions import check_may
from kith.foundations.access.rules import Permission
from kith.foundations.access.sign_in import signed_in_lately
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.linkage.feeds.rejects_file import guarded
from kith.missing.queries.schooling import without_school
from kith.missing.rules.schooling import RULE, SOURCE

A_PAGE = 50
COLUMNS = ("Record", "Name", "Born", "Misses school", "Harmed or missing")


@require_safe
@login_required
def schooling(request: HttpRequest) -> HttpResponse:
    """Each child with why they are here, and the rule by which they are."""
    viewer, now = viewer_of(request), timezone.now()
    check_may(viewer, Permission.READ_RECORDS)
    page = Paginator(without_school(now), A_PAGE).get_page(request.GET.get("page"))
    subjects = [one.subject_id for one in page.object_list]
    what = "Read who misses school and is harmed or missing"
    record(viewer=viewer, action="read-schooling", subjects=subjects, what=what, now=now)
    return render(request, "missing/schooling.jinja", {"page": page, "rule": RULE, "source": SOURCE})


@require_safe
@login_required
def schooling_csv(request: HttpRequest) -> HttpResponse:
    """The whole list as a file, for who has given their password lately: it names children."""
    check_may(viewer_of(request), Permission.READ_RECORDS)
    answer: HttpResponse = _export(request)
    return answer


@signed_in_lately
def _export(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    found = without_school(now)
    subjects = [one.subject_id for one in found]
    what = "Took away who misses school and is harmed or missing, as a file"
    record(viewer=viewer_of(request), action="export-schooling", subjects=subjects, what=what, now=now)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for one in found:
        cells = (str(one.subject_id), one.name, f"{one.born or ''}", "; ".join(one.school), "; ".join(one.harm))
        writer.writerow([guarded(cell) for cell in cells])
    headers = {"Content-Disposition": f'attachment; filename="missing-school-{localdate(now)}.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
