"""Users of a company at the desk: log-ins, who administers, and suspending all of them (USER-6, DESK-7)."""

import asyncio
from typing import Any

from app.rules import log_ins, users
from app.rules.privileges import Role
from app.rules.refusals import Refused
from app.rules.viewers import Viewer
from db import sql
from db.users import Suspension, User
from tests.browser import Browser, words
from tests.cast import PASSWORD, Cast, Person, new_person
from tests.rules_named import rule

DEEDS = (
    "password", "lock/removal", "suspension", "suspension/removal", "second-step/removal", "administrator",
    "administrator/removal",
)  # fmt: skip


def path(cast: Cast, person: Person, deed: str = "") -> str:
    return f"/desk/companies/{person.company_id or cast.brightbyte}/users/{person.id}{'/' if deed else ''}{deed}"


async def trail() -> list[tuple[str, str]]:
    rows = await sql.rows("SELECT action, subject_name FROM audit_entries WHERE actor_name = 'Moana Pike' ORDER BY id")
    return [(row["action"], row["subject_name"]) for row in rows if row["action"] != "logged_in"]


async def enters(person: Person, password: str = PASSWORD) -> bool:
    try:
        await log_ins.log_in(person.email, password, "127.0.0.1", "tests")
    except log_ins.LoginFailed:
        return False
    return True


@rule("DESK-3")
async def test_moana_sees_a_user_with_state_and_privileges(moana: Browser, cast: Cast) -> None:
    shown = words(await moana.get(path(cast, cast.ben)))
    for told in ("ben@brightbyte.example", "place orders", "See the portal as Ben Ito", "The log-in is not locked."):
        assert told in shown, told
    listed = words(await moana.get(f"/desk/companies/{cast.brightbyte}"))
    assert "Dana Reyes website administrator" in listed and "Sam Okafor" not in listed


@rule("USER-6")
async def test_moana_appoints_ben_and_removes_dana(moana: Browser, cast: Cast) -> None:
    refused = await moana.post(path(cast, cast.dana, "administrator/removal"))
    assert refused.status_code == 403 and "a company always has one" in words(refused)
    assert "a company always has one" in words(await moana.get(path(cast, cast.dana)))
    shown = words(await moana.follow(await moana.post(path(cast, cast.ben, "administrator"))))
    assert "website administrator now" in shown
    await moana.follow(await moana.post(path(cast, cast.dana, "administrator/removal")))
    rows = await User.select(User.name).where((User.company == cast.brightbyte) & User.is_administrator.eq(True))
    assert [row["name"] for row in rows] == ["Ben Ito"]
    assert await trail() == [("administrator_appointed", "Ben Ito"), ("administrator_removed", "Dana Reyes")]


@rule("USER-6")
async def test_two_removed_at_one_moment_leave_one(cast: Cast) -> None:
    by = Viewer(id=cast.moana.id, name="Moana Pike", roles=frozenset({Role.SALES}))
    await users.appoint(cast.ben.id, by)

    async def removed(person: Person) -> bool:
        try:
            await users.demote(person.id, by)
        except Refused:
            return False
        return True

    assert sorted(await asyncio.gather(removed(cast.dana), removed(cast.ben))) == [False, True]


@rule("USER-6", "LOGIN-2")
async def test_moana_adds_an_administrator_whose_password_nobody_sees(moana: Browser, cast: Cast) -> None:
    fields = {"name": "Hine Moa", "email": "hine@brightbyte.example", "phone": "", "job_title": "Owner"}
    answer = await moana.post(f"/desk/companies/{cast.brightbyte}/administrators", fields)
    shown = words(await moana.follow(answer))
    assert "Hine Moa" in shown and "A temporary password is on its way." in shown
    mail = await sql.row("SELECT recipient, text FROM notices WHERE kind = 'temporary_password'")
    assert mail and mail["recipient"] == "hine@brightbyte.example" and "⟦password⟧" in mail["text"]
    for wrong in ({"email": "ben@brightbyte.example"}, {"name": ""}, {"email": "x"}):
        again = await moana.post(f"/desk/companies/{cast.brightbyte}/administrators", {**fields, **wrong})
        assert again.status_code == 422 and 'value="Owner"' in again.text
    assert await sql.value("SELECT count(*) FROM users WHERE company = $1 AND is_administrator", cast.brightbyte) == 2


@rule("LOGIN-5", "LOGIN-7")
async def test_moana_unlocks_resets_disables_and_enables(portal: Any, moana: Browser, cast: Cast) -> None:
    async with Browser(portal) as ben:
        await ben.sign_in(cast.ben)
        for _ in range(5):
            assert not await enters(cast.ben, "wrong")
        assert "locked" in words(await moana.get(path(cast, cast.ben))) and not await enters(cast.ben)
        await moana.follow(await moana.post(path(cast, cast.ben, "lock/removal")))
        assert await enters(cast.ben)
        await moana.follow(await moana.post(path(cast, cast.ben, "suspension")))
        assert (await ben.get("/baskets")).headers["Location"].startswith("/login") and not await enters(cast.ben)
        await moana.follow(await moana.post(path(cast, cast.ben, "suspension/removal")))
        assert await enters(cast.ben)
        page = await moana.follow(await moana.post(path(cast, cast.ben, "password")))
        assert "A temporary password is on its way." in words(page) and not await enters(cast.ben)
    actions = [action for action, _ in await trail()]
    assert actions == ["lock_lifted", "user_disabled", "user_enabled", "password_sent"]


