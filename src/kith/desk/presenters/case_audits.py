"""What of case audits waits for whoever looks, under their duties."""

from __future__ import annotations

from datetime import date

from kith.case_audits.queries.waiting import Waiting
from kith.desk.presenters.duties import SHOWN, Duty, Item
from kith.foundations.design_system import words


def case_audit_duty(waiting: Waiting, today: date) -> Duty:
    """What a child needs today first, then what is to be done, read, made and answered."""
    done = [
        Item(
            words.initials(one.audit.subject.name),
            f"{one.what[:80]}, by {words.short_day(one.due_on)}",
            "case-audit",
            one.audit_id,
        )
        for one in waiting.actions
    ]
    read = [
        Item(words.initials(one.subject.name), "an audit of your work: say what you think", "case-audit", one.pk)
        for one in waiting.to_reflect
    ]
    make = [Item(words.initials(one.subject.name), "to be audited", "case-audit", one.pk) for one in waiting.to_audit]
    write = [
        Item(words.initials(one.subject.name), "your agency’s part", "case-audit", one.pk) for one in waiting.to_write
    ]
    items = (*done, *read, *make, *write)
    late = any(one.is_today or one.due_on < today for one in waiting.actions)
    counted = [
        words.count(len(done), "thing to do", "things to do") if done else "",
        words.count(len(read), "audit to read", "audits to read") if read else "",
        words.count(len(make), "record to audit", "records to audit") if make else "",
        words.count(len(write), "part to write", "parts to write") if write else "",
    ]
    return Duty(
        title="Case audits",
        sentence=words.sentence(", ".join(one for one in counted if one)) + ".",
        page="case-audits-mine",
        link="All of them",
        state="overdue" if late else "soon",
        items=items[:SHOWN],
        more=max(0, len(items) - SHOWN),
    )
