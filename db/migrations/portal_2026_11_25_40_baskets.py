"""Baskets as people share them, what users keep of the catalogue, part numbers, and sheets of typed codes."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.ddl import migration

ID = "2026-11-25T00:00:40"
VERSION = "1.38.0"
DESCRIPTION = "baskets shared, sheets, favourites, searches, part numbers"

BOTH = """
ALTER TABLE baskets ADD COLUMN revision INTEGER NOT NULL DEFAULT 0
--
ALTER TABLE baskets ADD COLUMN markup_basis_points INTEGER CHECK (markup_basis_points > 0)
--
ALTER TABLE basket_lines ADD COLUMN revision INTEGER NOT NULL DEFAULT 0
--
ALTER TABLE basket_lines ADD COLUMN changed_by INTEGER REFERENCES users (id) ON DELETE SET NULL
--
ALTER TABLE basket_lines ADD COLUMN seen_ships INTEGER CHECK (seen_ships >= 0)
--
ALTER TABLE basket_lines ADD COLUMN seen_discontinued BOOLEAN NOT NULL DEFAULT FALSE
--
ALTER TABLE basket_lines ADD COLUMN selling_cents BIGINT CHECK (selling_cents >= 0)
--
CREATE INDEX basket_lines_product ON basket_lines (product)
--
CREATE INDEX basket_approvals_user ON basket_approvals ("user")
--
CREATE TABLE favourites (
    id $id,
    "user" INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    product INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    added_at $time NOT NULL,
    UNIQUE ("user", product)
)
--
CREATE INDEX favourites_product ON favourites (product)
--
CREATE TABLE saved_searches (
    id $id,
    "user" INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name VARCHAR(80) NOT NULL CHECK (name <> ''),
    name_key VARCHAR(80) NOT NULL,
    query VARCHAR(2000) NOT NULL,
    saved_at $time NOT NULL,
    UNIQUE ("user", name_key)
)
--
CREATE TABLE part_numbers (
    id $id,
    company INTEGER NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    product INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    number VARCHAR(60) NOT NULL CHECK (number <> ''),
    number_key VARCHAR(60) NOT NULL CHECK (number_key <> ''),
    set_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
    set_at $time NOT NULL,
    UNIQUE (company, product),
    UNIQUE (company, number_key)
)
--
CREATE INDEX part_numbers_product ON part_numbers (product)
--
CREATE TABLE sheets (
    id $id,
    "user" INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    company INTEGER NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    basket INTEGER REFERENCES baskets (id) ON DELETE SET NULL,
    source VARCHAR(200) NOT NULL DEFAULT '',
    made_at $time NOT NULL
)
--
CREATE INDEX sheets_user ON sheets ("user")
--
CREATE INDEX sheets_made ON sheets (made_at)
--
CREATE TABLE sheet_rows (
    id $id,
    sheet INTEGER NOT NULL REFERENCES sheets (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    code VARCHAR(100) NOT NULL DEFAULT '',
    quantity VARCHAR(40) NOT NULL DEFAULT '',
    note VARCHAR(200) NOT NULL DEFAULT '',
    product INTEGER REFERENCES products (id) ON DELETE SET NULL,
    went_at $time,
    was INTEGER NOT NULL DEFAULT 0,
    UNIQUE (sheet, number)
)
"""


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, BOTH)
