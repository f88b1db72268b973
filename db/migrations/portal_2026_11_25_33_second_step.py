"""What setting up a second step keeps with the session: when the password was given again, the app's secret."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.ddl import migration

ID = "2026-11-25T00:00:33"
VERSION = "1.38.0"
DESCRIPTION = "setting up a second step"

BOTH = """
ALTER TABLE sessions ADD COLUMN password_given_at $time
--
ALTER TABLE sessions ADD COLUMN sealed_authenticator TEXT NOT NULL DEFAULT ''
"""


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, BOTH)
