"""What waits at the desk: its queues, each with its count and the age of its oldest (DESK-2), as far as they exist."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from app.rules import cases
from app.rules.notices import age
from app.rules.privileges import Role
from app.rules.refusals import Refused
from app.rules.viewers import Viewer
from db import sql

SINCE = """
SELECT (SELECT count(*) FROM applications WHERE state = 'open') AS applications,
    (SELECT submitted_at FROM applications WHERE state = 'open' ORDER BY submitted_at LIMIT 1) AS applications_since,
    (SELECT count(*) FROM cases WHERE closed_at IS NULL) AS cases,
    (SELECT opened_at FROM cases WHERE closed_at IS NULL ORDER BY opened_at LIMIT 1) AS cases_since,
    (SELECT count(*) FROM notices WHERE failed_at IS NOT NULL) AS mail,
    (SELECT failed_at FROM notices WHERE failed_at IS NOT NULL ORDER BY failed_at LIMIT 1) AS mail_since,
    (SELECT count(*) FROM notices WHERE sent_at IS NULL AND failed_at IS NULL) AS unsent_mail,
    (SELECT count(*) FROM orders WHERE placed_at > $1) AS orders_today,
    (SELECT count(*) FROM order_parts WHERE kind = 'backordered') AS backorders
"""


class Queue(NamedTuple):
    """Work that waits for whoever holds one of `roles`; for everybody at the desk where there are none."""

    code: str
    label: str
    href: str
    roles: tuple[Role, ...] = ()


QUEUES = (
    Queue("applications", "Applications", "/desk/applications", (Role.SALES,)),
    Queue("cases", "Cases of who cannot log in", "/desk/cases", cases.ROLES),
    Queue("mail", "Failed mail", "/desk/mail?state=failed"),
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A queue, how many wait in it, and the age of the oldest ("" where none waits)."""

    queue: Queue
    count: int
    oldest: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What the viewer's roles may work on, and figures for everybody; orders of the last 24 hours."""

    queues: list[Waiting]
    unsent_mail: int
    orders_today: int
    backorders: int


def opens(queue: Queue, by: Viewer) -> bool:
    return not queue.roles or by.has_role(*queue.roles)


def _waiting(queue: Queue, found: Mapping[str, Any], now: datetime) -> Waiting:
    since = found[f"{queue.code}_since"]
    return Waiting(queue, found[queue.code], age(since, now) if since else "")


async def what_waits(by: Viewer) -> Desk:
    """Raises Refused for all but staff."""
    if not by.is_staff:
        raise Refused("The desk is for the distributor's staff.")
    now = datetime.now(UTC)
    found = await sql.row(SINCE, now - timedelta(days=1)) or {}
    queues = [_waiting(queue, found, now) for queue in QUEUES if opens(queue, by)]
    return Desk(queues, found["unsent_mail"], found["orders_today"], found["backorders"])
