"""Chance that comes out the same each time, and the codes that products and orders are known by."""

from random import Random

from app.rules import order_numbers

# No vowels, so that no code spells a word, and nothing that looks like something else.
LETTERS = "CDFGHJKMNPQRTWXY"
SIGNS = LETTERS + "34679"
SIGNS_AFTER = len(SIGNS) ** 5
SKUS = len(LETTERS) * SIGNS_AFTER
STRIDE = 34_567_891  # a prime that divides no part of SKUS, so that every SKU comes up once


def dice(seed: int, about: str) -> Random:
    """Throws that depend on the seed and on what they are for, so that one part never shifts another."""
    return Random(f"{seed}/{about}")  # noqa: S311 (made-up goods, not a secret)


def sku(index: int) -> str:
    """The SKU of the product with this index: six signs, the first a letter, never the same twice."""
    rest = (index + 1) * STRIDE % SKUS
    first, rest = divmod(rest, SIGNS_AFTER)
    signs = LETTERS[first]
    for _ in range(5):
        rest, sign = divmod(rest, len(SIGNS))
        signs += SIGNS[sign]
    return signs


def upc(index: int) -> str:
    """Thirteen digits with a valid check digit, from the range that is kept for use inside one house."""
    digits = f"20{(index + 1) * 7_919_393 % 10**10:010d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def order_number(throws: Random) -> str:
    """A number such as 20-RK7Q4."""
    return "20-" + "".join(throws.choices(order_numbers.SIGNS, k=order_numbers.LENGTH))
