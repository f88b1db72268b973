"""Applications of businesses that want to become resellers: what states they go through (JOIN-3, JOIN-4)."""

from db import sql

# As the desk reads them; a draft and an application whose address is not confirmed are nobody's work yet.
STATES = {"open": "open", "waiting": "waiting for the applicant", "approved": "approved", "declined": "declined"}


async def waiting_count() -> int:
    """How many wait for the desk."""
    found: int = await sql.value("SELECT count(*) FROM applications WHERE state = 'open'")
    return found
