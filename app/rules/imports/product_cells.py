"""The columns of a product file, and what each cell means."""

from typing import Any

from app.rules.imports import cells, identities
from app.rules.imports.cells import Cells, Column
from app.rules.imports.frame import LONGEST_NAME
from app.rules.refusals import Invalid
from app.rules.settings import settings

BARCODE_LENGTHS = (8, 12, 13, 14)
LONGEST_PATH = 300
MOST_GRAMS = 100_000_000
MOST_MM = 1_000_000


def category_path(cell: str) -> str:
    """`A > B > C`, however the signs between the names are spaced."""
    names = [" ".join(name.split()) for name in cell.split(">")]
    path = " > ".join(name for name in names if name)
    if len(path) > LONGEST_PATH or any(len(name) > LONGEST_NAME for name in names):
        raise Invalid(f"a path has {LONGEST_PATH} characters at most, a name in it {LONGEST_NAME}.")
    return cells.line(LONGEST_PATH)(path)


def upc(cell: str) -> str:
    """A UPC or EAN: digits only, perhaps with blanks or hyphens between them."""
    text = cell.strip().replace(" ", "").replace("-", "")
    if text and not (text.isascii() and text.isdigit() and len(text) in BARCODE_LENGTHS):
        raise Invalid(f"“{cell.strip()[:40]}” is not 8, 12, 13 or 14 digits.")
    return text


def has_good_check_digit(digits: str) -> bool:
    weights = (3 if place % 2 else 1 for place in range(len(digits)))
    return sum(int(digit) * weight for digit, weight in zip(reversed(digits), weights, strict=False)) % 10 == 0


COLUMNS = (
    Column("vpn", "vpn", cells.line(80)),
    Column("upc", "upc", upc),
    Column("manufacturer", "manufacturer", cells.line(LONGEST_NAME)),
    Column("name", "name", cells.line(300, needed=True)),
    Column("description", "description", cells.paragraph(20_000)),
    Column("category_path", "category_path", category_path),
    Column("msrp", "msrp_cents", cells.cents_or_none),
    Column("weight_grams", "weight_grams", cells.whole(0, MOST_GRAMS, empty=0)),
    Column("length_mm", "length_mm", cells.whole(0, MOST_MM, empty=0)),
    Column("width_mm", "width_mm", cells.whole(0, MOST_MM, empty=0)),
    Column("height_mm", "height_mm", cells.whole(0, MOST_MM, empty=0)),
    Column("warranty_months", "warranty_months", cells.whole(0, 1_200, empty=0)),
    Column("min_quantity", "min_quantity", cells.whole(1, settings.max_quantity, empty=1)),
    Column("multiple_quantity", "multiple_quantity", cells.whole(1, settings.max_quantity, empty=1)),
    Column("no_return", "is_no_return", cells.flag),
    Column("serial_tracked", "is_serial_tracked", cells.flag),
    Column("end_user_required", "is_end_user_required", cells.flag),
    Column("clearance", "is_clearance", cells.flag),
    Column("discontinued", "is_discontinued", cells.flag),
    Column("replaced_by", "replaced_by", cells.line(identities.LONGEST_SOURCE_ID)),
    Column("certification", "certification", cells.line(40)),
)
NAMES = ("sku", "source_id", *(column.name for column in COLUMNS))


def identity(row: Cells) -> tuple[str, str]:
    """SKU and source id, one of them perhaps empty.

    Without either, the maker with the maker's number, barcode or name is made into a source id.
    """
    sku, source = (" ".join(row.get(name, "").split()) for name in ("sku", "source_id"))
    if sku and not identities.is_sku(sku):
        sku, source = "", source or sku
    if sku or source:
        return sku, source
    part = next((row[name] for name in ("vpn", "upc", "name") if row.get(name, "").strip()), "")
    return "", identities.made_up(row.get("manufacturer", ""), part)


def read(row: Cells) -> dict[str, Any]:
    """The row's values; `sku` or `source_id`, whichever names the product, is never missing."""
    found = cells.values(COLUMNS, row)
    sku, source = identity(row)
    return {**found, "sku": sku, "source_id": identities.source_id(source)}
