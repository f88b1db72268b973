"""The few products and words that a text still being typed may lead to."""

from db import search_dialect as dialect
from db import sql
from db.search_dialect import Bound

LOOKED_AT = 60


def _by_code(code: str, tier: int, bind: Bound, most: int) -> list[str]:
    begun, after, limit = bind(code), bind(code + "~"), bind(most)
    texts = [f"p.{column}{dialect.bytewise}" for column in ("sku", "vpn_key")]
    first = [
        f"SELECT p.id FROM products p WHERE {text} >= {begun} AND {text} < {after} LIMIT {limit}"  # noqa: S608
        for text in texts
    ]
    return [f"SELECT id, {tier} AS tier, 0 AS spread FROM ({ids}) x" for ids in first]  # noqa: S608


def _by_own_number(company: int, number: str, bind: Bound, most: int) -> str:
    text = f"number_key{dialect.bytewise}"
    begins = f"{text} >= {bind(number)} AND {text} < {bind(number + dialect.LAST)}"
    ids = f"SELECT product FROM part_numbers WHERE company = {bind(company)} AND {begins} LIMIT {bind(most)}"  # noqa: S608
    return f"SELECT product AS id, 0 AS tier, 0 AS spread FROM ({ids}) z"  # noqa: S608


async def products(
    code: str, terms: tuple[str, ...], also: dialect.Also, code_first: bool, own: tuple[int, str], most: int
) -> list[sql.Row]:
    """What a suggestion says: codes that begin so; names with such words, the nearest to their beginning first.

    `own` is a company and what one of its own part numbers may begin with; company 0 has none.
    """
    bind = Bound()
    hits = _by_code(code, 0 if code_first else 2, bind, most) if code else []
    if all(own):
        hits.append(_by_own_number(*own, bind, most))
    if terms:
        hit = dialect.in_name(dialect.all_meant(terms, also), (), bind)
        named = f"SELECT {dialect.HIT} AS id FROM {dialect.WORDS} WHERE {hit} LIMIT {LOOKED_AT}"  # noqa: S608
        place = dialect.place_of.format(text="substr(p.words, 1, 200)", part=bind(f" {terms[0]}"))
        hits.append(f"SELECT p.id, 1 AS tier, {place} AS spread FROM ({named}) n JOIN products p ON p.id = n.id")  # noqa: S608
    if not hits:
        return []
    together = " UNION ALL ".join(hits)
    sought = f"{dialect.sought(terms, also, bind)}," if terms else ""
    return await sql.rows(
        f"""WITH RECURSIVE {sought} found AS (
    SELECT id, min(tier) AS tier, min(spread) AS spread FROM ({together}) m GROUP BY id)
SELECT p.id, p.sku, p.vpn, p.name, p.available, p.min_quantity, p.multiple_quantity, v.name AS vendor
FROM found f JOIN products p ON p.id = f.id
LEFT JOIN vendors v ON v.id = p.vendor ORDER BY f.tier, f.spread, length(p.name), p.id LIMIT {bind(most)}""",  # noqa: S608
        *bind.values,
    )


async def words(beginning: str, most: int) -> list[str]:
    """The most used words of the catalogue that begin so."""
    rows = await sql.rows(
        f"""SELECT word FROM search_words WHERE word{dialect.bytewise} >= $1 AND word{dialect.bytewise} < $2
ORDER BY uses DESC, word LIMIT $3""",  # noqa: S608
        beginning,
        beginning + dialect.LAST,
        most,
    )
    return [row["word"] for row in rows]
