"""The lines of a basket: adding, changing, removing and undoing (BASKET-1, BASKET-8, BASKET-10)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.rules import basket_line_rows as rows
from app.rules import baskets, current_baskets, prices, products, stock
from app.rules.basket_line_rows import Seen
from app.rules.basket_sums import LineSum, why_not
from app.rules.baskets import Opened
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Missing, Stale
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic

DEED = "add products to baskets"
NOTE_LENGTH = 200

COUNT = "SELECT count(*) FROM basket_lines WHERE basket = $1 AND removed_at IS NULL"
REMOVED = """
SELECT l.id, l.quantity, CASE WHEN p.vpn = '' THEN p.sku ELSE p.vpn END AS code
FROM basket_lines l JOIN products p ON p.id = l.product
WHERE l.basket = $1 AND l.id = $2 AND l.removed_at > $3
"""


@dataclass(frozen=True, slots=True)
class Deed:
    """A line that was added, changed or brought back, in its basket; `was` is its quantity before, 0 for a new one."""

    opened: Opened
    line: LineSum
    was: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody typed into a line; None leaves a thing as it is, version None asks for no comparison."""

    quantity: int | None = None
    note: str | None = None
    version: int | None = None


async def _named(code: str, by: Viewer) -> int:
    """The product that a SKU, own part number, VPN or UPC names; raises Invalid at the field."""
    found = await products.by_code(code, by.company_id)
    if not found:
        raise Invalid({"sku": f"No product has the SKU, VPN or UPC “{code[:40]}”. Search for it, or check the code."})
    if len(found) > 1:
        skus = ", ".join(product["sku"] for product in (await products.rows(found[:5])))
        raise Invalid({"sku": f"“{code[:40]}” names {len(found):,} products. Type the SKU of one: {skus}."})
    return found[0]


async def _seen(product_id: int, quantity: int, basket: baskets.Basket, by: Viewer) -> Seen:
    """Raises Invalid where so many cannot be bought, with the reason at the field."""
    product = (await products.rows([product_id], by))[0]
    offer = (await prices.offers(by.company_id, [product_id], products.today()))[product_id]
    promise = stock.promise(product["levels"], quantity, basket.home_warehouse, discontinued=product["is_discontinued"])
    obstacle = why_not(by, product, offer, quantity, promise, basket.contact)
    if obstacle:
        raise Invalid({"quantity" if obstacle.kind == "quantity" else "sku": obstacle.words})
    price = offer.at(quantity)
    assert price is not None
    return Seen(price.cents, promise.ships, bool(product["is_discontinued"]))


def _require_quantity(quantity: int) -> None:
    most = settings.max_quantity
    if not 0 < quantity <= most:
        raise Invalid({"quantity": f"That makes {quantity:,}; a line holds from 1 to {most:,} of a product."})


async def _require_room(basket_id: int) -> None:
    most = settings.max_basket_lines
    if await sql.value(COUNT, basket_id) >= most:
        raise Invalid({"sku": f"A basket holds at most {most:,} lines. Remove one, or use another basket."})


@atomic
async def add(basket_id: int, code: str, quantity: int, by: Viewer) -> Deed:
    """Put so many of a product in; the same product adds up. Basket 0 is the current one (BASKET-7).

    Raises Invalid with the reason at the field: unknown, uncertified, unpriced, a quantity that is not sold.
    """
    by.require(Privilege.USE_BASKETS, DEED)
    basket = await baskets.held(by, basket_id or await current_baskets.current_or_new(by))
    baskets.require_edit(basket, by)
    product_id = await _named(code, by)
    was = await _put(basket, product_id, quantity, by)
    opened = await baskets.settle(basket.id, by)
    line = next(line for line in opened.sums.lines if line.product["id"] == product_id)
    return Deed(opened, line, was)


