"""Addresses that came with a request, which may be anything at all."""

from urllib.parse import SplitResult, urlsplit

NOWHERE = urlsplit("")


def parts_of(address: str) -> SplitResult:
    """The address taken apart; empty parts for what is none."""
    try:
        return urlsplit(address)
    except ValueError:  # brackets without an end, of all things
        return NOWHERE
