"""The vocabulary of privileges and the table of the rules say the same."""

import re
from pathlib import Path

import pytest

from app.rules.privileges import GROUPS, QUICK_SELECTION, Privilege, Role
from app.rules.refusals import Refused
from app.rules.viewers import VISITOR, Viewer
from tests.rules_named import rule

TABLE = re.findall(  # the row of headings names no privilege
    r"^\| ((?!box )[a-z ]+) \((\w+)\) \|([^|]*)\|[^|]*\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|$",
    (Path(__file__).parents[2] / "docs" / "rules.md").read_text(),
    re.MULTILINE,
)
COLUMNS = ("Basics", "Support", "Purchasing", "All")


@rule("USER-4")
def test_the_table_names_every_privilege() -> None:
    assert [row[0] for row in TABLE] == [privilege.label for privilege in Privilege]


@rule("USER-4")
@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_a_box_stands_in_its_group_and_needs_what_the_table_says(row: tuple[str, ...]) -> None:
    label, group, needs, *ticks = row
    privilege = next(one for one in Privilege if one.label == label)
    assert privilege in GROUPS[group]
    assert {one.label for one in privilege.needs} == {word.strip() for word in needs.split(",") if word.strip()}
    chosen = {name for name, tick in zip(COLUMNS, ticks, strict=True) if tick.strip() == "x"}
    assert chosen == {name for name in COLUMNS if privilege in QUICK_SELECTION[name]}


@rule("USER-5")
@pytest.mark.parametrize("name", COLUMNS)
def test_a_quick_selection_ticks_what_its_boxes_need(name: str) -> None:
    chosen = QUICK_SELECTION[name]
    assert all(privilege.needs <= chosen for privilege in chosen)


@rule("USER-4")
def test_a_website_administrator_holds_every_privilege() -> None:
    dana = Viewer(id=1, company_id=1, is_administrator=True)
    assert all(dana.may(privilege) for privilege in Privilege)


def test_staff_and_visitors_hold_none() -> None:
    ari = Viewer(id=9, roles=frozenset({"administrator"}), privileges=frozenset(Privilege))
    assert not any(who.may(privilege) for who in (VISITOR, ari) for privilege in Privilege)


@rule("DESK-1")
def test_an_administrator_of_the_desk_holds_each_role() -> None:
    ari, moana = (Viewer(id=9, roles=frozenset({role})) for role in ("administrator", "sales"))
    assert all(ari.has_role(role) for role in Role)
    assert moana.has_role(Role.SALES)
    assert not moana.has_role(Role.WAREHOUSE)


@rule("BASKET-1")
def test_a_refusal_names_who_can_change_it() -> None:
    vera = Viewer(id=3, company_id=1, administrator_name="Dana Reyes")
    with pytest.raises(Refused, match="Dana Reyes, your website administrator, can allow it"):
        vera.require(Privilege.USE_BASKETS, "add products to baskets")
    with pytest.raises(Refused, match="Log in to add products"):
        VISITOR.require(Privilege.USE_BASKETS, "add products to baskets")
