"""A mail server in every mood: mail comes later, or has failed with the reason, and never comes twice unasked."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from app import post
from app.mail import servers
from app.rules import desk_mail, notices
from app.rules.settings import settings
from db import sql
from db.sql import Row
from tests.cast import Cast
from tests.posting import later, mail_to, minutes_until, server_in_use, write
from tests.rules.test_notices import confirmation
from tests.rules_named import rule
from tests.smtp_server import MailServer

pytestmark = rule("NOTIFY-3")


@pytest.fixture
async def server(cast: Cast) -> AsyncIterator[MailServer]:
    async with server_in_use() as started:
        yield started


async def test_450_is_tried_again_after_growing_waits(server: MailServer) -> None:
    await write("busy", "ben")
    assert await post.deliver_due() == 1
    mail = await mail_to("busy")
    assert mail["last_error"] == "450 4.2.1 The mailbox is busy"
    assert minutes_until(mail["due_at"]) == 1
    await later(minutes=1)
    await post.deliver_due()
    assert minutes_until((await mail_to("busy"))["due_at"]) == 2
    await later(minutes=2)
    server.moody = False
    assert await post.deliver_due() == 1
    assert (await mail_to("busy"))["last_error"] == ""


async def test_after_the_last_attempt_a_mail_has_failed(server: MailServer) -> None:
    await write("busy")
    await sql.run("UPDATE notices SET attempts = $1", settings.mail_attempts - 1)
    await post.deliver_due()
    mail = await mail_to("busy")
    assert mail["failed_at"]
    assert mail["last_error"].startswith("450")


async def test_550_fails_at_once_and_the_others_are_served(server: MailServer) -> None:
    await write("unknown", "ben")
    assert await post.deliver_due() == 1
    mail = await mail_to("unknown")
    assert mail["failed_at"]
    assert mail["last_error"] == "550 5.1.1 There is no such user here"
    await later(days=1)
    assert await post.deliver_due() == 0


async def test_what_is_no_address_fails_and_the_others_are_served(server: MailServer) -> None:
    await notices.write("k", "e", "nobody", "Order", "order_confirmation", confirmation(), None)
    await write("ben")
    assert await post.deliver_due() == 1
    found = await sql.row("SELECT * FROM notices WHERE recipient = $1", "nobody")
    assert found
    assert found["failed_at"]
    assert found["last_error"] == "“nobody” is no address that mail can go to."


async def test_a_server_that_refuses_is_waited_for(server: MailServer) -> None:
    await write("ben")
    await server.stop()
    assert await post.deliver_due() == 0
    mail = await mail_to("ben")
    assert mail["failed_at"] is None
    assert "Error connecting" in mail["last_error"]
    await server.start()
    await later(minutes=1)
    assert await post.deliver_due() == 1


@pytest.mark.parametrize("mood", ["slow", "dropped"])
async def test_a_server_that_stalls_or_hangs_up_is_tried_again(
    server: MailServer, monkeypatch: pytest.MonkeyPatch, mood: str
) -> None:
    monkeypatch.setattr(servers, "TIMEOUT_SECONDS", 0.2)
    await write(mood, "ben")
    assert await post.deliver_due() == 0  # the batch ends with its connection
    assert await post.deliver_due() == 1
    mail = await mail_to(mood)
    assert mail["failed_at"] is None
    assert minutes_until(mail["due_at"]) == 1
    assert mail["last_error"]


async def test_a_lost_ok_repeats_the_mail_with_its_id(server: MailServer) -> None:
    await write("lost")
    assert await post.deliver_due() == 0
    server.moody = False
    await later(minutes=1)
    assert await post.deliver_due() == 1
    first, second = server.taken
    assert first["Message-ID"] == second["Message-ID"]


async def test_a_crash_after_the_ok_repeats_the_mail_once_its_lock_ends(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await write("ben")
    with monkeypatch.context() as crashing:
        crashing.setattr(notices, "sent", crash)
        with pytest.raises(Crash):
            await post.deliver_due()
    assert await post.deliver_due() == 0
    await later(minutes=1)
    assert await post.deliver_due() == 1
    first, second = server.taken
    assert first["Message-ID"] == second["Message-ID"]
    assert (await mail_to("ben"))["sent_at"]


class Crash(Exception):
    """The process ends here."""


async def crash(_: Row) -> None:
    raise Crash


async def test_a_worker_that_lost_its_claim_changes_nothing(server: MailServer) -> None:
    await write("ben")
    first = await notices.claim()
    await later(minutes=1)
    second = await notices.claim()
    assert first
    assert second
    await notices.sent(second)
    await notices.not_taken(first, "too late", for_good=True)
    mail = await mail_to("ben")
    assert mail["sent_at"]
    assert mail["failed_at"] is None


async def test_the_desk_hears_of_mail_that_waits_for_an_hour(server: MailServer, cast: Cast) -> None:
    await write("busy")
    await post.deliver_due()
    assert await desk_mail.late(cast.moana.viewer()) == 0
    await sql.run("UPDATE notices SET written_at = $1", datetime.now(UTC) - timedelta(hours=1, minutes=1))
    assert await desk_mail.late(cast.moana.viewer()) == 1
    assert (await desk_mail.listed("waiting", "", 1, cast.moana.viewer())).count == 1
