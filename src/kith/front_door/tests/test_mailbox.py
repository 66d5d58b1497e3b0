"""Letters by email: once, whole, from anybody; broken ones kept with their reason. Hypothesis and mutations."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kith.foundations.access.viewing import viewing_as
from kith.foundations.letters.models import Letter
from kith.front_door.actions.mailbox import take_email, take_maildir
from kith.front_door.mailbox.commands import mail
from kith.front_door.mailbox.reading import LARGEST, LONGEST, EmailRead, Unreadable, read_email, text_of_html
from kith.front_door.models import Attached, Contact, MailKept
from kith.front_door.tasks import read_mailbox
from tests.support.cast import NOW, Cast

RESULT = "mx.severnmouth.example; dmarc=pass (p=none) header.from=harbour-view.example"
TRUSTED = ["mx.severnmouth.example"]


def letter(text: str = "Older young men wait by the gate.", **headers: str) -> EmailMessage:
    message = EmailMessage()
    given_ = {"From": "Sam Tully <sam@harbour-view.example>", "To": "door@severnmouth.example",
              "Subject": "Worried", "Message-ID": "<17@mail.example>", **headers}  # fmt: skip
    for name, value in given_.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def tried(raw: bytes, trusted: Sequence[str] = TRUSTED) -> EmailRead | str:
    """What was read, or why not."""
    try:
        return read_email(raw, trusted)
    except Unreadable as why:
        return str(why)


def test_plain_words_with_their_subject() -> None:
    read = read_email(letter("Zoë saw it.\r\n\r\n\r\n\r\nTwice.\x00").as_bytes())
    assert read.words == "Worried\n\nZoë saw it.\n\nTwice."
    assert (read.sender_name, read.sender, read.verified, read.answerable) == (
        "Sam Tully", "sam@harbour-view.example", False, True)  # fmt: skip


def test_html_becomes_what_somebody_would_see() -> None:
    html = "<head><title>x</title><style>p{}</style></head><p>One<script>alert(1)</script><br>two &amp; &lt;b&gt;</p>"
    assert text_of_html(html).split() == ["One", "two", "&", "<b>"]
    message = letter()
    message.set_content("<p>Only <b>HTML</b></p><script>evil()</script>", subtype="html")
    assert read_email(message.as_bytes()).words == "Worried\n\nOnly HTML"


@pytest.mark.parametrize(
    ("headers", "verified"),
    [
        ({"Authentication-Results": RESULT}, True),
        ({"Authentication-Results": RESULT.replace("dmarc=pass", "dmarc=fail")}, False),
        ({"Authentication-Results": RESULT.replace("header.from=harbour-view", "header.from=evil")}, False),
        ({"Authentication-Results": "evil.example; dmarc=pass header.from=harbour-view.example"}, False),
        ({"Authentication-Results": "mx.severnmouth.example; spf=fail (; dmarc=pass header.from=harbour-view.example"},
         False),
        ({"Authentication-Results": "mx.severnmouth.example; dkim=pass header.d=harbour-view.example"}, True),
        ({"Authentication-Results": "mx.severnmouth.example; spf=pass smtp.mailfrom=harbour-view.example"}, False),
        ({}, False),
    ],
)  # fmt: skip
def test_only_a_trusted_hosts_word_verifies(headers: dict[str, str], verified: bool) -> None:
    assert read_email(letter(**headers).as_bytes(), TRUSTED).verified is verified
    assert not read_email(letter(**headers).as_bytes()).verified


def test_a_second_header_or_a_second_sender_verifies_nobody() -> None:
    raw = (
        b"Authentication-Results: other.example; dmarc=none\r\n"
        + letter(**{"Authentication-Results": RESULT}).as_bytes()
    )
    assert not read_email(raw, TRUSTED).verified
    two = b"From: Eve <eve@evil.example>\r\n" + letter(**{"Authentication-Results": RESULT}).as_bytes()
    assert not read_email(two, TRUSTED).verified


@pytest.mark.parametrize(
    "raw",
    [b"", b"   \n", b"no header at all\n\nwords", b"\n\nwords only", b"Subject: \nFrom: a@b.example\n\n \n",
     letter(Auto_Submitted="auto-replied (vacation)").as_bytes(), letter(Return_Path="<>").as_bytes(),
     b"x" * (LARGEST + 1)],
)  # fmt: skip
def test_what_is_no_letter_says_why(raw: bytes) -> None:
    with pytest.raises(Unreadable, match="."):
        read_email(raw)


def test_a_long_letter_is_cut_and_says_so() -> None:
    read = read_email(letter("word " * 100_000).as_bytes())
    assert len(read.words) < LONGEST + 100
    assert "goes on" in read.words


def test_the_same_number_with_other_words_is_another_letter() -> None:
    one, other = (read_email(letter(text).as_bytes()).key for text in ("One thing.", "Another thing."))
    assert one != other
    assert read_email(letter("One thing.", Received="by a").as_bytes()).key == one


@given(st.binary(max_size=3000))
@settings(max_examples=200, deadline=None)
def test_anything_at_all_is_read_or_refused(raw: bytes) -> None:
    read = tried(raw)
    if isinstance(read, str):
        assert read
    else:
        assert read.words
        assert "\x00" not in read.words + read.key + read.sender_name
        assert not read.verified


@given(
    st.sampled_from(["From", "Subject", "Message-ID", "Content-Type", "Content-Disposition", "Authentication-Results"]),
    st.text(max_size=200),
)
@settings(max_examples=200, deadline=None)
def test_any_header_is_borne(name: str, value: str) -> None:
    raw = f"{name}: {value}\r\n".encode("utf-8", "replace") + letter().as_bytes()
    read = tried(raw, ["evil.example"])
    assert read if isinstance(read, str) else read.words


@pytest.mark.parametrize(
    "header",
    [b"From: " + b"a," * 50_000, b"Subject: " + b"=?utf-8?q?a?=\r\n " * 20_000, b'From: "' + b'"' * 20_000,
     b"Content-Type: text/plain; " + b"a=b; " * 20_000, b"Content-Disposition: attachment; " + b"a=b;\n\t" * 20_000],
)  # fmt: skip
def test_a_header_without_end_takes_no_time(header: bytes) -> None:
    began = time.perf_counter()
    assert "longer" in str(tried(header + b"\r\n\r\nwords"))
    assert time.perf_counter() - began < 1


def mutated(seed: int) -> bytes:
    chance = random.Random(seed)
    message = letter()
    message.add_alternative("<p>HTML <b>too</b></p>", subtype="html")
    message.add_attachment(b"%PDF-1.4 broken", maintype="application", subtype="pdf", filename="../../a.pdf")
    raw = bytearray(message.as_bytes())
    for _ in range(chance.randint(1, 40)):
        at = chance.randrange(len(raw))
        match chance.randrange(3):
            case 0:
                raw[at] = chance.randrange(256)
            case 1:
                del raw[at : at + chance.randint(1, 60)]
            case _:
                raw[at:at] = raw[chance.randrange(len(raw)) :][: chance.randint(1, 80)]
    return bytes(raw)


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_letters_with_damage_are_read_or_refused(start: int) -> None:
    for seed in range(start, start + 100):
        read = tried(mutated(seed))
        if isinstance(read, str):
            assert read
        else:
            assert not read.verified
            assert all("/" not in one.name for one in read.enclosed)


@pytest.mark.django_db
def test_the_same_email_twice_is_one_report(cast: Cast) -> None:
    first, again = (take_email(raw=letter().as_bytes(), now=NOW) for _ in range(2))
    other_way = take_email(raw=letter(Received="by another").as_bytes(), now=NOW)
    assert (first.new, again.new, other_way.new) == (True, False, False)
    assert first.reference == again.reference == other_way.reference
    contact = Contact.objects.get()
    assert (contact.came_by, contact.giver.email, contact.giver.email_verified) == (
        "email", "sam@harbour-view.example", False)  # fmt: skip
    assert Letter.objects.count() == 1
    assert bytes(MailKept.objects.order_by("pk")[0].original) == letter().as_bytes()


@pytest.mark.django_db
def test_a_broken_one_is_kept_with_its_reason_for_the_front_door_alone(cast: Cast) -> None:
    taken = [take_email(raw=b"nothing", now=NOW) for _ in range(2)]
    assert taken[0].problem
    assert taken[0].problem == taken[1].problem
    for viewer in cast.everybody():
        with viewing_as(viewer):
            assert MailKept.objects.count() == (viewer == cast.farah)
    take_email(raw=b"x" * (LARGEST + 1), now=NOW)
    assert len(bytes(MailKept.objects.latest("pk").original)) < 100_000
    assert not Contact.objects.exists()


@pytest.mark.django_db
def test_the_front_door_reads_it_as_it_came(client: Client, cast: Cast) -> None:
    take_email(raw=b"<script>alert(1)</script>", now=NOW)
    kept = MailKept.objects.get()
    client.force_login(cast.farah)
    assert kept.problem in client.get(reverse("front-door-mail")).content.decode()
    file = client.get(reverse("front-door-letter", args=[kept.pk]))
    assert file.content == b"<script>alert(1)</script>"
    assert (file["Content-Type"], file["Content-Disposition"][:10]) == ("application/octet-stream", "attachment")
    client.force_login(cast.hana)
    assert client.get(reverse("front-door-letter", args=[kept.pk])).status_code == 404


@pytest.mark.django_db
def test_a_machine_gets_no_letter_back(cast: Cast) -> None:
    assert take_email(raw=letter(Auto_Submitted="auto-generated").as_bytes(), now=NOW).new
    assert not Letter.objects.exists()
    assert "sam@harbour-view.example" in Contact.objects.get().giver.name


@pytest.mark.django_db
def test_files_are_checked_and_what_is_refused_is_said(cast: Cast) -> None:
    message, picture = letter(), BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "JPEG")
    message.add_attachment(picture.getvalue(), maintype="image", subtype="jpeg", filename="gate.jpg")
    message.add_attachment(b"MZ\x90\x00" + b"\x00" * 200, maintype="application", subtype="pdf", filename="plan.pdf")
    take_email(raw=message.as_bytes(), now=NOW)
    take_email(raw=b"Received: again\r\n" + message.as_bytes(), now=NOW)
    assert [one.name for one in Attached.objects.all()] == ["gate.jpg"]
    assert "“plan.pdf” was not taken" in Contact.objects.get().what


@pytest.mark.django_db
def test_a_maildir_is_emptied_once(cast: Cast, tmp_path: Path, settings: object) -> None:
    for folder in ("new", "cur", "tmp"):
        (tmp_path / folder).mkdir()
    (tmp_path / "new" / "1.host").write_bytes(letter().as_bytes())
    (tmp_path / "new" / "2.host").write_bytes(b"broken")
    assert [bool(one.problem) for one in take_maildir(folder=tmp_path, now=NOW)] == [False, True]
    assert sorted(one.name for one in (tmp_path / "cur").iterdir()) == ["1.host:2,S", "2.host:2,S"]
    settings.KITH_MAILBOX = str(tmp_path)  # type: ignore[attr-defined]
    (tmp_path / "new" / "3.host").write_bytes(letter("Another.").as_bytes())
    assert read_mailbox(0) == 1
    assert read_mailbox(0) == 0
    assert Contact.objects.count() == 2


@pytest.mark.django_db
def test_the_command_gives_an_account(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(letter().as_bytes())
    (tmp_path / "b.eml").write_bytes(b"broken")
    done = CliRunner().invoke(mail, [str(tmp_path / "a.eml"), str(tmp_path / "b.eml")], catch_exceptions=False)
    assert "2 read: 1 new, 0 stood already, 1 kept without a contact." in done.output
    again = CliRunner().invoke(mail, ["-"], input=letter().as_bytes(), catch_exceptions=False)
    assert "stood already" in again.output
