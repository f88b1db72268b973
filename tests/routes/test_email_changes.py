"""A changed address counts once the link to the new one is confirmed, and the old one is told (PROFILE-2)."""

from datetime import UTC, datetime, timedelta

import pytest

from db import sql
from tests.browser import Browser, words
from tests.cast import PASSWORD, Cast
from tests.mailbox import link_to, mail_to
from tests.rules_named import rule

PATH = "/account/profile/email"
NEW = "ben.ito@brightbyte.example"


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    return await browser.sign_in(cast.ben)


def asked(email: str = NEW, password: str = PASSWORD) -> dict[str, str]:
    return {"email": email, "current_password": password}


async def address(user_id: int) -> str:
    return str(await sql.value("SELECT email FROM users WHERE id = $1", user_id))


async def confirm(ben: Browser, link: str) -> int:
    answer = await ben.post(link)
    return answer.status_code


@rule("PROFILE-2")
async def test_the_new_address_counts_once_its_link_is_confirmed(ben: Browser, cast: Cast, portal: object) -> None:
    page = await ben.follow(await ben.post(PATH, asked()))
    assert "A link was sent" in words(page) and f"{NEW} waits for its link" in words(page)
    link = await link_to(NEW)
    async with Browser(portal) as mailbox:
        shown = await mailbox.get(link)
        assert "Ben Ito, you will log in with ben.ito@" in words(shown) and await address(cast.ben.id) == cast.ben.email
        page = await mailbox.follow(await mailbox.post(link))
        assert "From now on you log in with the new address." in words(page)
        entered = await mailbox.post("/login", {"email": NEW, "password": PASSWORD})
        assert entered.status_code == 303
    assert await address(cast.ben.id) == NEW
    assert "waits for its link" not in words(await ben.get("/account/profile"))


@rule("PROFILE-2")
async def test_the_old_address_is_told(ben: Browser, cast: Cast) -> None:
    await ben.post(PATH, asked())
    assert not await mail_to(cast.ben.email)
    await confirm(ben, await link_to(NEW))
    told = (await mail_to(cast.ben.email))[0]
    assert told["subject"] == "Your e-mail address was changed" and NEW in told["text"] and NEW in told["html"]
    assert told["text"].startswith("Hello Ben Ito,\n\nYou now log in") and "100234" in told["text"]


@rule("USER-7")
async def test_the_trail_says_who_asked_and_what_changed(ben: Browser, cast: Cast) -> None:
    await ben.post(PATH, asked())
    await confirm(ben, await link_to(NEW))
    rows = await sql.rows("SELECT action, actor, company, before, after FROM audit_entries WHERE action LIKE 'email%'")
    assert [row["action"] for row in rows] == ["email_change_asked", "email_changed"]
    assert rows[1]["before"] == cast.ben.email and rows[1]["after"] == NEW
    assert {row["company"] for row in rows} == {cast.brightbyte} and {row["actor"] for row in rows} == {cast.ben.id}


async def test_a_link_works_once_and_looking_changes_nothing(ben: Browser, cast: Cast) -> None:
    await ben.post(PATH, asked())
    link = await link_to(NEW)
    for _ in range(3):
        assert (await ben.get(link)).status_code == 200
    assert await address(cast.ben.id) == cast.ben.email
    assert await confirm(ben, link) == 303
    used, never = await ben.get(link), await ben.get(link[:-4] + "AAAA")
    assert used.status_code == never.status_code == 403 and words(used) == words(never)
    assert await confirm(ben, link) == 403


async def test_a_newer_link_ends_the_older_one(ben: Browser, cast: Cast) -> None:
    await ben.post(PATH, asked("first@brightbyte.example"))
    first = await link_to("first@brightbyte.example")
    await ben.post(PATH, asked())
    assert await confirm(ben, first) == 403 and await confirm(ben, await link_to(NEW)) == 303
    assert await address(cast.ben.id) == NEW


async def test_a_link_ends_after_three_days(ben: Browser) -> None:
    await ben.post(PATH, asked())
    link = await link_to(NEW)
    await sql.run("UPDATE mailed_links SET expires_at = $1", datetime.now(UTC) - timedelta(seconds=1))
    assert (await ben.get(link)).status_code == 403 and await confirm(ben, link) == 403


async def test_a_link_from_before_the_password_changed_is_worth_nothing(ben: Browser, cast: Cast) -> None:
    await ben.post(PATH, asked())
    link = await link_to(NEW)
    later = datetime.now(UTC) + timedelta(seconds=1)
    await sql.run("UPDATE users SET password_changed_at = $2 WHERE id = $1", cast.ben.id, later)
    assert (await ben.get(link)).status_code == 403 and await confirm(ben, link) == 403
    assert await address(cast.ben.id) == cast.ben.email


