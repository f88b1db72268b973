"""Become a Reseller: the form in steps, what it keeps, and what it refuses (JOIN-1, JOIN-2)."""

from datetime import UTC, datetime, timedelta

import pytest

from app.rules import application_drafts
from db import sql
from tests.applying import ADDRESSES, BUSINESS, DECLARED, PATH, TRADE, application, apply, fill_in, secret_of
from tests.browser import Browser, words
from tests.rules_named import rule


@rule("JOIN-1")
async def test_the_page_says_who_may_apply(browser: Browser) -> None:
    page = await browser.get(PATH)
    assert "Only IT resellers may apply." in words(page) and "Become a Reseller" in words(page)
    assert f'href="{PATH}"' in (await browser.get("/login")).text


@rule("JOIN-2", "JOIN-3")
async def test_a_business_applies(browser: Browser) -> None:
    row = await application(await apply(browser))
    assert row["state"] == "open" and row["confirmed_at"] and row["draft_hash"] is None
    assert (row["legal_name"], row["email_key"]) == ("Harakeke Systems Limited", "rua@harakeke.example")
    assert row["reference"].startswith("AP-") and len(row["reference"]) == 8
    assert '"registered_country": "NZ"' in row["answers"] and "trading_line1" not in row["answers"]


@rule("JOIN-1")
@pytest.mark.parametrize("left_out", ["declared", "agreed"])
async def test_nothing_is_sent_without_the_declarations(browser: Browser, left_out: str) -> None:
    await fill_in(browser)
    answer = await browser.post(f"{PATH}/check", {**DECLARED, left_out: ""})
    assert answer.status_code == 422 and f'id="field-{left_out}-error"' in answer.text
    assert "Nothing is sent without" in words(answer) and "Start date 1 Apr 2018" in words(answer)
    assert await sql.value("SELECT count(*) FROM applications WHERE state <> 'draft'") == 0
    assert await sql.value("SELECT count(*) FROM notices") == 0


@rule("JOIN-2")
async def test_what_is_typed_stays_back_and_forth_right_or_wrong(browser: Browser) -> None:
    await browser.get(f"{PATH}/business")
    wrong = {**BUSINESS, "started": "2999-01-01", "website": "no site"}
    answer = await browser.post(f"{PATH}/business", wrong)
    assert answer.status_code == 422 and 'id="field-started-error"' in answer.text
    assert 'id="field-website-error"' in answer.text and "Harakeke Systems Limited" in answer.text
    answer = await browser.post(f"{PATH}/addresses", {**ADDRESSES, "registered_line1": "", "go": "back"})
    assert answer.headers["Location"] == f"{PATH}/business"
    page = await browser.follow(answer)
    assert 'value="no site"' in page.text and 'value="2999-01-01"' in page.text
    assert 'value="Napier"' in (await browser.get(f"{PATH}/addresses")).text


@rule("JOIN-2")
@pytest.mark.parametrize(
    ("step", "answers", "name"),
    [
        *(("business", BUSINESS, name) for name in BUSINESS if name not in ("trading_name", "website")),
        *(("addresses", ADDRESSES, name) for name in ADDRESSES if "same" not in name),
        *(("trade", TRADE, name) for name in TRADE if name != "vendors"),
    ],
)
async def test_a_missing_answer_is_said_at_its_field(
    browser: Browser, step: str, answers: dict[str, str], name: str
) -> None:
    await browser.get(PATH + "/business")
    answer = await browser.post(f"{PATH}/{step}", {**answers, name: " "})
    told = f'id="field-{name}-error"' in answer.text
    assert (answer.status_code == 422 and told) or (name == "credit" and answer.status_code == 422)


@rule("JOIN-2")
async def test_references_are_asked_for_credit_alone(browser: Browser) -> None:
    await browser.get(PATH + "/business")
    bare = {name: value for name, value in TRADE.items() if not name.startswith("reference")}
    assert (await browser.post(f"{PATH}/trade", bare)).status_code == 422
    assert (await browser.post(f"{PATH}/trade", {**bare, "credit": "none"})).status_code == 303


