"""Mail as a row: written once with the deed, read at the desk, sent again by it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.rules import desk_mail, notices
from app.rules.refusals import Missing, Refused, Stale
from db import sql
from db.sql import Row
from tests.cast import Cast
from tests.rules_named import rule

ORDER: dict[str, Any] = {
    "number": "20-RK7Q2",
    "placed_at": datetime(2026, 11, 25, 1, 5, tzinfo=UTC),
    "po_number": "4500-1187",
    "end_customer_po": "",
    "end_user": "",
    "delivery_name": "Brightbyte & Söhne <Ltd>",
    "delivery_attention": "Ben",
    "delivery_line1": "12 Quay Street",
    "delivery_line2": "",
    "delivery_city": "Auckland",
    "delivery_region": "",
    "delivery_postcode": "1010",
    "delivery_country": "NZ",
    "delivery_phone": "",
    "delivery_method": "Overnight",
    "requested_date": None,
    "ship": "available",
    "notes": "Desks 301 to 304",
    "currency": "NZD",
    "tax_name": "GST",
    "tax_basis_points": 1500,
    "goods_cents": 156_200,
    "freight_cents": 2_000,
    "tax_cents": 23_730,
    "total_cents": 181_930,
}
PARTS = [
    {"kind": "reserved", "quantity": 3, "eta": None},
    {"kind": "backordered", "quantity": 2, "eta": date(2026, 12, 3)},
]
LINE: dict[str, Any] = {
    "number": 1,
    "sku": "7RK2Q4",
    "vpn": "KD-4410-PD",
    "name": "Kestrel Dock 4410 <USB-C>",
    "note": "",
    "quantity": 5,
    "price_cents": 31_240,
    "total_cents": 156_200,
    "parts": PARTS,
}


def confirmation(**more: Any) -> dict[str, Any]:
    """What an order confirmation speaks of."""
    company = {"name": "Brightbyte Ltd", "account_number": "100234"}
    return {"order": ORDER, "lines": [LINE], "company": company, "placed_by": "Ben Ito", **more}


async def write(recipient: str = "ben@brightbyte.example", event: str = "order 20-RK7Q2 placed", **more: Any) -> Row:
    """A confirmation as the order writes it; gives its row."""
    subject = more.pop("subject", "Order 20-RK7Q2")
    await notices.write(
        "order_confirmation", event, recipient, subject, "order_confirmation", confirmation(**more), None
    )
    found = await sql.row("SELECT * FROM notices WHERE event = $1 ORDER BY id DESC LIMIT 1", event)
    assert found
    return found


async def count() -> int:
    found: int = await sql.value("SELECT count(*) FROM notices")
    return found


async def fail(notice: Row) -> None:
    claimed = await notices.claim()
    assert claimed
    assert claimed["id"] == notice["id"]
    await notices.not_taken(claimed, "550 no such user", for_good=True)


@rule("NOTIFY-3")
async def test_the_same_event_mails_an_address_once(cast: Cast) -> None:
    await write()
    await write()
    await write("Ben@Brightbyte.example")
    assert await count() == 1
    await write("dana@brightbyte.example")
    await write(event="order 20-RK7Q3 placed")
    assert await count() == 3


@rule("NOTIFY-3")
async def test_no_mail_without_its_order(cast: Cast) -> None:
    async def order_that_fails() -> None:
        async with sql.transaction():
            await write()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await order_that_fails()
    assert await count() == 0


@rule("PRICE-3", "ORDER-8")
async def test_a_confirmation_says_what_was_promised(cast: Cast) -> None:
    text = (await write())["text"]
    for said in ("20-RK7Q2", "4500-1187", "100234, Brightbyte Ltd", "25 Nov 2026, 14:05 NZDT by Ben Ito"):
        assert said in text
    assert "5 × $312.40 = $1,562.00" in text
    assert "3 ship now, 2 backordered, expected 3 Dec 2026" in text
    sums = [line.split() for line in text.splitlines()]
    assert ["GST", "15", "%", "$237.30"] in sums
    assert ["Total", "NZD", "$1,819.30"] in sums
    assert "/orders/20-RK7Q2\n" in text


async def test_text_is_plain_and_html_is_escaped(cast: Cast) -> None:
    mail = await write()
    assert "Brightbyte & Söhne <Ltd>" in mail["text"]
    assert "Brightbyte &amp; Söhne &lt;Ltd&gt;" in mail["html"]
    assert "Kestrel Dock 4410 &lt;USB-C&gt;" in mail["html"]
    assert "$1,819.30" in mail["html"]


async def test_no_price_goes_to_who_may_not_see_prices(cast: Cast) -> None:
    mail = await write(sees_prices=False)
    assert "$" not in mail["text"] + mail["html"]
    assert "5 ordered" in mail["text"]


async def test_a_complete_order_says_what_waits(cast: Cast) -> None:
    mail = await write(order={**ORDER, "ship": "complete"})
    assert "3 reserved, 2 backordered, expected 3 Dec 2026" in mail["text"]


async def test_a_subject_is_one_line_of_200(cast: Cast) -> None:
    mail = await write(subject="Order\r\nBcc: spy@evil.example\0" + "x" * 300)
    assert mail["subject"].startswith("Order Bcc: spy@evil.example x")
    assert len(mail["subject"]) == 200


def test_waits_grow_from_a_minute_to_four_hours() -> None:
    waits = [notices.wait_after(attempts) for attempts in (1, 2, 3, 8, 9, 200)]
    assert [wait // timedelta(minutes=1) for wait in waits] == [1, 2, 4, 128, 240, 240]


@pytest.mark.parametrize(("passed", "said"), [(0, "0 min"), (3_599, "59 min"), (7_200, "2 h"), (172_800, "2 days")])
def test_an_age_in_words(passed: int, said: str) -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    assert notices.age(now - timedelta(seconds=passed), now) == said


async def test_the_desk_finds_mail_by_recipient(cast: Cast) -> None:
    await write()
    await write("da_na@brightbyte.example")
    moana = cast.moana.viewer()
    (bens,) = (await desk_mail.listed("", "BEN@", 1, moana)).rows
    assert bens["recipient"] == "ben@brightbyte.example"
    assert (await desk_mail.listed("", "a_n", 1, moana)).count == 1
    assert (await desk_mail.listed("", "%", 1, moana)).count == 0
    assert (await desk_mail.listed("", "", 2, moana)).rows == []


async def test_mail_without_a_server_is_kept(cast: Cast) -> None:
    mail = await write()
    moana = cast.moana.viewer()
    assert (await desk_mail.find(mail["id"], moana))["state"] == "kept"
    assert (await desk_mail.listed("kept", "", 1, moana)).count == 1
    assert (await desk_mail.listed("waiting", "", 1, moana)).count == 0
    assert await desk_mail.late(moana) == 0


async def test_mail_is_not_for_customers(cast: Cast) -> None:
    mail = await write()
    with pytest.raises(Refused):
        await desk_mail.find(mail["id"], cast.dana.viewer())
    with pytest.raises(Refused):
        await desk_mail.listed("", "", 1, cast.dana.viewer())
    with pytest.raises(Missing):
        await desk_mail.find(2**40, cast.moana.viewer())


@rule("NOTIFY-3")
async def test_the_desk_sends_a_failed_mail_again_with_its_id(cast: Cast) -> None:
    mail = await write()
    with pytest.raises(Stale):
        await desk_mail.send_again(mail["id"], cast.piri.viewer())
    await fail(mail)
    assert (await desk_mail.listed("failed", "", 1, cast.moana.viewer())).count == 1
    await desk_mail.send_again(mail["id"], cast.piri.viewer())
    again = await notices.claim()
    assert again
    assert (again["id"], again["attempts"], again["message_id"]) == (mail["id"], 1, mail["message_id"])
