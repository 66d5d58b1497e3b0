"""Pictures, drawn anew: what they show stays; where, when and with what they were taken does not."""

from __future__ import annotations

import io
import math
import warnings
from typing import Any

from PIL import ExifTags, Image, ImageOps

from kith.foundations.documents.rules import BROKEN, LARGEST, PACKED, PICTURES, TOO_LARGE, TOO_MANY_DOTS, Kind, Refused

MOST_DOTS = 30_000_000  # some 120 MB while it is drawn; telephones take 12 to 24 million
LONGEST_SIDE = 30_000
QUALITIES = (90, 75, 55)
TAKEN_OUT = "The picture was drawn anew: where, when and with what it was taken is not in it."


def redraw(content: bytes, kind: Kind) -> tuple[bytes, str]:
    """The picture's dots and nothing else, and where it says that it was taken, in words or "". Raises Refused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damaged notes in the file, none of which is kept
            with Image.open(io.BytesIO(content), formats=[PICTURES[kind]]) as picture:
                _refuse_absurd(picture)
                return _drawn(picture, kind), _position(picture)
    except Refused:
        raise
    except Image.DecompressionBombError as wrong:
        raise Refused(TOO_MANY_DOTS) from wrong
    except Exception as wrong:  # a hostile picture may fail anywhere inside the library, in any way
        raise Refused(BROKEN) from wrong


def picture_kind(content: bytes) -> Kind | None:
    """Which kind of picture the first bytes say it is; None for anything else."""
    starts = {b"\xff\xd8\xff": Kind.JPEG, b"\x89PNG\r\n\x1a\n": Kind.PNG}
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Kind.WEBP
    return next((kind for start, kind in starts.items() if content.startswith(start)), None)


def dots_of(content: bytes) -> int:
    """How many dots a picture says that it has, without drawing it; 0 for anything else. Raises Refused."""
    kind = picture_kind(content)
    if kind is None:
        return 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=[PICTURES[kind]]) as picture:
                return picture.width * picture.height
    except Image.DecompressionBombError as wrong:
        raise Refused(PACKED) from wrong
    except Exception as wrong:  # as in redraw
        raise Refused(BROKEN) from wrong


def _refuse_absurd(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_DOTS or max(picture.size) > LONGEST_SIDE:
        raise Refused(TOO_MANY_DOTS)


def _drawn(picture: Image.Image, kind: Kind) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    see_through = kind is not Kind.JPEG and (upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info)
    dots = upright.convert("RGBA" if see_through else "RGB")
    new = Image.new(dots.mode, dots.size)
    new.paste(dots)
    for quality in QUALITIES:
        out = io.BytesIO()
        new.save(out, PICTURES[kind], **({} if kind is Kind.PNG else {"quality": quality}))
        if out.tell() <= LARGEST:
            return out.getvalue()
    raise Refused(TOO_LARGE)


def _position(picture: Image.Image) -> str:
    """Such as "51.50123 north, 0.12410 west"; "" where the picture does not say, or says it in no way one can read."""
    try:
        said: dict[int, Any] = picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        across = _degrees(said[ExifTags.GPS.GPSLatitude]), str(said.get(ExifTags.GPS.GPSLatitudeRef, "N"))
        along = _degrees(said[ExifTags.GPS.GPSLongitude]), str(said.get(ExifTags.GPS.GPSLongitudeRef, "E"))
    except Exception:  # written by anybody, in any way; then it is as if it were not there
        return ""
    if not (across[0] <= 90 and along[0] <= 180):
        return ""
    north = "south" if across[1].upper().startswith("S") else "north"
    east = "west" if along[1].upper().startswith("W") else "east"
    return f"{across[0]:.5f} {north}, {along[0]:.5f} {east}"


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    whole = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(whole) or whole < 0:
        raise ValueError(parts)
    return whole
