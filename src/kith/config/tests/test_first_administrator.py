"""The first administrator, and only the first."""

import pytest

from kith.config.first_administrator import add_first_administrator
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from tests.support.cast import NOW

pytestmark = pytest.mark.django_db


def test_a_new_installation_gets_one_who_may_add_the_others() -> None:
    added = add_first_administrator(email="Jo@Council.example", name="Jo Marsh", now=NOW)
    assert added.role == "administrator"
    assert added.email == "jo@council.example"
    assert not added.has_usable_password()


def test_a_second_is_refused() -> None:
    add_first_administrator(email="jo@council.example", name="Jo Marsh", now=NOW)
    with pytest.raises(NotAllowed, match="already"):
        add_first_administrator(email="al@council.example", name="Al Marsh", now=NOW)
    assert not Viewer.objects.filter(email="al@council.example").exists()
