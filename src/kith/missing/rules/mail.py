"""A letter that tells of a missing child, or of a return: what its labelled lines say. It proposes; a person decides.

Plain Python: never raises, whatever the words. What could not be read is said beside the words it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from kith.foundations.clocks import HERE
from kith.missing.rules.mail_times import When, join_when, read_born, read_when

LONGEST_LINE, LONGEST = 1500, 300
LABELS = {
    "number": "ref|refs|our ref|reference|our reference|ref no|ref number|reference no|reference number|police ref|"
    "police reference|police urn|urn|occurrence|occurrence no|occurrence number|occurrence ref|"
    "misper ref|misper no|misper number|missing ref|log|log no|log number|police log|incident|"
    "incident no|incident number|incident ref|compact ref|niche ref|crime ref|case no|case number|"
    "case ref",
    "name": "name|full name|childs name|name of child|childs full name|missing persons name|"
    "name of missing person|name of missing child|misper name|young persons name|name of young person",
    "person": "missing child|missing person|misper|young person|child|person|who",  # where nothing else has a name
    "forename": "forename|forenames|forename s|first name|first names|given name|given names",
    "surname": "surname|last name|family name",
    "born": "dob|d o b|date of birth|birth date|born|childs dob|childs date of birth",
    "seen": "missing from|last seen",  # a time, or a place
    "gone": "missing since|since|last seen on|last seen date and time|last seen date time|"
    "date and time last seen|date time last seen|when last seen|date and time missing|date time missing|"
    "absent since|absent from placement since|away since|gone since|went missing|"
    "missing since date and time|time and date last seen|last seen time and date",
    "gone_day": "date last seen|last seen date|date missing|date of absence|date went missing",
    "gone_time": "time last seen|last seen time|time missing|time of absence|time went missing",
    "back": "found|returned|located|found returned|returned found|returned home|returned at|returned on|"
    "date time returned|date and time returned|date time found|date and time found|date time located|"
    "date and time located|back|back since|returned date and time|found date and time|"
    "time and date of return|date and time of return",
    "back_day": "date found|date returned|date of return|found date|return date|date located",
    "back_time": "time found|time returned|time of return|found time|return time|time located",
    "grade": "risk|risk level|level of risk|risk grade|risk grading|risk assessment|risk rating|risk assessed as|"
    "grade|grading|graded|grade of risk|risk category",
    "last_seen": "last seen at|last seen location|last seen place|last seen where|where last seen|place last seen|"
    "location last seen|last known location|address missing from|missing from address|place missing from|"
    "placement address",
    "found_at": "found at|where found|place found|location found|found location|located at|found where|found place",
    "clothing": "clothing|clothes|wearing|last seen wearing|description of clothing",
    "circumstances": "circumstances|summary|details|what happened|reason for concern|reasons for concern|concerns|"
    "background",
    "told_by": "reported by|informant|completed by|reporting officer|officer in case|oic|officer|report made by",
    "from": "from|sender|sent by",
    "kind": "status|type|category",
    "other": "found by|sent|to|cc|date|subject|age|school|address|phone|reported to police|home|placement|update",
}
FIELD_OF = {label: field for field, labels in LABELS.items() for label in labels.split("|")}
TITLES = {
    "number": "Their reference", "name": "Name", "born": "Date of birth", "gone": "Missing since", "back": "Back",
    "grade": "Grade", "last_seen": "Last seen at", "found_at": "Found at", "clothing": "Clothing",
    "circumstances": "What happened", "told_by": "Reported by",
}  # fmt: skip
NOT_GIVEN = re.compile(
    r"(?:no|none|nil|n/?a|not (?:yet|known|given|applicable|found)\b.*|unknown|t\.?b\.?c\.?|-+|\?+)[.\s]*",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r"\s{0,3}(?::|=|\.{3,}|\s[-–—]\s)\s{0,20}")
COLUMNS = re.compile(r"\s*[\t|]\s*|;\s+|[ ]{2,}")
ANOTHER = re.compile(r",\s+(?=([A-Za-z][A-Za-z .]{1,30}):)")
BEFORE = re.compile(r"^[>\s|]*(?:[-*•–]\s+|\d{1,2}[.)]\s+)?")
SPACED = re.compile(
    r"^(?P<label>name|d\.?o\.?b\.?|born|(?:our )?ref(?:erence)?(?: no| number)?|urn|"
    r"(?:log|incident|occurrence)(?: no| number)?|missing since|last seen)\b\.?\s(?P<value>.{3,})$",
    re.IGNORECASE,
)
UNKNOWN_LABEL = re.compile(r"^[A-Za-z][A-Za-z0-9 /'&().-]{0,40}:(?:\s|$)")
OF_A_CHILD = re.compile(
    r"\bmissing (?:person|child\b|young person|people|episode|from (?:home|care|placement))|\bmispers?\b|"
    r"\breported missing\b|\b(?:absent|away) from placement\b|\babsconded\b|\bno longer missing\b|\babsence report\b",
    re.IGNORECASE,
)
OF_SCHOOL = re.compile(r"\bmissing (?:from )?education\b", re.IGNORECASE)
IS_BACK = re.compile(
    r"\bno longer missing\b|\bha(?:s|ve) (?:now )?(?:returned|come back|been (?:found|located))\b|"
    r"\b(?:found|located) safe\b|\b(?:mispers?|missing (?:person|child)) (?:cancel|found|located|returned)",
    re.IGNORECASE,
)
CAME = re.compile(r"\b(?:located|found|returned(?: home)?|back)\b(?P<rest>[^\n]{3,120})", re.IGNORECASE)
BORN = re.compile(r"\b(?:d\.?o\.?b\.?|born(?: on)?|date of birth)\W{0,4}(?P<rest>[^\n]{6,24})", re.IGNORECASE)
NUMBER = re.compile(
    r"\b(?:ref(?:erence)?|urn|occurrence|incident|log)\b(?: no\.?| number)?[\s:#-]{1,3}"
    r"(?P<number>[A-Z0-9/*-]{0,20}\d[A-Z0-9/*-]{0,20})"
)  # such as "ref MP/114250" in a sentence; the letters of a number are capitals
RISK = re.compile(r"\b(?P<grade>very low|low|medium|high)[\s-]risk\b", re.IGNORECASE)
HAS_TIME = re.compile(
    r"\d{1,2}[/.:]\d{1,2}(?!\d{3})|\b\d{4}\b|\d\s?[ap]\.?m\b|\b\d{1,2}(?:st|nd|rd|th)?\s[a-z]{3,9}\b(?=\s\d|$)|"
    r"\b(?:today|tonight|yesterday|last night|this morning|this afternoon|noon|midnight)\b",
    re.IGNORECASE,
)
IS_AWAY = re.compile(r"\b(?:away|absent) from placement\b", re.IGNORECASE)
NO_GRADE = "It is none of our grades"
NO_NAME = "It is no name"


@dataclass(frozen=True)
class Line:
    """One labelled line: `words` as they stand, `problem` where they could not be read, or not without doubt."""

    field: str
    words: str
    problem: str = ""


@dataclass(frozen=True)
class MissingMail:
    """What a letter says of one missing child. `tells`: report, return, or nothing of the kind ("").

    `gone_is_day` and `back_is_day`: only the day was given. `grade` is a code of codes.yaml.
    """

    tells: str = ""
    kind: str = "missing"
    number: str = ""
    name: str = ""
    born: date | None = None
    gone: datetime | None = None
    gone_is_day: bool = False
    back: datetime | None = None
    back_is_day: bool = False
    grade: str = ""
    last_seen: str = ""
    found_at: str = ""
    clothing: str = ""
    circumstances: str = ""
    told_by: str = ""
    lines: tuple[Line, ...] = ()


def read_missing(text: str, now: datetime) -> MissingMail:
    """One letter, with its subject as the first line. `now`: when it came; nothing later is believed."""
    said = _labelled(text)
    read = _Reading(said, now).whole(text)
    if not _is_of_a_child(text, read):
        return MissingMail()
    back = read.back is not None or IS_BACK.search(_own_words(text)) is not None
    if not back and "gone" not in said and "gone_day" not in said:
        return MissingMail()
    away = IS_AWAY.search(text) or said.get("kind", "").casefold().startswith(("away", "absent"))
    missing = re.search(r"\bmissing from (?:home|care|placement)\b", text, re.IGNORECASE)
    return replace(read, tells="return" if back else "report", kind="away" if away and not missing else "missing")


def _is_of_a_child(text: str, read: MissingMail) -> bool:
    """Its words are of missing people, and it says of whom by name, birth or number."""
    of_school = OF_SCHOOL.search(text) and not re.search(r"\bmissing person|\bmisper", text, re.IGNORECASE)
    return bool(OF_A_CHILD.search(text) and not of_school and (read.name or read.born or read.number))


def _own_words(text: str) -> str:
    """Without what is quoted."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))


