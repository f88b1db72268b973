"""The wiring, to be read as a table of contents."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator

from litestar import Litestar

from app import post
from app.gate import Gate
from app.problems import HANDLERS
from app.routes import ROUTES
from app.rules import marks
from app.visits import Objections, Visits
from db.conf import DB
from db.leadership import lead


@contextlib.asynccontextmanager
async def database(_: Litestar) -> AsyncIterator[None]:
    """Open connections for as long as the portal runs."""
    await DB.start_connection_pool()
    await marks.look_up()
    try:
        yield
    finally:
        await DB.close_connection_pool()


@contextlib.asynccontextmanager
async def mail(_: Litestar) -> AsyncIterator[None]:
    """Send mail beside answering, in one of all processes, unless `portal serve --no-post` says not to."""
    stop = asyncio.Event()
    work = asyncio.create_task(lead("post", post.work, stop)) if os.environ.get("PORTAL_POST") != "no" else None
    try:
        yield
    finally:
        stop.set()
        if work:
            await work


def make_portal() -> Litestar:
    """The application without its outermost door."""
    return Litestar(
        route_handlers=ROUTES,
        middleware=[Objections],
        exception_handlers=HANDLERS,
        lifespan=[database, mail],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=None,  # the gate counts
    )


app = Gate(Visits(make_portal()))
