"""That an email address is theirs: six figures, asked for by whoever wants to read the answer here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kith.doors import actions, queries
from kith.doors.forms.asking import CodeForm
from kith.doors.views.visiting import may_come_in, public_page, token_of, too_many

WRONG = 422
NOT_THE_CODE = "This is not the code that we sent. Look at the newest email, or go on without"
TRIED_OUT = "The code was tried too often. Go on without it, or go back and ask for another"


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def code(request: HttpRequest) -> HttpResponse:
    """Type the six figures, or go on without."""
    report = queries.report_so_far(token_of(request))
    if report is None or report.sent_at or not report.code_for:
        return redirect("tell-check")
    if request.method != "POST":
        return _page(request, CodeForm(), report.code_for)
    if not may_come_in(request, "follow"):
        return too_many(request, request.path)
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            given = form.cleaned_data["code"]
            if actions.prove_email(token=report.token, code=given, by=queries.the_doors(), now=timezone.now()):
                return redirect("tell-check")
            form.add_error("code", NOT_THE_CODE)
        except actions.TooManyTries:
            form.add_error("code", TRIED_OUT)
    return _page(request, form, report.code_for, status=WRONG)


def _page(request: HttpRequest, form: CodeForm, email: str, status: int = 200) -> HttpResponse:
    return render(request, "doors/code.jinja", {"form": form, "email": email}, status=status)
