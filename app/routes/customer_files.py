"""The customer view of a basket as a file: the same words and figures as its page (BASKET-14, PRICE-3)."""

from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal
from typing import Any

from litestar import Response

from app.answers import Site, download
from app.files import csv_files, pdf_documents, xlsx_files
from app.files.cells import Cell
from app.files.pdf_documents import Column, Document
from app.formats import cents, count, day
from app.rules.customer_views import Quote, QuotedLine

KINDS = ("pdf", "csv", "xlsx")
ON_REQUEST = "Price on request"
COLUMNS = {"Part number": 24, "Description": 60, "Quantity": 10, "Unit price": 16, "Total": 16, "Note": 18}
FIGURES = 3  # the columns that need no right to see prices


def file_of(quote: Quote, today: date, kind: str) -> Response[Any]:
    """The same as a file, whose name says no more than that it is a quote."""
    name = f"quote-{quote.basket_id}-{today.isoformat()}.{kind}"
    width = len(COLUMNS) if quote.shows_prices else FIGURES
    heading, widths = list(COLUMNS)[:width], list(COLUMNS.values())[:width]
    if kind == "pdf":
        return download(name, pdf_documents.KIND, pdf_documents.chunks(document_of(quote, today)))
    if kind == "csv":
        return download(name, csv_files.KIND, csv_files.chunks(heading, cells(quote, width)))
    return download(name, xlsx_files.KIND, xlsx_files.chunks(heading, widths, cells(quote, width)))


def totals_of(quote: Quote) -> list[tuple[str, int]]:
    """What the lines come to, in cents; nothing for who sees no prices."""
    if not quote.shows_prices:
        return []
    tax = f"{Site.tax_name} {Site.tax_percent} %"
    return [("Subtotal", quote.goods_cents), (tax, quote.tax_cents), ("Total", quote.total_cents)]


async def cells(quote: Quote, width: int) -> AsyncIterator[list[list[Cell]]]:
    """The lines, and below them what they come to in the same columns."""
    yield [_cells(line)[:width] for line in quote.lines]
    yield [["", label, None, None, _amount(sum_cents), ""] for label, sum_cents in totals_of(quote)]


def _cells(line: QuotedLine) -> list[Cell]:
    """The line's cells, as COLUMNS names them."""
    if line.cents is None:
        return [line.code, line.name, line.quantity, None, None, ON_REQUEST]
    return [line.code, line.name, line.quantity, _amount(line.cents), _amount(line.total_cents), ""]


def _amount(whole_cents: int) -> Decimal:
    return Decimal(whole_cents).scaleb(-2)


def document_of(quote: Quote, today: date) -> Document:
    """The same as a sheet of paper."""
    columns = [Column("Part number", 95), Column("Description"), Column("Quantity", 50, True)]
    figures = [Column("Unit price", 82, True), Column("Total", 82, True)]
    return Document(
        kind="Quote",
        title=quote.title,
        sender=quote.sender,
        facts=[("", day(today))],
        columns=[*columns, *figures] if quote.shows_prices else columns,
        rows=[_words(line)[: 5 if quote.shows_prices else FIGURES] for line in quote.lines],
        totals=[(label, cents(sum_cents)) for label, sum_cents in totals_of(quote)],
        notes=quote.notes,
    )


def _words(line: QuotedLine) -> list[str]:
    if line.cents is None:
        return [line.code, line.name, count(line.quantity), "on request", "–"]
    return [line.code, line.name, count(line.quantity), cents(line.cents), cents(line.total_cents)]
