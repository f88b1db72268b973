"""The search: words and codes of each product apart from its row, and the vocabulary that slips are mended with."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.ddl import migration

ID = "2026-11-25T00:00:02"
VERSION = "1.38.0"
DESCRIPTION = "the search"

BOTH = """
CREATE INDEX products_vendor_in_order ON products (vendor, id)
--
CREATE INDEX products_category_in_order ON products (category, id)
--
DROP INDEX products_vendor
--
DROP INDEX products_category
"""

CODES = "replace(replace({row}.sku, '-', ''), '.', '') || ' ' || {row}.vpn_key || ' ' || {row}.upc"
NAME = "substr({row}.words, 1, instr({row}.words || char(10), char(10)) - 1)"
REST = "substr({row}.words, instr({row}.words || char(10), char(10)) + 1)"


def _sqlite_triggers() -> str:
    words_in = "INSERT INTO product_words (rowid, name, words) VALUES (NEW.id, {name}, {rest});".format(
        name=NAME.format(row="NEW"), rest=REST.format(row="NEW")
    )
    words_out = (
        "INSERT INTO product_words (product_words, rowid, name, words) VALUES ('delete', OLD.id, {name}, {rest});"
    ).format(name=NAME.format(row="OLD"), rest=REST.format(row="OLD"))
    codes_in = f"INSERT INTO product_codes (rowid, codes) VALUES (NEW.id, {CODES.format(row='NEW')});"
    codes_out = (
        f"INSERT INTO product_codes (product_codes, rowid, codes) VALUES ('delete', OLD.id, {CODES.format(row='OLD')});"
    )
    return f"""
CREATE TRIGGER products_search_insert AFTER INSERT ON products BEGIN {words_in} {codes_in} END
--
CREATE TRIGGER products_search_delete AFTER DELETE ON products BEGIN {words_out} {codes_out} END
--
CREATE TRIGGER products_search_words AFTER UPDATE OF words ON products WHEN NEW.words <> OLD.words
BEGIN {words_out} {words_in} END
--
CREATE TRIGGER products_search_codes AFTER UPDATE OF sku, vpn_key, upc ON products
WHEN NEW.sku <> OLD.sku OR NEW.vpn_key <> OLD.vpn_key OR NEW.upc <> OLD.upc
BEGIN {codes_out} {codes_in} END
"""


# Both tables keep no copy of the text (`content=''`): the triggers say what to forget. The words come folded, so that
# every character above 127 belongs to one.
SQLITE = f"""
CREATE VIRTUAL TABLE product_words USING fts5 (
    name, words, content='', detail=column, prefix='2 3', tokenize='ascii'
)
--
CREATE VIRTUAL TABLE product_codes USING fts5 (codes, content='', tokenize='trigram')
--
CREATE TABLE search_words (word VARCHAR(40) PRIMARY KEY, uses INTEGER NOT NULL) WITHOUT ROWID
--
CREATE INDEX search_words_length ON search_words (length(word), uses DESC)
--
{_sqlite_triggers().strip()}
--
INSERT INTO product_words (rowid, name, words)
SELECT id, {NAME.format(row="products")}, {REST.format(row="products")} FROM products
--
INSERT INTO product_codes (rowid, codes) SELECT id, {CODES.format(row="products")} FROM products
"""

TOKENS = "array_to_tsvector(array_remove(string_to_array(translate({text}, chr(10), ' '), ' '), ''))"

POSTGRES = f"""
CREATE EXTENSION IF NOT EXISTS pg_trgm
--
CREATE TABLE product_words (
    product INTEGER PRIMARY KEY REFERENCES products (id) ON DELETE CASCADE,
    name TSVECTOR NOT NULL,
    words TSVECTOR NOT NULL,
    codes TEXT NOT NULL
)
--
CREATE FUNCTION product_words_kept() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    INSERT INTO product_words (product, name, words, codes) VALUES (
        NEW.id,
        {TOKENS.format(text="split_part(NEW.words, chr(10), 1)")},
        {TOKENS.format(text="NEW.words")},
        {CODES.format(row="NEW")}
    ) ON CONFLICT (product) DO UPDATE SET name = EXCLUDED.name, words = EXCLUDED.words, codes = EXCLUDED.codes;
    RETURN NULL;
END $body$
--
CREATE TRIGGER product_words_insert AFTER INSERT ON products FOR EACH ROW EXECUTE FUNCTION product_words_kept()
--
CREATE TRIGGER product_words_update AFTER UPDATE OF words, sku, vpn_key, upc ON products FOR EACH ROW
WHEN ((OLD.words, OLD.sku, OLD.vpn_key, OLD.upc) IS DISTINCT FROM (NEW.words, NEW.sku, NEW.vpn_key, NEW.upc))
EXECUTE FUNCTION product_words_kept()
--
INSERT INTO product_words (product, name, words, codes)
SELECT id, {TOKENS.format(text="split_part(words, chr(10), 1)")}, {TOKENS.format(text="words")},
    {CODES.format(row="products")}
FROM products
--
CREATE INDEX product_words_name ON product_words USING gin (name) WITH (fastupdate = off)
--
CREATE INDEX product_words_words ON product_words USING gin (words) WITH (fastupdate = off)
--
CREATE INDEX product_words_codes ON product_words USING gin (codes gin_trgm_ops) WITH (fastupdate = off)
--
CREATE INDEX products_sku_beginning ON products (sku COLLATE "C")
--
CREATE INDEX products_vpn_beginning ON products (vpn_key COLLATE "C")
--
CREATE TABLE search_words (word VARCHAR(40) COLLATE "C" PRIMARY KEY, uses INTEGER NOT NULL)
--
CREATE INDEX search_words_length ON search_words (length(word), uses DESC)
"""


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, BOTH, SQLITE, POSTGRES)
