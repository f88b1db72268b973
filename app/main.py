"""The wiring, to be read as a table of contents."""

import contextlib
from collections.abc import AsyncIterator

from litestar import Litestar

from app.gate import Gate
from app.problems import HANDLERS
from app.routes import ROUTES
from app.rules import marks
from app.visits import Visits
from db.conf import DB


@contextlib.asynccontextmanager
async def database(_: Litestar) -> AsyncIterator[None]:
    """Open connections for as long as the portal runs."""
    await DB.start_connection_pool()
    await marks.look_up()
    try:
        yield
    finally:
        await DB.close_connection_pool()


def make_portal() -> Litestar:
    """The application without its outermost door."""
    return Litestar(
        route_handlers=ROUTES,
        middleware=[Visits],
        exception_handlers=HANDLERS,
        lifespan=[database],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=None,  # the gate counts
    )


app = Gate(make_portal())  # type: ignore[arg-type]
