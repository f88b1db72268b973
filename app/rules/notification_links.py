"""The links that ask the reader of a mailbox whether somebody's mail may come there (NOTIFY-1)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.rules import audit, mailed_links, notices, notifications
from app.rules.mailed_links import Link, LinkGone
from app.rules.notifications import Kind
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic

PURPOSE = "notification"
ASKED = """SELECT a.id, a.kind, a.address, a.address_key, u.id AS user_id, u.name, u.company, c.name AS company_name
FROM notification_addresses a JOIN users u ON u.id = a."user" JOIN companies c ON c.id = u.company
WHERE a.id = $1 AND a."user" = $2 AND a.confirmed_at IS NULL AND u.deleted_at IS NULL"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link asks the reader of its mailbox."""

    id: int
    user_id: int
    key: str
    address: str
    kind: Kind
    name: str
    company_id: int
    company_name: str


@atomic
async def send(address_id: int, kind: Kind, address: str, by: Viewer) -> None:
    """Mail a link that confirms the address; the older one ends."""
    lasts = timedelta(hours=settings.confirmation_hours)
    token = await mailed_links.make(PURPOSE, lasts, by.id, str(address_id))
    now = datetime.now(UTC)
    context = {
        "who": by.name,
        "whose": by.company_name,
        "kind": kind.label,
        "until": now + lasts,
        "time_zone": by.time_zone,
    }
    await notices.write(
        "notification_address",
        f"notification address {address_id} asked at {now.isoformat()}",
        *(address, "Confirm that mail may come to this address", "notification_address", context, by.company_id),
        secrets={"link": f"{notices.base_url()}/notification-addresses/{token}"},
        secrets_until=now + lasts,
    )


async def end(address_id: int, by: Viewer) -> None:
    """The link of an address works no more."""
    await mailed_links.end(PURPOSE, by.id, str(address_id))


async def find(token: str) -> Asked:
    """What the link asks; changes nothing. Raises LinkGone."""
    return await _asked(await mailed_links.find(PURPOSE, token))


async def _asked(link: Link) -> Asked:
    row = await sql.row(ASKED, int(link.bound_to), link.user_id)
    kind = notifications.BY_CODE.get(row["kind"]) if row else None
    if row is None or kind is None:
        raise LinkGone
    who = (row["name"], row["company"], row["company_name"])
    return Asked(row["id"], row["user_id"], row["address_key"], row["address"], kind, *who)


@atomic
async def confirm(token: str, by: Viewer) -> Asked:
    """The reader of the mailbox agrees: for every type that the person sends there. Raises LinkGone."""
    asked = await _asked(await mailed_links.use(PURPOSE, token))
    await sql.run(
        """UPDATE notification_addresses SET confirmed_at = $3
            WHERE "user" = $1 AND address_key = $2 AND confirmed_at IS NULL""",
        *(asked.user_id, asked.key, datetime.now(UTC)),
    )
    who = Viewer(network_address=by.network_address, name=asked.address[:100])
    subject, after = f"user {asked.user_id}", f"{asked.address} confirmed"
    await audit.note("notifications_changed", who, asked.company_id, subject, asked.name, after=after)
    return asked
