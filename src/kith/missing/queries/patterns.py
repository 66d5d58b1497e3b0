"""What patterns are read from: absences as whoever looks may read them; counts over everybody by a named job."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate

from kith.chronology.kinds import all_kinds
from kith.chronology.models import EntrySubject
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.design_system.words import age_in_years
from kith.missing.models import Account, Conversation, Episode, MissingTogether, Return, Said, SetAside
from kith.missing.rules.patterns import Absence, Shares, contact_kinds, in_care, is_school_day, reason_code, rule
from kith.subjects.models import LinkEvidence, Person, Subject

JOB = "missing"
YEAR = timedelta(days=365)
LEARNT = ("return-conversation", "return-interview")  # kinds of entry that tell the main reason


@dataclass(frozen=True)
class Everybody:
    """A year of absences of everybody, in numbers and in the absences behind each; read by a named job."""

    absences: tuple[Absence, ...]
    why_home: Counter[tuple[str, str]]  # (push or pull, code)
    why_care: Counter[tuple[str, str]]
    boys: Shares
    boys_absences: frozenset[int]
    both_harms: int
    both_and_missing: frozenset[int]  # children
    low_attendance: frozenset[int]  # children missing in the year
    without_school: frozenset[int]
    school_day: frozenset[int]  # absences
    school_known: int  # absences of which it is known
    aside: Counter[str]


def absences_since(since: datetime) -> list[Absence]:
    """Those counted that began since then, as far as whoever looks may read."""
    return _absences(Episode.objects.filter(gone_at__gte=since))


def absences_of(subject_id: int) -> list[Absence]:
    """Every counted absence of a child, the earliest first."""
    return _absences(Episode.objects.filter(subject_id=subject_id))


def absences_numbered(numbers: Iterable[int]) -> list[Absence]:
    """These, as far as whoever looks may read."""
    return _absences(Episode.objects.filter(pk__in=list(numbers)))


def _absences(found: QuerySet[Episode]) -> list[Absence]:
    place = Return.objects.filter(episode=OuterRef("pk")).exclude(place="").order_by("-pk").values("place")[:1]
    told = Account.objects.filter(episode=OuterRef("pk")).exclude(found_at_place="").values("found_at_place")[:1]
    reported = Account.objects.filter(episode=OuterRef("pk")).exclude(came_by="feed").order_by("told_at")
    offered = Conversation.objects.filter(covered__episode=OuterRef("pk"))
    rows = found.filter(
        not_missing_because=""
    ).annotate(
        place=Subquery(place),
        reported=Subquery(reported.values("told_at")[:1]),  # when a feed arrived says nothing of who was told when
        told_place=Subquery(told),
        offered=Subquery(offered.values("offered_at")[:1]),
        declined=Subquery(offered.values("declined_at")[:1]),
    )
    return [
        Absence(
            one.pk,
            one.subject_id,
            one.reference,
            one.gone_at,
            one.back_at,
            one.reported,
            one.gone_is_day,
            one.back_is_day,
            one.grade,
            one.missing_from,
            (one.place or one.told_place or "").strip(),
            one.companions,
            bool(one.declined) if one.offered or one.declined else None,
        )
        for one in rows.order_by("gone_at", "pk")
    ]


def why_of(subject_id: int) -> Counter[tuple[str, str]]:
    """What made it hard to stay and what drew a child, as said in conversations that whoever looks may read."""
    return _why([subject_id])[subject_id]


def said_together(pairs: Iterable[frozenset[int]]) -> frozenset[frozenset[int]]:
    """Which of these pairs an agency says were seen together on return."""
    wanted = set(pairs)
    people = {one for pair in wanted for one in pair}
    with viewing_as(system_viewer(JOB)):
        rows = LinkEvidence.objects.filter(
            subject_id__in=people, other_id__in=people, kind="seen-with", ended_at=None, text__icontains="missing"
        ).exclude(feed="")
        found = {frozenset(pair) for pair in rows.values_list("subject_id", "other_id")}
    return frozenset(found & wanted)


def names_of_children(subject_ids: Iterable[int]) -> dict[int, str]:
    """The names of children whose absences whoever looks may read: asked by a named job for those alone."""
    with viewing_as(system_viewer(JOB)):
        return dict(Subject.objects.filter(pk__in=list(subject_ids)).values_list("pk", "name"))


def records_open(subject_ids: Iterable[int]) -> set[int]:
    """Of these, whose record is open to whoever looks."""
    return set(Subject.objects.filter(pk__in=list(subject_ids)).values_list("pk", flat=True))


def decided_pairs() -> dict[tuple[int, int], MissingTogether]:
    """The latest word on each pair."""
    rows = MissingTogether.objects.select_related("by").order_by("pk")
    return {(row.first_id, row.second_id): row for row in rows}


def asides_of(subject_id: int) -> list[SetAside]:
    """What was set aside of one child, the latest first."""
    return list(SetAside.objects.filter(subject_id=subject_id).select_related("by__agency").order_by("-pk"))


def contact_days(subject_id: int, since: date) -> set[date]:
    """Days of contact with family, where entries tell them."""
    rows = EntrySubject.objects.filter(subject_id=subject_id, entry__kind__in=contact_kinds(), on__gte=since)
    return set(rows.filter(entry__superseded_by=None, entry__ended_at=None).values_list("on", flat=True))


def everybody(now: datetime) -> Everybody:
    """A year's absences, those that whoever looks may read, and what stands beside them on records, in numbers only.

    A named job counts what stands on records: which children are meant goes no further than to whom they are open.
    """
    absences = absences_since(now - YEAR)
    with viewing_as(system_viewer(JOB)):
        children = {one.subject for one in absences}
        people = {one.subject_id: one for one in Person.objects.filter(subject_id__in=children)}
        home, care = _why_by_home(absences)
        sexual, criminal = _harmed("sexual"), _harmed("criminal")
        lately = {one.subject for one in absences if one.gone >= now - timedelta(days=rule("overlap").numbers["days"])}
        boys = {one.number for one in absences if _older_boy(people.get(one.subject), localdate(one.gone))}
        known = [one for one in absences if is_school_day(localdate(one.gone)) is not None]
        asides = Counter(SetAside.objects.filter(at__gte=now - YEAR).values_list("rule", flat=True))
        return Everybody(
            absences=tuple(absences),
            why_home=home,
            why_care=care,
            boys=_shares(len(boys), len(absences), sexual | criminal, localdate(now)),
            boys_absences=frozenset(boys),
            both_harms=len(sexual & criminal),
            both_and_missing=frozenset(sexual & criminal & lately),
            low_attendance=frozenset(children & _with_kinds(rule("school").numbers["low_attendance"], now - YEAR)),
            without_school=frozenset(children & _with_kinds(rule("school").numbers["without_school"], now - YEAR)),
            school_day=frozenset(one.number for one in known if is_school_day(localdate(one.gone))),
            school_known=len(known),
            aside=asides,
        )


def _why_by_home(absences: list[Absence]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """By whether the child was missing from care, as of their latest absence of which it is known."""
    lives = {one.subject: in_care(one.missing_from) for one in absences if in_care(one.missing_from) is not None}
    home, care = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for subject, why in _why({one.subject for one in absences}).items():
        if lives.get(subject) is not None:
            (care if lives[subject] else home).update(why)
    return home, care


def _why(subjects: Iterable[int]) -> defaultdict[int, Counter[tuple[str, str]]]:
    wanted, found = list(subjects), defaultdict[int, Counter[tuple[str, str]]](Counter)
    for one in Said.objects.filter(subject_id__in=wanted).only("subject_id", "push", "pull"):
        found[one.subject_id].update({("push", code) for code in one.push} | {("pull", code) for code in one.pull})
    rows = EntrySubject.objects.filter(subject_id__in=wanted, entry__kind__in=LEARNT, entry__ended_at=None)
    rows = rows.filter(entry__superseded_by=None)
    for subject, words in rows.values_list("subject_id", "entry__details__main_reason"):
        if code := reason_code(str(words or "")):
            found[subject][code] += 1
    return found


def _harmed(which: str) -> set[int]:
    """Children of whom an entry of exploitation says which kind."""
    kinds = {key for key, one in all_kinds().items() if "exploitation" in one.harm} | {"exploitation-flag"}
    says = Q()
    for word in rule("overlap").numbers[which]:
        says |= Q(entry__summary__icontains=word)
    rows = EntrySubject.objects.filter(says, entry__kind__in=kinds, entry__superseded_by=None, entry__ended_at=None)
    return set(rows.filter(subject__person__is_child=True).values_list("subject_id", flat=True))


def _with_kinds(kinds: Iterable[str], since: datetime) -> set[int]:
    rows = EntrySubject.objects.filter(entry__kind__in=list(kinds), entry__superseded_by=None, entry__ended_at=None)
    lasts = Q(on__gte=since.date()) | Q(entry__until__gte=since) | Q(entry__until_day__gte=since.date())
    return set(rows.filter(lasts).values_list("subject_id", flat=True))


def _older_boy(person: Person | None, on: date) -> bool:
    if person is None or person.sex.upper() != "M" or person.date_of_birth is None:
        return False
    return int(rule("boys").numbers["from_age"]) <= age_in_years(person.date_of_birth, on) < 18


def _shares(boys: int, absences: int, harmed: set[int], today: date) -> Shares:
    people = list(Person.objects.filter(subject_id__in=harmed))
    under = [one for one in people if one.date_of_birth and age_in_years(one.date_of_birth, today) < 18]
    return Shares(boys, absences, sum(_older_boy(one, today) for one in under), len(under))
