"""One demo for each file of tests here, in a database of its own; the tests read it only."""

from collections.abc import AsyncIterator

import pytest

from app import demo
from db.conf import DB
from db.migrate import migrate
from tests.cast import Cast
from tests.demo.world import NOW, moved_to_new_database


@pytest.fixture(scope="module", autouse=True)
async def filled(template: Cast, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[None]:
    await moved_to_new_database(tmp_path_factory.mktemp("demo"))
    await migrate()
    await demo.fill(products=1_200, seed=1, now=NOW)
    yield
    await DB.close_connection_pool()
