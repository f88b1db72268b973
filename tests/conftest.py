"""What every test stands on: a fresh database with the cast in it, on the engine that PORTAL_TEST_DATABASE names."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest

from tests.postgres import Cluster, throwaway_cluster

ENGINE = os.environ.get("PORTAL_TEST_DATABASE", "sqlite")
_rooms = ExitStack()
FOLDER = Path(_rooms.enter_context(tempfile.TemporaryDirectory(prefix="tradecounter-")))
CLUSTER: Cluster | None = _rooms.enter_context(throwaway_cluster()) if ENGINE == "postgres" else None
TEMPLATE = "template_world"


def _first_address() -> str:
    return CLUSTER.create_database(TEMPLATE) if CLUSTER else f"sqlite:///{FOLDER / 'template.db'}"


# The settings are read when the application is imported: they stand before that, and before no test.
os.environ |= {
    "PORTAL_DATABASE_URL": _first_address(),
    "PORTAL_DATA_DIR": str(FOLDER),
    "PORTAL_SECRET": "a secret of the tests",
    "PORTAL_BCRYPT_COST": "4",
    "PORTAL_LOGIN_ADDRESS_FAILURES": "1000",
    "PORTAL_SMTP_URL": "",
}

from app.gate import Gate  # noqa: E402
from app.main import app  # noqa: E402
from app.rules import marks  # noqa: E402
from db.conf import DB  # noqa: E402
from db.migrate import migrate  # noqa: E402
from db.postgres import PortalPostgres  # noqa: E402
from tests.browser import Browser  # noqa: E402
from tests.cast import Cast, build  # noqa: E402


def pytest_report_header() -> str:
    return f"database: {ENGINE}"


def pytest_unconfigure() -> None:
    _rooms.close()


@pytest.fixture(scope="session")
def template() -> Cast:
    """The world that each test gets a copy of."""

    async def made() -> Cast:
        await migrate()
        cast = await build()
        await DB.close_connection_pool()
        return cast

    return asyncio.run(made())


def _copy() -> str:
    if CLUSTER:
        return CLUSTER.create_database(f"test_{uuid4().hex[:12]}", TEMPLATE)
    copied = FOLDER / f"{uuid4().hex}.db"
    shutil.copyfile(FOLDER / "template.db", copied)
    return str(copied)


def _drop(address: str) -> None:
    if CLUSTER:
        CLUSTER.drop_database(address.rpartition("/")[2])
    else:
        for file in FOLDER.glob(f"{Path(address).name}*"):
            file.unlink()


def _point_to(address: str) -> None:
    if isinstance(DB, PortalPostgres):
        DB.config["dsn"] = address
    else:
        DB.path = address


@pytest.fixture
async def database(template: Cast) -> AsyncIterator[str]:
    """A fresh copy that the engine of this process works on; gives its address."""
    address = _copy()
    _point_to(address)
    await marks.look_up()
    yield address
    await DB.close_connection_pool()
    _drop(address)


@pytest.fixture
def cast(template: Cast, database: str) -> Cast:
    """The people and things of the story, in a fresh database."""
    return template


@pytest.fixture
def portal(database: str) -> Gate:
    return app


@pytest.fixture
async def browser(portal: Gate, cast: Cast) -> AsyncIterator[Browser]:
    """A visitor's browser without JavaScript; `browser.sign_in(cast.ben)` makes it somebody's."""
    async with Browser(portal) as visitor:
        yield visitor


@pytest.fixture
def postgres_cluster() -> Iterator[Cluster]:
    """A server of its own, for tests that stop it or run several portals on it."""
    with throwaway_cluster() as cluster:
        yield cluster
