"""Letters that came by email and could not become a contact by themselves: somebody looks at each."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.front_door.checks_permissions import check_can_ask
from kith.front_door.presenters.tabs import tabs
from kith.front_door.queries.mailbox import letter_kept, letters_without_contact

A_PAGE = 50


@require_safe
@login_required
def mail(request: HttpRequest) -> HttpResponse:
    """Each with the reason, and the way to read it as it came."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_ask(viewer)
    page = Paginator(letters_without_contact(), A_PAGE).get_page(request.GET.get("page"))
    record(viewer=viewer, action="read-mail", what="Read the list of letters without a contact", now=now)
    shown = {"shown_page": page, "tabs": tabs("By email")}
    return render(request, "front_door/checks_mail.jinja", shown)


@require_safe
@login_required
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """A letter as it came, as a file: nothing in it is shown by the site itself."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_ask(viewer)
    kept = letter_kept(letter_id)
    if kept is None:
        raise Http404
    record(viewer=viewer, action="read-letter", what=f"Took letter {kept.pk} as it came", now=now)
    headers = {
        "Content-Disposition": f'attachment; filename="letter-{kept.pk}.txt"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(bytes(kept.original), content_type="application/octet-stream", headers=headers)
