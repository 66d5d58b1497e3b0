"""The pages of help, and where an administrator writes them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.doors import actions, helping, queries
from kith.doors.forms.helping import HelpForm
from kith.doors.helping import VOICES, Block
from kith.doors.permissions import can_write_help, check_write_help
from kith.doors.reading import reading_age
from kith.doors.views.visiting import public_page
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewer_of
from kith.foundations.design_system.words import UK

WRONG = 422


@require_safe
@public_page
def help_index(request: HttpRequest) -> HttpResponse:
    """Which help there is."""
    may_write = isinstance(request.user, Viewer) and can_write_help(request.user)
    return render(request, "doors/help.jinja", {"voices": VOICES, "may_write": may_write})


@require_safe
@public_page
def outside_the_home(request: HttpRequest) -> HttpResponse:
    """Harm outside the home: what to look for, how to tell us; in one of three voices."""
    asked = request.GET.get("for", "")
    voice = asked if asked in VOICES else "professional"
    today = timezone.now().astimezone(UK).date()
    shown = {
        "voice": voice,
        "voices": VOICES,
        "blocks": [(block, _laid_out(block.text)) for block in _blocks() if block.voice == voice],
        "guides": voice == "professional",
        "routes": helping.routes(),
        "levels": helping.levels(),
        "paths": helping.paths_shown(today),
        "first_clocks": helping.first_clocks(today),
        "today": today,
    }
    return render(request, "doors/outside_the_home.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def help_edit(request: HttpRequest) -> HttpResponse:
    """Every block; one to write, with its versions, how it will look, and how old a reader must be."""
    viewer = viewer_of(request)
    check_write_help(viewer)
    key = request.GET.get("block", "")
    if not key:
        return render(request, "doors/help_blocks.jinja", {"blocks": _blocks(), "voices": VOICES})
    block = next((one for one in _blocks() if one.key == key), None)
    if block is None:
        raise Http404
    if request.method != "POST":
        return _edit(request, block, HelpForm(initial={"text": _asked_version(request, block)}))
    form = HelpForm(request.POST)
    if not form.is_valid():
        return _edit(request, block, form, status=WRONG)
    if "preview" in request.POST:
        return _edit(request, block, form, preview=form.cleaned_data["text"])
    actions.write_help(block=key, text=form.cleaned_data["text"], by=viewer, now=timezone.now())
    messages.success(request, f"“{block.title}” is written. The page shows it now.")
    return redirect(f"{reverse('help-edit')}?block={key}")


def _edit(request: HttpRequest, block: Block, form: HelpForm, preview: str = "", status: int = 200) -> HttpResponse:
    shown: dict[str, Any] = {
        "form": form,
        "block": block,
        "voices": VOICES,
        "versions": queries.help_versions(block.key),
        "preview": _laid_out(preview) if preview else (),
        "age": round(reading_age(preview or block.text)),
        "back": {"href": reverse("help-edit"), "text": "All words of help"},
    }
    return render(request, "doors/help_edit.jinja", shown, status=status)


def _asked_version(request: HttpRequest, block: Block) -> str:
    """An earlier version's words to start from, where one is asked for; otherwise those that stand."""
    asked = request.GET.get("version", "")
    return next((one.text for one in queries.help_versions(block.key) if str(one.pk) == asked), block.text)


def _blocks() -> tuple[Block, ...]:
    """What administrators wrote comes first, then the partnership's file, then Kith's own words."""
    return helping.blocks_with(queries.help_words(), helping.read_words(settings.PARTNERSHIP.help_words))


def _laid_out(text: str) -> tuple[helping.Piece, ...]:
    area = settings.PARTNERSHIP
    filled = {"front_door": area.front_door_phone, "out_of_hours": area.out_of_hours_phone, "area": area.name}
    return helping.laid_out(text, filled)
