"""The staff page: create by link, roles, disable, reset of the second step, and always one administrator (DESK-7)."""

import asyncio
from typing import Any

import pytest

from app.rules import log_ins, staff
from app.rules.privileges import Role
from app.rules.refusals import Invalid, Refused
from app.rules.viewers import Viewer
from db import sql
from tests.browser import Browser, words
from tests.cast import PASSWORD, Cast, Person, new_person
from tests.rules_named import rule

pytestmark = rule("DESK-7")
NEW = {"name": "Tui Rangi", "email": "tui@harbour.example", "phone": "09 1", "job_title": "Sales", "roles": "sales"}
GOOD = "Kowhai-blossom-77"


async def trail(action: str) -> list[dict[str, Any]]:
    return await sql.rows("SELECT * FROM audit_entries WHERE action = $1 ORDER BY id", action)


async def roles_of(person: int) -> list[str]:
    rows = await sql.rows('SELECT role FROM staff_roles WHERE "user" = $1 ORDER BY role', person)
    return [row["role"] for row in rows]


async def test_a_user_of_a_company_has_no_link_of_the_staff(ari: Browser, cast: Cast) -> None:
    for person in (cast.ben, cast.dana):
        for path in ("", "/link", "/suspension", "/suspension/removal", "/lock/removal", "/second-step/removal"):
            assert (await ari.post(f"/desk/staff/{person.id}{path}", {"name": "X", "version": 1})).status_code == 404
        assert (await ari.post(f"/desk/staff/{person.id}/roles", {"roles": "sales"})).status_code == 404
        assert (await ari.get(f"/desk/staff/{person.id}")).status_code == 404
    assert await roles_of(cast.ben.id) == []


@pytest.mark.parametrize("name", ["name", "email", "roles"])
async def test_a_missing_field_is_told_and_nobody_is_added(ari: Browser, name: str) -> None:
    answer = await ari.post("/desk/staff", {**NEW, name: ""})
    assert answer.status_code == 422 and "-error" in answer.text
    assert not await sql.value("SELECT 1 FROM users WHERE email_key = 'tui@harbour.example'")
    assert not await sql.value("SELECT 1 FROM notices WHERE kind = 'staff_link'")


async def test_an_address_in_use_and_an_unknown_role_are_refused(ari: Browser) -> None:
    for wrong in ({"email": "BEN@brightbyte.example"}, {"roles": "king"}, {"roles": ["sales", "king"]}):
        assert (await ari.post("/desk/staff", {**NEW, **wrong})).status_code == 422
    assert await sql.value("SELECT count(*) FROM users WHERE company IS NULL") == 3


@pytest.mark.parametrize("htmx", [False, True])
async def test_roles_count_from_the_next_request(portal: Any, ari: Browser, cast: Cast, htmx: bool) -> None:
    async with Browser(portal) as piri:
        await piri.sign_in(cast.piri)
        assert (await piri.get("/desk/staff")).status_code == 403
        answer = await ari.post(f"/desk/staff/{cast.piri.id}/roles", {"roles": ["sales", "administrator"]}, htmx=htmx)
        assert answer.status_code == (200 if htmx else 303)
        assert (await piri.get("/desk/staff")).status_code == 200
        await ari.post(f"/desk/staff/{cast.piri.id}/roles", {"roles": "returns"}, htmx=htmx)
        assert (await piri.get("/desk/staff")).status_code == 403
    told = [(row["before"], row["after"]) for row in await trail("roles_changed")]
    assert told == [("returns, warehouse", "sales, administrator"), ("sales, administrator", "returns")]


async def test_no_role_at_all_is_refused(ari: Browser, cast: Cast) -> None:
    for htmx in (False, True):
        answer = await ari.post(f"/desk/staff/{cast.piri.id}/roles", {}, htmx=htmx)
        assert answer.status_code == 422 and "Tick at least one role." in words(answer)
    assert await roles_of(cast.piri.id) == ["returns", "warehouse"]


async def test_who_loses_sales_acts_for_nobody_any_more(portal: Any, ari: Browser, cast: Cast) -> None:
    async with Browser(portal) as moana:
        await moana.sign_in(cast.moana)
        await moana.post(f"/desk/companies/{cast.brightbyte}/users/{cast.ben.id}/acting")
        await ari.post(f"/desk/staff/{cast.moana.id}/roles", {"roles": "credit"})
        assert (await moana.get("/baskets")).status_code == 403
        assert (await moana.get("/desk")).status_code == 200


