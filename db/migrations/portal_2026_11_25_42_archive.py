"""Who archived a basket, and what a copy or a merge had to leave out."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.ddl import migration

ID = "2026-11-25T00:00:42"
VERSION = "1.38.0"
DESCRIPTION = "baskets archived by hand, lines left out"

BOTH = """
ALTER TABLE baskets ADD COLUMN archived_by INTEGER REFERENCES users (id)
--
CREATE INDEX baskets_archived_by ON baskets (archived_by) WHERE archived_by IS NOT NULL
--
CREATE TABLE left_out_lines (
    id $id,
    basket INTEGER NOT NULL REFERENCES baskets (id) ON DELETE CASCADE,
    product INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    UNIQUE (basket, product)
)
--
CREATE INDEX left_out_lines_product ON left_out_lines (product)
"""


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, BOTH)
