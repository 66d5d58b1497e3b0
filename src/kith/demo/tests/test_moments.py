"""The demonstration's rota, critical moments and champions: written once, by its own staff."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from kith.demo import cast
from kith.demo.moments import write_moments, write_rota
from kith.demo.staffing import make_staff
from kith.moments.models import Champion, HandoverNote, Moment, Shift, Swap

FEEDS = Path(cast.__file__).parent / "feeds"


@pytest.mark.django_db
def test_written_once() -> None:
    now = timezone.now()
    make_staff(feeds=FEEDS)
    assert (write_rota(now=now), write_rota(now=now)) == (39, 0)
    assert (Shift.objects.count(), Swap.objects.exclude(taken_at=None).count()) == (39, 1)
    assert (write_moments(today=now.date(), now=now), write_moments(today=now.date(), now=now)) == (6, 0)
    states = Moment.objects.order_by("-told_at").values_list("closed_at", "set_aside", "called_back_at")
    said = [
        ("aside" if aside else "closed" if closed else "rung" if rung else "told") for closed, aside, rung in states
    ]
    assert said == ["told", "rung", "closed", "closed", "aside", "closed"]
    assert (Champion.objects.values("agency").distinct().count(), HandoverNote.objects.count()) == (8, 1)
