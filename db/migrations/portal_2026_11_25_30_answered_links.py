"""What a mailed link keeps of its challenge question: which browser has answered it, and when."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.ddl import migration

ID = "2026-11-25T00:00:30"
VERSION = "1.38.0"
DESCRIPTION = "answered links"

BOTH = """
ALTER TABLE mailed_links ADD COLUMN answered_by VARCHAR(64) NOT NULL DEFAULT ''
--
ALTER TABLE mailed_links ADD COLUMN answered_at $time
"""


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, BOTH)
