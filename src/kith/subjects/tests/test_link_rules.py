"""A link is what its evidence adds up to; it fades and drops out by its kind."""

from datetime import date, timedelta

import pytest

from kith.subjects.rules import (
    Evidence,
    Standing,
    Strength,
    drops_out_on,
    evidence_standing,
    sum_up_link,
)

SEEN = date(2026, 1, 1)


def seen(source: str = "police-intelligence", grade: str = "seen", **dates: date | None) -> Evidence:
    return Evidence(source=source, grade=grade, recorded_on=SEEN, **{"last_seen": SEEN, **dates})


@pytest.mark.parametrize(
    ("days", "standing"),
    [
        (0, Standing.CURRENT),
        (181, Standing.CURRENT),
        (182, Standing.FADING),
        (364, Standing.FADING),
        (365, Standing.DROPPED),
    ],
)
def test_being_seen_together_fades_in_half_a_year_and_drops_out_after_a_year(days: int, standing: Standing) -> None:
    assert evidence_standing("seen-with", seen(), SEEN + timedelta(days=days)) == standing


def test_family_does_not_fade() -> None:
    assert drops_out_on("parent-of", seen()) is None
    assert evidence_standing("parent-of", seen(), date(2050, 1, 1)) == Standing.CURRENT


def test_an_expiry_given_with_the_evidence_wins_even_for_family() -> None:
    assert evidence_standing("parent-of", seen(expires_on=date(2026, 2, 1)), date(2026, 2, 1)) == Standing.DROPPED


def test_with_no_day_given_it_counts_from_the_day_it_was_recorded() -> None:
    assert seen(last_seen=None).as_of == SEEN


def test_being_seen_again_brings_a_link_back() -> None:
    old = seen(last_seen=SEEN - timedelta(days=500))
    link = sum_up_link("seen-with", [old, seen()], SEEN)
    assert link.standing == Standing.CURRENT
    assert link.first_seen == SEEN - timedelta(days=500)
    assert link.last_seen == SEEN


def test_two_sources_agree_and_one_source_twice_does_not() -> None:
    assert sum_up_link("friend-of", [seen("school"), seen("police")], SEEN).strength == Strength.SEVERAL
    assert sum_up_link("friend-of", [seen("school"), seen("school")], SEEN).strength == Strength.ONE


def test_suspicion_alone_stays_a_suspicion_however_often_it_is_repeated() -> None:
    pieces = [seen("police", "suspected"), seen("school", "reported")]
    assert sum_up_link("associate-of", pieces, SEEN).strength == Strength.SUSPECTED


def test_evidence_that_has_dropped_out_lends_no_strength() -> None:
    old = seen("school", last_seen=SEEN - timedelta(days=400))
    assert sum_up_link("friend-of", [old, seen("police", "suspected")], SEEN).strength == Strength.SUSPECTED


def test_a_link_drops_out_when_its_last_evidence_does() -> None:
    pieces = [seen("a", last_seen=SEEN - timedelta(days=30)), seen("b")]
    assert sum_up_link("friend-of", pieces, SEEN).drops_out_on == SEEN + timedelta(days=365)


def test_no_evidence_no_link() -> None:
    with pytest.raises(ValueError, match="at least one piece"):
        sum_up_link("friend-of", [], SEEN)
