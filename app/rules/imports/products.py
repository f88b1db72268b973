"""Import of products, with the vendors and categories that they stand in."""

from collections import Counter, defaultdict
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from app.rules import search
from app.rules.imports import frame, identities, product_cells, product_rows
from app.rules.imports.cells import Cells
from app.rules.imports.kinds import Item, Kind, Outcome
from app.rules.imports.product_plan import Known, Plan
from app.rules.refusals import Invalid

MOST_SPELLINGS = 20_000


class Products(Kind):
    """The key is the SKU, or the source id where `sku` holds no SKU; a missing column changes nothing."""

    columns = product_cells.NAMES
    needed = ("name",)

    def __init__(self) -> None:
        self._spellings: dict[str, Counter[str]] = defaultdict(Counter)
        self._waiting: dict[str, str] = {}  # SKUs with what is to replace them, once all of the file is in

    def key(self, row: Cells) -> str:
        sku, source = product_cells.identity(row)
        return sku or source

    def see(self, row: Cells) -> None:
        """Count how a vendor is spelled: a new one gets the spelling that most rows have."""
        name = " ".join(row.get("manufacturer", "").split())
        key = frame.vendor_key(name)
        if name and (key in self._spellings or len(self._spellings) < MOST_SPELLINGS):
            self._spellings[key][name] += 1

    def read(self, row: Cells) -> dict[str, Any]:
        return product_cells.read(row)

    async def store(self, items: list[Item], dry_run: bool) -> Outcome:
        outcome = Outcome()
        plan = Plan(await product_rows.held(items), await self._known(items, dry_run))
        for number, values in items:
            try:
                plan.take(values)
            except Invalid as wrong:
                outcome.refused.append((number, str(wrong)))
            else:
                outcome.remarks += _remarks(number, values)
        outcome.added, outcome.unchanged = plan.added, plan.unchanged
        outcome.changed = len(plan.changes) - plan.added
        if not dry_run:
            reworded = await product_rows.write(plan.changes, datetime.now(UTC))
            await search.learn(reworded.values())
            self._waiting |= {row["sku"]: replacement for row, replacement in plan.waiting}
        return outcome

    async def _known(self, items: list[Item], dry_run: bool) -> Known:
        def named(target: str) -> dict[str, None]:
            return {item.values[target]: None for item in items if item.values.get(target)}

        spellings = {frame.vendor_key(name): self._spelling(name) for name in named("manufacturer")}
        return Known(
            await frame.vendors(spellings, dry_run),
            await frame.categories(named("category_path"), dry_run),
            await frame.certifications(named("certification")),
            await identities.products(named("replaced_by")),
        )

    def _spelling(self, name: str) -> str:
        counted = self._spellings.get(frame.vendor_key(name))
        return counted.most_common(1)[0][0] if counted else name

    async def finish(self) -> list[str]:
        said: list[str] = []
        waiting = iter(self._waiting.items())
        while pairs := dict(islice(waiting, 1_000)):
            said += [f"replaced_by: {identities.unknown(name)}" for name in await product_rows.replace(pairs)]
        return said


def _remarks(number: int, values: dict[str, Any]) -> list[tuple[int, str]]:
    if values.get("upc") and not product_cells.has_good_check_digit(values["upc"]):
        return [(number, "upc: the check digit is wrong; the digits were kept as they are.")]
    return []
