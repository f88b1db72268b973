"""What a user may do and how they get in, changed by the administrator (USER-2 to USER-6)."""

import asyncio

import pytest

from app.rules import log_ins, new_passwords, sessions, temporary_passwords
from app.rules.log_ins import LoginFailed
from app.rules.privileges import BASICS
from db import sql
from db.users import Session, Suspension
from tests.browser import Browser, words
from tests.cast import PASSWORD, Cast, Person
from tests.mailed import letters, secret
from tests.routes.test_users import boxes, trail
from tests.rules_named import rule


@pytest.fixture
async def dana(browser: Browser, cast: Cast) -> Browser:
    return await browser.sign_in(cast.dana)


def of(person: Person) -> str:
    return f"/account/users/{person.id}"


async def lock(person: Person) -> None:
    for _ in range(5):
        with pytest.raises(LoginFailed):
            await log_ins.log_in(person.email, "wrong", "127.0.0.1", "tests")


@rule("USER-3", "USER-4")
async def test_a_tick_is_saved_with_what_it_needs_and_says_so(dana: Browser, cast: Cast) -> None:
    sent = {"shown": "see_availability", "privileges": ["see_availability", "place_orders"]}
    piece = await dana.post(f"{of(cast.vera)}/privileges", sent, htmx=True)
    assert "<html" not in piece.text and 'id="privileges"' in piece.text and 'id="notice"' in piece.text
    assert "Ticked as well: “see prices” and “use baskets”, for “place orders”." in words(piece)
    assert await boxes(cast.vera.id) == {"see_availability", "place_orders", "see_prices", "use_baskets"}
    [entry] = await trail("privileges_changed")
    assert entry["before"] == "“see availability”" and "“place orders”" in entry["after"]


@rule("USER-4")
async def test_a_plain_form_posts_the_whole_set_and_says_what_went(dana: Browser, cast: Cast) -> None:
    held = await boxes(cast.ben.id)
    answer = await dana.post(f"{of(cast.ben)}/privileges", {"privileges": sorted(held - {"see_own_orders"})})
    page = await dana.follow(answer)
    assert "Saved." in words(page) and "Unticked as well: “backorder report” and “request backorder" in words(page)
    gone = {"see_own_orders", "backorder_report", "request_cancellation"}
    assert await boxes(cast.ben.id) == held - gone
    assert len(await trail("privileges_changed")) == 1


@rule("USER-5")
@pytest.mark.parametrize("name", ["Basics", "Support", "Purchasing", "All", "Reset"])
async def test_quick_selection_is_saved(dana: Browser, cast: Cast, name: str) -> None:
    await dana.post(f"{of(cast.vera)}/privileges", {"shown": "see_availability", "quick": name})
    columns = {"Basics": 3, "Support": 5, "Purchasing": 7, "All": 13, "Reset": 0}
    assert len(await boxes(cast.vera.id)) == columns[name]


@rule("USER-5")
async def test_reset_unticks_also_what_another_administrator_has_just_ticked(dana: Browser, cast: Cast) -> None:
    await dana.post(f"{of(cast.vera)}/privileges", {"shown": "see_availability", "quick": "Basics"})
    await dana.post(f"{of(cast.vera)}/privileges", {"shown": "see_availability", "quick": "Reset"})
    assert await boxes(cast.vera.id) == set()


async def test_two_administrators_who_tick_at_once_lose_no_tick(dana: Browser, cast: Cast) -> None:
    shown = {"shown": "see_availability"}
    for box in ("see_prices", "invoices"):
        await dana.post(f"{of(cast.vera)}/privileges", {**shown, "privileges": ["see_availability", box]})
    assert await boxes(cast.vera.id) == {"see_availability", "see_prices", "invoices"}


@rule("USER-3")
async def test_a_privilege_holds_from_the_very_next_request(browser: Browser, portal: object, cast: Cast) -> None:
    await browser.sign_in(cast.vera)
    async with Browser(portal) as danas:
        await danas.sign_in(cast.dana)
        assert (await browser.get("/baskets")).status_code == 403
        await danas.post(f"{of(cast.vera)}/privileges", {"shown": "", "privileges": sorted(BASICS)})
        assert (await browser.get("/baskets")).status_code == 200
        assert "$312.40" in (await browser.get(f"/products/{cast.dock.sku}")).text
        await danas.post(f"{of(cast.vera)}/privileges", {"shown": "", "quick": "Reset"})
        assert (await browser.get("/baskets")).status_code == 403
        assert "$312.40" not in (await browser.get(f"/products/{cast.dock.sku}")).text


