"""What people make of a pattern: a link between two children who were missing together, or set aside with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.missing.actions.desk import JOB, desk_audience, talkers_audience
from kith.missing.models import MissingTogether, SetAside
from kith.missing.permissions import check_can_report, check_can_talk
from kith.missing.rules.patterns import Sign, Together
from kith.subjects.actions import LinkGiven, add_link
from kith.subjects.models import Subject
from kith.subjects.permissions import check_holds_all

WHY = "Say why it is set aside."


@transaction.atomic
def confirm_together(*, pair: Together, by: Viewer, now: datetime) -> MissingTogether:
    """A person confirms that two children were missing together: it stands as evidence of a link on both records."""
    check_can_talk(by)
    with viewing_as(system_viewer(JOB)):
        text = f"Missing together. {'. '.join(pair.evidence)}."
        link = LinkGiven(pair.first, pair.second, "seen-with", text, "recorded", last_seen=localdate(pair.upto))
        add_link(link=link, by=by, now=now)
        return _decided(pair, True, "", by, now)


@transaction.atomic
def set_together_aside(*, pair: Together, because: str, by: Viewer, now: datetime) -> MissingTogether:
    """A person says that it is chance, because. It is pointed out again only when there is a later absence."""
    check_can_talk(by)
    if not because.strip():
        raise NotAllowed(WHY)
    with viewing_as(system_viewer(JOB)):
        return _decided(pair, False, because.strip()[:300], by, now)


@transaction.atomic
def set_sign_aside(*, subject_id: int, sign: Sign, because: str, by: Viewer, now: datetime) -> SetAside:
    """What a rule points out of a child need not be followed, because. A later absence points it out anew."""
    check_can_report(by)
    check_holds_all([subject_id])
    if not because.strip():
        raise NotAllowed(WHY)
    with viewing_as(system_viewer(JOB)):
        kept = SetAside.objects.create(
            subject_id=subject_id,
            scope_id=Subject.objects.values_list("scope_id", flat=True).get(pk=subject_id),
            desk=desk_audience(now=now),
            rule=sign.rule.key,
            upto=sign.upto,
            because=because.strip()[:300],
            by=by,
            at=now,
        )
    what = f"Set aside what the rule points out: {sign.rule.key}"
    record(viewer=by, action="set-pattern-aside", subjects=[subject_id], what=what, because=because[:300], now=now)
    return kept


def _decided(pair: Together, confirmed: bool, because: str, by: Viewer, now: datetime) -> MissingTogether:
    kept = MissingTogether.objects.create(
        scope=talkers_audience(now=now),
        first_id=pair.first,
        second_id=pair.second,
        evidence=list(pair.evidence),
        upto=pair.upto,
        confirmed=confirmed,
        because=because,
        by=by,
        at=now,
    )
    what = "Confirmed that two were missing together" if confirmed else "Set aside that two were missing together"
    record(viewer=by, action="missing-together", subjects=[pair.first, pair.second], what=what, now=now)
    return kept
