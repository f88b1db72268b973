"""What a sheet of Quick Order keeps beside its rows: a new basket's name, and what was said as it was read."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.ddl import migration

ID = "2026-11-25T00:00:46"
VERSION = "1.38.0"
DESCRIPTION = "sheets say where their rows go, rows what is odd about them"

BOTH = """
ALTER TABLE sheets ADD COLUMN basket_name VARCHAR(80) NOT NULL DEFAULT ''
--
ALTER TABLE sheets ADD COLUMN told VARCHAR(2000) NOT NULL DEFAULT ''
--
ALTER TABLE sheet_rows ADD COLUMN flaw VARCHAR(300) NOT NULL DEFAULT ''
--
ALTER TABLE sheet_rows ADD COLUMN basket INTEGER REFERENCES baskets (id) ON DELETE SET NULL
--
CREATE INDEX sheets_basket ON sheets (basket) WHERE basket IS NOT NULL
--
CREATE INDEX sheet_rows_basket ON sheet_rows (basket) WHERE basket IS NOT NULL
"""


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, BOTH)
