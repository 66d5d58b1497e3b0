"""The Jinja environment every page is rendered in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.messages import get_messages
from django.forms import BaseForm
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader, pass_context
from jinja2.runtime import Context

from kith.foundations.charts import told
from kith.foundations.design_system import words
from kith.foundations.design_system.forms.drawing import error_links
from kith.foundations.design_system.forms.fields import reveals_of
from kith.foundations.design_system.views import theme_address
from kith.foundations.papers.page import fragment

FILTERS = {
    "age": words.age,
    "clock_time": words.clock_time,
    "day": words.day,
    "day_and_time": words.day_and_time,
    "figure": told,
    "initials": words.initials,
    "line_day": words.line_day,
    "month": words.month,
    "sentence": words.sentence,
    "paper_parts": fragment,
    "short_day": words.short_day,
}


def make_environment(**options: Any) -> Environment:
    """Autoescaping, GOV.UK macros under `govuk_frontend_jinja/`, our words as filters and functions."""
    own = options.pop("loader")
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options["undefined"] = ChainableUndefined  # the GOV.UK macros ask for optional values of optional values
    options.setdefault("trim_blocks", True)
    environment = Environment(loader=ChoiceLoader([own, govuk]), **options)  # noqa: S701 (Django sets autoescape)
    environment.filters.update(FILTERS)
    environment.globals.update(
        static=static,
        url=reverse,
        now=timezone.now,
        ago=words.ago,
        clock=words.clock,
        count=words.count,
        length_of=words.length,
        moment=words.moment,
        query=query,
        theme_address=theme_address,
        error_links=error_links,
        revealed_fields=revealed_fields,
        get_messages=messages_of_request,
    )
    return environment


def query(**given: Any) -> str:
    """Such as "?month=2026-11&sort=name", leaving out what is None or empty."""
    kept = [(name, value) for name, value in given.items() if value not in (None, "", [], ())]
    return "?" + urlencode(kept, doseq=True) if kept else "?"


def revealed_fields(form: BaseForm) -> frozenset[str]:
    """Names of the fields drawn inside another's choice."""
    return reveals_of(form.fields)


@pass_context
def messages_of_request(context: Context) -> list[Any]:
    """What actions have told the person, said once; nothing where there is no request."""
    request = context.get("request")
    return list(get_messages(request)) if request is not None else []
