"""Deleting a user: what ends, what goes on under another name, what the past keeps (USER-2)."""

import asyncio
from datetime import timedelta

import pytest

from app.rules import log_ins, mailed_links, sessions, user_removal
from app.rules.log_ins import LoginFailed
from app.rules.mailed_links import LinkGone
from app.rules.refusals import Missing
from app.rules.user_removal import free_name
from db import sql
from db.sql import Row
from tests.browser import Browser, words
from tests.cast import PASSWORD, Cast
from tests.checking_out import basket_of, placed
from tests.routes.test_users import KIM, boxes, kept, trail
from tests.rules_named import rule

pytestmark = rule("USER-2")


@pytest.fixture
async def dana(browser: Browser, cast: Cast) -> Browser:
    return await browser.sign_in(cast.dana)


async def basket(owner: int, name: str, visibility: str = "private") -> int:
    made: int = await sql.value(
        """INSERT INTO baskets
            (company, owner, name, name_key, visibility, note, home_warehouse, created_at, changed_at)
        SELECT company, id, $2, $4, $3, '', 1, created_at, created_at FROM users WHERE id = $1 RETURNING id""",
        *(owner, name, visibility, name.lower()),
    )
    return made


async def row_of(basket_id: int) -> Row:
    found = await sql.row("SELECT * FROM baskets WHERE id = $1", basket_id)
    assert found
    return found


async def delete(dana: Browser, cast: Cast) -> str:
    page = await dana.follow(await dana.post(f"/account/users/{cast.ben.id}/removal"))
    return words(page)


async def test_dana_is_asked_first_and_told_what_happens(dana: Browser, cast: Cast) -> None:
    await basket(cast.ben.id, "Ours", "shared")
    await basket(cast.ben.id, "Mine")
    asked = words(await dana.get(f"/account/users/{cast.ben.id}/removal"))
    assert "1 shared or public basket will be yours" in asked and "1 private basket is deleted" in asked
    assert "Delete Ben Ito" in asked and "Keep" in asked
    read = await delete(dana, cast)
    assert "Deleted." in read and "Ben Ito" not in read


async def test_a_deleted_user_is_out_at_once_and_stays_out(dana: Browser, portal: object, cast: Cast) -> None:
    link = await mailed_links.make("reset", timedelta(hours=1), cast.ben.id)
    async with Browser(portal) as bens:
        await bens.sign_in(cast.ben)
        await delete(dana, cast)
        assert (await bens.get("/baskets")).status_code == 303
    with pytest.raises(LoginFailed):
        await log_ins.log_in(cast.ben.email, PASSWORD, "127.0.0.1", "tests")
    with pytest.raises(LinkGone):
        await mailed_links.find("reset", link)
    assert not await boxes(cast.ben.id)
    for path in ("", "/removal", "/privileges"):
        assert (await dana.post(f"/account/users/{cast.ben.id}{path}", KIM)).status_code == 404


async def test_shared_and_public_baskets_go_to_dana_and_private_ones_go(dana: Browser, cast: Cast) -> None:
    made = {name: await basket(cast.ben.id, name.title(), name) for name in ("public", "shared", "private")}
    await basket(cast.dana.id, "public")
    await sql.run(
        'INSERT INTO basket_approvals (basket, "user", approved_at) VALUES ($1, $2, $4), ($3, $5, $4)',
        *(made["shared"], cast.dana.id, made["shared"], (await kept("Ben Ito"))["created_at"], cast.vera.id),
    )
    await delete(dana, cast)
    public, shared, private = [await row_of(made[name]) for name in ("public", "shared", "private")]
    assert public["owner"] == shared["owner"] == cast.dana.id
    assert (public["name"], shared["name"]) == ("Public (from Ben Ito)", "Shared")
    assert private["deleted_at"] and not public["archived_at"] and not public["deleted_at"]
    assert await sql.value('SELECT "user" FROM basket_approvals') == cast.vera.id
    [entry] = await trail("user_deleted")
    assert "Public (from Ben Ito)" in entry["after"] and "Mine" not in entry["after"]
    assert "Public (from Ben Ito)" in words(await dana.get("/baskets"))


