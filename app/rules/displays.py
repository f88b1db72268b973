"""How the pages are shown to somebody: the height of rows, and whether keys press things."""

from dataclasses import replace

from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic

DENSITIES = ("comfortable", "dense")


@atomic
async def choose(density: str, keys: bool, by: Viewer) -> Viewer:
    """Keep it for every page to come; gives the viewer as they are now. `density` is one of DENSITIES."""
    await sql.run("UPDATE users SET density = $2, shortcuts = $3 WHERE id = $1", by.id, density, keys)
    return replace(by, density=density, keys=keys)
