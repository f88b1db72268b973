"""A basket as somebody may see it: who may do what with it, and how it is found (BASKET-3 to BASKET-6)."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.rules import basket_access, basket_contents, products
from app.rules.basket_access import TABLE, Access
from app.rules.basket_sums import Sums
from app.rules.privileges import Privilege
from app.rules.products import Contact
from app.rules.refusals import Missing, Refused
from app.rules.viewers import CurrentBasket, Viewer, lacks
from db import sql
from db.search_dialect import json_rows
from db.search_rows import CONTACT

LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Basket:
    """A basket without its lines; `total_cents` is the goods, without tax, as its owner saw them last."""

    id: int
    name: str
    visibility: str
    note: str
    home_warehouse: int
    line_count: int
    total_cents: int
    changed_at: datetime
    archived_at: datetime | None
    archiver: str  # who archived it by hand; "" where it was ordered
    template_at: datetime | None
    revision: int
    markup_basis_points: int | None
    owner: int
    owner_name: str
    contact: Contact  # whom to ask at the distributor
    is_approved: bool  # the viewer is among those whom the creator of a shared basket lets change it
    warehouses: tuple[tuple[int, str], ...] = ()  # that it may ship from, where it was found by itself

    @property
    def others_see(self) -> bool:
        """Whether colleagues find it."""
        return basket_access.others_see(self.visibility)


@dataclass(frozen=True, slots=True)
class Opened:
    """A basket with all that its page says."""

    basket: Basket
    sums: Sums

    @property
    def warehouses(self) -> tuple[tuple[int, str], ...]:
        return self.basket.warehouses

    @property
    def warehouse_name(self) -> str:
        return dict(self.warehouses).get(self.basket.home_warehouse, "")


def access(basket: Basket, viewer: Viewer) -> Access:
    """What the table of `basket_access` gives the viewer, whose company's the basket is."""
    return TABLE[basket.visibility, basket_access.part_of(viewer.id, basket.owner, basket.is_approved)]


def owns(basket: Basket, viewer: Viewer) -> bool:
    """Whether the viewer created it, and so may rename, delete and show it to others (BASKET-6)."""
    return access(basket, viewer).manages


def may_edit(basket: Basket, viewer: Viewer) -> bool:
    """Whether the viewer may add, change and remove lines (BASKET-3, BASKET-5); nobody may once it is archived."""
    return not basket.archived_at and access(basket, viewer).edits


def why_not_edit(basket: Basket, viewer: Viewer) -> str:
    """Why the viewer cannot change the lines, and who can; nothing where it is allowed."""
    if may_edit(basket, viewer):
        return ""
    if basket.archived_at:
        how = f"{basket.archiver} archived it" if basket.archiver else "it was ordered"
        return f"“{basket.name}” is archived, as {how}. It changes no more."
    approve = ", and can approve you" if basket_access.counts_approvals(basket.visibility) else ""
    return (
        f"“{basket.name}” is {basket.owner_name}'s {basket.visibility} basket. "
        f"{basket.owner_name} can change it{approve}."
    )


def why_not_theirs(basket: Basket, viewer: Viewer) -> str:
    """Why the viewer orders nothing from it, and who can; nothing where it is theirs to order (BASKET-16)."""
    if basket.archived_at:
        return why_not_edit(basket, viewer)
    if basket.template_at:
        return f"“{basket.name}” is a template. Start a basket from it, and order that."
    if access(basket, viewer).orders:
        return ""
    others = (
        f" and those whom {basket.owner_name} approved" if basket_access.counts_approvals(basket.visibility) else ""
    )
    return f"Only {basket.owner_name}{others} can order it."


def why_not_order(opened: Opened, viewer: Viewer) -> str:
    """Why the basket cannot be checked out by the viewer, and what to do; nothing where it can (BASKET-16)."""
    if not viewer.may(Privilege.PLACE_ORDERS):
        return lacks(viewer, Privilege.PLACE_ORDERS, "place orders")
    if refused := why_not_theirs(opened.basket, viewer):
        return refused
    if not opened.sums.lines:
        return "The basket is empty. Add a line first."
    if count := opened.sums.obstacles:
        return f"{count:,} {'line' if count == 1 else 'lines'} cannot be ordered: change or remove what is marked."
    return ""


