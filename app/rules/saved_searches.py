"""Saved searches: what somebody looks for again and again, under a name of their own (PROD-6)."""

import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from app.rules.refusals import Invalid, Missing, Refused
from app.rules.search_asked import Asked
from app.rules.search_text import UNTYPABLE
from app.rules.search_words import NAME_LENGTH, words_for
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic
from db.dialect import hold

DEED = "save searches"
LIST = "/products"
QUERY_LENGTH = 2_000
MOST_ID = 2**31 - 1
LOOKS = ("sort", "size", "page", "vendors")  # how it is looked at, and not what is looked for

COLUMNS = "id, name, query, saved_at"
ALL = f'SELECT {COLUMNS} FROM saved_searches WHERE "user" = $1 AND removed_at IS NULL ORDER BY name_key, id'  # noqa: S608
ONE = f'SELECT {COLUMNS} FROM saved_searches WHERE "user" = $1 AND id = $2 AND removed_at IS NULL'  # noqa: S608
GONE = f'SELECT {COLUMNS} FROM saved_searches WHERE "user" = $1 AND id = $2 AND removed_at > $3'  # noqa: S608
COUNT = 'SELECT count(*) FROM saved_searches WHERE "user" = $1 AND removed_at IS NULL'
TAKEN = 'SELECT name FROM saved_searches WHERE "user" = $1 AND name_key = $2 AND id <> $3'
INSERT = 'INSERT INTO saved_searches ("user", name, name_key, query, saved_at) VALUES ($1, $2, $3, $4, $5) RETURNING id'
RENAME = "UPDATE saved_searches SET name = $2, name_key = $3 WHERE id = $1"
REMOVE = "UPDATE saved_searches SET removed_at = $2, name_key = $3 WHERE id = $1"
RESTORE = "UPDATE saved_searches SET removed_at = NULL, name_key = $2 WHERE id = $1"
FORGET = 'DELETE FROM saved_searches WHERE "user" = $1 AND removed_at <= $2'


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved search as its user may run it today."""

    name: str
    asked: Asked
    id: int = 0
    saved_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def href(self) -> str:
        return self.asked.without()

    @property
    def words(self) -> str:
        """What it looks for, and in which order."""
        return words_for(self.asked)


def name_key(name: str) -> str:
    """How names are compared: case and look-alike forms of a letter do not count."""
    return unicodedata.normalize("NFKC", name).casefold()[:NAME_LENGTH]


def checked_name(text: str) -> str:
    """Raises Invalid."""
    name = " ".join(text.split())
    if not name:
        raise Invalid({"name": "Type a name for the search."})
    if UNTYPABLE.search(name):
        raise Invalid({"name": "This holds a character that cannot be kept. Type it again without it."})
    if len(name) > NAME_LENGTH:
        raise Invalid({"name": f"This is {len(name):,} characters long; at most {NAME_LENGTH} are kept."})
    return name


def asked_of(address: str, by: Viewer) -> Asked:
    """The search that an address of the products asks for; raises Invalid for another address, and for one of all."""
    path, _, query = address.partition("?")
    if path != LIST:
        raise Invalid({"name": "Only a search of the products can be saved."})
    asked = Asked.read(dict(parse_qsl(query.partition("#")[0]))).as_allowed(by)
    if not asked.pairs(*LOOKS):
        raise Invalid({"name": "Look for words or choose a filter first: this is every product."})
    if len(_query(asked)) > QUERY_LENGTH:
        raise Invalid({"name": "The search is too long to be saved. Look for fewer words."})
    return asked


def _query(asked: Asked) -> str:
    return urlencode(asked.pairs("page"))


def _kept(row: sql.Row, by: Viewer) -> Kept:
    """A filter that the user may not use any more is left out (PRICE-1)."""
    asked = Asked.read(dict(parse_qsl(row["query"]))).as_allowed(by)
    return Kept(row["name"], asked, row["id"], row["saved_at"])


def require(by: Viewer) -> None:
    """Raises Refused for who is no user of a company."""
    if not by.company_id:
        raise Refused(f"You cannot {DEED}: that is for users of a company.")


async def listed(by: Viewer) -> list[Kept]:
    """All of the user's, by name."""
    require(by)
    return [_kept(row, by) for row in await sql.rows(ALL, by.id)]


async def find(search_id: int, by: Viewer) -> Kept:
    """Raises Missing."""
    require(by)
    row = await sql.row(ONE, by.id, search_id) if 0 < search_id <= MOST_ID else None
    if row is None:
        raise Missing
    return _kept(row, by)


async def removed(search_id: int, by: Viewer) -> Kept | None:
    """One that can still be brought back."""
    since = datetime.now(UTC) - timedelta(hours=settings.undo_hours)
    row = await sql.row(GONE, by.id, search_id, since) if 0 < search_id <= MOST_ID else None
    return _kept(row, by) if row else None


async def _hold(by: Viewer) -> None:
    require(by)
    await hold(f"saved searches {by.id}")


async def _require_free(name: str, by: Viewer, search_id: int = 0) -> None:
    if other := await sql.value(TAKEN, by.id, name_key(name), search_id):
        raise Invalid({"name": f"You have a search named “{other}”. Choose another name."})


async def _require_room(by: Viewer) -> None:
    if await sql.value(COUNT, by.id) >= settings.max_saved_searches:
        most = f"{settings.max_saved_searches:,}"
        raise Invalid({"name": f"You have {most} saved searches, the most that are kept. Delete one first."})


@atomic
async def save(name: str, address: str, by: Viewer) -> Kept:
    """Keep the search of an address under a name; raises Invalid."""
    await _hold(by)
    name, asked, now = checked_name(name), asked_of(address, by), datetime.now(UTC)
    await _require_free(name, by)
    await _require_room(by)
    await sql.run(FORGET, by.id, now - timedelta(hours=settings.undo_hours))
    made = await sql.value(INSERT, by.id, name, name_key(name), _query(asked), now)
    return Kept(name, asked, int(made), now)


@atomic
async def rename(search_id: int, name: str, by: Viewer) -> Kept:
    """Raises Missing and Invalid."""
    await _hold(by)
    kept, name = await find(search_id, by), checked_name(name)
    await _require_free(name, by, kept.id)
    await sql.run(RENAME, kept.id, name, name_key(name))
    return await find(kept.id, by)


@atomic
async def remove(search_id: int, by: Viewer) -> Kept:
    """Its name is free from now on: no name holds a line break. Raises Missing."""
    await _hold(by)
    kept = await find(search_id, by)
    await sql.run(REMOVE, kept.id, datetime.now(UTC), f"\n{kept.id}")
    return kept


@atomic
async def restore(search_id: int, by: Viewer) -> Kept:
    """Raises Missing for what was not removed of late, and Invalid where its name is taken or no room is left."""
    await _hold(by)
    kept = await removed(search_id, by)
    if kept is None:
        raise Missing
    await _require_free(kept.name, by)
    await _require_room(by)
    await sql.run(RESTORE, kept.id, name_key(kept.name))
    return kept
