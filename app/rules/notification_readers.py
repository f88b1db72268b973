"""Who is told an event: each address once, with what its reader may see (ORDER-8, NOTIFY-5)."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.rules.notifications import Kind
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.dialect import among, array, joined
from db.sql import Row

PRIVILEGES = f'(SELECT {joined("privilege")} FROM user_privileges WHERE "user" = {{}}.id)'  # noqa: S608 (a column)
PEOPLE = f"""SELECT u.id, u.name, u.email, u.email_key, u.company, u.time_zone, u.is_administrator,
    {PRIVILEGES.format("u")} AS privileges, n.by_email, COALESCE(n.whole_company, FALSE) AS whole_company
FROM users u LEFT JOIN notification_choices n ON n."user" = u.id AND n.kind = $2
WHERE u.company = $1 AND u.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM suspensions s WHERE s."user" = u.id)
    AND (u.id = $3 OR (n.by_email AND n.whole_company))
ORDER BY u.id <> $3, u.id"""  # noqa: S608 (our own words)
# `o` is who of the portal reads the mailbox, where somebody does.
ADDRESSES = f"""SELECT a."user" AS reader, a.address, a.address_key, a.confirmed_at, o.id AS owner,
    o.company, o.is_administrator, {PRIVILEGES.format("o")} AS privileges
FROM notification_addresses a LEFT JOIN users o ON o.email_key = a.address_key AND o.deleted_at IS NULL
WHERE a.kind = $1 AND {among('a."user"', 2)} ORDER BY a.id"""  # noqa: S608 (our own words)


@dataclass(frozen=True, slots=True)
class Reader:
    """An address, the user whose preference it is, and how the mail is written for them."""

    address: str
    key: str
    user_id: int
    sees_prices: bool
    time_zone: str


def _viewer(row: Row) -> Viewer:
    """A person as the predicates of privileges see one."""
    privileges = frozenset((row["privileges"] or "").split())
    return Viewer(company_id=row["company"] or 0, is_administrator=bool(row["is_administrator"]), privileges=privileges)


def _is_told(person: Row, kind: Kind, user_id: int) -> bool:
    viewer = _viewer(person)
    if not kind.is_open_to(viewer):
        return False
    wanted = kind.starts_on if person["by_email"] is None else bool(person["by_email"])
    return wanted and (person["id"] == user_id or kind.is_open_for_company_to(viewer))


def _readers(person: Row, addresses: list[Row]) -> Iterator[Reader]:
    viewer, zone = _viewer(person), person["time_zone"] or settings.time_zone
    if not addresses:
        yield Reader(person["email"], person["email_key"], person["id"], viewer.sees_prices, zone)
    for row in addresses:
        if row["confirmed_at"]:
            sees = viewer.sees_prices and _may_pass_on(row, person)
            yield Reader(row["address"], row["address_key"], person["id"], sees, zone)


def _may_pass_on(row: Row, person: Row) -> bool:
    """Whether prices may go there: not to a user who may not see them, nor to one of another company."""
    return row["owner"] is None or (row["company"] == person["company"] and _viewer(row).sees_prices)


async def told(kind: Kind, by: Viewer) -> list[Reader]:
    """Whom it is told that `by` did something: that person, and who chose to hear of the whole company."""
    return await told_of(kind, by.id, by.company_id)


async def told_of(kind: Kind, user_id: int, company_id: int) -> list[Reader]:
    """Whom it is told what is the user's: that person, and who chose to hear of the whole company."""
    rows = await sql.rows(PEOPLE, company_id, kind.code, user_id)
    people = [row for row in rows if _is_told(row, kind, user_id)]
    rows = await sql.rows(ADDRESSES, kind.code, array(row["id"] for row in people)) if people else []
    found: dict[str, Reader] = {}
    for person in people:
        for reader in _readers(person, [row for row in rows if row["reader"] == person["id"]]):
            found.setdefault(reader.key, reader)
    return list(found.values())
