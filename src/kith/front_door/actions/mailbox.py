"""Taking letters that came by email: the original kept, a contact made once, broken ones kept with their reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from kith.foundations.access.actions import system_viewer, team_audience
from kith.foundations.access.models import Scope, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.documents.actions import keep
from kith.foundations.documents.checking import check_upload
from kith.foundations.documents.rules import Refused
from kith.front_door.actions.missing_mail import propose_missing
from kith.front_door.actions.receiving import Told, WhoGave, receive
from kith.front_door.mailbox.reading import LARGEST, EmailRead, Enclosed, Unreadable, read_at_most, read_email
from kith.front_door.models import Contact, MailKept, Received
from kith.front_door.routing import receiving_team

JOB = "mailbox"
BEGINNING = 64_000  # bytes kept of a letter that is too large
SEEN = ":2,S"  # how a Maildir marks what was read
ABOUT = "child"  # until somebody at the front door reads it


@dataclass(frozen=True)
class Taken:
    """What became of one letter: a contact (new or standing), or the reason why it is none."""

    reference: str = ""
    new: bool = False
    problem: str = ""

    @property
    def words(self) -> str:
        if self.problem:
            return f"kept, and no contact: {self.problem}"
        return f"contact {self.reference}" if self.new else f"contact {self.reference}, which stood already"


def take_email(*, raw: bytes, now: datetime) -> Taken:
    """One letter, as it came. The same letter again is the contact that stands; nothing that is sent is lost."""
    job = system_viewer(JOB)
    with viewing_as(job):
        digest = sha256(raw).hexdigest()
        _one_at_a_time(digest)
        before = MailKept.objects.filter(sha256=digest).select_related("contact").first()
        if before:
            return Taken(before.contact.reference if before.contact else "", False, before.problem)
        scope = team_audience(team=receiving_team(), now=now)
        try:
            letter = read_email(raw, settings.KITH_MAIL_TRUSTED)
        except Unreadable as why:
            return _no_contact(raw, digest, scope, str(why), job, now)
        _one_at_a_time(letter.key)
        return _contact(raw, digest, letter, scope, job, now)


def take_maildir(*, folder: Path, now: datetime) -> list[Taken]:
    """Every new letter of a Maildir; each is marked as read once it is kept, and stays where it is otherwise."""
    taken = []
    for path in sorted((folder / "new").iterdir()):
        if path.is_file() and not path.name.startswith("."):
            taken.append(take_email(raw=read_at_most(path), now=now))
            (folder / "cur").mkdir(exist_ok=True)
            path.rename(folder / "cur" / f"{path.name.partition(':')[0]}{SEEN}")
    return taken


def _one_at_a_time(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"mail:{key}"])


def _contact(raw: bytes, digest: str, letter: EmailRead, scope: Scope, job: Viewer, now: datetime) -> Taken:
    standing = Received.objects.filter(message_id=letter.key).exists()
    documents, refused = ([], []) if standing else _documents(letter.enclosed, scope, job, now)
    email = letter.sender if letter.answerable else ""
    name = letter.sender_name if email else " ".join(part for part in (letter.sender_name, letter.sender) if part)
    told = Told(
        about=ABOUT,
        what="\n\n".join([letter.words, *refused]),
        giver=WhoGave("professional", name=name[:200], email=email, email_verified=letter.verified and bool(email)),
        came_by="email",
        documents=documents,
        message_id=letter.key,
    )
    receipt = receive(told=told, once=uuid5(NAMESPACE_OID, f"mail:{letter.key}"), now=now)
    MailKept.objects.create(
        scope=scope, sha256=digest, original=raw, length=len(raw), kept_at=now, contact_id=receipt.contact_id
    )
    if receipt.new:
        propose_missing(contact=Contact.objects.get(pk=receipt.contact_id), letter=letter, by=job, now=now)
    return Taken(receipt.reference, receipt.new)


def _documents(enclosed: tuple[Enclosed, ...], scope: Scope, job: Viewer, now: datetime
               ) -> tuple[list[tuple[int, str]], list[str]]:  # fmt: skip
    """Files that may be kept, and a line on each that may not; the original has them all."""
    kept, refused = [], []
    for one in enclosed:
        try:
            checked = check_upload(SimpleUploadedFile(one.name, one.content))
        except Refused as why:
            refused.append(f"[The file “{one.name}” was not taken: {why}]")
            continue
        document = keep(checked=checked, scope=scope, by=job, now=now, from_nobody=True)
        kept.append((document.pk, document.name))
    return kept, refused


def _no_contact(raw: bytes, digest: str, scope: Scope, why: str, job: Viewer, now: datetime) -> Taken:
    kept = raw if len(raw) <= LARGEST else raw[:BEGINNING]
    MailKept.objects.create(scope=scope, sha256=digest, original=kept, length=len(raw), kept_at=now, problem=why[:300])
    record(viewer=job, action="keep-email", what="Kept a letter that is no contact", because=why[:300], now=now)
    return Taken(problem=why)
