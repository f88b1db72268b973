"""User Administration: the list, a new user, details (USER-1, USER-2)."""

import pytest

from app.rules import log_ins, user_privileges
from app.rules.privileges import BASICS, Privilege
from db import sql
from db.sql import Row
from db.users import User
from tests.browser import Browser, words
from tests.cast import Cast, new_person
from tests.mailed import letters, secret
from tests.rules_named import rule

KIM = {"name": "Kim Ngata", "email": "Kim@Brightbyte.example", "phone": "021 555", "job_title": "Buyer"}


@pytest.fixture
async def dana(browser: Browser, cast: Cast) -> Browser:
    return await browser.sign_in(cast.dana)


async def boxes(user_id: int) -> set[str]:
    rows = await sql.rows('SELECT privilege FROM user_privileges WHERE "user" = $1', user_id)
    return {row["privilege"] for row in rows}


async def kept(name: str) -> Row:
    found = await sql.row("SELECT * FROM users WHERE name = $1", name)
    assert found, name
    return found


async def trail(action: str) -> list[Row]:
    return await sql.rows("SELECT * FROM audit_entries WHERE action = $1 ORDER BY id", action)


@rule("USER-1")
async def test_dana_sees_all_users_with_state_privileges_and_last_log_in(dana: Browser, cast: Cast) -> None:
    await sql.run("INSERT INTO suspensions (\"user\", at) SELECT id, created_at FROM users WHERE name = 'Vera Lind'")
    read = words(await dana.get("/account/users"))
    for part in ("Add New User", "Ben Ito", "ben@brightbyte.example", "Purchasing and 1 more", "disabled", "never"):
        assert part in read
    assert "has not logged in yet" in read and "all" in read and "4 users" not in read and "3 users, 1 to 3" in read
    assert "Sam" not in read and "Moana" not in read


@rule("USER-1")
@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("q=ben", ["Ben Ito"]),
        ("q=VERA@bright", ["Vera Lind"]),
        ("privilege=place_orders", ["Ben Ito", "Dana Reyes"]),
        ("state=new", ["Ben Ito", "Vera Lind"]),
        ("state=locked", ["Vera Lind"]),
        ("state=new&privilege=see_availability&q=ito", ["Ben Ito"]),
        ("q=%25", []),
        ("state=nonsense&privilege=%27", ["Ben Ito", "Dana Reyes", "Vera Lind"]),
        ("page=7", []),
    ],
)
async def test_the_list_is_searched_and_filtered(dana: Browser, cast: Cast, asked: str, names: list[str]) -> None:
    if "locked" in asked:
        for _ in range(5):
            with pytest.raises(log_ins.LoginFailed):
                await log_ins.log_in(cast.vera.email, "wrong", "127.0.0.1", "tests")
    page = await dana.get(f"/account/users?{asked}")
    found = [name for name in ("Ben Ito", "Dana Reyes", "Vera Lind") if f">{name}</a>" in page.text]
    assert found == names and ("No user fits" in words(page)) is (not names)


@rule("USER-2", "LOGIN-2")
async def test_dana_adds_a_user_who_gets_a_password_by_mail(dana: Browser, cast: Cast) -> None:
    form = words(await dana.get("/account/users/new?email=kim@brightbyte.example"))
    assert "Quick Selection" in form and "Basics Support Purchasing All Reset" in form
    page = await dana.follow(await dana.post("/account/users", {**KIM, "privileges": ["place_orders", "invoices"]}))
    assert "Kim Ngata is added" in words(page) and "has not logged in yet" in words(page)
    made = await kept("Kim Ngata")
    assert page.url.path == f"/account/users/{made['id']}" and made["company"] == cast.brightbyte
    assert await boxes(made["id"]) == {"place_orders", "see_prices", "use_baskets", "invoices"}
    assert (made["email"], made["email_key"], made["phone"]) == (
        "Kim@Brightbyte.example",
        KIM["email"].lower(),
        "021 555",
    )
    password = await secret("temporary_password", "password")
    assert password not in page.text
    assert await log_ins.log_in("kim@brightbyte.example", password, "127.0.0.1", "tests")


@rule("USER-7")
async def test_a_new_user_stands_in_the_trail(dana: Browser, cast: Cast) -> None:
    await dana.post("/account/users", {**KIM, "name": "Kim\r\nNgata", "privileges": "see_prices"})
    [entry] = await trail("user_added")
    assert entry["actor_name"] == "Dana Reyes" and entry["subject_name"] == "Kim Ngata"
    assert entry["company"] == cast.brightbyte and "“see prices”" in entry["after"]


