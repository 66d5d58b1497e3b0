"""Whom rows of a cut are about: told to somebody who may ask, for a purpose that is kept, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from kith.foundations.access.actions import figures_scope, system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.insight.actions.cuts import JOB
from kith.insight.models import Cut, Pseudonym, Reidentified
from kith.insight.permissions import check_reidentify
from kith.subjects.models import Headline

WITHHELD = "Name withheld: ask the data officer"


@transaction.atomic
def say_whom(*, cut: Cut, codes: Iterable[str], about: str, purpose: str, by: Viewer, now: datetime) -> dict[str, str]:
    """The names behind codes, as headlines have them; one whose headline is withheld stays without a name.

    `about` says in words which rows. Raises NotAllowed without the permission or a purpose.
    """
    check_reidentify(by, purpose)
    wanted = sorted(set(codes) - {""})
    with viewing_as(system_viewer(JOB)):
        known = dict(Pseudonym.objects.filter(code__in=wanted).values_list("subject_id", "code"))
        names = dict(Headline.objects.filter(subject__in=known).values_list("subject_id", "name"))
        Reidentified.objects.create(
            cut=cut, scope=figures_scope(), by=by, at=now, purpose=purpose, about=about, people=len(known)
        )
    what = f"Asked whom {len(known)} codes are about: {about}"
    details = {"purpose": purpose, "cut": cut.name}
    record(viewer=by, action="reidentify", subjects=list(known), what=what, details=details, now=now)
    return {code: names.get(subject, WITHHELD) for subject, code in known.items()}
