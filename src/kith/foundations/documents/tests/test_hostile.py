"""Whatever is sent: it is kept clean or refused in words, in bounded time and memory, and never an error."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from kith.foundations.documents import rules
from kith.foundations.documents.checking import check_upload
from kith.foundations.documents.rules import LARGEST, NAME_AT_MOST, Checked, Kind, Refused, safe_name
from kith.foundations.documents.tests.files import (
    Given,
    docx,
    mp3,
    mp4,
    packed_pdf,
    pdf,
    pictured_at_the_park,
    xlsx,
)

SENTENCES = {words for name, words in vars(rules).items() if name.isupper() and isinstance(words, str)}
WELL_FORMED = [
    *(pictured_at_the_park(form) for form in ("JPEG", "PNG", "WEBP")),
    pdf(),
    packed_pdf(b"<< /Type /Page >>"),
    docx({"word/media/image1.png": pictured_at_the_park("PNG")}),
    xlsx(),
    mp3(notes=b"at the park"),
    mp4(notes=b"\xa9xyz+51.5/"),
    b"He said see you at the park.",
]
STARTS = [content[:16] for content in WELL_FORMED]
MOST_MEMORY = 600 * 1024  # kB, of a whole process with its libraries


def kept_or_refused(content: bytes, name: str = "a file") -> Checked | None:
    """The one property: nothing but these two can come of it."""
    try:
        kept = check_upload(Given(content, name))
    except Refused as refused:
        said = str(refused)
    else:
        return _is_clean(kept)
    assert said in SENTENCES
    return None


def _is_clean(kept: Checked) -> Checked:
    assert 0 < kept.size <= LARGEST
    assert isinstance(kept.kind, Kind)
    assert kept.name.endswith(kept.kind.ending)
    return kept


@given(st.binary(max_size=3000), st.text(max_size=300))
@example(b"\xfe\xff", "")  # a mark of how its letters are written, and no letter
def test_any_bytes_under_any_name(content: bytes, name: str) -> None:
    kept_or_refused(content, name)


@given(st.sampled_from(STARTS), st.binary(max_size=3000))
def test_any_bytes_that_begin_as_a_kind_does(start: bytes, content: bytes) -> None:
    kept_or_refused(start + content)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(WELL_FORMED), st.data())
def test_a_good_file_spoiled_anywhere(content: bytes, data: st.DataObject) -> None:
    spoiled = bytearray(content)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(spoiled) - 1))
        act = data.draw(st.sampled_from(["change", "cut", "insert", "repeat"]))
        if act == "change":
            spoiled[at] = data.draw(st.integers(0, 255))
        elif act == "cut" and at > 20:
            del spoiled[at:]
        elif act == "insert":
            spoiled[at:at] = data.draw(st.binary(min_size=1, max_size=40))
        elif act == "repeat":
            spoiled[at:at] = spoiled[at : at + 200]
    kept = kept_or_refused(bytes(spoiled))
    if kept and kept.kind in rules.PICTURES:
        with Image.open(io.BytesIO(kept.content)) as drawn:
            assert dict(drawn.getexif()) == {}
            drawn.load()


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([Kind.DOCX, Kind.XLSX]), st.dictionaries(st.text(min_size=1, max_size=30), st.binary(max_size=200))
)
def test_a_paper_with_any_parts(kind: Kind, parts: dict[str, bytes]) -> None:
    held = {name: part for name, part in parts.items() if "\x00" not in name and _encodes(name)}
    kept = kept_or_refused(docx(held) if kind is Kind.DOCX else xlsx(held))
    if kept:
        with zipfile.ZipFile(io.BytesIO(kept.content)) as new:
            assert new.testzip() is None


def _encodes(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


@given(st.text(max_size=400), st.sampled_from(list(Kind)))
def test_any_name_is_made_safe(given_name: str, kind: Kind) -> None:
    name = safe_name(given_name, kind)
    assert 0 < len(name) <= NAME_AT_MOST
    assert name.endswith(kind.ending)
    assert name.count(".") == 1
    assert not set(name) & set('/\\\r\n\0<>:"|?*;%')
    assert name.isprintable()


def test_a_zip_that_lies_about_how_large_it_is() -> None:
    """The size that each part declares is the most that is ever unpacked of it."""
    held = bytearray(docx({"word/large.xml": bytes(50_000_000)}))
    for at in range(len(held) - 4):
        if held[at : at + 4] == (50_000_000).to_bytes(4, "little"):
            held[at : at + 4] = (1000).to_bytes(4, "little")
    assert kept_or_refused(bytes(held)) is None


def test_zips_inside_zips_are_not_gone_into() -> None:
    inside = docx()
    for _ in range(5):
        inside = docx({"word/inside.zip": inside})
    assert kept_or_refused(inside) is None


WORST = {
    "a picture of thirty million dots": """
out = io.BytesIO(); Image.new("RGB", (6000, 5000)).save(out, "PNG")""",
    "a PDF with sixty million packed bytes": """
from kith.foundations.documents.tests.files import packed_pdf
out = io.BytesIO(packed_pdf(bytes(59_000_000)))""",
    "a paper that unpacks to sixty million bytes": """
from kith.foundations.documents.tests.files import docx
out = io.BytesIO(docx({"word/large.xml": b" " * 59_000_000}))""",
    "ten megabytes of stream, stream, stream": """
out = io.BytesIO((b"%PDF-1.7 " + b"stream " * 1_500_000)[:9_999_000] + b"startxref %%EOF")""",
    "ten megabytes of brackets": """
out = io.BytesIO((b"<" * 9_999_000))""",
    "ten megabytes of small boxes": """
out = io.BytesIO(b"\\x00\\x00\\x00\\x10ftypisom\\x00\\x00\\x00\\x00" + b"\\x00\\x00\\x00\\x08free" * 1_200_000)""",
    "a hundred animated frames": """
out = io.BytesIO(); Image.new("RGB", (2000, 2000)).save(
    out, "WEBP", save_all=True, append_images=[Image.new("RGB", (2000, 2000), (n, 0, 0)) for n in range(8)])""",
}
MEASURE = """
import io, resource, sys
from PIL import Image
from kith.foundations.documents.checking import check_upload
from kith.foundations.documents.rules import Refused
%s
from kith.foundations.documents.tests.files import Given
content = out.getvalue(); del out
resource.setrlimit(resource.RLIMIT_CPU, (20, 25))
try:
    print(check_upload(Given(content, "a file")).kind.name)
except Refused as refused:
    print("refused")
status = open("/proc/self/status").read()  # not getrusage: that remembers what whoever started this process held
print(status.partition("VmHWM:")[2].split()[0])
"""


@pytest.mark.parametrize("worst", WORST)
def test_the_worst_of_them_stay_within_memory_and_time(worst: str) -> None:
    """In a process of their own: at most 600 MB with every library, and 20 seconds."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE % WORST[worst]], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr[-2000:]
    _, memory = done.stdout.split()
    assert int(memory) < MOST_MEMORY
