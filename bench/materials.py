"""`python -m bench.materials`: draws from a database what the visitors of the bench ask for, and prints it as JSON.

Everything is drawn by a seeded generator, so that every run asks the same, and many different things in turn, so that
nothing is flattered by a cache of one answer.
"""

import asyncio
import json
from collections import defaultdict
from random import Random

from bench import buyers
from db import sql
from db.conf import DB

SEARCHES = 400
TYPED = 1_500
LOOKED_AT = 2_000
ADDED = 1_000
FULL_PAGE = 25
FIRST_PRODUCTS = 60_000

Index = dict[str, set[int]]


def index_of(names: dict[int, list[str]]) -> Index:
    """Which products have a word in their name."""
    found: Index = defaultdict(set)
    for product, words in names.items():
        for word in words:
            found[word].add(product)
    return found


def searches(names: dict[int, list[str]], throws: Random) -> list[str]:
    """One to three words of a product's name that 25 products or more have in common."""
    index, products, drawn = index_of(names), list(names), dict[str, None]()
    for _ in range(SEARCHES * 200):
        words = [word for word in names[throws.choice(products)] if len(word) > 1]
        count = throws.choice((1, 2, 2, 2, 3, 3))
        if len(words) < count:
            continue
        picked = throws.sample(words, count)
        if len(set.intersection(*(index[word] for word in picked))) >= FULL_PAGE:
            drawn[" ".join(picked)] = None
        if len(drawn) == SEARCHES:
            break
    return list(drawn)


def typed(names: dict[int, list[str]], codes: list[str], throws: Random) -> list[str]:
    """Beginnings of one or two words of a name, and for one in three of a manufacturer's part number."""
    products = list(names)
    drawn: list[str] = []
    while len(drawn) < TYPED:
        if codes and throws.random() < 1 / 3:
            drawn.append(throws.choice(codes)[: throws.randint(3, 8)])
            continue
        words = names[throws.choice(products)]
        if words:
            text = " ".join(words[: throws.choice((1, 1, 2))])
            drawn.append(text[: max(2, len(text) - throws.randint(0, 4))])
    return drawn


async def materials() -> dict[str, object]:
    """Drawn from the catalogue before it was grown, so that a larger one is asked the same."""
    throws = Random("visitors of the bench")
    rows = await sql.rows(
        "SELECT id, sku, vpn, words FROM products WHERE sku NOT LIKE 'C%-%' ORDER BY id LIMIT $1", FIRST_PRODUCTS
    )
    names = {row["id"]: row["words"].partition("\n")[0].split() for row in rows}
    codes = [row["vpn"] for row in rows if len(row["vpn"]) > 3]
    looked_at = throws.sample(rows, min(LOOKED_AT, len(rows)))
    return {
        "products": await sql.value("SELECT count(*) FROM products"),
        "searches": searches(names, throws),
        "typed": typed(names, codes, throws),
        "skus": [row["sku"] for row in looked_at],
        "ids": [row["id"] for row in looked_at],
        "addable": await buyers.sellable_skus(ADDED),
        "twenty": await buyers.pairs("Twenty"),
        "long": await buyers.pairs("Long"),
        "adding": await buyers.pairs("Adding"),
        "order": await buyers.pairs("Order"),
    }


async def main() -> None:
    try:
        print(json.dumps(await materials()))
    finally:
        await DB.close_connection_pool()


if __name__ == "__main__":
    asyncio.run(main())
