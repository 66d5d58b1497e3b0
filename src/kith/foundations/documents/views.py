"""Giving a kept file back: as a file to save, never as a page of ours."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.documents import actions, queries

ALONE = "sandbox; default-src 'none'; frame-ancestors 'none'"


@require_safe
@login_required
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """The file, for whoever holds its scope; for others there is none."""
    viewer = viewer_of(request)
    kept = queries.document_numbered(document_id)
    if kept is None:
        raise Http404
    if request.method == "GET":
        actions.note_read(document=kept, by=viewer, now=timezone.now())
    answer = HttpResponse(bytes(kept.content), content_type=kept.kind)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=kept.name)
    answer["Content-Security-Policy"] = ALONE
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
