"""Ways in that were found open once: each stays closed."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from app.gate import FORM_BYTES
from app.rules import (
    email_changes,
    login_help,
    mailed_links,
    passwords,
    resets,
    sessions,
    staff_links,
    user_removal,
    users,
)
from app.rules.mailed_links import LinkGone
from app.rules.passwords import hashed
from app.rules.privileges import Role
from app.rules.settings import settings
from app.rules.temporary_passwords import Prepared, give
from app.rules.viewers import Viewer
from db import sql
from tests.browser import Browser
from tests.cast import ANSWER, PASSWORD, Cast
from tests.mailed import letters, secret
from tests.rules_named import rule

Deed = Callable[[], Awaitable[object]]
SESSIONS = "SELECT count(*) FROM sessions"
HALF = "SELECT count(*) FROM pending_logins"
FORM = "application/x-www-form-urlencoded"


def meanwhile(monkeypatch: pytest.MonkeyPatch, deed: Deed) -> None:
    """Let `deed` happen while a password is being compared, once."""
    compare, deeds = passwords.match, [deed]

    async def slow(password: str, stored: str) -> bool:
        found = await compare(password, stored)
        while deeds:
            await deeds.pop()()
        return found

    monkeypatch.setattr("app.rules.passwords.match", slow)


async def log_in(browser: Browser, email: str) -> int:
    await browser.get("/login")
    return (await browser.post("/login", {"email": email, "password": PASSWORD})).status_code


@rule("LOGIN-8")
@pytest.mark.parametrize("what", ["reset", "disabled", "deleted"])
async def test_a_log_in_that_was_overtaken_by_its_end_lets_nobody_in(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    dana, ben = cast.dana.viewer(is_administrator=True), cast.ben.id
    deeds: dict[str, Deed] = {
        "reset": lambda: give(ben, Prepared("x", hashed("x")), "reset", dana),
        "disabled": lambda: users.disable(ben, dana),
        "deleted": lambda: user_removal.remove(ben, dana),
    }
    meanwhile(monkeypatch, deeds[what])
    assert await log_in(browser, cast.ben.email) == 422
    assert await sql.value(SESSIONS) == 0


@rule("LOGIN-10")
async def test_nobody_waits_for_the_second_step_with_a_password_that_was_changed_meanwhile(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ari = cast.ari.viewer()
    meanwhile(monkeypatch, lambda: give(cast.moana.id, Prepared("x", hashed("x")), "reset", ari))
    assert await log_in(browser, cast.moana.email) == 422
    assert await sql.value(HALF) == 0


@rule("LOGIN-10")
async def test_a_log_in_that_waits_and_is_ended_while_its_code_is_looked_at_lets_nobody_in(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def verify(user_id: int, _: str) -> bool:
        await sessions.end_all(user_id)
        return True

    assert await log_in(browser, cast.moana.email) == 303
    monkeypatch.setattr("app.rules.second_steps.verify", verify)
    await browser.post("/login/second-step", {"code": "123456"})
    assert await sql.value(SESSIONS) == 0


@pytest.mark.parametrize("path", ["/become-a-reseller/documents", "/become-a-reseller/state/a/b/answers"])
async def test_a_plain_form_is_short_also_where_files_are_taken(browser: Browser, path: str) -> None:
    two = [("Content-Type", "multipart/form-data; boundary=x"), ("Content-Type", FORM)]
    for headers in ([("Content-Type", FORM)], two):
        answer = await browser.http.post(path, content=b"%41" * FORM_BYTES, headers=headers)
        assert answer.status_code == 413


async def use_up(what: str, key: str, most: int) -> None:
    await sql.run_many(
        "INSERT INTO attempts (what, key, at) VALUES ($1, $2, $3)", [(what, key, datetime.now(UTC))] * most
    )


@rule("LOGIN-6")
@rule("LOGIN-7")
async def test_who_asks_too_much_uses_up_nobody_elses_tries(cast: Cast) -> None:
    loud, quiet = Viewer(network_address="10.0.0.1"), Viewer(network_address="10.0.0.2")
    for what in ("reset from", "help from"):
        await use_up(what, loud.network_address, settings.login_address_failures)
    for by in (*(loud,) * settings.asked_per_hour, quiet):
        await resets.ask(cast.ben.email, by)
        await login_help.ask_administrator(cast.ben.email, "", by)
    assert [len(await letters(kind)) for kind in ("password_reset", "login_help")] == [1, 1]


@rule("LOGIN-7")
async def test_strangers_do_not_fill_the_mailbox_of_an_administrator(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.rules.steady.SECONDS", 0.0)
    for number in range(login_help.MOST_STRANGERS + 2):
        await login_help.ask_administrator(f"new{number}@nowhere.example", "100234", Viewer())
    assert len(await letters("login_help")) == login_help.MOST_STRANGERS
    await login_help.ask_administrator(cast.ben.email, "", Viewer())
    assert len(await letters("login_help")) == login_help.MOST_STRANGERS + 1


@rule("LOGIN-5")
async def test_a_company_that_tries_who_logs_in_is_told_no_more(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.dana)
    await use_up("taken_address", str(cast.brightbyte), users.MOST_TAKEN)
    for email in (cast.sam.email, "nobody@nowhere.example"):
        answer = await browser.post("/account/users", {"name": "Kim", "email": email})
        assert answer.status_code == 429


@rule("DESK-7")
@pytest.mark.parametrize("what", ["password", "address"])
async def test_the_link_of_staff_ends_with_what_it_was_for(cast: Cast, what: str) -> None:
    await staff_links.mail(cast.moana.id, cast.ari.viewer(roles=frozenset({Role.ADMINISTRATOR})))
    token = (await secret("staff_link", "link")).rpartition("/")[2]
    if what == "password":
        await resets.set_password(*await answered(cast), "A new password 7!", "A new password 7!", Viewer())
    else:
        change = await mailed_links.make(email_changes.PURPOSE, timedelta(hours=1), cast.moana.id, "m@harbour.example")
        await email_changes.confirm(change, Viewer())
    with pytest.raises(LinkGone):
        await staff_links.whose(token)


async def answered(cast: Cast) -> tuple[str, str]:
    """The token of a reset whose question was answered in the browser "b"."""
    token = await mailed_links.make(resets.PURPOSE, timedelta(hours=1), cast.moana.id)
    await resets.answer(token, ANSWER, "b", Viewer())
    return token, "b"


@rule("DESK-6")
async def test_no_link_stands_in_the_trail(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.moana)
    await browser.post(f"/desk/companies/{cast.brightbyte}/users/{cast.ben.id}/acting")
    token = await mailed_links.make("reset", timedelta(hours=1), cast.ben.id)
    assert (await browser.get(f"/password/reset/{token}")).status_code == 200
    trail = await sql.rows("SELECT subject_name, words FROM audit_entries WHERE action = 'saw'")
    assert trail and token not in str(trail) and token[:20].lower() not in str(trail).lower()


@rule("PROFILE-2")
async def test_who_was_locked_out_meanwhile_takes_no_address_along(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    await browser.sign_in(cast.ben)
    dana = cast.dana.viewer(is_administrator=True)
    meanwhile(monkeypatch, lambda: give(cast.ben.id, Prepared("x", hashed("x")), "reset", dana))
    fields = {"email": "thief@nowhere.example", "current_password": PASSWORD}
    assert (await browser.post("/account/profile/email", fields)).status_code == 409
    assert not await letters("email_change")


@rule("LOGIN-6")
async def test_no_cache_keeps_what_a_mailed_link_shows(browser: Browser, cast: Cast) -> None:
    await browser.get("/login")  # a visit that has begun already
    for purpose, path in (("reset", "/password/reset"), ("email_change", "/email-changes")):
        token = await mailed_links.make(purpose, timedelta(hours=1), cast.ben.id, "ben@new.example" * (path[1] == "e"))
        answer = await browser.get(f"{path}/{token}")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store, private")
