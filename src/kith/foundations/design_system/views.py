"""The theme's stylesheet and the gallery of components."""

from __future__ import annotations

import hashlib
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.design_system.gallery import Questions, components
from kith.foundations.design_system.theme import theme_of


@login_not_required
@require_safe
@cache_control(public=True, max_age=86400)
def theme(request: HttpRequest) -> HttpResponse:
    """The partnership's colours, as a stylesheet of custom properties; its address changes when they do."""
    return HttpResponse(_theme_css(settings.PARTNERSHIP.colour), content_type="text/css")


@require_http_methods(["GET", "HEAD", "POST"])
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component; not there in service, where nobody needs it."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    form = Questions(request.POST or None, request.FILES or None)
    answers = form.cleaned_data if form.is_valid() else None
    page = {"components": components(), "form": form, "answers": answers}
    return render(request, "design_system/gallery.jinja", page, status=422 if form.errors else 200)


def theme_address() -> str:
    """Where pages find the theme, with a mark of its content so that browsers may keep it."""
    mark = hashlib.sha256(_theme_css(settings.PARTNERSHIP.colour).encode()).hexdigest()[:8]
    return f"{reverse('theme')}?{mark}"


@cache
def _theme_css(colour: str) -> str:
    return theme_of(colour).css()
