"""The house rules that a machine can keep: arrows, sizes, who may write, how verbs are called."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

SOURCE = Path(__file__).resolve().parents[2] / "src" / "kith"
FLOORS = ("foundations", "subjects", "chronology", "linkage", "intelligence", "governance", "desk")
HARD_CAP, TEST_CAP = 500, 600  # lines
SKIPPED = ("/migrations/", "/names/", "/static/")


def python_files() -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*.py")):
        if not any(part in str(path) for part in SKIPPED):
            yield path


def named(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def floor_of(module: str) -> int | None:
    parts = module.split(".")
    return FLOORS.index(parts[1]) if parts[0] == "kith" and len(parts) > 1 and parts[1] in FLOORS else None


def test_import_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], capture_output=True, text=True, cwd=SOURCE.parents[1], check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_foreign_keys_point_down() -> None:
    upward = []
    for model in apps.get_models():
        own = floor_of(model.__module__)
        for field in model._meta.get_fields():
            target = field.related_model if getattr(field, "concrete", False) and field.is_relation else None
            other = floor_of(target.__module__) if isinstance(target, type) else None
            if own is not None and other is not None and other > own:
                upward.append(f"{model.__name__}.{field.name} → {target.__name__}")
    assert upward == []


def test_files_stay_small() -> None:
    sizes = {named(path): len(path.read_text().splitlines()) for path in python_files()}
    caps = {name: TEST_CAP if "/tests/" in name else HARD_CAP for name in sizes}
    assert {name: size for name, size in sizes.items() if size > caps[name]} == {}


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    odd = {"utils", "core", "common", "helpers", "misc"}
    assert [named(path) for path in python_files() if path.stem in odd or path.parent.name in odd] == []


def test_views_ask_no_table() -> None:
    """`Model.objects` and `get_object_or_404` belong to queries."""
    found = []
    for path in python_files():
        if "views" in path.relative_to(SOURCE).parts or path.name == "views.py":
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Attribute) and node.attr == "objects":
                    found.append(f"{named(path)}:{node.lineno}")
                if isinstance(node, ast.Name) and node.id == "get_object_or_404":
                    found.append(f"{named(path)}:{node.lineno}")
    assert found == []


def action_modules() -> list[str]:
    files = [p for p in python_files() if p.name == "actions.py" or p.parent.name == "actions"]
    return [".".join(("kith", *p.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__") for p in files]


def test_verbs_are_called_by_name_and_say_by_whom_and_when() -> None:
    """Every public action that changes something takes keywords only, `now`, and who does it."""
    wrong, seen = [], 0
    for name in action_modules():
        module = import_module(name)
        for verb, function in vars(module).items():
            if verb.startswith("_") or not inspect.isfunction(function) or inspect.unwrap(function).__module__ != name:
                continue
            given = inspect.signature(function).parameters.values()
            if verb in NOT_CHANGES:
                continue
            seen += 1
            if any(one.kind is not inspect.Parameter.KEYWORD_ONLY for one in given):
                wrong.append(f"{name}.{verb} takes arguments without their names")
            names = {one.name for one in given}
            if "now" not in names or not (names & {"by", "viewer"} or verb in BY_A_JOB):
                wrong.append(f"{name}.{verb} does not say by whom and when")
    assert wrong == []
    assert seen > 15


NOT_CHANGES = {  # made once by name, or worked out anew from what stands: nobody does it at some time
    "system_viewer",
    "partnership_scope",
    "figures_scope",
    "join_partnership",
    "end_sessions",
    "told_name",  # how a person in a sentence is named: words only
    "team_for",
    "missing_team",
    "is_long_past",  # a question of two moments
    "settle_return",
    "as_told",  # what stands: nothing is done
    "check_names_no_child",
    "concerned",
    "conversation_after_return",  # follow from a fact that says by whom and when
    "warnings_follow_the_return",
    "code_of",  # worked out from the form’s mark
    "mark_of",  # worked out from a document
    "note_failure",  # of a letter that is tried again
}
BY_A_JOB = {  # nobody is signed in: a named job does it, and stands in the audit as whoever did
    "team_audience",
    "checks_team",
    "write_letter",
    "write_text",
    "send_letter",
    "send_text_message",
    "tell",
    "talkers_audience",
    "desk_audience",
    "receive",
    "make_link",
    "send_link",
    "use_up",
    "end_links",
    "tell_alone",
    "answer_follow_up",
    "open_link",
    "send_code",
    "confirm_code",
    "keep_draft",
    "answer_by_link",
    "take_email",
    "take_maildir",
    "page_again",
    "use_key",
}


def test_nothing_follows_from_a_signal() -> None:
    found = []
    for path in python_files():
        if "/tests/" not in str(path) and "@receiver" in path.read_text():
            found.append(named(path))
    assert found == []


BY_KEY_ALONE = {"exchange/views/bearer.py"}
"""Exempt from the guard of forms: what is called with a key, and refuses whatever carries a cookie."""


@pytest.mark.parametrize("word", ["mark_safe(", "|safe }}", "| safe }}", "csrf_exempt"])
def test_nobody_waves_text_or_requests_through(word: str) -> None:
    files = [*python_files(), *SOURCE.rglob("*.jinja"), *SOURCE.rglob("*.html")]
    allowed = SOURCE / "foundations" / "design_system"
    found = {named(path) for path in files if allowed not in path.parents and word in path.read_text()}
    assert found == (BY_KEY_ALONE if word == "csrf_exempt" else set())


def test_what_is_exempt_from_the_guard_of_forms_takes_no_cookie() -> None:
    text = (SOURCE / "exchange" / "views" / "bearer.py").read_text()
    assert text.count("csrf_exempt(") == 1
    assert text.index('request.headers.get("Cookie")') < text.index("return use_key(")
