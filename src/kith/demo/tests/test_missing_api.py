"""The demonstration's report by the police's own system: it waits for a person, and is sent once."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from kith.demo import cast
from kith.demo.missing_api import write_sent_report
from kith.demo.staffing import make_staff
from kith.exchange.models import ApiKey, SentReport
from kith.missing.models import Episode

FEEDS = Path(cast.__file__).parent / "feeds"


@pytest.mark.django_db
def test_one_report_waits_for_the_missing_desk() -> None:
    now = timezone.now()
    make_staff(feeds=FEEDS)
    assert [write_sent_report(today=now.date(), now=now) for _ in range(2)] == [1, 0]
    report = SentReport.objects.get()
    assert (report.agency.key, report.account, report.set_aside_because) == ("severnmouth-police", None, "")
    assert report.told["child"]["first_name"] == "Zofia"
    assert not Episode.objects.exists()
    assert ApiKey.objects.count() == 1