@rule("JOIN-2")
async def test_an_address_that_is_not_as_above_is_asked(browser: Browser) -> None:
    await browser.get(PATH + "/business")
    answer = await browser.post(f"{PATH}/addresses", {**ADDRESSES, "postal_same": ""})
    assert answer.status_code == 422 and 'id="field-postal_line1-error"' in answer.text
    assert 'id="field-trading_line1-error"' not in answer.text


async def test_nobody_is_asked_for_births_or_licences(browser: Browser) -> None:
    for step in ("business", "addresses", "trade", "documents", "check"):
        page = (await browser.get(f"{PATH}/{step}")).text.lower()
        assert "birth" not in page and "licence number" not in page and "passport" not in page


async def test_an_unfinished_application_cannot_be_sent(browser: Browser) -> None:
    await browser.get(PATH + "/business")
    await browser.post(f"{PATH}/business", BUSINESS)
    page = await browser.get(f"{PATH}/check")
    assert "It can be sent once those pages are complete." in words(page) and "disabled" in page.text
    answer = await browser.post(f"{PATH}/check", DECLARED)
    assert answer.status_code == 422 and "Addresses, Contact and trade" in words(answer)


async def test_a_draft_is_its_browsers_alone(browser: Browser) -> None:
    await fill_in(browser)
    assert "Harakeke" in (await browser.get(f"{PATH}/check")).text
    browser.sign_out()
    assert "Harakeke" not in (await browser.get(f"{PATH}/check")).text
    assert (await browser.post(f"{PATH}/check", DECLARED)).status_code == 404


async def test_no_cache_keeps_what_was_typed(browser: Browser) -> None:
    await fill_in(browser)
    for step in ("", "/business", "/check"):
        assert (await browser.get(PATH + step)).headers["Cache-Control"] == "no-store, private"


@rule("JOIN-2")
async def test_a_draft_is_forgotten_after_a_week(browser: Browser) -> None:
    await fill_in(browser)
    await sql.run("UPDATE applications SET begun_at = $1", datetime.now(UTC) - timedelta(days=8))
    assert "Harakeke" not in (await browser.get(f"{PATH}/business")).text
    await application_drafts.clear()
    assert await sql.value("SELECT count(*) FROM applications") == 0


@rule("JOIN-3")
async def test_what_was_sent_can_be_mended_before_it_is_confirmed(browser: Browser) -> None:
    await fill_in(browser, email="typo@harakeke.example")
    page = await browser.follow(await browser.post(f"{PATH}/check", DECLARED))
    assert "typo@harakeke.example" in page.text and "AP-" in page.text
    assert (await browser.get(f"{PATH}/trade")).headers["Location"] == f"{PATH}/sent"
    old = await secret_of("application_confirm")
    page = await browser.follow(await browser.post(f"{PATH}/sent/removal"))
    assert "typo@harakeke.example" in page.text
    assert (await browser.post(old)).status_code == 403
    await browser.post(f"{PATH}/trade", TRADE)
    await browser.post(f"{PATH}/check", DECLARED)
    assert (await browser.post(old)).status_code == 403
    assert (await browser.post(await secret_of("application_confirm"))).status_code == 303


async def test_the_mail_is_sent_again_and_the_older_link_ends(browser: Browser) -> None:
    await fill_in(browser)
    await browser.post(f"{PATH}/check", DECLARED)
    first = await secret_of("application_confirm")
    page = await browser.follow(await browser.post(f"{PATH}/sent/mail"))
    assert "on its way once more" in words(page)
    assert (await browser.post(first)).status_code == 403
    assert (await browser.post(await secret_of("application_confirm"))).status_code == 303


async def test_in_place_and_without_a_script_the_same_is_kept(browser: Browser) -> None:
    await browser.get(PATH + "/business")
    assert (await browser.post(f"{PATH}/business", BUSINESS, htmx=True)).status_code == 303
    answer = await browser.post(f"{PATH}/business", {**BUSINESS, "legal_name": ""}, htmx=True)
    assert answer.status_code == 422 and 'id="field-legal_name-error"' in answer.text


@pytest.mark.parametrize("path", ["/nowhere", "/Business", "/check/", "/documents/1/removal"])
async def test_other_addresses_are_nothing(browser: Browser, path: str) -> None:
    await browser.get("/login")
    assert (await browser.post(PATH + path, BUSINESS)).status_code == 404
