"""The words of the catalogue with how many products use each: what typing slips are mended with."""

from db import sql
from db.dialect import among, array


async def texts(ids: list[int]) -> list[str]:
    rows = await sql.rows(f"SELECT words FROM products WHERE {among('id', 1)}", array(ids))  # noqa: S608
    return [row["words"] for row in rows]


async def texts_after(product_id: int, most: int) -> list[sql.Row]:
    """`id, words` of the next products in the order of their ids."""
    return await sql.rows("SELECT id, words FROM products WHERE id > $1 ORDER BY id LIMIT $2", product_id, most)


async def add(uses: dict[str, int]) -> None:
    """Count more uses of words, new ones too."""
    await sql.run_many(
        """INSERT INTO search_words (word, uses) VALUES ($1, $2)
ON CONFLICT (word) DO UPDATE SET uses = search_words.uses + excluded.uses""",
        sorted(uses.items()),
    )


async def forget() -> None:
    await sql.run("DELETE FROM search_words")
