"""The Jinja environment every page is rendered in."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader


def make_environment(**options: Any) -> Environment:
    """Autoescaping, GOV.UK macros under `govuk_frontend_jinja/`, `static` and `url` as functions."""
    own = options.pop("loader")
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options["undefined"] = ChainableUndefined  # the GOV.UK macros ask for optional values of optional values
    environment = Environment(loader=ChoiceLoader([own, govuk]), **options)
    environment.globals.update(static=static, url=reverse)
    return environment