class _Reading:
    """Each field read of the words that stand behind its label."""

    def __init__(self, said: dict[str, str], now: datetime) -> None:
        self.said, self.now = said, now
        self.lines: list[Line] = []

    def whole(self, text: str) -> MissingMail:
        gone, back = self.moment("gone"), self.moment("back")
        if back.at is None and IS_BACK.search(text):
            told = [read_when(came["rest"], self.now) for came in CAME.finditer(_own_words(text))]
            back = next((when for when in told if when.at), back)
        return MissingMail(
            number=self.number(text),
            name=self.name(),
            born=self.born(text),
            gone=gone.at,
            gone_is_day=gone.is_day,
            back=back.at,
            back_is_day=back.is_day,
            grade=self.grade(text),
            last_seen=self.plain("last_seen") or gone.rest,
            found_at=self.plain("found_at") or back.rest,
            clothing=self.plain("clothing"),
            circumstances=self.plain("circumstances", 4000),
            told_by=self.plain("told_by") or self.plain("from"),
            lines=tuple(self.lines),
        )

    def moment(self, field: str) -> When:
        """Of one line, or of a day and a time on two."""
        parts = [self.said.get(f"{field}{part}", "") for part in ("_day", "_time")]
        whole = self.said.get(field, "")
        when = read_when(whole, self.now) if whole else When(None)
        if when.at is None and parts[0]:
            when = join_when(parts[0], parts[1], self.now)
        elif when.is_day and parts[1]:
            when = replace(join_when(whole, parts[1], self.now), rest=when.rest)
        elif when.at is None and whole and parts[1]:
            when = join_when(whole, parts[1], self.now)
        words = " ".join(part for part in (whole, *parts) if part)
        if words:
            self.lines.append(Line(field, words[:LONGEST], when.problem))
        return when

    def number(self, text: str) -> str:
        words = self.said.get("number", "")
        if not words and (found := NUMBER.search(text)):
            words = found["number"]
        if words:
            self.lines.append(Line("number", words[:LONGEST]))
        return words[:80].strip(" .,;")

    def name(self) -> str:
        whole = self.said.get("name") or self.said.get("person", "")
        parts = " ".join(part for part in (self.said.get("forename", ""), self.said.get("surname", "")) if part)
        words = parts if self.said.get("surname") or not whole else whole
        if not words:
            return ""
        name = re.split(r"[(,;]|\b(?:dob|d\.o\.b|aged?|born)\b", words, maxsplit=1, flags=re.IGNORECASE)[0]
        name = " ".join(name.split()).strip(" .-")[:200]
        good = bool(re.fullmatch(r"[^\W\d_][^\d:/<>@]*", name)) and len(name) > 1
        self.lines.append(Line("name", words[:LONGEST], "" if good else NO_NAME))
        return name if good else ""

    def born(self, text: str) -> date | None:
        words = self.said.get("born", "")
        if not words and (match := BORN.search(text)):
            words = match["rest"].strip()
        if not words:
            return None
        born, problem = read_born(words, self.now.astimezone(HERE).date())
        self.lines.append(Line("born", words[:LONGEST], problem))
        return born

    def grade(self, text: str) -> str:
        words = self.said.get("grade", "")
        if not words:
            found = {match["grade"].casefold().replace(" ", "-") for match in RISK.finditer(text)}
            return found.pop() if len(found) == 1 else ""
        folded = words.casefold()
        lowest = "very low" in folded or "no apparent" in folded
        codes = {code for code in ("low", "medium", "high") if re.search(rf"\b{code}\b", folded)}
        grade = "very-low" if lowest else codes.pop() if len(codes) == 1 else ""
        self.lines.append(Line("grade", words[:LONGEST], "" if grade else NO_GRADE))
        return grade

    def plain(self, field: str, longest: int = LONGEST) -> str:
        words = self.said.get(field, "")[:longest].strip()
        if words:
            self.lines.append(Line("told_by" if field == "from" else field, words[:LONGEST]))
        return words


