"""Applications of resellers, and cases of who cannot log in."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.ddl import migration

ID = "2026-11-25T00:00:21"
VERSION = "1.38.0"
DESCRIPTION = "applications and cases"

BOTH = """
CREATE TABLE applications (
    id $id,
    reference VARCHAR(11) UNIQUE,
    draft_hash VARCHAR(64) UNIQUE,
    state VARCHAR(12) NOT NULL DEFAULT 'draft'
        CHECK (state IN ('draft', 'unconfirmed', 'open', 'waiting', 'approved', 'declined')),
    legal_name VARCHAR(200) NOT NULL DEFAULT '',
    trading_name VARCHAR(200) NOT NULL DEFAULT '',
    registration_number VARCHAR(60) NOT NULL DEFAULT '',
    tax_number VARCHAR(60) NOT NULL DEFAULT '',
    contact_name VARCHAR(100) NOT NULL DEFAULT '',
    email VARCHAR(254) NOT NULL DEFAULT '',
    email_key VARCHAR(254) NOT NULL DEFAULT '',
    answers TEXT NOT NULL DEFAULT '{}',
    network_address VARCHAR(45) NOT NULL DEFAULT '',
    begun_at $time NOT NULL,
    submitted_at $time,
    confirmed_at $time,
    decided_at $time,
    decided_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
    decline_reason TEXT NOT NULL DEFAULT '',
    company INTEGER UNIQUE REFERENCES companies (id) ON DELETE SET NULL,
    version INTEGER NOT NULL DEFAULT 1,
    CHECK (state = 'draft' OR reference IS NOT NULL)
)
--
CREATE INDEX applications_state ON applications (state, submitted_at)
--
CREATE INDEX applications_email ON applications (email_key)
--
CREATE INDEX applications_registration ON applications (registration_number)
--
CREATE TABLE application_documents (
    id $id,
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    name VARCHAR(120) NOT NULL,
    kind VARCHAR(10) NOT NULL CHECK (kind IN ('pdf', 'png', 'jpeg')),
    size INTEGER NOT NULL CHECK (size > 0),
    content $bytes NOT NULL,
    added_at $time NOT NULL
)
--
CREATE INDEX application_documents_application ON application_documents (application)
--
CREATE TABLE application_messages (
    id $id,
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    by INTEGER REFERENCES users (id) ON DELETE SET NULL,
    text TEXT NOT NULL,
    written_at $time NOT NULL
)
--
CREATE INDEX application_messages_application ON application_messages (application, id)
--
CREATE TABLE cases (
    id $id,
    kind VARCHAR(20) NOT NULL CHECK (kind IN ('login')),
    account_number VARCHAR(20) NOT NULL DEFAULT '',
    name VARCHAR(100) NOT NULL DEFAULT '',
    email VARCHAR(254) NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    network_address VARCHAR(45) NOT NULL DEFAULT '',
    opened_at $time NOT NULL,
    closed_at $time,
    closed_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
    outcome TEXT NOT NULL DEFAULT ''
)
--
CREATE INDEX cases_open ON cases (opened_at) WHERE closed_at IS NULL
"""


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, BOTH)
