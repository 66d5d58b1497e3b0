"""Which questions of a page must be answered, read from its HTML as a person would: by what it says."""

from __future__ import annotations

from bs4 import BeautifulSoup
from bs4.element import Tag

NOT_ASKED = {"hidden", "submit", "button", "reset", "image"}
TICKED = {"radio", "checkbox"}
OUT_OF_SIGHT = ("govuk-radios__conditional--hidden", "govuk-checkboxes__conditional--hidden", "govuk-visually-hidden")
DATE_PARTS = ("-day", "-month", "-year", "-not-known")


def required_questions(html: str) -> set[str]:
    """The names of the questions of forms that are sent, on show, without an answer, and not said to be optional."""
    page = BeautifulSoup(html, "html.parser")
    asked: dict[str, list[Tag]] = {}
    for control in page.select("form[method=post i] :is(input, select, textarea)"):
        if control.get("name") and str(control.get("type", "")).lower() not in NOT_ASKED and _on_show(control):
            asked.setdefault(_question(control), []).append(control)
    return {name for name, controls in asked.items() if _is_required(controls, page)}


def _question(control: Tag) -> str:
    name = str(control["name"])
    return next((name.removesuffix(part) for part in DATE_PARTS if name.endswith(part)), name)


def _on_show(control: Tag) -> bool:
    return not any(_hides(one, control) for one in [control, *control.parents])


def _hides(around: Tag, control: Tag) -> bool:
    if around.has_attr("hidden") or any(name in OUT_OF_SIGHT for name in around.get("class") or []):
        return True
    if around.name == "details" and not around.has_attr("open"):
        return around.find("summary") is None or control not in around.find("summary").find_all(True)
    return around.get("aria-hidden") == "true"


def _is_required(controls: list[Tag], page: BeautifulSoup) -> bool:
    if any(one.has_attr("required") or one.get("aria-required") == "true" for one in controls):
        return True
    if len(controls) == 1 and str(controls[0].get("type", "")).lower() == "checkbox":
        return False  # leaving it is an answer
    return not any(_answered(one) for one in controls) and "optional" not in _asked_as(controls[0], page).lower()


def _answered(control: Tag) -> bool:
    if control.name == "textarea":
        return bool(control.get_text().strip())
    if control.name == "select":
        chosen = control.select_one("option[selected]") or control.find("option")
        return bool(chosen and chosen.get("value", chosen.get_text()))
    if str(control.get("type", "")).lower() in TICKED:
        return control.has_attr("checked")
    return bool(control.get("value"))


def _asked_as(control: Tag, page: BeautifulSoup) -> str:
    """The legend of the question's group, or else its label."""
    group = control.find_parent("fieldset")
    legend = group.find("legend") if group else None
    if legend and (control.get("type") in TICKED or "govuk-date-input__input" in (control.get("class") or [])):
        return str(legend.get_text(" "))
    label = page.find("label", attrs={"for": control.get("id", "")}) if control.get("id") else None
    return str(label.get_text(" ")) if label else str(control.get("aria-label", ""))
