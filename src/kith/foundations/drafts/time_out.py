"""What somebody sends as their time runs out is kept as their own draft, before they are signed out."""

from __future__ import annotations

from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils import timezone

from kith.foundations.access.viewing import viewer_of, viewing_as
from kith.foundations.drafts import actions
from kith.foundations.drafts.actions import FormAt
from kith.foundations.drafts.forms_at import kept_form, read_mark
from kith.foundations.drafts.rules import LARGEST_AT_TIME_OUT, fields_kept


def keep_posted_words(request: HttpRequest) -> str | None:
    """Where the words can be put back; None where there was nothing to keep, or another site sent it."""
    path = request.GET.get("of", "") if request.path == reverse("draft-keep") else request.path
    mark = read_mark(request.POST)
    if mark is None or kept_form(path) is None or not _is_ours(request):
        return None
    viewer, fields = viewer_of(request), fields_kept(request.POST.lists())
    form = FormAt(path, mark)
    try:
        with viewing_as(viewer):
            actions.keep(form=form, fields=fields, by=viewer, now=timezone.now(), largest=LARGEST_AT_TIME_OUT)
    except (actions.TooMuch, actions.AlreadySent):
        return None
    return path


def _is_ours(request: HttpRequest) -> bool:
    """Whether a page of ours sent it: nobody has looked yet, since no view was reached."""
    return CsrfViewMiddleware(lambda _: None).process_view(request, None, (), {}) is None  # type: ignore[arg-type]
