"""A mailed link works once, for one purpose, for a time, until a newer one replaces it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from app.rules import mailed_links
from app.rules.mailed_links import LinkGone
from db import sql
from tests.cast import Cast

HOUR = timedelta(hours=1)


async def test_a_link_is_for_its_person_and_thing(cast: Cast) -> None:
    token = await mailed_links.make("reset", HOUR, cast.ben.id, "order 7")
    link = await mailed_links.find("reset", token)
    assert (link.user_id, link.bound_to) == (cast.ben.id, "order 7")


async def test_a_link_is_used_once(cast: Cast) -> None:
    token = await mailed_links.make("reset", HOUR, cast.ben.id)
    await mailed_links.use("reset", token)
    with pytest.raises(LinkGone):
        await mailed_links.use("reset", token)


async def test_of_two_who_use_a_link_at_once_one_is_refused(cast: Cast) -> None:
    token = await mailed_links.make("reset", HOUR, cast.ben.id)
    uses = [mailed_links.use("reset", token) for _ in range(2)]
    answers = await asyncio.gather(*uses, return_exceptions=True)
    assert sorted(isinstance(answer, LinkGone) for answer in answers) == [False, True]


async def test_looking_at_a_link_changes_nothing(cast: Cast) -> None:
    token = await mailed_links.make("reset", HOUR, cast.ben.id)
    before = await sql.rows("SELECT * FROM mailed_links")
    await mailed_links.find("reset", token)
    assert await sql.rows("SELECT * FROM mailed_links") == before


async def test_a_link_ends_with_its_time(cast: Cast) -> None:
    token = await mailed_links.make("reset", HOUR, cast.ben.id)
    await sql.run("UPDATE mailed_links SET expires_at = $1", datetime.now(UTC) - timedelta(seconds=1))
    with pytest.raises(LinkGone):
        await mailed_links.find("reset", token)


async def test_a_newer_link_ends_the_older_of_the_same_person_alone(cast: Cast) -> None:
    older, others = [await mailed_links.make("reset", HOUR, person.id) for person in (cast.ben, cast.sam)]
    newer = await mailed_links.make("reset", HOUR, cast.ben.id)
    with pytest.raises(LinkGone):
        await mailed_links.find("reset", older)
    assert (await mailed_links.find("reset", newer)).user_id == cast.ben.id
    assert (await mailed_links.find("reset", others)).user_id == cast.sam.id


async def test_a_newer_link_to_nobody_ends_the_older_to_the_same_thing(cast: Cast) -> None:
    older = await mailed_links.make("application", HOUR, None, "7")
    other = await mailed_links.make("application", HOUR, None, "8")
    await mailed_links.make("application", HOUR, None, "7")
    with pytest.raises(LinkGone):
        await mailed_links.find("application", older)
    assert (await mailed_links.find("application", other)).bound_to == "8"


async def test_a_link_of_one_purpose_is_none_of_another(cast: Cast) -> None:
    token = await mailed_links.make("email_change", HOUR, cast.ben.id)
    with pytest.raises(LinkGone):
        await mailed_links.use("reset", token)


async def test_the_token_stands_nowhere_in_the_database(cast: Cast) -> None:
    token = await mailed_links.make("reset", HOUR, cast.ben.id)
    assert token not in str(await sql.rows("SELECT * FROM mailed_links"))


async def test_wrong_answers_end_a_link(cast: Cast) -> None:
    token = await mailed_links.make("reset", HOUR, cast.ben.id)
    link = await mailed_links.find("reset", token)
    assert [await mailed_links.answered_wrongly(link, 3) for _ in range(3)] == [2, 1, 0]
    with pytest.raises(LinkGone):
        await mailed_links.find("reset", token)


@pytest.mark.parametrize("token", ["", "x", "\ud800", "é" * 300, "' OR 1=1 --"])
async def test_a_guess_is_a_link_that_is_gone(cast: Cast, token: str) -> None:
    with pytest.raises(LinkGone):
        await mailed_links.find("reset", token)
