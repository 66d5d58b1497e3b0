"""A record stays the same record whatever the linking finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kith.linkage.rules.keeping import Vote, keep_subjects

VOTES = st.lists(
    st.builds(Vote, st.integers(1, 6), st.integers(10, 16), st.integers(1, 4), st.integers(100, 120)),
    max_size=20,
)


def test_most_references_win_then_the_oldest() -> None:
    assert keep_subjects([Vote(1, 10, 3, 105), Vote(1, 11, 2, 100)]) == {1: 10}
    assert keep_subjects([Vote(1, 10, 2, 105), Vote(1, 11, 2, 100)]) == {1: 11}


def test_a_cluster_left_without_takes_its_second_choice() -> None:
    assert keep_subjects([Vote(1, 10, 3, 100), Vote(2, 10, 2, 101), Vote(2, 11, 1, 102)]) == {1: 10, 2: 11}


def test_a_parted_cluster_takes_back_what_it_had_before_it_was_joined() -> None:
    assert keep_subjects([Vote(1, 10, 2, 100), Vote(2, 10, 1, 101)], [Vote(2, 11, 1, 101)]) == {1: 10, 2: 11}


@given(VOTES, VOTES)
def test_no_subject_is_kept_twice_and_none_is_invented(votes: list[Vote], former: list[Vote]) -> None:
    kept = keep_subjects(votes, former)
    assert len(set(kept.values())) == len(kept)
    assert set(kept.items()) <= {(vote.cluster, vote.subject) for vote in votes + former}


@given(VOTES)
def test_the_order_of_the_votes_does_not_matter(votes: list[Vote]) -> None:
    assert keep_subjects(votes) == keep_subjects(votes[::-1])