async def test_disabling_ends_every_session_and_is_undone(portal: Any, ari: Browser, cast: Cast) -> None:
    async with Browser(portal) as piri:
        await piri.sign_in(cast.piri)
        shown = words(await ari.follow(await ari.post(f"/desk/staff/{cast.piri.id}/suspension")))
        assert "disabled" in shown
        assert (await piri.get("/desk")).headers["Location"].startswith("/login")
        with pytest.raises(log_ins.LoginFailed):
            await log_ins.log_in(cast.piri.email, PASSWORD, "127.0.0.1", "tests")
    await ari.post(f"/desk/staff/{cast.piri.id}/suspension/removal")
    assert (await log_ins.log_in(cast.piri.email, PASSWORD, "127.0.0.1", "tests")).owes_second_step
    assert len(await trail("staff_disabled")) == len(await trail("staff_enabled")) == 1


async def test_ari_cannot_disable_demote_or_reset_herself(ari: Browser, cast: Cast) -> None:
    shown = words(await ari.get(f"/desk/staff/{cast.ari.id}"))
    assert "You cannot change yourself here." in shown
    for path in ("/suspension", "/second-step/removal", "/link"):
        assert (await ari.post(f"/desk/staff/{cast.ari.id}{path}")).status_code == 403
    assert (await ari.post(f"/desk/staff/{cast.ari.id}/roles", {"roles": "sales"})).status_code == 403
    assert await roles_of(cast.ari.id) == ["administrator"]


def as_viewer(person: Person, *roles: Role) -> Viewer:
    return Viewer(id=person.id, name=person.name, roles=frozenset(roles))


@pytest.mark.parametrize("deed", ["disable", "demote", "mixed"])
async def test_two_administrators_at_once_leave_one(cast: Cast, deed: str) -> None:
    rua = await new_person("Rua Hill", "rua@harbour.example", None, role="administrator")
    ari, other = as_viewer(cast.ari, Role.ADMINISTRATOR), as_viewer(rua, Role.ADMINISTRATOR)

    async def one(target: int, by: Viewer, disables: bool) -> bool:
        try:
            await (staff.disable(target, by) if disables else staff.set_roles(target, (Role.SALES,), by))
        except (Refused, Invalid):
            return False
        return True

    first, second = deed != "demote", deed == "disable"
    done = await asyncio.gather(one(rua.id, ari, first), one(cast.ari.id, other, second))
    assert sorted(done) == [False, True]
    left = await sql.value(
        """SELECT count(*) FROM staff_roles r WHERE role = 'administrator'
        AND NOT EXISTS (SELECT 1 FROM suspensions x WHERE x."user" = r."user")"""
    )
    assert left == 1


async def test_two_changes_at_once_are_told(ari: Browser, cast: Cast) -> None:
    path = f"/desk/staff/{cast.piri.id}"
    await ari.post(path, {"name": "Piri Kane", "phone": "09 2", "job_title": "", "version": "1"})
    answer = await ari.post(path, {"name": "Piri Stone", "phone": "", "job_title": "", "version": "1"})
    shown = words(answer)
    assert answer.status_code == 409 and 'value="Piri Stone"' in answer.text and "Now: 09 2" in shown
    assert 'name="version" value="2"' in answer.text
    assert await sql.value("SELECT name FROM users WHERE id = $1", cast.piri.id) == "Piri Kane"


async def test_a_second_step_is_reset_and_a_lock_lifted(ari: Browser, cast: Cast) -> None:
    await ari.post(f"/desk/staff/{cast.piri.id}/second-step/removal")
    assert not await sql.value('SELECT 1 FROM authenticators WHERE "user" = $1', cast.piri.id)
    for _ in range(5):
        with pytest.raises(log_ins.LoginFailed):
            await log_ins.log_in(cast.piri.email, "wrong", "127.0.0.1", "tests")
    await ari.post(f"/desk/staff/{cast.piri.id}/lock/removal")
    assert (await log_ins.log_in(cast.piri.email, PASSWORD, "127.0.0.1", "tests")).token


async def test_only_administrators_of_the_desk_see_staff(browser: Browser, cast: Cast) -> None:
    paths = ("", "/new", f"/{cast.piri.id}", "/99")
    for path in paths:
        assert (await browser.get(f"/desk/staff{path}")).headers["Location"].startswith("/login")
    for person in (cast.moana, cast.piri, cast.dana, cast.ben):
        await browser.sign_in(person)
        for path in paths:
            assert (await browser.get(f"/desk/staff{path}")).status_code == 403
        for path in ("", f"/{cast.ari.id}", f"/{person.id}/roles", f"/{cast.ari.id}/suspension", "/99/link"):
            answer = await browser.post(f"/desk/staff{path}", {**NEW, "roles": "administrator"})
            assert answer.status_code == 403
    assert await sql.value("SELECT count(*) FROM staff_roles WHERE role = 'administrator'") == 1


async def test_a_get_disables_nobody(ari: Browser, cast: Cast) -> None:
    for path in ("suspension", "roles", "link", "second-step/removal"):
        assert (await ari.get(f"/desk/staff/{cast.piri.id}/{path}")).status_code == 405
    for missing in ("99", str(2**40)):
        assert (await ari.get(f"/desk/staff/{missing}")).status_code == 404
