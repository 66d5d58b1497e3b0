"""The register of rules: everything that fires has an entry; its numbers are true and none is small; its pages."""

from __future__ import annotations

import ast
import csv
import importlib
import io
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.utils import timezone

import kith
from kith.config import reactions
from kith.foundations.audit.models import AuditEvent
from kith.governance.register import BadEntry, entries
from kith.governance.register.entries import _read
from kith.governance.register.firings import fired, windows
from kith.insight.rules import periods
from kith.insight.rules.measures import measures
from kith.missing.models import Episode
from kith.missing.rules.patterns import rule as published
from kith.moments.models import Moment
from tests.support.cast import Cast, make_person

SOURCE = Path(kith.__file__).parent
HOUSEKEEPING = {  # runs by itself, and neither proposes anything about a child nor tells anybody of one
    "kith.foundations.audit.tasks.seal_what_was_looked_at",
    "kith.foundations.access.tasks.tidy_what_has_run_out",
    "kith.foundations.drafts.tasks.tidy_what_was_never_sent",
    "kith.doors.tasks.tidy_what_was_not_sent",
    "kith.insight.tasks.nightly_cut",
    "kith.front_door.tasks.read_mailbox",
}
PROMPTS = re.compile(r"^(suggest|consider|look_twice|why_alike|warn_|remind_|draw_from|propose|normalises|repeats)")
NOT_PROMPTS = {  # named like a prompt: what they are is in brackets
    "kith.subjects.queries.choosing.suggested",  # subjects of one's own work, offered in a form
    "kith.front_door.checking.remind_from",  # when a reminder is due
    "kith.linkage.tasks.finish_loads",  # lets follow what each rule's own entry says follows from a load
    "kith.front_door.tasks.remind_agencies",  # what `remind_of_checks` does
    "kith.missing.actions.warnings.warn_before_late",  # what `warn` does
    "kith.missing.actions.profile_care.remind_keepers",  # what `remind` does
    "kith.missing.actions.drawing.draw_from_feeds",  # what a reaction does
}
IN_USE = pytest.mark.django_db


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if not {"tests", "migrations", "demo", "engine", "benches", "views"} & set(path.parts):
            name = ".".join(("kith", *path.relative_to(SOURCE).with_suffix("").parts))
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def fires_by_itself() -> set[str]:
    """Reactions, what runs at set times, and what is named like a prompt."""
    found = set()
    for name, tree in modules():
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef):
                continue
            periodic = any("periodic" in ast.unparse(one) for one in node.decorator_list)
            if periodic or PROMPTS.match(node.name):
                found.add(f"{name}.{node.name}")
    return found | reacting()


def reacting() -> set[str]:
    start = next(node for node in ast.parse(Path(reactions.__file__).read_text()).body
                 if isinstance(node, ast.FunctionDef) and node.name == "start")  # fmt: skip
    names = [call.args[-1].id for call in ast.walk(start) if isinstance(call, ast.Call) and call.args]
    functions = [getattr(reactions, name) for name in names]
    return {f"{one.__module__}.{one.__qualname__}" for one in functions}


def test_everything_that_fires_has_an_entry() -> None:
    in_register = {name for one in entries().values() for name in one.runs}
    missing = fires_by_itself() - in_register - HOUSEKEEPING - NOT_PROMPTS
    assert missing == set()
    assert len(fires_by_itself()) > 30


def test_a_rule_without_an_entry_is_noticed() -> None:
    assert "kith.missing.queries.on_record.consider_high" in fires_by_itself()
    assert "kith.missing.actions.conversations.conversation_after_return" in reacting()
    assert fires_by_itself() >= HOUSEKEEPING | NOT_PROMPTS


@pytest.mark.parametrize("key", list(entries()))
def test_what_an_entry_names_is_there(key: str) -> None:
    one = entries()[key]
    for name in one.runs:
        module, function = name.rsplit(".", 1)
        assert callable(getattr(importlib.import_module(module), function)), name
    assert not one.measure or one.measure in measures()


def test_an_entry_that_leaves_something_out_is_refused(tmp_path: Path) -> None:
    whole = (SOURCE / "governance/register/rules_published/missing-together.yaml").read_text()
    for gone in ("never", "asked", "counted", "runs", "since", "overruled_means"):
        path = tmp_path / f"without-{gone}.yaml"
        path.write_text(re.sub(rf"(?ms)^{gone}:.*?(?=^\w|\Z)", "", whole))
        with pytest.raises(BadEntry, match=path.name):
            _read(path)


def test_numbers_of_rules_are_those_that_are_published_elsewhere() -> None:
    repeat = published("repeat")
    counted = entries()["missing-repeat"].counted
    assert f"interval '{repeat.numbers['days']} days'" in counted
    assert f"within >= {repeat.numbers['episodes']}" in counted


