"""What waits at the desk (DESK-2), as far as its queues exist."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.rules.refusals import Refused
from app.rules.viewers import Viewer
from db import sql

COUNTS = """
SELECT (SELECT count(*) FROM notices WHERE failed_at IS NOT NULL) AS failed_mail,
    (SELECT count(*) FROM notices WHERE sent_at IS NULL AND failed_at IS NULL) AS unsent_mail,
    (SELECT count(*) FROM orders WHERE placed_at > $1) AS orders_today,
    (SELECT count(*) FROM order_parts WHERE kind = 'backordered') AS backorders
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of each; orders of the last 24 hours."""

    failed_mail: int
    unsent_mail: int
    orders_today: int
    backorders: int


async def what_waits(by: Viewer) -> Waiting:
    """Raises Refused for all but staff."""
    if not by.is_staff:
        raise Refused("The desk is for the distributor's staff.")
    found = await sql.row(COUNTS, datetime.now(UTC) - timedelta(days=1))
    return Waiting(**(found or {}))
