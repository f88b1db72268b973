"""Words of the import tests: write a table down, import it, look at what is there."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.rules import imports
from app.rules.imports import Report
from db import sql


class Desk:
    """Imports texts as files of one folder; `dry_run` and `progress` as for the command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, content: str | bytes) -> Path:
        path = self.folder / "table.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    async def imports(self, kind: str, content: str | bytes, **options: Any) -> Report:
        return await imports.run(kind, self.file(content), **options)

    async def counts(self, kind: str, content: str, **options: Any) -> tuple[int, int, int, int]:
        report = await self.imports(kind, content, **options)
        assert report.rows == report.added + report.changed + report.unchanged + report.refused
        return report.added, report.changed, report.unchanged, report.refused


def table(heading: str, rows: Iterable[str]) -> str:
    return "\n".join([heading, *rows, ""])


def refused(report: Report) -> list[list[str]]:
    assert report.refused_file
    with report.refused_file.open(newline="") as text:
        return list(csv.reader(text))


async def product(sku: str) -> dict[str, Any]:
    row = await sql.row(
        "SELECT p.*, v.name AS vendor_name, c.path FROM products p LEFT JOIN vendors v ON v.id = p.vendor "
        "LEFT JOIN categories c ON c.id = p.category WHERE p.sku = $1",
        sku,
    )
    assert row
    return row


async def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows that an import could change."""
    tables = (
        "products vendors categories list_prices price_lists stock companies company_price_lists "
        "certifications company_certifications search_words"
    )
    return {name: await sql.rows(f"SELECT * FROM {name} ORDER BY 1") for name in tables.split()}  # noqa: S608
