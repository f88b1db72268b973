"""What is read of a product for a list, a page or a line, with what hangs on it, in one statement."""

from datetime import date
from typing import Any

from db import sql
from db.dialect import among, array
from db.search_dialect import json_list, json_rows

OF_LIST = """p.id, p.sku, p.vpn, p.upc, p.name, p.msrp_cents, p.min_quantity, p.multiple_quantity, p.is_no_return,
p.is_serial_tracked, p.is_end_user_required, p.is_clearance, p.is_discontinued, p.available, p.certification,
v.name AS vendor, c.path AS category, z.name AS certification_name, z.how_to_get,
CASE WHEN k.id IS NULL THEN 0 ELSE 1 END AS is_certified, y.sku AS replaced_by_sku, y.name AS replaced_by_name,
q.number AS own_number"""
OF_PAGE = f"""{OF_LIST}, p.source_id, p.description, p.weight_grams, p.length_mm, p.width_mm, p.height_mm,
p.warranty_months"""

# A unit of stock in the order of the warehouses; one without a row has none.
STOCK = f"""(SELECT {json_rows.format("x.id, x.code, x.name, x.available, x.on_order, x.eta")} FROM (
SELECT w.id, w.code, w.name, coalesce(s.available, 0) AS available, coalesce(s.on_order, 0) AS on_order, s.eta
FROM warehouses w LEFT JOIN stock s ON s.warehouse = w.id AND s.product = p.id ORDER BY w.position, w.id) x)"""  # noqa: S608
NO_STOCK = "NULL"

# Whether the product is a favourite of the user whose id stands at that place.
IS_FAVOURITE = 'EXISTS (SELECT 1 FROM favourites h WHERE h."user" = {user} AND h.product = p.id) AS is_favourite'

CONTACT = """(SELECT {contact} FROM companies o JOIN users u ON u.id = o.account_manager
WHERE o.id = {{company}})""".format(contact=json_list.format("u.name, u.email, u.phone"))  # noqa: S608


def joins(company: str, today: str) -> str:
    """What hangs on `products p`; `company` and `today` are places: whose part numbers, which certifications count."""
    return f"""LEFT JOIN vendors v ON v.id = p.vendor
LEFT JOIN categories c ON c.id = p.category
LEFT JOIN certifications z ON z.id = p.certification
LEFT JOIN company_certifications k ON k.company = {company} AND k.certification = p.certification
    AND (k.valid_to IS NULL OR k.valid_to >= {today})
LEFT JOIN products y ON y.id = p.replaced_by
LEFT JOIN part_numbers q ON q.company = {company} AND q.product = p.id"""


async def by_ids(ids: list[int], company: int, today: date, with_stock: bool) -> list[sql.Row]:
    """The products in no order."""
    return await _where(among("p.id", 3), array(ids), company, today, OF_LIST, with_stock)


async def by_sku(sku: str, company: int, today: date, with_stock: bool, user: int = 0) -> sql.Row | None:
    """All of one product, with the company's contact at the distributor."""
    columns = f"{OF_PAGE}, {IS_FAVOURITE.format(user='$4')}, {CONTACT.format(company='$1')} AS contact"
    return next(iter(await _where("p.sku = $3", sku, company, today, columns, with_stock, user)), None)


async def _where(
    condition: str, value: Any, company: int, today: date, columns: str, with_stock: bool, *more: Any
) -> list[sql.Row]:
    stock = STOCK if with_stock else NO_STOCK
    return await sql.rows(
        f"SELECT {columns}, {stock} AS stock FROM products p {joins('$1', '$2')} WHERE {condition}",  # noqa: S608
        company,
        today,
        value,
        *more,
    )


CODES = f"""
SELECT id, sku, vpn_key, upc, '' AS own FROM products WHERE {among("sku", 1, "text")}
UNION SELECT id, sku, vpn_key, upc, '' FROM products WHERE vpn_key <> '' AND {among("vpn_key", 2, "text")}
UNION SELECT id, sku, vpn_key, upc, '' FROM products WHERE upc <> '' AND {among("upc", 1, "text")}
UNION SELECT p.id, p.sku, p.vpn_key, p.upc, n.number_key FROM part_numbers n JOIN products p ON p.id = n.product
    WHERE n.company = $3 AND {among("n.number_key", 4, "text")}
"""  # noqa: S608 (the pieces are constants)


async def codes(keys: list[str], bare_codes: list[str], company: int, numbers: list[str]) -> list[sql.Row]:
    """`id, sku, vpn_key, upc, own` of the products with one of the SKUs or UPCs, one of the VPNs by its key,
    or one of the company's own part numbers by its key, which is `own` then and empty else.
    """
    return await sql.rows(CODES, array(bare_codes), array(keys), company, array(numbers))
