"""What an agency's system is answered: what it told itself, and Kith's reference. Never a name."""

from __future__ import annotations

from datetime import UTC

from kith.exchange.models import SentReport

WAITS = "Kept. The team that follows missing children has been told, and says who is meant."
ASIDE = "Kept, and set aside by the team that follows missing children. Ring them."


def said_of(report: SentReport) -> dict[str, object]:
    """Its number, whether it is open or back, as far as the agency told; the reference where it stands on a record."""
    reference = report.account.episode.reference if report.account else None
    said: dict[str, object] = {
        "number": report.number,
        "state": "back" if report.back_at else "open",
        "reference": reference,
        "received_at": report.sent_at.astimezone(UTC).isoformat(),
    }
    if report.back_at:
        said["back_at"] = report.back_at.astimezone(UTC).isoformat()
    if reference is None:
        said["note"] = ASIDE if report.set_aside_because else WAITS
    return said
