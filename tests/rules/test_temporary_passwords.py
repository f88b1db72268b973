"""Temporary passwords: once, within their hours, and mailed to their person alone."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from app.rules import log_ins, password_policy, temporary_passwords
from app.rules.log_ins import Entered, LoginFailed
from app.rules.refusals import Invalid
from app.rules.sealed import unseal
from app.rules.temporary_passwords import Prepared
from db import sql
from db.sql import Row
from tests.cast import PASSWORD, Cast
from tests.rules_named import rule


async def given(cast: Cast, why: str = "reset") -> Prepared:
    prepared = await temporary_passwords.prepare()
    await temporary_passwords.give(cast.ben.id, prepared, why, cast.dana.viewer())
    return prepared


async def enter(cast: Cast, password: str) -> Entered:
    return await log_ins.log_in(cast.ben.email, password, "127.0.0.1", "tests")


async def mail() -> Row:
    found = await sql.row("SELECT * FROM notices WHERE kind = 'temporary_password'")
    assert found
    return found


@rule("LOGIN-2", "USER-2")
async def test_ben_gets_in_with_it_once(cast: Cast) -> None:
    prepared = await given(cast)
    assert (await enter(cast, prepared.text)).token
    with pytest.raises(LoginFailed):
        await enter(cast, prepared.text)


@rule("LOGIN-2")
async def test_it_expires(cast: Cast) -> None:
    prepared = await given(cast)
    await sql.run("UPDATE users SET password_expires_at = $1", datetime.now(UTC) - timedelta(seconds=1))
    with pytest.raises(LoginFailed):
        await enter(cast, prepared.text)


@rule("LOGIN-2")
async def test_it_is_good_for_seventy_two_hours(cast: Cast) -> None:
    await given(cast)
    until = (await mail())["secrets_until"]
    assert timedelta(hours=71) < until - datetime.now(UTC) <= timedelta(hours=72)


@rule("USER-2")
async def test_the_old_password_works_no_more(cast: Cast) -> None:
    await given(cast)
    with pytest.raises(LoginFailed):
        await enter(cast, PASSWORD)


@rule("LOGIN-2", "NOTIFY-3")
async def test_the_mail_holds_it_alone_on_its_line_and_the_database_does_not(cast: Cast) -> None:
    prepared = await given(cast, "new")
    row = await mail()
    held = json.loads(unseal("mail", row["sealed_secrets"]))
    lines = row["text"].splitlines()
    assert held == {"password": prepared.text} and prepared.text.isalnum() and len(prepared.text) == 16
    assert lines[lines.index("Password:") + 1] == "⟦password⟧"
    assert prepared.text not in f"{row['text']}{row['html']}{row['subject']}"


@pytest.mark.parametrize(("why", "says"), [("new", "You can now log in"), ("approved", "100234"), ("reset", "reset")])
async def test_each_occasion_has_its_words(cast: Cast, why: str, says: str) -> None:
    await given(cast, why)
    row = await mail()
    assert says in row["text"] and says in row["html"] and "Hello Ben Ito" in row["text"]
    assert row["recipient"] == cast.ben.email and "Account 100234" in row["text"]


@rule("LOGIN-7")
async def test_a_reset_clears_the_challenge_and_never_the_second_step(cast: Cast) -> None:
    prepared = await temporary_passwords.prepare()
    await temporary_passwords.give(cast.moana.id, prepared, "reset", cast.ari.viewer())
    row = await sql.row("SELECT challenge_question, challenge_answer_hash FROM users WHERE id = $1", cast.moana.id)
    assert row == {"challenge_question": "", "challenge_answer_hash": ""}
    entered = await log_ins.log_in(cast.moana.email, prepared.text, "127.0.0.1", "tests")
    assert entered.owes_second_step


@rule("LOGIN-5", "USER-2")
async def test_it_lifts_the_lock_and_ends_sessions(cast: Cast) -> None:
    await enter(cast, PASSWORD)
    for _ in range(5):
        with pytest.raises(LoginFailed):
            await enter(cast, "wrong")
    prepared = await given(cast)
    assert not await sql.value('SELECT count(*) FROM sessions WHERE "user" = $1', cast.ben.id)
    assert (await enter(cast, prepared.text)).token


@rule("USER-7")
async def test_the_trail_has_it_without_the_password(cast: Cast) -> None:
    prepared = await given(cast)
    entry = await sql.row("SELECT * FROM audit_entries WHERE action = 'password_sent'")
    assert entry and entry["actor"] == cast.dana.id and entry["subject"] == f"user {cast.ben.id}"
    assert prepared.text not in str(entry) and prepared.text not in repr(prepared)


@rule("LOGIN-4")
async def test_a_mailed_password_is_among_the_last_ones(cast: Cast) -> None:
    first, second = await given(cast), await given(cast)
    await enter(cast, second.text)
    for mailed in (first, second):
        with pytest.raises(Invalid) as wrong:
            await password_policy.check_past(cast.ben.id, mailed.text)
        assert "had this password before" in wrong.value.errors["new_password"]
