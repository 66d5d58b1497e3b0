"""What stands in a picture of a network on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kith.insight.rules import networks as rules
from kith.subjects.rules import Standing, Strength

TODAY = date(2026, 11, 3)


def piece(kind: str = "friend-of", days: int = 10, **more: object) -> rules.Piece:
    said = {"text": "They said so", "grade": "told", "source": "school", "told_by": "School", "recorded_on": TODAY,
            "last_seen": TODAY - timedelta(days=days), "outward": True} | more  # fmt: skip
    return rules.Piece(kind=kind, **said)  # type: ignore[arg-type]


def link(first: int, second: int, *pieces: rules.Piece) -> rules.Link:
    return rules.Link(first, second, pieces or (piece(),))


def test_no_link_without_evidence() -> None:
    with pytest.raises(ValueError, match="No evidence, no link"):
        rules.Link(1, 2, ())
    assert all(one.pieces for one in rules.drawn_on([link(1, 2), link(2, 3, piece(days=900))], TODAY))


def test_what_is_joined_to_the_beginning_only_by_a_link_that_fell_away_falls_away_too() -> None:
    old, chain = link(1, 9, piece(days=900)), [link(1, 2), link(2, 3), link(3, 4), link(9, 8)]
    standing = rules.drawn_on([old, *chain], TODAY)
    assert [one.link.ends for one in rules.within_reach(standing, [1])] == [(1, 2), (2, 3)]
    assert [one.link.ends for one in rules.within_reach(standing, [1], steps=1)] == [(1, 2)]
    earlier = rules.drawn_on([link(1, 9, piece(days=900)), link(9, 8, piece(days=890))], TODAY - timedelta(days=880))
    assert [one.link.ends for one in rules.within_reach(earlier, [1])] == [(1, 9), (9, 8)]


def test_a_link_fades_and_drops_out_and_expires() -> None:
    ages = {days: rules.drawn_on([link(1, 2, piece(days=days))], TODAY) for days in (10, 200, 366)}
    assert ages[10][0].standing is Standing.CURRENT
    assert ages[200][0].standing is Standing.FADING
    assert ages[366] == []
    assert rules.drawn_on([link(1, 2, piece(expires_on=TODAY))], TODAY) == []
    assert rules.drawn_on([link(1, 2, piece("parent-of", days=6000))], TODAY)[0].drops_out_on is None


def test_the_pieces_that_count_are_those_that_stand() -> None:
    old, new = piece(days=800, source="police", told_by="Police"), piece(days=5)
    [drawn] = rules.drawn_on([link(1, 2, old, new)], TODAY)
    assert drawn.pieces == (new,)
    assert (drawn.single_source, drawn.strength) == (True, Strength.ONE)
    [both] = rules.drawn_on([link(1, 2, new, piece(source="police"))], TODAY)
    assert (both.single_source, both.strength, both.weight) == (False, Strength.SEVERAL, 2)
    [thin] = rules.drawn_on([link(1, 2, piece(grade="suspected"), piece(grade="reported", source="x"))], TODAY)
    assert (thin.strength, thin.weight) == (Strength.SUSPECTED, 1)


def test_on_an_earlier_day_later_evidence_is_not_there() -> None:
    links = [link(1, 2, piece(days=100)), link(1, 3, piece(days=10))]
    assert [one.link.ends for one in rules.drawn_on(links, TODAY - timedelta(days=50))] == [(1, 2)]
    window = rules.Window(since=TODAY - timedelta(days=30))
    assert [one.link.ends for one in rules.drawn_on(links, TODAY, window)] == [(1, 3)]
    family = [link(1, 4, piece("parent-of", days=4000))]
    assert len(rules.drawn_on(family, TODAY, window)) == 1
    assert rules.drawn_on(links, TODAY, rules.Window(upto=TODAY - timedelta(days=200))) == []


def test_with_a_young_person_only_their_own_and_nobody_of_concern() -> None:
    mine = link(1, 2, piece(), piece("exploited-by"))
    links = [mine, link(1, 3, piece("contacted-by")), link(2, 4), link(1, 5, piece(grade="suspected"))]
    kept = rules.for_looking_together(links, 1)
    assert [one.ends for one in kept] == [(1, 2)]
    assert [one.kind for one in kept[0].pieces] == ["friend-of"]


def test_what_connects_children_is_a_list_with_its_links() -> None:
    drawn = rules.drawn_on([link(1, 9, piece("seen-at")), link(2, 9, piece("seen-at")), link(1, 8), link(1, 2)], TODAY)
    [found] = rules.connecting(drawn, {1, 2, 3})
    assert (found.through, found.children) == (9, (1, 2))
    assert [one.link.ends for one in found.links] == [(1, 9), (2, 9)]


def test_two_days_compared() -> None:
    links = [
        link(1, 2, piece(days=250)),
        link(1, 3, piece(days=10)),
        link(1, 4, piece(days=500)),
        link(1, 5, piece("sibling")),
    ]
    then = TODAY - timedelta(days=200)
    links[3] = link(1, 5, piece("sibling", days=3000))
    change = rules.compare(rules.drawn_on(links, then), rules.drawn_on(links, TODAY))
    assert [one.link.ends for one in change.appeared] == [(1, 3)]
    assert [one.link.ends for one in change.gone] == [(1, 4)]
    assert [one.link.ends for one in change.faded] == [(1, 2)]
    assert change.same == 1


def test_no_more_than_can_be_read_and_it_is_said() -> None:
    many = rules.drawn_on([link(1, other, piece(days=other % 90)) for other in range(2, 800)], TODAY)
    kept, left_out = rules.readable(many, {1})
    assert len(kept) == rules.MOST_NODES - 1
    assert left_out == 798 - len(kept)
    said = " ".join(rules.likely_missing(kept, 3, left_out, {"Police": 9, "School": 1}))
    assert "nobody wrote down" in said
    assert f"more cannot be read in one picture: {left_out}." in said
    assert "not open to you: 3." in said
    assert "Most of the evidence comes from Police" in said
