"""The demonstration's reports and problem profile: written once from the cut, signed, in words that hold no number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from kith.demo import cast
from kith.demo.insight_papers import STORY, write_reports
from kith.demo.staffing import make_staff
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.insight.models import Report, ReportSigned
from kith.subjects.wording import remarks
from tests.support.small_cut import keep_cut

FEEDS = Path(cast.__file__).parent / "feeds"


@pytest.fixture
def uma(db: None, settings: Any, tmp_path: Path) -> Viewer:
    settings.CUTS = tmp_path / "cuts"
    make_staff(feeds=FEEDS)
    return Viewer.objects.get(email=cast.UMA.email)


def test_written_once_and_two_of_three_signed(uma: Viewer) -> None:
    assert write_reports(now=timezone.now()) == 0  # there is no cut to write from
    with viewing_as(uma):
        keep_cut(uma)
    assert [write_reports(now=timezone.now()) for _ in range(2)] == [3, 0]
    signed = set(ReportSigned.objects.values_list("report__kind", flat=True))
    assert signed == {"annual", "problem-profile"}
    assert Report.objects.get(kind="problem-profile").called == "Lantern Arcade"
    assert Report.objects.get(kind="delivery-plan").steps.count() == 4


def test_whoever_holds_to_account_reads_what_is_signed_and_no_draft(uma: Viewer) -> None:
    with viewing_as(uma):
        keep_cut(uma)
    write_reports(now=timezone.now())
    with viewing_as(Viewer.objects.get(email=cast.VERA.email)):
        assert set(Report.objects.values_list("kind", flat=True)) == {"annual", "problem-profile"}
    with viewing_as(Viewer.objects.get(email=cast.DEV.email)):
        assert not Report.objects.exists()


def test_words_put_no_harm_on_children_and_hold_no_number() -> None:
    text = STORY.read_text(encoding="utf-8")
    words = " ".join(line for line in text.splitlines() if "due_in" not in line)
    assert not list(remarks(words))
    assert not [letter for letter in words if letter.isdigit()]
