"""Where somebody's mail goes: the own address, and others once the people who read them have confirmed (NOTIFY-1)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from app.rules import limits, notification_links, notifications
from app.rules.email_addresses import email_key, why_not
from app.rules.notifications import Kind
from app.rules.refusals import Invalid, Missing, Stale
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import hold

MOST_ID = 2**31 - 1
DEED = "change where their mail goes"
TOO_OFTEN = "Confirmations were asked for too often. Try again in an hour."
LISTED = """SELECT id, kind, address, address_key, confirmed_at FROM notification_addresses
WHERE "user" = $1 ORDER BY id"""
ADD = """INSERT INTO notification_addresses ("user", kind, address, address_key, confirmed_at)
VALUES ($1, $2, $3, $4, $5) RETURNING id"""


@dataclass(frozen=True, slots=True)
class Address:
    """Where one type goes; `id` 0 is the own address as long as no other was added."""

    id: int
    kind: str
    address: str
    key: str
    is_confirmed: bool
    is_own: bool = False


async def of_kinds(by: Viewer) -> dict[str, list[Address]]:
    """The addresses of every type, by its code, in the order in which they were added."""
    own = email_key(by.email)
    found: dict[str, list[Address]] = {kind.code: [] for kind in notifications.KINDS}
    for row in await sql.rows(LISTED, by.id):
        if row["kind"] in found:
            facts = (row["address"], row["address_key"], row["confirmed_at"] is not None)
            found[row["kind"]].append(Address(row["id"], row["kind"], *facts, row["address_key"] == own))
    return {code: some or [Address(0, code, by.email, own, True, True)] for code, some in found.items()}


async def _of(kind: Kind, by: Viewer) -> list[Address]:
    return (await of_kinds(by))[kind.code]


async def _find(kind: Kind, address_id: int, by: Viewer) -> Address:
    found = [one for one in await _of(kind, by) if one.id == address_id]
    if not found or not address_id:
        raise Missing
    return found[0]


async def add(code: str, typed: str, by: Viewer) -> Address:
    """Let a type go to another address too, once it is confirmed. Raises Invalid, Refused, Missing, TooMany."""
    by.own_hands(DEED)
    kind = notifications.kind_of(code, by)
    address = typed.strip()
    if wrong := why_not(address):
        raise Invalid({"address": wrong})
    _require_room(address, await _of(kind, by))
    if email_key(address) != email_key(by.email) and not await _confirmed_at(email_key(address), by):
        await _count(email_key(address), by)
    return await _add(kind, address, by)


@atomic
async def _add(kind: Kind, address: str, by: Viewer) -> Address:
    await hold(f"notifications of user {by.id}")
    there = await _of(kind, by)
    _require_room(address, there)
    now, key = datetime.now(UTC), email_key(address)
    if not there[0].id:  # the own address stays beside the new one
        await sql.value(ADD, by.id, kind.code, by.email, email_key(by.email), now)
    is_own = key == email_key(by.email)
    confirmed_at = now if is_own else await _confirmed_at(key, by)
    made: int = await sql.value(ADD, by.id, kind.code, address, key, confirmed_at)
    if confirmed_at is None:
        await notification_links.send(made, kind, address, by)
    await notifications.note(by, after=f"{kind.label}: {address} added")
    return Address(made, kind.code, address, key, confirmed_at is not None, is_own)


def _require_room(address: str, there: list[Address]) -> None:
    if any(one.key == email_key(address) for one in there):
        raise Invalid({"address": "This address is there already."})
    if len(there) >= settings.notification_addresses:
        most = settings.notification_addresses
        raise Invalid({"address": f"A type of mail goes to at most {most} addresses. Remove one first."})


async def _confirmed_at(key: str, by: Viewer) -> datetime | None:
    """Since when the person may have mail sent there, whatever it is about."""
    found: datetime | None = await sql.value(
        'SELECT min(confirmed_at) FROM notification_addresses WHERE "user" = $1 AND address_key = $2', by.id, key
    )
    return found


async def _count(key: str, by: Viewer) -> None:
    """Nobody's mailbox is filled with questions."""
    await limits.count("notification addresses of user", str(by.id), settings.asked_per_hour * 4, TOO_OFTEN)
    await limits.count("notification address", key, settings.asked_per_hour, TOO_OFTEN)


async def send_again(code: str, address_id: int, by: Viewer) -> None:
    """Mail the link anew; the older one ends. Raises Refused, Missing, TooMany, Stale for a confirmed address."""
    by.own_hands(DEED)
    kind = notifications.kind_of(code, by)
    found = await _find(kind, address_id, by)
    if found.is_confirmed:
        raise Stale(f"{found.address} is confirmed already.")
    await _count(found.key, by)
    await notification_links.send(found.id, kind, found.address, by)


@atomic
async def remove(code: str, address_id: int, by: Viewer) -> Address:
    """Nothing goes there any more. Raises Refused, Missing."""
    by.own_hands(DEED)
    kind = notifications.kind_of(code, by)
    found = await _find(kind, address_id, by)
    await sql.run('DELETE FROM notification_addresses WHERE id = $1 AND "user" = $2', found.id, by.id)
    await notification_links.end(found.id, by)
    await notifications.note(by, before=f"{kind.label}: {found.address} removed")
    return found


async def follow(user_id: int, before: str, email: str) -> None:
    """Where mail went to the person's own address (its key is `before`), it goes to the new one."""
    key = email_key(email)
    await sql.run(
        """DELETE FROM notification_addresses WHERE "user" = $1 AND address_key = $2 AND kind IN (
            SELECT kind FROM notification_addresses WHERE "user" = $1 AND address_key = $3)""",
        *(user_id, key, before),
    )
    await sql.run(
        """UPDATE notification_addresses SET address = $2, address_key = $3, confirmed_at = $5
            WHERE "user" = $1 AND address_key IN ($3, $4)""",
        *(user_id, email, key, before, datetime.now(UTC)),
    )
