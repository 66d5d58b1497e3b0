"""A load, end to end: what is written, once, and what changes it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kith.chronology.models import Entry, EntrySubject
from kith.foundations.access.models import Scope
from kith.linkage.feeds.tests.making import MISSING, ROW, csv_file
from kith.linkage.loading.tests.loading import NOW, Load, counts
from kith.linkage.models import Delivery, Reject, SourceRecord
from kith.subjects.models import Involvement, LinkEvidence, Place, Professional, Reference, RestrictedPart

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
TWO = (ROW, ROW.replace("MP1", "MP2").replace("N1;Amara;Osei", "N2;Leo;Whitcombe"))


def again(folder: Path, *rows: str, name: str = "missing2.csv") -> Path:
    return csv_file(folder, *rows, name=name)


def test_people_entries_and_places_are_written_once(tmp_path: Path, load: Load) -> None:
    account = load(csv_file(tmp_path, *TWO), texts=(MISSING,))
    assert [(line.loaded, line.rejected) for line in account.lines] == [(2, 0)]
    record = SourceRecord.objects.get(reference__key="N1")
    assert record.facts == {"first_name": "Amara", "last_name": "Osei", "date_of_birth": "2011-02-01"}
    assert (record.is_child, record.stated_on, record.row) == (True, date(2026, 11, 3), 2)
    entry = Entry.objects.get(feed_key="missing-episode:MP1")
    assert entry.summary == "Reported missing from Harbour Park, graded high"
    assert (entry.on, entry.at) == (date(2026, 11, 3), datetime(2026, 11, 3, 16, 10, tzinfo=UTC))
    assert (entry.details, entry.significant, entry.row) == ({"grade": "high"}, True, 2)
    assert set(entry.about.values_list("part", flat=True)) == {"child", "there"}
    assert Place.objects.get().kind == "park"
    assert Reference.objects.get(kind="place").key == "harbour park|"


def test_everything_stands_in_the_circle_of_whom_it_is_about(tmp_path: Path, load: Load) -> None:
    load(csv_file(tmp_path, *TWO), texts=(MISSING,))
    for about in EntrySubject.objects.select_related("subject"):
        assert about.scope_id == about.subject.scope_id


def test_the_same_file_again_changes_nothing(tmp_path: Path, load: Load) -> None:
    path = csv_file(tmp_path, *TWO, ROW.replace("MP1", "MP3").replace(";H;", ";X;"))
    load(path, texts=(MISSING,))
    before = counts()
    account = load(path, texts=(MISSING,), now=LATER)
    assert [line.outcome for line in account.lines] == ["nothing new"]
    assert "Already loaded on 20 November 2026; nothing changed." in account.lines[0].words
    assert counts() == before
    assert not account.failed


def test_the_same_rows_in_another_file_are_unchanged(tmp_path: Path, load: Load) -> None:
    load(csv_file(tmp_path, *TWO), texts=(MISSING,))
    before = counts()
    account = load(again(tmp_path, TWO[1], TWO[0]), texts=(MISSING,), now=LATER)
    assert (account.lines[0].loaded, account.lines[0].unchanged) == (0, 2)
    after = counts()
    assert after["linkage_delivery"] == before["linkage_delivery"] + 1
    assert {k: v for k, v in after.items() if k not in ("linkage_delivery", "audit_auditevent")} == {
        k: v for k, v in before.items() if k not in ("linkage_delivery", "audit_auditevent")
    }


def test_a_changed_row_supersedes_and_the_old_entry_stays(tmp_path: Path, load: Load) -> None:
    load(csv_file(tmp_path, *TWO), texts=(MISSING,))
    account = load(again(tmp_path, TWO[0].replace(";H;", ";M;"), TWO[1]), texts=(MISSING,), now=LATER)
    assert (account.lines[0].loaded, account.lines[0].unchanged) == (1, 1)
    old, new = Entry.objects.filter(feed_key="missing-episode:MP1").order_by("pk")
    assert old.superseded_by == new
    assert (old.details, new.details) == ({"grade": "high"}, {"grade": "medium"})
    assert new.about.count() == old.about.count() == 2


def test_what_a_worker_marked_goes_on_with_the_new_entry(tmp_path: Path, load: Load) -> None:
    load(csv_file(tmp_path, *TWO), texts=(MISSING,))
    EntrySubject.objects.filter(part="child").update(impact="She was cold and hungry", marked_significant_by=7)
    load(again(tmp_path, TWO[0].replace(";H;", ";M;")), texts=(MISSING,), now=LATER)
    new = Entry.objects.get(feed_key="missing-episode:MP1", superseded_by=None)
    assert new.about.get(part="child").impact == "She was cold and hungry"
    assert new.about.get(part="there").impact == ""


def test_a_late_older_delivery_does_not_undo_a_newer_one(tmp_path: Path, load: Load) -> None:
    load(again(tmp_path, TWO[0].replace(";H;", ";M;"), name="missing-2026-11-19.csv"), texts=(MISSING,))
    load(again(tmp_path, TWO[0], name="missing-2026-11-10.csv"), texts=(MISSING,), now=LATER)
    assert Entry.objects.get().details == {"grade": "medium"}


def test_the_last_row_of_a_key_counts(tmp_path: Path, load: Load) -> None:
    load(csv_file(tmp_path, ROW, ROW.replace(";H;", ";M;")), texts=(MISSING,))
    assert Entry.objects.get().details == {"grade": "medium"}


def test_rejects_are_in_the_database_with_the_row_as_it_was(tmp_path: Path, load: Load) -> None:
    account = load(csv_file(tmp_path, TWO[0].replace("01/02/2011", "31/02/2011"), TWO[1]), texts=(MISSING,))
    reject = Reject.objects.get()
    assert reject.reasons == ['DOB "31/02/2011" is not a date that exists.']
    assert (reject.row, reject.original["DOB"], reject.original["FORENAMES"]) == (2, "31/02/2011", "Amara")
    assert Path(account.lines[0].rejects_file).exists()
    assert Delivery.objects.get().rows_rejected == 1


SNAPSHOT = MISSING.replace("mode: delta", "mode: snapshot")


def test_what_a_snapshot_no_longer_has_is_ended_and_kept(tmp_path: Path, load: Load) -> None:
    load(csv_file(tmp_path, *TWO), texts=(SNAPSHOT,))
    account = load(again(tmp_path, TWO[1]), texts=(SNAPSHOT,), now=LATER)
    assert account.lines[0].ended == 1
    assert Entry.objects.get(feed_key="missing-episode:MP1").ended_at == LATER
    assert SourceRecord.objects.get(reference__key="N1").ended_at == LATER
    assert SourceRecord.objects.get(reference__key="N2").ended_at is None


def test_what_comes_back_in_a_snapshot_stands_again(tmp_path: Path, load: Load) -> None:
    for number, rows in enumerate((TWO, TWO[1:], TWO[:1])):
        load(again(tmp_path, *rows, name=f"missing-{number}.csv"), texts=(SNAPSHOT,), now=LATER)
    assert Entry.objects.get(feed_key="missing-episode:MP1", superseded_by=None).ended_at is None
    assert SourceRecord.objects.get(reference__key="N1").ended_at is None


def test_a_row_that_cannot_be_read_is_not_taken_for_gone(tmp_path: Path, load: Load) -> None:
    load(csv_file(tmp_path, *TWO), texts=(SNAPSHOT,))
    load(again(tmp_path, TWO[0].replace("01/02/2011", "31/02/2011"), TWO[1]), texts=(SNAPSHOT,), now=LATER)
    assert not Entry.objects.exclude(ended_at=None).exists()
    assert not SourceRecord.objects.exclude(ended_at=None).exists()


def test_an_older_snapshot_that_comes_late_ends_nothing(tmp_path: Path, load: Load) -> None:
    load(again(tmp_path, *TWO, name="missing-2026-11-19.csv"), texts=(SNAPSHOT,))
    load(again(tmp_path, TWO[1], name="missing-2026-11-01.csv"), texts=(SNAPSHOT,), now=LATER)
    assert not Entry.objects.exclude(ended_at=None).exists()


def test_deleted_rows_end_what_they_had_made(tmp_path: Path, load: Load) -> None:
    text = MISSING.replace("mode: delta", "mode: changes") + "deletes: {column: action, value: D}\n"
    text = text.replace("  place:      {from: PLACE}", "  place:      {from: PLACE}\n  action:     {from: ACTION}")
    header = "MISPER_REF;NICHE_ID;FORENAMES;SURNAME;DOB;UPN;DAY;TIME;RISK;PLACE;ACTION"
    load(csv_file(tmp_path, f"{TWO[0]};A", f"{TWO[1]};A", header=header), texts=(text,))
    account = load(csv_file(tmp_path, "MP1;N1;;;;;;;;;D", header=header, name="missing2.csv"), texts=(text,), now=LATER)
    assert (account.lines[0].ended, account.lines[0].rejected) == (1, 0)
    assert Entry.objects.get(feed_key="missing-episode:MP1").ended_at == LATER
    assert Entry.objects.get(feed_key="missing-episode:MP2").ended_at is None
    assert SourceRecord.objects.get(reference__key="N1").ended_at is None  # the row was an event, not the person


RELATED = (
    MISSING.replace("  place:      {from: PLACE}", "  mother_key: {from: PLACE}").split("places:")[0]
    + """
  mother: {key: "{mother_key}", kind: adult, last_name: "{last_name}"}
