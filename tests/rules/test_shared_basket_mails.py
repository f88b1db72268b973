"""The mail "Basket shared with me": to those who chose it, once, and only while it holds (NOTIFY-2, NOTIFY-5)."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from app import post
from app.rules import basket_approvals, basket_lines, baskets, notification_addresses, notifications
from app.rules.privileges import PURCHASING, Privilege
from app.rules.viewers import Viewer
from db import sql
from db.users import UserPrivilege
from tests.cast import Cast
from tests.mailbox import mail_to
from tests.posting import server_in_use
from tests.rules_named import rule
from tests.smtp_server import MailServer

pytestmark = rule("NOTIFY-2")
KIND = "basket_shared"
TEAM = "team@brightbyte.example"


@pytest.fixture
async def server(cast: Cast) -> AsyncIterator[MailServer]:
    async with server_in_use() as started:
        yield started


@pytest.fixture
async def dana(cast: Cast) -> Viewer:
    """Dana with a shared basket, number 1, of two docks; Ben wants its mail."""
    by = cast.dana.viewer(is_administrator=True)
    await baskets.create("Fit-out", "shared", "For level 3", by)
    await basket_lines.add(1, cast.dock.sku, 2, by)
    await notifications.choose(KIND, True, False, _ben(cast))
    return by


def _ben(cast: Cast) -> Viewer:
    return cast.ben.viewer(privileges=frozenset(PURCHASING))


async def test_it_is_off_at_the_start(cast: Cast, dana: Viewer) -> None:
    await sql.run("DELETE FROM notification_choices")
    await basket_approvals.add(1, cast.ben.id, dana)
    assert await mail_to(cast.ben.email) == []


async def test_ben_is_told_once_without_a_price(cast: Cast, dana: Viewer) -> None:
    for _ in range(2):
        await basket_approvals.add(1, cast.ben.id, dana)
    (mail,) = await mail_to(cast.ben.email)
    assert mail["subject"] == "Dana Reyes shares the basket “Fit-out” with you"
    for body in (mail["text"], mail["html"]):
        assert "1 line now" in body and "For level 3" in body and "http://localhost:8000/baskets/1" in body
        assert "$" not in body and "624" not in body and "312" not in body
    assert (mail["needs"], mail["reader"], mail["basket"]) == ("use_baskets", cast.ben.id, 1)


@rule("NOTIFY-1")
async def test_it_goes_to_confirmed_addresses_alone(cast: Cast, dana: Viewer) -> None:
    await notification_addresses.add(KIND, TEAM, _ben(cast))
    await basket_approvals.add(1, cast.ben.id, dana)
    assert not [mail for mail in await mail_to(TEAM) if mail["kind"] == KIND]
    await sql.run("UPDATE notification_addresses SET confirmed_at = $1", datetime.now(UTC))
    await basket_approvals.remove(1, cast.ben.id, dana)
    await basket_approvals.add(1, cast.ben.id, dana)
    assert len([mail for mail in await mail_to(TEAM) if mail["kind"] == KIND]) == 1


async def test_it_goes_out_while_it_holds(server: MailServer, cast: Cast, dana: Viewer) -> None:
    await basket_approvals.add(1, cast.ben.id, dana)
    assert await post.deliver_due() == 1 and server.recipients == [cast.ben.email]


async def test_a_withdrawn_approval_is_not_told(server: MailServer, cast: Cast, dana: Viewer) -> None:
    await basket_approvals.add(1, cast.ben.id, dana)
    await basket_approvals.remove(1, cast.ben.id, dana)
    assert await post.deliver_due() == 0 and await mail_to(cast.ben.email) == []


@rule("NOTIFY-5")
@pytest.mark.parametrize("how", ["private", "public", "deleted", "withdrawn"])
async def test_nothing_goes_out_about_what_ben_may_not_change_by_now(
    server: MailServer, cast: Cast, dana: Viewer, how: str
) -> None:
    await basket_approvals.add(1, cast.ben.id, dana)
    if how == "deleted":
        await baskets.remove(1, dana)
    elif how == "withdrawn":
        await sql.run("DELETE FROM basket_approvals")
    else:
        await baskets.change(1, None, None, None, dana, visibility=how)
    assert await post.deliver_due() == 0 and server.taken == []
    assert (await mail_to(cast.ben.email))[0]["last_error"] == "Its basket is no longer shared with Ben Ito."


@rule("NOTIFY-5")
async def test_nothing_goes_to_who_lost_the_privilege(server: MailServer, cast: Cast, dana: Viewer) -> None:
    await basket_approvals.add(1, cast.ben.id, dana)
    theirs = (UserPrivilege.user == cast.ben.id) & (UserPrivilege.privilege == Privilege.USE_BASKETS)
    await UserPrivilege.delete().where(theirs)
    assert await post.deliver_due() == 0 and server.taken == []
    assert "has lost the privilege “use baskets”" in (await mail_to(cast.ben.email))[0]["last_error"]


async def test_there_is_no_choice_of_the_whole_company(cast: Cast, dana: Viewer) -> None:
    chosen = await notifications.choose(KIND, True, True, dana)
    assert not chosen.whole_company
    await basket_approvals.add(1, cast.ben.id, dana)
    assert await mail_to(cast.dana.email) == []
