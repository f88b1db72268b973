"""From the favourites into the current basket, many at one time (PROD-5, BASKET-7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.rules import basket_bulk, current_baskets, favourites, products
from app.rules.basket_bulk import Wish
from app.rules.baskets import Basket
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import among, array

DEED = "add products to baskets"
CHOSEN = f"""SELECT p.id FROM favourites f JOIN products p ON p.id = f.product
    WHERE f."user" = $1 AND {among("p.sku", 2, "text")} ORDER BY f.added_at DESC, f.id DESC"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Put:
    """How many went into which basket, by SKU the codes of these and the reasons of the others."""

    count: int
    basket_id: int
    basket_name: str
    went: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)


def told(typed: str, by: Viewer) -> Put | None:
    """What the list's address says was put into the current basket."""
    is_count = typed.isascii() and typed.isdigit() and 0 < len(typed) < 5
    return Put(int(typed), by.basket.id, by.basket.name) if is_count and int(typed) and by.basket else None


@atomic
async def put(skus: Sequence[str], quantity: int, by: Viewer) -> tuple[Put, Basket]:
    """Put these favourites in: `quantity` of each, 0 for the least that is sold. Raises Invalid for none."""
    favourites.require(by)
    by.require(Privilege.USE_BASKETS, DEED)
    wanted = [sku for sku in dict.fromkeys(skus) if sku.isascii() and sku.isprintable()]
    ids = [row["id"] for row in await sql.rows(CHOSEN, by.id, array(wanted))] if wanted else []
    found = await products.rows(ids, by)
    if not found:
        raise Invalid("Select the favourites that shall go into the basket first.")
    wishes = [Wish(product["id"], quantity or products.first_quantity(product)) for product in found]
    outcome = await basket_bulk.put(await current_baskets.current_or_new(by), wishes, by)
    names = {product["id"]: str(product["sku"]) for product in found}
    refused = {names[product]: reason for product, reason in outcome.refused.items()}
    basket, put_in = outcome.opened.basket, {wish.product_id for wish in outcome.put}
    went = {product["sku"]: product["vpn"] or product["sku"] for product in found if product["id"] in put_in}
    return Put(len(went), basket.id, basket.name, went, refused), basket
