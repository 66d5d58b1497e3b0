"""Telling people: on their desk always, by letter and text message where it cannot wait and their day is not full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Scope, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.clocks import HERE
from kith.foundations.letters.actions import write_letter, write_text
from kith.foundations.notices.models import Notice

JOB = "notices"
PUSHED = "There is something for you in Kith: {text}. Sign in to read it."


@dataclass(frozen=True)
class News:
    """What people are told. `text` names nobody: it may be read over a shoulder or on a locked phone.

    `once` tells the same news from another; `urgent` news is pushed, past the day's number only where `past_budget`.
    """

    text: str
    path: str
    about: str
    once: str
    urgent: bool = False
    past_budget: bool = False


@transaction.atomic
def tell(*, viewers: Iterable[Viewer], news: News, scope: Scope, now: datetime) -> list[Notice]:
    """Tells each of them once. Answers the new notices; `scope` is the audience of what it tells of."""
    people = {viewer.pk: viewer for viewer in viewers if viewer.is_active}
    with viewing_as(system_viewer(JOB)):
        spent = _pushed_today(people, now) if news.urgent else Counter()
        told = [_tell_one(viewer, news, spent[viewer.pk], now) for viewer in people.values()]
        new = [notice for notice, is_new in told if is_new]
        for notice in new:
            if notice.pushed:
                _push(notice, scope, now)
    return new


def mark_seen(*, viewer: Viewer, notices: Sequence[int], now: datetime) -> int:
    """These of the viewer's own notices have been seen."""
    return Notice.objects.filter(viewer=viewer, pk__in=notices, seen_at=None).update(seen_at=now)


def _tell_one(viewer: Viewer, news: News, spent: int, now: datetime) -> tuple[Notice, bool]:
    full = spent >= settings.KITH_PUSHES_A_DAY and not news.past_budget
    words = {"text": news.text[:300], "path": news.path, "about": news.about, "at": now}
    words |= {"pushed": news.urgent and not full, "kept_quiet": news.urgent and full}
    return Notice.objects.get_or_create(viewer=viewer, once=news.once, defaults=words)


def _pushed_today(people: Iterable[int], now: datetime) -> Counter[int]:
    midnight = now.astimezone(HERE).replace(hour=0, minute=0, second=0, microsecond=0)
    since = Notice.objects.filter(viewer__in=list(people), pushed=True, at__gte=midnight)
    return Counter(since.values_list("viewer_id", flat=True))


def _push(notice: Notice, scope: Scope, now: datetime) -> None:
    words = PUSHED.format(text=notice.text.rstrip("."))
    write_letter(
        to=notice.viewer.email, subject=notice.text[:200], body=words, about=notice.about, scope=scope, now=now
    )
    if notice.viewer.phone:
        write_text(to=notice.viewer.phone, body=words, about=notice.about, scope=scope, now=now)
