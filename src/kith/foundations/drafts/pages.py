"""What pages with a kept form need in their templates."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kith.foundations.drafts.forms_at import mark_of


def kept_forms(request: HttpRequest) -> dict[str, Any]:
    """`form_mark()` for inside a form, and the words not sent from this page's form before."""
    return {"form_mark": lambda: _form_mark(request), "unsent_here": getattr(request, "unsent_here", [])}


def _form_mark(request: HttpRequest) -> SafeString:
    hidden = '<input type="hidden" name="once" value="{}" data-keep="{}">'
    return format_html(hidden, mark_of(request), reverse("draft-keep"))
