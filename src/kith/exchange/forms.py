"""What is asked of whoever decides on a report by another system, or mends one that could not be taken."""

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


class MendForm(forms.Form):
    """What was sent, as it is to be taken."""

    body = TextArea(
        label="What is taken instead",
        max_length=64 * 1024,
        help_text="Change only what is wrong, and ask the agency where you do not know. What came stays as it came.",
        look=Look(rows=18),
    )


class NothingForm(forms.Form):
    """Why nothing is done with a call."""

    because = TextArea(
        label="Why is nothing to be done?",
        max_length=300,
        help_text="Such as: a test of their system; the police rang and it was reported here. It stands with the call.",
        look=Look(rows=3),
    )
