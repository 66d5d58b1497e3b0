"""What was said of a return."""

from __future__ import annotations

from collections.abc import Sequence

from kith.missing.models import Return
from kith.missing.rules import SaidBy, Word, return_that_counts


def words_on(episode_id: int) -> list[Word]:
    """Every word on one return, in the order given. Of an account's words its latest stands, while it tells any."""
    return _words(list(Return.objects.filter(episode_id=episode_id).select_related("account").order_by("pk")))


def stand(rows: Sequence[Return]) -> int | None:
    """Which of these words on one return, in the order given, counts: its number."""
    counts = return_that_counts(_words(rows))
    return counts.order if counts else None


def _words(rows: Sequence[Return]) -> list[Word]:
    latest = {row.account_id: row.pk for row in rows}
    return [Word(SaidBy(row.said_by), row.back_at, row.back_is_day, row.pk, _stands(row, latest)) for row in rows]


def _stands(row: Return, latest: dict[int | None, int]) -> bool:
    if row.account is None:
        return True
    told = row.account.back_at is not None and row.account.withdrawn_at is None
    return told and latest[row.account_id] == row.pk and row.account.episode_id == row.episode_id
