"""The state of an order, derived from its lines: one definition, read by Python and by SQL alike (ORDER-6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PROCESSING = "Processing"


@dataclass(frozen=True, slots=True)
class State:
    """Holds where the units of these kinds together come to all that was ordered, or to one at least.

    An order of nothing, which has no lines yet, is in none of them.
    """

    name: str
    kind: str  # how it is shown: good, warn, bad or quiet
    kinds: tuple[str, ...]
    any_unit: bool = False

    def holds(self, units: Mapping[str, Any]) -> bool:
        least = 1 if self.any_unit else max(units["ordered"], 1)
        return bool(sum(units[kind] for kind in self.kinds) >= least)

    @property
    def condition(self) -> str:
        """The same in SQL, on columns that are named as the kinds."""
        least = "1" if self.any_unit else "CASE WHEN ordered > 0 THEN ordered ELSE 1 END"
        return f"{' + '.join(self.kinds)} >= {least}"


# The first that holds is the state; when none does, the order is being processed.
STATES = (
    State("Cancelled", "quiet", ("cancelled",)),
    State("Delivered", "good", ("delivered", "cancelled")),
    State("Shipped", "good", ("shipped", "cancelled")),
    State("Partly Shipped", "warn", ("shipped",), any_unit=True),
    State("Backordered", "bad", ("backordered", "cancelled")),
)
NAMES = (PROCESSING, *(state.name for state in reversed(STATES)))
KINDS = {PROCESSING: "quiet", **{state.name: state.kind for state in STATES}}

CASE = (
    "CASE " + " ".join(f"WHEN {state.condition} THEN '{state.name}'" for state in STATES) + f" ELSE '{PROCESSING}' END"
)


def state_of(units: Mapping[str, Any]) -> str:
    """The state of an order or of one line; `units` counts ordered, shipped, delivered, cancelled, backordered."""
    return next((state.name for state in STATES if state.holds(units)), PROCESSING)
