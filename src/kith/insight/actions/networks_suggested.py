"""What people make of a suggested link: it stands as evidence under their name, or it is declined because."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.audit.actions import record
from kith.insight.models import SuggestionDecided
from kith.insight.rules.suggesting import Proposal
from kith.subjects.actions import LinkGiven, add_link, end_link_evidence
from kith.subjects.models import LinkEvidence, Subject
from kith.subjects.permissions import check_can_write, check_holds_all

WHY = "Say why these two are not linked by this."
THEIR_OWN = "Only whoever decided takes it back."


@transaction.atomic
def accept_suggestion(*, proposal: Proposal, by: Viewer, now: datetime) -> LinkEvidence:
    """It stands as evidence of a link on both records, with the reasons as its words."""
    says = " ".join(f"{reason.on:%-d %b %Y}: {reason.says.rstrip('.')}." for reason in proposal.reasons)
    link = LinkGiven(
        proposal.first, proposal.second, "seen-with", f"Suggested, and accepted. {says}"[:2000], "recorded",
        last_seen=proposal.latest,
    )  # fmt: skip
    evidence = add_link(link=link, by=by, now=now)
    _decided(proposal, True, "", by, now)
    return evidence


@transaction.atomic
def decline_suggestion(*, proposal: Proposal, because: str, by: Viewer, now: datetime) -> None:
    """It is not suggested again, because. Raises NotAllowed without a reason."""
    if not because.strip():
        raise NotAllowed(WHY)
    _decided(proposal, False, because.strip()[:300], by, now)


@transaction.atomic
def undo_decision(*, one_id: int, other_id: int, by: Viewer, now: datetime) -> None:
    """Takes a decision back: the evidence that came of it no longer counts, and it may be suggested again."""
    check_can_write(by)
    check_holds_all([one_id, other_id])
    both = SuggestionDecided.objects.filter(
        subject_id__in=(one_id, other_id), other_id__in=(one_id, other_id), undone_at=None
    )
    first = both.first()
    if first is None:
        return
    if first.by_id != by.pk:
        raise NotAllowed(THEIR_OWN)
    if first.accepted:
        written = LinkEvidence.objects.filter(
            subject_id=one_id, other_id=other_id, written_by=by, recorded_at=first.at, ended_at=None
        ).first()
        if written:
            end_link_evidence(evidence_id=written.pk, because="A suggestion was taken back", by=by, now=now)
    both.update(undone_at=now)
    record(viewer=by, action="undo-suggestion", subjects=[one_id, other_id],
           what="Took back what was decided on a suggested link", now=now)  # fmt: skip


def _decided(proposal: Proposal, accepted: bool, because: str, by: Viewer, now: datetime) -> None:
    check_can_write(by)
    pair = (proposal.first, proposal.second)
    check_holds_all(pair)
    scopes = dict(Subject.objects.filter(pk__in=pair).values_list("pk", "scope_id"))
    told = [f"{reason.on:%-d %b %Y}: {reason.says}" for reason in proposal.reasons]
    for side, other in (pair, pair[::-1]):
        SuggestionDecided.objects.create(
            subject_id=side, other_id=other, scope_id=scopes[side], accepted=accepted, because=because, told=told,
            by=by, at=now,
        )  # fmt: skip
    what = "Accepted a suggested link" if accepted else "Declined a suggested link"
    record(viewer=by, action="decide-suggestion", subjects=pair, what=what, because=because, now=now)
