"""Letters that tell of missing children, and which absence one may mean."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.rules import TeamWork
from kith.front_door.models import MissingLetter
from kith.missing.models import Account, Episode
from kith.missing.queries.whom import Whom, whom
from kith.missing.rules.mail import MissingMail

LATELY = timedelta(days=30)
MOST = 100


def letters(*, done: bool = False) -> QuerySet[MissingLetter]:
    """Those that wait, the oldest first; or those of which something came, the newest first."""
    rows = MissingLetter.objects.select_related("agency", "episode", "settled_by")
    return rows.exclude(outcome="").order_by("-settled_at") if done else rows.filter(outcome="").order_by("came_at")


def letter_seen(letter_id: int) -> MissingLetter | None:
    """One of them, where it exists for whoever looks."""
    return MissingLetter.objects.select_related("agency", "episode", "settled_by").filter(pk=letter_id).first()


def letter_of(contact_id: int) -> MissingLetter | None:
    """What became of a contact's letter, for the front door that received it."""
    return MissingLetter.objects.select_related("settled_by").filter(contact_id=contact_id).first()


def same_number(letter: MissingLetter, read: MissingMail) -> list[Episode]:
    """Absences that the sender's agency has told of under this number already, as far as whoever looks may read."""
    if not read.number or letter.agency_id is None:
        return []
    accounts = Account.objects.filter(agency=letter.agency_id, number__iexact=read.number, withdrawn_at=None)
    return list(Episode.objects.filter(pk__in=accounts.values("episode")).order_by("-gone_at")[:5])


def may_be_meant(letter: MissingLetter, read: MissingMail, now: datetime) -> list[tuple[Episode, Whom, bool]]:
    """Absences of the last days that whoever looks may read; True: by number, or by name and birth, likely this one."""
    rows = list(Episode.objects.filter(not_missing_because="", gone_at__gt=now - LATELY).order_by("-gone_at")[:MOST])
    by_number = {one.pk for one in same_number(letter, read)}
    children = whom(rows, now.date())
    found = [(one, children.get(one.subject_id) or Whom(one.subject_id, "")) for one in rows]
    meant = [(one, child, one.pk in by_number or _alike(child, read)) for one, child in found]
    return [row for row in sorted(meant, key=lambda row: not row[2]) if row[2] or row[0].back_at is None]


def searching_agency(address: str) -> Agency | None:
    """The agency with a team that searches whose own address ends as this one does."""
    domain = address.rpartition("@")[2].lower()
    searching = Agency.objects.filter(teams__work=TeamWork.SEARCH.value)
    return searching.filter(email__iendswith=f"@{domain}").order_by("pk").first() if domain else None


def whose_it_may_be(letter: MissingLetter, viewer: Viewer) -> list[Agency]:
    """The sender's agency and that of whoever decides; any of the partnership where the sender is not known."""
    agencies = Agency.objects.order_by("name")
    if letter.agency_id is None:
        return list(agencies.filter(in_partnership=True))
    return list(agencies.filter(pk__in=[pk for pk in (letter.agency_id, viewer.agency_id) if pk]))


def _alike(child: Whom, read: MissingMail) -> bool:
    names = set(read.name.casefold().split())
    same = len(names & {*child.name.casefold().split(), *child.known_as.casefold().split()})
    if read.born and child.born:
        return bool(same) and read.born == child.born
    return len(names) > 1 and same == len(names)