async def _put(basket: baskets.Basket, product_id: int, quantity: int, by: Viewer) -> int:
    """Add to the product's line, bring its removed line back, or begin one; gives the quantity before."""
    kept = await sql.row(rows.KEPT, basket.id, product_id)
    was: int = kept["quantity"] if kept and not kept["removed_at"] else 0
    _require_quantity(was + quantity)
    seen = await _seen(product_id, was + quantity, basket, by)
    if not was:
        await _require_room(basket.id)
    if kept and was:
        await sql.run(rows.MORE, kept["id"], by.id, was + quantity, *seen)
    elif kept:
        await sql.run(rows.REVIVE, kept["id"], by.id, quantity, *seen, datetime.now(UTC))
    else:
        await sql.run(rows.INSERT, basket.id, product_id, quantity, *seen, by.id, datetime.now(UTC))
    return was


async def _line(basket_id: int, line_id: int, by: Viewer) -> tuple[baskets.Basket, LineSum]:
    """The line in its basket, which is locked; raises Missing, or Refused where `by` may not change it."""
    basket = await baskets.held(by, basket_id)
    baskets.require_edit(basket, by)
    line = (await baskets.open(by, basket.id, line_id)).sums.line(line_id)
    if line is None:
        raise Missing
    return basket, line


def _require_fresh(line: LineSum, wanted: Wanted) -> None:
    """Raises Stale where somebody changed the line since it was shown, with both values (BASKET-10)."""
    kept = line.line
    if wanted.version in (None, kept.version):
        return
    differing = []
    if wanted.quantity not in (None, kept.quantity):
        differing.append(f"the quantity is {kept.quantity:,} now, and you typed {wanted.quantity:,}")
    if wanted.note not in (None, kept.note):
        differing.append(f"the note is “{kept.note}” now, and you typed “{wanted.note}”")
    if differing:
        raise Stale(f"{line.code} has changed in the meantime: {'; '.join(differing)}. Nothing was written over.")


@atomic
async def change(basket_id: int, line_id: int, wanted: Wanted, by: Viewer) -> Deed:
    """Another quantity or note; raises Invalid, Missing, and Stale for a change of an older version."""
    basket, line = await _line(basket_id, line_id, by)
    _require_fresh(line, wanted)
    quantity = line.line.quantity if wanted.quantity is None else wanted.quantity
    note = line.line.note if wanted.note is None else wanted.note
    seen = Seen(line.line.seen_price_cents, line.line.seen_ships, line.line.seen_discontinued)
    if quantity != line.line.quantity:
        _require_quantity(quantity)
        seen = await _seen(line.product["id"], quantity, basket, by)
    await sql.run(rows.CHANGE, line.id, by.id, quantity, *seen, note)
    return await _deed(basket_id, line_id, by, line.line.quantity)


async def _deed(basket_id: int, line_id: int, by: Viewer, was: int) -> Deed:
    opened = await baskets.settle(basket_id, by)
    line = opened.sums.line(line_id)
    assert line is not None
    return Deed(opened, line, was)


@atomic
async def remove(basket_id: int, line_id: int, by: Viewer) -> tuple[Opened, LineSum]:
    """Take a line out; gives the basket without it, and what it was."""
    _, line = await _line(basket_id, line_id, by)
    await sql.run(rows.REMOVE, line_id, by.id, datetime.now(UTC))
    return await baskets.settle(basket_id, by), line


async def removed(basket_id: int, line_id: int) -> sql.Row | None:
    """`id`, `code` and `quantity` of a line that can be brought back into a basket that the asker has opened."""
    since = datetime.now(UTC) - timedelta(hours=settings.undo_hours)
    return await sql.row(REMOVED, basket_id, line_id, since) if 0 < line_id <= baskets.LARGEST_ID else None


@atomic
async def restore(basket_id: int, line_id: int, by: Viewer) -> Deed:
    """Undo a removal, at the same place; once more changes nothing. Raises Missing, Invalid past the limit."""
    basket = await baskets.held(by, basket_id)
    baskets.require_edit(basket, by)
    if await removed(basket.id, line_id):
        await _require_room(basket.id)
        await sql.run(rows.RESTORE, line_id, by.id)
    opened = await baskets.settle(basket.id, by)
    line = opened.sums.line(line_id)
    if line is None:
        raise Missing
    return Deed(opened, line)
