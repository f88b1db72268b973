"""Whom a website administrator does not change, and what nobody gives (USER-6)."""

import pytest

from app.rules import sessions
from app.rules.privileges import Privilege
from db import sql
from db.users import Suspension
from tests.browser import Browser, words
from tests.cast import Cast, Person, new_person
from tests.routes.test_user_access import of
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