async def test_the_address_of_who_has_no_profile_stands_filled_in(dana: Browser) -> None:
    page = await dana.get("/account/users/new?email=new%2Bone@brightbyte.example")
    assert 'value="new+one@brightbyte.example"' in page.text


@rule("LOGIN-1")
@pytest.mark.parametrize("email", ["BEN@brightbyte.example", "ben@brightbyte.example ", "ｂen@brightbyte.example"])
async def test_an_address_is_used_once_on_the_whole_site(dana: Browser, email: str) -> None:
    page = await dana.post("/account/users", {**KIM, "email": email, "privileges": "invoices"})
    assert page.status_code == 422 and "Ben Ito logs in with this address already" in words(page)
    assert 'value="Kim Ngata"' in page.text and 'value="invoices" checked' in page.text
    assert not await letters("temporary_password")


async def test_whose_address_it_is_stays_in_the_company(dana: Browser, cast: Cast) -> None:
    for person in (cast.sam, cast.ari):
        page = await dana.post("/account/users", {**KIM, "email": person.email})
        assert page.status_code == 422 and "in use already" in words(page) and person.name not in page.text
    for _ in range(18):
        await dana.post("/account/users", {**KIM, "email": cast.sam.email})
    assert (await dana.post("/account/users", {**KIM, "email": cast.sam.email})).status_code == 429


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "x" * 101),
        ("name", "Kim\0"),
        ("name", "Kim \u202e ataN"),
        ("email", "kim"),
        ("email", "kim@b.example\r\nBcc: all@b.example"),
        ("email", ""),
        ("phone", "1" * 41),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(dana: Browser, field: str, typed: str) -> None:
    page = await dana.post("/account/users", {**KIM, field: typed})
    assert page.status_code == 422 and f'id="field-{field}-error"' in page.text
    other = "job_title"
    assert f'value="{KIM[other]}"' in page.text
    assert await sql.value("SELECT count(*) FROM users WHERE job_title = 'Buyer'") == 0


async def test_every_wrong_field_is_said_at_once(dana: Browser) -> None:
    page = await dana.post("/account/users", {"name": "", "email": "kim"})
    assert 'id="field-name-error"' in page.text and 'id="field-email-error"' in page.text


@rule("USER-5")
async def test_quick_selection_ticks_in_the_new_form_without_losing_what_was_typed(dana: Browser) -> None:
    page = await dana.post("/account/users/new", {**KIM, "shown": "", "quick": "Basics"})
    assert page.status_code == 200 and 'value="Kim Ngata"' in page.text
    assert all(f'value="{box}" checked' in page.text for box in BASICS) and page.text.count(" checked") == len(BASICS)
    piece = await dana.post("/account/users/new", {"shown": "", "privileges": "statements"}, htmx=True)
    assert "<html" not in piece.text and 'value="invoices" checked' in piece.text
    assert "Ticked as well: “invoices”, for “account statements”." in words(piece)
    assert await User.count() == 7


@rule("USER-1", "USER-6")
@pytest.mark.parametrize("who", ["ben", "vera", "moana", "ari"])
async def test_nobody_else_opens_user_administration(browser: Browser, cast: Cast, who: str) -> None:
    await browser.sign_in(getattr(cast, who))
    for path in ("", "/new", f"/{cast.vera.id}", "/99999"):
        assert (await browser.get(f"/account/users{path}")).status_code == 403
    for path in ("", "/new", f"/{cast.vera.id}", f"/{cast.vera.id}/privileges", "/99999"):
        assert (await browser.post(f"/account/users{path}", KIM)).status_code == 403


async def test_a_visitor_is_led_to_the_log_in(browser: Browser, cast: Cast) -> None:
    assert (await browser.get(f"/account/users/{cast.ben.id}")).headers["Location"].startswith("/login")


async def test_fifty_users_stand_on_a_page(dana: Browser, cast: Cast) -> None:
    for number in range(48):
        await new_person(f"Person {number:02}", f"p{number}@brightbyte.example", cast.brightbyte, Privilege.INVOICES)
    before = sql.statements()
    read = words(await dana.get("/account/users"))
    spent = sql.statements() - before
    assert "51 users, 1 to 50" in read and "Vera Lind" not in read
    assert "51 users, 51 to 51" in words(await dana.get("/account/users?page=2"))
    assert spent <= 4 and user_privileges.short({Privilege.INVOICES}) in read
