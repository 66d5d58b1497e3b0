"""Deciding what follows, with its reason; and undoing that within ten minutes, as if it had not been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kith.chronology.actions import About, Written, withdraw_entry, write_entry
from kith.foundations.access.actions import end_opening, system_viewer
from kith.foundations.access.models import Team, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.front_door.actions.naming import open_until_decided
from kith.front_door.models import Contact, Decision, Named, Outcome, ShareDecision
from kith.front_door.permissions import check_can_decide, check_can_undo, check_waiting
from kith.front_door.queries.before import referral_before
from kith.front_door.rules import codes, is_re_referral
from kith.linkage.newcomers import take_back_person
from kith.pathways.actions import open_work, take_back_work
from kith.subjects.actions import put_away

ENTRY_KIND = "told"


@dataclass(frozen=True)
class Follows:
    """What follows for one named: `result` a key of the results; `team` owns the work that is opened."""

    named_id: int
    result: str
    team: Team | None = None
    private_text: str = ""  # what belongs on that record alone


@dataclass(frozen=True)
class Sharing:
    """Whether it is shared, on what basis, whether the family knows; why not where not."""

    shared: bool
    bases: Sequence[str] = ()
    necessity: str = ""
    detriment: str = ""
    family_informed: str = ""
    why_not_informed: str = ""
    recipients: str = ""
    refused_because: str = ""


@dataclass(frozen=True)
class Decided:
    """A decision as somebody makes it. `on_record` is what stands on every record it goes to."""

    verdict: str
    rationale: str
    sharing: Sharing
    on_record: str = ""
    follows: Sequence[Follows] = field(default_factory=tuple)
    referral_source: str = ""
    level: str = ""
    harms: Sequence[str] = ()
    factors: Sequence[str] | None = None  # None: not yet asked; empty: none of these


@transaction.atomic
def decide(*, contact_id: int, decided: Decided, once: UUID, by: Viewer, now: datetime) -> Decision:
    """Everything that follows, or nothing of it: entries, pathways, circles. Sent twice it is one decision."""
    check_can_decide(by)
    contact = Contact.objects.select_for_update().get(pk=contact_id)
    standing = Decision.objects.filter(sent_as=once, contact=contact).first()
    if standing:
        return standing
    check_waiting(contact)
    decision = _sign(contact, decided, once, by, now)
    for outcome in _outcomes(contact, decision, decided, by, now):
        outcome.save()
    contact.decided_at = now
    contact.save(update_fields=["decided_at"])
    _close_circles(contact, by, now)
    what = f"Decided {contact.reference}: {codes()['verdicts'].title(decided.verdict).lower()}"
    subjects = [pk for pk in decision.outcomes.values_list("subject_id", flat=True) if pk]
    record(viewer=by, action="decide-contact", subjects=subjects, what=what, because=decided.rationale[:300], now=now)
    return decision


@transaction.atomic
def undo(*, decision_id: int, because: str, by: Viewer, now: datetime) -> Contact:
    """Takes back everything that followed. The decision stays readable as undone, and the contact waits again."""
    decision = Decision.objects.select_for_update().select_related("contact").get(pk=decision_id)
    check_can_undo(by, decision, now)
    contact = Contact.objects.select_for_update().get(pk=decision.contact_id)
    why = because.strip() or "The decision was undone"
    with viewing_as(system_viewer("door")):
        _take_back(contact, decision, why, by, now)
    decision.undone_at, decision.undone_by, decision.undone_because = now, by, why[:300]
    decision.save(update_fields=["undone_at", "undone_by", "undone_because"])
    contact.decided_at, contact.joined_into = None, None
    contact.save(update_fields=["decided_at", "joined_into"])
    record(viewer=by, action="undo-decision", what=f"Undid the decision on {contact.reference}", because=why, now=now)
    return contact


def _sign(contact: Contact, decided: Decided, once: UUID, by: Viewer, now: datetime) -> Decision:
    decision = Decision.objects.create(
        contact=contact,
        scope_id=contact.scope_id,
        sent_as=once,
        verdict=decided.verdict,
        rationale=decided.rationale.strip(),
        referral_source=decided.referral_source,
        level=decided.level,
        harms=list(decided.harms),
        factors=None if decided.factors is None else list(decided.factors),
        at=now,
        by=by,
    )
    words: dict[str, Any] = {**vars(decided.sharing), "bases": list(decided.sharing.bases)}
    ShareDecision.objects.create(decision=decision, scope_id=contact.scope_id, **words)
    return decision


def _outcomes(contact: Contact, decision: Decision, decided: Decided, by: Viewer, now: datetime) -> list[Outcome]:
    """What follows for each named who has a record: an entry on it, and the pathway."""
    follows = {one.named_id: one for one in decided.follows}
    settled = [named for named in contact.named.all() if named.subject_id and named.pk in follows]
    entry_id = _write(contact, decided, settled, follows, by, now)
    return [_outcome(named, decision, follows[named.pk], entry_id, by, now) for named in settled]


def _write(
    contact: Contact, decided: Decided, settled: list[Named], follows: dict[int, Follows], by: Viewer, now: datetime
) -> int | None:
    if not settled or not decided.on_record.strip():
        return None
    about = {n.subject_id: About(n.subject_id, follows[n.pk].private_text) for n in settled if n.subject_id}
    on = timezone.localdate(contact.received_at)
    written = Written(decided.on_record, on, contact.received_at, ENTRY_KIND)
    return write_entry(written=written, about=list(about.values()), by=by, now=now).pk


def _outcome(
    named: Named, decision: Decision, follows: Follows, entry_id: int | None, by: Viewer, now: datetime
) -> Outcome:
    result = codes()["results"].get(follows.result)
    outcome = Outcome(
        decision=decision,
        scope_id=decision.scope_id,
        named=named,
        subject_id=named.subject_id,
        result=result.key,
        entry_id=entry_id,
    )
    if result.referral and named.subject_id:
        outcome.before_on = referral_before(named.subject_id, timezone.localdate(now))
        outcome.re_referral = is_re_referral(timezone.localdate(now), outcome.before_on)
    if result.pathway and named.subject_id:
        if follows.team is None:
            raise NotAllowed(f"Choose the team that takes this on: {result.title.lower()}.")
        outcome.work = open_work(
            subject_id=named.subject_id,
            pathway=result.pathway,
            team=follows.team,
            because=decision.rationale,
            came_from=f"decision:{decision.pk}",
            by=by,
            now=now,
        )
    return outcome


def _close_circles(contact: Contact, by: Viewer, now: datetime) -> None:
    """The front door's part is done: the records it opened by this contact close to it."""
    for named in contact.named.exclude(subject=None):
        end_opening(reference=named.opening_reference, because="The contact was decided", by=by, now=now)


def _take_back(contact: Contact, decision: Decision, why: str, by: Viewer, now: datetime) -> None:
    for entry_id in {outcome.entry_id for outcome in decision.outcomes.all() if outcome.entry_id}:
        withdraw_entry(entry_id=entry_id, because=why, by=decision.by, now=now)
    take_back_work(came_from=f"decision:{decision.pk}", because=why, by=by, now=now)
    for named in contact.named.exclude(subject=None).select_related("subject__scope"):
        _begin_again(named, why, by, now)


def _begin_again(named: Named, why: str, by: Viewer, now: datetime) -> None:
    """A record begun by this contact is put away; one that was there opens to the front door again."""
    if named.subject is None:
        return
    if not named.made_new:
        open_until_decided(named=named, scope=named.subject.scope, by=by, now=now)
        return
    if named.kind == "person":
        take_back_person(subject_id=named.subject.pk, because=why, by=by, now=now)
    else:
        put_away(subject_id=named.subject.pk, because=why, by=by, now=now)
    named.subject, named.made_new, named.settled_at = None, False, None
    named.save(update_fields=["subject", "made_new", "settled_at"])
