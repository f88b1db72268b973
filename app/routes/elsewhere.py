"""Every address that is nothing: its page knows who asks."""

from litestar import get, post

from app.answers import Answer, Asked
from app.routes.guards import open_to_all
from app.rules.refusals import Missing


@get(["/{elsewhere:path}"], guards=[open_to_all])
async def nowhere(request: Asked) -> Answer:
    raise Missing


@post(["/{elsewhere:path}"], guards=[open_to_all])
async def nothing(request: Asked) -> Answer:
    raise Missing
