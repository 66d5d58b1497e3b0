"""What a child said goes on in the same minute, and no further than they agreed: to the record, the police, the worker,
and in plain words to a parent. What went, and when, is kept.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from kith.chronology.actions import About, Written, correct_entry, write_entry
from kith.chronology.models import Entry
from kith.chronology.permissions import can_correct
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.notices.actions import News, tell
from kith.foundations.private_links.actions import To, send_link
from kith.intelligence.actions import Given, NamedGiven, give
from kith.missing.actions.desk import JOB, talkers_audience
from kith.missing.models import Consent, Episode, Mentioned, Said, Sent
from kith.missing.permissions import check_can_talk
from kith.missing.queries.concerned import lead_workers
from kith.missing.rules.codes import title
from kith.missing.rules.telling import BY_HAND, goes_to_police, may_tell

RECORD, SAFETY_KIND, RECORD_KIND = "record", "note", "return-interview"
SET_RIGHT = "What was said was set right"
TO_POLICE = "Named in a conversation after a child was back: {named}."
SAFETY_NEWS = "Something is to be done to keep a child safe: conversation {reference}."
PARENT_SUBJECT = "A message for you"
PARENT_WORDS = (
    "There is a message for you from {partnership}. To read it: {link} This works for 7 days. "
    "You need not answer. Questions: ring {phone}."
)
NOT_AGREED = "They did not agree to this, and no reason stands why it must be told all the same."


@transaction.atomic
def pass_on(*, said_id: int, phone: str, email: str, site: str, by: Viewer, now: datetime) -> list[Sent]:
    """Passes on whatever may go and has not gone in these words yet. Answers what went now."""
    with viewing_as(system_viewer(JOB)):
        said = Said.objects.select_related("conversation", "talkers").get(pk=said_id)
        agreed = {one.recipient: one for one in said.consents.all()}
        went = [
            _to_record(said, by, now),
            _to_police(said, agreed.get("police"), by, now),
            _to_worker(said, agreed.get("worker"), by, now),
            _to_parent(said, agreed.get("parent"), To(phone, "" if phone else email), site, now),
        ]
    sent = [one for one in went if one]
    for one in sent:
        what = f"{said.conversation.reference} to {one.recipient}: {one.what}"
        record(viewer=by, action="pass-on-talk", subjects=[said.subject_id], what=what[:300], now=now)
    return sent


@transaction.atomic
def told_by_hand(*, said_id: int, recipient: str, by: Viewer, now: datetime) -> Sent:
    """Somebody has told the school or health what the child agreed to. Raises NotAllowed where they did not."""
    check_can_talk(by)
    said = Said.objects.select_related("conversation").get(pk=said_id)
    consent = said.consents.filter(recipient=recipient).first()
    if recipient not in BY_HAND or consent is None or not may_tell(consent.answer, consent.anyway_because):
        raise NotAllowed(NOT_AGREED)
    what = f"{said.conversation.reference} to {recipient}: told by hand"
    record(viewer=by, action="pass-on-talk", subjects=[said.subject_id], what=what, now=now)
    return _sent(said, recipient, f"Told by {by.name}", "", now)


def _to_record(said: Said, by: Viewer, now: datetime) -> Sent | None:
    """The summary, for everybody who works with the child. Other words are another entry; both stand."""
    if not said.summary or _went(said, RECORD, said.summary):
        return None
    held = said.conversation.held_at or now
    text = f"Conversation on return {said.conversation.reference}. {said.summary}"
    written = Written(text, timezone.localdate(held), held, RECORD_KIND, significant=True)
    entry = _write(said, RECORD, written, by, now)
    return _sent(said, RECORD, said.summary, f"entry:{entry}", now)


def _write(said: Said, recipient: str, written: Written, by: Viewer, now: datetime) -> int:
    """An entry on the child's record; in place of the one before, where the same person wrote that."""
    before = said.sent.filter(recipient=recipient, led_to__startswith="entry:").order_by("-pk").first()
    old = Entry.objects.filter(pk=before.led_to.removeprefix("entry:")).first() if before else None
    given: dict[str, Any] = {"written": written, "about": [About(said.subject_id)], "by": by, "now": now}
    if old and can_correct(by, old):
        return correct_entry(entry_id=old.pk, because=SET_RIGHT, **given).pk
    return write_entry(**given).pk


