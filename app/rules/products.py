"""Products as a reader may see them, and the one reason why one cannot be bought (PROD-2, PROD-3, CERT-1, PRICE-4)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from app.rules.offers import Offer
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Missing
from app.rules.search_text import code_key, folded, number_key, words_of
from app.rules.settings import settings
from app.rules.stock import unpacked
from app.rules.viewers import VISITOR, Viewer, lacks
from db import search_rows

__all__ = [
    "Meaning",
    "Obstacle",
    "by_code",
    "by_codes",
    "by_sku",
    "code_key",
    "find",
    "folded",
    "meanings",
    "rows",
    "why_not",
    "words_of",
]

Product = dict[str, Any]
DEED = "add products to baskets"


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask at the distributor."""

    name: str
    email: str
    phone: str


HOUSE = Contact(settings.distributor, settings.contact_email, settings.contact_phone)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a product cannot be put into a basket: what kind of thing is missing, the sentence, and what to do."""

    kind: str  # login, privilege, certification, price, discontinued
    reason: str
    how: str = ""
    short: str = ""  # for a row of a list

    @property
    def words(self) -> str:
        return f"{self.reason} {self.how}".rstrip()


def today() -> date:
    """The distributor's calendar day."""
    return datetime.now(ZoneInfo(settings.time_zone)).date()


def why_not(viewer: Viewer, product: Product, offer: Offer | None, contact: Contact = HOUSE) -> Obstacle | None:
    """The first of the reasons, or None where the product can be added (BASKET-1, CERT-1, PRICE-4).

    `product` is a row of `rows`, `find` or the search, read for the same viewer; `offer` None leaves the price out.
    """
    if not viewer.signed_in:
        return Obstacle("login", lacks(viewer, Privilege.USE_BASKETS, DEED))
    if not viewer.may(Privilege.USE_BASKETS):
        return Obstacle("privilege", lacks(viewer, Privilege.USE_BASKETS, DEED))
    if product["certification"] is not None and not product["is_certified"]:
        needs = f"Needs the certification “{product['certification_name']}”, which {viewer.company_name} does not hold."
        how = product["how_to_get"] or f"Ask {contact.name}: {contact.email}."
        return Obstacle("certification", needs, how, f"Needs {product['certification_name']}.")
    if offer is not None and offer.at(first_quantity(product)) is None:
        return Obstacle("price", "Price on request.", f"Ask {contact.name}: {contact.email}.", "Price on request.")
    if product["is_discontinued"] and product["available"] <= 0:
        instead = product["replaced_by_sku"]
        return Obstacle(
            "discontinued", "Discontinued and sold out.", f"Replaced by {instead}." if instead else "", "Sold out."
        )
    return None


def first_quantity(product: Product) -> int:
    """The least that is sold."""
    least, multiple = product["min_quantity"], product["multiple_quantity"]
    return int(-(-least // multiple) * multiple)


def contact_of(packed: str | None) -> Contact:
    """The account manager that came as JSON with a row, else the distributor."""
    if not packed:
        return HOUSE
    name, email, phone = json.loads(packed)
    return Contact(name, email, phone or settings.contact_phone)


def specifications(description: str) -> tuple[list[tuple[str, str]], str]:
    """The pairs of a description like `color: black; size: 140`, or none and the text itself."""
    parts = [part.partition(": ") for part in description.split("; ") if part.strip()]
    if not parts or not all(colon and len(name) <= 60 for name, colon, _ in parts):
        return [], description
    return [(name.strip(), value.strip()) for name, _, value in parts], ""


def complete(product: Product) -> Product:
    """A row as it was read, with its stock as `levels`."""
    product["levels"] = unpacked(product.pop("stock"))
    return product


async def rows(ids: Sequence[int], viewer: Viewer = VISITOR) -> list[Product]:
    """The products in the order of the ids, in one statement; what is not there is left out."""
    if not ids:
        return []
    found = await search_rows.by_ids(list(ids), viewer.company_id, today(), with_stock=True)
    by_id = {row["id"]: complete(row) for row in found}
    return [by_id[product_id] for product_id in ids if product_id in by_id]


async def by_sku(sku: str, viewer: Viewer = VISITOR) -> Product | None:
    """One product with its description, or None."""
    if not sku.isascii() or "\0" in sku:
        return None
    row = await search_rows.by_sku(sku.upper(), viewer.company_id, today(), with_stock=True, user=viewer.id)
    return complete(row) if row else None


async def find(sku: str, viewer: Viewer) -> Product:
    """One product with its description; raises Missing."""
    product = await by_sku(sku, viewer)
    if product is None:
        raise Missing
    return product


class Meaning(NamedTuple):
    """The products that a code names; several where it is ambiguous."""

    ids: tuple[int, ...] = ()
    other: int = 0  # another product with this VPN, where the code is a number of the company's own


async def meanings(codes: Sequence[str], company_id: int = 0) -> dict[str, Meaning]:
    """What each typed code names, in one statement.

    A SKU wins over the company's own part number, that over a VPN, a VPN over a UPC (BASKET-11, BASKET-15, PROD-1).
    """
    keys = {code: code_key(code) for code in codes if code}
    bare = {code: "".join(code.split()).upper() for code in keys}
    own = {code: number_key(code) for code in keys} if company_id else {}
    wanted = [code for code in (*bare.values(), *keys.values()) if code.isascii() and code.isprintable()]
    numbers = sorted({number for number in own.values() if number.isprintable()} - {""})
    found = await search_rows.codes([key for key in keys.values() if key], sorted(set(wanted)), company_id, numbers)
    by_name: dict[tuple[str, str], set[int]] = {}
    for row in found:
        for column in ("sku", "own", "vpn_key", "upc"):
            by_name.setdefault((column, row[column]), set()).add(row["id"])

    def named(column: str, code: str) -> set[int]:
        return by_name.get((column, code), set()) if code else set()

    def meant(code: str, key: str) -> Meaning:
        by_sku, by_own, by_vpn = named("sku", bare[code]), named("own", own.get(code, "")), named("vpn_key", key)
        other = min(by_vpn - by_own, default=0) if by_own and not by_sku else 0
        return Meaning(tuple(sorted(by_sku or by_own or by_vpn or named("upc", key))), other)

    return {code: meant(code, key) for code, key in keys.items()}


async def by_codes(codes: Sequence[str], company_id: int = 0) -> dict[str, list[int]]:
    """The ids of the products that each typed code names, in one statement; several where it is ambiguous."""
    return {code: list(meaning.ids) for code, meaning in (await meanings(codes, company_id)).items()}


async def by_code(code: str, company_id: int = 0) -> list[int]:
    """The ids of the products that a typed SKU, own part number, VPN or UPC names."""
    return (await by_codes([code], company_id)).get(code, [])


async def named(code: str, company_id: int) -> int:
    """The one product that a typed code names; raises Invalid at the field, with the SKUs of several."""
    if not code:
        raise Invalid({"sku": "Type a SKU, VPN, UPC or own part number."})
    found = await by_code(code, company_id)
    if not found:
        raise Invalid({"sku": f"No product has the SKU, VPN, UPC or own number “{code[:40]}”."})
    if len(found) > 1:
        skus = ", ".join(product["sku"] for product in await rows(found[:5]))
        raise Invalid({"sku": f"“{code[:40]}” names {len(found):,} products. Type the SKU of one: {skus}."})
    return found[0]
