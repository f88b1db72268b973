"""Approvals, names and the current basket while several people press at one moment (BASKET-5 to BASKET-7)."""

import asyncio

import pytest

from app.rules import basket_approvals, basket_lines, baskets
from app.rules.privileges import PURCHASING
from app.rules.refusals import Missing, Refused
from db import sql
from db.atomic import atomic
from tests.browser import Browser, words
from tests.cast import Cast, new_person
from tests.routes.basket_steps import ACTIVE, fill
from tests.rules_named import rule

APPROVAL = "/baskets/1/approvals"
TEMPLATE = "UPDATE baskets SET template_at = changed_at"


@pytest.fixture
async def dana(browser: Browser, cast: Cast) -> Browser:
    """Dana with a shared basket, number 1, that Ben may change and has as his current one."""
    await browser.sign_in(cast.dana)
    await browser.post("/baskets", {"name": "Fit-out", "visibility": "shared"})
    await browser.post(APPROVAL, {"user": cast.ben.id})
    await browser.sign_in(cast.ben)
    await browser.post("/baskets/1/current")
    return await browser.sign_in(cast.dana)


@rule("BASKET-5")
@pytest.mark.parametrize("how", ["removal", "private", "public", "deletion"])
async def test_a_request_that_waits_meanwhile_is_judged_when_its_turn_comes(
    dana: Browser, cast: Cast, how: str
) -> None:
    """Ben's line waits for the basket while Dana withdraws what lets him change it."""
    admin, ben = cast.dana.viewer(is_administrator=True), cast.ben.viewer(privileges=frozenset(PURCHASING))
    locked, adding = asyncio.Event(), []

    @atomic
    async def withdraw() -> None:
        await baskets.held(admin, 1)
        locked.set()
        for _ in range(60):  # so long that the other one comes as far as the lock
            await sql.value("SELECT 1")
        if how == "removal":
            await basket_approvals.remove(1, cast.ben.id, admin)
        elif how == "deletion":
            await baskets.remove(1, admin)
        else:
            await baskets.change(1, None, None, None, admin, visibility=how)

    async def add() -> None:
        await locked.wait()
        try:
            await basket_lines.add(1, cast.dock.sku, 1, ben)
        except (Refused, Missing) as refusal:
            adding.append(type(refusal))

    await asyncio.gather(withdraw(), add())
    assert adding == [Missing if how in ("private", "deletion") else Refused]
    assert await sql.value("SELECT count(*) FROM basket_lines") == 0


