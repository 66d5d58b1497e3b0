"""What of case audits waits for somebody, for their desk."""

from __future__ import annotations

from dataclasses import dataclass

from kith.case_audits.models import AuditAction, CaseAudit
from kith.case_audits.queries.audits import to_audit, to_do, to_reflect, to_write_part
from kith.case_audits.rules.kinds import every_kind
from kith.foundations.access.models import Viewer

MOST = 200


@dataclass(frozen=True)
class Waiting:
    """To do, to read and answer, to audit, to answer for the agency."""

    actions: list[AuditAction]
    to_reflect: list[CaseAudit]
    to_audit: list[CaseAudit]
    to_write: list[CaseAudit]

    @property
    def anything(self) -> bool:
        return bool(self.actions or self.to_reflect or self.to_audit or self.to_write)


def audits_waiting(viewer: Viewer) -> Waiting:
    """Four questions, however much waits."""
    several = [one.key for one in every_kind() if one.is_of_several]
    return Waiting(
        list(to_do(viewer)[:MOST]),
        list(to_reflect(viewer)[:MOST]),
        list(to_audit(viewer)[:MOST]),
        list(to_write_part(viewer, several)[:MOST]),
    )