@rule("LOGIN-10")
async def test_moana_resets_a_second_step(moana: Browser, cast: Cast) -> None:
    tui = await new_person("Tui Rangi", "tui@brightbyte.example", cast.brightbyte, role="")
    await sql.run(
        "INSERT INTO authenticators (\"user\", sealed_secret, confirmed_at, made_at) SELECT $1, 'x', made_at, made_at"
        " FROM authenticators LIMIT 1",
        tui.id,
    )
    assert "set up" in words(await moana.get(path(cast, tui)))
    await moana.follow(await moana.post(path(cast, tui, "second-step/removal")))
    assert not await sql.value('SELECT 1 FROM authenticators WHERE "user" = $1', tui.id)


@rule("DESK-7")
async def test_suspending_a_company_ends_its_sessions_and_is_undone(portal: Any, moana: Browser, cast: Cast) -> None:
    async with Browser(portal) as ben, Browser(portal) as sam:
        await ben.sign_in(cast.ben)
        await sam.sign_in(cast.sam)
        own = f"/desk/companies/{cast.brightbyte}"
        shown = words(await moana.follow(await moana.post(f"{own}/suspension", {"reason": "Unpaid since May"})))
        assert "Suspended: Unpaid since May (Moana Pike," in shown
        assert (await ben.get("/baskets")).headers["Location"].startswith("/login")
        assert not await enters(cast.dana) and (await sam.get("/baskets")).status_code == 200
        assert not await sql.value('SELECT 1 FROM sessions WHERE "user" = $1', cast.ben.id)
        shown = words(await moana.follow(await moana.post(f"{own}/suspension/removal")))
        assert "Resumed: everybody logs in as before." in shown and await enters(cast.dana)
        assert (await ben.get("/baskets")).status_code == 303  # what has ended stays ended
    assert [action for action, _ in await trail()] == ["company_suspended", "company_resumed"]


@rule("DESK-7")
async def test_a_company_is_suspended_once_and_for_a_reason(moana: Browser, cast: Cast) -> None:
    own = f"/desk/companies/{cast.brightbyte}/suspension"
    for reason in ("", " ", "x" * 301):
        answer = await moana.post(own, {"reason": reason})
        assert answer.status_code == 422 and 'id="field-reason-error"' in answer.text
    answers = await asyncio.gather(*(moana.post(own, {"reason": "Unpaid"}) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409]


@rule("DESK-7")
async def test_who_was_disabled_before_stays_so_when_the_company_is_resumed(moana: Browser, cast: Cast) -> None:
    own = f"/desk/companies/{cast.brightbyte}/suspension"
    await moana.post(path(cast, cast.vera, "suspension"))
    await moana.post(own, {"reason": "Unpaid"})
    await moana.post(f"{own}/removal")
    assert await enters(cast.ben) and not await enters(cast.vera)


async def test_a_user_is_found_under_the_own_company_alone(moana: Browser, cast: Cast) -> None:
    wrong = [
        f"/desk/companies/{cast.coastline}/users/{cast.ben.id}",
        f"/desk/companies/{cast.brightbyte}/users/{cast.sam.id}",
        f"/desk/companies/{cast.brightbyte}/users/{cast.ari.id}", f"/desk/companies/0/users/{cast.ari.id}",
        f"/desk/companies/{cast.brightbyte}/users/99", f"/desk/companies/{cast.brightbyte}/users/{2**40}",
    ]  # fmt: skip
    for address in wrong:
        assert (await moana.get(address)).status_code == 404
        for deed in DEEDS:
            assert (await moana.post(f"{address}/{deed}")).status_code == 404
    assert not await Suspension.exists()


async def test_others_touch_no_user(browser: Browser, cast: Cast) -> None:
    rua = await new_person("Rua Hill", "rua@harbour.example", None, role="credit")
    assert (await browser.get(path(cast, cast.ben))).headers["Location"].startswith("/login")
    for person in (cast.piri, rua, cast.dana, cast.ben):
        await browser.sign_in(person)
        assert (await browser.get(path(cast, cast.ben))).status_code == 403
        for deed in DEEDS:
            assert (await browser.post(path(cast, cast.ben, deed))).status_code == 403
    assert not await Suspension.exists() and not await sql.value("SELECT 1 FROM notices")


async def test_a_get_does_nothing_to_a_user(moana: Browser, cast: Cast) -> None:
    for deed in (*DEEDS, "acting"):
        assert (await moana.get(path(cast, cast.ben, deed))).status_code == 405