def _to_police(said: Said, consent: Consent | None, by: Viewer, now: datetime) -> Sent | None:
    """Names, places and vehicles alone, as intelligence. Where nobody grades yet, nothing goes and the page says so."""
    if consent is None:
        return None
    may = [one for one in said.mentioned.order_by("pk") if _may_go(one, consent)]
    known = set(said.sent.filter(recipient="police").values_list("what", flat=True))
    new = [one for one in may if not any(_in_words(one) in what for what in known)]
    if not new:
        return None
    what = "; ".join(_in_words(one) for one in new)
    named = tuple(NamedGiven(one.kind, one.value, one.about) for one in new)
    came_from = f"conversation:{said.conversation.reference}"
    given = Given(TO_POLICE.format(named=what), "child", named=named, came_from=came_from, source_shows="not-known")
    try:
        receipt = give(given=given, by=by, now=now)
    except NotAllowed:
        return None
    return _sent(said, "police", what, f"intelligence:{receipt.number}", now)


def _may_go(one: Mentioned, consent: Consent) -> bool:
    anyway = consent.anyway_because
    return goes_to_police(one.kind, consent.answer, chosen=one.to_police, anyway_because=anyway)


def _to_worker(said: Said, consent: Consent | None, by: Viewer, now: datetime) -> Sent | None:
    """What is to be done stands on the record, and the lead worker is told at once."""
    agreed = consent is not None and may_tell(consent.answer, consent.anyway_because)
    if not said.safety or not agreed or _went(said, "worker", said.safety):
        return None
    text = f"To keep them safe, from conversation {said.conversation.reference}: {said.safety}"
    written = Written(text, timezone.localdate(now), now, SAFETY_KIND, significant=True)
    entry = _write(said, "worker", written, by, now)
    news = News(
        text=SAFETY_NEWS.format(reference=said.conversation.reference),
        path=reverse("talk", args=[said.conversation_id]),
        about=f"conversation:{said.conversation_id}",
        once=f"safety:{entry}",
        urgent=True,
    )
    episode = Episode.objects.filter(covered__conversation=said.conversation_id).order_by("pk").first()
    workers = lead_workers(episode, now, timezone.localdate(now)) if episode else []
    tell(viewers=workers, news=news, scope=talkers_audience(now=now), now=now)
    return _sent(said, "worker", said.safety, f"entry:{entry}", now)


def _to_parent(said: Said, consent: Consent | None, to: To, site: str, now: datetime) -> Sent | None:
    """By a private link; the words stand behind it and name no child."""
    agreed = consent is not None and may_tell(consent.answer, consent.anyway_because)
    if not agreed or not said.for_parent or not (to.phone or to.email) or _went(said, "parent", said.for_parent):
        return None
    words = PARENT_WORDS.replace("{partnership}", settings.PARTNERSHIP.name)
    went = send_link(
        purpose="summary",
        about=f"conversation:{said.conversation_id}",
        to=to,
        scope=talkers_audience(now=now),
        subject=PARENT_SUBJECT,
        words=words.replace("{phone}", settings.PARTNERSHIP.front_door_phone),
        site=site,
        now=now,
    )
    return _sent(said, "parent", said.for_parent, "", now) if went else None


def _went(said: Said, recipient: str, words: str) -> bool:
    return said.sent.filter(recipient=recipient, what=_short(words)).exists()


def _in_words(one: Mentioned) -> str:
    return f"{title('named', one.kind).lower()} {one.value}"


def _short(words: str) -> str:
    return words if len(words) <= 300 else words[:299] + "…"


def _sent(said: Said, recipient: str, what: str, led_to: str, now: datetime) -> Sent:
    agency = Agency.objects.filter(kind="police").order_by("pk").first() if recipient == "police" else None
    return Sent.objects.create(
        scope_id=said.scope_id,
        talkers_id=said.talkers_id,
        said=said,
        recipient=recipient,
        what=_short(what),
        led_to=led_to[:120],
        agency=agency,
        at=now,
    )
