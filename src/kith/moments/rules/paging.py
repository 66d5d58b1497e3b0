"""Whom to page, and whom next when nobody has taken it. Plain Python: people are numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def whom_next(
    order: Sequence[int], on_now: Sequence[int], managers: Sequence[int], paged: Collection[int]
) -> tuple[int, ...]:
    """Who is paged now: whoever is on call; then the next on the rota; then the managers; then nobody more.

    `order`: those on call and those who come on after them; `paged`: who was paged already. With nobody on call the
    managers are paged at once, and where there are none, whoever comes on next.
    """
    waiting = tuple(one for one in managers if one not in paged)
    if not paged:
        return tuple(on_now[:1]) or waiting or tuple(order[:1])
    if len(set(paged) - set(managers)) >= 2 or set(paged) & set(managers):
        return waiting
    coming = next((one for one in order if one not in paged), None)
    return (coming,) if coming is not None else waiting
