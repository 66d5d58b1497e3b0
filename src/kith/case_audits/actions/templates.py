"""What audits ask is changed: a new version of a template, with why. Audits keep the version they were begun with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from kith.case_audits.models import FormVersion
from kith.case_audits.permissions import check_edit_templates, check_reason
from kith.case_audits.queries.templates import programme_owner
from kith.case_audits.rules.questions import Question
from kith.case_audits.rules.templates import first_versions, version_of
from kith.foundations.access.actions import figures_scope
from kith.foundations.access.models import Viewer
from kith.foundations.audit.actions import record


@transaction.atomic
def change_template(*, key: str, questions: Sequence[Question], why: str, by: Viewer, now: datetime) -> FormVersion:
    """The next version. Raises NotAllowed; KeyError for no template; ValueError where it asks nothing, or one twice."""
    check_edit_templates(by, programme_owner())
    check_reason(why)
    title = first_versions()[key].title
    if not questions or len({one.key for one in questions}) < len(questions):
        raise ValueError("A template asks something, and nothing twice")
    last = FormVersion.objects.filter(key=key).aggregate(last=Max("number"))["last"] or 1
    made = FormVersion.objects.create(
        scope=figures_scope(),
        key=key,
        number=last + 1,
        questions=[{"key": one.key, "title": one.title, "ask": one.ask} for one in questions],
        why=why.strip()[:300],
        made_by=by,
        made_at=now,
    )
    what = f"Changed what audits ask, {title}, version {version_of(key, made.number)}: {why}"
    record(viewer=by, action="change-audit-template", what=what, now=now)
    return made
