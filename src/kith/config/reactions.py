"""Every automatic consequence, on one page. Nothing else in Kith happens by itself because something else did.

Each follows in the same transaction, is audited like any action, and is done in the name of whoever did the first.
"""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from kith.case_audits.actions.following import audits_follow
from kith.contexts.actions.following import weighings_follow
from kith.exchange.presenters.waiting import reports_not_matched
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.rules import TeamWork
from kith.foundations.access.viewing import viewing_as
from kith.foundations.announcing import react_to
from kith.front_door.actions import NamedIn, Told, WhoGave, receive
from kith.front_door.queries.harms import all_exploited, exploitation_decided
from kith.linkage.facts import Loaded, PeopleMoved
from kith.missing.actions import ChildBack, EpisodeOpened, ReturnCorrected, draw_from_feeds, follow_people
from kith.missing.actions.conversations import conversation_after_return
from kith.missing.actions.profile_moves import profiles_follow
from kith.missing.actions.profiles import close_profile, open_profile
from kith.missing.actions.telling import (
    tell_of_correction,
    tell_of_missing,
    write_correction,
    write_report,
    write_return,
)
from kith.missing.actions.warnings import warnings_follow_the_return
from kith.missing.queries.board import also_waits
from kith.missing.queries.on_record import also_ask
from kith.moments.actions.drawing import draw_from_entries, draw_from_missing, moments_follow
from kith.pathways.actions import WorkMoved, open_work
from kith.pathways.queries import team_that

EARLY_HELP = "early-help"


def start() -> None:
    """Called once when Kith starts."""
    also_ask(exploitation_decided)  # whoever grades an absence is asked to consider high
    also_waits(reports_not_matched)  # beside the missing board
    react_to(WorkMoved, early_help_stepped_up_is_a_contact)
    react_to(WorkMoved, work_stepped_down_goes_to_early_help)
    react_to(ChildBack, conversation_after_return)
    react_to(ReturnCorrected, warnings_follow_the_return)
    react_to(EpisodeOpened, the_profile_opens_while_a_child_is_missing)
    react_to(ChildBack, the_profile_closes_on_return)
    react_to(EpisodeOpened, a_missing_child_is_told_of_and_stands_on_the_record)
    react_to(ChildBack, a_return_stands_on_the_record)
    react_to(ReturnCorrected, a_corrected_return_is_told_to_everybody_concerned)
    react_to(Loaded, what_feeds_tell_of_missing_children_becomes_absences)
    react_to(PeopleMoved, absences_follow_whom_they_were_told_of)
    react_to(PeopleMoved, profiles_follow_the_child)
    react_to(Loaded, what_feeds_tell_of_exploited_children_becomes_critical_moments)
    react_to(EpisodeOpened, a_missing_child_with_exploitation_on_record_is_a_critical_moment)
    react_to(PeopleMoved, critical_moments_follow_the_child)
    react_to(PeopleMoved, case_audits_follow_the_child)
    react_to(PeopleMoved, weighings_follow_the_child)


def early_help_stepped_up_is_a_contact(moved: WorkMoved) -> None:
    """When early help steps a child up, the front door receives a contact, from early help, about that child."""
    if moved.work.pathway != EARLY_HELP or moved.to_state != "stepped-up":
        return
    subject = moved.work.subject
    giver = WhoGave("staff", moved.by.name, moved.by.job_title, email=moved.by.email, viewer=moved.by)
    born = subject.person.date_of_birth
    details = {"date_of_birth": born.isoformat()} if born else {}
    told = Told("child", moved.why, giver, came_by="staff", named=(NamedIn("person", "child", subject.name, details),))
    receive(told=told, once=uuid5(NAMESPACE_URL, f"kith:stepped-up:{moved.work.pk}"), now=moved.now)


