"""What has been decided about who is who, and taking a decision back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, form_page, sent, show
from kith.linkage.actions import NotDecided, withdraw
from kith.linkage.forms import WithdrawForm
from kith.linkage.permissions import can_undo, check_can_review_matches
from kith.linkage.presenters.judgements import show_judgement
from kith.linkage.queries.matches import judgement_numbered, judgements
from kith.linkage.rules.judging import Verdict

UNDONE = "Undone straight after"
A_PAGE = 25


@require_safe
def judgement_list(request: HttpRequest) -> HttpResponse:
    """Decisions that stand, newest first; those withdrawn on request."""
    check_can_review_matches(viewer_of(request))
    standing, verdict = request.GET.get("show") != "withdrawn", request.GET.get("verdict", "")
    verdict = verdict if verdict in {one.value for one in Verdict} else ""
    page = Paginator(judgements(standing=standing, verdict=verdict), A_PAGE).get_page(request.GET.get("page"))
    record(viewer=viewer_of(request), action="list-judgements", what=f"{len(page)} decisions", now=timezone.now())
    shown = {"page": page, "rows": [show_judgement(one) for one in page], "standing": standing, "verdict": verdict}
    return render(request, "linkage/judgements.jinja", shown | {"verdicts": list(Verdict)})


@form_page("A decision withdrawn")
def judgement_withdraw(request: HttpRequest, judgement_id: int) -> HttpResponse:
    """Undo within ten minutes, or withdraw later with a reason."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_review_matches(viewer)
    judgement = judgement_numbered(judgement_id)
    if judgement is None:
        raise Http404
    straight_after = "undo" in request.POST and can_undo(viewer, judgement, now)
    form = WithdrawForm({"reason": UNDONE}) if straight_after else fill(request, WithdrawForm)
    if sent(request, form):
        try:
            withdraw(judgement=judgement, reason=form.cleaned_data["reason"], by=viewer, now=now)
            messages.success(request, "The decision is taken back. Everything it moved is where it was.")
            return redirect("matches" if straight_after else "judgements")
        except NotDecided as refused:
            form.add_error(None, str(refused))
    return show(request, "linkage/judgement_withdraw.jinja", form, judgement=show_judgement(judgement))
