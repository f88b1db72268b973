"""Rows of Quick Order against the catalogue: what is good, and the reason where it is not (BASKET-11, PROD-1)."""

import pytest

from app.files.code_lists import Typed
from app.rules import code_checks
from app.rules.code_checks import Checked
from app.rules.viewers import ALL_PRIVILEGES, Viewer
from tests.cast import Cast, Person
from tests.rules_named import rule


def may_all(person: Person) -> Viewer:
    return person.viewer(company_name="Brightbyte Ltd", privileges=ALL_PRIVILEGES)


async def checked(viewer: Viewer, *rows: tuple[str, str]) -> list[Checked]:
    typed = [Typed(number, code, quantity) for number, (code, quantity) in enumerate(rows, 1)]
    return await code_checks.check(typed, viewer, None)


@rule("BASKET-11")
async def test_a_good_row_says_what_it_names_and_costs(cast: Cast) -> None:
    dock, part = await checked(may_all(cast.ben), ("7rk2q4", "2"), ("nl ud3000 eu", "1"))
    assert dock.product and dock.product["id"] == cast.dock.id
    assert (dock.quantity, dock.problem, dock.together) == (2, "", 2)
    assert dock.price and dock.price.cents == 31_240 and dock.total_cents == 62_480
    assert dock.promise and dock.promise.ships == 2
    assert part.product and part.product["id"] == cast.certified.id


@rule("BASKET-11")
@pytest.mark.parametrize(
    ("goods", "quantity", "field", "words"),
    [
        ("uncertified", "1", "code", "PIKE"),
        ("uncertified", "½", "code", "certification"),
        ("on_request", "1", "code", "Price on request"),
        ("discontinued", "4", "quantity", "3 are left"),
        ("cable", "7", "quantity", "next quantity is 10"),
        ("cable", "", "quantity", "Type a quantity"),
        ("dock", "100001", "quantity", "100,000"),
    ],
)
async def test_a_bad_row_says_why(cast: Cast, goods: str, quantity: str, field: str, words: str) -> None:
    (row,) = await checked(may_all(cast.ben), (getattr(cast, goods).sku, quantity))
    assert row.field == field
    assert words.casefold() in row.problem.casefold()
