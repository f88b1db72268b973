"""The second step seen from the desk: who resets whose (LOGIN-10, DESK-7)."""

import asyncio

import pytest

from app.rules import second_steps, sessions
from app.rules.refusals import Missing, Refused
from db import sql
from tests.cast import Cast
from tests.rules_named import rule
from tests.second_step import code, give_app, sessions_of, wrong_code

pytestmark = rule("LOGIN-10")


@rule("DESK-7")
async def test_the_desk_resets_a_second_step(cast: Cast) -> None:
    await give_app(cast.ben)
    await sessions.start(cast.ben.id, cast.ben.email, "10.0.0.1", "")
    await second_steps.reset(cast.ben.id, cast.moana.viewer(roles=frozenset({"sales"})))
    assert not await second_steps.has(cast.ben.id) and await sessions_of(cast.ben) == 0
    mail = await sql.row("SELECT recipient, text FROM notices")
    assert mail and mail["recipient"] == cast.ben.email and "reset the second step" in " ".join(mail["text"].split())
    assert await sql.value("SELECT after FROM audit_entries WHERE action = 'second_step_removed'") == "reset"


@rule("DESK-7")
async def test_only_who_may_resets_a_second_step(cast: Cast) -> None:
    ari, moana = (
        one.viewer(roles=frozenset({role})) for one, role in ((cast.ari, "administrator"), (cast.moana, "sales"))
    )
    dana = cast.dana.viewer(is_administrator=True)
    for by, whose in ((dana, cast.ben), (cast.piri.viewer(roles=frozenset({"returns"})), cast.ben), (moana, cast.piri)):
        with pytest.raises(Refused):
            await second_steps.reset(whose.id, by)
    with pytest.raises(Refused, match="your own"):
        await second_steps.reset(cast.ari.id, ari)
    with pytest.raises(Missing):
        await second_steps.reset(10**6, ari)
    await second_steps.reset(cast.piri.id, ari)
    assert not await second_steps.has(cast.piri.id) and await second_steps.has(cast.moana.id)


async def test_a_wrong_code_is_no_code(cast: Cast) -> None:
    assert not await second_steps.verify(cast.moana.id, wrong_code()) and not await second_steps.verify(
        cast.ben.id, code()
    )


async def test_a_set_up_is_done_once(cast: Cast) -> None:
    await sessions.start(cast.ben.id, cast.ben.email, "10.0.0.1", "")
    number = await sql.value("UPDATE sessions SET password_given_at = started_at RETURNING id")
    ben = cast.ben.viewer(session_id=number)
    await second_steps.begin(ben)
    shown = code(secret=await second_steps.begun(ben))
    made = await asyncio.gather(*(second_steps.confirm(ben, shown) for _ in range(4)), return_exceptions=True)
    codes = [one for one in made if isinstance(one, list)]
    assert len(codes) == 1 and all(isinstance(one, list | Refused) for one in made)
    assert await second_steps.verify(cast.ben.id, codes[0][0])
