"""Whom the creator of a shared basket lets change it: chosen, withdrawn, and told by mail (BASKET-5, BASKET-6)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.rules import basket_access, baskets, shared_basket_mails
from app.rules.baskets import Basket
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Missing, Refused
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import FOR_UPDATE

DEED = "choose who changes a basket"
CHOOSE = "Choose one of your colleagues."
# $1 is the basket, $2 the company, $3 who created it, $4 the privilege; with $5 one user alone.
CANDIDATES = """SELECT u.id, u.name, u.job_title, a.id AS approval,
    EXISTS (SELECT 1 FROM suspensions s WHERE s."user" = u.id) AS is_disabled,
    u.is_administrator OR EXISTS (
        SELECT 1 FROM user_privileges p WHERE p."user" = u.id AND p.privilege = $4) AS uses_baskets
FROM users u LEFT JOIN basket_approvals a ON a.basket = $1 AND a."user" = u.id
WHERE u.company = $2 AND u.id <> $3 AND u.deleted_at IS NULL AND (CAST($5 AS BIGINT) = 0 OR u.id = $5)
ORDER BY lower(u.name), u.id"""
ADD = 'INSERT INTO basket_approvals (basket, "user", approved_at) VALUES ($1, $2, $3) RETURNING id'


@dataclass(frozen=True, slots=True)
class Candidate:
    """A colleague of the creator's."""

    id: int
    name: str
    job_title: str
    approval: int  # 0 for who is not approved
    is_disabled: bool
    uses_baskets: bool

    def why_not(self, by: Viewer) -> str:
        """Why an approval would be worth nothing, and who can change it; nothing where it is worth something."""
        ask = "You" if by.is_administrator else by.administrator_name or "Your website administrator"
        if self.is_disabled:
            return f"Cannot log in: disabled in User Administration. {ask} can enable them."
        if not self.uses_baskets:
            return f"Lacks the privilege “{Privilege.USE_BASKETS.label}”. {ask} can allow it."
        return ""


def why_resting(basket: Basket) -> str:
    """Why approvals of this basket are worth nothing now; nothing where they count."""
    if basket_access.counts_approvals(basket.visibility):
        return ""
    return f"This basket is {basket.visibility}. Approvals count only while it is shared: until then they rest."


def _candidate(row: dict[str, Any]) -> Candidate:
    flags = (bool(row["is_disabled"]), bool(row["uses_baskets"]))
    return Candidate(row["id"], row["name"], row["job_title"], row["approval"] or 0, *flags)


async def _candidates(basket: Basket, by: Viewer, user_id: int = 0) -> list[Candidate]:
    asked = (basket.id, by.company_id, basket.owner, str(Privilege.USE_BASKETS), user_id)
    return [_candidate(row) for row in await sql.rows(CANDIDATES, *asked)]


def _require_manage(basket: Basket, by: Viewer) -> Basket:
    if not baskets.owns(basket, by):
        raise Refused(f"Only {basket.owner_name}, who created “{basket.name}”, chooses who sees and changes it.")
    return basket


async def opened(basket_id: int, by: Viewer) -> tuple[Basket, list[Candidate]]:
    """The basket, and every active colleague with those whom it was shared with; raises Missing or Refused."""
    basket = _require_manage(await baskets.find(by, basket_id), by)
    found = await _candidates(basket, by)
    return basket, [one for one in found if one.approval or not one.is_disabled]


async def _held(basket_id: int, by: Viewer) -> Basket:
    """The basket, locked: nobody changes a line of it while approvals change."""
    basket = _require_manage(await baskets.held(by, basket_id), by)
    if basket.archived_at:
        raise Refused(baskets.why_not_edit(basket, by))
    return basket


async def _colleague(basket: Basket, user_id: int, by: Viewer) -> Candidate:
    """Locked, so that nobody deletes or disables them meanwhile; raises Missing."""
    if not 0 < user_id <= baskets.LARGEST_ID:
        raise Missing
    await sql.row(f"SELECT id FROM users WHERE id = $1{FOR_UPDATE}", user_id)  # noqa: S608 (a constant)
    found = await _candidates(basket, by, user_id)
    if not found:
        raise Missing
    return found[0]


@atomic
async def add(basket_id: int, user_id: int, by: Viewer) -> str:
    """Let a colleague change the lines of a shared basket, and tell them (NOTIFY-2); gives the name.

    It holds at that user's next request. Raises Missing, Refused, and Invalid for who cannot be approved.
    """
    by.require(Privilege.USE_BASKETS, DEED)
    basket = await _held(basket_id, by)
    try:
        user = await _colleague(basket, user_id, by)
    except Missing as nobody:
        raise Invalid({"user": CHOOSE}) from nobody
    if reason := user.why_not(by) or why_resting(basket):
        raise Invalid({"user": f"{user.name}: {reason}"})
    if not user.approval:
        approval = await sql.value(ADD, basket.id, user.id, datetime.now(UTC))
        await shared_basket_mails.write(basket, approval, user.id, by)
    return user.name


@atomic
async def remove(basket_id: int, user_id: int, by: Viewer) -> str:
    """Let a colleague change it no more, from their next request on; gives the name. Raises Missing or Refused."""
    by.require(Privilege.USE_BASKETS, DEED)
    basket = await _held(basket_id, by)
    user = await _colleague(basket, user_id, by)
    await sql.run('DELETE FROM basket_approvals WHERE basket = $1 AND "user" = $2', basket.id, user.id)
    await shared_basket_mails.take_back(user.approval)
    return user.name
