"""The tree of categories by their paths."""

from app.rules import categories
from tests.cast import Cast

COUNTED = [("A > B > C", 3), ("A > B > D", 4), ("A > E", 1), ("F", 2)]


def test_branches_add_up_what_is_below_them() -> None:
    assert [(branch.name, branch.hits) for branch in categories.branches(COUNTED)] == [("A", 8), ("F", 2)]
    assert [(branch.path, branch.hits) for branch in categories.branches(COUNTED, "A")] == [("A > B", 7), ("A > E", 1)]
    assert categories.branches(COUNTED, "F") == []


def test_a_name_that_begins_like_another_is_no_branch_of_it() -> None:
    assert categories.branches([("A > Box", 1), ("A > Boxes > Big", 1)], "A > Box") == []


def test_the_trail_leads_down() -> None:
    assert [branch.path for branch in categories.trail("A > B > C")] == ["A", "A > B", "A > B > C"]
    assert categories.trail("") == []


async def test_every_path_is_listed(cast: Cast) -> None:
    assert {"Cables", "Peripherals", "Peripherals > Docking stations"} <= set(await categories.paths())
