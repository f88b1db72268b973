"""My Baskets and Company Baskets: which stand there, found by name and sorted (BASKET-3 to BASKET-5)."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.rules import basket_access
from app.rules.basket_access import COMPANY, MY
from app.rules.basket_finders import COLUMNS, VISIBLE_TO, Basket, basket_of
from app.rules.baskets import name_key
from app.rules.privileges import Privilege
from app.rules.viewers import Viewer
from db import sql
from db.dialect import among, array

PAGE_SIZE = 100
SORTS = {
    "name": "b.name_key",
    "owner": "lower(u.name)",
    "lines": "b.line_count",
    "goods": "b.total_cents",
    "changed": "b.changed_at",
}
# Figures and days begin with the largest, names with the first.
DOWN_FIRST = frozenset({"lines", "goods", "changed"})
ACTIVE = f"""FROM baskets b JOIN users u ON u.id = b.owner
WHERE {VISIBLE_TO} AND b.archived_at IS NULL AND b.template_at IS NULL"""
NAMED = "($3 = '' OR b.name_key LIKE $3 ESCAPE '\\')"
OFFERED = f"""SELECT {COLUMNS} {ACTIVE} AND {basket_access.where("edits")}
ORDER BY b.changed_at DESC, b.id DESC"""
APPROVED = f"""SELECT a.basket, u.name FROM basket_approvals a JOIN users u ON u.id = a."user"
WHERE {among("a.basket", 1)} AND u.deleted_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM suspensions s WHERE s."user" = u.id)
    AND (u.is_administrator OR EXISTS (
        SELECT 1 FROM user_privileges p WHERE p."user" = u.id AND p.privilege = $2))
ORDER BY lower(u.name), u.id"""  # noqa: S608 (the pieces are constants)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which of a list, and in which order; a sort of SORTS, pages count from 1."""

    q: str = ""
    sort: str = "changed"
    down: bool = True
    page: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list and its number, how many fit in all, and who else was let change a basket, by its id."""

    baskets: list[Basket]
    count: int
    page: int
    approved: dict[int, list[str]]

    def changers(self, basket: Basket) -> list[str]:
        """Who may change its lines, the creator first."""
        return [basket.owner_name, *self.approved.get(basket.id, [])]


def asked_of(q: str, sort: str, order: str, page: int, viewer: Viewer) -> Asked:
    """What an address asks for; for a sort that is none, or would give figures away, what changed last (PRICE-1)."""
    known = sort in SORTS and (sort != "goods" or viewer.sees_prices)
    sort = sort if known else "changed"
    down = order == "down" if order in ("up", "down") else sort in DOWN_FIRST
    return Asked(q, sort, down, page)


async def of(place: str, asked: Asked, viewer: Viewer) -> Found:
    """The active baskets that stand in a list, basket_access.MY or COMPANY, in three statements."""
    stands = f"{ACTIVE} AND {basket_access.where('stands_in', place)} AND {NAMED}"
    way = "DESC" if asked.down else "ASC"
    values = (viewer.id, viewer.company_id, pattern(asked.q))
    count = await sql.value(f"SELECT count(*) {stands}", *values)
    number = max(1, min(asked.page, -(-count // PAGE_SIZE)))
    page = f"SELECT {COLUMNS} {stands} ORDER BY {SORTS[asked.sort]} {way}, b.id {way} LIMIT $4 OFFSET $5"
    found = [basket_of(row) for row in await sql.rows(page, *values, PAGE_SIZE, (number - 1) * PAGE_SIZE)]
    return Found(found, count, number, await _approved(found))


async def mine(viewer: Viewer, asked: Asked | None = None) -> Found:
    """ "My Baskets": the viewer's own private and public ones (BASKET-3, BASKET-4)."""
    return await of(MY, asked or Asked(), viewer)


async def of_company(viewer: Viewer, asked: Asked | None = None) -> Found:
    """ "Company Baskets": shared ones, for their creators too, and the public ones of others (BASKET-3, BASKET-5)."""
    return await of(COMPANY, asked or Asked(), viewer)


async def offered(viewer: Viewer) -> list[Basket]:
    """What the viewer may make the current basket: every active one that is theirs to change (BASKET-7)."""
    return [basket_of(row) for row in await sql.rows(OFFERED, viewer.id, viewer.company_id)]


async def _approved(baskets: Iterable[Basket]) -> dict[int, list[str]]:
    """The names of those who may change each of the shared ones beside its creator, by its id."""
    shared = [one.id for one in baskets if basket_access.counts_approvals(one.visibility)]
    names: dict[int, list[str]] = {}
    for row in await sql.rows(APPROVED, array(shared), str(Privilege.USE_BASKETS)) if shared else []:
        names.setdefault(row["basket"], []).append(row["name"])
    return names


def pattern(q: str) -> str:
    """What LIKE looks for; "" for any."""
    typed = name_key(" ".join(q.split()))
    for special in ("\\", "%", "_"):
        typed = typed.replace(special, f"\\{special}")
    return f"%{typed}%" if typed else ""
