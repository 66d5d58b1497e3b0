"""Reading one email of RFC 822, from anybody: bounded, and nothing in it is believed but what a trusted host says.

Plain Python; raises only Unreadable, with the reason in words.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.policy import default
from email.utils import getaddresses, parseaddr
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

LARGEST = 10_000_000  # bytes of one letter
LONGEST = 19_000  # letters of what is taken as the words of a contact
MOST_PARTS, MOST_FILES = 200, 20
LONGEST_HEADER = 4000  # bytes of a header that is read here; the library takes minutes over far longer ones
READ_HERE = (b"from:", b"subject:", b"message-id:", b"auto-submitted:", b"return-path:", b"content-", b"mime-version:")
MACHINES_REPLY = ("auto-replied", "auto-notified")
NOT_SEEN = ("script", "style", "head", "title", "template", "noscript")
CELLS = ("td", "th")
LINES = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table")
ADDRESS = re.compile(r"[^@\s<>\"',;:\\()\[\]]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?", re.IGNORECASE | re.ASCII)
CUT = "\n\n[The letter goes on; the whole of it is kept as it came.]"


class Unreadable(ValueError):
    """The letter is nobody's contact; the message says why."""


@dataclass(frozen=True)
class Enclosed:
    """A file that came with a letter."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class EmailRead:
    """What a letter says. `key` is the same for the same letter, whatever ways it came by.

    `answerable` False: a machine wrote it, and nothing is sent back.
    """

    key: str
    sender_name: str
    sender: str
    verified: bool
    answerable: bool
    words: str = field(repr=False)
    enclosed: tuple[Enclosed, ...] = ()


def read_at_most(path: Path) -> bytes:
    """A file, or of one that is too large enough to know it."""
    with open(path, "rb") as letter:
        return letter.read(LARGEST + 1)


def read_email(raw: bytes, trusted: Collection[str] = ()) -> EmailRead:
    """One letter. `trusted`: hosts whose Authentication-Results are believed. Raises Unreadable."""
    if len(raw) > LARGEST:
        raise Unreadable(f"It is larger than {LARGEST // 1_000_000} MB; its beginning is kept.")
    if not raw.strip():
        raise Unreadable("It is empty.")
    if _has_endless_header(raw):
        raise Unreadable("One of its headers is longer than any that a mail program writes.")
    try:
        return _read(raw, trusted)
    except Unreadable:
        raise
    except Exception as broken:  # noqa: BLE001 - the parser fails in many ways on what others make
        raise Unreadable(f"It could not be read ({type(broken).__name__}).") from broken


def _has_endless_header(raw: bytes) -> bool:
    """Whether a header of the letter or of one of its parts is longer than is read, however it is folded."""
    length = 0
    for line in raw.replace(b"\r", b"\n").split(b"\n"):
        if line[:1] in (b" ", b"\t"):
            length += len(line) if length else 0
        elif line.lower().startswith(READ_HERE):
            length = len(line)
        elif line:
            length = 0
        if length > LONGEST_HEADER:
            return True
    return False


def _read(raw: bytes, trusted: Collection[str]) -> EmailRead:
    message = message_from_bytes(raw, policy=default)
    if not message.keys():
        raise Unreadable("It has no header, so it is no email.")
    if _is_machines_reply(message):
        raise Unreadable("A machine answered or gave a letter back; nobody told anything.")
    name, sender = _sender(message)
    text, enclosed = _parts(message)
    subject = _clean(_header(message, "Subject"), lines=False)[:300]
    words = "\n\n".join(part for part in (subject, text) if part)
    if not words and not enclosed:
        raise Unreadable("It says nothing.")
    words = words or "A letter without words came with files."
    if len(words) > LONGEST:
        words = words[:LONGEST] + CUT
    own = _clean(_header(message, "Message-ID"), lines=False)[:200]
    digest = sha256("\0".join((sender.lower(), words, *(sha256(one.content).hexdigest() for one in enclosed))).encode())
    return EmailRead(
        key=f"{own} {digest.hexdigest()[:32]}".strip(),
        sender_name=name,
        sender=sender,
        verified=bool(sender) and _is_verified(message, sender, trusted),
        answerable=_auto_submitted(message) in ("", "no"),
        words=words,
        enclosed=enclosed,
    )


def _header(message: Message, name: str) -> str:
    """A header's text as far as it can be had; the library fails on some that others send."""
    try:
        return str(message.get(name, "") or "")
    except Exception:  # noqa: BLE001
        raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
        try:
            return str(make_header(decode_header(str(raw))))
        except Exception:  # noqa: BLE001
            return str(raw)


