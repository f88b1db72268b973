"""A user's name, phone and job title, also where two administrators change them at once (USER-2)."""

import pytest

from tests.browser import Browser, words
from tests.cast import Cast
from tests.routes.test_users import kept, trail
from tests.rules_named import rule


@pytest.fixture
async def dana(browser: Browser, cast: Cast) -> Browser:
    return await browser.sign_in(cast.dana)


@rule("USER-2")
async def test_dana_changes_bens_details(dana: Browser, cast: Cast) -> None:
    path = f"/account/users/{cast.ben.id}"
    assert 'value="Ben Ito"' in (await dana.get(path)).text
    sent = {"name": "Ben <Ito>", "phone": "09", "job_title": "Head buyer", "version": "1", "email": "x@y.example"}
    page = await dana.follow(await dana.post(path, sent))
    assert "Saved." in words(page) and "Ben &lt;Ito&gt;" in page.text
    now = await kept("Ben <Ito>")
    assert (now["phone"], now["email"], now["version"]) == ("09", cast.ben.email, 2)
    [entry] = await trail("user_changed")
    assert "name “Ben Ito”" in entry["before"] and "job title “Head buyer”" in entry["after"]
    assert (await dana.post(path, {**sent, "name": " "})).status_code == 422


@rule("USER-2")
async def test_two_administrators_who_change_one_user_see_both_values(dana: Browser, cast: Cast) -> None:
    path = f"/account/users/{cast.ben.id}"
    await dana.post(path, {"name": "Ben Ito", "phone": "09 111", "job_title": "Buyer", "version": "1"})
    late = {"name": "Ben Ito", "phone": "09 222", "job_title": "Buyer", "version": "1"}
    page = await dana.post(path, late)
    assert page.status_code == 409 and "became “09 111”" in words(page) and 'value="09 222"' in page.text
    assert (await kept("Ben Ito"))["phone"] == "09 111"
    assert 'name="version" value="2"' in page.text.replace("\n", " ")
    assert (await dana.post(path, {**late, "version": "2"})).status_code == 303
    assert (await kept("Ben Ito"))["phone"] == "09 222"


async def test_the_same_change_twice_is_none(dana: Browser, cast: Cast) -> None:
    sent = {"name": "Ben Ito", "phone": "09", "job_title": "", "version": "1"}
    for _ in range(2):
        assert (await dana.post(f"/account/users/{cast.ben.id}", sent)).status_code == 303
    assert len(await trail("user_changed")) == 1


async def test_who_is_locked_out_of_a_new_form_finds_it_again(browser: Browser, cast: Cast) -> None:
    await browser.get("/login")
    kept_fields = {"kept_name": ["name", "privileges"], "kept_value": ["Kim Ngata", "invoices"]}
    for path, shown in (("/account/users", "Kim Ngata"), (f"/account/users/{cast.ben.id}", "Kim Ngata")):
        entered = {"email": cast.dana.email, "password": "Demo-portal-2026!", "kept_path": path, **kept_fields}
        page = await browser.post("/login", entered)
        assert page.status_code == 200 and f'value="{shown}"' in page.text and "Your session ended" in words(page)
        browser.sign_out()
        await browser.get("/login")
