"""What an operator's watch asks: is it alive, is it ready, how much has it done."""

import asyncio
import hmac
import os

from litestar import Response, get

from app.answers import Asked
from app.routes.guards import open_to_all
from app.rules import health
from app.rules.refusals import Missing
from app.rules.settings import settings

Text = Response[str]
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


@get("/healthz", guards=[open_to_all])
async def alive(request: Asked) -> Text:
    return Response("ok\n", media_type="text/plain", headers={"Cache-Control": "no-store"})


@get("/readyz", guards=[open_to_all])
async def ready(request: Asked) -> Text:
    try:
        await asyncio.wait_for(health.check(), 2)
    except Exception as error:  # noqa: BLE001 (whatever is wrong with the database, it is not ready)
        reason = f"not ready: {type(error).__name__}\n"
        return Response(reason, status_code=503, media_type="text/plain", headers={"Retry-After": "5"})
    return Response("ready\n", media_type="text/plain", headers={"Cache-Control": "no-store"})


def _may_read(request: Asked) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.metrics_token and hmac.compare_digest(given.encode(), settings.metrics_token.encode()):
        return True
    near = request.client is not None and request.client.host in {"127.0.0.1", "::1"}
    return near and not any(name in request.headers for name in FORWARDED)


@get("/metrics", guards=[open_to_all])
async def metrics(request: Asked) -> Text:
    """Prometheus text; with the token, or on a direct loopback connection."""
    if not _may_read(request):
        raise Missing
    figures = {"portal_process_id": os.getpid(), **await health.figures()}
    lines = "".join(f"{name} {value}\n" for name, value in figures.items())
    return Response(lines, media_type="text/plain; version=0.0.4", headers={"Cache-Control": "no-store"})
