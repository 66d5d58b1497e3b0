"""Whom to page, and whom next."""

import pytest

from kith.moments.rules.paging import whom_next

SOL, TESS, UMA, MANAGER, OTHER = 1, 2, 3, 8, 9


@pytest.mark.parametrize(
    ("order", "on_now", "managers", "paged", "next_ones"),
    [
        ((SOL, TESS), (SOL,), (MANAGER,), (), (SOL,)),
        ((SOL, TESS), (SOL,), (MANAGER,), (SOL,), (TESS,)),
        ((SOL, TESS, UMA), (SOL,), (MANAGER, OTHER), (SOL, TESS), (MANAGER, OTHER)),
        ((SOL, TESS), (SOL,), (MANAGER,), (SOL, TESS, MANAGER), ()),
        ((SOL,), (SOL,), (MANAGER,), (SOL,), (MANAGER,)),  # nobody else on the rota
        ((TESS,), (), (MANAGER,), (), (MANAGER,)),  # a gap: the manager at once
        ((TESS,), (), (), (), (TESS,)),  # a gap and no manager: whoever comes on next
        ((), (), (), (), ()),
        ((SOL, MANAGER), (SOL,), (MANAGER,), (SOL,), (MANAGER,)),  # a manager who has a shift
    ],
)
def test_the_next(order: tuple, on_now: tuple, managers: tuple, paged: tuple, next_ones: tuple) -> None:
    assert whom_next(order, on_now, managers, paged) == next_ones
