"""Writes the baskets of the demo with today's prices."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.demo.catalogue import Catalogue, ids
from app.demo.people import People
from app.demo.placing import working_day_before
from app.demo.plans import BASKETS, PlannedBasket
from app.demo.shop import Pick, Shop
from app.rules.baskets import name_key
from app.rules.settings import settings
from db import sql

INSERT_BASKET = f"""
INSERT INTO baskets (company, owner, name, name_key, visibility, note, home_warehouse, line_count,
    total_cents, created_at, changed_at)
VALUES ({sql.marks(11)})"""  # noqa: S608 (only marks)
PUT_AWAY = {
    "template": "UPDATE baskets SET template_at = changed_at WHERE id = $1",
    "archived": "UPDATE baskets SET archived_at = changed_at, archived_by = owner WHERE id = $1",
}

BETWEEN_LINES = timedelta(minutes=7)


def begun(planned: PlannedBasket, catalogue: Catalogue) -> datetime:
    """When its first line was added: each basket in the office hours of a working day of its own."""
    turn = BASKETS.index(planned)
    day = working_day_before(catalogue.today, 1 + turn)
    clock = time(9 + turn * 3 % 7, turn * 17 % 60)
    return datetime.combine(day, clock, tzinfo=ZoneInfo(settings.time_zone)).astimezone(UTC)


async def write(catalogue: Catalogue, people: People, shops: dict[str, Shop]) -> None:
    """Write every basket, its lines, who may change it, and which one is current."""
    picks = {planned.name: shops[planned.company].goods_of(planned.kinds) for planned in BASKETS}
    await _write_heads(catalogue, people, picks)
    baskets = await ids("SELECT id, name AS key FROM baskets")
    await _write_lines(catalogue, people, baskets, picks)
    await sql.run_many(
        'INSERT INTO basket_approvals (basket, "user", approved_at) VALUES ($1, $2, $3)',
        [
            (baskets[planned.name], people.users[planned.approved], begun(planned, catalogue))
            for planned in BASKETS
            if planned.approved
        ],
    )
    for kind, statement in PUT_AWAY.items():
        await sql.run_many(statement, [(baskets[planned.name],) for planned in BASKETS if planned.put_away == kind])
    await sql.run_many(
        "UPDATE users SET current_basket = $1 WHERE id = $2",
        [(baskets[planned.name], people.users[planned.owner]) for planned in BASKETS if planned.is_current],
    )


async def _write_heads(catalogue: Catalogue, people: People, picks: dict[str, list[Pick]]) -> None:
    homes = {row["id"]: row["home_warehouse"] for row in await sql.rows("SELECT id, home_warehouse FROM companies")}

    def head(planned: PlannedBasket) -> tuple[object, ...]:
        lines = picks[planned.name]
        company = people.companies[planned.company]
        first = begun(planned, catalogue)
        return (
            company, people.users[planned.owner],
            planned.name, name_key(planned.name), planned.visibility, planned.note,
            homes[company],
            len(lines), sum(pick.price.cents * pick.quantity for pick in lines),
            first - BETWEEN_LINES, first + BETWEEN_LINES * (len(lines) - 1),
        )  # fmt: skip

    await sql.run_many(INSERT_BASKET, [head(planned) for planned in BASKETS])


async def _write_lines(
    catalogue: Catalogue, people: People, baskets: dict[str, int], picks: dict[str, list[Pick]]
) -> None:
    await sql.run_many(
        "INSERT INTO basket_lines (basket, product, quantity, seen_price_cents, added_by, added_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        [
            (
                baskets[planned.name],
                catalogue.products[pick.product.sku],
                pick.quantity,
                pick.price.cents,
                people.users[planned.owner],
                begun(planned, catalogue) + BETWEEN_LINES * place,
            )
            for planned in BASKETS
            for place, pick in enumerate(picks[planned.name])
        ],
    )
