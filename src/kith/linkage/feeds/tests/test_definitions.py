"""Definition files: what is read from them, and what is said about those that are wrong."""

from datetime import timedelta
from pathlib import Path

import pytest

from kith.linkage.feeds.catalogue import STANDARD, read_catalogue
from kith.linkage.feeds.definition_file import read_time
from kith.linkage.feeds.tests.making import MISSING, definition
from kith.linkage.feeds.yaml_lines import DefinitionError

DEMO = Path(__file__).resolve().parents[3] / "demo" / "feeds"


def problems(folder: Path, text: str) -> str:
    with pytest.raises(DefinitionError) as caught:
        definition(folder, text)
    return str(caught.value)


def test_a_definition_is_read_whole(tmp_path: Path) -> None:
    made = definition(tmp_path)
    assert (made.feed, made.format.delimiter, made.arrives.every) == ("police-missing", ";", timedelta(days=1))
    assert made.column("reported").sources == ("DAY", "TIME")
    assert made.column("grade").codes == {"H": "high", "M": "medium"}
    assert made.entries[0].about == ("child", "there")
    assert made.known_existence
    assert made.restricted_to == ""


def test_a_problem_names_the_file_the_line_and_what_is_meant(tmp_path: Path) -> None:
    found = problems(tmp_path, MISSING.replace("type: upn", "type: upm"))
    assert found == 'definition.yaml, line 16: "upm" is not a type; did you mean "upn"?'


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    text = (
        MISSING.replace("mode: delta", "mode: deltas")
        .replace("{grade|not graded}", "{grad}")
        .replace("kind: park", "kid: park")
    )
    found = problems(tmp_path, text)
    assert len(found.splitlines()) == 3
    assert '"summary" names {grad}, which is no column; did you mean "grade"?' in found
    assert 'place "there" has no "kid"; did you mean "kind"?' in found


@pytest.mark.parametrize(
    ("wrong", "right", "words"),
    [
        ("key: [reference]", "key: [ref]", 'the key names "ref", which is no column'),
        ("about: [child, there]", "about: [chid]", 'about "chid", which is not among the people and places'),
        ("every: 1 day", "every: daily", '"daily" should be "once" or a time such as "1 day"'),
        ("mode: delta", "mode: changes", 'mode "changes" needs "deletes"'),
        ("kind: csv", "kind: ods", '"ods" is not a kind'),
        ("feed: police-missing", "feed: Police missing", "use lower case letters, digits and hyphens"),
        ("title: Missing person reports", "", '"title" is missing'),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, wrong: str, right: str, words: str) -> None:
    assert words in problems(tmp_path, MISSING.replace(wrong, right))


def test_a_key_given_twice_is_refused(tmp_path: Path) -> None:
    assert "is given twice" in problems(tmp_path, MISSING + "\ntitle: Again\n")


def test_not_yaml_is_said_in_words(tmp_path: Path) -> None:
    assert "not written as YAML" in problems(tmp_path, "feed: [unclosed")


def test_on_is_a_word_and_no_truth(tmp_path: Path) -> None:
    made = definition(tmp_path, MISSING.replace("reported", "on"))
    assert made.column("on").type == "datetime"


def test_a_later_folder_replaces_a_feed_and_an_unknown_agency_is_told(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "missing.yaml").write_text(MISSING.replace("Missing person", f"{name} missing"))
    found = read_catalogue([tmp_path / "one", tmp_path / "two"])
    assert found.feeds["police-missing"].title == "two missing reports"
    assert found.problems == ('missing.yaml: "avonmouth-police" is not in agencies.yaml.',)


def test_every_built_in_and_demonstration_definition_can_be_used() -> None:
    found = read_catalogue([STANDARD, DEMO])
    assert found.problems == ()
    assert len(found.feeds) > 100


def test_lengths_of_time() -> None:
    assert read_time("6 hours") == timedelta(hours=6)
    assert read_time("3 months") == timedelta(days=93)
    assert read_time("soon") is None
