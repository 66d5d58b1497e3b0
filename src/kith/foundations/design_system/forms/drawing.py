"""Which GOV.UK macro draws a field, and with what. Works for Django's own fields and other packages' too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.urls import reverse

from kith.foundations.design_system.forms.fields import look_of, reveals_of
from kith.foundations.design_system.forms.look import Look
from kith.foundations.design_system.forms.not_known import NOT_KNOWN, NOT_KNOWN_WORDS
from kith.foundations.design_system.forms.widgets import DateBoxes, TypedDate

WIDTHS = (2, 3, 4, 5, 10, 20, 30)
KEPT_ATTRIBUTES = ("autocapitalize", "inputmode", "min", "max", "step", "pattern", "maxlength", "accept")


@dataclass(frozen=True)
class Drawing:
    """The name of a macro and the parameters it is called with."""

    macro: str
    params: dict[str, Any]


def drawing_of(bound: BoundField) -> Drawing:
    """How this field is drawn, with what was typed, its hint and its error."""
    for kinds, draw in _BY_WIDGET:
        if isinstance(bound.field.widget, kinds):
            return draw(bound, look_of(bound.field))
    return _input(bound, look_of(bound.field))


def error_links(form: forms.BaseForm) -> list[dict[str, str]]:
    """Every error of the form as the summary's text and the address of the first box it is about."""
    links = []
    first = next((f"#{_id(bound)}{_first_box(bound)}" for bound in form.visible_fields()), "#main-content")
    for error in form.non_field_errors():
        links.append({"text": str(error), "href": first})
    for bound in form.visible_fields():
        links += [{"text": str(error), "href": f"#{_id(bound)}{_first_box(bound)}"} for error in bound.errors]
    return links


def _id(bound: BoundField) -> str:
    return str(bound.auto_id or f"id_{bound.html_name}")


def _first_box(bound: BoundField) -> str:
    if not isinstance(bound.field.widget, DateBoxes):
        return ""
    return f"-{(_wrong_boxes(bound) or ['day'])[0]}"


def _wrong_boxes(bound: BoundField) -> list[str]:
    """Which of a date's boxes are to be put right: the named ones, or all."""
    codes = [error.code or "" for error in bound.errors.as_data()] if bound.errors else []
    named = [part for code in codes for part in code.split("-") if part in {"day", "month", "year"}]
    return named or (["day", "month", "year"] if codes else [])


def _shared(bound: BoundField, look: Look) -> dict[str, Any]:
    """What every kind of field has: hint and error."""
    shared: dict[str, Any] = {}
    if bound.help_text:
        shared["hint"] = {"text": str(bound.help_text)}
    if bound.errors:
        shared["errorMessage"] = {"text": " ".join(str(error) for error in bound.errors)}
    return shared


def _label_text(bound: BoundField) -> str:
    """A form that `narrows` a list asks nothing of anybody, so it does not say "optional" at every question; nor does a
    question that is asked because of another's answer.
    """
    required = bound.field.required or isinstance(bound.field.widget, forms.CheckboxInput)
    required = required or getattr(bound.form, "narrows", False) or bound.name in reveals_of(bound.form.fields)
    optional = "" if required or "optional" in str(bound.label).lower() else " (optional)"
    return f"{bound.label}{optional}"


def _label(bound: BoundField, look: Look) -> dict[str, Any]:
    size = f"govuk-label--{look.size}" if look.size else ""
    return {"text": _label_text(bound), "classes": size, "isPageHeading": look.heading}


def _legend(bound: BoundField, look: Look) -> dict[str, Any]:
    size = f"govuk-fieldset__legend--{look.size}" if look.size else ""
    return {"legend": {"text": _label_text(bound), "classes": size, "isPageHeading": look.heading}}


def _attributes(bound: BoundField) -> dict[str, Any]:
    given = {**bound.field.widget.attrs, **bound.build_widget_attrs({}, bound.field.widget)}
    return {name: value for name, value in given.items() if name in KEPT_ATTRIBUTES and value is not None}


def _input(bound: BoundField, look: Look) -> Drawing:
    widget = bound.field.widget
    value = bound.value()
    params = _shared(bound, look) | {
        "id": _id(bound),
        "name": bound.html_name,
        "label": _label(bound, look),
        "value": "" if value is None else str(value),
        "type": getattr(widget, "input_type", "text") or "text",
        "classes": _width(look.width or _digits(bound)),
        "attributes": _attributes(bound),
    }
    for name in ("autocomplete", "spellcheck"):
        if name in widget.attrs:
            params[name] = widget.attrs[name]
    if look.prefix:
        params["prefix"] = {"text": look.prefix}
    if look.suffix:
        params["suffix"] = {"text": look.suffix}
    return Drawing("input", params)


def _digits(bound: BoundField) -> int:
    """How many characters the greatest number takes that a box for a number accepts, and its arrows; 0 for others."""
    most = getattr(bound.field, "max_value", None)
    return len(str(most)) + 2 if isinstance(most, int) else 0


def _width(characters: int) -> str:
    """The class of the narrowest box that holds so many characters; none for the full width."""
    fitting = [width for width in WIDTHS if width >= characters]
    return f"govuk-input--width-{fitting[0]}" if characters and fitting else ""


def _password(bound: BoundField, look: Look) -> Drawing:
    params = dict(_input(bound, look).params)
    params.pop("type")
    params["value"] = ""  # never sent back to the page
    return Drawing("password", params)


def _textarea(bound: BoundField, look: Look) -> Drawing:
    longest = getattr(bound.field, "max_length", None)
    params = _shared(bound, look) | {
        "id": _id(bound),
        "name": bound.html_name,
        "label": _label(bound, look),
        "value": str(bound.value() or ""),
        "rows": look.rows,
    }
    params |= _second_look(bound, look)
    if longest:
        return Drawing("character-count", params | {"maxlength": longest})
    return Drawing("textarea", params)


