"""How forms are drawn: every Django form, ours or another package's, with GOV.UK fields."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting

from kith.foundations.design_system.forms.drawing import Drawing, drawing_of


class PageBoundField(BoundField):
    """A field of a form, which knows how it is drawn."""

    @property
    def drawing(self) -> Drawing:
        return drawing_of(self)


class PageFormRenderer(TemplatesSetting):
    """`{{ form }}` and `{{ form.name.as_field_group() }}` give whole GOV.UK form groups."""

    form_template_name = "design_system/forms/form.jinja"
    field_template_name = "design_system/forms/field.jinja"
    bound_field_class: Any = PageBoundField
