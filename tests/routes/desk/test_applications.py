"""The desk's queue of applications: reading, asking, declining (JOIN-4)."""

import pytest

from app.rules.applications import state_path
from db import sql
from tests.applying import PDF, application, apply, leave, secret_of, send_files
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule

QUEUE = "/desk/applications"


async def waiting(browser: Browser, cast: Cast, **other: str) -> dict[str, object]:
    """An application, and Moana at the desk; gives its row."""
    row = await application(await apply(browser, **other))
    await browser.sign_in(cast.moana)
    return row


@rule("JOIN-4")
async def test_moana_reads_the_queue(browser: Browser, cast: Cast) -> None:
    row = await waiting(browser, cast)
    page = words(await browser.get(QUEUE))
    assert str(row["reference"]) in page and "Harakeke Systems Limited" in page and "0 min" in page
    assert "open (1)" in page and "approved (0)" in page
    assert "No application fits" in words(await browser.get(f"{QUEUE}?state=declined"))
    assert "No application fits" in words(await browser.get(f"{QUEUE}?q=%25"))
    assert "Harakeke" in words(await browser.get(f"{QUEUE}?q=RUA@harakeke"))


@rule("JOIN-2", "JOIN-4")
async def test_moana_reads_every_answer(browser: Browser, cast: Cast) -> None:
    row = await waiting(browser, cast)
    page = words(await browser.get(f"{QUEUE}/{row['id']}"))
    for told in ("4 Mill Lane, Napier 4110, NZ", "as above", "Limited company", "Rua Kahu", "20 days", "Bolt Supplies"):
        assert told in page


@rule("JOIN-4")
async def test_a_question_waits_for_its_answer(browser: Browser, cast: Cast) -> None:
    row = await waiting(browser, cast)
    home = f"{QUEUE}/{row['id']}"
    answer = await browser.post(f"{home}/question", {"text": "Who is your bank?", "version": row["version"]})
    assert "waiting for the applicant" in words(await browser.follow(answer))
    mail = await sql.row("SELECT text, recipient FROM notices WHERE kind = 'application_question'")
    assert mail and "Who is your bank?" in mail["text"] and mail["recipient"] == "rua@harakeke.example"
    link = await secret_of("application_question")
    assert link == state_path(str(row["reference"])) and link not in mail["text"]
    leave(browser)
    page = await browser.get(link)
    assert "waiting for your answer" in words(page) and "Who is your bank?" in words(page)
    answer = await send_files(browser, f"{link}/answers", ("bank.pdf", PDF, "application/pdf"), text="Kauri Bank")
    page = await browser.follow(answer)
    assert "with our sales team" in words(page) and "Kauri Bank" in words(page) and "bank.pdf" in words(page)
    await browser.sign_in(cast.moana)
    shown = words(await browser.get(home))
    assert "Applicant" in shown and "Kauri Bank" in shown and "bank.pdf" in shown and "open" in shown
    assert await sql.value("SELECT count(*) FROM audit_entries WHERE action = 'application_asked'") == 1


@rule("JOIN-4")
async def test_declining_tells_the_reason_once(browser: Browser, cast: Cast) -> None:
    row = await waiting(browser, cast)
    home, form = f"{QUEUE}/{row['id']}", {"text": "You sell to end users only.", "version": row["version"]}
    answer = await browser.post(f"{home}/refusal", form)
    page = words(await browser.follow(answer))
    assert "declined" in page and "by Moana Pike" in page and "You sell to end users only." in page
    assert (await browser.post(f"{home}/refusal", form)).status_code == 409
    mails = await sql.rows("SELECT text FROM notices WHERE kind = 'application_declined'")
    assert len(mails) == 1 and "You sell to end users only." in mails[0]["text"]
    leave(browser)
    page = words(await browser.get(state_path(str(row["reference"]))))
    assert "You sell to end users only." in page and "Your answer" not in page
    assert await sql.value("SELECT count(*) FROM audit_entries WHERE action = 'application_declined'") == 1


