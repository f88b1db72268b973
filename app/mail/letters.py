"""What a mail says, as plain text and as HTML, from the templates in `templates/mail`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from app import formats
from app.rules import addresses, freight

TEMPLATES = Path(__file__).parent.parent / "templates" / "mail"


@dataclass(frozen=True, slots=True)
class Letter:
    text: str
    html: str


def moment(value: datetime, time_zone: str) -> str:
    """`3 Dec 2026, 14:05 NZDT` in the reader's time zone."""
    there = formats.here(value, time_zone)
    return f"{formats.day(there)}, {there:%H:%M %Z}"


def per_cent(basis_points: int) -> str:
    """`15 %`, `12.5 %`."""
    return f"{(Decimal(basis_points) / 100).normalize():f} %"


def waits(order: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> bool:
    """Whether nothing leaves yet: the order ships complete, and something of it is backordered."""
    kinds = {part["kind"] for line in lines for part in line["parts"]}
    return order["ship"] == "complete" and "backordered" in kinds


def promised(parts: Sequence[Mapping[str, Any]], waits: bool = False) -> str:
    """`3 ship now, 2 backordered, expected 3 Dec 2026` of an order line's parts; the latest date counts.

    Where the order waits, units that are there are "reserved".
    """
    later = [part for part in parts if part["kind"] == "backordered"]
    late = sum(part["quantity"] for part in later)
    now = sum(part["quantity"] for part in parts) - late
    said = []
    if now:
        said.append(f"{now:,} reserved" if waits else f"{now:,} {'ships' if now == 1 else 'ship'} now")
    if later:
        dates = [part["eta"] for part in later]
        said += [f"{late:,} backordered", f"expected {formats.day(max(dates))}" if all(dates) else "no date yet"]
    return ", ".join(said)


def delivered_to(order: Mapping[str, Any]) -> list[str]:
    """The lines of the delivery address, as pages write them."""
    return addresses.of_order(order).written


def collected_at(order: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> str:
    """The warehouses where the goods wait for who collects them; empty for goods that are delivered."""
    if not freight.is_collected(order["delivery_method"]):
        return ""
    return ", ".join(dict.fromkeys(part["name"] for line in lines for part in line["parts"]))


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(waits=waits, collected_at=collected_at)
    made.filters.update(money=formats.cents, day=formats.day, moment=moment, per_cent=per_cent, promised=promised)
    made.filters.update(delivered_to=delivered_to)
    return made


ENVIRONMENT = _environment()


def written(template: str, context: Mapping[str, Any]) -> Letter:
    """Both forms of a letter; raises jinja2.UndefinedError where the context lacks something."""
    text = ENVIRONMENT.get_template(f"{template}.txt").render(context)
    html = ENVIRONMENT.get_template(f"{template}.html").render(context)
    return Letter(text.strip() + "\n", html)
