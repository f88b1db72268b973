"""The mailed links of an application: confirming the address, and following the state (JOIN-3)."""

from datetime import UTC, datetime, timedelta

import pytest

from app.rules.applications import state_path
from db import sql
from tests.applying import DECLARED, PATH, PDF, application, apply, fill_in, secret_of, send_files
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule
from tests.safety.digest import digest


async def sent(browser: Browser) -> str:
    """An application that waits for its confirmation: the link."""
    await fill_in(browser)
    await browser.post(f"{PATH}/check", DECLARED)
    return await secret_of("application_confirm")


@rule("JOIN-3")
async def test_a_get_of_the_link_confirms_nothing(browser: Browser) -> None:
    link = await sent(browser)
    before = await digest()
    for _ in range(2):
        page = await browser.get(link)
        assert page.status_code == 200 and "Confirm that the address is yours" in words(page)
    assert await digest() == before


@rule("JOIN-3")
async def test_the_link_works_once(browser: Browser) -> None:
    link = await sent(browser)
    page = await browser.follow(await browser.post(link))
    assert "The address is confirmed." in words(page) and "with our sales team" in words(page)
    assert (await browser.get(link)).status_code == (await browser.post(link)).status_code == 403
    assert await sql.value("SELECT count(*) FROM notices WHERE kind = 'application_received'") == 1


@rule("JOIN-3")
async def test_the_link_ends_after_three_days(browser: Browser) -> None:
    link = await sent(browser)
    await sql.run("UPDATE mailed_links SET expires_at = $1", datetime.now(UTC) - timedelta(seconds=1))
    assert (await browser.post(link)).status_code == 403
    assert await sql.value("SELECT count(*) FROM applications WHERE state = 'open'") == 0


async def test_wrong_links_are_all_answered_alike(browser: Browser) -> None:
    link, told = await sent(browser), set()
    await browser.post(link)
    for wrong in (link, f"{PATH}/confirmation/x", f"{PATH}/confirmation/{'a' * 43}", f"{PATH}/confirmation/%00"):
        told.add((await browser.get(wrong)).text)
    assert len(told) == 1


@pytest.mark.parametrize("spoiled", ["x", "a" * 32, "ä" * 32, "%00"])
async def test_a_state_page_needs_its_own_token(browser: Browser, spoiled: str) -> None:
    reference = await apply(browser)
    await sql.run("UPDATE applications SET reference = 'AP-OTHER' WHERE reference = $1", reference)
    missing = await browser.get(f"{PATH}/state/AP-22222/{spoiled}")
    for path in (f"AP-OTHER/{spoiled}", f"AP-OTHER/{state_path(reference).rpartition('/')[2]}"):
        answer = await browser.get(f"{PATH}/state/{path}")
        assert answer.status_code == 404 and answer.text == missing.text
    assert (await browser.get(state_path("AP-22222"))).text == missing.text


@rule("JOIN-3")
async def test_a_state_page_shows_no_answers_and_is_kept_by_no_cache(browser: Browser) -> None:
    reference = await apply(browser)
    browser.sign_out()
    page = await browser.get(state_path(reference))
    assert page.status_code == 200 and reference in page.text and "Harakeke Systems Limited" in page.text
    assert "rua@harakeke.example" not in page.text and "9429" not in page.text and "Bolt" not in page.text
    assert page.headers["Cache-Control"] == "no-store, private"


async def test_an_answer_needs_something_and_keeps_what_was_typed(browser: Browser) -> None:
    link = state_path(await apply(browser))
    assert (await send_files(browser, f"{link}/answers", text=" ")).status_code == 422
    answer = await send_files(browser, f"{link}/answers", ("a.html", b"<html>", "application/pdf"), text="Kauri")
    assert answer.status_code == 422 and "Kauri" in answer.text and 'id="field-files-error"' in answer.text
    assert (await browser.post(f"{link}/answers", {"text": "x" * 5_000})).status_code == 422
    assert (await browser.post(f"{link}/answers", {"text": "Without a file"})).status_code == 303
    assert [row["text"] for row in await sql.rows("SELECT text FROM application_messages")] == ["Without a file"]


async def test_documents_of_answers_are_limited_too(browser: Browser) -> None:
    link = state_path(await apply(browser))
    file = ("a.pdf", PDF, "application/pdf")
    assert (await send_files(browser, f"{link}/answers", *[file] * 4)).status_code == 303
    assert (await send_files(browser, f"{link}/answers", *[file] * 2)).status_code == 422
    assert await sql.value("SELECT count(*) FROM application_documents") == 4


@pytest.mark.parametrize("state", ["approved", "declined"])
async def test_a_decided_application_takes_no_answer(browser: Browser, state: str) -> None:
    reference = await apply(browser)
    await sql.run("UPDATE applications SET state = $1, decided_at = $2", state, datetime.now(UTC))
    link = state_path(reference)
    assert "/answers" not in (await browser.get(link)).text.partition("<main")[2]
    assert (await browser.post(f"{link}/answers", {"text": "And now?"})).status_code == 404
    assert (await application(reference))["state"] == state


async def test_no_token_stands_in_the_access_log(browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    link = state_path(await apply(browser))
    with caplog.at_level("INFO", "portal.access"):
        await browser.get(link)
    assert "/become-a-reseller/state/" in caplog.text and link.rpartition("/")[2] not in caplog.text


@rule("JOIN-3")
async def test_a_known_address_is_answered_as_an_unknown_one(browser: Browser, cast: Cast) -> None:
    pages = []
    for email in (cast.ben.email, "bob@brightbyte.example"):
        browser.sign_out()
        await fill_in(browser, email=email)
        answer = await browser.post(f"{PATH}/check", DECLARED)
        page = await browser.follow(answer)
        reference = await sql.value("SELECT reference FROM applications ORDER BY id DESC")
        text = page.text.replace(reference, "").replace(email, "").replace(browser.csrf, "")
        pages.append((answer.status_code, page.status_code, text))
        mail = await sql.row("SELECT * FROM notices ORDER BY id DESC")
        assert mail and mail["recipient"] == email and mail["kind"] == "application_confirm"
    assert pages[0] == pages[1]
