"""What may be meant while somebody still types: codes first, then words of names, then words alone (PROD-1)."""

from typing import NamedTuple
from urllib.parse import quote

from app.rules import prices
from app.rules.offers import Offer
from app.rules.products import Product, first_quantity, today
from app.rules.search_synonyms import synonyms
from app.rules.search_text import LONGEST_QUERY, code_key, is_typable, number_key, terms_of
from app.rules.viewers import Viewer
from db import search_suggestions as engine

MOST = 8
LETTERS_FOR_NAMES = 3


class Suggestion(NamedTuple):
    """A link: to a product, or to the results for a word."""

    href: str
    code: str
    text: str
    vendor: str
    cents: int | None = None  # the company's price, for who sees prices
    ships: int | None = None  # units that ship now, for who sees stock


async def suggestions(query: str, viewer: Viewer) -> list[Suggestion]:
    """At most eight, in two statements; nothing for a single letter or a text that cannot be typed."""
    query = query[:LONGEST_QUERY].strip()
    if len(query) < 2 or not is_typable(query):
        return []
    terms, code = terms_of(query), code_key(query)
    by_name = tuple(terms) if terms and len(terms[-1]) >= LETTERS_FOR_NAMES else ()
    own = (viewer.company_id, number_key(query))
    rows = await engine.products(code, by_name, synonyms(by_name), any(char.isdigit() for char in code), own, MOST)
    if by_name or len(terms) != 1 or len(rows) == MOST:
        return await _priced(rows, viewer)
    words = await engine.words(terms[0], MOST - len(rows))
    found = [_suggestion(row, None, viewer) for row in rows]
    return found + [Suggestion(f"/products?q={quote(word)}", "", word, "") for word in words]


async def _priced(rows: list[Product], viewer: Viewer) -> list[Suggestion]:
    offers: dict[int, Offer] = {}
    if rows and viewer.sees_prices:
        offers = await prices.offers(viewer.company_id, [row["id"] for row in rows], today())
    return [_suggestion(row, offers.get(row["id"]), viewer) for row in rows]


def _suggestion(row: Product, offer: Offer | None, viewer: Viewer) -> Suggestion:
    """A vendor that the name begins with is not said twice."""
    price, vendor = offer.at(first_quantity(row)) if offer else None, row["vendor"] or ""
    return Suggestion(
        f"/products/{row['sku']}",
        row["vpn"] or row["sku"],
        row["name"],
        "" if row["name"].casefold().startswith(vendor.casefold()) else vendor,
        price.cents if price else None,
        row["available"] if viewer.sees_stock else None,
    )
