"""What should come first for sixty queries and more, over a made-up catalogue and over the real one."""

import csv
from pathlib import Path

import pytest

from app.rules import search
from app.rules.search_asked import Asked
from app.rules.viewers import VISITOR
from tests.cast import Cast
from tests.rules_named import rule
from tests.search_world import HERE, REAL, real_rows, shelve, small_rows

QUERIES: Path = HERE / "search_queries.csv"
SHARE = 0.95


def queries(catalogue: str) -> list[tuple[str, str]]:
    with QUERIES.open(encoding="utf-8", newline="") as file:
        return [(row["query"], row["first"]) for row in csv.DictReader(file) if row["catalogue"] == catalogue]


async def missed(catalogue: str) -> list[str]:
    """The queries whose first hit has neither the VPN nor the words expected in its name."""
    wrong = []
    for query, first in queries(catalogue):
        hits = (await search.find(Asked.read({"q": query}), VISITOR)).products
        seen = f"{hits[0]['vpn']} | {hits[0]['name']}" if hits else "nothing"
        exact = bool(hits) and first == hits[0]["vpn"]
        if not exact and not (hits and catalogue == "real" and first.casefold() in seen.casefold()):
            wrong.append(f"{query!r} found {seen!r}, not {first!r}")
    asked = len(queries(catalogue))
    print(f"{catalogue}: {asked - len(wrong)} of {asked} queries find the right product first", *wrong, sep="\n")
    return wrong


@rule("PROD-1")
async def test_the_right_product_comes_first(cast: Cast) -> None:
    await shelve(small_rows())
    assert len(await missed("small")) <= (1 - SHARE) * len(queries("small"))


@rule("PROD-1")
@pytest.mark.skipif(not REAL.is_file(), reason=f"the real catalogue is not at {REAL}")
async def test_the_right_product_comes_first_in_the_real_catalogue(cast: Cast) -> None:
    await shelve(list(real_rows()))
    assert len(await missed("real")) <= (1 - SHARE) * len(queries("real"))
