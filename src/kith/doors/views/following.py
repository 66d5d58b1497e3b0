"""Where something told has got to, by reference and code; and adding to it."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kith.doors import actions, queries
from kith.doors.forms.asking import AddForm, FollowForm
from kith.doors.presenters import replies_of, steps_of
from kith.doors.rules import LONGEST
from kith.doors.views.visiting import may_come_in, public_page, too_many
from kith.front_door.rules import as_reference

WRONG = 422
NOT_FOUND = "We find nothing with this reference and code. Look at your receipt, or ring us"


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def follow(request: HttpRequest) -> HttpResponse:
    """Reference and code are sent with the form, so that neither stands in an address."""
    if request.method != "POST":
        return render(request, "doors/follow.jinja", {"form": FollowForm()})
    if not may_come_in(request, "follow"):
        return too_many(request, request.path)
    form = FollowForm(request.POST)
    found = None
    if form.is_valid():
        given = as_reference(form.cleaned_data["reference"])
        found = queries.followed(given, form.cleaned_data["code"])
        if found is None:
            form.add_error("reference", NOT_FOUND)
    if found is None:
        return render(request, "doors/follow.jinja", {"form": form}, status=WRONG)
    return _followed(request, form, given, found)


def _followed(request: HttpRequest, form: FollowForm, reference: str, found: queries.Followed) -> HttpResponse:
    adding, added = AddForm(), None
    if "add" in request.POST:
        adding = AddForm({"words": request.POST.get("words", "").replace("\x00", "")[:LONGEST]})
        if adding.is_valid():
            words, once = adding.cleaned_data["words"], _mark(request)
            given = {"contact_id": found.contact_id, "words": words, "once": once}
            added = actions.add_to(**given, by=queries.the_doors(), now=timezone.now())
            adding = AddForm()
    shown = {
        "reference": reference,
        "code": form.cleaned_data["code"],
        "steps": steps_of(found),
        "replies": replies_of(found),
        "followed": found,
        "form": adding,
        "added": added,
        "once": uuid4() if added else _mark(request),
    }
    return render(request, "doors/followed.jinja", shown, status=WRONG if adding.errors else 200)


def _mark(request: HttpRequest) -> UUID:
    """The form's own mark, so that the same words sent twice are one."""
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return uuid4()
