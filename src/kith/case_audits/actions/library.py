"""The library of audits that agencies made by themselves: handed in, with a file or without, and withdrawn."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from kith.case_audits.models import Submission
from kith.case_audits.permissions import check_hand_in, check_reason, check_withdraw
from kith.case_audits.rules.questions import JUDGEMENTS
from kith.case_audits.rules.themes import THEMES
from kith.case_audits.telling import JOB
from kith.foundations.access.actions import NewOpening, figures_scope, open_circles, system_viewer
from kith.foundations.access.models import Agency, Scope, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.rules import ScopeKind
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.documents.actions import keep
from kith.foundations.documents.models import Document
from kith.foundations.documents.rules import Checked

NO_SENSE = "A period ends after it begins, an audit looks at one record or more, and theme and grade are known"
OWN = "Audits that their agency made by itself"


@dataclass(frozen=True)
class HandedIn:
    """An audit that an agency made by itself, in short."""

    title: str
    since: date
    until: date
    records: int
    findings: str
    actions: str = ""
    theme: str = "other"
    grade: str = ""  # "": not judged in one word

    @property
    def makes_sense(self) -> bool:
        known = self.theme in THEMES and self.grade in {"", *JUDGEMENTS}
        return self.until >= self.since and self.records > 0 and known


@dataclass(frozen=True)
class AuditFile:
    """The audit itself as a file, checked and cleaned. `is_shared`: with everybody who sees figures."""

    checked: Checked
    is_shared: bool = False


@transaction.atomic
def hand_in(*, audit: HandedIn, by: Viewer, now: datetime, file: AuditFile | None = None) -> Submission:
    """An agency's own audit goes into the library. Raises NotAllowed; ValueError where it makes no sense."""
    check_hand_in(by)
    if by.agency is None:
        raise NotAllowed("Your agency is not known.")
    if not audit.makes_sense:
        raise ValueError(NO_SENSE)
    made = Submission.objects.create(
        scope=figures_scope(),
        agency=by.agency,
        file=_kept(file, by.agency, by, now) if file else None,
        is_file_shared=bool(file and file.is_shared),
        handed_in_by=by,
        handed_in_at=now,
        **asdict(audit),
    )
    record(viewer=by, action="hand-in-audit", what=f"Handed in an audit of {by.agency.name}: {audit.title}", now=now)
    return made


@transaction.atomic
def withdraw(*, audit: Submission, why: str, by: Viewer, now: datetime) -> None:
    """It stands in the library no more; why stays, and the file is closed to other agencies. Raises NotAllowed."""
    check_withdraw(by, audit)
    check_reason(why)
    Submission.objects.filter(pk=audit.pk, withdrawn_at=None).update(
        withdrawn_at=now, withdrawn_by=by, withdrawn_why=why.strip()[:300]
    )
    if audit.file_id and audit.is_file_shared:
        own = _own_audience(audit.agency, audit.handed_in_by, now)
        with viewing_as(system_viewer(JOB)):
            Document.objects.filter(pk=audit.file_id).update(scope=own)
    record(viewer=by, action="withdraw-audit", what=f"Withdrew audit {audit.pk} from the library: {why}", now=now)


def _kept(file: AuditFile, agency: Agency, by: Viewer, now: datetime) -> Document:
    scope = figures_scope() if file.is_shared else _own_audience(agency, by, now)
    return keep(checked=file.checked, scope=scope, by=by, now=now)


def _own_audience(agency: Agency, by: Viewer, now: datetime) -> Scope:
    """Whoever handed it in, and the teams of their agency."""
    job, teams = system_viewer(JOB), agency.teams.all()
    with viewing_as(job):
        made = Scope.objects.create(kind=ScopeKind.TEAM.value, title=f"An audit of {agency.name}"[:200])
        new = [NewOpening(made, OWN, "team", viewer=by), *(NewOpening(made, OWN, "team", team=team) for team in teams)]
        open_circles(openings=new, by=job, now=now)
    return made
