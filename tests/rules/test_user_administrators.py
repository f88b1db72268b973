"""Who administers a company, and what the desk may do with its users (USER-6)."""

import asyncio

import pytest

from app.rules import user_accounts, user_lists, users
from app.rules.refusals import Invalid, Missing, Refused
from app.rules.user_lists import Filter
from app.rules.viewers import Viewer
from db import sql
from tests.cast import Cast, Person, new_person
from tests.routes.test_users import kept, trail
from tests.rules_named import rule

pytestmark = rule("USER-6")


@pytest.fixture
async def eve(cast: Cast) -> Person:
    """Brightbyte's second administrator."""
    return await new_person("Eve Marsh", "eve@brightbyte.example", cast.brightbyte, administrator=True)


def staff(person: Person, *roles: str) -> Viewer:
    return Viewer(id=person.id, name=person.name, roles=frozenset(roles))


async def administrators(company: int) -> int:
    found: int = await sql.value("SELECT count(*) FROM users WHERE company = $1 AND is_administrator", company)
    return found


async def test_the_desk_appoints_and_removes(cast: Cast) -> None:
    moana = staff(cast.moana, "sales")
    await users.appoint(cast.ben.id, moana)
    await users.appoint(cast.ben.id, moana)
    assert await administrators(cast.brightbyte) == 2 and len(await trail("administrator_appointed")) == 1
    await users.demote(cast.ben.id, moana)
    assert await administrators(cast.brightbyte) == 1
    [entry] = await trail("administrator_removed")
    assert (entry["actor_name"], entry["subject_name"], entry["company"]) == ("Moana Pike", "Ben Ito", cast.brightbyte)
    ben = await users.find(moana, cast.ben.id)
    assert len(ben.privileges) == 8  # the boxes that were ticked before


async def test_a_company_always_has_one(cast: Cast, eve: Person) -> None:
    ari = staff(cast.ari, "administrator")
    await users.disable(eve.id, ari)
    for verb in (users.demote, users.disable):
        with pytest.raises(Refused, match="always has one"):
            await verb(cast.dana.id, ari)
    with pytest.raises(Invalid, match="Enable"):
        await users.appoint(eve.id, ari)
    await users.enable(eve.id, ari)
    await users.demote(cast.dana.id, ari)
    assert await administrators(cast.brightbyte) == 1


async def test_removing_the_last_two_at_one_moment_leaves_one(cast: Cast, eve: Person) -> None:
    moana = staff(cast.moana, "sales")
    deeds = (users.demote(cast.dana.id, moana), users.disable(eve.id, moana), users.demote(eve.id, moana))
    answers = await asyncio.gather(*deeds, return_exceptions=True)
    assert sum(isinstance(answer, Refused) for answer in answers) in (1, 2), answers
    left = await sql.value(
        """SELECT count(*) FROM users u WHERE company = $1 AND is_administrator
        AND NOT EXISTS (SELECT 1 FROM suspensions x WHERE x."user" = u.id)""",
        cast.brightbyte,
    )
    assert left == 1


async def test_two_demotions_at_one_moment(cast: Cast, eve: Person) -> None:
    moana = staff(cast.moana, "sales")
    answers = await asyncio.gather(
        *(users.demote(person.id, moana) for person in (cast.dana, eve)), return_exceptions=True
    )
    assert [type(answer) for answer in answers if answer] == [Refused]
    assert await administrators(cast.brightbyte) == 1


async def test_no_administrator_appoints_and_no_other_staff(cast: Cast, eve: Person) -> None:
    danas = cast.dana.viewer(is_administrator=True)
    for by in (danas, staff(cast.piri, "returns", "warehouse"), Viewer()):
        for verb in (users.appoint, users.demote):
            with pytest.raises(Refused):
                await verb(eve.id, by)
    assert await administrators(cast.brightbyte) == 2


async def test_the_desk_finds_users_of_every_company_and_its_administrators_staff(cast: Cast) -> None:
    moana, ari, piri = staff(cast.moana, "sales"), staff(cast.ari, "administrator"), staff(cast.piri, "returns")
    assert (await users.find(moana, cast.sam.id)).name == "Sam Okafor"
    assert (await users.find(ari, cast.piri.id)).company_id == 0
    for by, person in ((moana, cast.piri), (piri, cast.sam), (cast.ben.viewer(), cast.vera)):
        with pytest.raises(Missing):
            await users.find(by, person.id)
    for verb in (users.appoint, users.demote):
        with pytest.raises(Missing):
            await verb(cast.piri.id, ari)
    await users.disable(cast.piri.id, ari)
    assert [entry["company"] for entry in await trail("staff_disabled")] == [None]


async def test_the_desk_lists_whose_users_it_names_and_a_company_its_own(cast: Cast) -> None:
    found = await user_lists.listed(Filter(), 1, staff(cast.moana, "sales"), cast.coastline)
    assert [row["name"] for row in found.rows] == ["Sam Okafor"]
    own = await user_lists.listed(Filter(), 1, cast.dana.viewer(is_administrator=True), cast.coastline)
    assert own.count == 3 and "Sam Okafor" not in [row["name"] for row in own.rows]
    for by in (cast.ben.viewer(), staff(cast.moana, "sales")):
        with pytest.raises(Missing):
            await user_lists.listed(Filter(), 1, by)


async def test_staff_without_a_password_yet_cannot_log_in(cast: Cast) -> None:
    fields = {"name": "Tui Webb", "email": "tui@harbour.example"}
    made = await user_accounts.create(None, fields, (), False, None, staff(cast.ari, "administrator"))
    tui = await kept("Tui Webb")
    assert tui["id"] == made and tui["company"] is None and tui["password_hash"] == ""
    assert not await sql.value("SELECT count(*) FROM notices")
    assert [entry["subject_name"] for entry in await trail("staff_added")] == ["Tui Webb"]
