"""The table as SQL and as a predicate say the same, whatever baskets and approvals there are (BASKET-3 to BASKET-5)."""

import random

import pytest

from app.rules import basket_finders, basket_lists
from app.rules.basket_access import COMPANY, MY, NOWHERE, TABLE, VISIBILITIES, Part, part_of
from app.rules.refusals import Missing
from db import sql
from tests.cast import Cast, new_person
from tests.goods import AKL, NOW
from tests.rules_named import rule

pytestmark = rule("BASKET-3", "BASKET-4", "BASKET-5")
INSERT = """INSERT INTO baskets (id, company, owner, name, name_key, visibility, home_warehouse, created_at, changed_at)
    VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $7)"""
APPROVE = 'INSERT INTO basket_approvals (basket, "user", approved_at) VALUES ($1, $2, $3)'


@pytest.mark.parametrize("seed", range(8))
async def test_queries_find_what_the_table_allows(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)
    kim = await new_person("Kim Roa", "kim@brightbyte.example", cast.brightbyte)
    people = [cast.dana, cast.ben, kim]
    heads = [(n, chance.choice(people), chance.choice(VISIBILITIES)) for n in range(1, 41)]
    await sql.run_many(
        INSERT, [(n, cast.brightbyte, owner.id, f"basket {n}", kind, AKL, NOW) for n, owner, kind in heads]
    )
    pairs = {(n, one.id) for n, owner, _ in heads for one in people if one != owner and chance.random() < 0.5}
    await sql.run_many(APPROVE, [(basket, user, NOW) for basket, user in sorted(pairs)])
    for person in people:
        viewer = person.viewer()
        holds = {n: TABLE[kind, part_of(person.id, owner.id, (n, person.id) in pairs)] for n, owner, kind in heads}
        for place in (MY, COMPANY):
            found = await basket_lists.of(place, basket_lists.Asked(), viewer)
            assert {one.id for one in found.baskets} == {n for n, may in holds.items() if may.stands_in == place}
            assert found.count == len(found.baskets)
        assert {one.id for one in await basket_lists.offered(viewer)} == {n for n, may in holds.items() if may.edits}
        for n, may in holds.items():
            if may.sees:
                assert basket_finders.access(await basket_finders.find(viewer, n), viewer) == may
            else:
                with pytest.raises(Missing):
                    await basket_finders.find(viewer, n)


def test_what_is_not_seen_stands_nowhere_and_can_be_nothing_else() -> None:
    for may in TABLE.values():
        assert may.sees is (may.stands_in != NOWHERE)
        assert may.sees or not (may.edits or may.orders or may.manages)
        assert may.edits or not may.orders


def test_only_the_creator_manages() -> None:
    assert {(kind, part) for (kind, part), may in TABLE.items() if may.manages} == {
        (kind, Part.CREATOR) for kind in VISIBILITIES
    }
