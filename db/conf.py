"""Piccolo's configuration: the one engine of this process and where the tables are."""

from piccolo.conf.apps import AppRegistry

from db.environment import database_url
from db.postgres import PortalPostgres
from db.sqlite import PortalSQLite


class UnknownDatabase(ValueError):
    """The address names no database that the portal can use."""


def engine_for(url: str) -> PortalSQLite | PortalPostgres:
    """The engine for an address; raises UnknownDatabase for any but SQLite and PostgreSQL."""
    if url.startswith("sqlite:///"):
        return PortalSQLite(url.removeprefix("sqlite:///"))
    if url.startswith(("postgresql://", "postgres://")):
        return PortalPostgres(url)
    raise UnknownDatabase(
        "PORTAL_DATABASE_URL is neither sqlite:///PATH nor postgresql://user:password@host:5432/name."
    )


DB = engine_for(database_url())
APP_REGISTRY = AppRegistry(apps=["db.piccolo_app"])
