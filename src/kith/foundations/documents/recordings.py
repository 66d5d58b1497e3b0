"""Sound and film: the notes beside them (titles, where they were made, with what) are taken out; the rest stays."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from kith.foundations.documents.rules import BROKEN, EXTRA_TRACKS, Kind, Refused

TAKEN_OUT = "Notes kept in the recording, such as where and with what it was made, were taken out."
_HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf"}
_NOTES = {b"udta", b"meta", b"uuid", b"free", b"skip", b"wide"}
_KNOWN = {b"ftyp", b"mdat", b"moov", b"sidx", b"moof", b"mfra", b"styp", b"pdin"}
_PLAYED = {b"vide", b"soun"}
_DEEPEST = 8


def without_notes(content: bytes, kind: Kind) -> bytes:
    """The recording without what is kept beside picture and sound. Raises Refused."""
    return _mp3(content) if kind is Kind.MP3 else _mp4(content)


def _mp3(content: bytes) -> bytes:
    """Without the ID3 notes before and after; what remains must begin as sound does."""
    while content.startswith(b"ID3") and len(content) > 10:
        size = sum((byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
        content = content[10 + size + (10 if content[5] & 0x10 else 0) :].lstrip(b"\x00")
    if content[-128:-125] == b"TAG":
        content = content[:-128]
    if len(content) < 4 or content[0] != 0xFF or content[1] & 0xE6 != 0xE2:
        raise Refused(BROKEN)
    return content


def _mp4(content: bytes) -> bytes:
    """The same length and places, so that everything in it is still found; the notes' bytes are noughts."""
    new = bytearray(content)
    for start, end, kind, header in _boxes(content, 0, len(content), 0):
        if kind in _NOTES:
            new[start + 4 : start + 8] = b"free"
            new[start + header : end] = bytes(end - start - header)
        elif kind == b"hdlr" and content[start + header + 8 : start + header + 12] not in _PLAYED | {b"url ", b"alis"}:
            raise Refused(EXTRA_TRACKS)
    if b"moov" not in {kind for _, _, kind, _ in _boxes(content, 0, len(content), 0)}:
        raise Refused(BROKEN)
    return bytes(new)


Box = tuple[int, int, bytes, int]  # where it starts and ends, its kind, how long its header is


def _boxes(content: bytes, at: int, end: int, depth: int) -> Iterator[Box]:
    """Every box, those within others too; notes are not gone into. Raises Refused where they do not fit."""
    while at < end:
        box = _box(content, at, end)
        if depth == 0 and box[2] not in _KNOWN | _NOTES:
            raise Refused(BROKEN)
        yield box
        if box[2] in _HOLDERS:
            if depth >= _DEEPEST:
                raise Refused(BROKEN)
            yield from _boxes(content, at + box[3], box[1], depth + 1)
        at = box[1]


def _box(content: bytes, at: int, end: int) -> Box:
    if end - at < 8:
        raise Refused(BROKEN)
    size, kind = struct.unpack_from(">I4s", content, at)
    header = 8
    if size == 1:
        if end - at < 16:
            raise Refused(BROKEN)
        size, header = struct.unpack_from(">Q", content, at + 8)[0], 16
    elif size == 0:
        size = end - at
    if size < header or at + size > end:
        raise Refused(BROKEN)
    return at, at + size, kind, header