links:
  - {kind: parent-of, from: mother, to: child, since: "{reported}", summary: "Recorded as mother"}
involvements:
  - {about: child, key: "{reference}", worker_key: "{first_name}", role: Social worker, since: "{reported}", lead: yes}
professionals:
  - {key: "{first_name}", name: "{first_name} {last_name}", phone: "01632 960 102"}
"""
)


def test_links_are_written_for_each_side_and_followed_by_key(tmp_path: Path, load: Load) -> None:
    load(csv_file(tmp_path, ROW), texts=(RELATED,))
    sides = LinkEvidence.objects.order_by("outward")
    assert [(s.outward, s.other_name, s.grade) for s in sides] == [
        (False, "Osei", "recorded"),
        (True, "Amara Osei", "recorded"),
    ]
    assert all(side.scope_id == side.subject.scope_id for side in sides)
    load(again(tmp_path, ROW.replace("03/11", "04/11")), texts=(RELATED,), now=LATER)
    assert {side.first_seen for side in LinkEvidence.objects.all()} == {date(2026, 11, 4)}
    assert LinkEvidence.objects.count() == 2


def test_involvements_take_the_workers_name_from_the_staff_list(tmp_path: Path, load: Load) -> None:
    load(csv_file(tmp_path, ROW), texts=(RELATED,))
    found = Involvement.objects.get()
    assert (found.worker, found.phone, found.is_lead) == ("Amara Osei", "01632 960 102", True)
    assert Professional.objects.get().agency.name == "Avonmouth Police"
    account = load(again(tmp_path, ROW.replace("MP1", "MP2"), ROW), texts=(RELATED,), now=LATER)
    assert (account.lines[0].loaded, account.lines[0].unchanged) == (1, 1)


def test_a_restricted_feed_writes_to_a_part_that_the_circle_cannot_read(tmp_path: Path, load: Load) -> None:
    load(csv_file(tmp_path, ROW), texts=(MISSING + "audience: restricted:sexual-health\n",))
    part = RestrictedPart.objects.get(subject__kind="person")
    assert part.audience == "sexual-health"
    about = EntrySubject.objects.get(part="child")
    assert about.scope_id == part.scope_id != about.subject.scope_id
    assert Scope.objects.get(pk=part.scope_id).kind == "restricted"


SHARED = MISSING.replace('key: "{reference}"', 'key: "{grade}"').replace("about: [child, there]", "about: [child]")


def test_several_rows_may_make_one_entry_about_all_their_people(tmp_path: Path, load: Load) -> None:
    text = SHARED.replace(" from {place|home}", "")
    load(csv_file(tmp_path, *TWO), texts=(text,))
    assert Entry.objects.get().about.count() == 2
    third = ROW.replace("MP1", "MP3").replace("N1;Amara", "N3;Zofia")
    load(again(tmp_path, third), texts=(text,), now=LATER)
    assert Entry.objects.get(superseded_by=None).about.count() == 3


FULLER = MISSING.replace("feed: police-missing", "feed: council-missing").replace(
    "system: police/niche", "system: police/niche"
)
BEHIND = MISSING.replace("    about: [child, there]", "    about: [child, there]\n    fuller: [council-missing]")


def test_an_entry_stands_behind_a_fuller_feeds_own_whichever_comes_first(tmp_path: Path, load: Load) -> None:
    both = (BEHIND, FULLER.replace("*missing*", "*council*"))
    load(csv_file(tmp_path, ROW), texts=both)
    assert Entry.objects.get().superseded_by is None
    load(csv_file(tmp_path, ROW, name="council.csv"), texts=both, now=LATER)
    behind, fuller = Entry.objects.get(feed="police-missing"), Entry.objects.get(feed="council-missing")
    assert behind.superseded_by == fuller
    account = load(again(tmp_path, ROW, TWO[1]), texts=both, now=LATER)
    assert account.lines[0].unchanged == 1
    assert Entry.objects.filter(feed="police-missing", feed_key="missing-episode:MP1").count() == 1


def test_files_that_are_nobodys_are_kept_and_told(tmp_path: Path, load: Load, settings: object) -> None:
    stray = csv_file(tmp_path, "1;2", header="A;B", name="stray.csv")
    account = load(stray, csv_file(tmp_path, ROW), texts=(MISSING,))
    assert [line.outcome for line in account.lines] == ["unknown", "loaded"]
    assert not account.failed
    kept = Delivery.objects.get(feed="")
    assert (kept.state, kept.problem) == ("unknown", "No feed is defined for a file like this.")
    assert (settings.DELIVERIES / kept.sha256 / "as-it-came.csv").read_bytes() == stray.read_bytes()  # type: ignore[attr-defined]


def test_a_failed_delivery_is_told_and_can_be_loaded_once_mended(tmp_path: Path, load: Load) -> None:
    path = csv_file(tmp_path, ROW, header="MISPER_REF;ID;FORENAMES;SURNAME;DOB;UPN;DAY;TIME;RISK;PLACE")
    account = load(path, texts=(MISSING,))
    assert account.failed
    assert "NICHE_ID is not in the file" in account.lines[0].words
    assert Delivery.objects.get().state == "failed"
    mended = MISSING.replace("person_key: {from: NICHE_ID", "person_key: {from: NICHE_ID, also: [ID]")
    assert not load(path, texts=(mended,)).failed
    assert Delivery.objects.get().state == "loaded"


def test_the_same_file_twice_in_one_load_is_read_once(tmp_path: Path, load: Load) -> None:
    account = load(csv_file(tmp_path, ROW), csv_file(tmp_path, ROW, name="missing copy.csv"), texts=(MISSING,))
    assert sorted(line.outcome for line in account.lines) == ["loaded", "nothing new"]
    assert Delivery.objects.get().came_again_at == NOW


def test_nothing_to_load_is_a_failure(tmp_path: Path, load: Load) -> None:
    assert load(tmp_path / "nowhere", texts=(MISSING,)).failed


def test_a_load_is_in_the_record_of_who_did_what(tmp_path: Path, load: Load) -> None:
    from kith.foundations.audit.models import AuditEvent

    load(csv_file(tmp_path, ROW), texts=(MISSING,))
    event = AuditEvent.objects.get(action="load-delivery")
    assert event.viewer_name == "Kith loader"
    assert event.what == "Missing person reports: missing.csv"
