"""The theme's stylesheet and the gallery of components."""

from __future__ import annotations

import hashlib
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kith.foundations.design_system.theme import theme_of


@require_safe
@cache_control(public=True, max_age=86400)
def theme(request: HttpRequest) -> HttpResponse:
    """The partnership's colours, as a stylesheet of custom properties; its address changes when they do."""
    return HttpResponse(_theme_css(settings.PARTNERSHIP.colour), content_type="text/css")


def theme_address() -> str:
    """Where pages find the theme, with a mark of its content so that browsers may keep it."""
    mark = hashlib.sha256(_theme_css(settings.PARTNERSHIP.colour).encode()).hexdigest()[:8]
    return f"{reverse('theme')}?{mark}"


@cache
def _theme_css(colour: str) -> str:
    return theme_of(colour).css()
