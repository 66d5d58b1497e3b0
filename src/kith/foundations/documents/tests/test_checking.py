"""What is taken, what it is cleaned of, and what is refused in words that help."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from PIL import ExifTags, Image

from kith.foundations.documents import rules
from kith.foundations.documents.checking import check_upload
from kith.foundations.documents.rules import LARGEST, Checked, Kind, Refused, safe_name
from kith.foundations.documents.tests.files import (
    Given,
    docx,
    mp3,
    mp4,
    packed_pdf,
    pdf,
    picture,
    pictured_at_the_park,
    xlsx,
)

FETCHES = b'<Relationship Type="http://a/attachedTemplate" Target="http://e" TargetMode="External"/>'
PRINTS = (
    b"""<Relationships><Relationship Id="rId1" Type="http://a/printerSettings" Target="../a.bin"/></Relationships>"""
)


def checked(content: bytes, name: str = "from my phone.bin") -> Checked:
    return check_upload(Given(content, name))


def refused(content: bytes, name: str = "a file") -> str:
    with pytest.raises(Refused) as wrong:
        checked(content, name)
    return str(wrong.value)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture("JPEG"), Kind.JPEG),
        (picture("PNG"), Kind.PNG),
        (picture("WEBP"), Kind.WEBP),
        (pdf(), Kind.PDF),
        (packed_pdf(b"<< /Type /Page >>"), Kind.PDF),
        (docx(), Kind.DOCX),
        (xlsx(), Kind.XLSX),
        (mp3(), Kind.MP3),
        (mp4(brand=b"M4A "), Kind.M4A),
        (mp4(), Kind.MP4),
        ("He said “see you at the park”.\r\n".encode(), Kind.TEXT),
        ("caf\xe9 by the water".encode("cp1252"), Kind.TEXT),
        ("from Windows".encode("utf-16"), Kind.TEXT),
    ],
)
def test_a_kind_is_told_by_content_whatever_the_name_says(content: bytes, kind: Kind) -> None:
    kept = checked(content, "holiday.exe.pdf")
    assert kept.kind is kind
    assert kept.name == f"holiday exe{kind.ending}"
    assert kept.size == len(kept.content) > 0


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_no_picture_says_where_or_with_what_it_was_taken(form: str) -> None:
    kept = checked(pictured_at_the_park(form))
    assert kept.position == "51.50125 north, 0.12408 west"
    with Image.open(io.BytesIO(kept.content)) as drawn:
        assert dict(drawn.getexif()) == {}
        assert not {"exif", "xmp", "icc_profile", "comment", "XML:com.adobe.xmp", "parameters"} & set(drawn.info)
    for trace in (b"Exif", b"PearPhone", b"xmpmeta", b"GPS", b"a secret remark"):
        assert trace not in kept.content
    assert "51.50" not in kept.note


def test_a_picture_stays_the_right_way_up() -> None:
    sideways = Image.new("RGB", (40, 20))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    out = io.BytesIO()
    sideways.save(out, "JPEG", exif=exif)
    with Image.open(io.BytesIO(checked(out.getvalue()).content)) as drawn:
        assert drawn.size == (20, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_way_of_colouring_is_drawn(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (9, 9)).save(out, "PNG")
    assert checked(out.getvalue()).kind is Kind.PNG


def test_what_is_hidden_behind_a_picture_is_left_behind() -> None:
    kept = checked(picture("PNG") + b"PK\x03\x04<script>alert(1)</script>")
    assert b"script" not in kept.content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", rules.EMPTY),
        (b"MZ\x90\x00" + bytes(100), rules.PROGRAM),
        (b"\x7fELF\x02\x01\x01" + bytes(100), rules.PROGRAM),
        (b"\xcf\xfa\xed\xfe" + bytes(100), rules.PROGRAM),
        (b"#!/bin/sh\nrm -r /\n", rules.PROGRAM),
        (b"<!DOCTYPE html><p>Hello", rules.WEB_PAGE),
        (b"\xef\xbb\xbf \n<SVG onload=alert(1)>", rules.WEB_PAGE),
        (b"Hello <script>alert(1)</script>", rules.WEB_PAGE),
        ("<html>".encode("utf-16"), rules.WEB_PAGE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), rules.OLD_OFFICE),
        (b"Rar!\x1a\x07\x00", rules.ARCHIVE),
        (b"\x1f\x8b\x08\x00", rules.ARCHIVE),
        (b"7z\xbc\xaf\x27\x1c", rules.ARCHIVE),
        (b"GIF89a\x01\x00\x01\x00\x00", rules.OTHER_PICTURE),
        (b"\x00\x00\x00\x18ftypheic" + bytes(40), rules.HEIC),
        (b"\x00\x00\x00\x18ftypzzzz" + bytes(40), rules.UNKNOWN),
        (bytes(range(256)), rules.UNKNOWN),
        (b"\xff\xd8\xff\xe0 not a picture", rules.BROKEN),
        (picture("JPEG")[:200], rules.BROKEN),
        (b"%PDF-1.7 and no more", rules.BROKEN),
        (pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), rules.ACTIVE),
        (pdf(b"/OpenAction << /S /J#61vaScript /J#53 (app.alert(1)) >>"), rules.ACTIVE),
        (pdf(b"/AA << /O 5 0 R >>"), rules.ACTIVE),
        (pdf(b"/A << /S /Launch /F (cmd.exe) >>"), rules.ACTIVE),
        (pdf(b"/Names << /EmbeddedFiles 9 0 R >>"), rules.ACTIVE),
        (packed_pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"), rules.ACTIVE),
        (packed_pdf(bytes(80_000_000)), rules.PACKED),
        (packed_pdf(b"x", packing=lambda given: b"not packed in a way we know"), rules.ACTIVE),
        (pdf(b"/Encrypt 7 0 R"), rules.LOCKED),
        (docx({"word/vbaProject.bin": b"\xd0\xcf"}), rules.MACROS),
        (docx({"[Content_Types].xml": b"<Types>ms-word.document.macroEnabled.main+xml</Types>"}), rules.MACROS),
        (docx({"word/embeddings/oleObject1.xlsx": b"PK"}), rules.ARCHIVE),
        (docx({"word/run.exe": b"MZ"}), rules.ARCHIVE),
        (docx({"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><w:document/>'}), rules.BROKEN),
        (docx({"word/document.xml": "<w:document/>".encode("utf-16")}), rules.BROKEN),
        (docx({"word/document.xml": b"<w:instrText> DDEAUTO c:\\\\cmd.exe </w:instrText>"}), rules.ACTIVE),
        (docx({"word/_rels/settings.xml.rels": FETCHES}), rules.ACTIVE),
        (docx({"word/media/a.png": b"\x89PNG\r\n\x1a\nbroken"}), rules.BROKEN),
        (docx({"../../etc/passwd": b"x"}), rules.BROKEN),
        (docx({"word/large.xml": bytes(70_000_000)}), rules.PACKED),
        (mp4()[:-30], rules.BROKEN),
        (mp4(handler=b"meta"), rules.EXTRA_TRACKS),
        (b"ID3\x04\x00\x00\x00\x00\x00\x0aTIT2 title and no sound", rules.BROKEN),
    ],
)  # fmt: skip
def test_what_is_refused_is_told_why_and_what_to_do(content: bytes, words: str) -> None:
    assert refused(content) == words


@pytest.mark.parametrize("name", ["run.ps1", "a.js", "notes.txt.bat", "drawing.svg", "page.HTML"])
def test_a_script_called_by_its_name_is_refused(name: str) -> None:
    assert refused(b"WScript.Echo 1", name) in {rules.PROGRAM, rules.WEB_PAGE}


def test_every_refusal_says_what_to_do_instead() -> None:
    said = [words for name, words in vars(rules).items() if name.isupper() and isinstance(words, str)]
    assert len(said) >= 15
    for words in said:
        assert re.search(r"\b(Send|send|Choose|Unpack|Save)\b", words), words


def test_ten_megabytes_are_taken_and_one_byte_more_is_not_read_on() -> None:
    assert checked(b"a" * LARGEST).size == LARGEST
    given = Given(b"a" * (LARGEST + 5_000_000), "long.txt")
    with pytest.raises(Refused, match="smaller than 10 MB"):
        check_upload(given)
    assert given.read_so_far == LARGEST + 1


def test_a_picture_of_a_few_bytes_and_hundreds_of_millions_of_dots_is_refused_before_it_is_drawn() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    assert refused(out.getvalue()) == rules.TOO_MANY_DOTS
    assert refused(docx({"word/media/image1.png": out.getvalue()})) == rules.PACKED


def test_many_large_pictures_in_one_paper_are_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (5_000, 5_000)).save(out, "PNG")
    assert refused(docx({f"word/media/image{n}.png": out.getvalue() for n in range(5)})) == rules.PACKED


def test_a_papers_pictures_are_drawn_anew_too() -> None:
    kept = checked(
        docx({"word/media/image1.png": pictured_at_the_park("JPEG")})
    )  # called by the wrong name, as Word does
    with zipfile.ZipFile(io.BytesIO(kept.content)) as new:
        assert b"Exif" not in new.read("word/media/image1.png")
        assert b"Harbour Park" in new.read("word/document.xml")


def test_a_printers_settings_go_and_nothing_points_at_them() -> None:
    kept = checked(
        xlsx(
            {
                "xl/printerSettings/printerSettings1.bin": b"\x00\x01",
                "xl/worksheets/_rels/sheet1.xml.rels": PRINTS,
                "xl/worksheets/sheet1.xml": b'<worksheet><pageSetup paperSize="9" r:id="rId1"/></worksheet>',
            }
        )
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(kept.content)) as new:
        assert "xl/printerSettings/printerSettings1.bin" not in new.namelist()
        assert new.read("xl/worksheets/_rels/sheet1.xml.rels") == b"<Relationships></Relationships>"
        assert new.read("xl/worksheets/sheet1.xml") == b'<worksheet><pageSetup paperSize="9"/></worksheet>'


def test_a_word_in_a_pdfs_text_or_picture_is_no_script() -> None:
    assert checked(pdf(stream=b"BT (Java and JS lessons, /JS or not) Tj ET")).kind is Kind.PDF


def test_a_videos_place_is_taken_out_and_everything_stays_where_it_was() -> None:
    given = mp4(notes=b"\xa9xyz\x00\x12\x15\xc7+51.5012-000.1240/")
    kept = checked(given)
    assert len(kept.content) == len(given)
    assert b"51.5012" not in kept.content
    assert b"udta" not in kept.content
    assert b"the picture and the sound" in kept.content


def test_a_recordings_notes_are_taken_out() -> None:
    kept = checked(mp3(notes=b"recorded at Wobblegate Park"))
    assert b"Wobblegate" not in kept.content
    assert kept.content.startswith(b"\xff\xfb")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.txt"),
        ("C:\\Users\\x\\note.txt", "note.txt"),
        ("résumé (2).docx", "résumé (2).txt"),
        ("a\r\nSet-Cookie: x\u202e.txt", "a Set-Cookie x.txt"),
        ("....", "file.txt"),
        ("", "file.txt"),
        ("🙂.png", "file.txt"),
        ("x" * 400 + ".txt", "x" * 116 + ".txt"),
        ("invoice.pdf.exe", "invoice pdf.txt"),
    ],
)
def test_a_name_is_safe_to_give_back(given: str, kept: str) -> None:
    assert safe_name(given, Kind.TEXT) == kept
