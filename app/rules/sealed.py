"""Secrets that the database keeps: sealed with the portal's own secret, so that a copy of the database shows none."""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken

from app.rules.secret import key_for


class Unreadable(ValueError):
    """Sealed with another secret, or changed."""


@lru_cache(maxsize=8)
def _box(purpose: str) -> Fernet:
    return Fernet(key_for(purpose))


def seal(purpose: str, text: str) -> str:
    """Ciphertext that only this purpose opens again."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(purpose: str, sealed: str) -> str:
    """Raises Unreadable."""
    try:
        return _box(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as wrong:
        raise Unreadable("This was sealed with another secret of the portal.") from wrong