def _labelled(text: str) -> dict[str, str]:
    """What stands behind the first of each label that says something, by field."""
    said: dict[str, str] = {}
    for field, words in _pairs(text):
        words = " ".join(words.split())
        if field == "seen":
            field = "gone" if HAS_TIME.search(words) else "last_seen"
        if words and not NOT_GIVEN.fullmatch(words[:200]) and _fits(field, words):
            said.setdefault(field, words)
    return said


def _fits(field: str, words: str) -> bool:
    """A subject line such as "Missing person: MP/1" is no name, and "Returned: MP/1" no time."""
    if field == "person":
        return not re.search(r"\d", words.split("(")[0])
    if field == "number":
        return bool(re.search(r"\d", words))
    return field != "back" or bool(HAS_TIME.search(words))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Field and words, in the order of the letter; of a table, each cell under its heading."""
    waiting, heading = "", ()  # type: tuple[str, tuple[str, ...]]
    for raw in text.splitlines():
        cells = _cells(raw)
        if not cells:
            continue
        fields = tuple(_field(cell) for cell in cells)
        if sum(1 for field in fields if field) > 1 and len(cells) > 1 and all(_field(c) or len(c) < 30 for c in cells):
            waiting, heading = "", fields
            continue
        if heading and len(cells) == len(heading):
            yield from ((field, cell) for field, cell in zip(heading, cells, strict=True) if field)
            continue
        heading = ()
        waiting = yield from _row(cells, waiting)


def _row(cells: list[str], waiting: str) -> Generator[tuple[str, str], None, str]:
    """The labelled words of one line; answers the field whose words are still to come."""
    field, words = waiting, ""
    for cell in cells:
        found = _split(cell)
        if found is None:
            words = f"{words} {cell}".strip() if field else ""
            continue
        if field and words:
            yield field, words
        field, words = found
    if field and words:
        yield field, words
        return ""
    return field


def _cells(line: str) -> list[str]:
    line = BEFORE.sub("", line[:LONGEST_LINE].replace("\u00a0", " ").replace("’", "'").replace("**", ""))
    cells = [cell.strip() for cell in COLUMNS.split(line)]
    parts = [part for cell in cells for part in _parts(cell)]
    return [one for one in parts if one and not re.fullmatch(r"[-=_:\s]+", one)]


def _parts(cell: str) -> list[str]:
    """Where one cell holds several labels, such as "Name: A B, DOB: 1/2/2010"."""
    cuts = [match.start() for match in ANOTHER.finditer(cell) if _folded(match[1]) in FIELD_OF]
    return [cell[a:b].strip(", ") for a, b in zip([0, *cuts], [*cuts, len(cell)], strict=True)]


def _split(cell: str) -> tuple[str, str] | None:
    """The field of a cell that begins with a label, and the words behind it; None for one that does not."""
    for match in SEPARATOR.finditer(cell[:120]):
        if field := FIELD_OF.get(_folded(cell[: match.start()])):
            return field, cell[match.end() :].strip(" *")
    if field := _field(cell):
        return field, ""
    spaced = SPACED.match(cell)
    if spaced and (field := FIELD_OF.get(_folded(spaced["label"]))) and _shaped(field, spaced["value"]):
        return field, spaced["value"].strip()
    return ("other", "") if UNKNOWN_LABEL.match(cell) else None


def _shaped(field: str, value: str) -> bool:
    """Whether words behind a label without a colon look like what it asks for."""
    if field == "name":
        return bool(re.fullmatch(r"[A-Z][\w'-]+(?: [A-Z][\w'-]+){1,3}", value))
    if field in {"gone", "seen"}:
        return bool(HAS_TIME.search(value))
    return bool(re.match(r"[\w*/-]*\d", value))


def _field(cell: str) -> str:
    """The field of a cell that is a label and nothing more."""
    return FIELD_OF.get(_folded(cell.rstrip(" :=.-*")), "") if len(cell) < 60 else ""


def _folded(words: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]+", " ", words.casefold().replace("'", "")).split())
