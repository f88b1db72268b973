"""Limits count exactly, on one server and on many."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from app.rules import limits, log_ins
from app.rules.refusals import TooMany
from db import sql
from tests.cast import Cast


async def test_the_try_past_the_limit_is_refused_with_the_time_to_wait(cast: Cast) -> None:
    for _ in range(2):
        await limits.count("reset", "10.0.0.1", 2, "Wait an hour.")
    with pytest.raises(TooMany) as refused:
        await limits.count("reset", "10.0.0.1", 2, "Wait an hour.")
    assert (refused.value.reason, refused.value.seconds) == ("Wait an hour.", 3_600)


async def test_others_and_other_deeds_are_counted_apart(cast: Cast) -> None:
    assert await limits.is_within("reset", "10.0.0.1", 1)
    assert await limits.is_within("reset", "10.0.0.2", 1)
    assert await limits.is_within("help", "10.0.0.1", 1)
    assert not await limits.is_within("reset", "10.0.0.1", 1)


async def test_twenty_at_once_do_not_pass_a_limit_of_five(cast: Cast) -> None:
    answers = await asyncio.gather(*(limits.is_within("reset", "10.0.0.1", 5) for _ in range(20)))
    assert sum(answers) == 5


async def test_what_is_long_past_does_not_count_and_is_cleared(cast: Cast) -> None:
    assert await limits.is_within("reset", "10.0.0.1", 1)
    await sql.run("UPDATE attempts SET at = $1", datetime.now(UTC) - timedelta(days=2))
    assert not await limits.is_reached("reset", "10.0.0.1", 1)
    await limits.forget_old()
    assert await sql.value("SELECT count(*) FROM attempts") == 0


async def test_who_picks_another_ipv6_address_each_time_is_one_and_the_same(cast: Cast) -> None:
    assert await limits.is_within("reset", "2001:db8:1:2::1", 1)
    assert not await limits.is_within("reset", "2001:db8:1:2:ffff::7", 1)
    assert await limits.is_within("reset", "2001:db8:1:3::1", 1)
    failure = await log_ins.count_failure("ben@brightbyte.example", "2001:db8:1:2::1")
    kept = await sql.value("SELECT network_address FROM login_failures WHERE id = $1", failure)
    assert kept == limits.network("2001:db8:1:2::2") == "2001:db8:1:2::/64"


@pytest.mark.parametrize("key", ["10.0.0.1", "7", "ben@brightbyte.example", "", "10.0.0.1/8"])
def test_any_other_key_is_itself(key: str) -> None:
    assert limits.network(key) == key
    assert limits.network("::ffff:10.0.0.1") == "10.0.0.1"
