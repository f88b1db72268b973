"""What a document is by its content, whatever it is called (case 34 of the safety list)."""

import io
import random
import zipfile

import pytest

from app.files import documents
from app.files.documents import NoDocument, clean_name, opened
from tests.applying import PDF, chunk, jpeg, png

KINDS = {"pdf": PDF, "png": png(), "jpeg": jpeg()}


def archive() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("bomb", b"0" * 1_000_000)
    return packed.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_known_by_its_content(kind: str) -> None:
    assert opened(KINDS[kind]) == (kind, KINDS[kind])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + b"\0" * 100,
        b"MZ" + b"\0" * 100,
        b"<script>alert(1)</script>" + PDF,
        b"\0" + png(),
        archive(),
        archive() + PDF,
        PDF.replace(b"%%EOF", archive() + b"%%EOF"),
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.7\nobj",
        b"%PDF-9.9\nobj\n%%EOF",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""),
        png().replace(b"IDAT", b"IDAX"),
        png(100_000, 100_000),
        png(0, 1),
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xe0\x00\x00" + b"\0" * 50,
    ],
)
def test_what_is_no_document_is_refused(content: bytes) -> None:
    with pytest.raises(NoDocument):
        opened(content)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", archive(), b"\xff\xd8\xff" + b"x" * 500])
def test_what_hangs_on_behind_is_cut_off(kind: str, tail: bytes) -> None:
    try:
        found, content = opened(KINDS[kind] + tail)
    except NoDocument:
        assert kind == "pdf"
    else:
        assert found == kind and tail not in content and len(content) <= len(KINDS[kind]) + 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_that_is_cut_off_is_refused(kind: str) -> None:
    whole = KINDS[kind].rstrip()
    for length in range(len(whole)):
        with pytest.raises(NoDocument):
            opened(whole[:length])


def test_spoiled_bytes_break_nothing() -> None:
    dice = random.Random(7)
    for _ in range(3_000):
        content = bytearray(dice.choice(list(KINDS.values())))
        for _ in range(dice.randint(1, 6)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        try:
            kind, kept = opened(bytes(content))
        except NoDocument:
            continue
        assert kind in documents.MEDIA and len(kept) <= len(content) + 1


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("extract.pdf", "extract.pdf"),
        ("evil.html", "evil.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\temp\\a.b.exe", "a.b.pdf"),
        ("a\u202efdp.exe", "a fdp.pdf"),
        ("a\r\nb\0.pdf", "a b.pdf"),
        ('"><img src=x>.pdf', "img src x.pdf"),
        ("Žádost o účet.PDF", "Žádost o účet.pdf"),
        ("....", "document.pdf"),
        ("", "document.pdf"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
    ],
)
def test_a_document_gets_a_clean_name(typed: str, name: str) -> None:
    assert clean_name(typed, "pdf") == name