def _is_machines_reply(message: Message) -> bool:
    sent = _auto_submitted(message)
    bounced = message.get_content_type() == "multipart/report"
    return bounced or sent in MACHINES_REPLY or _header(message, "Return-Path").strip() == "<>"


def _auto_submitted(message: Message) -> str:
    return _without_comments(_header(message, "Auto-Submitted")).partition(";")[0].strip().lower()


def _sender(message: Message) -> tuple[str, str]:
    """Name and address; no address where there is not exactly one good one."""
    typed = _header(message, "From")
    all_of_them = [pair for pair in getaddresses([typed]) if pair[1]]
    name, address = all_of_them[0] if len(all_of_them) == 1 else parseaddr("")
    good = address if ADDRESS.fullmatch(address) and len(address) <= 254 else ""
    return _clean(name or ("" if good else typed), lines=False)[:200], good


def _is_verified(message: Message, sender: str, trusted: Collection[str]) -> bool:
    """Whether the host that took the letter in says that it came from the sender's own domain.

    Only the uppermost header counts, and only of a trusted host: anybody may write one further down.
    """
    found = [value for key, value in message.raw_items() if key.lower() == "authentication-results"]
    froms = [key for key in message if key.lower() == "from"]
    if not found or len(froms) != 1:
        return False
    said = _without_comments(str(found[0]))
    host, *results = said.split(";")
    if not host.split() or host.split()[0].lower() not in {one.lower() for one in trusted}:
        return False
    domain = sender.rpartition("@")[2].lower()
    return any(_vouches(result, domain) for result in results)


def _vouches(result: str, domain: str) -> bool:
    words = [word.lower() for word in result.split()]
    says = dict(word.split("=", 1) for word in words if "=" in word)
    if says.get("dmarc") == "pass":
        return says.get("header.from") == domain
    return says.get("dkim") == "pass" and says.get("header.d") == domain


def _without_comments(text: str) -> str:
    """What stands outside brackets; a bracket that never closes takes the rest with it. Quotation hides no bracket."""
    kept, depth = [], 0
    for letter in text:
        if letter == "(":
            depth += 1
        elif letter == ")" and depth:
            depth -= 1
        elif not depth:
            kept.append(letter)
    return "".join(kept)


def _parts(message: Message) -> tuple[str, tuple[Enclosed, ...]]:
    """The words (plain before HTML) and the files, of a bounded number of parts."""
    plain: list[str] = []
    styled: list[str] = []
    files: list[Enclosed] = []
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS or len(files) >= MOST_FILES:
            break
        if part.is_multipart():
            continue
        name, kind = _file_name(part), part.get_content_type()
        if name or part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
            files.append(Enclosed(name or "file", _bytes(part)))
        else:
            (styled if kind == "text/html" else plain).append(_text(part))
    said = "\n\n".join(one for one in (_clean(text) for text in plain) if one)
    return said or "\n\n".join(_clean(text_of_html(text)) for text in styled).strip(), tuple(files)


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except Exception:  # noqa: BLE001
        return ""
    return _clean(str(name), lines=False).replace("\\", "/").rpartition("/")[2][:120]


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: Message) -> str:
    content = _bytes(part)
    try:
        return content.decode(part.get_content_charset("utf-8") or "utf-8", errors="replace")
    except (LookupError, UnicodeError, ValueError):
        return content.decode("utf-8", errors="replace")


def text_of_html(html: str) -> str:
    """The words somebody would see, each block on its own line; no mark-up, no script, no address of a picture."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return "".join(reader.said)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in NOT_SEEN:
            self.hidden.append(tag)
        if tag in LINES:
            self.said.append("\n")
        if tag in CELLS:
            self.said.append("\t")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.hidden:
            while self.hidden.pop() != tag:
                pass
        if tag == "body":
            self.hidden.clear()

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.said.append(data)


def _clean(text: str, lines: bool = True) -> str:
    """Without letters that a page or the database cannot carry; at most one empty line together."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")
    kept = "".join(one if one in "\n\t" or (ord(one) >= 32 and not 0x7F <= ord(one) < 0xA0) else " " for one in text)
    if not lines:
        return " ".join(kept.split())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in kept.split("\n"))).strip()


__all__ = ["LARGEST", "EmailRead", "Enclosed", "Unreadable", "read_at_most", "read_email", "text_of_html"]
