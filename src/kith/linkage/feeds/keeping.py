"""Keeping a delivery as it came: the bytes unaltered under their hash, all of them or nothing."""

from __future__ import annotations

import codecs
import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

BLOCK = 1 << 20


@dataclass(frozen=True)
class TextFacts:
    """What the bytes say about the file's encoding."""

    mark: str = ""  # utf-8-sig, utf-16 … where a byte-order mark stands at the beginning
    is_utf8: bool = True
    is_ascii: bool = True


@dataclass(frozen=True)
class Kept:
    """A file as it came, under its hash."""

    name: str
    sha256: str
    bytes: int
    folder: Path
    path: Path
    text: TextFacts


def keep(path: Path, deliveries: Path) -> Kept:
    """Copy `path` to deliveries/<sha256>/ and answer what it is. The same bytes are kept once.

    Raises OSError where the file cannot be read or the copy cannot be written.
    """
    deliveries.mkdir(parents=True, exist_ok=True)
    waiting = deliveries / f".incoming-{secrets.token_hex(8)}"
    try:
        digest, size, facts = _copy(path, waiting)
        folder = deliveries / digest
        kept = folder / f"as-it-came{path.suffix.lower()}"
        if not _already(kept, size):
            folder.mkdir(exist_ok=True)
            os.replace(waiting, kept)
            sync_folder(folder)
            sync_folder(deliveries)
    finally:
        waiting.unlink(missing_ok=True)
    return Kept(path.name, digest, size, folder, kept, facts)


def sync_folder(folder: Path) -> None:
    """Make renames inside a folder last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _already(kept: Path, size: int) -> bool:
    return kept.exists() and kept.stat().st_size == size


def _copy(source: Path, target: Path) -> tuple[str, int, TextFacts]:
    """Hash, size and encoding in one reading, whatever the size."""
    digest, size, watch = hashlib.sha256(), 0, _EncodingWatch()
    with open(source, "rb") as given, open(target, "wb") as copy:
        while block := given.read(BLOCK):
            digest.update(block)
            copy.write(block)
            watch.see(block)
            size += len(block)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest(), size, watch.facts()


class _EncodingWatch:
    """Looks at every byte once, so that a stray one at the end of a long file is known before rows are read."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._first = b""
        self._is_utf8 = self._is_ascii = True

    def see(self, block: bytes) -> None:
        self._first = self._first or block[:4096]
        self._is_ascii = self._is_ascii and block.isascii()
        if self._is_utf8 and not (self._is_ascii and not self._decoder.getstate()[0]):
            try:
                self._decoder.decode(block)
            except UnicodeDecodeError:
                self._is_utf8 = False

    def facts(self) -> TextFacts:
        return TextFacts(byte_order_mark(self._first), self._is_utf8, self._is_ascii)


def byte_order_mark(first: bytes) -> str:
    """The encoding a byte-order mark (or, for UTF-16 without one, every other byte being zero) gives away."""
    if first.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if first.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = first[:400]
    if len(sample) > 8 and sample[1::2].count(0) > len(sample) * 0.4:
        return "utf-16-le"
    if len(sample) > 8 and sample[0::2].count(0) > len(sample) * 0.4:
        return "utf-16-be"
    return ""
