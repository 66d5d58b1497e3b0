"""PDFs, Word files, spreadsheets and plain text: nothing that runs, fetches, hides or unpacks without end."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from kith.foundations.documents.pictures import dots_of, picture_kind, redraw
from kith.foundations.documents.rules import (
    ACTIVE,
    ARCHIVE,
    BROKEN,
    EMPTY,
    LARGEST,
    LOCKED,
    MACROS,
    PACKED,
    PROGRAM,
    TOO_LARGE,
    UNKNOWN,
    WEB_PAGE,
    Kind,
    Refused,
)

UNPACKED_AT_MOST = 60_000_000
PARTS_AT_MOST = 3_000

# PDF

_LONG = rb"JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE|XFA"
_RUNS = re.compile(rb"/(?:" + _LONG + rb")(?![A-Za-z0-9])")
_RUNS_BY_NAME = re.compile(rb"/(?:" + _LONG + rb"|JS|AA)(?![A-Za-z0-9])")
_LOCKS = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_LONGEST_HEAD = 1500  # bytes before a stream in which it says what it holds
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def check_pdf(content: bytes) -> bytes:
    """The PDF as it is. Raises Refused where it runs, opens, sends or hides something, or cannot be looked into."""
    if b"%%EOF" not in content[-4096:] and b"startxref" not in content:
        raise Refused(BROKEN)
    plain = _unescaped(content)
    if _LOCKS.search(plain):
        raise Refused(LOCKED)
    streams = list(_streams(content))
    outside = _unescaped(_between(content, streams))
    packed = (_unescaped(part) for part in _objects_packed(content, streams))
    if _RUNS.search(plain) or _RUNS_BY_NAME.search(outside) or any(_RUNS_BY_NAME.search(part) for part in packed):
        raise Refused(ACTIVE)
    return content


def _streams(content: bytes) -> Iterator[tuple[int, int]]:
    """Where each stream's bytes begin and end, found in one pass."""
    at = content.find(b"stream")
    while at >= 0:
        begin = at + len(b"stream")
        if content[at - 3 : at] == b"end":
            at = content.find(b"stream", begin)
            continue
        begin += len(content[begin : begin + 2]) - len(content[begin : begin + 2].lstrip(b"\r\n"))
        end = content.find(b"endstream", begin)
        if end < 0:
            return
        yield begin, end
        at = content.find(b"stream", end + len(b"endstream"))


def _between(content: bytes, streams: list[tuple[int, int]]) -> bytes:
    ends = [0, *(end for _, end in streams)]
    starts = [*(begin for begin, _ in streams), len(content)]
    return b" ".join(content[end:start] for end, start in zip(ends, starts, strict=True))


def _unescaped(names: bytes) -> bytes:
    """`/J#53` is `/JS`."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), names)


def _objects_packed(content: bytes, streams: list[tuple[int, int]]) -> list[bytes]:
    """What stands in streams that hold objects. Raises Refused where they unpack without end, or cannot be read."""
    parts, left = [], UNPACKED_AT_MOST
    for begin, end in streams:
        if b"/ObjStm" not in _unescaped(content[max(0, begin - _LONGEST_HEAD) : begin]):
            continue
        part = _inflated(content[begin:end], left)
        left -= len(part)
        parts.append(part)
    return parts


def _inflated(packed: bytes, at_most: int) -> bytes:
    try:
        unpacking = zlib.decompressobj()
        plain = unpacking.decompress(packed, max(1, at_most))
    except zlib.error as wrong:
        raise Refused(ACTIVE) from wrong  # objects kept in a way that we do not read could be anything
    if unpacking.unconsumed_tail:
        raise Refused(PACKED)
    return plain


# Word files and spreadsheets

_MACROS = re.compile(r"vbaproject|macrosheets|activex|\.bin$", re.IGNORECASE)
_INSIDE = re.compile(r"embeddings/|\.(zip|exe|dll|js|vbs|bat|cmd|ps1|hta|html?|svg|jar|msi|lnk)$", re.IGNORECASE)
_PRINTER = re.compile(r"printersettings", re.IGNORECASE)  # a .bin that Excel writes itself; left out
_DECLARES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_FETCHES = re.compile(rb"(attachedTemplate|oleObject|subDocument|/frame|externalLinkPath)\"", re.IGNORECASE)
_OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
_FIELDS = re.compile(rb"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE)\b")
_PRINTER_LINK = re.compile(rb"<Relationship\s[^>]*printerSettings[^>]*/>")
_PRINTER_USE = re.compile(rb"(<pageSetup\b[^>]*?)\s+r:id=\"[^\"]*\"")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
MOST_DOTS_IN_ALL = 100_000_000


def repack_office(content: bytes) -> tuple[Kind, bytes]:
    """A Word file or spreadsheet written anew, part by part, its pictures redrawn. Raises Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as given:
            kind = _office_kind(given)
            return kind, _repacked(given)
    except Refused:
        raise
    except Exception as wrong:  # a hostile zip may fail anywhere inside the library, in any way
        raise Refused(BROKEN) from wrong


