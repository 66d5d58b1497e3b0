"""Fields of what another system sends: how each is written, read and described, said once. Plain Python.

A field reads a value of JSON and answers what it means, or says in words what is wrong. The same field describes itself
as JSON Schema, so that the published description cannot say otherwise than what is accepted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol

from kith.foundations.clocks import HERE
from kith.foundations.identifiers import check_nhs_number, check_postcode

Said = dict[str, str]  # what is wrong, by the field's name; a part's field as "child.date_of_birth"
EARLIEST = date(1990, 1, 1)
AHEAD = timedelta(minutes=5)  # by so much another system's clock may be fast
ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
MOMENT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$"
DAY = r"^\d{4}-\d{2}-\d{2}$"


class Wrong(ValueError):
    """A value that cannot be taken; the message completes "This field …" as a sentence of its own."""


class Kind(Protocol):
    """How a field is written."""

    def read(self, value: Any, now: datetime) -> Any:
        """What it means. Raises Wrong."""

    def schema(self) -> dict[str, Any]:
        """The same as JSON Schema (2020-12)."""


@dataclass(frozen=True)
class Text:
    """Words. `pattern` is matched from end to end; `says` tells what it wants."""

    longest: int
    pattern: str = ""
    says: str = ""

    def read(self, value: Any, now: datetime) -> str:
        if not isinstance(value, str):
            raise Wrong("must be text")
        if ODD.search(value):
            raise Wrong("has a character that cannot be kept, such as a control character")
        text = value.strip()
        if len(text) > self.longest:
            raise Wrong(f"must have {self.longest} characters or fewer; it has {len(text)}")
        if text and self.pattern and not re.fullmatch(self.pattern, text):
            raise Wrong(self.says)
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.longest} | (
            {"pattern": f"^{self.pattern}$"} if self.pattern else {}
        )


@dataclass(frozen=True)
class Checked:
    """A number with a form of its own, such as an NHS number."""

    check: Callable[[str | None], Any]
    pattern: str
    longest: int = 20

    def read(self, value: Any, now: datetime) -> str:
        text = Text(self.longest).read(value, now)
        checked = self.check(text) if text else None
        if checked is not None and not checked.is_valid:
            raise Wrong(f"cannot be right. {checked.reason}")
        return str(checked.value) if checked else ""

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": self.pattern, "maxLength": self.longest}


@dataclass(frozen=True)
class Code:
    """One of a list: its key and its words."""

    codes: Mapping[str, str]

    def read(self, value: Any, now: datetime) -> str:
        if not isinstance(value, str) or value not in self.codes:
            raise Wrong(f"must be one of: {', '.join(self.codes)}")
        return value

    def schema(self) -> dict[str, Any]:
        told = "; ".join(f"`{key}`: {words}" for key, words in self.codes.items())
        return {"type": "string", "enum": list(self.codes), "description": told}


@dataclass(frozen=True)
class Codes:
    """Some of a list, each once."""

    codes: Mapping[str, str]

    def read(self, value: Any, now: datetime) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise Wrong("must be a list")
        if len(value) > len(self.codes):
            raise Wrong("has more than the list offers; each may stand once")
        return tuple(dict.fromkeys(Code(self.codes).read(one, now) for one in value))

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": Code(self.codes).schema(), "uniqueItems": True}


@dataclass(frozen=True)
class BirthDay:
    """A date of birth."""

    def read(self, value: Any, now: datetime) -> str:
        return _day(value, date(1900, 1, 1), now.astimezone(HERE).date()).isoformat()

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date", "pattern": DAY}


@dataclass(frozen=True)
class When:
    """A moment with its offset from UTC; where `or_day`, a day alone when the time is not known."""

    or_day: bool = False

    def read(self, value: Any, now: datetime) -> tuple[datetime, bool]:
        """The moment, and whether only its day is known: then it is the start of that day here."""
        if self.or_day and isinstance(value, str) and re.fullmatch(DAY, value, re.ASCII):
            day = _day(value, EARLIEST, now.astimezone(HERE).date())
            return datetime.combine(day, time(), tzinfo=HERE), True
        return _moment(value, now, self.or_day), False

    def schema(self) -> dict[str, Any]:
        moment = {"type": "string", "format": "date-time", "pattern": MOMENT}
        return {"anyOf": [moment, BirthDay().schema()]} if self.or_day else moment


@dataclass(frozen=True)
class Field:
    """One field. `about`: what it means, for those who write the other system."""

    name: str
    kind: Kind
    about: str
    required: bool = False
    example: Any = None


@dataclass(frozen=True)
class Part:
    """Fields that belong together: the whole body, or an object in it."""

    fields: tuple[Field, ...]
    example: bool = field(default=True, compare=False)

    def read(self, value: Any, now: datetime) -> dict[str, Any]:
        """By name, empty ones left out. Raises WrongFields with everything that is wrong at once."""
        if not isinstance(value, dict):
            raise Wrong("must be an object")
        wrong: Said = {}
        taken: dict[str, Any] = {}
        for name in value.keys() - {one.name for one in self.fields}:
            wrong[_shown(name)] = "is not a field of this. Leave it out, or put it into another."
        for one in self.fields:
            _take(one, value, now, taken, wrong)
        if wrong:
            raise WrongFields(wrong)
        return taken

    def schema(self) -> dict[str, Any]:
        described: dict[str, Any] = {
            "type": "object",
            "additionalProperties": False,
            "properties": {one.name: _described(one) for one in self.fields},
        }
        required = [one.name for one in self.fields if one.required]
        return described | ({"required": required} if required else {})

    def sample(self) -> dict[str, Any]:
        """An example that is accepted."""
        told = {one.name: one.kind.sample() if isinstance(one.kind, Part) else one.example for one in self.fields}
        return {name: value for name, value in told.items() if value is not None}


class WrongFields(Wrong):
    """Several things are wrong, each said of its field."""

    def __init__(self, said: Said) -> None:
        super().__init__("has fields that cannot be taken")
        self.said = said


def _take(one: Field, value: dict[str, Any], now: datetime, taken: dict[str, Any], wrong: Said) -> None:
    given = value.get(one.name)
    try:
        read = None if given is None else one.kind.read(given, now)
    except WrongFields as inside:
        wrong.update({f"{one.name}.{name}": said for name, said in inside.said.items()})
        return
    except Wrong as why:
        wrong[one.name] = str(why)
        return
    if read not in (None, "", (), {}):
        taken[one.name] = read
    elif one.required:
        wrong[one.name] = "is needed"


def _described(one: Field) -> dict[str, Any]:
    schema = one.kind.schema()
    told = " ".join(part for part in (one.about, str(schema.pop("description", ""))) if part)
    return schema | {"description": told} | ({"examples": [one.example]} if one.example is not None else {})


def _shown(name: str) -> str:
    """A name that somebody else made up, fit to be said back."""
    return ODD.sub("?", name)[:60] or "(a name without letters)"


def _day(value: Any, first: date, last: date) -> date:
    if not isinstance(value, str) or not re.fullmatch(DAY, value, re.ASCII):
        raise Wrong("must be a date such as 2026-11-20")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise Wrong("is no day of the calendar") from None
    if day > last:
        raise Wrong("has not come yet")
    if day < first:
        raise Wrong(f"must be {first.isoformat()} or later")
    return day


def _moment(value: Any, now: datetime, or_day: bool) -> datetime:
    if not isinstance(value, str) or not re.fullmatch(MOMENT, value, re.ASCII):
        either = ", or a date such as 2026-11-20 where the time is not known" if or_day else ""
        raise Wrong(f"must be a time with its offset, such as 2026-11-20T22:30:00+00:00{either}")
    try:
        at = datetime.fromisoformat(value)
        if at.date() < EARLIEST:
            raise Wrong(f"must be {EARLIEST.isoformat()} or later")
        at = at.astimezone(UTC)
    except (ValueError, OverflowError) as why:
        raise why if isinstance(why, Wrong) else Wrong("is no time of the calendar") from None
    if at > now + AHEAD:
        raise Wrong("has not come yet")
    return min(at, now)


NHS_NUMBER = Checked(check_nhs_number, r"^\d{3}[ -]?\d{3}[ -]?\d{4}$")
POSTCODE = Checked(check_postcode, r"^[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}$", 10)
Choices = Sequence[tuple[str, str]]
