"""National returns that nobody here made, with a true account of each."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from kith.chronology.models import Entry
from kith.linkage.feeds.catalogue import STANDARD, read_catalogue
from kith.linkage.loading import loader
from kith.linkage.loading.tests.loading import NOW, counts, nothing_follows, settle_each_alone
from kith.linkage.models import SourceRecord

HERE = Path(__file__).resolve().parents[5]
SHARED = Path(os.environ.get("KITH_SHARED_DATA", HERE.parent / "shared" / "data"))
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the public data folder (KITH_SHARED_DATA) is not here"),
]


@pytest.fixture
def load_returns(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.DELIVERIES = tmp_path / "deliveries"
    settings.FEEDS = []
    monkeypatch.setattr(loader, "settle", settle_each_alone)
    monkeypatch.setattr(loader, "make_findable", nothing_follows)
    monkeypatch.setattr(loader, "tell_whom_to_ring", nothing_follows)
    known = read_catalogue([STANDARD])
    return lambda *paths: loader.load_paths([SHARED / path for path in paths], catalogue=known, now=NOW)


def by_feed(account: Any) -> dict[str, Any]:
    return {line.feed: line for line in account.lines if line.outcome == "loaded"}


def test_a_children_in_need_census(load_returns: Any) -> None:
    lines = by_feed(load_returns("cin_census_xml/fake_CIN_data.xml"))
    assert (lines["cin-census-children"].rows, lines["cin-census-children"].loaded) == (332, 332)
    assert lines["cin-census-children"].set_aside == 320  # pupil numbers whose check letter cannot be
    assert (lines["cin-census-referrals"].rows, lines["cin-census-referrals"].rejected) == (402, 2)


def test_every_part_of_a_census_of_2026(load_returns: Any) -> None:
    account = load_returns("cin_census_xml/CIN_Census_2026.xml")
    assert {line.feed.removeprefix("cin-census-") for line in account.lines} == {
        "children", "referrals", "assessments", "section-47", "plans", "protection-plans", "protection-reviews",
        "pre-proceedings",
    }  # fmt: skip
    found = {entry.kind: entry for entry in Entry.objects.all()}
    assert found["child-protection-plan"].details["first reason"] == "physical abuse"
    assert found["child-protection-review"].on.isoformat() == "2023-02-15"
    assert by_feed(account)["cin-census-assessments"].rejected == 1  # it starts in 2028
    assert SourceRecord.objects.get(feed="cin-census-children", row=1).facts["disability"] == "use of hands, hearing"


def test_a_return_of_children_looked_after(load_returns: Any) -> None:
    account = load_returns("ssda903")
    lines = by_feed(account)
    assert {name: (line.rows, line.rejected) for name, line in lines.items() if "xml" not in name} == {
        "ssda903-ad1": (29, 0), "ssda903-deprivation-of-liberty": (1, 0), "ssda903-episodes": (5050, 0),
        "ssda903-header": (2675, 0), "ssda903-missing": (43, 0), "ssda903-oc2": (2675, 0), "ssda903-oc3": (53, 0),
        "ssda903-placed-for-adoption": (29, 0), "ssda903-previous-permanence": (2675, 0),
        "ssda903-reviews": (12582, 68), "ssda903-social-workers": (1, 0), "ssda903-uasc": (132, 0),
    }  # fmt: skip
    told = {line.file: line.words for line in account.lines if line.outcome == "unknown"}
    assert set(told) == {"903_2024_25_rule_info.csv", "README.md"}
    assert told["903_2024_25_rule_info.csv"].startswith("No feed is defined")
    assert not account.failed


def test_an_annex_a_workbook_and_a_school_census(load_returns: Any) -> None:
    account = load_returns("annex_a", "school_census")
    lines = by_feed(account)
    assert len([name for name in lines if name.startswith("annex-a-")]) == 11
    assert lines["annex-a-adoption"].set_aside == 21  # formulas, not values
    assert (lines["school-census-exclusions"].rows, lines["school-census-exclusions"].rejected) == (10373, 0)
    assert lines["school-census-needs"].rows == 16954
    before = counts()
    again = load_returns("annex_a", "school_census")
    assert {line.outcome for line in again.lines} == {"nothing new", "unknown"}
    assert counts() == before
