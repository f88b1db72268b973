"""How a file names a product: by its SKU, or by the identifier that its source gave it."""

import re
from collections.abc import Iterable
from hashlib import sha256

from app.rules.imports.cells import Cells
from app.rules.refusals import Invalid
from db import sql
from db.dialect import among, array

SKU = re.compile(r"[A-Z0-9][A-Z0-9.-]{0,17}", re.ASCII)
LONGEST_SOURCE_ID = 64

TWICE = "An earlier row names the same product, by its SKU or its source id: one of the two is too many."

# Neither look-alikes nor vowels, which would make words; the first is a letter, so that no spreadsheet sees a number.
LETTERS = "CDFGHJKMNPQRTWXY"
SIGNS = LETTERS + "23479"
MINTED_LENGTH = 6

IN_USE = f"SELECT sku FROM products WHERE {among('sku', 1, 'text')}"  # noqa: S608 (the pieces are constants)
NAMED = f"""
SELECT source_id AS code, id FROM products WHERE {among("source_id", 1, "text")}
UNION ALL SELECT sku, id FROM products WHERE {among("sku", 1, "text")}
"""  # noqa: S608 (the pieces are constants)


def identifier(cells: Cells) -> str:
    """What the row calls its product: the cell `sku`, else `source_id`."""
    return " ".join((cells.get("sku", "").strip() or cells.get("source_id", "")).split())


def needed(cells: Cells) -> str:
    """The row's product; raises Invalid where it names none."""
    found = identifier(cells)
    if not found:
        raise Invalid("sku: it is empty.")
    return found


def is_sku(text: str) -> bool:
    return bool(SKU.fullmatch(text))


def source_id(text: str) -> str:
    """The text as an identifier of the source; raises Invalid where it cannot be kept."""
    if len(text) > LONGEST_SOURCE_ID:
        raise Invalid(f"sku: it has {len(text)} characters, the most are {LONGEST_SOURCE_ID}.")
    return text


def made_up(*parts: str) -> str:
    """A source id for a row that has none: the same for the same manufacturer and part."""
    text = "\n".join(" ".join(part.split()) for part in parts)
    return "row-" + sha256(text.casefold().encode()).hexdigest()[:32]


def minted(source: str, attempt: int) -> str:
    """A SKU for a source id; the same each time, another one for each attempt."""
    number = int.from_bytes(sha256(f"{source}\n{attempt}".encode()).digest()[:8])
    number, first = divmod(number, len(LETTERS))
    sku = LETTERS[first]
    while len(sku) < MINTED_LENGTH:
        number, place = divmod(number, len(SIGNS))
        sku += SIGNS[place]
    return sku


async def mint(sources: Iterable[str], kept: Iterable[str]) -> dict[str, str]:
    """A SKU for each source id, none of them in use or among `kept`."""
    found: dict[str, str] = {}
    wanting, attempt = list(sources), 0
    used = set(kept)
    while wanting:
        offered = {source: minted(source, attempt) for source in wanting}
        rows = await sql.rows(IN_USE, array(offered.values()))
        used |= {row["sku"] for row in rows}
        for source, sku in offered.items():
            if sku not in used:
                found[source] = sku
                used.add(sku)
        wanting = [source for source in wanting if source not in found]
        attempt += 1
    return found


async def products(identifiers: Iterable[str]) -> dict[str, int]:
    """The ids of those products that the identifiers name; a SKU goes before a source id."""
    rows = await sql.rows(NAMED, array(set(identifiers)))
    return {row["code"]: row["id"] for row in rows}


def unknown(text: str) -> str:
    return f"No product has the SKU or source id “{text[:LONGEST_SOURCE_ID]}”."
