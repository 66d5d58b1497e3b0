"""Files of every kind, made as their programs make them, and a file as Django hands it over."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo


class Given:
    """An upload that tells how much of it was read."""

    def __init__(self, content: bytes, name: str = "a file") -> None:
        self.name, self._file, self.read_so_far = name, io.BytesIO(content), 0

    def read(self, num_bytes: int, /) -> bytes:
        part = self._file.read(num_bytes)
        self.read_so_far += len(part)
        return part


def picture(form: str = "JPEG", **saving: Any) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((60, 40), 80).convert("RGB").save(out, form, **saving)
    return out.getvalue()


def pictured_at_the_park(form: str = "JPEG") -> bytes:
    """As a telephone takes it: where, when, with what, and remarks."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "PearPhone"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (51.0, 30.0, 4.5),
            ExifTags.GPS.GPSLongitudeRef: "W",
            ExifTags.GPS.GPSLongitude: (0.0, 7.0, 26.7),
        }
    )
    saving: dict[str, Any] = {"exif": exif}
    if form == "PNG":
        remarks = PngInfo()
        remarks.add_text("Comment", "a secret remark")
        remarks.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>GPS</x:xmpmeta>")
        saving["pnginfo"] = remarks
    elif form == "JPEG":
        saving |= {"comment": b"a secret remark", "xmp": b"<x:xmpmeta>GPS</x:xmpmeta>"}
    return picture(form, **saving)


def pdf(more: bytes = b"", stream: bytes = b"BT (Hello) Tj ET") -> bytes:
    held = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)
    parts = [b"<< /Type /Catalog /Pages 2 0 R " + more + b" >>", b"<< /Type /Pages /Kids [] /Count 0 >>", held]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, part) for number, part in enumerate(parts, 1))
    return b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"


def packed_pdf(objects: bytes, packing: Callable[[bytes], bytes] = zlib.compress) -> bytes:
    """Objects in a packed stream, as newer programs write them."""
    packed = packing(objects)
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(packed)
    body = b"1 0 obj\n" + head + b"\nstream\r\n" + packed + b"\nendstream\nendobj\n"
    return b"%PDF-1.7\n" + body + b"startxref\n9\n%%EOF\n"


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, held in parts.items():
            new.writestr(name, held)
    return out.getvalue()


def docx(more: dict[str, bytes] | None = None) -> bytes:
    text = b"<w:document>Seen at Harbour Park</w:document>"
    return _zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": text, **(more or {})})


def xlsx(more: dict[str, bytes] | None = None) -> bytes:
    return _zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>", **(more or {})})


def mp3(notes: bytes = b"") -> bytes:
    size = bytes((len(notes) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return (b"ID3\x04\x00\x00" + size + notes if notes else b"") + b"\xff\xfb\x90\x00" + bytes(413)


def _box(kind: bytes, held: bytes) -> bytes:
    return struct.pack(">I", len(held) + 8) + kind + held


def mp4(brand: bytes = b"isom", handler: bytes = b"vide", notes: bytes = b"") -> bytes:
    hdlr = _box(b"hdlr", bytes(8) + handler + bytes(12))
    track = _box(b"trak", _box(b"mdia", hdlr) + (_box(b"udta", notes) if notes else b""))
    moov = _box(b"moov", _box(b"mvhd", bytes(100)) + track + (_box(b"udta", notes) if notes else b""))
    return _box(b"ftyp", brand + bytes(8)) + moov + _box(b"mdat", b"the picture and the sound")
