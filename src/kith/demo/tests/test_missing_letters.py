"""The demonstration's two letters of the police: read whole, waiting for a person, and taken in once."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings as configured
from django.utils import timezone

from kith.demo import cast
from kith.demo.missing_letters import HOST, write_missing_letters
from kith.demo.staffing import make_staff
from kith.front_door.models import MissingLetter
from kith.missing.models import Episode
from kith.missing.rules.mail import read_missing

FEEDS = Path(cast.__file__).parent / "feeds"


@pytest.mark.django_db
def test_two_letters_wait_for_a_person(settings: object) -> None:
    settings.KITH_MAIL_TRUSTED = [HOST]  # type: ignore[attr-defined]
    assert configured.KITH_MAIL_TRUSTED == [HOST]
    now = timezone.now()
    make_staff(feeds=FEEDS)
    assert [write_missing_letters(today=now.date(), now=now) for _ in range(2)] == [2, 0]
    letters = list(MissingLetter.objects.order_by("pk"))
    assert [(one.tells, one.known, one.outcome) for one in letters] == [("report", True, ""), ("return", True, "")]
    new, back = (read_missing(one.words, one.came_at) for one in letters)
    assert (new.number, new.grade, new.name) == ("MP/114101", "medium", "Jamal " + new.name.split(" ", 1)[1])
    assert new.gone
    assert new.born
    assert back.back
    assert not [line for one in (new, back) for line in one.lines if line.problem]
    assert not Episode.objects.exists()
