""" "My Profile": the account information, who is there for one, and the ways on (PROFILE-1)."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from app.rules import sessions
from db import sql
from tests.browser import Browser, words
from tests.cast import PASSWORD, Cast
from tests.goods import NOW
from tests.routes.test_kept_forms import WAITED, after_log_in
from tests.rules_named import rule
from tests.second_step import give_app

PATH = "/account/profile"
INFORMATION = {"name": "Ben Itō", "phone": "+64 21 5550", "job_title": "Buyer", "time_zone": "Australia/Perth"}


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    return await browser.sign_in(cast.ben)


async def as_kept(user_id: int) -> sql.Row:
    found = await sql.row("SELECT name, phone, job_title, time_zone, version FROM users WHERE id = $1", user_id)
    assert found
    return found


@rule("PROFILE-1")
async def test_ben_reads_his_profile(ben: Browser, cast: Cast) -> None:
    await sql.run("UPDATE companies SET account_manager = $2 WHERE id = $1", cast.brightbyte, cast.moana.id)
    page = await ben.get(PATH)
    seen = words(page)
    for label in ("Account Information", "Account Administrator", "Account manager", "Notification Preferences"):
        assert label in seen
    assert "Dana Reyes" in seen and "dana@brightbyte.example" in seen and "Only Harbour Distribution" in seen
    assert "Moana Pike" in seen and "moana@harbour.example" in seen
    for way in ("/account/profile/password", "/account/profile/challenge", "/account/profile/second-step"):
        assert f'href="{way}"' in page.text


@rule("PROFILE-1")
async def test_ben_sees_whether_his_log_in_has_a_second_step(ben: Browser, cast: Cast) -> None:
    assert "Second step Off. Codes" in words(await ben.get(PATH))
    await give_app(cast.ben)
    assert re.search(r"Second step On since \d+ \w+ \d{4}, \d+ recovery codes left\. Codes", words(await ben.get(PATH)))


async def test_a_manager_who_may_not_log_in_is_nobodys_contact(ben: Browser, cast: Cast) -> None:
    await sql.run("UPDATE companies SET account_manager = $2 WHERE id = $1", cast.brightbyte, cast.moana.id)
    await sql.run('INSERT INTO suspensions ("user", at) VALUES ($1, $2)', cast.moana.id, NOW)
    assert "Moana Pike" not in (await ben.get(PATH)).text


@rule("PROFILE-1")
async def test_ben_changes_his_information(ben: Browser, cast: Cast) -> None:
    page = await ben.follow(await ben.post(PATH, INFORMATION))
    assert "Your account information is saved." in words(page) and 'value="Ben Itō"' in page.text
    now = await as_kept(cast.ben.id)
    assert {name: now[name] for name in INFORMATION} == INFORMATION and now["version"] == 2
    entry = await sql.row("SELECT before, after, subject FROM audit_entries WHERE action = 'profile_changed'")
    assert entry and "name: Ben Ito," in entry["before"] and "Australia/Perth" in entry["after"]
    assert entry["subject"] == f"user {cast.ben.id}"


async def test_in_place_the_form_comes_back_with_the_name_in_the_header(ben: Browser) -> None:
    piece = await ben.post(PATH, INFORMATION, htmx=True)
    assert piece.status_code == 200 and "<html" not in piece.text and 'id="account-information"' in piece.text
    assert 'id="viewer-name" data-hx-swap-oob="true">Ben Itō<' in piece.text
    wrong = await ben.post(PATH, {**INFORMATION, "name": " ", "phone": "+64 7"}, htmx=True)
    assert wrong.status_code == 422 and "Type your name." in words(wrong) and 'value="+64 7"' in wrong.text
    assert "<html" not in wrong.text


async def test_saving_what_is_there_changes_nothing(ben: Browser, cast: Cast) -> None:
    assert (await ben.post(PATH, {"name": "Ben Ito"})).status_code == 303
    assert (await as_kept(cast.ben.id))["version"] == 1
    assert not await sql.value("SELECT count(*) FROM audit_entries WHERE action = 'profile_changed'")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("name", ""),
        ("name", "x" * 100_000),
        ("name", "Ben\0"),
        ("name", "Ben \u202eoti"),
        ("phone", "1" * 41),
        ("job_title", "x" * 101),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", "x" * 1_000),
    ],
)
async def test_what_cannot_be_kept_is_said_at_its_field(ben: Browser, cast: Cast, name: str, typed: str) -> None:
    answer = await ben.post(PATH, {**INFORMATION, name: typed})
    assert answer.status_code == 422 and f'id="field-{name}-error"' in answer.text
    assert (await as_kept(cast.ben.id))["name"] == "Ben Ito"


@pytest.mark.parametrize("typed", ["Ben\r\nBcc: all@evil.example", "{{7*7}} %s <b>", "e" + "\u0301" * 99])
async def test_odd_names_are_kept_as_one_line_of_text(ben: Browser, cast: Cast, typed: str) -> None:
    page = await ben.follow(await ben.post(PATH, {**INFORMATION, "name": typed}))
    assert page.status_code == 200 and "<b>" not in page.text.replace("<b>Demo", "") and "\r" not in page.text
    assert (await as_kept(cast.ben.id))["name"] == " ".join(typed.split())


async def test_two_tabs_never_write_over_each_other(ben: Browser, cast: Cast) -> None:
    await ben.post(PATH, {**INFORMATION, "version": 1})
    for htmx in (False, True):
        late = await ben.post(PATH, {"name": "Benjamin", "phone": "", "version": 1}, htmx=htmx)
        assert late.status_code == 409 and 'value="Benjamin"' in late.text
        assert "This is “Ben Itō” now." in words(late) and 'name="version" value="2"' in late.text
    assert (await as_kept(cast.ben.id))["name"] == "Ben Itō"
    assert (await ben.post(PATH, {"name": "Benjamin", "version": 2})).status_code == 303


async def test_nobody_changes_more_than_the_form_has(ben: Browser, cast: Cast) -> None:
    more = {"is_administrator": 1, "company": cast.coastline, "email": "x@y.example", "privileges": "invoices"}
    await ben.post(PATH, {**INFORMATION, **more, "id": cast.dana.id, "user": cast.dana.id})
    row = await sql.row("SELECT company, email, is_administrator FROM users WHERE id = $1", cast.ben.id)
    assert row and row["company"] == cast.brightbyte and row["email"] == cast.ben.email
    assert not row["is_administrator"] and (await as_kept(cast.dana.id))["name"] == "Dana Reyes"


@rule("LOGIN-3")
async def test_who_has_just_come_in_is_led_on(ben: Browser) -> None:
    page = await ben.get(f"{PATH}?welcome=1")
    assert "You are in." in words(page) and "/account/profile/notifications?welcome=1" in page.text
    answer = await ben.post(PATH, {**INFORMATION, "welcome": 1})
    assert answer.headers["Location"] == "/account/profile/notifications?welcome=1"


async def test_staff_who_have_just_come_in_are_led_to_the_desk(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.moana)
    assert f"{PATH}/notifications" not in (await browser.get(f"{PATH}?welcome=1")).text
    assert (await browser.post(PATH, {"name": "Moana", "welcome": 1})).headers["Location"] == "/desk"


async def test_times_are_shown_in_the_chosen_zone(ben: Browser) -> None:
    await ben.post(PATH, INFORMATION)
    assert 'title="Australia/Perth"' in (await ben.get(PATH)).text


async def test_staff_have_a_profile_without_a_company(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.moana)
    seen = words(await browser.get(PATH))
    assert "Account Information" in seen and "Account manager" not in seen
    assert (await browser.follow(await browser.post(PATH, {"name": "Moana P"}))).status_code == 200


async def test_a_visitor_is_led_to_the_log_in(browser: Browser) -> None:
    answer = await browser.get(PATH)
    assert answer.status_code == 303 and answer.headers["Location"].startswith("/login")
    assert (await browser.get("/account")).status_code == 303


async def test_my_account_lists_its_pages(ben: Browser, cast: Cast) -> None:
    page = await ben.get("/account")
    seen = words(page)
    for label in ("My Profile", "Notification Preferences", "My Orders", "Address book", "Settings"):
        assert label in seen
    assert "User Administration" not in page.text.partition("<main")[2]
    ben.plant(await sessions.start(cast.dana.id, cast.dana.email, "127.0.0.1", "tests"))
    page = await ben.get("/account")
    assert "User Administration" in words(page) and "Audit trail" in words(page)


async def test_the_tabs_mark_where_one_is(ben: Browser) -> None:
    tabs = (await ben.get(PATH)).text.partition('aria-label="My Account"')[2].partition("</nav>")[0]
    assert tabs.count("aria-current") == 1 and 'href="/account/profile" aria-current="page"' in tabs


@rule("LOGIN-9")
async def test_what_was_typed_is_found_again_after_the_log_in(ben: Browser, cast: Cast) -> None:
    kept = {"phone": "+64 9 5551", "name": "Benjamin", "version": "1"}
    page = await after_log_in(ben, cast.ben, PATH, kept)
    assert WAITED in words(page) and 'value="+64 9 5551"' in page.text and page.headers["HX-Replace-Url"] == PATH
    page = await after_log_in(ben, cast.ben, f"{PATH}/email", {"email": "b@brightbyte.example"})
    assert WAITED in words(page) and 'value="b@brightbyte.example"' in page.text
    assert (await as_kept(cast.ben.id))["name"] == "Ben Ito"


@rule("DESK-6")
async def test_who_acts_for_ben_changes_neither_his_address_nor_his_sessions(ben: Browser, cast: Cast) -> None:
    later = datetime.now(UTC) + timedelta(minutes=30)
    await sql.run(
        'UPDATE sessions SET "user" = $1, acting_as = $2, acting_until = $3', cast.moana.id, cast.ben.id, later
    )
    await sessions.start(cast.ben.id, cast.ben.email, "203.0.113.9", "Firefox")
    page = await ben.get(PATH)
    assert "Ben Ito" in words(page) and "203.0.113.9" not in page.text and f'action="{PATH}/email' not in page.text
    for path in ("email", "email/removal", "sessions/removal", "sessions/2/removal"):
        answer = await ben.post(f"{PATH}/{path}", {"email": "x@y.example", "current_password": PASSWORD})
        assert answer.status_code == 403 and "that is theirs alone" in words(answer)
    assert await sql.value("SELECT count(*) FROM sessions") == 2
    mail = f"{PATH}/notifications/order_confirmation/addresses"
    assert f'action="{mail}' not in (await ben.get(f"{PATH}/notifications")).text
    for path in ("", "/1/removal", "/1/link"):
        assert (await ben.post(mail + path, {"address": "x@y.example"})).status_code == 403
