"""The tree of categories, whose branches are named by their paths: `Components > Cases`."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db import sql

MOST_BRANCHES = 40


class Branch(NamedTuple):
    """A category with the number of hits in it and below."""

    path: str
    name: str
    hits: int


def trail(path: str) -> list[Branch]:
    """The way down to a category: each with its path."""
    parts = path.split(" > ") if path else []
    return [Branch(" > ".join(parts[: depth + 1]), name, 0) for depth, name in enumerate(parts)]


def branches(counted: Iterable[Sequence[str | int]], below: str = "") -> list[Branch]:
    """The children of a category (of the root without one), with their hits added up, by name."""
    depth = len(below.split(" > ")) if below else 0
    prefix = f"{below} > " if below else ""
    added: dict[str, int] = {}
    for path, hits in counted:
        if str(path).startswith(prefix):
            child = " > ".join(str(path).split(" > ")[: depth + 1])
            added[child] = added.get(child, 0) + int(hits)
    named = [Branch(path, path.rpartition(" > ")[2], hits) for path, hits in added.items()]
    return sorted(named, key=lambda branch: branch.name)[:MOST_BRANCHES]


async def paths() -> list[str]:
    """Every category's path, in the order of the tree."""
    return [row["path"] for row in await sql.rows("SELECT path FROM categories ORDER BY path")]
