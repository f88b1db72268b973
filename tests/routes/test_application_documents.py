"""Documents of an application: taken by content and size, and served to the desk alone (JOIN-2)."""

from collections.abc import AsyncIterator

import pytest

from app import gate
from app.rules.application_documents import MOST_PER_HOUR
from db import sql
from tests.applying import DECLARED, PATH, PDF, application, apply, fill_in, jpeg, png, secret_of, send_files
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule
from tests.safety.digest import digest

FILES = f"{PATH}/documents"
MB = 1024 * 1024
FIELD = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'


async def ready(browser: Browser) -> Browser:
    await browser.get(FILES)
    return browser


async def count() -> int:
    found: int = await sql.value("SELECT count(*) FROM application_documents")
    return found


@rule("JOIN-2")
async def test_documents_are_taken_by_their_content(browser: Browser) -> None:
    await ready(browser)
    files = (("../../extract.exe", PDF, "text/html"), ("a.png", png(), "x/y"), ("photo", jpeg(), ""))
    page = await browser.follow(await send_files(browser, FILES, *files))
    assert "extract.pdf" in words(page) and "photo.jpg" in words(page)
    kinds = await sql.rows("SELECT kind, size FROM application_documents ORDER BY id")
    assert kinds == [
        {"kind": "pdf", "size": len(PDF)},
        {"kind": "png", "size": len(png())},
        {"kind": "jpeg", "size": len(jpeg())},
    ]


@rule("JOIN-2")
@pytest.mark.parametrize("content", [b"<html>", b"<svg onload='x()'/>", b"PK\x03\x04", b"%PDF-", b"\x89PNG\r\n\x1a\n"])
async def test_what_is_no_document_is_refused_with_its_name(browser: Browser, content: bytes) -> None:
    await ready(browser)
    answer = await send_files(
        browser, FILES, ("good.pdf", PDF, "application/pdf"), ("evil.pdf", content, "application/pdf")
    )
    assert answer.status_code == 422 and "“evil” was not kept" in words(answer) and await count() == 0


@rule("JOIN-2")
async def test_a_sixth_document_is_refused(browser: Browser) -> None:
    await ready(browser)
    file = ("a.pdf", PDF, "application/pdf")
    assert (await send_files(browser, FILES, *[file] * 6)).status_code == 422
    assert (await send_files(browser, FILES, *[file] * 5)).status_code == 303
    assert (await send_files(browser, FILES, file)).status_code == 422 and await count() == 5
    page = await browser.get(FILES)
    assert "remove one to add another" in words(page) and 'type="file"' not in page.text


@rule("JOIN-2")
async def test_a_document_over_ten_megabytes_is_refused_at_its_field(browser: Browser) -> None:
    await ready(browser)
    answer = await send_files(browser, FILES, ("big.pdf", PDF + b"0" * (10 * MB), "application/pdf"))
    assert answer.status_code == 422 and "10.0 MB long; at most 10 MB" in words(answer) and await count() == 0


async def test_past_the_limit_of_the_form_nobody_reads_on(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    await ready(browser)
    monkeypatch.setattr(gate, "UPLOAD_BYTES", 100_000)
    answer = await send_files(browser, FILES, ("big.pdf", PDF + b"0" * 200_000, "application/pdf"))
    assert answer.status_code == 413 and "send fewer or smaller ones" in answer.text
    sent: list[int] = []
    answer = await browser.http.post(FILES, content=trickle(browser.csrf, sent), headers=STREAM)
    assert answer.status_code == 413 and "send fewer or smaller ones" in answer.text
    assert len(sent) < 150 and await count() == 0


STREAM = {"Content-Type": "multipart/form-data; boundary=x"}


async def trickle(csrf: str, sent: list[int]) -> AsyncIterator[bytes]:
    """A form with a file of 200 kB that comes in little by little; `sent` grows with each part."""
    yield b'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n' + csrf.encode() + b"\r\n--x\r\n"
    yield b'Content-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
    for number in range(200):
        sent.append(number)
        yield b"0" * 1_000


async def test_no_file_is_looked_at_before_the_token(browser: Browser) -> None:
    await ready(browser)
    sent: list[int] = []
    answer = await browser.http.post(FILES, content=trickle("0" * 32, sent), headers=STREAM)
    assert answer.status_code == 403 and len(sent) < 3


@pytest.mark.parametrize("csrf", ["", "x", "0" * 32])
async def test_files_without_the_token_are_refused_unread(browser: Browser, csrf: str) -> None:
    await ready(browser)
    before = await digest()
    answer = await send_files(browser, FILES, ("a.pdf", PDF, "application/pdf"), csrf=csrf)
    assert answer.status_code == 403 and await digest() == before


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=", b"--\r\n"),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"--x\r\nnothing\r\n\r\n--x--"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\ncut'),
        ("multipart/form-data; boundary=x", b"--x\r\n" + b"A: " + b"b" * 10_000 + b"\r\n\r\n--x--"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n' * 500 + b"--x--",
        ),
    ],
)
async def test_a_form_that_cannot_be_read_is_said_so(browser: Browser, kind: str, body: bytes) -> None:
    await ready(browser)
    answer = await browser.http.post(FILES, content=body, headers={"Content-Type": kind})
    assert answer.status_code == 422 and "could not be read" in words(answer)


