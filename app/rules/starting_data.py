"""What a distributor starts with: warehouses, delivery methods and the freight table."""

from db import sql
from db.atomic import atomic
from db.companies import Warehouse
from db.orders import DeliveryMethod, FreightRate

WAREHOUSES = (("AKL", "Auckland"), ("WLG", "Wellington"), ("CHC", "Christchurch"))
DELIVERY_METHODS = (("STANDARD", "Standard"), ("OVERNIGHT", "Overnight"), ("PICKUP", "Pick up"))

# Up to so many grams: cents by each delivery method, in the order of DELIVERY_METHODS.
FREIGHT = (
    (1_000, 650, 1_150, 0),
    (3_000, 850, 1_590, 0),
    (5_000, 1_050, 1_990, 0),
    (10_000, 1_490, 2_890, 0),
    (25_000, 2_450, 4_950, 0),
    (50_000, 4_200, 8_900, 0),
    (100_000, 7_500, 16_500, 0),
    (250_000, 14_500, 34_000, 0),
    (500_000, 24_500, 62_000, 0),
    (1_000_000, 42_000, 115_000, 0),
)


@atomic
async def fill_if_empty() -> None:
    """Write each of the three where there is none yet; what is there stays as it is."""
    if not await Warehouse.exists():
        rows = [(code, name, position) for position, (code, name) in enumerate(WAREHOUSES, 1)]
        await sql.run_many("INSERT INTO warehouses (code, name, position) VALUES ($1, $2, $3)", rows)
    if not await DeliveryMethod.exists():
        rows = [(code, name, position) for position, (code, name) in enumerate(DELIVERY_METHODS, 1)]
        await sql.run_many("INSERT INTO delivery_methods (code, name, position) VALUES ($1, $2, $3)", rows)
    if not await FreightRate.exists():
        await sql.run_many(
            "INSERT INTO freight_rates (delivery_method, up_to_grams, price_cents)"
            " SELECT id, $2, $3 FROM delivery_methods WHERE code = $1",
            list(_freight()),
        )


def _freight() -> list[tuple[str, int, int]]:
    """A row for each method and step."""
    return [
        (code, grams, cents)
        for grams, *prices in FREIGHT
        for (code, _), cents in zip(DELIVERY_METHODS, prices, strict=True)
    ]
