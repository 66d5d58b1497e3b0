"""A public place's own page tells its week, from the newest cut, to whoever sees figures; never of a home."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from kith.insight.models import Pseudonym
from kith.subjects.models import Subject
from tests.support.cast import Cast, let_in, make_cast, make_person, make_place
from tests.support.places_cut import ALONE, QUAY, code_of, keep_places_cut

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.CUTS = tmp_path / "cuts"
    cast = make_cast()
    keep_places_cut(cast.uma)
    return cast


def known_as(subject: Subject, code: str) -> Subject:
    Pseudonym.objects.create(subject=subject, code=code)
    return subject


def opened(client: Client, cast: Cast, subject: Subject) -> BeautifulSoup:
    let_in(subject, cast.asha)
    client.force_login(cast.asha)
    answer = client.get(f"/records/{subject.pk}/")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def test_the_week_with_its_sentence_and_the_way_to_what_changed(cast: Cast, client: Client) -> None:
    quay = known_as(make_place("Quay 4 place 4"), code_of(*QUAY))
    page = opened(client, cast, quay)
    assert "between 3 and 4 pm on weekdays: about " in page.get_text()
    assert "Of everything that agencies told of here from" in page.get_text()
    cells = page.find("caption", string="When in the week").find_parent("table").tbody.find_all("td")
    assert all(cell.text == "not shown: small number" or int(cell.text) % 5 == 0 for cell in cells)
    way = page.find("a", string="What was done here, and what changed")["href"]
    assert way == f"/insight/places/{code_of(*QUAY)}/change"
    change = client.get(way)
    assert change.status_code == 200
    assert "Quay 4 place 4: before and after work there" in change.content.decode()


def test_of_a_place_of_which_too_little_is_told_nothing_is_said(cast: Cast, client: Client) -> None:
    page = opened(client, cast, known_as(make_place("Row 8 place 8"), code_of(*ALONE)))
    assert "When in the week" not in page.get_text()


@pytest.mark.parametrize("kind", ["home", "childrens-home"])
def test_a_home_has_no_week_whatever_the_cut_calls_it(cast: Cast, client: Client, kind: str) -> None:
    page = opened(client, cast, known_as(make_place("A home", headline=False, kind=kind), code_of(*QUAY)))
    assert "When in the week" not in page.get_text()


def test_a_child_has_none_and_the_code_of_a_child_is_not_asked_for(cast: Cast, client: Client) -> None:
    page = opened(client, cast, known_as(make_person(), code_of(*QUAY)))
    assert "When in the week" not in page.get_text()


def test_without_a_cut_the_page_stands(cast: Cast, client: Client, settings: Any, tmp_path: Path) -> None:
    page = opened(client, cast, make_place("A new place"))
    assert "When in the week" not in page.get_text()
