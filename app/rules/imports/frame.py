"""Vendors and categories that products stand in: found by what a file calls them, made where they are new."""

from collections.abc import Iterable
from typing import NamedTuple

from app.rules.search_text import branch, folded
from db import sql
from db.dialect import among, array

LONGEST_NAME = 120


class Vendor(NamedTuple):
    id: int
    name: str


def vendor_key(name: str) -> str:
    """What spellings of one vendor have in common: ASUS and Asus are `asus`."""
    return folded(name)[:LONGEST_NAME]


async def vendors(spellings: dict[str, str], dry_run: bool) -> dict[str, Vendor]:
    """Vendors by key; new ones get the spelling, and in a dry run no id."""
    found = await _vendors(spellings)
    missing = [(spelling, key) for key, spelling in spellings.items() if key not in found]
    if dry_run:
        return found | {key: Vendor(0, spelling) for spelling, key in missing}
    if missing:
        statement = "INSERT INTO vendors (name, name_key) VALUES ($1, $2) ON CONFLICT DO NOTHING"
        await sql.run_many(statement, missing)
        found = await _vendors(spellings)
    return found


async def _vendors(keys: Iterable[str]) -> dict[str, Vendor]:
    statement = f"SELECT id, name, name_key FROM vendors WHERE {among('name_key', 1, 'text')}"  # noqa: S608
    rows = await sql.rows(statement, array(keys))
    return {row["name_key"]: Vendor(row["id"], row["name"]) for row in rows}


async def categories(paths: Iterable[str], dry_run: bool) -> dict[str, int]:
    """The ids of categories by path; new ones are made with all above them, and in a dry run have no id."""
    wanted = {above: None for path in paths for above in branch(path)}
    found = await known_categories(wanted)
    missing = [path for path in wanted if path not in found]
    if dry_run:
        return found | dict.fromkeys(missing, 0)
    if missing:
        await sql.run_many(
            "INSERT INTO categories (path, name, depth) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            [(path, path.rpartition(" > ")[2], path.count(" > ") + 1) for path in missing],
        )
        found = await known_categories(wanted)
    return found


async def known_categories(paths: Iterable[str]) -> dict[str, int]:
    statement = f"SELECT id, path FROM categories WHERE {among('path', 1, 'text')}"  # noqa: S608
    return {row["path"]: row["id"] for row in await sql.rows(statement, array(paths))}


async def certifications(codes: Iterable[str]) -> dict[str, int]:
    """The ids of those certifications that there are, by code."""
    statement = f"SELECT id, code FROM certifications WHERE {among('code', 1, 'text')}"  # noqa: S608
    return {row["code"]: row["id"] for row in await sql.rows(statement, array(codes))}
