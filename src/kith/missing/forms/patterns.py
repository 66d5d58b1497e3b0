"""What is asked when somebody sets aside what a rule points out."""

from __future__ import annotations

from django import forms

from kith.foundations.design_system.forms import CharField


class AsideForm(forms.Form):
    """Why it need not be followed."""

    because = CharField(label="Why it is set aside", max_length=300)
