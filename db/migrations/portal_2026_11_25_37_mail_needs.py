"""What the reader of a mail must still be allowed to see when it is sent."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.ddl import migration

ID = "2026-11-25T00:00:37"
VERSION = "1.38.0"
DESCRIPTION = "what a mail's reader needs"

BOTH = """
ALTER TABLE notices ADD COLUMN needs VARCHAR(200) NOT NULL DEFAULT ''
--
CREATE INDEX notices_secrets ON notices (secrets_until) WHERE sealed_secrets <> ''
"""


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, BOTH)
