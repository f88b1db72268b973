"""Applications of resellers, in hands that want something else: mail to strangers, a desk full of noise."""

import pytest

from app.routes.application_pages import DRAFT_COOKIE
from app.rules import application_drafts as drafts
from app.rules import application_following as following
from app.rules import applications, limits
from app.rules.application_answers import step_of
from app.rules.refusals import Invalid, Missing
from app.rules.secret import token_for
from app.rules.settings import settings
from app.rules.viewers import VISITOR
from db import sql
from tests.applying import DECLARED, PATH, TRADE, apply, fill_in, secret_of
from tests.browser import Browser
from tests.cast import Cast
from tests.mailed import letters
from tests.rules_named import rule


@rule("JOIN-3")
async def test_one_application_mails_no_list_of_strangers(browser: Browser) -> None:
    await fill_in(browser)
    await browser.post(f"{PATH}/check", DECLARED)
    waiting = await sql.value("SELECT id FROM applications")
    for number in range(settings.asked_per_hour + 2):
        address = f"stranger{number}@nowhere.example"
        await sql.run("UPDATE applications SET email = $2, email_key = $2 WHERE id = $1", waiting, address)
        await applications.ask_to_confirm(waiting)
    assert len(await letters("application_confirm")) == settings.asked_per_hour


@rule("JOIN-3")
async def test_one_applicant_writes_no_thousand_answers(browser: Browser) -> None:
    reference = await apply(browser)
    followed = await following.follow(reference, token_for(applications.STATE_PAGE, reference))
    for _ in range(following.MOST_ANSWERS):
        await following.answer(followed, "Here I am.", [])
    with pytest.raises(Invalid):
        await following.answer(followed, "Here I am.", [])
    assert await sql.value("SELECT count(*) FROM application_messages") == following.MOST_ANSWERS


@rule("JOIN-2")
async def test_what_was_sent_a_moment_ago_is_changed_by_no_step(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill_in(browser)
    key = browser.http.cookies[DRAFT_COOKIE]
    draft = await drafts.find(key)
    await browser.post(f"{PATH}/check", DECLARED)

    async def found(_: str) -> drafts.Draft:
        return draft

    monkeypatch.setattr(drafts, "find", found)
    with pytest.raises(Missing):
        await drafts.keep(key, step_of("trade"), {"contact_name": "Somebody else"}, VISITOR)


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
async def test_a_document_of_any_number_is_missing(browser: Browser, cast: Cast, number: int) -> None:
    await fill_in(browser)
    assert (await browser.post(f"{PATH}/documents/{number}/removal")).status_code == 404


@rule("JOIN-3")
async def test_a_link_confirms_no_address_but_the_one_it_went_to(browser: Browser) -> None:
    await fill_in(browser)
    await browser.post(f"{PATH}/check", DECLARED)
    link = await secret_of("application_confirm")
    await browser.post(f"{PATH}/sent/removal")
    for _ in range(settings.asked_per_hour):
        await limits.is_within("application mailed", "boss@bank.example", settings.asked_per_hour)
    await browser.post(f"{PATH}/trade", {**TRADE, "email": "boss@bank.example"})
    await browser.post(f"{PATH}/check", DECLARED)
    assert await sql.value("SELECT email FROM applications WHERE state = 'unconfirmed'") == "boss@bank.example"
    assert (await browser.post(link)).status_code == 403
