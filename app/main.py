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
from app.routes.guards import unguarded
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
    """The application without its outermost door; raises where a route does not say who may pass it."""
    portal = Litestar(
        route_handlers=ROUTES,
        middleware=[Objections],
        exception_handlers=HANDLERS,
        lifespan=[database, mail],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=None,  # the gate counts
    )
    if open_by_mistake := unguarded(portal):
        raise RuntimeError(f"These routes do not say who may pass them: {', '.join(open_by_mistake)}")
    return portal


app = Gate(Visits(make_portal()))
