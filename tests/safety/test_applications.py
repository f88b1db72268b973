"""Applications against floods, forgers and hostile text (safety of the public form)."""

import json

import pytest

from app.rules.settings import settings
from db import sql
from tests.applying import BUSINESS, DECLARED, PATH, TRADE, application, apply, fill_in
from tests.browser import Browser
from tests.cast import Cast
from tests.rules_named import rule
from tests.safety.digest import digest
from tests.safety.test_inert import HOSTILE, LIVE, strip_quoted
from tests.safety.typed import NASTY, encoded

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("csrf", ["", "x", "0" * 32, "ä"])
async def test_a_forged_form_begins_nothing(browser: Browser, csrf: str) -> None:
    await browser.get(PATH + "/business")
    before = await digest()
    assert (await browser.post(f"{PATH}/business", BUSINESS, csrf=csrf)).status_code == 403
    browser.plant("ended")
    assert (await browser.post(f"{PATH}/business", BUSINESS, csrf=csrf)).status_code == 403
    assert await digest() == before


async def test_a_form_of_another_site_sends_nothing(browser: Browser) -> None:
    await fill_in(browser)
    before = await digest()
    for site in ("cross-site", "same-site"):
        answer = await browser.post(f"{PATH}/check", DECLARED, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 403
    for kind in ("text/plain", "application/json", "multipart/form-data; boundary=x"):
        answer = await browser.http.post(f"{PATH}/check", content=b"declared=1", headers={"Content-Type": kind})
        assert answer.status_code == 403
    assert await digest() == before


async def test_looking_at_a_filled_form_changes_nothing(browser: Browser) -> None:
    await fill_in(browser)
    before = await digest()
    for step in ("", "/business", "/addresses", "/trade", "/documents", "/check", "/sent", "/terms"):
        await browser.get(f"{PATH}{step}?declared=1&agreed=1&go=back&_method=POST")
    assert await digest() == before


async def test_what_is_posted_beyond_a_step_is_ignored(browser: Browser) -> None:
    await fill_in(browser)
    extra = {
        "state": "approved",
        "reference": "AP-MINE",
        "company": "1",
        "email": "evil@evil.example",
        "draft_hash": "x",
    }
    await browser.post(f"{PATH}/business", {**BUSINESS, **extra, "confirmed_at": "2026-01-01"})
    await browser.post(f"{PATH}/check", {**DECLARED, **extra, "legal_name": "Other Ltd"})
    row = await sql.row("SELECT * FROM applications")
    assert row and row["state"] == "unconfirmed" and row["company"] is None and row["confirmed_at"] is None
    assert (row["legal_name"], row["email"]) == (BUSINESS["legal_name"], TRADE["email"])
    assert row["reference"] != "AP-MINE" and not set(extra) & (set(json.loads(row["answers"])) - {"email"})


@rule("JOIN-1")
async def test_what_only_a_machine_fills_in_is_refused_in_words(browser: Browser) -> None:
    await fill_in(browser)
    answer = await browser.post(f"{PATH}/check", {**DECLARED, "fax": "http://spam.example"})
    assert answer.status_code == 422 and 'id="field-fax-error"' in answer.text
    await sql.run("UPDATE applications SET begun_at = (SELECT max(at) FROM attempts)")
    answer = await browser.post(f"{PATH}/check", DECLARED)
    assert answer.status_code == 422 and "quicker than a person" in answer.text
    assert await sql.value("SELECT count(*) FROM notices") == 0


async def test_one_network_begins_a_few_applications_an_hour(browser: Browser) -> None:
    for number in range(settings.applications_per_hour + 1):
        browser.sign_out()
        await browser.get(PATH + "/business")
        answer = await browser.post(f"{PATH}/business", BUSINESS)
        assert answer.status_code == (303 if number < settings.applications_per_hour else 429)
    assert answer.headers["Retry-After"] == "3600"
    assert await sql.value("SELECT count(*) FROM applications") == settings.applications_per_hour


async def test_one_address_is_mailed_a_few_times_an_hour(browser: Browser) -> None:
    await fill_in(browser)
    await browser.post(f"{PATH}/check", DECLARED)
    for _ in range(settings.asked_per_hour + 3):
        assert (await browser.post(f"{PATH}/sent/mail")).status_code == 303
    assert await sql.value("SELECT count(*) FROM notices") == settings.asked_per_hour


@pytest.mark.parametrize("kind", NASTY)
async def test_whatever_is_typed_is_kept_or_refused(browser: Browser, kind: str) -> None:
    await browser.get(PATH + "/business")
    for step, answers in (("business", BUSINESS), ("trade", TRADE)):
        for name in answers:
            others = "&".join(f"{one}={encoded(text)}" for one, text in answers.items() if one != name)
            body = f"csrf={browser.csrf}&{others}&{name}={encoded(NASTY[kind])}"
            answer = await browser.http.post(f"{PATH}/{step}", content=body, headers=FORM)
            assert answer.status_code in {303, 422}, name
            assert not LIVE.search(strip_quoted(answer.text))
    assert not LIVE.search(strip_quoted((await browser.get(f"{PATH}/check")).text))


@rule("JOIN-4")
@pytest.mark.parametrize("kind", HOSTILE)
async def test_what_an_applicant_types_is_text_at_the_desk_and_in_mail(browser: Browser, cast: Cast, kind: str) -> None:
    row = await application(await apply(browser))
    for column in ("legal_name", "trading_name", "registration_number", "contact_name", "decline_reason"):
        await sql.run(f"UPDATE applications SET {column} = $1", HOSTILE[kind])  # noqa: S608 (our own columns)
    await sql.run("INSERT INTO application_messages (application, text, written_at) VALUES ($1, $2, $3)",
                  row["id"], HOSTILE[kind], row["begun_at"])  # fmt: skip
    await browser.sign_in(cast.moana)
    pages = [f"/desk/applications{path}" for path in ("", f"/{row['id']}", f"/{row['id']}/approval")]
    for page in pages:
        answer = await browser.get(page)
        assert answer.status_code == 200 and "canary" in answer.text
        assert not LIVE.search(strip_quoted(answer.text))
    asked = {"text": HOSTILE[kind] + " canary()", "version": row["version"]}
    answer = await browser.post(f"/desk/applications/{row['id']}/question", asked)
    assert answer.status_code in {303, 422}
    for mail in await sql.rows("SELECT * FROM notices"):
        assert not LIVE.search(strip_quoted(mail["html"])) and "\n" not in mail["subject"] + mail["recipient"]
        assert mail["recipient"] == "rua@harakeke.example"


@pytest.mark.parametrize("name", ["contact_name", "legal_name", "contact_role", "email"])
@pytest.mark.parametrize(
    "typed", ["a\r\nBcc: evil@evil.example", "a\u202eb", "a\0b", "a" + "\u0301" * 100_000, "a\ufffdb"]
)
async def test_a_name_that_no_mail_can_bear_is_refused(browser: Browser, name: str, typed: str) -> None:
    await browser.get(PATH + "/business")
    step, answers = ("business", BUSINESS) if name in BUSINESS else ("trade", TRADE)
    answer = await browser.post(f"{PATH}/{step}", {**answers, name: typed})
    assert answer.status_code in {413, 422}
    if answer.status_code == 422:
        assert f'id="field-{name}-error"' in answer.text
        assert (await browser.post(f"{PATH}/check", DECLARED)).status_code == 422