@IN_USE
@pytest.mark.parametrize("key", [key for key, one in entries().items() if one.counted])
def test_every_count_can_be_asked(key: str) -> None:
    done = fired(entries()[key], date(2026, 11, 20))
    assert done
    window = done.latest()
    assert window
    assert done.count(window) == 0


def make_moments(cast: Cast, day: date, many: int, set_aside: int, sex: str) -> None:
    for number in range(many):
        child = make_person(f"Child {sex}{day}{number}", headline=False)
        child.person.sex = sex
        child.person.ethnicity = ("WBRI", "BAFR", "")[number % 3]
        child.person.save()
        at = datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_current_timezone())
        Moment.objects.create(
            scope=child.scope, desk=child.scope, reference=f"{sex}{day:%y%m}{number}", team=cast.east, kind="injury",
            subject=child, happened_on=day, told_at=at, source="feed", out_of_hours=False, call_back_by=at,
            set_aside="not-critical" if number < set_aside else "",
        )  # fmt: skip


@IN_USE
def test_firings_are_counted_by_window_and_group_and_small_ones_are_not_shown(cast: Cast) -> None:
    for month in range(4, 13):
        make_moments(cast, date(2025, month, 10), 6, 2, "F")
    make_moments(cast, date(2025, 5, 11), 3, 0, "M")
    done = fired(entries()["critical-moments"], date(2026, 4, 20))
    assert done
    year = periods.year(periods.Month(2025, 4))
    assert done.count(year) == 57
    assert done.overruled(year) == "31.6%"
    assert done.numbers["sex", year, "M"].count == 3
    assert done.groups(year, "sex") == [("Girls and women", None, "not shown"), ("Boys and men", None, "not shown"),
                                        ("Not recorded", 0, "")]  # fmt: skip
    by_ethnicity = {group: done.numbers["ethnicity", year, group].count for group in ("white", "black", "")}
    assert by_ethnicity == {"white": 19, "black": 19, "": 19}  # told in the census's codes, counted in its groups
    assert done.count(periods.month(periods.Month(2025, 5))) == 9


@IN_USE
def test_repeats_are_counted_as_the_rule_says(cast: Cast) -> None:
    child = make_person("Amara Osei", headline=False)
    for day in (1, 30, 60, 100, 200):
        gone = datetime(2026, 1, 1, 12, tzinfo=timezone.get_current_timezone()) + timedelta(days=day)
        Episode.objects.create(
            subject=child, scope=child.scope, desk=child.scope, reference=f"E{day}", kind="missing", gone_at=gone,
            told_at=gone, opened_by=cast.asha,
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(entries()["missing-repeat"].counted)
        assert len(cursor.fetchall()) == 2


@IN_USE
def test_the_record_says_where_something_was_learned_from_data(client: Client, cast: Cast) -> None:
    client.force_login(cast.vera)
    assert "probabilistic model (Splink)" in client.get("/rules/matches-unsure/").content.decode()
    assert "None that was trained" in client.get("/rules/consider-high/").content.decode()


def test_windows_begin_with_a_year() -> None:
    found = windows(date(2026, 11, 20))
    assert min(found).first == periods.Month(2024, 4)
    assert max(one.last for one in found) == periods.Month(2026, 10)


@IN_USE
def test_the_register_lists_every_rule(client: Client, cast: Cast) -> None:
    client.force_login(cast.asha)
    page = BeautifulSoup(client.get("/rules/").content, "html.parser")
    assert len(page.select("tbody tr")) == len(entries())
    assert page.h1.text == "Rules"
    assert "not shown" not in page.text  # of what did not fire there is nothing to hide
    rows = list(csv.DictReader(io.StringIO(client.get("/rules.csv").content.decode("utf-8-sig"))))
    assert {row["Rule"] for row in rows} == {one.title for one in entries().values()}
    assert AuditEvent.objects.filter(action="export-rules", viewer_id=cast.asha.pk).exists()


@IN_USE
@pytest.mark.parametrize("key", list(entries()))
def test_every_rule_has_its_record(client: Client, cast: Cast, key: str) -> None:
    client.force_login(cast.vera)
    page = BeautifulSoup(client.get(f"/rules/{key}/").content, "html.parser")
    assert page.h1.text == entries()[key].title
    words = page.text
    assert entries()[key].never in words
    for part in ("In short (tier 1)", "How often it fired", "In full (tier 2)", "Risks"):
        assert part in words


@IN_USE
@pytest.mark.parametrize("written_as", ["word", "pdf", "xlsx", "csv", "html"])
def test_a_record_is_taken_away_in_every_format(client: Client, cast: Cast, written_as: str) -> None:
    client.force_login(cast.vera)
    assert client.get(f"/rules/consider-high/record/{written_as}").status_code == 200
    assert client.get("/rules/consider-high/record/doc").status_code == 404
    assert client.get("/rules/no-such-rule/").status_code == 404


@IN_USE
def test_dev_sees_no_rule(client: Client, cast: Cast) -> None:
    client.force_login(cast.dev)
    assert client.get("/rules/").status_code == 403
