"""What a file is, judged by its content alone, which kinds are taken, and what is said of those that are not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256

LARGEST = 10_000_000  # bytes, of the file as it comes and as it is kept
NAME_AT_MOST = 120  # characters


class Kind(Enum):
    """A kind that is kept: its media type, the ending of its name, and what it is called."""

    JPEG = ("image/jpeg", ".jpg", "a JPEG picture")
    PNG = ("image/png", ".png", "a PNG picture")
    WEBP = ("image/webp", ".webp", "a WebP picture")
    PDF = ("application/pdf", ".pdf", "a PDF")
    TEXT = ("text/plain", ".txt", "plain text")
    DOCX = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", "a Word document")
    XLSX = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", "a spreadsheet")
    MP3 = ("audio/mpeg", ".mp3", "an MP3 recording")
    M4A = ("audio/mp4", ".m4a", "an M4A recording")
    MP4 = ("video/mp4", ".mp4", "an MP4 video")

    def __init__(self, media_type: str, ending: str, called: str) -> None:
        self.media_type, self.ending, self.called = media_type, ending, called


PICTURES = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP"}
OFFICE = {Kind.DOCX, Kind.XLSX}
MEDIA = {Kind.MP3, Kind.M4A, Kind.MP4}
ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".pdf", ".txt", ".docx", ".xlsx", ".mp3", ".m4a", ".mp4")  # to offer


class Refused(ValueError):
    """A file that is not taken. The message is for whoever chose it: what is wrong and what to do instead."""


EMPTY = "The file is empty. Choose it again, or tell us in words what it shows."
TOO_LARGE = "The file must be smaller than 10 MB. Send a smaller copy, a part of it, or a picture of it."
PROGRAM = "The file is a program or a script, which we cannot take. Send a PDF or a picture of what it shows."
WEB_PAGE = "The file is a web page or a drawing made of code. Send a picture of it, or print it to a PDF."
ARCHIVE = "The file holds other files inside it. Unpack it and send them one at a time."
OLD_OFFICE = "The file is of an old kind of Word or Excel. Save it as .docx, .xlsx or PDF and send that."
HEIC = "We cannot read HEIC pictures. Send it as JPEG, or send a screenshot of it."
OTHER_PICTURE = "We cannot take this kind of picture. Save it as JPEG or PNG and send that."
UNKNOWN = "We cannot tell what this file is. Send a picture (JPEG, PNG), a PDF, a Word file or plain text."
BROKEN = "The file is damaged or not what it seems. Open it yourself and save it again, or send a picture of it."
MACROS = "The file holds macros, which are programs. Save it without them (.docx or .xlsx), or as PDF."
ACTIVE = "The document holds scripts or fetches things from elsewhere. Print it to a new PDF and send that."
LOCKED = "The file has a password, so we cannot check it. Save a copy without the password and send that."
PACKED = "The file unpacks to far more than it seems. Save it again as PDF and send that."
TOO_MANY_DOTS = "The picture is larger than we can open. Send a smaller copy, or a part of it."
EXTRA_TRACKS = (
    "The video holds more than picture and sound, perhaps where it was filmed. Send a screenshot, or the sound."
)


@dataclass(frozen=True)
class Checked:
    """A file that may be kept, already cleaned. `note` says what was taken out of it.

    `position` is where a picture says that it was taken, in words; it is in the file no more, and goes into the
    document's note only when somebody chose so (actions.keep).
    """

    name: str
    kind: Kind
    content: bytes = field(repr=False)
    note: str = ""
    position: str = field(default="", repr=False)

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


_STARTS = {
    b"\xff\xd8\xff": Kind.JPEG,
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
    b"%PDF-": Kind.PDF,
    b"ID3": Kind.MP3,
}
_MP3_FRAMES = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")
_PROGRAMS = (
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xfe\xed\xfa",
    b"L\x00\x00\x00\x01\x14\x02",
)
_ARCHIVES = (b"PK\x05\x06", b"PK\x07\x08", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF")
_OTHER_PICTURES = (b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00", b"8BPS")
_HEIC = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"}
_FILM = {
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"M4V ",
    b"qt  ",
    b"3gp4",
    b"3gp5",
    b"MSNV",
}
_SOUND = {b"M4A ", b"M4B "}


def recognise(content: bytes) -> Kind | None:
    """What the first bytes say the file is; None where it may still be text. Zips count as Word until opened.

    Raises Refused for what is certainly something else.
    """
    if not content:
        raise Refused(EMPTY)
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind.WEBP
    if content.startswith(_MP3_FRAMES):
        return Kind.MP3
    if content.startswith(b"PK\x03\x04"):
        return Kind.DOCX
    if content[4:8] == b"ftyp":
        return _film(content[8:12])
    _refuse_by_start(content)
    return None


def _film(brand: bytes) -> Kind:
    if brand in _SOUND:
        return Kind.M4A
    if brand in _FILM:
        return Kind.MP4
    raise Refused(HEIC if brand in _HEIC else UNKNOWN)


def _refuse_by_start(content: bytes) -> None:
    is_program = content.startswith(_PROGRAMS) or (content.startswith(b"MZ") and b"\x00" in content[:512])
    told = {
        PROGRAM: is_program,
        ARCHIVE: content.startswith(_ARCHIVES),
        OLD_OFFICE: content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        OTHER_PICTURE: content.startswith(_OTHER_PICTURES) and b"\x00" in content[:512],
    }
    for words, holds in told.items():
        if holds:
            raise Refused(words)


_NOT_IN_A_NAME = re.compile(r"[^\w .,()'&+-]+")


def safe_name(given: str, kind: Kind) -> str:
    """A name to keep and to give back: no folder, no control sign, one ending, and that of what the file is."""
    last = given.replace("\\", "/").rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    plain = " ".join(_NOT_IN_A_NAME.sub(" ", stem).replace(".", " ").split())
    return (plain[: NAME_AT_MOST - len(kind.ending)].strip() or "file") + kind.ending
