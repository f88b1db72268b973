"""Dana chooses who sees her basket and which colleagues change it, in place and plainly (BASKET-5, BASKET-6)."""

from collections.abc import AsyncIterator

import pytest

from app.rules.privileges import Privilege
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast, new_person
from tests.rules_named import rule

NEW = {"name": "Fit-out", "visibility": "shared", "note": ""}
APPROVED = 'SELECT "user" FROM basket_approvals ORDER BY "user"'
PATH = "/baskets/1/approvals"


@pytest.fixture
async def dana(browser: Browser, cast: Cast) -> Browser:
    """Dana with a shared basket, number 1."""
    await browser.sign_in(cast.dana)
    assert (await browser.post("/baskets", NEW)).headers["Location"] == "/baskets/1"
    return browser


async def approved() -> list[int]:
    return [row["user"] for row in await sql.rows(APPROVED)]


@pytest.fixture
async def ben(portal: object, cast: Cast) -> AsyncIterator[Browser]:
    async with Browser(portal) as his:
        yield await his.sign_in(cast.ben)


@rule("BASKET-5")
async def test_dana_approves_ben_and_it_holds_at_his_next_request(dana: Browser, ben: Browser, cast: Cast) -> None:
    line = {"sku": cast.dock.sku, "quantity": 2}
    assert (await ben.post("/baskets/1/lines", line)).status_code == 403
    page = await dana.follow(await dana.post(PATH, {"user": cast.ben.id}))
    assert "Saved." in words(page) and await approved() == [cast.ben.id]
    assert (await ben.post("/baskets/1/lines", line)).status_code == 303
    await dana.post(f"{PATH}/{cast.ben.id}/removal")
    assert (await ben.post("/baskets/1/lines", line)).status_code == 403 and await approved() == []


@rule("BASKET-5")
async def test_each_box_saves_itself(dana: Browser, cast: Cast) -> None:
    shown = await dana.get(PATH, htmx=True)
    assert "<html" not in shown.text and f'action="{PATH}"' in shown.text
    piece = await dana.post(PATH, {"user": cast.ben.id}, htmx=True)
    assert piece.status_code == 200 and "<html" not in piece.text
    assert "Ben Ito can change it from now on." in words(piece)
    assert f'action="{PATH}/{cast.ben.id}/removal"' in piece.text
    gone = await dana.post(f"{PATH}/{cast.ben.id}/removal", htmx=True)
    assert "Ben Ito can change it no more." in words(gone) and await approved() == []


async def test_approving_twice_is_approving_once(dana: Browser, cast: Cast) -> None:
    for _ in range(2):
        assert (await dana.post(PATH, {"user": cast.ben.id})).status_code == 303
    assert await approved() == [cast.ben.id]
    for _ in range(2):
        assert (await dana.post(f"{PATH}/{cast.ben.id}/removal")).status_code == 303


@rule("BASKET-6")
@pytest.mark.parametrize("who", ["dana", "sam", "moana", "nobody"])
async def test_nobody_but_a_colleague_is_approved(dana: Browser, cast: Cast, who: str) -> None:
    user = 99_999 if who == "nobody" else getattr(cast, who).id
    for htmx in (False, True):
        answer = await dana.post(PATH, {"user": user}, htmx=htmx)
        assert answer.status_code == 422 and "Choose one of your colleagues." in words(answer)
    assert (await dana.post(f"{PATH}/{user}/removal")).status_code == 404
    assert await approved() == []


async def test_vera_is_shown_with_the_reason_and_cannot_be_approved(dana: Browser, cast: Cast) -> None:
    page = await dana.get(PATH)
    assert "Vera Lind Lacks the privilege “use baskets”. You can allow it." in words(page)
    assert f'name="user" value="{cast.vera.id}"' not in page.text
    answer = await dana.post(PATH, {"user": cast.vera.id})
    assert answer.status_code == 422 and "Lacks the privilege" in words(answer) and await approved() == []


async def test_a_disabled_colleague_is_no_choice(dana: Browser, cast: Cast) -> None:
    await dana.post(f"/account/users/{cast.ben.id}/suspension")
    assert "Ben Ito" not in words(await dana.get(PATH))
    assert (await dana.post(PATH, {"user": cast.ben.id})).status_code == 422 and await approved() == []


async def test_who_was_approved_and_is_disabled_can_be_taken_off(dana: Browser, cast: Cast) -> None:
    await dana.post(PATH, {"user": cast.ben.id})
    await dana.post(f"/account/users/{cast.ben.id}/suspension")
    assert "Ben Ito Cannot log in" in words(await dana.get(PATH))
    assert (await dana.post(f"{PATH}/{cast.ben.id}/removal")).status_code == 303 and await approved() == []


