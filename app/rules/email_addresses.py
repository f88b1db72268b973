"""E-mail addresses: how they are compared, and what mail can go to (LOGIN-1)."""

import re
import unicodedata

LONGEST = 254
# Enough to catch slips; whether somebody reads mail there only a mailed link can tell.
FORM = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+\.[^\s@<>()\[\],;:\\\"]{2,}")
WRONG = "“{}” is no e-mail address. It looks like name@company.example."


def email_key(email: str) -> str:
    """An address as it is compared: case and look-alike forms of a letter do not count.

    What no database takes becomes a sign that is in no address. No more is looked at than any address can need:
    sorting the accents of a long text takes seconds.
    """
    kept = email[: 4 * LONGEST].encode("utf-8", "replace").decode().replace("\0", "?")
    return unicodedata.normalize("NFKC", kept).strip().casefold()


def why_not(email: str) -> str:
    """What is wrong with an address; empty where mail can go to it."""
    if not email:
        return "Type an e-mail address."
    if len(email) > LONGEST or len(email_key(email)) > LONGEST:
        return f"An e-mail address has at most {LONGEST} characters."
    if not email.isprintable() or not FORM.fullmatch(email) or ".." in email or not FORM.fullmatch(email_key(email)):
        return WRONG.format(email[:60])
    return ""
