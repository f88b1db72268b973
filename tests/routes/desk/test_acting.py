"""Acting for a customer: marked on every page and on what was done, for an hour (DESK-6)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.rules import audit
from app.rules.privileges import Role
from app.visits import SESSION_COOKIE
from db import sql
from db.users import CompanySuspension, Session, StaffRole, Suspension, User
from tests.browser import Browser, words
from tests.cast import PASSWORD, Cast, Person
from tests.checking_out import basket_of, placed
from tests.rules_named import rule

pytestmark = rule("DESK-6")
BAND = "Moana Pike as Ben Ito of Brightbyte Ltd"


def path(company: int, person: Person) -> str:
    return f"/desk/companies/{company}/users/{person.id}/acting"


async def as_ben(browser: Browser, cast: Cast) -> Browser:
    """Moana sees the portal as Ben."""
    await browser.sign_in(cast.moana)
    answer = await browser.post(path(cast.brightbyte, cast.ben))
    assert answer.status_code == 303 and answer.headers["Location"] == "/"
    return browser


async def trail(action: str) -> list[dict[str, Any]]:
    return await sql.rows("SELECT * FROM audit_entries WHERE action = $1 ORDER BY id", action)


async def test_moana_sees_the_portal_as_ben_on_every_page(browser: Browser, cast: Cast) -> None:
    await as_ben(browser, cast)
    for address in ("/", "/baskets", "/orders", "/products", f"/products/{cast.dock.sku}", "/nowhere"):
        assert BAND in words(await browser.get(address)), address
    assert (await browser.get("/desk")).status_code == 403
    begun = (await trail("acting_begun"))[0]
    assert (begun["actor_name"], begun["subject_name"], begun["company"]) == ("Moana Pike", "Ben Ito", cast.brightbyte)
    assert {(row["actor_name"], row["acting_as_name"]) for row in await trail("saw")} == {("Moana Pike", "Ben Ito")}


async def test_the_session_gets_a_new_token_at_each_end(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.moana)
    tokens = [browser.http.cookies[SESSION_COOKIE]]
    await browser.post(path(cast.brightbyte, cast.ben))
    tokens.append(browser.http.cookies[SESSION_COOKIE])
    answer = await browser.post("/acting/removal")
    assert answer.headers["Location"] == f"/desk/companies/{cast.brightbyte}/users/{cast.ben.id}"
    tokens.append(browser.http.cookies[SESSION_COOKIE])
    assert len(set(tokens)) == 3
    assert (await browser.get("/desk")).status_code == 200 and BAND not in words(await browser.get("/"))
    assert [(row["actor_name"], row["acting_as_name"]) for row in await trail("acting_ended")] == [
        ("Moana Pike", "Ben Ito")
    ]
    for token in tokens[:2]:
        browser.plant(token)
        assert (await browser.get("/desk")).headers["Location"].startswith("/login")


@rule("ORDER-8")
async def test_an_order_and_its_confirmation_name_both(browser: Browser, cast: Cast) -> None:
    await as_ben(browser, cast)
    number = await placed(browser, await basket_of(cast.ben, (cast.dock, 1)))
    assert "Placed by Moana Pike for Ben Ito" in words(await browser.get(f"/orders/{number}"))
    order = await sql.row("SELECT placed_by, acted_by FROM orders WHERE number = $1", number)
    assert order == {"placed_by": cast.ben.id, "acted_by": cast.moana.id}
    mail = await sql.row("SELECT text, html FROM notices WHERE kind = 'order_confirmation'")
    assert mail and all("by Moana Pike for Ben Ito" in mail[part] for part in ("text", "html"))


async def test_bens_own_order_names_him_alone(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    number = await placed(browser, await basket_of(cast.ben, (cast.dock, 1)))
    assert "Placed by Ben Ito" in words(await browser.get(f"/orders/{number}"))
    assert await sql.value("SELECT acted_by FROM orders WHERE number = $1", number) is None


async def test_it_ends_by_itself_after_an_hour(browser: Browser, cast: Cast) -> None:
    await as_ben(browser, cast)
    until = (await Session.select(Session.acting_until).first())["acting_until"]  # type: ignore[index]
    assert timedelta(minutes=59) < until - datetime.now(UTC) <= timedelta(minutes=60)
    await sql.run("UPDATE sessions SET acting_until = $1", datetime.now(UTC) - timedelta(seconds=1))
    assert (await browser.get("/desk")).status_code == 200
    assert (await browser.post("/baskets", {"name": "Late", "visibility": "private"})).status_code == 403
    assert (await browser.post("/acting/removal")).headers["Location"] == "/desk"


async def test_it_ends_with_the_log_out(browser: Browser, cast: Cast) -> None:
    await as_ben(browser, cast)
    token = browser.http.cookies[SESSION_COOKIE]
    await browser.post("/logout")
    browser.plant(token)
    assert (await browser.get("/baskets")).headers["Location"].startswith("/login")


async def test_it_ends_with_the_role(browser: Browser, cast: Cast) -> None:
    await as_ben(browser, cast)
    await StaffRole.delete().where((StaffRole.user == cast.moana.id) & (StaffRole.role == Role.SALES))
    assert (await browser.get("/baskets")).status_code == 303


@pytest.mark.parametrize("what", ["disabled", "deleted", "suspended"])
async def test_it_ends_with_the_user(browser: Browser, cast: Cast, what: str) -> None:
    await as_ben(browser, cast)
    await put_away(cast, what)
    assert (await browser.get("/baskets")).headers["Location"].startswith("/login")


async def put_away(cast: Cast, what: str) -> None:
    now = datetime.now(UTC)
    if what == "disabled":
        await Suspension.insert(Suspension(user=cast.ben.id, at=now))
    elif what == "deleted":
        await User.update({User.deleted_at: now}).where(User.id == cast.ben.id)
    else:
        await CompanySuspension.insert(CompanySuspension(company=cast.brightbyte, reason="", at=now))


@pytest.mark.parametrize(("what", "status"), [("disabled", 403), ("deleted", 404), ("suspended", 403)])
async def test_nobody_acts_as_who_cannot_log_in(browser: Browser, cast: Cast, what: str, status: int) -> None:
    await put_away(cast, what)
    await browser.sign_in(cast.moana)
    assert (await browser.post(path(cast.brightbyte, cast.ben))).status_code == status
    assert not await Session.exists().where(Session.acting_as.is_not_null())


async def test_nobody_acts_as_staff_or_across_companies(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.moana)
    wrong = [(cast.brightbyte, cast.piri), (cast.brightbyte, cast.sam), (cast.coastline, cast.ben), (0, cast.ari)]
    for company, person in wrong:
        assert (await browser.post(path(company, person))).status_code == 404
    assert (await browser.post(f"/desk/companies/{2**40}/users/{2**40}/acting")).status_code == 404


async def test_piri_dana_and_a_visitor_act_for_nobody(browser: Browser, cast: Cast) -> None:
    assert (await browser.post(path(cast.brightbyte, cast.ben))).status_code == 401
    for person in (cast.piri, cast.dana, cast.ben):
        await browser.sign_in(person)
        for address in (path(cast.brightbyte, cast.ben), path(9, cast.sam)):
            assert (await browser.post(address)).status_code == 403
    assert not await Session.exists().where(Session.acting_as.is_not_null())


async def test_who_acts_for_nobody_ends_nothing(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.ben)
    assert (await browser.post("/acting/removal")).status_code == 404
    assert (await browser.get("/acting/removal")).status_code == 405


async def test_what_was_done_is_kept_with_both_names(browser: Browser, cast: Cast) -> None:
    await as_ben(browser, cast)
    await browser.post("/baskets", {"name": "For Ben", "visibility": "private"})
    done = (await trail("acted"))[-1]
    assert (done["actor_name"], done["acting_as_name"], done["subject_name"]) == (
        "Moana Pike", "Ben Ito", "POST /baskets"
    )  # fmt: skip
    assert done["action"] in audit.ACTIONS


@pytest.mark.parametrize(
    "address",
    [
        "/account/profile/password", "/account/profile/challenge", "/account/profile/email",
        "/account/profile/second-step", "/account/profile/second-step/app", "/account/profile/sessions/removal",
        "/account/profile/notifications/order_confirmation/addresses", "/account/users", "/account/users/2/password",
        "/account/users/second-step", "/welcome/password", "/account/profile/second-step/passkeys",
    ],
)  # fmt: skip
async def test_what_makes_up_a_log_in_is_dana_s_alone(browser: Browser, cast: Cast, address: str) -> None:
    await browser.sign_in(cast.moana)
    await browser.post(path(cast.brightbyte, cast.dana))
    mail, before = "moana@harbour.example", await everything()
    fields = {"email": mail, "address": mail, "name": "X", "new_password": "Kowhai-blossom-77", "required": "1"}
    answer = await browser.post(address, {**fields, "repeated": "Kowhai-blossom-77", "current_password": PASSWORD})
    assert answer.status_code == 403 and "You act as Dana Reyes" in words(answer)
    assert await everything() == before


async def everything() -> list[Any]:
    """What a log-in is made of, and mail."""
    tables = ("users", "authenticators", "passkeys", "notification_addresses", "mailed_links", "notices", "companies")
    return [await sql.rows(f"SELECT * FROM {table} ORDER BY id") for table in tables]  # noqa: S608 (our own words)
