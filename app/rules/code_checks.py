"""Rows of codes and quantities against the catalogue: what each names, costs and gets, or what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from app.files.code_lists import Typed
from app.rules import prices, products, spoilt_codes
from app.rules.baskets import Basket
from app.rules.code_judging import Checked, Judge, Named
from app.rules.products import HOUSE, Contact, Meaning
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.dialect import among, array

__all__ = ["Checked", "check"]

MOST_CANDIDATES = 8
NONE = Meaning()
MOST_GUESSED = 500  # unknown codes: more than anybody chooses among, and guessing takes time

HELD = f"""SELECT product, quantity FROM basket_lines
WHERE basket = $1 AND removed_at IS NULL AND {among("product", 2)}"""  # noqa: S608 (the pieces are constants)
CONTACT = "SELECT u.name, u.email, u.phone FROM companies o JOIN users u ON u.id = o.account_manager WHERE o.id = $1"


async def check(
    rows: Sequence[Typed], viewer: Viewer, basket: Basket | None, *, chosen: Mapping[int, int] | None = None
) -> list[Checked]:
    """Each row in its order, in a constant number of statements however many there are (BASKET-11).

    `chosen` holds, by row number, the product that somebody picked among the candidates.
    """
    picked = dict(chosen or {})
    named = await _named(rows, viewer, picked)
    ids = list(dict.fromkeys(product_id for found in named for product_id in (*found.ids, found.other) if product_id))
    by_id = {product["id"]: product for product in await products.rows(ids, viewer)}
    sole = [found.sole for found in named if found.sole in by_id]
    offers = await prices.offers(viewer.company_id, list(dict.fromkeys(sole)), products.today())
    held = await _held(basket, sole)
    contact = basket.contact if basket else await _contact(viewer)
    judge = Judge(viewer, basket.home_warehouse if basket else viewer.home_warehouse_id, contact, by_id, offers, held)
    return await _with_replacements(judge.judged(rows, named), viewer)


async def _with_replacements(rows: list[Checked], viewer: Viewer) -> list[Checked]:
    """What has come in place of discontinued products of which there are too few, as candidates."""
    skus = {row.product["replaced_by_sku"] for row in rows if row.product and row.problem} - {None, ""}
    if not skus:
        return rows
    ids = [ids[0] for ids in (await products.by_codes(sorted(skus))).values() if ids]
    instead = {product["sku"]: product for product in await products.rows(ids, viewer)}

    def offered(row: Checked) -> Checked:
        found = instead.get(row.product["replaced_by_sku"]) if row.product and row.problem else None
        return replace(row, candidates=(found,)) if found and row.product and row.product["is_discontinued"] else row

    return [offered(row) for row in rows]


async def _named(rows: Sequence[Typed], viewer: Viewer, picked: Mapping[int, int]) -> list[Named]:
    """All codes in one statement, and in another one what the unknown ones may have been before they were spoilt."""
    asked = [row for row in rows if row.code and not row.flaw and row.number not in picked]
    found = await products.meanings(list(dict.fromkeys(row.code for row in asked)), viewer.company_id)
    without = islice((row for row in asked if not found.get(row.code, NONE).ids), MOST_GUESSED)
    unknown = {row.number: spoilt_codes.guesses(row.code, row.quantity) for row in without}
    guessed = dict.fromkeys(guess for guesses in unknown.values() for guess in guesses)
    likely = await products.by_codes(list(guessed), viewer.company_id) if guessed else {}
    return [
        Named((picked[row.number],))
        if row.number in picked
        else _meant(row, found.get(row.code, NONE), [likely[guess] for guess in unknown.get(row.number, ())])
        for row in rows
    ]


def _meant(row: Typed, meaning: Meaning, likely: Sequence[Sequence[int]]) -> Named:
    ids = meaning.ids
    if row.flaw:
        return Named(problem=row.flaw)
    if not row.code:
        return Named(problem="Type a SKU, VPN, UPC or own part number.")
    if len(ids) == 1:
        return Named((ids[0],), other=meaning.other)
    if ids:
        return Named(tuple(ids[:MOST_CANDIDATES]), f"“{row.code}” names {len(ids):,} products. Choose one.")
    meant = tuple(dict.fromkeys(one for some in likely for one in some))[:MOST_CANDIDATES]
    return Named(meant, spoilt_codes.why_unknown(row.code, row.quantity, bool(meant)))


async def _held(basket: Basket | None, ids: Sequence[int]) -> dict[int, int]:
    if basket is None or not ids:
        return {}
    return {row["product"]: row["quantity"] for row in await sql.rows(HELD, basket.id, array(sorted(set(ids))))}


async def _contact(viewer: Viewer) -> Contact:
    row = await sql.row(CONTACT, viewer.company_id) if viewer.company_id else None
    return Contact(row["name"], row["email"], row["phone"] or settings.contact_phone) if row else HOUSE
