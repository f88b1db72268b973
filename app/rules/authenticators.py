"""Authenticator apps: a secret that they share with the portal, and codes that are taken once (LOGIN-10)."""

from datetime import UTC, datetime

import pyotp

from app.rules.sealed import seal, unseal
from app.rules.settings import settings
from db import sql

SECONDS = 30  # a code lasts as long
AROUND = (0, -1, 1)  # steps of the clock that count: now, and one either way
PURPOSE = "authenticator"


def new_secret() -> str:
    return pyotp.random_base32()


def sealed(secret: str) -> str:
    return seal(PURPOSE, secret)


def unsealed(text: str) -> str:
    return unseal(PURPOSE, text)


def address(secret: str, email: str) -> str:
    """What an app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=settings.distributor)


def digits_of(typed: str) -> str:
    """A code as apps show it, with or without blanks between."""
    code = "".join(typed.split())
    return code if len(code) == 6 and code.isascii() and code.isdigit() else ""


def counter_of(secret: str, typed: str) -> int:
    """The step of the clock whose code this is; 0 for a code of no step around now."""
    code, now = digits_of(typed), int(datetime.now(UTC).timestamp()) // SECONDS
    made = pyotp.TOTP(secret)
    fits = (now + step for step in AROUND if code and pyotp.utils.strings_equal(code, made.generate_otp(now + step)))
    return next(fits, 0)


async def take(user_id: int, typed: str) -> bool:
    """Whether it is a code of the person's app; the same code is taken once, by one of two at once."""
    kept = await sql.value(
        'SELECT sealed_secret FROM authenticators WHERE "user" = $1 AND confirmed_at IS NOT NULL', user_id
    )
    counter = counter_of(unsealed(kept), typed) if kept else 0
    if not counter:
        return False
    taken = await sql.value(
        """UPDATE authenticators SET last_counter = $2 WHERE "user" = $1 AND confirmed_at IS NOT NULL
            AND sealed_secret = $3 AND last_counter < $2 RETURNING id""",
        *(user_id, counter, kept),
    )
    return taken is not None


async def keep(user_id: int, secret: str, counter: int) -> None:
    """The app of the person from now on; `counter` is of the code that confirmed it."""
    now = datetime.now(UTC)
    await sql.run(
        """INSERT INTO authenticators ("user", sealed_secret, confirmed_at, last_counter, made_at)
        VALUES ($1, $2, $3, $4, $3) ON CONFLICT ("user") DO UPDATE SET sealed_secret = excluded.sealed_secret,
            confirmed_at = excluded.confirmed_at, last_counter = excluded.last_counter, made_at = excluded.made_at""",
        *(user_id, sealed(secret), now, counter),
    )