async def test_beyond_the_limit_they_arrive_archived(dana: Browser, cast: Cast) -> None:
    for number in range(99):
        await basket(cast.dana.id, f"D{number}")
    mine = [await basket(cast.ben.id, f"B{number}", "public") for number in range(3)]
    await sql.run("UPDATE baskets SET archived_at = created_at WHERE id = $1", mine[0])
    await delete(dana, cast)
    rows = [await row_of(one) for one in mine]
    assert {row["owner"] for row in rows} == {cast.dana.id}
    assert sum(row["archived_at"] is None for row in rows) == 1 and rows[0]["archived_at"] == rows[0]["created_at"]
    assert words(await dana.get("/baskets")).count("(from") == 0


async def test_the_past_keeps_the_name(dana: Browser, portal: object, cast: Cast) -> None:
    async with Browser(portal) as bens:
        await bens.sign_in(cast.ben)
        number = await placed(bens, await basket_of(cast.ben, (cast.dock, 1)))
    await delete(dana, cast)
    assert "Ben Ito" in words(await dana.get(f"/orders/{number}")) and "Ben Ito" in words(await dana.get("/orders"))
    for path in ("/", "/baskets", "/baskets/choices", "/account/users", "/account/audit"):
        assert (await dana.get(path)).status_code == 200


@rule("LOGIN-1")
async def test_the_address_can_be_used_again(dana: Browser, cast: Cast) -> None:
    for _ in range(5):
        with pytest.raises(LoginFailed):
            await log_ins.log_in(cast.ben.email, "wrong", "127.0.0.1", "tests")
    await delete(dana, cast)
    answer = await dana.post("/account/users", {**KIM, "email": "BEN@brightbyte.example"})
    made = await kept("Kim Ngata")
    assert answer.headers["Location"] == f"/account/users/{made['id']}?added=1" and made["id"] != cast.ben.id
    assert not await log_ins.is_locked(cast.ben.email, "")
    old = await kept("Ben Ito")
    assert old["email_key"] == f"deleted:{old['id']}:{cast.ben.email}" and old["deleted_by"] == cast.dana.id
    assert old["password_hash"] == old["challenge_answer_hash"] == ""


async def test_the_longest_address_can_be_freed_too(dana: Browser, cast: Cast) -> None:
    longest = "b" * 230 + "@brightbyte.example"
    await sql.run("UPDATE users SET email_key = $2 WHERE id = $1", cast.ben.id, longest)
    await delete(dana, cast)
    assert len((await kept("Ben Ito"))["email_key"]) == 254


async def test_who_acts_for_the_deleted_acts_no_more(dana: Browser, cast: Cast) -> None:
    await sessions.start(cast.moana.id, cast.moana.email, "127.0.0.1", "tests")
    await sql.run('UPDATE sessions SET acting_as = $1 WHERE "user" = $2', cast.ben.id, cast.moana.id)
    await delete(dana, cast)
    assert await sql.value("SELECT count(*) FROM sessions WHERE acting_as IS NOT NULL") == 0


async def test_deleting_at_the_same_moment_is_done_once(cast: Cast) -> None:
    by = cast.dana.viewer(is_administrator=True)
    twice = (user_removal.remove(cast.ben.id, by) for _ in range(2))
    answers = await asyncio.gather(*twice, return_exceptions=True)
    assert answers.count("Ben Ito") == 1 and sum(isinstance(answer, Missing) for answer in answers) == 1
    assert len(await trail("user_deleted")) == 1


def test_a_name_that_is_taken_gets_its_giver_and_then_a_number() -> None:
    assert free_name("Desks", "Ben Ito", set()) == "Desks"
    assert free_name("Desks", "Ben Ito", {"desks"}) == "Desks (from Ben Ito)"
    assert free_name("Desks", "Ben Ito", {"desks", "desks (from ben ito)"}) == "Desks (from Ben Ito 2)"
    long = free_name("x" * 80, "Ben Ito " * 12, {"x" * 80})
    assert len(long) <= 80 and long.startswith("xxx") and "(from Ben Ito" in long
