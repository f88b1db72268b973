"""What is no further address for mail, and how many there can be (NOTIFY-1)."""

import pytest

from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.mailbox import mail_to
from tests.routes.test_notifications import PATH, STOCK, TYPE, addresses, id_of


@pytest.fixture
async def ben(browser: Browser, cast: Cast) -> Browser:
    return await browser.sign_in(cast.ben)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "nobody",
        "a@b",
        "a@b.example\r\nBcc: all@evil.example",
        "a@b.example,c@d.example",
        "a\0@b.example",
        "a\u202e@b.example",
        "x" * 100_000 + "@b.example",
        "ben@brightbyte.example",
        "ＢEN@brightbyte.example",
    ],
)
async def test_what_is_no_further_address_is_said_at_its_field(ben: Browser, cast: Cast, typed: str) -> None:
    answer = await ben.post(f"{TYPE}/addresses", {"address": typed})
    assert answer.status_code == 422 and 'id="notification-order_confirmation-error"' in answer.text
    assert not await addresses(cast.ben.id) and not await sql.value("SELECT count(*) FROM notices")


async def test_there_are_five_addresses_at_most(ben: Browser, cast: Cast) -> None:
    answers = [await ben.post(f"{TYPE}/addresses", {"address": f"a{number}@b.example"}) for number in range(6)]
    assert [answer.status_code for answer in answers] == [303] * 4 + [422] * 2
    assert len(await addresses(cast.ben.id)) == 5 and "At most 5 addresses" in words(await ben.get(PATH))


async def test_nobodys_mailbox_is_filled_with_questions(ben: Browser) -> None:
    await ben.post(f"{TYPE}/addresses", {"address": STOCK})
    again = f"{TYPE}/addresses/{await id_of(STOCK)}/link"
    answers = [await ben.post(again) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [303] * 4 + [429] and answers[-1].headers["Retry-After"]
    assert len(await mail_to(STOCK)) == 5
