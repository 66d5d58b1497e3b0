"""What is asked of whoever decides on a report by another system."""

from __future__ import annotations

from django import forms

from kith.foundations.design_system.forms import Look, TextArea


class AsideForm(forms.Form):
    """Why a report stands on nobody's record."""

    because = TextArea(
        label="Why?",
        max_length=300,
        help_text="Such as: a test of their system; sent twice; an adult. It stands with the report.",
        look=Look(rows=3),
    )
