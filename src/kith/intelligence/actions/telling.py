"""The return path: what a giver is told, on their own page and by letter. A letter names nobody."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.letters.actions import write_letter
from kith.intelligence.models import Receipt, ReceiptLine
from kith.intelligence.rules.codes import News
from kith.intelligence.rules.telling import letter_body, worth_a_letter


@transaction.atomic
def tell(*, number: str, news: News, text: str = "", once: bool = False, by: Viewer, now: datetime) -> None:
    """Puts one piece of news where the giver of report `number` reads it; with `once`, only if they were not told yet.

    `by` is the system job that may reach it.
    """
    with viewing_as(by):
        receipt = Receipt.objects.select_related("giver").filter(number=number).first()
        if receipt is None or (once and receipt.lines.filter(kind=news.value).exists()):
            return
        receipt.lines.create(scope_id=receipt.scope_id, kind=news.value, text=text, at=now)
        to = receipt.email or (receipt.giver.email if receipt.giver else "")
        if to and worth_a_letter(news, signed_in=receipt.giver is not None):
            _write(receipt, to, now)


def _write(receipt: Receipt, to: str, now: datetime) -> None:
    lines = ReceiptLine.objects.filter(receipt=receipt).order_by("at", "pk").values_list("kind", "text")
    told = [(News(kind), text) for kind, text in lines]
    body = letter_body(receipt.number, told, settings.PARTNERSHIP.name, signs_in=receipt.giver is not None)
    subject = f"What you passed on: {receipt.number}"
    about = f"intelligence:{receipt.number}"
    write_letter(to=to, subject=subject, body=body, about=about, scope=receipt.scope, now=now)
