"""Setting aside what the rule says of shared premises."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from kith.foundations.access.viewing import viewer_of
from kith.foundations.drafts.forms_at import fill, form_page, sent, show
from kith.insight.actions.shared_places import set_shared_aside
from kith.insight.forms.shared_places import SetAsideForm
from kith.insight.queries.shared_places import standing
from kith.subjects.permissions import can_read_records, check_can_write
from kith.subjects.queries import subject_in_full


@form_page("Why shared premises need not be followed")
def shared_place(request: HttpRequest, subject_id: int) -> HttpResponse:
    """What the rule says of this place, and why it need not be followed."""
    viewer = viewer_of(request)
    subject = subject_in_full(subject_id) if can_read_records(viewer) else None
    said = standing(subject_id) if subject else None
    if subject is None or said is None:
        raise Http404
    check_can_write(viewer)
    form = fill(request, SetAsideForm)
    if sent(request, form):
        set_shared_aside(said=said, because=form.cleaned_data["because"], by=viewer, now=timezone.now())
        messages.success(request, "Kept with your reason.")
        return redirect("record", subject_id)
    return show(request, "insight/shared_place.jinja", form, subject=subject, said=said)
