"""Kinds and how many are due, the questions, the lot, and what learning may show."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from kith.case_audits.rules.drawing import by_lot
from kith.case_audits.rules.kinds import Lot, every_kind, kinds
from kith.case_audits.rules.kinds import read as read_kinds
from kith.case_audits.rules.learning import shares
from kith.case_audits.rules.questions import form_on
from kith.case_audits.rules.questions import read as read_questions

TODAY = date(2026, 11, 20)


def test_the_annual_reports_numbers_are_due() -> None:
    found = kinds(TODAY)
    assert (found["single"].least, found["single"].most) == (9, 12)
    assert found["multi-agency"].least == 12
    assert found["multi-agency"].is_of_several
    assert found["re-referral"].lot is Lot.AGAIN
    assert found["single"].due_words == "9 to 12 a month (not yet verified)"
    assert not any(one.checked for one in every_kind())
    assert kinds(date(2020, 1, 1)) == {}


def test_a_new_number_leaves_the_old_one() -> None:
    row = "{key: a, title: A, from: %s, least: %d, most: 9, every: month, draw: work, who: w, source: s, checked: no}"
    among = read_kinds(f"[{row % ('2024-04-01', 3)}, {row % ('2026-04-01', 5)}]")
    assert kinds(date(2025, 1, 1), among)["a"].least == 3
    assert kinds(TODAY, among)["a"].least == 5
    with pytest.raises(ValueError, match="No number can be due of: a"):
        read_kinds(f"[{row % ('2024-04-01', 0)}]")


def test_the_questions_are_dated_and_asked_once() -> None:
    asked = form_on(TODAY)
    assert [one.key for one in asked.questions][:3] == ["voice", "relationship", "context"]
    assert form_on(date(2000, 1, 1)) == asked  # the first form there was
    with pytest.raises(ValueError, match="twice"):
        read_questions(
            "[{version: '1', from: 2026-04-01, source: s, checked: no,"
            " questions: [{key: a, title: A, ask: x}, {key: a, title: B, ask: y}]}]"
        )


def test_the_lot_is_the_same_for_its_seed_and_fair() -> None:
    ids = list(range(1, 61))
    drawn = by_lot(ids, "seed", 6)
    assert by_lot(reversed(ids), "seed", 6) == drawn
    assert len(set(drawn)) == 6
    counted = Counter(pk for number in range(600) for pk in by_lot(ids, f"seed-{number}", 6))
    assert set(counted) == set(ids)
    assert 30 < min(counted.values()) <= max(counted.values()) < 95  # 60 on average


def test_small_numbers_of_judgements_are_not_shown() -> None:
    few = [(date(2026, 5, 1), {"voice": "strong"})] * 3
    told = shares(few, "voice", TODAY)
    assert all(one.share is None for one in told)
    assert any(one.hidden for one in told)


def test_the_share_of_a_quarter_that_is_over() -> None:
    many = [(date(2026, month, 1), {"voice": word}) for month in (4, 5, 6) for word in ["strong", "improve"] * 6]
    later = [(date(2026, 11, 1), {"voice": "strong"})] * 30  # of a quarter that is not over
    told = [one for one in shares([*many, *later], "voice", TODAY) if one.share is not None]
    assert [(str(one.quarter), one.count, float(one.share or 0)) for one in told] == [("April to June 2026", 36, 50.0)]
