"""The portal's own secret, for tokens that it must know again: from the settings, or made once in the data folder."""

import base64
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from app.rules.settings import settings

LETTERS = 32  # 128 bits


@lru_cache(maxsize=1)
def _secret() -> bytes:
    if settings.secret:
        return settings.secret.encode()
    file = Path(settings.data_dir) / "secret"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        made = file.with_suffix(f".{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            os.link(made, file)
        except FileExistsError:
            pass  # another process was first: its secret counts
        finally:
            made.unlink()
    return file.read_bytes()


def token_for(purpose: str, bound_to: str) -> str:
    """A token that only this portal can make, for one purpose and one session, address or form."""
    return hmac.digest(_secret(), f"{purpose}\0{bound_to}".encode(), "sha256").hex()[:LETTERS]


def key_for(purpose: str) -> bytes:
    """A key of 32 bytes in base64url for one purpose."""
    return base64.urlsafe_b64encode(hmac.digest(_secret(), f"key\0{purpose}".encode(), "sha256"))


def is_token_for(token: str, purpose: str, bound_to: str) -> bool:
    return token.isascii() and hmac.compare_digest(token.encode(), token_for(purpose, bound_to).encode())
