"""The confirmation of an order, to the addresses that the notification preferences say (ORDER-8)."""

from collections.abc import Iterator

from app.rules import notices, notifications, orders
from app.rules.notification_readers import Reader, told
from app.rules.privileges import Privilege
from app.rules.viewers import Viewer
from db import sql
from db.sql import Row

KIND = notifications.BY_CODE["order_confirmation"]
COMPANY = "SELECT name, account_number, time_zone FROM companies WHERE id = $1"


async def write(order_id: int, by: Viewer) -> Row:
    """The order that is confirmed; call it in the transaction that placed it."""
    order = await sql.row("SELECT * FROM orders WHERE id = $1", order_id)
    company = await sql.row(COMPANY, by.company_id)
    assert order is not None
    assert company is not None
    number = str(order["number"])
    lines = (await orders.shown(order)).lines
    context = {"order": order, "company": company, "placed_by": by.named, "lines": lines}
    subject = f"Order {number} confirmed, PO {order['po_number']}"
    for reader in await told(KIND, by):
        seen = {**context, "time_zone": reader.time_zone, "sees_prices": reader.sees_prices}
        await notices.write(
            *(KIND.code, f"order {number} placed", reader.address, subject, KIND.code, seen, by.company_id),
            reader=reader.user_id,
            needs=_needs(reader, by),
        )
    return order


def _needs(reader: Reader, by: Viewer) -> Iterator[Privilege]:
    """What the reader must still be allowed to see when the mail goes out (NOTIFY-5)."""
    if reader.sees_prices:
        yield Privilege.SEE_PRICES
    if reader.user_id != by.id:
        yield Privilege.SEE_ALL_ORDERS
