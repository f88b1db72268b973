"""Passwords and links in mail: sealed in the row, in the mail that arrives, masked at the desk, then erased."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app import post
from app.rules import desk_mail, marks, notices, rounds, sealed, temporary_passwords
from app.rules.refusals import Stale
from db import sql
from db.marks import Mark
from tests.browser import Browser, words
from tests.cast import Cast
from tests.posting import later, mail_to, server_in_use
from tests.rules_named import rule
from tests.safety.rows import file_bytes, tables
from tests.smtp_server import MailServer

pytestmark = rule("NOTIFY-3")
MASK = "••••"


@pytest.fixture
async def server(cast: Cast) -> AsyncIterator[MailServer]:
    async with server_in_use() as started:
        yield started


@pytest.fixture
async def password(cast: Cast) -> str:
    """Dana has reset Ben's password; it is mailed."""
    prepared = await temporary_passwords.prepare()
    await temporary_passwords.give(cast.ben.id, prepared, "reset", cast.dana.viewer())
    return prepared.text


async def expire(name: str = "ben") -> None:
    over = datetime.now(UTC) - timedelta(seconds=1)
    await sql.run("UPDATE notices SET secrets_until = $1 WHERE recipient = $2", over, f"{name}@brightbyte.example")


async def test_the_database_holds_no_password_in_plain(database: str, password: str) -> None:
    rows = await tables()
    assert "⟦password⟧" in rows["notices"]
    assert not [name for name, text in rows.items() if password in text]
    assert password.encode() not in file_bytes(database)


async def test_the_mail_that_arrives_holds_it_and_the_row_no_more(server: MailServer, password: str) -> None:
    assert await post.deliver_due() == 1
    (message,) = server.taken
    text, html = (part.get_content() for part in message.iter_parts())
    assert f"Password:\n{password}\n" in text.replace("\r\n", "\n")
    assert password in html and "⟦" not in text + html
    assert (await mail_to("ben"))["sealed_secrets"] == ""


async def test_a_secret_is_written_as_html_writes_it(server: MailServer) -> None:
    link, until = "http://localhost:8000/x?a=1&b=<2>", datetime.now(UTC) + timedelta(hours=1)
    held: dict[str, Any] = {"secrets": {"account_number": link}, "secrets_until": until}
    await notices.write("k", "e", "ben@brightbyte.example", "S", "_letter", {"name": "Ben"}, None, **held)
    await post.deliver_due()
    (message,) = server.taken
    text, html = (part.get_content() for part in message.iter_parts())
    assert link in text
    assert "a=1&amp;b=&lt;2&gt;" in html


async def test_the_desk_sees_a_mask(browser: Browser, cast: Cast, password: str) -> None:
    mail = await mail_to("ben")
    await browser.sign_in(cast.ari)
    for address in (f"/desk/mail/{mail['id']}", f"/desk/mail/{mail['id']}/html"):
        page = (await browser.get(address)).text
        assert MASK in page and password not in page and "⟦" not in page
        assert mail["sealed_secrets"] not in page


async def test_the_demo_shows_it_whole(browser: Browser, cast: Cast, password: str, demo: None) -> None:
    mail = await mail_to("ben")
    await browser.sign_in(cast.ari)
    for address in (f"/desk/mail/{mail['id']}", f"/desk/mail/{mail['id']}/html"):
        assert password in (await browser.get(address)).text
    await expire()
    assert password not in (await browser.get(f"/desk/mail/{mail['id']}")).text


@pytest.fixture
async def demo(cast: Cast) -> AsyncIterator[None]:
    await Mark.insert(Mark(name="demo"))
    await marks.look_up()
    yield
    await Mark.delete(force=True)
    await marks.look_up()


async def test_an_expired_password_is_not_sent_but_said_at_the_desk(
    server: MailServer, browser: Browser, cast: Cast, password: str
) -> None:
    await expire()
    assert await post.deliver_due() == 0
    assert server.taken == []
    mail = await mail_to("ben")
    assert mail["failed_at"] and "expired" in mail["last_error"]
    await browser.sign_in(cast.piri)
    page = words(await browser.get(f"/desk/mail/{mail['id']}"))
    assert "Its link or password has expired. Whoever needs it asks for a new one." in page
    assert (await browser.post(f"/desk/mail/{mail['id']}/delivery")).status_code == 409
    with pytest.raises(Stale, match="expired"):
        await desk_mail.send_again(mail["id"], cast.piri.viewer())


async def test_a_round_erases_what_has_expired(cast: Cast, password: str) -> None:
    await rounds.clear()
    assert (await mail_to("ben"))["sealed_secrets"]
    await expire()
    await rounds.clear()
    mail = await mail_to("ben")
    assert mail["sealed_secrets"] == ""
    assert mail["failed_at"] and "expired" in mail["last_error"]


async def test_a_failed_mail_keeps_its_password_while_it_is_good(server: MailServer, cast: Cast) -> None:
    prepared = await temporary_passwords.prepare()
    await sql.run("UPDATE users SET email = 'unknown@brightbyte.example' WHERE id = $1", cast.ben.id)
    await temporary_passwords.give(cast.ben.id, prepared, "reset", cast.dana.viewer())
    assert await post.deliver_due() == 0
    mail = await mail_to("unknown")
    assert mail["failed_at"] and mail["sealed_secrets"]
    server.moody = False
    await desk_mail.send_again(mail["id"], cast.piri.viewer())
    assert await post.deliver_due() == 1
    (message,) = server.taken
    assert prepared.text in message.as_string()
    await expire("unknown")
    await rounds.clear()
    assert (await mail_to("unknown"))["sent_at"]


async def test_another_secret_of_the_portal_opens_nothing(server: MailServer, password: str) -> None:
    await sql.run("UPDATE notices SET sealed_secrets = $1", sealed.seal("authenticator", "{}"))
    assert await post.deliver_due() == 0
    assert "sealed with another secret" in (await mail_to("ben"))["last_error"]
    await later(minutes=9)
    assert await post.deliver_due() == 0 and server.taken == []