# Who may see a basket at all: $1 is the viewer, $2 the viewer's company.
VISIBLE_TO = f"""b.company = $2 AND b.deleted_at IS NULL
    AND {basket_access.where("sees")} AND (b.owner = $1 OR b.archived_at IS NULL)"""

COLUMNS = f"""b.id AS basket_id, b.name AS basket_name, b.visibility, b.note AS basket_note, b.home_warehouse,
    b.line_count, b.total_cents, b.changed_at, b.archived_at, b.template_at,
    (SELECT a.name FROM users a WHERE a.id = b.archived_by) AS archiver,
    b.revision, b.markup_basis_points, b.owner, u.name AS owner_name,
    {CONTACT.format(company="$2")} AS contact,
    {basket_access.IS_APPROVED} AS is_approved"""  # noqa: S608 (constants)
WAREHOUSES = f"""(SELECT {json_rows.format("w.id, w.name")}
    FROM (SELECT id, name FROM warehouses ORDER BY position, id) w) AS warehouses"""  # noqa: S608 (constants)

FIND = f"""SELECT {COLUMNS}, {WAREHOUSES} FROM baskets b JOIN users u ON u.id = b.owner
    WHERE {VISIBLE_TO} AND b.id = $3"""  # noqa: S608 (the pieces are constants)
REMEMBER = "UPDATE baskets SET line_count = $2, total_cents = $3 WHERE id = $1 AND changed_at = $4"


def basket_of(row: dict[str, Any]) -> Basket:
    return Basket(
        id=row["basket_id"],
        name=row["basket_name"],
        visibility=row["visibility"],
        note=row["basket_note"],
        home_warehouse=row["home_warehouse"],
        line_count=row["line_count"],
        total_cents=row["total_cents"],
        changed_at=row["changed_at"],
        archived_at=row["archived_at"],
        archiver=row["archiver"] or "",
        template_at=row["template_at"],
        revision=row["revision"],
        markup_basis_points=row["markup_basis_points"],
        owner=row["owner"],
        owner_name=row["owner_name"],
        contact=products.contact_of(row["contact"]),
        is_approved=bool(row["is_approved"]),
        warehouses=tuple((int(number), str(name)) for number, name in json.loads(row.get("warehouses") or "[]")),
    )


async def find(viewer: Viewer, basket_id: int) -> Basket:
    """Raises Missing for what is not the viewer's to see."""
    row = await sql.row(FIND, viewer.id, viewer.company_id, basket_id) if 0 < basket_id <= LARGEST_ID else None
    if row is None:
        raise Missing
    return basket_of(row)


async def open(viewer: Viewer, basket_id: int, line_id: int = 0) -> Opened:
    """The basket with its lines and sums, in four statements however many lines; raises Missing.

    With a line's id the sums are those of that line alone.
    """
    if not 0 <= line_id <= LARGEST_ID:
        raise Missing
    basket = await find(viewer, basket_id)
    return Opened(basket, (await basket_contents.read(viewer, basket, line_id)).sums)


async def visit(viewer: Viewer, basket_id: int) -> Opened:
    """Open it for its page; what the owner of an active one sees now is what every page's header says from then on."""
    async with sql.snapshot():
        opened = await open(viewer, basket_id)
    basket, seen = opened.basket, (len(opened.sums.lines), opened.sums.goods_cents)
    if owns(basket, viewer) and not basket.archived_at and seen != (basket.line_count, basket.total_cents):
        await sql.run(REMEMBER, basket.id, *seen, basket.changed_at)
        opened = replace(opened, basket=replace(basket, line_count=seen[0], total_cents=seen[1]))
    return opened


def is_current(basket: Basket, viewer: Viewer) -> bool:
    return viewer.basket is not None and viewer.basket.id == basket.id


def with_current(viewer: Viewer, basket: Basket) -> Viewer:
    """The viewer with this basket as the current one, as the header shows it."""
    return replace(viewer, basket=CurrentBasket(basket.id, basket.name, basket.line_count, basket.total_cents))


def require_edit(basket: Basket, by: Viewer) -> None:
    """Raises Refused unless `by` may change the lines."""
    if reason := why_not_edit(basket, by):
        raise Refused(reason)
