"""What has been decided, in one line each, from what was shown at the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kith.linkage.models import Judgement
from kith.linkage.rules.judging import Verdict


@dataclass(frozen=True)
class JudgementShown:
    """A decision as a page shows it."""

    pk: int
    verdict: str
    whom: str
    records: tuple[str, ...]
    sentence: str
    reason: str
    by: str
    at: datetime
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_because: str
    rows: tuple[dict[str, Any], ...]


def show_judgement(judgement: Judgement) -> JudgementShown:
    """Names and records come from the evidence kept with it: the officer need no longer read the records."""
    shown = judgement.evidence
    sides = [shown[side] for side in ("left", "right") if side in shown]
    names = [f"{side['name']}, {side['born']}" for side in sides]
    return JudgementShown(
        pk=judgement.pk,
        verdict=Verdict(judgement.verdict).words,
        whom=" and ".join(names) or f"References {judgement.left_id} and {judgement.right_id}",
        records=tuple(side["records"] for side in sides),
        sentence=shown.get("sentence", ""),
        reason=judgement.reason,
        by=judgement.by.name,
        at=judgement.at,
        withdrawn_at=judgement.withdrawn_at,
        withdrawn_by=judgement.withdrawn_by.name if judgement.withdrawn_by else "",
        withdrawn_because=judgement.withdrawn_because,
        rows=tuple(shown.get("rows", ())),
    )
