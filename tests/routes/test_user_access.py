"""What a user may do and how they get in, changed by the administrator (USER-2 to USER-6)."""

import asyncio

import pytest

from app.rules import log_ins, new_passwords, sessions, temporary_passwords
from app.rules.log_ins import LoginFailed
from app.rules.privileges import BASICS, Privilege
from db import sql
from db.users import Session, Suspension
from tests.browser import Browser, words
from tests.cast import PASSWORD, Cast, Person, new_person
from tests.mailed import letters, secret
from tests.routes.test_users import boxes, trail
from tests.rules_named import rule

DEEDS = ("", "/privileges", "/suspension", "/suspension/removal", "/lock/removal", "/password", "/removal")
SENT = {"name": "X", "version": "1", "privileges": "invoices", "phone": "", "job_title": ""}


@pytest.fixture
async def dana(browser: Browser, cast: Cast) -> Browser:
    return await browser.sign_in(cast.dana)


@pytest.fixture
async def eve(cast: Cast) -> Person:
    """Brightbyte's second administrator."""
    return await new_person("Eve Marsh", "eve@brightbyte.example", cast.brightbyte, administrator=True)


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


@rule("USER-6")
async def test_dana_changes_neither_herself_nor_another_administrator(dana: Browser, cast: Cast, eve: Person) -> None:
    for person, reason in ((cast.dana, "This is you"), (eve, "Eve Marsh is a website administrator")):
        page = await dana.get(of(person))
        assert reason in words(page) and "trade@harbour.example" in words(page) and "disabled" in page.text
        assert f'action="{of(person)}' not in page.text and f'href="{of(person)}/removal' not in page.text
        before = await sql.row("SELECT * FROM users WHERE id = $1", person.id)
        for deed in DEEDS:
            answer = await dana.post(of(person) + deed, SENT)
            assert answer.status_code == 403 and reason in words(answer), deed
        assert (await dana.get(f"{of(person)}/removal")).status_code == 403
        assert await sql.row("SELECT * FROM users WHERE id = $1", person.id) == before
        assert not await boxes(person.id)
    assert len(await trail("refused")) == 2 * len(DEEDS)


@rule("USER-3")
async def test_a_stranger_does_not_exist_and_the_try_is_kept(dana: Browser, cast: Cast) -> None:
    strangers = [cast.sam.id, cast.moana.id, cast.ari.id, 99_999, 10**11]
    for deed in DEEDS:
        answers = [await dana.post(f"/account/users/{number}{deed}", SENT) for number in strangers]
        assert {answer.status_code for answer in answers} == {404}
        assert len({len(answer.content) for answer in answers}) == 1, deed
    for path in ("", "/removal"):
        assert {(await dana.get(f"/account/users/{number}{path}")).status_code for number in strangers} == {404}
    entries = await trail("refused")
    assert len(entries) == len(strangers) * len(DEEDS)
    assert all(entry["company"] == cast.brightbyte and "Sam" not in str(entry) for entry in entries)


@rule("USER-6")
@pytest.mark.parametrize("box", ["administrator", "sales", "is_administrator", "see_everything", ""])
async def test_no_box_gives_what_no_administrator_has(dana: Browser, cast: Cast, box: str) -> None:
    more = {"is_administrator": "1", "role": "sales", "company": str(cast.coastline), "company_id": "2"}
    answer = await dana.post(f"{of(cast.ben)}/privileges", {"privileges": [box], **more})
    assert answer.status_code == 422 and len(await trail("refused")) == 1
    made = await dana.post("/account/users", {"name": "Kim", "email": "k@b.example", "privileges": [box], **more})
    assert made.status_code == 422
    await dana.post("/account/users", {"name": "Kim", "email": "k@b.example", **more})
    found = await sql.row("SELECT company, is_administrator FROM users WHERE name = 'Kim'")
    assert found and found["company"] == cast.brightbyte and not found["is_administrator"]
    assert await sql.value("SELECT count(*) FROM staff_roles") == 4


@rule("USER-6")
async def test_ben_gives_himself_nothing(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    held = await boxes(cast.ben.id)
    for deed in DEEDS:
        answer = await browser.post(of(cast.ben) + deed, {**SENT, "privileges": "statements"})
        assert answer.status_code == 403 and "Dana Reyes, your website administrator" in words(answer)
    assert await boxes(cast.ben.id) == held


async def test_a_get_changes_nothing(dana: Browser, cast: Cast) -> None:
    before = await sql.row("SELECT * FROM users WHERE id = $1", cast.ben.id)
    for deed in DEEDS[1:-1]:
        assert (await dana.get(of(cast.ben) + deed)).status_code == 405
    assert "Nothing brings a deleted user back" in words(await dana.get(f"{of(cast.ben)}/removal"))
    assert await sql.row("SELECT * FROM users WHERE id = $1", cast.ben.id) == before
    assert Privilege.PLACE_ORDERS in await boxes(cast.ben.id) and not await Suspension.count()


@rule("DESK-6")
async def test_who_acts_for_dana_sends_no_password(browser: Browser, cast: Cast) -> None:
    token = await sessions.start(cast.moana.id, cast.moana.email, "127.0.0.1", "tests", second_step=True)
    await sql.run(
        'UPDATE sessions SET acting_as = $1, acting_until = $2 WHERE "user" = $3',
        *(cast.dana.id, (await sql.value("SELECT started_at FROM sessions")).replace(year=2999), cast.moana.id),
    )
    browser.plant(token)
    assert (await browser.post(f"{of(cast.ben)}/password")).status_code == 403
    assert (await browser.post("/account/users", {"name": "Kim", "email": "k@b.example"})).status_code == 403
    assert "You act as Dana Reyes" in words(await browser.get(of(cast.ben)))
    assert "<form" not in (await browser.get("/account/users/new")).text.partition("<h1")[2].partition("</main>")[0]
    assert (await browser.post(f"{of(cast.ben)}/suspension")).status_code == 303
    [entry] = await trail("user_disabled")
    assert (entry["actor_name"], entry["acting_as_name"]) == ("Moana Pike", "Dana Reyes")
