"""No page title, name of a file, calendar, letter, text message or notice names a child.

Titles stand in a browser's history and on a screen that is shared; letters and messages are read over shoulders.
What letters, messages and notices say is looked at in every test that makes Kith write one (tests/support/letters.py).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from kith.foundations.letters.models import Letter
from kith.foundations.notices.actions import News, tell
from tests.architecture.planted import UNDER_REVIEW, World, every_route, plant
from tests.architecture.test_sweep import ask, body_of, signed_in
from tests.support.cast import Cast, make_circle, make_person

CHILDREN = ("Zephyrine", "Quillfeather", "Thaddea", "Brambleworth", *UNDER_REVIEW)
LOOKERS = ("asha", "carol", "farah", "gwen", "kofi", "quinn", "raj", "pia", "sol")


@pytest.fixture
def world(cast: Cast, settings: Any, tmp_path: Path) -> World:
    settings.DELIVERIES, settings.CUTS = tmp_path, tmp_path / "cuts"
    return plant(cast)


@pytest.mark.django_db
@pytest.mark.parametrize("who", LOOKERS)
def test_no_title_no_file_name_and_no_calendar_names_a_child(cast: Cast, world: World, who: str) -> None:
    client, titles = signed_in(cast, who), 0
    for route in every_route():
        address = route.address(world.numbers)
        response = ask(client, "get", address)
        seen = str(response.headers.get("Content-Disposition", ""))
        if response.headers.get("Content-Type", "").startswith("text/calendar"):
            seen += body_of(response)
        elif "html" in response.headers.get("Content-Type", ""):
            found = re.search(r"<title>(.*?)</title>", body_of(response), re.DOTALL)
            titles += bool(found)
            seen += found.group(1) if found else ""
        assert not [name for name in CHILDREN if name.casefold() in seen.casefold()], (route.name, seen)
    assert titles > 20


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Amara is missing", "Ring Osei’s mother", "AMARA"])
def test_a_message_that_names_somebody_would_be_noticed(cast: Cast, text: str) -> None:
    make_person("Amara Osei")
    news = News(text, "/", "episode:1", "once", urgent=True)
    with pytest.raises(AssertionError, match="names somebody"):
        tell(viewers=[cast.asha], news=news, scope=make_circle(), now=timezone.now())


@pytest.mark.django_db
def test_what_was_planted_wrote_letters(world: World) -> None:
    """So that what is held over every test has had something to look at."""
    assert Letter.objects.exists()
