"""A contact that is intelligence too: passed to those who grade it, with whoever told as its source."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from kith.foundations.access.models import Viewer
from kith.front_door.models import Contact, Named
from kith.front_door.permissions import check_can_decide
from kith.intelligence.actions import Given, NamedGiven, give
from kith.intelligence.models import Receipt
from kith.intelligence.rules.codes import listed

SOMEBODY = "somebody"  # how the front door knows it, whatever whoever told saw


@transaction.atomic
def pass_as_intelligence(*, contact_id: int, by: Viewer, now: datetime) -> Receipt:
    """Gives what was told to the team that grades intelligence; asked twice, it is one report.

    Whoever told is kept as its source, which the source unit alone reads. Raises NotAllowed where nobody grades.
    """
    check_can_decide(by)
    contact = Contact.objects.select_related("giver").get(pk=contact_id)
    giver = contact.giver
    harms = {code.key for code in listed("harms")}
    given = Given(
        text=contact.what,
        how_known=SOMEBODY,
        happened_on=contact.on,
        harms=tuple(harm for harm in contact.harms if harm in harms),
        named=tuple(_named(one) for one in contact.named.all()),
        source_name=giver.name,
        source_reach=" ".join(reach for reach in (giver.email, giver.phone) if reach),
        danger_now=contact.in_danger,
        referred="yes",
        came_from=f"contact:{contact.pk}",
    )
    return give(given=given, by=by, now=now, once=uuid5(NAMESPACE_URL, f"kith:contact:{contact.pk}"))


def _named(one: Named) -> NamedGiven:
    about = "; ".join(str(value) for value in one.details.values() if value)
    kind = "handle" if one.details.get("online") else one.kind
    return NamedGiven(kind, str(one.details.get("online") or one.name), about[:300])