def _office_kind(given: zipfile.ZipFile) -> Kind:
    names = {part.filename for part in given.infolist()}
    if any(part.flag_bits & 1 for part in given.infolist()):
        raise Refused(LOCKED)
    if "[Content_Types].xml" not in names:
        raise Refused(ARCHIVE)
    if any(_MACROS.search(name) and not _PRINTER.search(name) for name in names):
        raise Refused(MACROS)
    if any(_INSIDE.search(name) for name in names):
        raise Refused(ARCHIVE)
    if len(names) > PARTS_AT_MOST or sum(part.file_size for part in given.infolist()) > UNPACKED_AT_MOST:
        raise Refused(PACKED)
    if "word/document.xml" in names:
        return Kind.DOCX
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    raise Refused(UNKNOWN)


def _repacked(given: zipfile.ZipFile) -> bytes:
    out, seen, dots = io.BytesIO(), set[str](), 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in given.infolist():
            name = part.filename
            if part.is_dir() or _PRINTER.search(name):
                continue
            if name in seen or name.startswith("/") or ".." in name.split("/"):
                raise Refused(BROKEN)  # two parts of one name: which is read depends on who reads
            seen.add(name)
            held = given.read(part)
            dots += dots_of(held)
            if dots > MOST_DOTS_IN_ALL:
                raise Refused(PACKED)
            new.writestr(zipfile.ZipInfo(name), _part(name, held), zipfile.ZIP_DEFLATED)
    if out.tell() > LARGEST:
        raise Refused(TOO_LARGE)
    return out.getvalue()


def _part(name: str, held: bytes) -> bytes:
    if picture := picture_kind(held):
        return redraw(held, picture)[0]
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        return held
    _check_xml(name, held)
    return _PRINTER_USE.sub(rb"\1", _PRINTER_LINK.sub(b"", held))


def _check_xml(name: str, held: bytes) -> None:
    if held.startswith(_UTF16) or b"\x00" in held or _DECLARES.search(held):
        raise Refused(BROKEN)
    if name == "[Content_Types].xml" and b"macroenabled" in held.lower():
        raise Refused(MACROS)
    if name.endswith(".rels") and _FETCHES.search(held) and _OUTSIDE.search(held):
        raise Refused(ACTIVE)
    if not name.endswith(".rels") and (b"ddeLink" in held or _runs_field(held)):
        raise Refused(ACTIVE)


def _runs_field(held: bytes) -> bool:
    """A field of Word that fetches or runs; the same words in somebody's text do no harm."""
    fields = re.findall(rb"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"", held)
    return bool(_FIELDS.search(b"".join(b"".join(one) for one in fields)))


# Text

_SCRIPTS = (".js", ".mjs", ".vbs", ".vbe", ".wsf", ".bat", ".cmd", ".ps1", ".sh", ".py", ".pl", ".php", ".hta", ".reg",
            ".scr", ".com", ".exe", ".jar", ".lnk", ".url", ".command", ".applescript")  # fmt: skip
_PAGES = (".html", ".htm", ".xhtml", ".svg", ".mht", ".mhtml", ".xml", ".xsl")
_MARKUP = re.compile(
    r"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|math|\?xml|\?php)\b|<\?(xml|php|=)", re.I
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def plain_text(content: bytes, name: str) -> bytes:
    """The text in UTF-8. Raises Refused where it is none, or where it is a script or a page."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ending in _SCRIPTS:
        raise Refused(PROGRAM)
    if ending in _PAGES:
        raise Refused(WEB_PAGE)
    text = _decoded(content)
    if not text.strip("\ufeff"):
        raise Refused(EMPTY)
    if text.lstrip("\ufeff \r\n\t").startswith("#!"):
        raise Refused(PROGRAM)
    if _MARKUP.search(text):
        raise Refused(WEB_PAGE)
    kept = text.encode("utf-8", errors="replace")
    if len(kept) > LARGEST:
        raise Refused(TOO_LARGE)
    return kept


def _decoded(content: bytes) -> str:
    codes = ["utf-16"] if content.startswith(_UTF16) else ["utf-8-sig", "cp1252"]
    for code in codes:
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise Refused(UNKNOWN)
