"""Zipped files that are the same bytes whenever they are made."""

from __future__ import annotations

import io
import zipfile

ALWAYS = (1980, 1, 1, 0, 0, 0)


def packed(files: dict[str, bytes]) -> bytes:
    """`files` by name, zipped in their order without a time of their own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, ALWAYS)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def repacked(content: bytes) -> bytes:
    """A zipped document with the times of its parts taken out."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})
