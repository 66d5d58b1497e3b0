"""What is confirmed of a letter on a missing child: the same as of any report, filled with what was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from kith.foundations.access.models import Agency
from kith.foundations.clocks import HERE
from kith.foundations.design_system.forms import Choice
from kith.front_door.models import MissingLetter
from kith.missing.actions import Reported
from kith.missing.forms.episode import BackForm
from kith.missing.forms.reporting import NewcomerReportForm, ReportForm
from kith.missing.rules.codes import choices
from kith.missing.rules.mail import MissingMail

READ = ("last_seen", "clothing", "circumstances", "number", "told_by", "kind", "grade")
NAMED_HERE = {"last_seen": "last_seen_at_place"}


class LetterReportForm(ReportForm):
    """A report that came by letter: whose it is, and their grade."""

    agency = Choice(label="Whose report it is", choices=[], as_select=True)
    grade = Choice(label="Their grade", choices=choices("grades"), required=False, as_select=True)

    def __init__(self, *given: Any, agencies: Iterable[Agency], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["agency"].choices = [("", "Choose"), *((str(one.pk), one.name) for one in agencies)]  # type: ignore[attr-defined]
        self.fields["grade"].choices = [("", "Not graded by them"), *choices("grades")]  # type: ignore[attr-defined]

    def by_letter(self, subject_id: int) -> Reported:
        """The answers as the action takes them."""
        said = self.cleaned_data
        reported = self.reported(subject_id, int(said["agency"]))
        return replace(reported, came_by="email", grade=said["grade"])


class LetterNewcomerForm(LetterReportForm, NewcomerReportForm):
    """The same of a child who is not on record."""


def report_initial(letter: MissingLetter, read: MissingMail) -> dict[str, Any]:
    """What was read, as the form has it. A person corrects it."""
    local = read.gone.astimezone(HERE) if read.gone else None
    first, _, last = read.name.rpartition(" ")
    said = {NAMED_HERE.get(name, name): getattr(read, name) for name in READ}
    return said | {
        "agency": str(letter.agency_id or ""),
        "gone_on": local.date() if local else None,
        "gone_time": f"{local:%H:%M}" if local and not read.gone_is_day else None,
        "first_name": first or last,
        "last_name": last if first else "",
        "date_of_birth": read.born,
        "told_by": read.told_by or letter.sender_name or letter.sender,
    }


def back_initial(read: MissingMail) -> dict[str, Any]:
    """The same of a return."""
    local = read.back.astimezone(HERE) if read.back else None
    return {
        "back_on": local.date() if local else None,
        "back_time": f"{local:%H:%M}" if local and not read.back_is_day else None,
        "place": read.found_at,
    }


__all__ = ["BackForm", "LetterNewcomerForm", "LetterReportForm", "back_initial", "report_initial"]
