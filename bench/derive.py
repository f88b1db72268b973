"""Derives price and stock files for a product file that has none, row by row from the identifier in `sku`.

The rule: a hash of the identifier is a number h. The cost is 80 % of `msrp`, or $5.00 to $2,004.99 by h where there
is none. List TRADE asks cost + 12 %, for one product in four from 10 units on 3 % less, and knows all but one in fifty.
List SILVER asks cost + 8 %, for one product in three. AKL holds up to 120 units and none of one product in three, WLG
up to 40, CHC up to 20 and of every second product only; what AKL lacks is expected there, one to eight weeks
after 2026-11-25.

    python -m bench.derive CATALOGUE FOLDER    writes prices.csv and stock.csv
"""

import csv
import gzip
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

FIRST_DAY = date(2026, 11, 25)
PRICES = ("price_list", "sku", "min_quantity", "price", "valid_from", "valid_to")
STOCK = ("warehouse", "sku", "available", "on_order", "eta")
Cells = tuple[str | int, ...]


def number(identifier: str) -> int:
    return int.from_bytes(sha256(identifier.encode()).digest()[:6])


def amount(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def prices(identifier: str, msrp_cents: int | None) -> Iterator[Cells]:
    h = number(identifier)
    cost = msrp_cents * 80 // 100 if msrp_cents else 500 + h % 200_000
    trade = cost * 112 // 100
    if h % 50:
        yield "TRADE", identifier, 1, amount(trade), "", ""
        if h % 4 == 0:
            yield "TRADE", identifier, 10, amount(trade * 97 // 100), "", ""
    if h % 3 == 0:
        yield "SILVER", identifier, 1, amount(cost * 108 // 100), "", ""


def stock(identifier: str) -> Iterator[Cells]:
    h = number(identifier) >> 8
    auckland = h % 121 if h % 3 else 0
    eta = FIRST_DAY + timedelta(days=7 * (1 + h % 8))
    on_order = 0 if auckland else 20 + h % 180
    yield "AKL", identifier, auckland, on_order, eta.isoformat() if on_order else ""
    yield "WLG", identifier, (h >> 8) % 41, 0, ""
    if h % 2:
        yield "CHC", identifier, (h >> 16) % 21, 0, ""


def rows(catalogue: Path) -> Iterator[tuple[str, int | None]]:
    """The identifier and MSRP in cents of each product."""
    opened = gzip.open if catalogue.suffix == ".gz" else open
    with opened(catalogue, "rt", encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            whole, _, rest = row["msrp"].partition(".")
            yield row["sku"], int(whole) * 100 + int(rest[:2].ljust(2, "0")) if whole else None


def derive(catalogue: Path, folder: Path) -> None:
    """Write `prices.csv` and `stock.csv`, the same each time for the same catalogue."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        (folder / "prices.csv").open("w", encoding="utf-8", newline="") as price_file,
        (folder / "stock.csv").open("w", encoding="utf-8", newline="") as stock_file,
    ):
        price_writer, stock_writer = csv.writer(price_file), csv.writer(stock_file)
        price_writer.writerow(PRICES)
        stock_writer.writerow(STOCK)
        for identifier, msrp_cents in rows(catalogue):
            price_writer.writerows(prices(identifier, msrp_cents))
            stock_writer.writerows(stock(identifier))


if __name__ == "__main__":
    derive(Path(sys.argv[1]), Path(sys.argv[2]))