@rule("BASKET-6")
@pytest.mark.parametrize("who", ["ben", "kim"])
async def test_only_the_creator_approves(dana: Browser, cast: Cast, who: str) -> None:
    kim = await new_person("Kim Roa", "kim@brightbyte.example", cast.brightbyte, Privilege.USE_BASKETS)
    await dana.post(PATH, {"user": cast.ben.id})
    await dana.sign_in(kim if who == "kim" else cast.ben)
    assert (await dana.get(PATH)).status_code == 403
    for path in (PATH, f"{PATH}/{cast.ben.id}/removal"):
        answer = await dana.post(path, {"user": kim.id})
        assert answer.status_code == 403 and "Only Dana Reyes" in words(answer)
    assert (await dana.post("/baskets/1", {"visibility": "private"})).status_code == 403
    assert await approved() == [cast.ben.id]
    assert "Who sees and changes it" not in words(await dana.get("/baskets/1"))


async def test_it_needs_the_privilege_and_does_not_exist_for_sam(dana: Browser, cast: Cast) -> None:
    for person, status in ((cast.vera, 403), (cast.sam, 404)):
        await dana.sign_in(person)
        missing = [await dana.post(path, {"user": cast.ben.id}) for path in (PATH, "/baskets/99999/approvals")]
        assert {answer.status_code for answer in missing} == {status} and words(missing[0]) == words(missing[1])
        assert (await dana.post(f"{PATH}/{cast.ben.id}/removal")).status_code == status
        assert (await dana.get(PATH)).status_code == status
    assert await approved() == []


async def test_a_get_changes_nothing(dana: Browser, cast: Cast) -> None:
    await dana.post(PATH, {"user": cast.ben.id})
    assert (await dana.get(f"{PATH}/{cast.ben.id}/removal")).status_code == 405
    assert (await dana.get(f"{PATH}?user={cast.vera.id}")).status_code == 200
    assert await approved() == [cast.ben.id]


@rule("BASKET-4", "BASKET-5")
@pytest.mark.parametrize(("kind", "status"), [("private", 404), ("public", 403)])
async def test_approvals_rest_while_it_is_not_shared(
    dana: Browser, ben: Browser, cast: Cast, kind: str, status: int
) -> None:
    await dana.post(PATH, {"user": cast.ben.id})
    piece = await dana.post("/baskets/1", {"visibility": kind, "at": "approvals"}, htmx=True)
    assert "Approvals count only while it is shared" in words(piece) and f"{kind.capitalize()} now" in words(piece)
    line = {"sku": cast.dock.sku, "quantity": 1}
    assert (await ben.post("/baskets/1/lines", line)).status_code == status
    kim = await new_person("Kim Roa", "kim@brightbyte.example", cast.brightbyte, Privilege.USE_BASKETS)
    refused = await dana.post(PATH, {"user": kim.id})
    assert refused.status_code == 422 and "they rest" in words(refused) and await approved() == [cast.ben.id]
    await dana.post("/baskets/1", {"visibility": "shared"})
    assert (await ben.post("/baskets/1/lines", line)).status_code == 303


@rule("BASKET-6")
async def test_the_visibility_changes_plainly_and_in_place(dana: Browser) -> None:
    page = await dana.follow(await dana.post("/baskets/1", {"visibility": "public", "at": "approvals"}))
    assert "Saved." in words(page) and 'value="public" checked' in page.text
    piece = await dana.post("/baskets/1", {"visibility": "private", "at": "approvals"}, htmx=True)
    assert 'id="basket-1-seen-by"' in piece.text and "Private now: only you see it." in words(piece)
    for htmx in (False, True):
        wrong = await dana.post("/baskets/1", {"visibility": "all", "at": "approvals"}, htmx=htmx)
        assert wrong.status_code == 422 and "Choose private, public or shared." in words(wrong)
    assert await sql.value("SELECT visibility FROM baskets") == "private"


async def test_the_choice_is_a_constant_number_of_statements(dana: Browser, cast: Cast) -> None:
    counts = []
    for few in (2, 20):
        for number in range(few):
            email = f"kit{few}-{number}@brightbyte.example"
            await new_person(f"Kit {number}", email, cast.brightbyte, Privilege.USE_BASKETS)
        before = sql.statements()
        assert (await dana.get(PATH)).status_code == 200
        counts.append(sql.statements() - before)
    assert counts[0] == counts[1]
