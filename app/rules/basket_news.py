"""What has changed of a basket's lines since they were last seen and accepted, and what replaces them (BASKET-9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from app.rules import basket_bulk, baskets
from app.rules import basket_line_rows as rows
from app.rules.basket_bulk import Wish
from app.rules.basket_sums import LineSum, Sums
from app.rules.baskets import Opened
from app.rules.refusals import Invalid, Missing
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic

UNPRICED = "none"  # how a price on request is written in what is sent along

ACCEPT = "UPDATE basket_lines SET seen_price_cents = $2, seen_ships = $3, seen_discontinued = $4 WHERE id = $1"
CODE = "CASE WHEN {0}.vpn = '' THEN {0}.sku ELSE {0}.vpn END"
REPLACED = f"""
SELECT l.id, l.quantity, p.replaced_by, {CODE.format("p")} AS code, {CODE.format("y")} AS new_code
FROM basket_lines l JOIN products p ON p.id = l.product JOIN products y ON y.id = p.replaced_by
WHERE l.basket = $1 AND l.changed_by = $2 AND l.revision = $3 AND l.removed_at > $4
"""  # noqa: S608 (constants)
LESS = f"UPDATE basket_lines SET quantity = $3, {rows.CHANGED} WHERE id = $1"  # noqa: S608 (constants)


class Change(NamedTuple):
    """One thing that is another now: "price", "unpriced", "stock", "discontinued" or "certification"."""

    kind: str
    was: int = 0
    now: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """What has changed of a line, for one who sees it; `shown` names that, and is sent to accept no more than it."""

    line: LineSum
    changes: tuple[Change, ...]
    shown: str

    @property
    def can_be_accepted(self) -> bool:
        """A certification that is lost stays so, whatever anybody says to it."""
        return any(change.kind != "certification" for change in self.changes)

    @property
    def offers_replacement(self) -> bool:
        return bool(self.line.product["is_discontinued"] and self.line.product["replaced_by_sku"])


def _price(line: LineSum, viewer: Viewer) -> Change | None:
    seen = line.line.seen_price_cents
    if seen is None:
        return None
    if line.price is None:
        return Change("unpriced", was=seen if viewer.sees_prices else 0)
    changed = viewer.sees_prices and line.price.cents != seen
    return Change("price", seen, line.price.cents) if changed else None


def _stock(line: LineSum, viewer: Viewer) -> Change | None:
    """Of a line that was made smaller no more than it holds is news; lines of before the stock was noted have none."""
    if line.line.seen_ships is None or not viewer.sees_stock:
        return None
    was, now = min(line.line.seen_ships, line.line.quantity), line.promise.ships
    return Change("stock", was, now) if was != now else None


def _ended(line: LineSum) -> Change | None:
    return Change("discontinued") if line.product["is_discontinued"] and not line.line.seen_discontinued else None


def _uncertified(line: LineSum) -> Change | None:
    """Nobody could put it in without: what is missing now was lost."""
    return Change("certification") if line.obstacle and line.obstacle.kind == "certification" else None


def _shown(line: LineSum, viewer: Viewer) -> str:
    """`LINE.PRICE.SHIPS.ENDED` as the viewer is shown it, empty where it is not theirs to see."""
    price = str(line.price.cents) if line.price and viewer.sees_prices else "" if line.price else UNPRICED
    ships = str(line.promise.ships) if viewer.sees_stock else ""
    return f"{line.id}.{price}.{ships}.{int(bool(line.product['is_discontinued']))}"


def of_line(line: LineSum, viewer: Viewer) -> News | None:
    """What has changed of the line; None where nothing has."""
    found = (_price(line, viewer), _stock(line, viewer), _ended(line), _uncertified(line))
    changes = tuple(change for change in found if change)
    return News(line, changes, _shown(line, viewer)) if changes else None


def of(sums: Sums, viewer: Viewer) -> tuple[News, ...]:
    """The news of a basket, in the order of its lines."""
    return tuple(news for line in sums.lines if (news := of_line(line, viewer)))


def _accepted(line: LineSum, sent: Sequence[str], by: Viewer) -> tuple[int, int | None, int | None, bool]:
    """What counts as seen from now on: of what was shown only what still stands and is `by`'s to see."""
    kept = line.line
    price, ships, ended = (
        had if had == now else "" for had, now in zip(sent, _shown(line, by).split(".")[1:], strict=True)
    )
    cents = line.price.cents if line.price else None
    return (
        line.id,
        cents if price else kept.seen_price_cents,
        line.promise.ships if ships else kept.seen_ships,
        bool(line.product["is_discontinued"]) if ended else kept.seen_discontinued,
    )


