"""Money: whole cents, half up, written the same way everywhere (PRICE-3)."""

import re

from app.rules.refusals import Invalid


def rounded_share(cents: int, basis_points: int) -> int:
    """`cents` times hundredths of a per cent, half up to whole cents; `cents` is not negative."""
    return (cents * basis_points + 5_000) // 10_000


def written(cents: int) -> str:
    """`$1,234.50`."""
    sign = "-" if cents < 0 else ""
    dollars, rest = divmod(abs(cents), 100)
    return f"{sign}${dollars:,}.{rest:02d}"


def read(text: str) -> int:
    """Cents of `1234.5`, `1,234.50` or `$1,234.50`; raises Invalid for anything else or more than two decimals."""
    found = re.fullmatch(r"\$?(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{1,2}))?", text.strip(), re.ASCII)
    if not found:
        raise Invalid(f"“{text[:40]}” is not an amount of money such as 1234.50.")
    whole, decimals = found.groups()
    return int(whole.replace(",", "")) * 100 + int((decimals or "0").ljust(2, "0"))
