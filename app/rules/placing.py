"""Placing an order: once, at today's price, with units that nobody else was promised (ORDER-2, ORDER-3)."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256

from app.rules import addresses, audit, baskets, checkout, confirmations, money, order_rows, orders, reviews
from app.rules.checkout import Counter
from app.rules.order_rows import Mark
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Missing, Refused, Stale
from app.rules.reviews import Review, Seen
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import FOR_UPDATE

DEED = "place orders"
MOST_TOLD = 10

LOCK_BASKET = f"SELECT id FROM baskets WHERE id = $1 AND company = $2{FOR_UPDATE}"  # noqa: S608 (a constant)
LOCK_STOCK = f"""SELECT s.id FROM stock s WHERE s.product IN
    (SELECT product FROM basket_lines WHERE basket = $1 AND removed_at IS NULL)
    ORDER BY s.id{FOR_UPDATE}"""  # noqa: S608 (a constant)
PLACED_WITH = "SELECT number, token_digest FROM orders WHERE company = $1 AND token = $2"
ORDERED_AS = """SELECT number FROM orders WHERE company = $1 AND basket = $2 AND ($3 = 0 OR placed_by = $3)
    ORDER BY id DESC LIMIT 1"""


class Changed(Stale):
    """Price, stock or lines are not what was seen: what differs, and the review as it is now (409)."""

    def __init__(self, review: Review, differences: list[str], seen: Seen | None = None) -> None:
        super().__init__(" ".join(differences))
        self.review = review
        self.differences = differences
        self.seen = seen


class Ordered(Stale):
    """The basket has become an order already (409)."""

    def __init__(self, number: str) -> None:
        super().__init__(f"This basket was ordered already, as order {number}. Nothing was ordered twice.")
        self.number = number


@dataclass(frozen=True, slots=True)
class Posted:
    """A check-out form as it came: its fields, its token, and what its sender was shown ("" for nothing)."""

    basket_id: int
    token: str
    typed: Mapping[str, str]
    seen: str = ""

    @property
    def digest(self) -> str:
        """Tells this content from another that comes with the same token."""
        content = json.dumps([self.basket_id, sorted(self.typed.items())])
        return sha256(content.encode()).hexdigest()


async def placed_with(posted: Posted, by: Viewer) -> str | None:
    """The order that this token has placed; raises Invalid where the token came with other content."""
    row = await sql.row(PLACED_WITH, by.company_id, posted.token)
    if row is None:
        return None
    if row["token_digest"] != posted.digest:
        told = f"This form has been sent before, and is order {row['number']}. For another order, check out a basket."
        raise Invalid(told)
    return str(row["number"])


async def ordered_as(basket_id: int, by: Viewer) -> str | None:
    """The number of the order that a basket has become, where it is the viewer's to see."""
    if not 0 < basket_id <= baskets.LARGEST_ID:
        return None
    company, person = orders.scope(by)
    number: str | None = await sql.value(ORDERED_AS, company, basket_id, person)
    return number


async def review(posted: Posted, by: Viewer) -> Review:
    """What would be placed; raises Missing, Refused, Invalid, Ordered."""
    counter = await checkout.open(posted.basket_id, by)
    if counter.basket.archived_at and (number := await ordered_as(posted.basket_id, by)):
        raise Ordered(number)
    _require_orderable(counter, by)
    terms = checkout.chosen(posted.typed, counter, by)
    await checkout.require_free_po(terms.po_number, by)
    return Review(counter, terms)


def _require_orderable(counter: Counter, by: Viewer) -> None:
    """Raises Refused for who may not order it (BASKET-16), Invalid with what stands against each line."""
    if reason := baskets.why_not_theirs(counter.basket, by):
        raise Refused(reason)
    if reason := baskets.why_not_order(counter.opened, by):
        marked = [(line.code, line.obstacle) for line in counter.opened.sums.lines if line.obstacle]
        told = [f"{code}: {obstacle.words}" for code, obstacle in marked[:MOST_TOLD]]
        raise Invalid(" ".join([reason, *told]))


@atomic
async def place(posted: Posted, by: Viewer) -> str:
    """The order's number. The same token gives the same order; raises Invalid, Refused, Missing, Ordered, Changed."""
    by.require(Privilege.PLACE_ORDERS, DEED)
    if not 0 < posted.basket_id <= baskets.LARGEST_ID:
        raise Missing
    await baskets.lock_owner(by)
    await sql.run(LOCK_BASKET, posted.basket_id, by.company_id)
    if number := await placed_with(posted, by):
        return number
    await sql.run(LOCK_STOCK, posted.basket_id)
    found = await review(posted, by)
    _require_as_seen(found, posted, by)
    order_id = await order_rows.write(found, Mark(posted.token, posted.digest), by)
    if order_id is None:
        return await _placed_meanwhile(found, posted, by)
    await _put_away(posted.basket_id)
    if found.terms.keeps_place:
        await addresses.add(asdict(found.terms.place), by)
    return await _tell(order_id, by)


def _require_as_seen(found: Review, posted: Posted, by: Viewer) -> None:
    if not posted.seen:
        return
    seen = found.unpacked(posted.seen, by)
    if seen is None:
        raise Changed(found, ["The review that you saw could not be read again. Check this one."])
    if differing := reviews.differences(seen, found.seen):
        raise Changed(found, differing, seen)


async def _placed_meanwhile(found: Review, posted: Posted, by: Viewer) -> str:
    """Another basket's order was a moment faster with the same token, or with the same PO number."""
    if number := await placed_with(posted, by):
        return number
    await checkout.require_free_po(found.terms.po_number, by)
    raise Stale("Another order was placed at the same moment. Nothing was ordered here. Place it again.")


async def _put_away(basket_id: int) -> None:
    """An ordered basket is archived (BASKET-2), and nobody's current one any more."""
    await sql.run("UPDATE baskets SET archived_at = $2 WHERE id = $1", basket_id, datetime.now(UTC))
    await sql.run("UPDATE users SET current_basket = NULL WHERE current_basket = $1", basket_id)


async def _tell(order_id: int, by: Viewer) -> str:
    """Keep the order in the trail and confirm it by mail (ORDER-8); gives its number."""
    order = await confirmations.write(order_id, by)
    number, total = str(order["number"]), f"{money.written(order['total_cents'])} {order['currency']}"
    await audit.note("order_placed", by, subject=f"order {number}", subject_name=f"Order {number}", after=total)
    return number
