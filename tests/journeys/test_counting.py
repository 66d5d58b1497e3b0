"""What `story.journey` counts, with and without JavaScript; kept apart from the real figures."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kith.config.commands.journeys_budgets import Measured, read_measured
from tests.journeys import story as telling
from tests.journeys.questions import required_questions
from tests.journeys.story import Story
from tests.support.cast import Cast, let_in, make_person

NOTE = "She was at the bus station with two friends until nine."


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(telling, "MEASURED", tmp_path)
    return tmp_path


def _search_and_write(story: Story) -> None:
    story.when_i_open("/")
    story.when_i_search_for("amara")
    story.then_i_see("Amara Osei")
    story.when_i_open("/entries/new")
    story.page.get_by_label("What happened, or what was said").fill(NOTE)


def _measured(kept: Path) -> Measured:
    (one,) = read_measured(kept)
    return one


def test_a_journey_is_counted(story: Story, cast: Cast, kept: Path) -> None:
    let_in(make_person("Amara Osei"), cast.east)
    story.given_signed_in_as(cast.asha)
    with story.journey("J3") as counting:
        _search_and_write(story)
        counting.tells(entries=0)
    one = _measured(kept)
    assert (one.journey, one.phone, one.script, one.facts) == ("J3", False, True, {"entries": 0})
    assert one.test == "tests/journeys/test_counting.py::test_a_journey_is_counted"
    assert (one.pages, one.clicks, one.decisions) == (3, 4, 2)  # two addresses, two boxes
    assert (one.keystrokes, one.free_text_keystrokes) == (len("amara") + 1 + len(NOTE), len(NOTE))
    assert one.required_fields >= 1
    assert one.largest_page > 40_000  # styles and scripts too
    assert one.bytes < 2 * one.largest_page  # which a browser keeps
    assert one.server_ms > 0


def test_it_counts_alike_without_javascript_on_a_phone(
    story: Story, cast: Cast, kept: Path, browser: Browser, site: str
) -> None:
    let_in(make_person("Amara Osei"), cast.east)
    story.given_signed_in_as(cast.asha)
    with browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700}) as plain:
        story.given_no_script(plain)
        with story.journey("J3"):
            _search_and_write(story)
    one = _measured(kept)
    assert (one.phone, one.script, one.pages, one.clicks, one.decisions) == (True, False, 3, 4, 2)
    assert one.keystrokes == len("amara") + 1 + len(NOTE)
    assert one.required_fields >= 1


def test_the_last_page_counts_before_anybody_looks_at_it(story: Story, cast: Cast, kept: Path) -> None:
    story.given_signed_in_as(cast.asha)
    story.when_i_open("/")
    with story.journey("J3"):
        story.when_i_search_for("nobody")
    assert _measured(kept).pages == 2  # the one that stood, and the one that came


def test_a_page_weighs_what_it_does_the_first_time(story: Story, cast: Cast, kept: Path) -> None:
    story.given_signed_in_as(cast.asha)
    for name in ("J3", "J2"):
        with story.journey(name):
            story.when_i_open("/entries/new")
    second, first = read_measured(kept)
    assert abs(first.largest_page - second.largest_page) < 500
    assert 40_000 < first.largest_page < 150_000  # with styles and scripts, packed as they are served


def test_what_fails_is_not_kept(story: Story, cast: Cast, kept: Path) -> None:
    story.given_signed_in_as(cast.asha)
    with pytest.raises(AssertionError, match="answered 404"), story.journey("J3"):
        story.when_i_open("/nowhere")
    story.expected_statuses.add(404)
    story.failures.clear()
    assert list(kept.iterdir()) == []


QUESTIONS = """
<form method=get><input name=search></form>
<form method=POST>
  <input type=hidden name=mark value=1>
  <label for=a>Your name</label><input id=a name=name>
  <label for=b>Your team (optional)</label><input id=b name=team>
  <label for=c>Town</label><input id=c name=town value=Hallam>
  <label for=d>Kind</label><select id=d name=kind><option value="">Choose</option><option value=1>One</option></select>
  <label for=e>Day</label><select id=e name=day-of><option value=1 selected>Today</option></select>
  <label for=f>Notes</label><textarea id=f name=notes></textarea>
  <fieldset><legend>Who saw it?</legend>
    <input type=radio name=saw value=y id=g><label for=g>Yes</label><input type=radio name=saw value=n id=h></fieldset>
  <fieldset><legend>How sure? (optional)</legend><input type=radio name=sure value=y></fieldset>
  <fieldset><legend>Chosen already</legend><input type=radio name=chosen value=y checked></fieldset>
  <fieldset><legend>When?</legend><input class=govuk-date-input__input name=when-day id=i><label for=i>Day</label>
    <input class=govuk-date-input__input name=when-month><input class=govuk-date-input__input name=when-year></fieldset>
  <input type=checkbox name=agree id=j><label for=j>I agree</label>
  <div class="govuk-radios__conditional govuk-radios__conditional--hidden"><input name=which></div>
  <details><summary>More</summary><input name=folded></details>
  <div hidden><input name=away></div>
  <input name=pot aria-label="Leave this" required class=govuk-visually-hidden>
  <input name=must value=given required>
</form>
"""


def test_questions_that_must_be_answered_are_told_from_others() -> None:
    assert required_questions(QUESTIONS) == {"name", "kind", "notes", "saw", "when", "must"}
