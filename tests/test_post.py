"""The post against a real mail server: each mail once, as it was written, until it is stopped."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app import post
from app.mail import servers
from app.rules import notices
from db import sql
from db.users import Session
from tests.cast import Cast
from tests.posting import mail_to, server_in_use, write
from tests.rules.test_notices import confirmation
from tests.rules_named import rule
from tests.smtp_server import MailServer

pytestmark = rule("NOTIFY-3")


@pytest.fixture
async def server(cast: Cast) -> AsyncIterator[MailServer]:
    async with server_in_use() as started:
        yield started


async def test_due_mail_is_sent_once_over_one_connection(server: MailServer) -> None:
    await write("ben", "dana", "vera")
    assert await post.deliver_due() == 3
    assert await post.deliver_due() == 0
    assert sorted(server.recipients) == [f"{name}@brightbyte.example" for name in ("ben", "dana", "vera")]
    assert server.connections == 1
    assert (await mail_to("ben"))["sent_at"]


async def test_a_mail_arrives_as_it_was_written(server: MailServer) -> None:
    await write("ben")
    await post.deliver_due()
    (message,) = server.taken
    mail = await mail_to("ben")
    assert message["From"] == "Harbour Distribution <trade@harbour.example>"
    assert message["Subject"] == "Order 20-RK7Q2 für Dana"
    assert message["Message-ID"] == mail["message_id"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == mail["written_at"].replace(microsecond=0)
    text, html = message.iter_parts()
    assert message.get_content_type() == "multipart/alternative"
    assert text.get_content().splitlines() == mail["text"].splitlines()
    assert html.get_content().splitlines() == mail["html"].splitlines()


async def test_lines_are_short_however_long_the_text(server: MailServer) -> None:
    long = confirmation()
    long["order"] = {**long["order"], "notes": "ü" * 5_000 + "\n." + "\r\n.\r\n"}
    await notices.write("k", "e", "ben@brightbyte.example", "ß" * 200, "order_confirmation", long, None)
    assert await post.deliver_due() == 1
    (message,) = server.taken
    assert max(len(line) for line in message.as_bytes().splitlines()) <= 78
    assert "ü" * 5_000 in message.get_body().get_content()  # type: ignore[union-attr]
    assert message["Subject"] == "ß" * 200


async def test_two_workers_send_each_mail_once(server: MailServer) -> None:
    await write(*(f"user{number}" for number in range(20)))
    sent = await asyncio.gather(*(post.deliver_due() for _ in range(4)))
    assert sum(sent) == 20
    assert len(set(server.recipients)) == len(server.recipients) == 20


async def test_without_a_server_nothing_is_tried(cast: Cast) -> None:
    await write("ben")
    assert await post.deliver_due() == 0
    mail = await mail_to("ben")
    assert (mail["attempts"], mail["sent_at"], mail["failed_at"]) == (0, None, None)


async def test_the_post_works_until_it_is_stopped(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "LOOK_SECONDS", 60.0)
    arrived = asyncio.Event()
    monkeypatch.setattr(server, "on_taken", arrived.set)
    stop = asyncio.Event()
    working = asyncio.create_task(post.work(stop))
    await write("ben")
    post.wake()
    async with asyncio.timeout(10):
        await arrived.wait()
        stop.set()
        await working
    assert server.recipients == ["ben@brightbyte.example"]


async def test_the_post_goes_on_after_a_fault(
    server: MailServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stop = asyncio.Event()
    looks: list[int] = []

    async def look(_: asyncio.Event) -> int:
        looks.append(1)
        if len(looks) == 1:
            raise ConnectionError("the database is away")
        stop.set()
        return 0

    monkeypatch.setattr(post, "deliver_due", look)
    monkeypatch.setattr(post, "LOOK_SECONDS", 0.01)
    async with asyncio.timeout(10):
        await post.work(stop)
    assert len(looks) == 2
    assert "the database is away" in caplog.text


async def test_the_post_clears_away_what_is_over(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=9)
    await sql.run("INSERT INTO attempts (what, key, at) VALUES ('x', 'y', $1)", long_ago)
    await sql.run(
        """INSERT INTO mailed_links (purpose, token_hash, bound_to, made_at, expires_at)
        VALUES ('reset', 'x', '', $1, $1)""",
        long_ago,
    )
    await Session.insert(Session(token_hash="x", user=cast.ben.id, started_at=long_ago, last_seen_at=long_ago))
    stop = asyncio.Event()
    monkeypatch.setattr(post, "_pause", stop_after(stop))
    await post.work(stop)
    for table in ("attempts", "mailed_links", "sessions"):
        assert await sql.value(f"SELECT count(*) FROM {table}") == 0, table  # noqa: S608 (a test's own words)


def stop_after(stop: asyncio.Event) -> Callable[[asyncio.Event], Awaitable[None]]:
    """One look, and no more."""

    async def pause(_: asyncio.Event) -> None:
        stop.set()

    return pause


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://127.0.0.1:1025", ("127.0.0.1", 1025, None, None, False)),
        ("smtp://mail.example", ("mail.example", 25, None, None, False)),
        ("smtp://trade:p%40ss@mail.example", ("mail.example", 587, "trade", "p@ss", False)),
        ("smtps://mail.example", ("mail.example", 465, None, None, True)),
    ],
)
def test_the_address_of_a_server(url: str, expected: tuple[Any, ...]) -> None:
    assert servers.Server.at(url) == servers.Server(*expected)


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://mail.example:mail"])
def test_what_is_no_server(url: str) -> None:
    with pytest.raises(servers.WrongServer, match="PORTAL_SMTP_URL"):
        servers.Server.at(url)
