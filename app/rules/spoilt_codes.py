"""What a code may have been before a spreadsheet, or a list without columns, took it for something else."""

import re

EXPONENT = re.compile(r"([0-9])(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,3})")
A_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T].*)?|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{2}|[0-9]{4})")
MOST_ZEROS = 60
UPCS = (8, 12, 13, 14)  # how many digits they have
SPOILT = "A spreadsheet seems to have turned this code into a {}."


def guesses(code: str, quantity: str) -> tuple[str, ...]:
    """Codes that may have been meant by one that is in no catalogue."""
    return (*_before_number(code), *_before_zeros(code), *_before_split(code, quantity))


def _before_number(code: str) -> tuple[str, ...]:
    """24E40 shows as 2.4E+41; written out it is 24 and forty zeros."""
    if found := EXPONENT.fullmatch(code):
        digits = found[1] + (found[2] or "").rstrip("0")
        zeros = int(found[3]) - len(digits) + 1
    elif code.isascii() and code.isdigit():
        digits = code.rstrip("0")
        zeros = len(code) - len(digits)
    else:
        return ()
    if not digits or not 3 <= zeros <= MOST_ZEROS:
        return ()
    return tuple(f"{digits}{'0' * more}E{zeros - more}" for more in range(3))


def _before_zeros(code: str) -> tuple[str, ...]:
    """Leading zeros, which a number does not have: up to three, or up to the length of a UPC."""
    if not (code.isascii() and code.isdigit()) or len(code) >= max(UPCS):
        return ()
    return tuple(
        code.zfill(length) for length in sorted({*range(len(code) + 1, len(code) + 4), *UPCS}) if length > len(code)
    )


def _before_split(code: str, quantity: str) -> tuple[str, ...]:
    """A code with a blank in it, of which one end looked like the quantity."""
    if not code or not (quantity.isascii() and quantity.isdigit()) or quantity == "1":
        return ()
    return f"{code} {quantity}", f"{quantity} {code}"


def why_unknown(code: str, quantity: str, is_likely: bool) -> str:
    """Why a code names nothing, where `is_likely` says whether one of the guesses does."""
    if EXPONENT.fullmatch(code) or (is_likely and code.isdigit()):
        return SPOILT.format("number") + (" Choose what it was." if is_likely else " Type it again.")
    if A_DAY.fullmatch(code):
        return SPOILT.format("date") + " Type it again."
    if is_likely:
        return f"No product has the code “{code}”. Is “{quantity}” a part of it?"
    return f"No product has the SKU, VPN, UPC or own part number “{code}”. Search for it, or check the code."
