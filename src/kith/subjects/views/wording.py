"""The language helper while somebody types: nothing that is sent here is kept, and nothing is decided by it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from kith.subjects.wording import remarks

LONGEST = 20_000  # characters that are looked through


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def wording(request: HttpRequest) -> HttpResponse:
    """Remarks on the text of the field named by `of`."""
    text = request.POST.get(request.GET.get("of", ""), "")[:LONGEST].replace("\r\n", "\n")
    return render(request, "design_system/forms/_remarks.jinja", {"remarks": remarks(text)})
