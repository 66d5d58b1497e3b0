"""How forms are drawn."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class PageFormRenderer(TemplatesSetting):
    """Finds form templates through the page templates."""