@atomic
async def accept(
    basket_id: int, shown: Iterable[str], by: Viewer, line_id: int | None = None
) -> tuple[Opened, tuple[LineSum, ...]]:
    """Take what was shown of the lines, or of one, as seen; gives the lines that are no news any more.

    What came since is not accepted with it. Raises Missing, and Refused for who may not change the lines.
    """
    basket = await baskets.held(by, basket_id)
    baskets.require_edit(basket, by)
    if line_id == 0:  # which no line has, and by which all would be read
        raise Missing
    sums = (await baskets.open(by, basket.id, line_id or 0)).sums
    if line_id and not sums.lines:
        raise Missing
    sent = {line: rest for line, *rest in (text.split(".") for text in shown) if len(rest) == 3}
    accepted = [(news.line, sent[str(news.line.id)]) for news in of(sums, by) if str(news.line.id) in sent]
    await sql.run_many(ACCEPT, [_accepted(line, rest, by) for line, rest in accepted])
    opened = await baskets.open(by, basket.id)
    still = {news.line.id for news in of(opened.sums, by) if news.can_be_accepted}
    done = {line.id for line, _ in accepted} - still
    return opened, tuple(line for line in opened.sums.lines if line.id in done)


@atomic
async def replace(basket_id: int, line_id: int, by: Viewer) -> tuple[Opened, sql.Row]:
    """Let what replaces the line's product stand in its place, in the same quantity and with the same note.

    It is judged as any addition is: raises Invalid with the reason. The row says what `replaced` says, with `revision`.
    """
    basket = await baskets.held(by, basket_id)
    baskets.require_edit(basket, by)
    line = (await baskets.open(by, basket.id, line_id)).sums.line(line_id)
    if line is None:
        raise Missing
    await sql.run(rows.REMOVE, line.id, by.id, datetime.now(UTC))
    revision = (await baskets.settle(basket.id, by)).basket.revision
    done = await replaced(basket.id, revision, by)
    if done is None:
        raise Invalid(f"Nothing is known to replace {line.code}.")
    outcome = await basket_bulk.put(basket.id, [Wish(done["replaced_by"], line.line.quantity, line.line.note)], by)
    if outcome.refused:
        raise Invalid(f"{done['new_code']} cannot take its place: {next(iter(outcome.refused.values()))}")
    return outcome.opened, done


async def replaced(basket_id: int, revision: int, by: Viewer) -> sql.Row | None:
    """`id`, `code`, `new_code` and `revision` of a line that `by` had replaced, while that can be undone."""
    if not 0 < revision <= baskets.LARGEST_ID:
        return None
    since = datetime.now(UTC) - timedelta(hours=settings.undo_hours)
    row = await sql.row(REPLACED, basket_id, by.id, revision, since)
    return {**row, "revision": revision} if row else None


@atomic
async def put_back(basket_id: int, revision: int, by: Viewer) -> Opened:
    """Undo a replacement: the old line is back, and as many of the new go; once more changes nothing.

    Raises Invalid past the limit.
    """
    basket = await baskets.held(by, basket_id)
    baskets.require_edit(basket, by)
    old = await replaced(basket.id, revision, by)
    if old is None:
        return await baskets.open(by, basket.id)
    new = await sql.row(rows.KEPT, basket.id, old["replaced_by"])
    if new and not new["removed_at"]:
        left = new["quantity"] - old["quantity"]
        if left > 0:
            await sql.run(LESS, new["id"], by.id, left)
        else:
            await sql.run(rows.REMOVE, new["id"], by.id, datetime.now(UTC))
    if await sql.value(basket_bulk.COUNT, basket.id) >= settings.max_basket_lines:
        raise Invalid(f"A basket holds at most {settings.max_basket_lines:,} lines. Remove one first, then undo this.")
    await sql.run(rows.RESTORE, old["id"], by.id)
    return await baskets.settle(basket.id, by)
