"""The audit trail itself: one line an entry, and no way to change or remove one (USER-7, case 39)."""

from datetime import UTC, date, datetime

import pytest

from app.rules import audit, audit_lists
from app.rules.audit_lists import Filter
from app.rules.refusals import Refused
from db import sql
from db.audit import AuditEntry
from tests.cast import Cast
from tests.rules_named import rule

pytestmark = rule("USER-7")
REFUSED = "audit entries stay as they are"


async def entry(**where: str) -> sql.Row:
    (name, value), *_ = where.items()
    found = await sql.row(f"SELECT * FROM audit_entries WHERE {name} = $1", value)  # noqa: S608 (a test's own word)
    assert found
    return found


@pytest.fixture
async def written(cast: Cast) -> sql.Row:
    await audit.note("user_changed", cast.dana.viewer(), subject="user 7", subject_name="Ben Ito", after="Buyer")
    return await entry(action="user_changed")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET after = 'nothing'",
        "UPDATE audit_entries SET words = '' WHERE id > 0",
        "DELETE FROM audit_entries",
        "DELETE FROM audit_entries WHERE action = 'user_changed'",
        "INSERT INTO audit_entries (id, at, action) SELECT id, at, 'x' FROM audit_entries WHERE true "
        "ON CONFLICT (id) DO UPDATE SET after = 'nothing'",
    ],
)
async def test_the_database_refuses_to_change_an_entry(written: sql.Row, statement: str) -> None:
    with pytest.raises(Exception, match=REFUSED):
        await sql.run(statement)
    assert await entry(action="user_changed") == written


async def test_so_it_does_through_the_tables_class(written: sql.Row) -> None:
    with pytest.raises(Exception, match=REFUSED):
        await AuditEntry.update({AuditEntry.after: "nothing"}, force=True)
    with pytest.raises(Exception, match=REFUSED):
        await AuditEntry.delete(force=True)
    assert await entry(action="user_changed") == written


async def test_nor_is_the_whole_table_emptied(written: sql.Row) -> None:
    with pytest.raises(Exception, match=f"{REFUSED}|syntax error"):  # one of the engines knows no such statement
        await sql.run("TRUNCATE audit_entries")
    assert await entry(action="user_changed") == written


async def test_what_was_typed_cannot_look_like_an_entry(cast: Cast) -> None:
    forged = "Ben\r\n2026-11-25 logged in\u2028Dana\0\t\x1b[31m\u202e"
    by = cast.dana.viewer(name=f"Dana\n{forged}")
    await audit.note("user_changed", by, subject_name=forged, before=forged, after=forged * 300)
    found = await entry(action="user_changed")
    for name in ("actor_name", "subject_name", "before", "after"):
        assert found[name].isprintable(), name
    assert found["subject_name"].startswith("Ben 2026-11-25 logged in Dana [31m")
    assert len(found["after"]) <= 2_000


async def test_an_unknown_action_is_a_mistake_of_ours(cast: Cast) -> None:
    with pytest.raises(AssertionError):
        await audit.note("user_chnaged", cast.dana.viewer())


async def test_an_entry_goes_with_its_deed(cast: Cast) -> None:
    async def deed_that_fails() -> None:
        async with sql.transaction():
            await audit.note("user_changed", cast.dana.viewer())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await deed_that_fails()
    assert await sql.value("SELECT count(*) FROM audit_entries") == 0


async def test_rules_refuse_who_may_not_read(cast: Cast) -> None:
    for by in (cast.ben.viewer(), cast.moana.viewer(roles=frozenset({"sales"}))):
        with pytest.raises(Refused):
            await audit_lists.listed(Filter(), by)
        with pytest.raises(Refused):
            await audit_lists.export(Filter(), "csv", by)
    assert await sql.value("SELECT count(*) FROM audit_entries") == 0


async def test_a_company_is_named_beside_every_filter(cast: Cast) -> None:
    dana, sam = (person.viewer(is_administrator=True) for person in (cast.dana, cast.sam))
    await audit.note("user_changed", dana, subject_name=f"Kim #{cast.coastline} @sam")
    for asked in (Filter(q=f"kim #{cast.brightbyte}"), Filter(person="dana"), Filter(action="user_changed")):
        assert (await audit_lists.listed(asked, sam)).rows == []
        assert (await audit_lists.listed(asked, sam)).count == 0
    assert (await audit_lists.listed(Filter(q="kim sam"), dana)).count == 1


async def test_a_day_holds_what_came_out_of_turn(cast: Cast) -> None:
    """A clock that was set back, or two deeds at once: the time decides, not the number."""
    dana = cast.dana.viewer(is_administrator=True, time_zone="UTC")
    for name, day in (("first", 24), ("ahead", 26), ("later", 25), ("last", 26), ("behind", 25)):
        await sql.run(
            "INSERT INTO audit_entries (at, action, company, subject_name) VALUES ($1, 'user_changed', $2, $3)",
            *(datetime(2026, 11, day, 12, tzinfo=UTC), cast.brightbyte, name),
        )
    found = await audit_lists.listed(Filter(first_day=date(2026, 11, 25), last_day=date(2026, 11, 25)), dana)
    assert ([row["subject_name"] for row in found.rows], found.count) == (["behind", "later"], 2)
    assert (await audit_lists.listed(Filter(last_day=date(2026, 11, 23)), dana)).rows == []


async def test_a_page_costs_the_same_however_long_the_trail(cast: Cast) -> None:
    dana = cast.dana.viewer(is_administrator=True)
    costs = []
    for _ in range(2):
        before = sql.statements()
        await audit_lists.listed(Filter(q="ben", person="dana"), dana)
        costs.append(sql.statements() - before)
        for number in range(120):
            await audit.note("user_changed", dana, subject_name=f"Ben {number}")
    assert costs[0] == costs[1] == 2
