"""Problem profiles are begun with a purpose, written in versions, signed off once and for good, and taken away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.rules import says_something
from kith.foundations.audit.actions import record
from kith.foundations.papers import FORMATS, Paper
from kith.foundations.papers.keeping import kept
from kith.insight.actions.reports import CHANGED, mark_of
from kith.insight.models import ProblemProfile, ProfileSigned, ProfileWords
from kith.insight.permissions import SAY_WHY, check_analyse, check_see_figures
from kith.insight.queries.profiles import Of, of, profile_or_none, subjects_of, written
from kith.insight.report_permissions import SAY_WHAT
from kith.insight.rules.profiles import Section, not_answered, periods

NOT_COUNTED = "This period was not over when the cut was taken."
NOT_THERE = "The cut knows of no such place, theme or locality."
STANDS = "This profile is signed off. It cannot be changed; make another one."


@transaction.atomic
def begin_profile(*, asked: Of, purpose: str, by: Viewer, now: datetime) -> ProblemProfile:
    """A draft. Raises NotAllowed, also without a purpose, and for what the cut does not know."""
    check_analyse(by)
    if not says_something(purpose):
        raise NotAllowed(SAY_WHY)
    if asked.period not in periods(asked.cut.as_at):
        raise NotAllowed(NOT_COUNTED)
    if asked.key not in subjects_of(asked.cut)[asked.kind]:
        raise NotAllowed(NOT_THERE)
    profile = ProblemProfile.objects.create(
        scope_id=asked.cut.scope_id,
        kind=asked.kind.value,
        key=asked.key,
        title=asked.title,
        cut=asked.cut,
        period=asked.period.key,
        comparator=asked.comparator.value,
        purpose=purpose.strip(),
        made_by=by,
        made_at=now,
    )
    _note(profile, "begin-problem-profile", "Began a problem profile", by, now, because=purpose.strip())
    return profile


@transaction.atomic
def write_in_profile(
    *, profile: ProblemProfile, section: Section, words: str, by: Viewer, now: datetime
) -> ProfileWords | None:
    """A new version of a section's words; None where they are the same. Raises NotAllowed once it is signed off."""
    _check_open(profile, by)
    newest = ProfileWords.objects.filter(profile=profile, section=section.key).order_by("-at", "-pk").first()
    if newest and newest.words == words:
        return None
    version = ProfileWords.objects.create(
        profile=profile, scope_id=profile.scope_id, section=section.key, words=words, by=by, at=now
    )
    _note(profile, "write-problem-profile", f"Wrote in a problem profile ({section.title})", by, now)
    return version


@transaction.atomic
def sign_profile(
    *, profile: ProblemProfile, paper: Paper, mark: str, checked: str, by: Viewer, now: datetime
) -> ProfileSigned:
    """Freezes all of it: words, numbers, checksum. `mark` is of the document that the signer read. Raises NotAllowed,
    also where a section that must have words has none."""
    _check_open(profile, by)
    if not says_something(checked):
        raise NotAllowed(SAY_WHAT)
    if mark != mark_of(paper):
        raise NotAllowed(CHANGED)
    if empty := not_answered(written(profile)):
        raise NotAllowed("Nothing is written yet under: " + ", ".join(one.title for one in empty) + ".")
    signed = ProfileSigned.objects.create(
        profile=profile,
        scope_id=profile.scope_id,
        content=kept(paper),
        checksum=paper.checksum(),
        checked=checked.strip(),
        by=by,
        at=now,
    )
    _note(profile, "sign-problem-profile", "Signed a problem profile off", by, now, because=checked.strip())
    return signed


def note_profile_taken_away(*, profile: ProblemProfile, form: str, by: Viewer, now: datetime) -> None:
    """Taking a profile away as a file is recorded. Raises NotAllowed."""
    check_see_figures(by)
    _note(profile, "export-problem-profile", f"Took a problem profile away as {FORMATS[form].words}", by, now)


def _check_open(profile: ProblemProfile, by: Viewer) -> None:
    """Nobody else signs it off while this is decided."""
    check_analyse(by)
    found = ProblemProfile.objects.select_for_update(of=("self",)).filter(pk=profile.pk).first()
    if found is None or profile_or_none(by, profile.pk) is None:
        raise NotAllowed("This profile is not there.")
    if ProfileSigned.objects.filter(profile=profile).exists():
        raise NotAllowed(STANDS)


def _note(profile: ProblemProfile, action: str, what: str, by: Viewer, now: datetime, because: str = "") -> None:
    details = {"profile": profile.pk, "cut": profile.cut_id}
    words = f"{what}: {profile.title}, {of(profile).period}"
    record(viewer=by, action=action, what=words, because=because, details=details, now=now)
