"""Rows of a sheet that wait: typed anew, chosen among several, dropped, brought back (BASKET-11)."""

from datetime import UTC, datetime

from app.rules import baskets, products, sheets
from app.rules.privileges import Privilege
from app.rules.refusals import Invalid, Missing, Stale
from app.rules.sheets import DEED, held
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic

WAITS = "sheet = $1 AND number = $2 AND went_at IS NULL"
MEND = f"""UPDATE sheet_rows SET code = $3, quantity = $4, product = NULL, flaw = ''
    WHERE {WAITS} AND removed_at IS NULL RETURNING number"""  # noqa: S608 (constants)
ALIKE = """UPDATE sheet_rows SET code = $3, product = NULL, flaw = ''
    WHERE sheet = $1 AND code = $2 AND went_at IS NULL AND removed_at IS NULL"""
DROP = f"UPDATE sheet_rows SET removed_at = $3 WHERE {WAITS} AND removed_at IS NULL RETURNING number"  # noqa: S608
RESTORE = f"UPDATE sheet_rows SET removed_at = NULL WHERE {WAITS} RETURNING number"  # noqa: S608 (constants)
STATE = "SELECT went_at FROM sheet_rows WHERE sheet = $1 AND number = $2"


async def _chosen(product_id: int, by: Viewer) -> str:
    """The SKU of the product that was chosen among several."""
    found = await products.rows([product_id], by) if product_id <= baskets.LARGEST_ID else []
    if not found:
        raise Invalid({"sku": "That product is not in the catalogue any more. Type another code."})
    return str(found[0]["sku"])


@atomic
async def mend(sheet_id: int, number: int, code: str, quantity: str, product_id: int, by: Viewer) -> None:
    """Another code or quantity for a row that waits, or the product meant among several.

    Rows with the same ambiguous code follow the choice. Raises Missing, or Stale for a row that waits no more.
    """
    by.require(Privilege.USE_BASKETS, DEED)
    await held(sheet_id, by)
    sku = await _chosen(product_id, by) if product_id else ""
    given = (sheets.plain(sku or code)[: sheets.CODE_LENGTH], sheets.plain(quantity)[: sheets.QUANTITY_LENGTH])
    await _write(MEND, sheet_id, number, *given)
    if sku and product_id in await products.by_code(code, by.company_id):
        await sql.run(ALIKE, sheet_id, sheets.plain(code)[: sheets.CODE_LENGTH], sku)


@atomic
async def drop(sheet_id: int, number: int, by: Viewer) -> None:
    """Take out a row that waits; raises Missing, or Stale for one that waits no more."""
    await held(sheet_id, by)
    await _write(DROP, sheet_id, number, datetime.now(UTC))


@atomic
async def restore(sheet_id: int, number: int, by: Viewer) -> None:
    """Undo a drop; one that is there already stays. Raises Missing, or Stale for one that went."""
    await held(sheet_id, by)
    await _write(RESTORE, sheet_id, number)


async def _write(statement: str, sheet_id: int, number: int, *given: object) -> None:
    if not 0 < number <= baskets.LARGEST_ID:
        raise Missing
    if await sql.row(statement, sheet_id, number, *given) is not None:
        return
    row = await sql.row(STATE, sheet_id, number)
    if row is None:
        raise Missing
    raise Stale(f"Row {number:,} {'went into a basket' if row['went_at'] else 'was dropped'} meanwhile.")