@pytest.mark.parametrize("deed", ["question", "refusal"])
async def test_a_deed_needs_words_and_keeps_them(browser: Browser, cast: Cast, deed: str) -> None:
    row = await waiting(browser, cast)
    for text in (" ", "x" * 5_000, "a\0b"):
        answer = await browser.post(f"{QUEUE}/{row['id']}/{deed}", {"text": text, "version": row["version"]})
        assert answer.status_code == 422 and 'class="error"' in answer.text
    assert "x" * 5_000 not in answer.text and (await application(str(row["reference"])))["version"] == row["version"]


@pytest.mark.parametrize("deed", ["question", "refusal", "approval"])
async def test_a_deed_on_an_older_page_is_refused(browser: Browser, cast: Cast, deed: str) -> None:
    row = await waiting(browser, cast)
    for version in (int(str(row["version"])) - 1, "", "-1", "x", 10**20):
        answer = await browser.post(f"{QUEUE}/{row['id']}/{deed}", {"text": "Why?", "version": version})
        assert answer.status_code == 409, version
    assert await application(str(row["reference"])) == row


@rule("JOIN-4")
@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ({"registration_number": "9429-046-111"}, "registration number"),
        ({"email": "new@brightbyte.example"}, "e-mail domain"),
        ({"trading_name": "BRIGHTBYTE Limited"}, "name"),
        ({"legal_name": "The Bríghtbyte Company Ltd."}, "name"),
    ],
)
async def test_what_looks_like_a_customer_is_flagged(
    browser: Browser, cast: Cast, other: dict[str, str], alike: str
) -> None:
    await sql.run("UPDATE companies SET registration_number = '9429 046 111' WHERE id = $1", cast.brightbyte)
    row = await waiting(browser, cast, **other)
    assert f"same {alike}" in words(await browser.get(QUEUE))
    page = await browser.get(f"{QUEUE}/{row['id']}")
    assert f"company Brightbyte Ltd, account 100234 (same {alike})" in words(page)
    assert f"/desk/companies/{cast.brightbyte}" in page.text


@rule("JOIN-4")
async def test_two_applications_of_one_business_are_flagged_and_free_mail_is_not(browser: Browser, cast: Cast) -> None:
    first = await apply(browser, email="rua@gmail.com")
    browser.sign_out()
    row = await waiting(browser, cast, email="moe@gmail.com", legal_name="Other", trading_name="")
    page = words(await browser.get(f"{QUEUE}/{row['id']}"))
    assert f"application {first} of Harakeke Systems Limited (same registration number)" in page
    assert "e-mail domain" not in page and "same name" not in page


async def test_a_draft_is_nobodys_work(browser: Browser, cast: Cast) -> None:
    row = await waiting(browser, cast)
    await sql.run("UPDATE applications SET state = 'unconfirmed', confirmed_at = NULL")
    assert "No applications yet" in words(await browser.get(QUEUE))
    assert (await browser.get(f"{QUEUE}/{row['id']}")).status_code == 404


@pytest.mark.parametrize("who", ["piri", "dana", "ben"])
async def test_others_are_refused_whatever_they_ask_for(browser: Browser, cast: Cast, who: str) -> None:
    row = await waiting(browser, cast)
    await browser.sign_in(getattr(cast, who))
    for number in (row["id"], 987_654):
        for path in ("", "/approval", "/documents/1"):
            assert (await browser.get(f"{QUEUE}/{number}{path}")).status_code == 403
        for deed in ("question", "refusal", "approval"):
            assert (await browser.post(f"{QUEUE}/{number}/{deed}", {"text": "x"})).status_code == 403
    assert (await browser.get(QUEUE)).status_code == 403
    assert await application(str(row["reference"])) == row


async def test_what_is_not_there_is_missing(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.moana)
    for number in (987_654, 10**11):
        assert (await browser.get(f"{QUEUE}/{number}")).status_code == 404
        assert (await browser.get(f"{QUEUE}/{number}/documents/1")).status_code == 404
        for deed in ("question", "refusal", "approval"):
            assert (await browser.post(f"{QUEUE}/{number}/{deed}", {"text": "x"})).status_code == 404