async def test_the_link_of_somebody_disabled_is_worth_nothing(ben: Browser, cast: Cast) -> None:
    await ben.post(PATH, asked())
    await sql.run('INSERT INTO suspensions ("user", at) VALUES ($1, $2)', cast.ben.id, datetime.now(UTC))
    assert await confirm(ben, await link_to(NEW)) == 403


async def test_ben_keeps_his_address_after_all(ben: Browser, cast: Cast) -> None:
    await ben.post(PATH, asked())
    link = await link_to(NEW)
    page = await ben.follow(await ben.post(f"{PATH}/removal"))
    assert "Your address stays as it is." in words(page) and "waits for its link" not in words(page)
    assert await confirm(ben, link) == 403


@rule("LOGIN-1")
@pytest.mark.parametrize("typed", ["dana@brightbyte.example", "DANA@Brightbyte.example", "ｄana@brightbyte.example"])
async def test_nothing_tells_whether_an_address_is_known(ben: Browser, cast: Cast, typed: str) -> None:
    free = await ben.post(PATH, asked())
    free_page = words(await ben.follow(free)).replace(f"{NEW} waits", "? waits")
    taken = await ben.post(PATH, asked(typed))
    assert taken.status_code == free.status_code and taken.headers["Location"] == free.headers["Location"]
    assert words(await ben.follow(taken)).replace(f"{typed} waits", "? waits") == free_page
    (told,) = await mail_to(cast.dana.email)
    assert told["subject"] == "Your e-mail address was asked for" and not told["sealed_secrets"]
    assert "Ben" not in told["text"] and "Hello Dana Reyes" in told["text"]
    assert await address(cast.ben.id) == cast.ben.email


async def test_a_known_address_is_as_much_work_as_an_unknown_one(ben: Browser, cast: Cast) -> None:
    counts = []
    for email in (NEW, cast.dana.email, "other@brightbyte.example", cast.sam.email):
        before = sql.statements()
        await ben.post(PATH, asked(email))
        counts.append(sql.statements() - before)
    assert len(set(counts[1:])) == 1  # the first makes what is made once


async def test_an_address_that_was_taken_meanwhile_stays_with_who_has_it(ben: Browser, cast: Cast) -> None:
    await ben.post(PATH, asked())
    await sql.run("UPDATE users SET email = $2, email_key = $2 WHERE id = $1", cast.vera.id, NEW)
    assert await confirm(ben, await link_to(NEW)) == 403
    assert await address(cast.ben.id) == cast.ben.email and await address(cast.vera.id) == NEW


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "nobody",
        "a@b",
        "a@b.example\r\nBcc: all@evil.example",
        "a@b.example, c@d.example",
        "Ben <a@b.example>",
        "a\0@b.example",
        "a\u202e@b.example",
        "x" * 100_000 + "@b.example",
        "ben@brightbyte.example",
        "BEN@brightbyte.example",
    ],
)
async def test_what_is_no_new_address_is_said_at_its_field(ben: Browser, typed: str) -> None:
    answer = await ben.post(PATH, asked(typed))
    assert answer.status_code == 422 and 'id="field-email-error"' in answer.text
    assert not await sql.value("SELECT count(*) FROM notices")


@pytest.mark.parametrize("password", ["", "wrong"])
async def test_the_current_password_is_asked(ben: Browser, password: str) -> None:
    answer = await ben.post(PATH, asked(password=password))
    assert answer.status_code == 422 and 'id="field-current_password-error"' in answer.text
    assert f'value="{NEW}"' in answer.text and not await mail_to(NEW)


async def test_nobodys_mailbox_is_filled(ben: Browser) -> None:
    answers = [await ben.post(PATH, asked()) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [303] * 5 + [429] and answers[-1].headers["Retry-After"]
    assert len(await mail_to(NEW)) == 5


async def test_mail_to_the_own_address_follows(ben: Browser, cast: Cast) -> None:
    notifications = "/account/profile/notifications/order_confirmation/addresses"
    await ben.post(notifications, {"address": "stock@brightbyte.example"})
    await ben.post(notifications, {"address": NEW})
    await ben.post(PATH, asked())
    await confirm(ben, await link_to(NEW))
    rows = await sql.rows("SELECT address, confirmed_at FROM notification_addresses ORDER BY address")
    assert [row["address"] for row in rows] == [NEW, "stock@brightbyte.example"]
    assert rows[0]["confirmed_at"] and not rows[1]["confirmed_at"]


async def test_a_visitor_asks_for_nothing_and_a_get_neither(browser: Browser, cast: Cast) -> None:
    answer = await browser.post(PATH, asked())
    assert answer.status_code in (401, 403) and PASSWORD not in answer.text
    await browser.sign_in(cast.ben)
    for path in (PATH, f"{PATH}/removal"):
        assert (await browser.get(path)).status_code == 405
