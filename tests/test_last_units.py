"""Fifty buyers and the last twenty units, over HTTP, against real servers: one on SQLite, two on PostgreSQL."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from app.rules import books, sessions
from app.rules.privileges import Privilege
from app.rules.secret import token_for
from app.visits import SESSION_COOKIE
from db import sql
from db.conf import DB
from db.dialect import SQLITE
from db.users import UserPrivilege
from tests.cast import Cast, Person, new_person
from tests.checking_out import basket_of
from tests.goods import NOW
from tests.rules_named import rule
from tests.servers import Server, serving, url_of

BUYERS = 50
UNITS = 20


@dataclass(frozen=True)
class Buyer:
    token: str
    basket: int
    address: int

    async def order(self, http: httpx.AsyncClient, base: str, number: int) -> httpx.Response:
        """Press "Place Order" once; the form's own token makes a second press the same order."""
        fields = {
            "csrf": token_for("csrf", self.token),
            "token": f"{number:032x}",
            "po_number": f"PO {number}",
            "address": str(self.address),
            "delivery_method": "standard",
            "ship": "available",
            "confirm": "1",
        }
        cookies = {"Cookie": f"{SESSION_COOKIE}={self.token}"}
        return await http.post(f"{base}/baskets/{self.basket}/order", data=fields, headers=cookies)


async def _buyer(cast: Cast, number: int) -> Buyer:
    company, address = (cast.brightbyte, cast.address) if number % 2 else (cast.coastline, cast.other_address)
    person: Person = await new_person(f"Buyer {number}", f"buyer{number}@example.example", company)
    for privilege in Privilege:
        await UserPrivilege.insert(UserPrivilege(user=person.id, privilege=privilege, granted_at=NOW))
    token = await sessions.start(person.id, person.email, "127.0.0.1", "")
    return Buyer(token, await basket_of(person, (cast.scarce, 1)), address)


@pytest.fixture
async def buyers(cast: Cast) -> list[Buyer]:
    """Each with a session of their own and a basket with one of the scarce units."""
    await sql.run(
        "INSERT INTO list_prices (price_list, product, min_quantity, price_cents) VALUES (2, $1, 1, 4700)",
        cast.scarce.id,
    )
    made = [await _buyer(cast, number) for number in range(BUYERS)]
    await DB.close_connection_pool()
    return made


@pytest.fixture
def servers(buyers: list[Buyer], database: str, tmp_path: Path) -> Iterator[list[Server]]:
    with ExitStack() as stack:
        count = 1 if SQLITE else 2
        yield [stack.enter_context(serving(url_of(database), tmp_path)) for _ in range(count)]


async def _all_at_once(buyers: list[Buyer], servers: list[Server]) -> list[httpx.Response]:
    """Everybody presses twice."""
    limits = httpx.Limits(max_connections=BUYERS * 2)
    async with httpx.AsyncClient(limits=limits, timeout=60) as http:
        presses = [
            buyer.order(http, servers[(number + press) % len(servers)].url, number)
            for number, buyer in enumerate(buyers)
            for press in range(2)
        ]
        return await asyncio.gather(*presses)


@rule("ORDER-2", "ORDER-3")
async def test_twenty_are_promised_and_thirty_are_backordered(
    cast: Cast, buyers: list[Buyer], servers: list[Server]
) -> None:
    answers = await _all_at_once(buyers, servers)
    assert {answer.status_code for answer in answers} == {303}, [a.text for a in answers if a.status_code != 303][:1]
    for server in servers:
        server.stop()
    places = [answer.headers["Location"].partition("?")[0] for answer in answers]
    assert all(places[n] == places[n + 1] for n in range(0, len(places), 2)), "two presses, one order"
    assert len(set(places)) == BUYERS
    found = await sql.rows("SELECT kind, CAST(sum(quantity) AS BIGINT) AS units FROM order_parts GROUP BY kind")
    assert {row["kind"]: row["units"] for row in found} == {"reserved": UNITS, "backordered": BUYERS - UNITS}
    assert await sql.value("SELECT CAST(sum(available) AS BIGINT) FROM stock WHERE product = $1", cast.scarce.id) == 0
    assert await sql.value("SELECT count(DISTINCT event) FROM notices") == BUYERS
    assert await sql.value("SELECT count(*) FROM notices") == BUYERS
    assert await books.what_does_not_add_up() == []
