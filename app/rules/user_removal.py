"""Deleting a user: the log-in goes at once, the past keeps the name, what others use of theirs goes on (USER-2)."""

from datetime import UTC, datetime

from app.rules import audit, basket_access, mailed_links, new_passwords, sessions
from app.rules.baskets import ACTIVE, NAME_LENGTH, lock_owner, name_key
from app.rules.refusals import Refused
from app.rules.settings import settings
from app.rules.user_finders import User, asked, held
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.sql import Row

LONGEST_KEY = 254
THEIRS = """SELECT id, name, name_key, visibility, archived_at, archived_by, template_at FROM baskets
    WHERE owner = $1 AND deleted_at IS NULL ORDER BY archived_at IS NULL DESC, changed_at DESC, id"""
HELD = "SELECT visibility FROM baskets WHERE owner = $1 AND deleted_at IS NULL"
TAKEN = "SELECT name_key FROM baskets WHERE owner = $1 AND deleted_at IS NULL"
HAND_OVER = """UPDATE baskets SET owner = $2, name = $3, name_key = $4, archived_at = $5,
    archived_by = $6 WHERE id = $1"""
DELETE = """UPDATE users SET deleted_at = $2, deleted_by = $3, email_key = $4, password_hash = '',
    password_is_temporary = FALSE, password_expires_at = NULL, challenge_question = '', challenge_answer_hash = '',
    current_basket = NULL, version = version + 1 WHERE id = $1"""
# What is nobody's without the person.
EMPTIED = (
    *("user_privileges", "basket_approvals", "suspensions", "past_passwords", "authenticators", "passkeys"),
    *("recovery_codes", "notification_choices", "notification_addresses"),
)


async def kept_and_lost(user: User) -> tuple[int, int]:
    """How many shared and public baskets would change hands, and how many private ones would go."""
    seen = [basket_access.others_see(row["visibility"]) for row in await sql.rows(HELD, user.id)]
    return sum(seen), len(seen) - sum(seen)


def free_name(name: str, giver: str, taken: set[str]) -> str:
    """A basket's name among those of its new owner: the same, or `Name (from Ben Ito)`, or with a number."""
    made, number = name, 1
    while name_key(made) in taken:
        end = f" (from {giver[:40]}{f' {number}' if number > 1 else ''})"
        made = name[: NAME_LENGTH - len(end)].rstrip() + end
        number += 1
    return made


async def remove(user_id: int, by: Viewer) -> str:
    """Delete a user of the own company; nothing brings one back. Gives the name. Raises Missing or Refused."""
    if not (by.company_id and by.is_administrator):
        raise Refused("Users are deleted by a website administrator of their company.")
    user = await asked(by, user_id, "delete a user")
    await _remove(user_id, by)
    return user.name


@atomic
async def _remove(user_id: int, by: Viewer) -> None:
    await lock_owner(by)
    user = await held(by, user_id)
    now = datetime.now(UTC)
    handed = await _hand_over(user, by, now)
    await new_passwords.lift_lock(user.id)  # by the address, which is about to be free
    await sessions.end_all(user.id)
    await mailed_links.end_all(user.id)
    key = await sql.value("SELECT email_key FROM users WHERE id = $1", user.id)
    await sql.run(DELETE, user.id, now, by.id, f"deleted:{user.id}:{key}"[:LONGEST_KEY])
    for table in EMPTIED:
        await sql.run(f'DELETE FROM {table} WHERE "user" = $1', user.id)  # noqa: S608 (our own words)
    after = f"baskets handed to {by.name}: {', '.join(handed)}" if handed else ""
    await audit.note("user_deleted", by, user.company_id, f"user {user.id}", user.name, user.email, after)


async def _hand_over(user: User, by: Viewer, now: datetime) -> list[str]:
    """Shared and public baskets go to `by`, private ones are deleted; the names that arrived."""
    taken = {row["name_key"] for row in await sql.rows(TAKEN, by.id)}
    room = settings.max_active_baskets - await sql.value(ACTIVE, by.id)
    arrived = []
    for basket in await sql.rows(THEIRS, user.id):
        if not basket_access.others_see(basket["visibility"]):
            await sql.run("UPDATE baskets SET deleted_at = $2 WHERE id = $1", basket["id"], now)
            continue
        name = free_name(basket["name"], user.name, taken)
        taken.add(name_key(name))
        arrived.append(name)
        room = await _arrive(basket, name, room, now, by)
    return arrived


async def _arrive(basket: Row, name: str, room: int, now: datetime, by: Viewer) -> int:
    """Give one basket to `by`, archived where there is no room for another active one (BASKET-2); the room left."""
    is_active = not basket["archived_at"] and not basket["template_at"]
    archived = (now, by.id) if is_active and room <= 0 else (basket["archived_at"], basket["archived_by"])
    await sql.run(HAND_OVER, basket["id"], by.id, name, name_key(name), *archived)
    await sql.run('DELETE FROM basket_approvals WHERE basket = $1 AND "user" = $2', basket["id"], by.id)
    return room - 1 if is_active else room
