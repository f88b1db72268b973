"""What lies in the demo's warehouses: plenty mostly, at times short in one and at times in all."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.demo.kinds import Kind

AUCKLAND, WELLINGTON, CHRISTCHURCH = "AKL", "WLG", "CHC"
LICENCES = 10_000


@dataclass(slots=True)
class Shelf:
    """Units in one warehouse; `eta_days` from today is when what is on order comes."""

    warehouse: str
    available: int
    on_order: int = 0
    eta_days: int | None = None

    def eta(self, today: date) -> date | None:
        return None if self.eta_days is None else working_day(today + timedelta(days=self.eta_days))


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def filled(kind: Kind, msrp_cents: int, multiple: int, traits: frozenset[str], throws: Random) -> tuple[Shelf, ...]:
    """A shelf in each warehouse, with more units of cheap goods than of dear ones."""
    if kind.is_virtual:
        return (Shelf(AUCKLAND, LICENCES),)
    most = max(6, min(600, 6_000_000 // (msrp_cents + 1)))
    north, middle, south = (throws.randrange(most // 3, most) // share * multiple for share in (1, 3, 3))
    days = throws.randrange(3, 45)
    if traits & {"discontinued", "clearance"}:
        return Shelf(AUCKLAND, throws.randrange(9) * multiple), Shelf(WELLINGTON, 0), Shelf(CHRISTCHURCH, 0)
    return _in_state(throws.randrange(100), north, middle, south, days, multiple)


def _in_state(chance: int, north: int, middle: int, south: int, days: int, multiple: int) -> tuple[Shelf, ...]:
    if chance < 10:  # short in one warehouse
        return Shelf(AUCKLAND, north), Shelf(WELLINGTON, 0, middle + multiple, days), Shelf(CHRISTCHURCH, south)
    if chance < 17:  # short in all, more on its way
        late = Shelf(CHRISTCHURCH, 0, south + multiple, days + 7)
        return Shelf(AUCKLAND, 0, north + multiple, days), Shelf(WELLINGTON, 0), late
    if chance < 23:  # the last few
        return Shelf(AUCKLAND, multiple * 2, north, days), Shelf(WELLINGTON, 0), Shelf(CHRISTCHURCH, 0)
    if chance < 26:  # none, and nobody knows when
        return Shelf(AUCKLAND, 0), Shelf(WELLINGTON, 0), Shelf(CHRISTCHURCH, 0)
    return Shelf(AUCKLAND, north), Shelf(WELLINGTON, middle), Shelf(CHRISTCHURCH, south)
