"""Makes a catalogue larger with made-up rows: copies of its products under new codes and with new words.

Copy `c` of the product with the id `p` has the SKU `Cc-p` and its VPN with `-c` behind it, no UPC and no source id, and
a made-up word, one of 97 for each copy, at the head of its name. Stock and list prices are copied; a word or a category
therefore hits as many times more products as the catalogue is larger, and the vocabulary counts it so.
"""

from random import Random

from db import sql

WORDS_A_COPY = 97
BATCH = 5_000
SYLLABLES = ("ba", "do", "ka", "lu", "mi", "no", "pe", "ra", "se", "ti", "vo", "zu", "cha", "fri", "glo", "sta", "tre")

PRODUCTS = """
INSERT INTO products (sku, vpn, vpn_key, upc, vendor, category, name, description, words, msrp_cents, weight_grams,
    length_mm, width_mm, height_mm, warranty_months, min_quantity, multiple_quantity, is_no_return, is_serial_tracked,
    is_end_user_required, is_clearance, is_discontinued, certification, created_at, changed_at)
SELECT 'C' || CAST($1 AS VARCHAR(8)) || '-' || CAST(p.id AS VARCHAR(12)),
    CASE WHEN p.vpn = '' THEN '' ELSE substr(p.vpn, 1, 70) || '-' || CAST($1 AS VARCHAR(8)) END,
    CASE WHEN p.vpn_key = '' THEN '' ELSE substr(p.vpn_key, 1, 70) || CAST($1 AS VARCHAR(8)) END,
    '', p.vendor, p.category, substr(w.word || ' ' || p.name, 1, 300), p.description,
    CASE WHEN p.vpn_key = '' THEN ' ' || w.word || p.words ELSE
        ' ' || w.word || replace(p.words, ' ' || lower(p.vpn_key) || ' ',
            ' ' || lower(substr(p.vpn_key, 1, 70)) || CAST($1 AS VARCHAR(8)) || ' ') END,
    p.msrp_cents, p.weight_grams, p.length_mm, p.width_mm, p.height_mm, p.warranty_months, p.min_quantity,
    p.multiple_quantity, p.is_no_return, p.is_serial_tracked, p.is_end_user_required, p.is_clearance,
    p.is_discontinued, p.certification, p.created_at, p.changed_at
FROM products p JOIN bench_words w ON w.copy = CAST($2 AS INTEGER) AND w.place = p.id % 97
WHERE p.id > $3 AND p.id <= $4
"""
COPY_OF = "n.sku = 'C' || CAST($1 AS VARCHAR(8)) || '-' || CAST(s.product AS VARCHAR(12))"
STOCK = f"""
INSERT INTO stock (product, warehouse, available, on_order, eta)
SELECT n.id, s.warehouse, s.available, s.on_order, s.eta FROM stock s JOIN products n ON {COPY_OF}
WHERE s.product > $2 AND s.product <= $3
"""  # noqa: S608 (a constant)
PRICES = f"""
INSERT INTO list_prices (price_list, product, min_quantity, price_cents, valid_from, valid_to)
SELECT s.price_list, n.id, s.min_quantity, s.price_cents, s.valid_from, s.valid_to
FROM list_prices s JOIN products n ON {COPY_OF} WHERE s.product > $2 AND s.product <= $3
"""  # noqa: S608 (a constant)


def made_up_words(copies: int) -> list[tuple[int, int, str]]:
    """`copy, place, word`; the same on every run."""
    throws = Random("words of the bench")
    made: dict[str, None] = {}
    while len(made) < copies * WORDS_A_COPY:
        made["".join(throws.choices(SYLLABLES, k=4))] = None
    return [(place // WORDS_A_COPY + 1, place % WORDS_A_COPY, word) for place, word in enumerate(made)]


async def grow(products: int) -> None:
    """Copy until there are so many products; what is more than that already stays."""
    base = await sql.value("SELECT count(*) FROM products")
    highest = await sql.value("SELECT max(id) FROM products")
    missing = products - base
    if missing <= 0:
        return
    copies = -(-missing // base)
    await sql.run("CREATE TABLE bench_words (copy INTEGER NOT NULL, place INTEGER NOT NULL, word VARCHAR(40) NOT NULL)")
    await sql.run_many("INSERT INTO bench_words (copy, place, word) VALUES ($1, $2, $3)", made_up_words(copies))
    for copy in range(1, copies + 1):
        last = highest if copy < copies else await _id_of_row(missing - (copies - 1) * base)
        for start in range(0, last, BATCH):
            await _copy(copy, start, min(start + BATCH, last))
    await sql.run("UPDATE search_words SET uses = CAST(uses * CAST($1 AS BIGINT) / $2 AS INTEGER)", products, base)
    await sql.run(
        "INSERT INTO search_words (word, uses) SELECT word, $1 FROM bench_words"
        " WHERE true ON CONFLICT (word) DO NOTHING",
        base // WORDS_A_COPY,
    )
    await sql.run("DROP TABLE bench_words")


async def _id_of_row(number: int) -> int:
    """The id of the product that stands at this place, from 1."""
    return int(await sql.value("SELECT id FROM products ORDER BY id LIMIT 1 OFFSET $1", number - 1))


async def _copy(copy: int, after: int, upto: int) -> None:
    async with sql.transaction():
        await sql.run(PRODUCTS, str(copy), copy, after, upto)
        await sql.run(STOCK, str(copy), after, upto)
        await sql.run(PRICES, str(copy), after, upto)
