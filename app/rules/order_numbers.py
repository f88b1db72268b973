"""Order numbers: short, without signs that look alike, not to be guessed from one another."""

import re
import secrets

SIGNS = "234679CDFGHJKMNPQRTVWXY"
LENGTH, LONGEST = 5, 8
PATTERN = re.compile(r"[0-9A-Z]{2}-[0-9A-Z]{1,8}")


def drawn(attempt: int = 0) -> str:
    """A number such as 20-RK7Q2; longer by a sign for each two attempts that met a taken one."""
    length = min(LENGTH + attempt // 2, LONGEST)
    return "20-" + "".join(secrets.choice(SIGNS) for _ in range(length))


def typed(text: str) -> str | None:
    """The order number that somebody typed, in any case; None for what cannot be one."""
    number = "".join(text.split()).upper()
    return number if number.isascii() and PATTERN.fullmatch(number) else None
