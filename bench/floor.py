"""The floor: the bare framework, which renders a page of a wanted size from memory with one indexed query.

No session, no forms, no rules; the same server settings, the same engine with kept connections, the same compression.
`python -m bench.floor PORT`.
"""

import contextlib
import resource
import sys
import zlib
from collections.abc import AsyncIterator
from functools import lru_cache
from html import escape
from typing import Any

import uvicorn
from jinja2 import DictLoader, Environment
from litestar import Litestar, Request, Response, get, post

from db import sql
from db.conf import DB

TEMPLATE = """<!DOCTYPE html>
<html lang="en"><head><title>{{ product.sku }}</title></head>
<body><h1>{{ product.name }}</h1><table><tbody>
{% for row in rows %}<tr id="row-{{ row.id }}"><th scope="row"><a href="/products/{{ row.sku }}">{{ row.sku }}</a></th>
<td>{{ row.vpn }}</td><td>{{ row.name }}</td><td>{{ row.upc }}</td><td>{{ row.msrp_cents }}</td>
<td>{{ row.available }}</td>{{ padding[loop.index0] | safe }}</tr>
{% endfor %}</tbody></table></body></html>
"""
# Stands for the forms and marks of a real row: the same in each, with a name of its own here and there.
MARKUP = (
    '<td><form method="post"><label>Quantity <input name="quantity" value="1"></label><button>Add</button></form></td>'
)
MOST_ROWS = 500
WORTH_PACKING = 1_000

templates = Environment(loader=DictLoader({"page": TEMPLATE}), autoescape=True, cache_size=-1)
kept: list[dict[str, Any]] = []


def _render(product: dict[str, Any], rows: int, padding: tuple[str, ...]) -> str:
    return templates.get_template("page").render(product=product, rows=kept[:rows], padding=padding)


def _filling(place: int, size: int) -> str:
    """So many characters of cells, the names in them being other rows' names."""
    cells = ""
    while len(cells) < size:
        cells += f"<td>{escape(kept[(place * 7 + len(cells)) % len(kept)]['name'])}</td>{MARKUP * 3}"
    return cells[:size]


@lru_cache(maxsize=256)
def padding_for(rows: int, size: int) -> tuple[str, ...]:
    """What each of so many rows is filled up with, so that the page has about `size` bytes."""
    missing = size - len(_render(kept[0], rows, ("",) * rows).encode())
    return tuple(_filling(place, max(0, missing // rows)) for place in range(rows))


def _packed(request: Request[Any, Any, Any], body: bytes) -> Response[bytes]:
    """gzip of the portal's level, where it is accepted and worth it."""
    headers = {"Cache-Control": "no-store, private"}
    if len(body) >= WORTH_PACKING and "gzip" in request.headers.get("Accept-Encoding", ""):
        packer = zlib.compressobj(4, zlib.DEFLATED, 31)
        body = packer.compress(body) + packer.flush()
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type="text/html", status_code=200, headers=headers)


async def _page(request: Request[Any, Any, Any]) -> Response[bytes]:
    """`?id=` of the product that is queried, `rows` and `size` of what is rendered."""
    given = request.query_params
    rows, size = int(given["rows"]), int(given["size"])
    product = await sql.row("SELECT id, sku, name FROM products WHERE id = $1", int(given["id"]))
    if not size:
        return Response(b"", media_type="text/html", status_code=200)
    return _packed(request, _render(product or kept[0], rows, padding_for(rows, size)).encode())


@get("/page")
async def shown(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _page(request)


@post("/page", status_code=200)
async def posted(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _page(request)


@get("/healthz")
async def alive() -> Response[str]:
    return Response("ok\n", media_type="text/plain")


@get("/metrics")
async def metrics() -> Response[str]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    lines = (
        f"portal_database_statements_total {sql.statements()}",
        f"process_cpu_seconds_total {used.ru_utime + used.ru_stime}",
    )
    return Response("\n".join(lines), media_type="text/plain")


@contextlib.asynccontextmanager
async def database(_: Litestar) -> AsyncIterator[None]:
    await DB.start_connection_pool()
    columns = "id, sku, vpn, name, upc, msrp_cents, available"
    kept.extend(await sql.rows(f"SELECT {columns} FROM products ORDER BY id LIMIT {MOST_ROWS}"))  # noqa: S608
    try:
        yield
    finally:
        await DB.close_connection_pool()


app = Litestar(
    route_handlers=[shown, posted, alive, metrics], lifespan=[database], openapi_config=None, logging_config=None
)


def main() -> None:
    """Serve as `portal serve` does."""
    options: dict[str, Any] = {
        "port": int(sys.argv[1]),
        "access_log": False,
        "server_header": False,
        "log_level": "warning",
        "timeout_keep_alive": 65,
        "limit_concurrency": 1_000,
        "backlog": 2_048,
    }
    uvicorn.run(app, **options)


if __name__ == "__main__":
    main()
