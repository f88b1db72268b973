"""Whether this database is the demo, looked up when the portal starts."""

from db.marks import Mark

_known = {"demo": False}


async def look_up() -> None:
    """Read the mark; a database is marked once, before it is served."""
    _known["demo"] = await Mark.exists().where(Mark.name == "demo")


def is_demo() -> bool:
    return _known["demo"]