@rule("BASKET-5")
async def test_approving_twenty_times_at_once_is_one_approval(dana: Browser, cast: Cast) -> None:
    await dana.post(f"{APPROVAL}/{cast.ben.id}/removal")
    answers = await asyncio.gather(*(dana.post(APPROVAL, {"user": cast.ben.id}) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {303}
    assert await sql.value("SELECT count(*) FROM basket_approvals") == 1


@rule("BASKET-6")
async def test_two_renames_to_one_name_leave_one_at_its_field(dana: Browser) -> None:
    for name in ("First", "Second"):
        await dana.post("/baskets", {"name": name, "visibility": "private"})
    renames = (dana.post(f"/baskets/{n}", {"name": "The one"}) for n in (2, 3))
    answers = sorted(await asyncio.gather(*renames), key=lambda answer: answer.status_code)
    assert [answer.status_code for answer in answers] == [303, 422]
    assert "You have another basket named “The one”" in words(answers[1])
    assert answers[1].text.count('id="field-name-error"') == 1


@rule("BASKET-2")
@pytest.mark.parametrize("visibility", ["private", "public", "shared"])
async def test_each_visibility_counts_and_twenty_at_once_end_at_the_limit(
    browser: Browser, cast: Cast, visibility: str
) -> None:
    await browser.sign_in(cast.ben)
    await fill(cast.ben.id, cast.brightbyte, 99)
    news = ({"name": f"New {n}", "visibility": visibility} for n in range(20))
    answers = await asyncio.gather(*(browser.post("/baskets", new) for new in news))
    assert sorted(answer.status_code for answer in answers) == [303] + [422] * 19
    assert await sql.value(ACTIVE, cast.ben.id) == 100
    changed = await browser.post("/baskets/1", {"visibility": "shared"})
    assert changed.status_code == 303 and await sql.value(ACTIVE, cast.ben.id) == 100


@rule("BASKET-2")
async def test_twenty_restorations_at_once_end_at_the_limit(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    await fill(cast.ben.id, cast.brightbyte, 119)
    await asyncio.gather(*(browser.post(f"/baskets/{n}/removal") for n in range(1, 21)))
    back = await asyncio.gather(*(browser.post(f"/baskets/{n}/restoration") for n in range(1, 21)))
    assert sorted(answer.status_code for answer in back) == [303] + [422] * 19
    assert await sql.value(ACTIVE, cast.ben.id) == 100


@rule("BASKET-7")
@pytest.mark.parametrize("how", ["removal", "private", "public", "deletion", "archive", "template", "privilege"])
async def test_what_ben_may_not_change_any_more_is_not_his_current_basket(dana: Browser, cast: Cast, how: str) -> None:
    assert "Fit-out" in words(await (await dana.sign_in(cast.ben)).get("/"))
    await dana.sign_in(cast.dana)
    if how in ("private", "public"):
        await dana.post("/baskets/1", {"visibility": how})
    elif how == "removal":
        await dana.post(f"{APPROVAL}/{cast.ben.id}/removal")
    elif how == "deletion":
        await dana.post("/baskets/1/removal")
    elif how == "privilege":
        await sql.run("DELETE FROM user_privileges WHERE privilege = 'use_baskets'")
    else:
        await sql.run("UPDATE baskets SET archived_at = changed_at" if how == "archive" else TEMPLATE)
    await dana.sign_in(cast.ben)
    page = await dana.get("/orders")
    assert page.status_code == 200 and "/baskets/1" not in page.text and "Fit-out" not in words(page)
    added = await dana.post("/baskets/0/lines", {"sku": cast.dock.sku, "quantity": 1})
    assert added.status_code == (403 if how == "privilege" else 303)
    assert await sql.value("SELECT count(*) FROM basket_lines WHERE basket = 1") == 0
    assert await sql.value("SELECT current_basket FROM users WHERE id = $1", cast.ben.id) == (
        1 if how == "privilege" else 2
    )


@rule("BASKET-7")
async def test_a_template_is_never_the_current_basket(dana: Browser) -> None:
    await sql.run(TEMPLATE)
    answer = await dana.post("/baskets/1/current")
    assert answer.status_code == 403 and "is a template" in words(answer)


@rule("BASKET-7")
async def test_the_choice_names_whose_a_shared_basket_is(dana: Browser, cast: Cast) -> None:
    await dana.sign_in(cast.ben)
    await dana.post("/baskets", {"name": "Mine", "visibility": "private"})
    await dana.post("/baskets/2/current")
    said = words(await dana.get("/baskets/choices", htmx=True))
    assert "Fit-out shared Dana Reyes's" in said
    assert "“Fit-out” is the current basket" in words(await dana.post("/baskets/1/current", htmx=True))


@rule("USER-2", "BASKET-5")
async def test_a_basket_that_is_handed_over_keeps_its_lines_and_who_may_change_it(browser: Browser, cast: Cast) -> None:
    """Ben shared a basket with Kim; Dana deletes Ben, and goes on with it."""
    kim = await new_person("Kim Roa", "kim@brightbyte.example", cast.brightbyte, *PURCHASING)
    await browser.sign_in(cast.ben)
    await browser.post("/baskets", {"name": "Ours", "visibility": "shared"})
    await browser.post("/baskets/1/lines", {"sku": cast.dock.sku, "quantity": 2})
    for user in (kim, cast.dana):
        await browser.post(APPROVAL, {"user": user.id})
    revision = await sql.value("SELECT revision FROM baskets")
    await browser.sign_in(cast.dana)
    assert (await browser.post(f"/account/users/{cast.ben.id}/removal")).status_code == 303
    assert [row["user"] for row in await sql.rows('SELECT "user" FROM basket_approvals')] == [kim.id]
    assert await sql.value("SELECT revision FROM baskets") == revision
    assert "Ours" in words(await browser.get("/company-baskets"))
    assert (await browser.post(f"{APPROVAL}/{cast.ben.id}/removal")).status_code == 404
    await browser.sign_in(kim)
    assert (await browser.post("/baskets/1/lines", {"sku": cast.dock.sku, "quantity": 1})).status_code == 303
    assert await sql.value("SELECT quantity FROM basket_lines") == 3
