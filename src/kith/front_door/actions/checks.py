"""Asking agencies, chasing and withdrawing. The question goes into an audience that the agency's own team shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from kith.foundations.access.actions import open_circle, system_viewer, team_audience, team_for
from kith.foundations.access.models import Agency, Scope, Team, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.rules import TeamWork
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.front_door.check_letters import link_address, write_check_letter
from kith.front_door.checking import LINK_LASTS_AFTER_DUE, Band, as_much_as_needed, band, new_token, token_hash
from kith.front_door.checks_permissions import check_band, check_can_ask
from kith.front_door.models import Chase, Check, CheckLink, Contact, Named

JOB = "checks"


@dataclass(frozen=True)
class Asked:
    """What is asked of every agency chosen. Keys are those of codes; `named` are numbers of Named."""

    contact_id: int
    question: str
    purpose: str
    band: str
    bases: Sequence[str] = ()
    named: Sequence[int] = ()
    details: Sequence[str] = ()
    about_words: str = ""
    longer_because: str = ""
    confirm: bool = True


def checks_team(*, agency: Agency, front_door: Team, now: datetime) -> tuple[Team, Scope]:
    """The agency's team that answers, and its audience, which the front door shares."""
    job = system_viewer(JOB)
    with viewing_as(job):
        team = team_for(agency, TeamWork.CHECKS, "Checks")
        scope = team_audience(team=team, now=now)
        because = f"Asks {agency.name} on behalf of the front door"[:300]
        reference = f"checks:{agency.pk}"
        open_circle(scope=scope, team=front_door, because=because, reason_kind="team", reference=reference, by=job,
                    now=now)  # fmt: skip
    return team, scope


@transaction.atomic
def ask(
    *, asked: Asked, agencies: Sequence[Agency], once: UUID, by: Viewer, now: datetime, site: str = ""
) -> list[Check]:
    """One question to each agency; the same form again is the questions that already stand.

    Raises NotAllowed for more time than the area allows, unless a manager says why.
    """
    check_can_ask(by)
    contact = Contact.objects.select_related("team").get(pk=asked.contact_id)
    stands = band(asked.band, now)
    check_band(by, stands, asked.longer_because)
    named = Named.objects.filter(contact=contact, pk__in=asked.named).order_by("order")
    about = [{"named": one.pk, "name": one.name, **as_much_as_needed(one.details, asked.details)} for one in named]
    return [_ask_one(contact, asked, agency, about, stands, once, by, now, site) for agency in agencies]


def _ask_one(
    contact: Contact,
    asked: Asked,
    agency: Agency,
    about: list[dict[str, object]],
    stands: Band,
    once: UUID,
    by: Viewer,
    now: datetime,
    site: str,
) -> Check:
    team, scope = checks_team(agency=agency, front_door=contact.team, now=now)
    words = {
        "contact": contact,
        "scope": scope,
        "agency": agency,
        "team": team,
        "about": about,
        "about_words": asked.about_words.strip(),
        "question": asked.question.strip(),
        "purpose": asked.purpose,
        "bases": list(asked.bases),
        "band": stands.key,
        "longer_because": asked.longer_because.strip() if stands.too_long else "",
        "confirm": asked.confirm,
        "email": agency.email,
        "asked_at": now,
        "asked_by": by,
        "due_at": stands.due_at,
    }
    check, new = Check.objects.get_or_create(sent_as=uuid5(once, f"check:{agency.pk}"), defaults=words)
    if new:
        if check.email:
            _tell(check, now=now, site=site)
        what = f"Asked {agency.name}: check {check.pk} of contact {contact.reference}"
        record(viewer=by, action="ask-check", subjects=_subjects(about), what=what, details=_details(check), now=now)
    return check


def _subjects(about: list[dict[str, object]]) -> list[int]:
    rows = Named.objects.filter(pk__in=[one["named"] for one in about]).exclude(subject=None)
    return [number for number in rows.values_list("subject_id", flat=True) if number]


def _details(check: Check) -> dict[str, int]:
    return {"check": check.pk, "contact": check.contact_id}


def _tell(check: Check, *, now: datetime, site: str, reminder: bool = False, link: bool = False) -> None:
    """A letter to the agency's mailbox: with a link where nobody there can sign in, or where one is asked for."""
    address, until = "", None
    if link or not check.team.viewers.filter(is_active=True).exists():
        address, until = _new_link(check, now, site)
    write_check_letter(check=check, link=address, until=until, reminder=reminder, now=now)


def _new_link(check: Check, now: datetime, site: str) -> tuple[str, datetime | None]:
    """A link in place of any before it, whose unsent words it keeps."""
    token = new_token()
    address = link_address(token, site)
    if not address:
        return "", None
    before = check.links.order_by("-pk").first()
    check.links.filter(ended_at=None).update(ended_at=now)
    until = max(check.due_at, now) + LINK_LASTS_AFTER_DUE
    draft = {"draft": before.draft, "draft_at": before.draft_at} if before else {}
    hashed = token_hash(token)
    CheckLink.objects.create(
        check_asked=check, scope=check.scope, token_hash=hashed, made_at=now, expires_at=until, **draft
    )
    return address, until


@transaction.atomic
def chase(
    *, check_id: int, how: str, note: str, by: Viewer, now: datetime, site: str = "", link: bool = False
) -> Chase:
    """Another letter (`how` letter), or the note of a call. A `link` goes with the letter where it is asked for."""
    check_can_ask(by)
    check = _open(check_id)
    if how == "letter":
        if not check.email:
            raise NotAllowed(f"{check.agency.name} has no address for letters. Ring {check.agency.phone or 'them'}.")
        _tell(check, now=now, site=site, reminder=True, link=link)
    return _chased(check, how, note, by, now)


@transaction.atomic
def remind(*, check_id: int, by: Viewer, now: datetime) -> bool:
    """An automatic letter before the clock runs out; once for a check. Answers whether one went."""
    check = _locked(check_id)
    if check.answered_at or check.withdrawn_at or check.chases.filter(how="reminder").exists():
        return False
    if check.email:
        _tell(check, now=now, site="", reminder=True)
    _chased(check, "reminder", "" if check.email else "No address for letters: ring them", by, now)
    return bool(check.email)


def _chased(check: Check, how: str, note: str, by: Viewer, now: datetime) -> Chase:
    row = Chase.objects.create(check_asked=check, scope=check.scope, at=now, by=by, how=how, note=note.strip()[:300])
    what = f"Chased {check.agency.name}: check {check.pk}"
    record(viewer=by, action="chase-check", what=what, details=_details(check), now=now)
    return row


@transaction.atomic
def withdraw(*, check_id: int, because: str, by: Viewer, now: datetime) -> Check:
    """Takes a question back, with its reason; its links end. What was answered stays."""
    check_can_ask(by)
    check = _open(check_id)
    check.withdrawn_at, check.withdrawn_by, check.withdrawn_because = now, by, because.strip()[:300]
    check.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    check.links.filter(ended_at=None).update(ended_at=now)
    what = f"Withdrew check {check.pk} from {check.agency.name}"
    record(viewer=by, action="withdraw-check", what=what, because=because[:300], details=_details(check), now=now)
    return check


def _open(check_id: int) -> Check:
    check = _locked(check_id)
    if not Contact.objects.filter(pk=check.contact_id).exists():
        raise NotAllowed("The front door that asked this chases and withdraws it.")
    if check.withdrawn_at:
        raise NotAllowed("This question was withdrawn already.")
    return check


def _locked(check_id: int) -> Check:
    return Check.objects.select_for_update(of=("self",)).select_related("agency", "scope", "team").get(pk=check_id)
