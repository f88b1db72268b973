"""Ticking privileges: what a box needs comes with it, what needs it goes with it (USER-3, USER-4, USER-5)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from app.rules.privileges import ALL, GROUPS, QUICK_SELECTION, Privilege
from db import sql
from db.dialect import among, array

Boxes = frozenset[Privilege]

# What each box opens, in the words of who ticks it.
OPENS = {
    Privilege.SEE_PRICES: "your company's prices, on every page, in files and mail",
    Privilege.SEE_AVAILABILITY: "stock in each warehouse",
    Privilege.USE_BASKETS: "My Baskets, Company Baskets and Quick Order",
    Privilege.PLACE_ORDERS: "check-out",
    Privilege.SEE_OWN_ORDERS: "My Orders, with the orders that they placed",
    Privilege.SEE_ALL_ORDERS: "everybody's orders in My Orders",
    Privilege.BACKORDER_REPORT: "Backorders, and the report by mail",
    Privilege.REQUEST_CANCELLATION: "asking to cancel what is backordered",
    Privilege.DELIVER_ANYWHERE: "an address typed in check-out, and changes to the address book",
    Privilege.INVOICES: "the Invoice List",
    Privilege.STATEMENTS: "Account Statements",
    Privilege.CREATE_RETURNS: "Returns, and “RETURN ITEMS” on invoices",
    Privilege.PRICE_FEED: "Price Feed",
}


def _needed(box: Privilege) -> Boxes:
    """All that a box needs, and what that needs."""
    return frozenset(box.needs).union(*(_needed(one) for one in box.needs))


def closed(boxes: Iterable[Privilege]) -> Boxes:
    """The boxes with all that they need."""
    given = frozenset(boxes)
    return given.union(*(_needed(box) for box in given))


def ticked(boxes: Iterable[Privilege], box: Privilege) -> Boxes:
    """With the box, and what it needs."""
    return frozenset(boxes) | {box} | _needed(box)


def unticked(boxes: Iterable[Privilege], box: Privilege) -> Boxes:
    """Without the box, and without what needs it."""
    return frozenset(one for one in boxes if one != box and box not in _needed(one))


def changed(current: Boxes, shown: Boxes, sent: Boxes) -> Boxes:
    """What a form makes of the current boxes: the form showed some ticked, and was sent with others.

    What somebody else has changed meanwhile stays. Where a tick and a tick taken away exclude each other, the
    second counts.
    """
    boxes = current
    for box in sent - shown:
        boxes = ticked(boxes, box)
    for box in shown - sent:
        boxes = unticked(boxes, box)
    return boxes


def selected(boxes: Iterable[Privilege], quick: str) -> Boxes:
    """With a column of "Quick Selection"; "Reset" leaves none. Raises KeyError for another word."""
    return frozenset() if quick == "Reset" else frozenset(boxes) | QUICK_SELECTION[quick]


def in_order(boxes: Iterable[Privilege]) -> list[Privilege]:
    """As the page lists them."""
    held = frozenset(boxes)
    return [box for group in GROUPS.values() for box in group if box in held]


def listed(boxes: Iterable[Privilege]) -> str:
    """`“see prices” and “use baskets”`."""
    names = [f"“{box.label}”" for box in in_order(boxes)]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def short(boxes: Iterable[Privilege]) -> str:
    """A line for a list: `none`, `Purchasing`, `Basics and 2 more`, `see prices`, `3 boxes`."""
    held = frozenset(boxes)
    if not held:
        return "none"
    fitting = [name for name, column in QUICK_SELECTION.items() if column <= held]
    if fitting:
        name = max(fitting, key=lambda one: len(QUICK_SELECTION[one]))
        more = len(held - QUICK_SELECTION[name])
        return f"{name} and {more} more" if more else name
    return next(iter(held)).label if len(held) == 1 else f"{len(held)} boxes"


class Ticked(NamedTuple):
    """What came and what went besides the boxes that the person pressed."""

    came: Boxes
    went: Boxes


def besides(before: Boxes, sent: Boxes, after: Boxes) -> Ticked:
    """What the dependencies did to the boxes of a form that was sent."""
    return Ticked(after - before - sent, (before & sent) - after)


def told(moved: Ticked, held: Boxes) -> list[str]:
    """The sentences of it, each with its cause, for somebody who holds `held` now (USER-4)."""
    lines = []
    if moved.came:
        why = listed(box for box in held - moved.came if _needed(box) & moved.came)
        lines.append(f"Ticked as well: {listed(moved.came)}, for {why or 'another box'}.")
    if moved.went:
        why = listed(frozenset().union(*(_needed(box) for box in moved.went)) - held - moved.went)
        lines.append(f"Unticked as well: {listed(moved.went)}, which cannot do without {why or 'another box'}.")
    return lines


def known(names: Iterable[str]) -> Boxes:
    """The privileges among posted words; raises ValueError for a word that is none."""
    return frozenset(Privilege(name) for name in names)


def some(names: Iterable[str]) -> Boxes:
    """Those among posted words that are privileges."""
    return frozenset(Privilege(name) for name in names if name in ALL)


async def keep(user_id: int, boxes: Iterable[Privilege], granted_by: int | None) -> None:
    """Make these the user's; call it in the deed's transaction. What stays keeps who gave it, and when."""
    wanted = [str(box) for box in boxes]
    await sql.run(
        f'DELETE FROM user_privileges WHERE "user" = $1 AND NOT {among("privilege", 2, "text")}',  # noqa: S608
        *(user_id, array(wanted)),
    )
    await sql.run_many(
        """INSERT INTO user_privileges ("user", privilege, granted_by, granted_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING""",
        [(user_id, one, granted_by, datetime.now(UTC)) for one in wanted],
    )
