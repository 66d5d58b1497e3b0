"""Looking at a file before it is kept. Nothing that the file claims of itself, name or media type, is believed."""

from __future__ import annotations

from typing import Protocol

from kith.foundations.documents import papers, pictures, recordings
from kith.foundations.documents.rules import (
    LARGEST,
    MEDIA,
    OFFICE,
    PICTURES,
    TOO_LARGE,
    Checked,
    Kind,
    Refused,
    recognise,
    safe_name,
)

OFFICE_TAKEN_OUT = "Pictures in it were drawn anew: where, when and with what they were taken is not in them."


class Upload(Protocol):
    """A file as Django hands it over, or anything that is read alike."""

    @property
    def name(self) -> str | None: ...
    def read(self, num_bytes: int, /) -> bytes: ...


def check_upload(file: Upload) -> Checked:
    """The file, cleaned and ready to be kept. Raises Refused with a sentence for whoever chose it.

    At most 10 MB are read; pictures take some 120 MB while they are drawn anew, papers at most 60 MB.
    """
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Refused(TOO_LARGE)
    name = file.name or ""
    kind, cleaned, note, position = _cleaned(content, name)
    return Checked(name=safe_name(name, kind), kind=kind, content=cleaned, note=note, position=position)


def _cleaned(content: bytes, name: str) -> tuple[Kind, bytes, str, str]:
    kind = recognise(content)
    if kind is None:
        return Kind.TEXT, papers.plain_text(content, name), "", ""
    if kind in PICTURES:
        drawn, position = pictures.redraw(content, kind)
        return kind, drawn, pictures.TAKEN_OUT, position
    if kind in OFFICE:
        kind, packed = papers.repack_office(content)
        return kind, packed, OFFICE_TAKEN_OUT, ""
    if kind in MEDIA:
        return kind, recordings.without_notes(content, kind), recordings.TAKEN_OUT, ""
    return kind, papers.check_pdf(content), "", ""
