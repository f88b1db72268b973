"""What hostile and clumsy people type, and a plain model of what each kind of field takes of it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import quote_plus

from app.rules import products

Fits = Callable[[str], bool]

NASTY = {
    "nothing": "",
    "blanks": "   ",
    "NUL": "a\0b",
    "half a pair": "a\ud83d",
    "no UTF-8": "\udcff\udcfe",
    "an escape": "\x1b[31mred",
    "zero": "0",
    "minus one": "-1",
    "a half": "½",
    "one and a half": "1.5",
    "an exponent": "1e9",
    "Arabic digits": "٣",
    "wide digits": "１２",
    "a padded one": " 1 ",
    "an underscore": "1_0",
    "2^31": str(2**31),
    "2^63": str(2**63),
    "100,000 digits": "9" * 100_000,
    "an emoji": "👩🏽‍💻",
    "right to left": "\u202emoc.live \u0627\u0644",
    "combining marks": "e" + "\u0301" * 5_000,
    "decomposed": "Cafe\u0301",
    "a script": "<script>alert(1)</script>",
    "an attribute": "\" autofocus onfocus=alert(1) x='",
    "SQL": "'; DROP TABLE orders; --",
    "a wildcard": "%_\\%",
    "a header": "a\r\nBcc: evil@evil.example",
    "a template": "{{7*7}} {% raw %} %s ${7} #{7}",
    "a formula": "=cmd|' /C calc'!A0",
    "5,000 letters": "x" * 5_000,
    "nobody's word": "rocket",
}
CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
UNKEPT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def encoded(text: str) -> str:
    """As a browser that sends any bytes would write it; half a pair becomes bytes that are no UTF-8."""
    raw = b"".join(_bytes(char) for char in text)
    return quote_plus(raw)


def _bytes(char: str) -> bytes:
    if "\udc80" <= char <= "\udcff":
        return bytes([ord(char) - 0xDC00])
    return char.encode("utf-8", "surrogatepass")


def text(limit: int, required: bool = False) -> Fits:
    def fits(typed: str) -> bool:
        kept = typed.strip().replace("\r\n", "\n")
        return not UNKEPT.search(kept) and len(kept) <= limit and bool(kept or not required)

    return fits


def whole(low: int, high: int) -> Fits:
    return lambda typed: bool(re.fullmatch("[0-9]{1,12}", typed.strip())) and low <= int(typed) <= high


def figure(low: float, high: float) -> Fits:
    """Empty, or an amount with at most two decimals."""

    def fits(typed: str) -> bool:
        kept = typed.strip()
        return not kept or (bool(re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", kept)) and low <= float(kept) <= high)

    return fits


def one_of(*allowed: str) -> Fits:
    return lambda typed: typed.strip() in allowed


def country(typed: str) -> bool:
    return bool(re.fullmatch("[A-Z]{2}", typed.strip().upper()))


def day_to_come(typed: str) -> bool:
    """Empty, or a day of the coming year."""
    if not typed.strip():
        return True
    try:
        return timedelta() <= date.fromisoformat(typed.strip()) - products.today() <= timedelta(days=366)
    except ValueError:
        return False


def anything(_: str) -> bool:
    return True


def nothing(_: str) -> bool:
    return False