async def test_a_field_cannot_be_longer_than_a_form(browser: Browser) -> None:
    await ready(browser)
    answer = await send_files(browser, FILES, ("a.pdf", PDF, "application/pdf"), note="x" * 300_000)
    assert answer.status_code == 422 and await count() == 0


@rule("JOIN-2")
async def test_a_document_is_removed_by_its_own_browser_alone(browser: Browser) -> None:
    await ready(browser)
    await send_files(browser, FILES, ("a.pdf", PDF, "application/pdf"))
    number = await sql.value("SELECT id FROM application_documents")
    assert (await browser.get(f"{FILES}/{number}/removal")).status_code == 405
    cookies = dict(browser.http.cookies)
    browser.sign_out()
    await browser.get(FILES)
    assert (await browser.post(f"{FILES}/{number}/removal")).status_code == 404 and await count() == 1
    browser.sign_out()
    browser.http.cookies.update(cookies)
    page = await browser.follow(await browser.post(f"{FILES}/{number}/removal"))
    assert "Documents that you add stand here." in words(page) and await count() == 0


async def test_nothing_chosen_is_said(browser: Browser) -> None:
    await ready(browser)
    for answer in (await send_files(browser, FILES, ("", b"", "")), await browser.post(FILES, {})):
        assert answer.status_code == 422 and "Choose a file" in words(answer)


async def test_one_network_sends_so_many_forms_of_files_an_hour(browser: Browser) -> None:
    await ready(browser)
    await sql.run("DELETE FROM attempts")
    answers = [(await browser.post(FILES, {})).status_code for _ in range(MOST_PER_HOUR + 1)]
    assert answers[-1] == 429 and set(answers[:-1]) == {422}


@rule("JOIN-2")
async def test_the_desk_downloads_and_no_browser_opens_it(browser: Browser, cast: Cast) -> None:
    await fill_in(browser)
    await send_files(browser, FILES, ("évil.html", png(), "text/html"))
    await browser.post(f"{PATH}/check", DECLARED)
    await browser.post(await secret_of("application_confirm"))
    row = await sql.row("SELECT * FROM applications")
    number = await sql.value("SELECT id FROM application_documents")
    assert row
    path = f"/desk/applications/{row['id']}/documents/{number}"
    for who in (None, cast.dana, cast.piri):
        browser.sign_out()
        if who:
            await browser.sign_in(who)
        assert (await browser.get(path)).status_code in {303, 403}
    await browser.sign_in(cast.moana)
    answer = await browser.get(path)
    assert answer.content == png() and answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{row["reference"]}-{number}.png"'
    assert (
        answer.headers["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer.headers["Content-Security-Policy"]
    )
    assert answer.headers["Cache-Control"] == "no-store, private"


async def test_a_document_belongs_to_its_application(browser: Browser, cast: Cast) -> None:
    await fill_in(browser)
    await send_files(browser, FILES, ("a.pdf", PDF, "application/pdf"))
    draft = await sql.row("SELECT d.id, d.application FROM application_documents d")
    browser.sign_out()
    other = await application(await apply(browser, email="moe@moe.example"))
    await browser.sign_in(cast.moana)
    assert draft
    for number in (other["id"], draft["application"]):
        assert (await browser.get(f"/desk/applications/{number}/documents/{draft['id']}")).status_code == 404
    await sql.run("UPDATE applications SET state = 'open', reference = 'AP-OTHER' WHERE reference IS NULL")
    for number, status in ((other["id"], 404), (draft["application"], 200)):
        assert (await browser.get(f"/desk/applications/{number}/documents/{draft['id']}")).status_code == status
