"""What getting in needs: temporary passwords, challenges, second steps, links by mail, limits, choices, deletion."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.ddl import migration

ID = "2026-11-25T00:00:20"
VERSION = "1.38.0"
DESCRIPTION = "getting in"

BOTH = """
ALTER TABLE users ADD COLUMN password_is_temporary BOOLEAN NOT NULL DEFAULT FALSE
--
ALTER TABLE users ADD COLUMN password_expires_at $time
--
ALTER TABLE users ADD COLUMN challenge_question VARCHAR(200) NOT NULL DEFAULT ''
--
ALTER TABLE users ADD COLUMN challenge_answer_hash TEXT NOT NULL DEFAULT ''
--
ALTER TABLE users ADD COLUMN shortcuts BOOLEAN NOT NULL DEFAULT TRUE
--
ALTER TABLE users ADD COLUMN quick_links VARCHAR(400)
--
ALTER TABLE users ADD COLUMN version INTEGER NOT NULL DEFAULT 1
--
ALTER TABLE users ADD COLUMN deleted_at $time
--
ALTER TABLE users ADD COLUMN deleted_by INTEGER REFERENCES users (id) ON DELETE SET NULL
--
CREATE TABLE past_passwords (
    id $id,
    "user" INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    password_hash TEXT NOT NULL,
    set_at $time NOT NULL
)
--
CREATE INDEX past_passwords_user ON past_passwords ("user", set_at)
--
CREATE TABLE authenticators (
    id $id,
    "user" INTEGER NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
    sealed_secret TEXT NOT NULL,
    confirmed_at $time,
    last_counter BIGINT NOT NULL DEFAULT 0,
    made_at $time NOT NULL
)
--
CREATE TABLE passkeys (
    id $id,
    "user" INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    credential VARCHAR(700) NOT NULL UNIQUE,
    public_key TEXT NOT NULL,
    sign_count BIGINT NOT NULL DEFAULT 0,
    name VARCHAR(80) NOT NULL,
    made_at $time NOT NULL,
    last_used_at $time
)
--
CREATE INDEX passkeys_user ON passkeys ("user")
--
CREATE TABLE recovery_codes (
    id $id,
    "user" INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    code_hash VARCHAR(64) NOT NULL,
    made_at $time NOT NULL,
    used_at $time,
    UNIQUE ("user", code_hash)
)
--
CREATE TABLE pending_logins (
    id $id,
    token_hash VARCHAR(64) NOT NULL UNIQUE,
    "user" INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    started_at $time NOT NULL,
    network_address VARCHAR(45) NOT NULL DEFAULT '',
    user_agent VARCHAR(300) NOT NULL DEFAULT '',
    wrong_codes INTEGER NOT NULL DEFAULT 0 CHECK (wrong_codes >= 0),
    passkey_challenge TEXT NOT NULL DEFAULT ''
)
--
CREATE INDEX pending_logins_user ON pending_logins ("user")
--
ALTER TABLE sessions ADD COLUMN second_step_at $time
--
ALTER TABLE sessions ADD COLUMN passkey_challenge TEXT NOT NULL DEFAULT ''
--
ALTER TABLE sessions ADD COLUMN acting_as INTEGER REFERENCES users (id) ON DELETE SET NULL
--
ALTER TABLE sessions ADD COLUMN acting_until $time
--
CREATE TABLE mailed_links (
    id $id,
    purpose VARCHAR(40) NOT NULL,
    token_hash VARCHAR(64) NOT NULL UNIQUE,
    "user" INTEGER REFERENCES users (id) ON DELETE CASCADE,
    bound_to VARCHAR(300) NOT NULL DEFAULT '',
    made_at $time NOT NULL,
    expires_at $time NOT NULL,
    used_at $time,
    wrong_answers INTEGER NOT NULL DEFAULT 0 CHECK (wrong_answers >= 0)
)
--
CREATE INDEX mailed_links_user ON mailed_links ("user", purpose)
--
CREATE TABLE attempts (
    id $id,
    what VARCHAR(40) NOT NULL,
    key VARCHAR(254) NOT NULL,
    at $time NOT NULL
)
--
CREATE INDEX attempts_what ON attempts (what, key, at)
--
CREATE TABLE notification_choices (
    id $id,
    "user" INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind VARCHAR(40) NOT NULL,
    by_email BOOLEAN NOT NULL,
    UNIQUE ("user", kind)
)
--
CREATE TABLE notification_addresses (
    id $id,
    "user" INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind VARCHAR(40) NOT NULL,
    address VARCHAR(254) NOT NULL,
    address_key VARCHAR(254) NOT NULL,
    confirmed_at $time,
    UNIQUE ("user", kind, address_key)
)
--
ALTER TABLE notices ADD COLUMN sealed_secrets TEXT NOT NULL DEFAULT ''
--
ALTER TABLE notices ADD COLUMN secrets_until $time
--
ALTER TABLE notices ADD COLUMN reader INTEGER REFERENCES users (id) ON DELETE SET NULL
--
ALTER TABLE companies ADD COLUMN legal_name VARCHAR(200) NOT NULL DEFAULT ''
--
ALTER TABLE companies ADD COLUMN registration_number VARCHAR(60) NOT NULL DEFAULT ''
--
ALTER TABLE companies ADD COLUMN tax_number VARCHAR(60) NOT NULL DEFAULT ''
--
ALTER TABLE companies ADD COLUMN phone VARCHAR(40) NOT NULL DEFAULT ''
--
ALTER TABLE companies ADD COLUMN website VARCHAR(200) NOT NULL DEFAULT ''
--
ALTER TABLE companies ADD COLUMN requires_second_step BOOLEAN NOT NULL DEFAULT FALSE
--
ALTER TABLE companies ADD COLUMN note TEXT NOT NULL DEFAULT ''
--
ALTER TABLE companies ADD COLUMN version INTEGER NOT NULL DEFAULT 1
--
CREATE TABLE company_suspensions (
    id $id,
    company INTEGER NOT NULL UNIQUE REFERENCES companies (id) ON DELETE CASCADE,
    reason VARCHAR(300) NOT NULL DEFAULT '',
    by INTEGER REFERENCES users (id) ON DELETE SET NULL,
    at $time NOT NULL
)
--
ALTER TABLE orders ADD COLUMN acted_by INTEGER REFERENCES users (id) ON DELETE SET NULL
"""


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, BOTH)
