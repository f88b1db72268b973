"""Quantities as people type them: whole numbers, with or without a unit behind."""

import re

from app.rules.refusals import Invalid
from app.rules.settings import settings

QUANTITY = "quantity"
WHOLE = re.compile(r"([0-9]+)(?:\.0+)?")  # a spreadsheet's 2.0 is 2
UNITS = re.compile(r"(?<=[0-9])\s*(?:pcs?|pieces?|each|ea|units?|stk|stück)\.?", re.IGNORECASE)


def quantity_of(text: str) -> int:
    """A whole number from 1 to the most that a line holds; raises Invalid with the reason at `quantity`."""
    typed, most = text.strip(), settings.max_quantity
    if unit := UNITS.search(typed):
        typed = typed[: unit.start()] if unit.end() == len(typed) else typed
    found = WHOLE.fullmatch(typed)
    if not typed:
        raise Invalid({QUANTITY: "Type a quantity."})
    if "," in typed and typed.replace(",", "").isdecimal():
        raise Invalid({QUANTITY: f"“{typed}” can be read in two ways. Type the quantity without a comma."})
    if not found or re.fullmatch(r"[0-9]+\.000", typed):
        raise Invalid({QUANTITY: "Type a whole number, such as 12."})
    if len(found[1]) > 9 or not 0 < int(found[1]) <= most:
        raise Invalid({QUANTITY: f"Type a whole number from 1 to {most:,}."})
    return int(found[1])