def _second_look(bound: BoundField, look: Look) -> dict[str, Any]:
    """Remarks on what has been typed, and where to ask for them while somebody types on."""
    if not look.second_look:
        return {}
    spot = f"{_id(bound)}-remarks"
    asking = {
        "hx-post": f"{reverse(look.second_look.at)}?of={bound.html_name}",
        "hx-trigger": "change, keyup changed delay:1500ms",
        "hx-target": f"#{spot}",
        "hx-params": f"{bound.html_name},csrfmiddlewaretoken",
    }
    typed = str(bound.value() or "") if bound.form.is_bound else ""
    return {"attributes": asking, "remarks": {"spot": spot, "on": _id(bound), "made": look.second_look.remarks(typed)}}


def _options(bound: BoundField) -> list[tuple[str, str]]:
    """Value and words of each choice; groups are opened out, and an unanswered empty choice is left out."""
    pairs: list[tuple[str, str]] = []
    for value, words in getattr(bound.field, "choices", getattr(bound.field.widget, "choices", [])):
        inside = words if isinstance(words, list | tuple) else [(value, words)]
        pairs += [(str(one), str(text)) for one, text in inside]
    return pairs


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    if isinstance(value, list | tuple | set):
        return {str(one) for one in value}
    return set() if value in (None, "") else {str(value)}


def _items(bound: BoundField, look: Look) -> list[dict[str, Any]]:
    chosen = _chosen(bound)
    items: list[dict[str, Any]] = []
    for value, words in _options(bound):
        if value == "":
            continue
        if look.not_known and value == NOT_KNOWN and not look.inline:
            items.append({"divider": "or"})
        item: dict[str, Any] = {"value": value, "text": words, "checked": value in chosen}
        if value in look.hints:
            item["hint"] = {"text": look.hints[value]}
        if value in look.reveals:
            item["conditional"] = {"html": bound.form[look.reveals[value]].as_field_group()}
        items.append(item)
    return items


def _choices(macro: str) -> Callable[[BoundField, Look], Drawing]:
    def draw(bound: BoundField, look: Look) -> Drawing:
        small = f"govuk-{macro}--small"
        inline = f" govuk-{macro}--inline" if look.inline else ""
        params = _shared(bound, look) | {
            "idPrefix": _id(bound),
            "name": bound.html_name,
            "fieldset": _legend(bound, look),
            "items": _items(bound, look),
            "classes": small + inline,
        }
        return Drawing(macro, params)

    return draw


def _tick(bound: BoundField, look: Look) -> Drawing:
    """One tick box: its label is the statement."""
    item = {"value": "on", "text": str(bound.label), "checked": bool(bound.value())}
    if bound.help_text:
        item["hint"] = {"text": str(bound.help_text)}
    error = {key: value for key, value in _shared(bound, look).items() if key == "errorMessage"}
    params = error | {"idPrefix": _id(bound), "name": bound.html_name, "items": [item]}
    return Drawing("checkboxes", params | {"classes": "govuk-checkboxes--small"})


def _select(bound: BoundField, look: Look) -> Drawing:
    chosen = _chosen(bound) or {""}
    items = [{"value": value, "text": words, "selected": value in chosen} for value, words in _options(bound)]
    params = {"id": _id(bound), "name": bound.html_name, "label": _label(bound, look), "items": items}
    return Drawing("select", _shared(bound, look) | params)


def _date(bound: BoundField, look: Look) -> Drawing:
    typed, wrong = TypedDate.showing(bound.value()), _wrong_boxes(bound)
    items = [
        {
            "id": f"{_id(bound)}-{part}",
            "name": part,
            "label": part.title(),
            "value": getattr(typed, part),
            "classes": f"govuk-input--width-{width}" + (" govuk-input--error" if part in wrong else ""),
        }
        for part, width in (("day", 2), ("month", 2), ("year", 4))
    ]
    params = _shared(bound, look) | {
        "id": _id(bound),
        "namePrefix": bound.html_name,
        "fieldset": _legend(bound, look),
        "items": items,
    }
    if look.not_known:
        params["notKnown"] = {
            "idPrefix": f"{_id(bound)}-not-known",
            "name": f"{bound.html_name}-not-known",
            "items": [{"value": "yes", "text": NOT_KNOWN_WORDS, "checked": typed.not_known}],
            "classes": "govuk-checkboxes--small",
        }
    return Drawing("date", params)


def _file(bound: BoundField, look: Look) -> Drawing:
    attributes = _attributes(bound)
    if endings := getattr(bound.field, "endings", ()):
        attributes["accept"] = ",".join(endings)
    params = {
        "id": _id(bound),
        "name": bound.html_name,
        "label": _label(bound, look),
        "attributes": attributes,
    }
    return Drawing("file", _shared(bound, look) | params)


def _hidden(bound: BoundField, look: Look) -> Drawing:
    return Drawing("hidden", {"name": bound.html_name, "id": _id(bound), "value": bound.value()})


_BY_WIDGET: list[tuple[Any, Callable[[BoundField, Look], Drawing]]] = [
    (forms.HiddenInput, _hidden),
    (DateBoxes, _date),
    (forms.PasswordInput, _password),
    (forms.Textarea, _textarea),
    (forms.CheckboxSelectMultiple, _choices("checkboxes")),
    (forms.RadioSelect, _choices("radios")),
    (forms.CheckboxInput, _tick),
    (forms.Select, _select),
    (forms.FileInput, _file),
]
