"""Premises that are shared are pointed out by a nightly job; somebody who works there sets it aside with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.audit.actions import record
from kith.foundations.notices.actions import News, tell
from kith.insight.models import SharedPlace
from kith.insight.queries.shared_places import latest_by_place, recorded
from kith.insight.rules.shared_places import WINDOW, Reason, Shared, reasons, to_point_out
from kith.subjects.models import Subject
from kith.subjects.permissions import check_can_write, check_holds_all
from kith.subjects.queries.circles import people_in_circle

WHY = "Say why it need not be followed."
NOTICE = "A building that you work with is shared by organisations, or by young people of very different ages"


@transaction.atomic
def point_out_shared(*, by: Viewer, now: datetime) -> int:
    """Every place for which the rule has a reason that does not stand yet. Answers how many were pointed out."""
    today = localdate(now)
    found = [(one, reasons(one, today - WINDOW)) for one in recorded(today)]
    found = [(one, why) for one, why in found if why]
    known = latest_by_place(one.place for one, _ in found)
    return sum(_point_out(one, why, known.get(one.place), by, now) for one, why in found)


@transaction.atomic
def set_shared_aside(*, said: SharedPlace, because: str, by: Viewer, now: datetime) -> None:
    """Somebody looked, and it need not be followed, because. Raises NotAllowed without a reason."""
    check_can_write(by)
    check_holds_all([said.subject_id])
    if not because.strip():
        raise NotAllowed(WHY)
    words = {"set_aside_by": by, "set_aside_at": now, "because": because.strip()[:300]}
    SharedPlace.objects.filter(pk=said.pk, set_aside_at=None).update(**words)
    what = "Set aside that these premises are shared"
    record(viewer=by, action="set-shared-aside", subjects=[said.subject_id], what=what, because=because[:300], now=now)


def _point_out(at: Shared, why: tuple[Reason, ...], last: SharedPlace | None, by: Viewer, now: datetime) -> bool:
    told = {one.key: one.says for one in why}
    stands = last is not None and last.set_aside_at is None
    before = frozenset(last.reasons) if last else frozenset()
    aside_on = localdate(last.set_aside_at) if last and last.set_aside_at else None
    set_aside = frozenset() if stands else before
    if not to_point_out(why, before if stands else frozenset(), set_aside, aside_on, localdate(now)):
        return False
    if stands and last:
        SharedPlace.objects.filter(pk=last.pk).update(reasons={**last.reasons, **told})
        said = last
    else:
        subject = Subject.objects.get(pk=at.place)
        said = SharedPlace.objects.create(subject=subject, scope_id=subject.scope_id, reasons=told, at=now)
    _tell(said, sorted(told), now)
    record(viewer=by, action="point-out-shared", subjects=[at.place], what="Pointed out shared premises", now=now)
    return True


def _tell(said: SharedPlace, keys: list[str], now: datetime) -> None:
    once = f"shared-place:{said.pk}:{'+'.join(keys)}"
    news = News(NOTICE, f"/records/{said.subject_id}/", f"record:{said.subject_id}", once)
    tell(viewers=people_in_circle(said.scope_id, now), news=news, scope=said.subject.scope, now=now)
