"""A basket as a CSV or XLSX file, with no figure that its page would not show the reader (BASKET-12)."""

from decimal import Decimal
from typing import Any

from litestar import Response

from app.answers import Asked, download
from app.files import basket_files
from app.files.cells import Cell
from app.rules import baskets
from app.rules.basket_sums import LineSum
from app.rules.settings import settings


def kind_of(request: Asked) -> str:
    """csv or xlsx, where the address asks for a file; else nothing."""
    kind = request.query_params.get("format", "")
    return kind if kind in basket_files.KINDS else ""


async def basket_file(request: Asked, basket_id: int, kind: str) -> Response[Any]:
    """Raises Missing as the page does."""
    viewer = request.user
    opened = await baskets.open(viewer, basket_id)
    is_open = not opened.basket.archived_at  # what an archived one costs and when it leaves stands in its order
    money, stock = is_open and viewer.sees_prices, is_open and viewer.sees_stock
    rows = [_cells(line, money, stock) for line in opened.sums.lines]
    chunks = basket_files.chunks(kind, rows, money=money, stock=stock)
    return download(f"basket-{basket_id}.{kind}", basket_files.KINDS[kind], chunks)


def _cells(line: LineSum, money: bool, stock: bool) -> list[Cell]:
    product = line.product
    goods: list[Cell] = [
        product["sku"],
        product["vpn"],
        product["upc"],
        line.line.own_number,
        product["vendor"],
        product["name"],
        line.line.quantity,
        line.line.note.replace("\r", "\n"),
    ]
    return [*goods, *(_money(line) if money else []), *(_stock(line) if stock else [])]


def _money(line: LineSum) -> list[Cell]:
    if line.price is None:
        return [None, None, None]
    return [_plain(line.price.cents), _plain(line.total_cents), settings.currency]


def _plain(cents: int) -> Decimal:
    """`1234.50`."""
    return Decimal(cents).scaleb(-2)


def _stock(line: LineSum) -> list[Cell]:
    promise = line.promise
    return [promise.ships, promise.backordered, promise.eta.isoformat() if promise.eta else None]