def work_stepped_down_goes_to_early_help(moved: WorkMoved) -> None:
    """When social work steps a child down, early help is asked for, with the same reason."""
    if moved.to_state != "stepped-down":
        return
    open_work(
        subject_id=moved.work.subject_id,
        pathway=EARLY_HELP,
        team=team_that(TeamWork.EARLY_HELP),
        because=moved.why,
        came_from=f"work:{moved.work.pk}",
        by=moved.by,
        now=moved.now,
    )


def what_feeds_tell_of_missing_children_becomes_absences(loaded: Loaded) -> None:
    """After each load, absences and conversations are made of what the police's and the council's files tell."""
    draw_from_feeds(by=loaded.by, now=loaded.now)


def a_missing_child_is_told_of_and_stands_on_the_record(opened: EpisodeOpened) -> None:
    """Those who search and follow, and the child's lead worker, are told at once; the record says what was reported."""
    tell_of_missing(episode=opened.episode, long_past=opened.long_past, by=opened.by, now=opened.now)
    write_report(episode=opened.episode, by=opened.by, now=opened.now)


def a_return_stands_on_the_record(back: ChildBack) -> None:
    """What somebody said here of a return stands on the child's record."""
    write_return(episode=back.episode, by=back.by, now=back.now)


def a_corrected_return_is_told_to_everybody_concerned(corrected: ReturnCorrected) -> None:
    """Before and after are told to all whose clock has moved, and stand on the child's record with the reason."""
    episode, before, by, now = corrected.episode, corrected.before, corrected.by, corrected.now
    tell_of_correction(episode=episode, before=before, by=by, now=now)
    write_correction(episode=episode, before=before, why=corrected.why, by=by, now=now)


def absences_follow_whom_they_were_told_of(moved: PeopleMoved) -> None:
    """When two records become one person, or part, what was told of a missing child stands on the record it is of."""
    follow_people(by=moved.by, now=moved.now)


def the_profile_opens_while_a_child_is_missing(opened: EpisodeOpened) -> None:
    """The carer's profile opens to those who search, and to those who follow missing children."""
    if not opened.long_past:
        open_profile(episode=opened.episode, by=opened.by, now=opened.now)


def profiles_follow_the_child(moved: PeopleMoved) -> None:
    """When two records become one child, the carer's profile stands on the record that there is."""
    profiles_follow(subjects=moved.subjects, by=moved.by, now=moved.now)


def the_profile_closes_on_return(back: ChildBack) -> None:
    """The carer's profile closes to those who searched."""
    close_profile(episode=back.episode, because="The child is back", by=back.by, now=back.now)


def what_feeds_tell_of_exploited_children_becomes_critical_moments(loaded: Loaded) -> None:
    """After each load, by a published rule: an injury, an arrest, an exclusion of a child known to be exploited."""
    with viewing_as(system_viewer("moments")):
        known = all_exploited()
    draw_from_entries(by=loaded.by, now=loaded.now, also_exploited=known)


def a_missing_child_with_exploitation_on_record_is_a_critical_moment(opened: EpisodeOpened) -> None:
    """By the same rule, whoever is on call is rung about a child who is reported missing here."""
    if opened.long_past:
        return
    episode, account = opened.episode, opened.episode.accounts.order_by("pk").first()
    draw_from_missing(
        subject=episode.subject,
        reference=episode.reference,
        also_exploited=episode.subject_id in all_exploited(),
        happened_at=episode.gone_at,
        agency=account.agency if account else None,
        callback=account.agency.phone if account else "",
        by=opened.by,
        now=opened.now,
    )


def case_audits_follow_the_child(moved: PeopleMoved) -> None:
    """When two records become one child, case audits stand on the record that stands."""
    audits_follow(subjects=moved.subjects, by=moved.by, now=moved.now)


def weighings_follow_the_child(moved: PeopleMoved) -> None:
    """When two records become one child, weighings of contexts stand on the record that stands."""
    weighings_follow(subjects=moved.subjects, by=moved.by, now=moved.now)


def critical_moments_follow_the_child(moved: PeopleMoved) -> None:
    """When two records become one child, or part, critical moments stand on the record they are of."""
    moments_follow(subjects=moved.subjects, by=moved.by, now=moved.now)