@rule("USER-2")
async def test_disabling_ends_the_sessions_at_once_and_is_undone(dana: Browser, portal: object, cast: Cast) -> None:
    async with Browser(portal) as bens:
        await bens.sign_in(cast.ben)
        assert (await bens.get("/baskets")).status_code == 200
        piece = await dana.post(f"{of(cast.ben)}/suspension", htmx=True)
        assert "is disabled" in words(piece) and "Enable" in words(piece) and "<html" not in piece.text
        assert (await bens.get("/baskets")).status_code == 303
        with pytest.raises(LoginFailed):
            await log_ins.log_in(cast.ben.email, PASSWORD, "127.0.0.1", "tests")
        assert "can log in again" in words(await dana.follow(await dana.post(f"{of(cast.ben)}/suspension/removal")))
        assert (await bens.get("/baskets")).status_code == 303  # the session from before stays ended
    assert await log_ins.log_in(cast.ben.email, PASSWORD, "127.0.0.1", "tests")
    assert [len(await trail(f"user_{deed}")) for deed in ("disabled", "enabled")] == [1, 1]


async def test_disabling_twice_or_at_once_is_one_suspension(dana: Browser, cast: Cast) -> None:
    await asyncio.gather(*(dana.post(f"{of(cast.ben)}/suspension") for _ in range(4)))
    assert await Suspension.count() == 1 and len(await trail("user_disabled")) == 1


@rule("USER-2")
async def test_who_is_disabled_in_the_middle_of_a_request_does_nothing_more(cast: Cast, portal: object) -> None:
    async with Browser(portal) as bens, Browser(portal) as danas:
        await bens.sign_in(cast.ben)
        await danas.sign_in(cast.dana)
        form = {"name": "Begun", "visibility": "private", "note": ""}
        await asyncio.gather(bens.post("/baskets", form), danas.post(f"{of(cast.ben)}/suspension"))
        assert (await bens.post("/baskets", {**form, "name": "After"})).status_code == 401
        assert not await sql.value("SELECT count(*) FROM baskets WHERE name = 'After'")


@rule("LOGIN-5", "USER-2")
async def test_dana_sees_and_lifts_a_lock(dana: Browser, cast: Cast) -> None:
    await lock(cast.ben)
    assert "locked" in words(await dana.get("/account/users")) and "Unlock" in words(await dana.get(of(cast.ben)))
    with pytest.raises(LoginFailed):
        await log_ins.log_in(cast.ben.email, PASSWORD, "127.0.0.1", "tests")
    assert "at once" in words(await dana.follow(await dana.post(f"{of(cast.ben)}/lock/removal")))
    assert await log_ins.log_in(cast.ben.email, PASSWORD, "127.0.0.1", "tests")
    assert [entry["subject_name"] for entry in await trail("lock_lifted")] == ["Ben Ito"]


@rule("USER-2", "LOGIN-7")
async def test_a_reset_mails_a_password_and_shows_none(dana: Browser, cast: Cast) -> None:
    await sessions.start(cast.ben.id, cast.ben.email, "127.0.0.1", "tests")
    page = await dana.follow(await dana.post(f"{of(cast.ben)}/password"))
    password = await secret("temporary_password", "password")
    assert "on its way to ben@brightbyte.example" in words(page) and password not in page.text
    assert not await Session.count().where(Session.user == cast.ben.id)
    who = await sql.row("SELECT challenge_answer_hash, password_is_temporary FROM users WHERE id = $1", cast.ben.id)
    assert who and who["password_is_temporary"] and who["challenge_answer_hash"] == ""
    with pytest.raises(LoginFailed):
        await log_ins.log_in(cast.ben.email, PASSWORD, "127.0.0.1", "tests")
    assert await log_ins.log_in(cast.ben.email, password, "127.0.0.1", "tests")


async def test_who_is_disabled_is_sent_no_password(dana: Browser, cast: Cast) -> None:
    await dana.post(f"{of(cast.ben)}/suspension")
    page = await dana.get(of(cast.ben))
    assert "Enable Ben Ito first" in words(page) and f'action="{of(cast.ben)}/password"' not in page.text
    assert (await dana.post(f"{of(cast.ben)}/password")).status_code == 422
    assert not await letters("temporary_password")


@rule("LOGIN-2")
async def test_a_password_that_was_not_used_in_time_is_seen(dana: Browser, cast: Cast) -> None:
    await temporary_passwords.give(cast.ben.id, await temporary_passwords.prepare(), "reset", cast.dana.viewer())
    assert "Temporary password good until" in words(await dana.get(of(cast.ben)))
    await sql.run("UPDATE users SET password_expires_at = created_at WHERE id = $1", cast.ben.id)
    assert "temporary password expired" in words(await dana.get("/account/users?state=expired"))
    assert "no longer good" in words(await dana.get(of(cast.ben)))
    assert await new_passwords.current(cast.ben.id)


@rule("LOGIN-2")
async def test_who_left_before_the_first_steps_were_done_is_seen(dana: Browser, cast: Cast) -> None:
    prepared = await temporary_passwords.prepare()
    await temporary_passwords.give(cast.ben.id, prepared, "reset", cast.dana.viewer())
    await log_ins.log_in(cast.ben.email, prepared.text, "10.0.0.1", "")
    assert "Ben Ito" in words(await dana.get("/account/users?state=begun"))
    page = words(await dana.get(of(cast.ben)))
    assert "first steps not done" in page and "used once, and good no more" in page and "good until" not in page
