"""Orders as somebody may see them: their lines, where the units are, their state (ORDER-5, ORDER-6)."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.rules import addresses, freight
from app.rules.order_numbers import typed
from app.rules.order_states import state_of
from app.rules.privileges import Privilege
from app.rules.refusals import Missing
from app.rules.viewers import Viewer
from db import sql
from db.sql import Row

# Whose orders: $1 is the viewer's company, $2 the viewer, or 0 where every order of the company is theirs to see.
VISIBLE = "o.company = $1 AND ($2 = 0 OR o.placed_by = $2)"
FIND = f"""SELECT o.*, u.name AS placed_by_name, s.name AS acted_by_name
    FROM orders o JOIN users u ON u.id = o.placed_by LEFT JOIN users s ON s.id = o.acted_by
    WHERE {VISIBLE} AND o.number = $3"""  # noqa: S608 (our own words)
LINES = 'SELECT * FROM order_lines WHERE "order" = $1 ORDER BY number'
PARTS = """SELECT p.line, p.kind, p.quantity, p.eta, w.code, w.name
    FROM order_parts p JOIN order_lines l ON l.id = p.line JOIN warehouses w ON w.id = p.warehouse
    WHERE l."order" = $1 ORDER BY w.position, p.id"""
KINDS = ("shipped", "delivered", "cancelled")


@dataclass(frozen=True, slots=True)
class Shown:
    """An order with its lines; each line is a row of order_lines with its `parts`, `units` and `state`."""

    order: Row
    lines: list[Row]

    @property
    def units(self) -> dict[str, int]:
        kinds = ("ordered", *KINDS, "reserved", "backordered")
        return {kind: sum(line["units"][kind] for line in self.lines) for kind in kinds}

    @property
    def state(self) -> str:
        return state_of(self.units)

    @property
    def waits(self) -> bool:
        """Whether nothing leaves yet: it ships complete, and something of it is backordered."""
        return self.order["ship"] == "complete" and self.units["backordered"] > 0

    @property
    def delivered_to(self) -> list[str]:
        """The lines of the address, without the empty ones."""
        return addresses.of_order(self.order).written

    @property
    def is_collected(self) -> bool:
        return freight.is_collected(self.order["delivery_method"])

    @property
    def collected_at(self) -> list[str]:
        """The warehouses that the units come from, for who collects them; none of a cancelled order."""
        return list(dict.fromkeys(part["name"] for line in self.lines for part in line["parts"]))


def scope(viewer: Viewer) -> tuple[int, int]:
    """What `VISIBLE` binds: the company, and the viewer unless all of its orders are theirs to see."""
    return viewer.company_id, 0 if viewer.may(Privilege.SEE_ALL_ORDERS) else viewer.id


async def find(number: str, viewer: Viewer) -> Shown:
    """An order by its number in any case, in three statements; raises Missing."""
    wanted = typed(number)
    order = await sql.row(FIND, *scope(viewer), wanted) if wanted else None
    if order is None:
        raise Missing
    return await shown(order)


async def shown(order: Row) -> Shown:
    """A row of orders with its lines."""
    lines = {line["id"]: {**line, "parts": []} for line in await sql.rows(LINES, order["id"])}
    for part in await sql.rows(PARTS, order["id"]):
        lines[part["line"]]["parts"].append(part)
    return Shown(order, [_counted(line) for line in lines.values()])


def _counted(line: Row) -> Row:
    units = {"ordered": line["quantity"], **{kind: line[kind] for kind in KINDS}}
    units |= {kind: sum(_quantities(line, kind)) for kind in ("reserved", "backordered")}
    dates = [part["eta"] for part in line["parts"] if part["kind"] == "backordered"]
    eta = max(dates) if dates and all(dates) else None
    return {**line, "units": units, "state": state_of(units), "eta": eta}


def _quantities(line: Row, kind: str) -> Iterator[int]:
    return (part["quantity"] for part in line["parts"] if part["kind"] == kind)
