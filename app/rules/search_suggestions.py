"""What may be meant while somebody still types: codes first, then words of names, then words alone (PROD-1)."""

from typing import NamedTuple
from urllib.parse import quote

from app.rules.search_synonyms import synonyms
from app.rules.search_text import LONGEST_QUERY, code_key, is_typable, terms_of
from db import search_suggestions as engine

MOST = 8
LETTERS_FOR_NAMES = 3


class Suggestion(NamedTuple):
    """A link: to a product, or to the results for a word."""

    href: str
    code: str
    text: str
    vendor: str


async def suggestions(query: str) -> list[Suggestion]:
    """At most eight; nothing for a single letter or a text that cannot be typed."""
    query = query[:LONGEST_QUERY].strip()
    if len(query) < 2 or not is_typable(query):
        return []
    terms, code = terms_of(query), code_key(query)
    by_name = tuple(terms) if terms and len(terms[-1]) >= LETTERS_FOR_NAMES else ()
    rows = await engine.products(code, by_name, synonyms(by_name), any(char.isdigit() for char in code), MOST)
    found = [
        Suggestion(f"/products/{row['sku']}", row["vpn"] or row["sku"], row["name"], row["vendor"] or "")
        for row in rows
    ]
    if len(found) < MOST and len(terms) == 1 and not by_name:
        words = await engine.words(terms[0], MOST - len(found))
        found += [Suggestion(f"/products?q={quote(word)}", "", word, "") for word in words]
    return found
