"""The parts of a group’s assessment, what a review may come to, and what is otherwise in a later version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

REVIEW_WITHIN = timedelta(days=92)
STANDS, ANEW, NO_LONGER = "stands", "anew", "no-longer"
OUTCOMES: Mapping[str, str] = {
    STANDS: "It still says how things are",
    ANEW: "It must be written anew",
    NO_LONGER: "The group’s record is no longer needed",
}
PARTS: Mapping[str, str] = {
    "purpose": "What this assessment is for",
    "said": "What the young people say",
    "strengths": "What is strong",
    "harms": "What harms them",
    "places": "Where they are, and when",
    "guardians": "Who looks out for them",
    "at_risk": "Who is at what risk",
    "next_steps": "What will be done",
}


def rewritten(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Which parts of a later version say something else, in a sentence each, in their order."""
    told = []
    for key, title in PARTS.items():
        was, now = before.get(key, "").strip(), after.get(key, "").strip()
        if was != now:
            how = "now said" if not was else "no longer said" if not now else "said otherwise"
            told.append(f"{title}: {how}.")
    return tuple(told)
