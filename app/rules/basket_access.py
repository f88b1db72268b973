"""Who sees, changes, orders from and manages a basket: the one table of it (BASKET-3 to BASKET-6, BASKET-16)."""

from enum import StrEnum
from typing import NamedTuple

MY, COMPANY, NOWHERE = "my", "company", ""  # the list that a basket stands in: My Baskets or Company Baskets
VISIBILITIES = ("private", "public", "shared")


class Part(StrEnum):
    """What a user of the company is to a basket."""

    CREATOR = "creator"
    APPROVED = "approved"  # by its creator
    COLLEAGUE = "colleague"


class Access(NamedTuple):
    """What somebody may do with a basket that is neither archived nor deleted."""

    sees: bool = False
    edits: bool = False  # adds, changes and removes lines
    orders: bool = False
    manages: bool = False  # renames and deletes it, and says who else may do what
    stands_in: str = NOWHERE


NOTHING = Access()
READS = Access(sees=True, stands_in=COMPANY)
TABLE = {
    ("private", Part.CREATOR): Access(sees=True, edits=True, orders=True, manages=True, stands_in=MY),
    ("private", Part.APPROVED): NOTHING,
    ("private", Part.COLLEAGUE): NOTHING,
    ("public", Part.CREATOR): Access(sees=True, edits=True, orders=True, manages=True, stands_in=MY),
    ("public", Part.APPROVED): READS,
    ("public", Part.COLLEAGUE): READS,
    ("shared", Part.CREATOR): Access(sees=True, edits=True, orders=True, manages=True, stands_in=COMPANY),
    ("shared", Part.APPROVED): Access(sees=True, edits=True, orders=True, stands_in=COMPANY),
    ("shared", Part.COLLEAGUE): READS,
}
# What each visibility means, as its creator reads it before choosing.
ABOUT = {
    "private": "Only you see it. It stands in My Baskets.",
    "public": "Your colleagues read and copy it in Company Baskets; you alone change and order it, in My Baskets.",
    "shared": "Your colleagues read it; you and those you approve change and order it. It stands in Company Baskets.",
}
# The same parts as conditions on `baskets b`; {viewer} is who asks.
APPROVED = """EXISTS (SELECT 1 FROM basket_approvals a WHERE a.basket = b.id AND a."user" = {viewer})"""
IS_APPROVED = APPROVED.format(viewer="$1")
PARTS = {
    Part.CREATOR: "b.owner = {viewer}",
    Part.APPROVED: f"b.owner <> {{viewer}} AND {APPROVED}",
    Part.COLLEAGUE: f"b.owner <> {{viewer}} AND NOT {APPROVED}",
}


def part_of(viewer_id: int, owner_id: int, is_approved: bool) -> Part:
    if viewer_id == owner_id:
        return Part.CREATOR
    return Part.APPROVED if is_approved else Part.COLLEAGUE


def counts_approvals(visibility: str) -> bool:
    """Whether somebody approved may do more than any colleague; where not, approvals rest."""
    return TABLE[visibility, Part.APPROVED] != TABLE[visibility, Part.COLLEAGUE]


def others_see(visibility: str) -> bool:
    """Whether colleagues find it, and so go on with it when its creator is gone (USER-2)."""
    return TABLE[visibility, Part.COLLEAGUE].sees


def where(fact: str, value: bool | str = True, viewer: str = "$1") -> str:
    """A condition on `baskets b` for a viewer of its company, out of the table: `where("stands_in", MY)`."""
    holding = {part: [v for v in VISIBILITIES if getattr(TABLE[v, part], fact) == value] for part in Part}
    shown = [
        f"({PARTS[part].format(viewer=viewer)} AND b.visibility IN ({_quoted(kinds)}))"
        for part, kinds in holding.items()
        if kinds
    ]
    return f"({' OR '.join(shown)})"


def _quoted(kinds: list[str]) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)
