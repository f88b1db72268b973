"""Rights are asked again when a mail is sent: what its reader may not see any more stays here (NOTIFY-5)."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from app import post
from app.rules import notices
from app.rules.privileges import Privilege
from db import sql
from db.users import CompanySuspension, Suspension, User, UserPrivilege
from tests.browser import Browser
from tests.cast import Cast
from tests.checking_out import basket_of, placed
from tests.posting import mail_to, server_in_use
from tests.rules.test_notices import confirmation
from tests.rules_named import rule
from tests.smtp_server import MailServer

pytestmark = rule("NOTIFY-5")


@pytest.fixture
async def server(cast: Cast) -> AsyncIterator[MailServer]:
    async with server_in_use() as started:
        yield started


async def take(person: int, privilege: Privilege) -> None:
    await UserPrivilege.delete().where((UserPrivilege.user == person) & (UserPrivilege.privilege == privilege))


async def ordered(browser: Browser, cast: Cast) -> None:
    """Ben places an order, which is confirmed to him with its prices."""
    await browser.sign_in(cast.ben)
    await placed(browser, await basket_of(cast.ben, (cast.dock, 1)))


async def test_a_confirmation_goes_to_who_still_may_read_it(server: MailServer, browser: Browser, cast: Cast) -> None:
    await ordered(browser, cast)
    assert await post.deliver_due() == 1
    assert server.recipients == ["ben@brightbyte.example"]


async def test_no_price_goes_to_who_may_see_none_by_now(server: MailServer, browser: Browser, cast: Cast) -> None:
    await ordered(browser, cast)
    await take(cast.ben.id, Privilege.SEE_PRICES)
    assert await post.deliver_due() == 0
    assert server.taken == []
    mail = await mail_to("ben")
    assert mail["failed_at"]
    assert mail["last_error"] == "Ben Ito has lost the privilege “see prices” since it was written."


async def test_nothing_goes_to_the_disabled(server: MailServer, browser: Browser, cast: Cast) -> None:
    await ordered(browser, cast)
    await Suspension.insert(Suspension(user=cast.ben.id, by=cast.dana.id, at=datetime.now(UTC)))
    assert await post.deliver_due() == 0
    assert (await mail_to("ben"))["last_error"] == "Its reader may no longer log in."


async def test_nothing_goes_to_the_deleted(server: MailServer, browser: Browser, cast: Cast) -> None:
    await ordered(browser, cast)
    await User.update({User.deleted_at: datetime.now(UTC)}).where(User.id == cast.ben.id)
    assert await post.deliver_due() == 0 and server.taken == []


async def test_nothing_goes_to_a_suspended_company(server: MailServer, browser: Browser, cast: Cast) -> None:
    await ordered(browser, cast)
    await CompanySuspension.insert(CompanySuspension(company=cast.brightbyte, reason="x", at=datetime.now(UTC)))
    assert await post.deliver_due() == 0 and server.taken == []


async def write_to_vera(cast: Cast, company: int) -> None:
    """A colleague's order, told to Vera, who may see all orders of the company."""
    now = datetime.now(UTC)
    await UserPrivilege.insert(UserPrivilege(user=cast.vera.id, privilege=Privilege.SEE_ALL_ORDERS, granted_at=now))
    await notices.write(
        *("order_confirmation", "order 20-RK7Q2 placed", cast.vera.email, "Order 20-RK7Q2", "order_confirmation"),
        *(confirmation(sees_prices=False), company),
        reader=cast.vera.id,
        needs=[Privilege.SEE_ALL_ORDERS],
    )


async def test_a_colleagues_order_is_told_while_the_privilege_lasts(server: MailServer, cast: Cast) -> None:
    await write_to_vera(cast, cast.brightbyte)
    assert await post.deliver_due() == 1


async def test_a_colleagues_order_is_told_no_more_without_it(server: MailServer, cast: Cast) -> None:
    await write_to_vera(cast, cast.brightbyte)
    await take(cast.vera.id, Privilege.SEE_ALL_ORDERS)
    assert await post.deliver_due() == 0 and server.taken == []


async def test_another_companys_mail_goes_to_nobody_here(server: MailServer, cast: Cast) -> None:
    await write_to_vera(cast, cast.coastline)
    assert await post.deliver_due() == 0 and server.taken == []


async def test_mail_for_nobody_of_the_portal_goes_as_it_is(server: MailServer, cast: Cast) -> None:
    await notices.write("k", "e", "new@reseller.example", "S", "_letter", {"name": "Kim"}, None)
    assert await post.deliver_due() == 1
    assert await sql.value("SELECT count(*) FROM notices WHERE failed_at IS NOT NULL") == 0
