"""A record for a group or a place."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kith.foundations.access.viewing import viewer_of
from kith.foundations.drafts.forms_at import fill, keeps_drafts
from kith.subjects.actions import create_group, create_place
from kith.subjects.forms import GroupForm, PlaceForm
from kith.subjects.permissions import check_can_write


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A record for a group")
def group_new(request: HttpRequest) -> HttpResponse:
    """A name, a purpose and the day it is looked at again."""
    viewer = viewer_of(request)
    check_can_write(viewer)
    form = fill(request, GroupForm, today=timezone.localdate())
    if request.method != "POST" or not form.is_valid():
        return render(request, "subjects/group_new.jinja", {"form": form})
    group = create_group(**form.cleaned_data, by=viewer, now=timezone.now())
    messages.success(request, "The group has a record. Add who spends time in it, each with evidence.")
    return redirect("record", group.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A record for a place")
def place_new(request: HttpRequest) -> HttpResponse:
    """A place, on the ground or online."""
    viewer = viewer_of(request)
    check_can_write(viewer)
    form = fill(request, PlaceForm)
    if request.method != "POST" or not form.is_valid():
        return render(request, "subjects/place_new.jinja", {"form": form})
    name = form.cleaned_data["name"]
    place = create_place(name=name, details=form.details(), by=viewer, now=timezone.now())
    messages.success(request, "The place has a record. Write what happens there, or who looks out for young people.")
    return redirect("record", place.pk)
