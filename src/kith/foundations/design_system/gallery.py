"""The gallery: every component with its examples, and every kind of question."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from django import forms
from django.template import engines
from django.template.backends.jinja2 import Jinja2

from kith.foundations.charts.examples import examples
from kith.foundations.charts.sparkline import Sparkline
from kith.foundations.design_system import forms as questions

EXAMPLES = Path(__file__).parent / "examples"


@dataclass(frozen=True)
class Example:
    """One example of a component, drawn."""

    title: str
    html: Any  # markup that Jinja marked safe when it drew the macro


@dataclass(frozen=True)
class Component:
    """A component and its examples. `name` is its macro's and its file's."""

    name: str
    title: str
    examples: list[Example]


class Questions(forms.Form):
    """One of each kind of question."""

    called = questions.CharField(
        label="What do they like to be called?", help_text="Their own choice", look=questions.Look(width=20)
    )
    nhs = questions.CharField(label="NHS number", required=False, look=questions.Look(width=10))
    happened = questions.TextArea(label="What happened?", help_text="In the words you were told", max_length=500)
    day = questions.Date(label="The day", help_text="For example 3 11 2026", look=questions.Look(not_known=True))
    time = questions.Time(label="The time", help_text="For example 4:10 pm", required=False)
    how = questions.Choice(
        label="How do you know?",
        choices=[("saw", "I saw it"), ("told", "A child told me"), ("other", "Another way")],
        look=questions.Look(
            not_known=True, reveals={"other": "which_way"}, hints={"told": "You will be asked for their own words"}
        ),
    )
    which_way = questions.CharField(label="Which way?", required=False)
    agency = questions.Choice(label="Agency", choices=[("police", "Police"), ("school", "School")], as_select=True)
    about = questions.MultipleChoice(
        label="What is it about?", choices=[("place", "A place"), ("online", "Something online")], required=False
    )
    safe = questions.YesNo(label="Are they safe now?", look=questions.Look(not_known=True))
    file = questions.File(label="A file", endings=[".csv", ".xlsx"], required=False)
    told = forms.BooleanField(label="They know that I am writing this", required=False)


def components() -> list[Component]:
    """Every component that has examples, by name."""
    found = [_component(path) for path in EXAMPLES.glob("*.json")]
    return sorted([*found, _charts()], key=lambda one: one.name)


def _component(path: Path) -> Component:
    given = json.loads(path.read_text(encoding="utf-8"))
    drawn = [Example(one["title"], draw(path.stem, one["params"])) for one in given]
    return Component(path.stem, path.stem.replace("_", " ").capitalize(), drawn)


def _charts() -> Component:
    """Pictures are objects, so their examples are too."""
    drawn = []
    for picture in examples():
        html = (
            macros("chart").sparkline(picture) if isinstance(picture, Sparkline) else macros("chart").chart(picture, 4)
        )
        drawn.append(Example(type(picture).__name__, html))
    return Component("chart", "Chart", drawn)


def draw(name: str, params: dict[str, Any]) -> Any:
    """The macro `name` of the component file of that name, called with `params`."""
    return getattr(macros(name), name)(params)


def macros(name: str) -> Any:
    """The macros of a component's file."""
    environment = cast(Jinja2, engines["jinja2"]).env
    return environment.get_template(f"design_system/components/{name}.jinja").module
