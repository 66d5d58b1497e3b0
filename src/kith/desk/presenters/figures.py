"""What meetings on figures left with somebody: actions that they answer for, and what was escalated to a leader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from kith.desk.presenters.duties import SHOWN, Duty, Item
from kith.foundations.design_system import words
from kith.insight.models import Rating
from kith.insight.presenters.reviews import title_of


def owned_duty(mine: Sequence[Rating], today: date) -> Duty:
    """Actions on figures that somebody answers for and has not said to be done."""
    late = sum(one.due < today for one in mine)
    sentence = f"{words.count(len(mine), 'action')} that you answer for"
    items = _items(mine, lambda one: f"by {words.short_day(one.due)}: {one.action[:80]}")
    state = "overdue" if late else "soon"
    sentence = f"{sentence}, {late} late." if late else f"{sentence}."
    return Duty("Actions on figures", sentence, "reviews", "See the meetings", state, items, len(mine) - len(items))


def escalated_duty(waits: Sequence[Rating]) -> Duty:
    """What meetings escalated to the executive and nobody has answered."""
    items = _items(waits, lambda one: f"{one.review.group}, {words.short_day(one.review.met_on)}")
    sentence = f"{words.count(len(waits), 'rating')} not answered yet."
    return Duty("Escalated to the executive", sentence, "reviews", "See them", "soon", items, len(waits) - len(items))


def _items(found: Sequence[Rating], beside: Callable[[Rating], str]) -> tuple[Item, ...]:
    return tuple(Item(title_of(one.measure), beside(one), "rating", one.pk) for one in found[:SHOWN])
