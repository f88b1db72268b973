"""Passkeys: offered beside the app's codes, bound to the portal's own address by the browser (LOGIN-10)."""

import ipaddress
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from fido2 import cbor
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.rules.refusals import Invalid, Missing
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql
from db.sql import Row

T = TypeVar("T")
VERIFIED = UserVerificationRequirement.REQUIRED  # by a PIN, a finger or a face, not by a touch alone
UNKNOWN_MODEL = bytes(16)
LONGEST = 20_000  # characters of what a browser answers
LONGEST_ID = 700
PORTS = {"http": 80, "https": 443}
ALGORITHM = 3  # where a COSE key names its own
MOST = 10
NO_HOST = "Passkeys need the portal to have a host name; at a bare network address there are none."
NOT_THIS = "The browser's answer does not fit. Start again."
KNOWN_ALREADY = "This passkey is known already."
OF = 'SELECT id, credential, public_key, sign_count, name, made_at, last_used_at FROM passkeys WHERE "user" = $1'


class NoMatch(Exception):
    """The answer of an authenticator that is not the one that was asked for."""


def _host() -> str:
    return urlsplit(settings.base_url or "http://localhost").hostname or ""


def why_none() -> str:
    """Why passkeys cannot be offered at all; empty where they can."""
    try:
        ipaddress.ip_address(_host())
    except ValueError:
        return "" if _host() else NO_HOST
    return NO_HOST


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port or PORTS.get(parts.scheme)


def is_ours(origin: str) -> bool:
    """Whether a page of the portal asked; while no address is set, one on this machine."""
    if settings.base_url:
        return _origin(origin) == _origin(settings.base_url)
    return _origin(origin)[:2] == ("http", "localhost")


def _server() -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=_host(), name=settings.distributor), verify_origin=is_ours)


def _kept(row: Row) -> AttestedCredentialData:
    key: Any = cbor.decode(websafe_decode(row["public_key"]))
    return AttestedCredentialData.create(UNKNOWN_MODEL, websafe_decode(row["credential"]), CoseKey.parse(key))


def _options(made: Any) -> str:
    """What the browser is asked, as the JSON that it takes."""
    return json.dumps(dict(made.public_key))


def _state(challenge: str) -> dict[str, Any]:
    return {"challenge": challenge, "user_verification": VERIFIED}


def _stranger(check: Callable[[dict[str, Any]], T], text: str) -> T:
    """What `check` makes of the browser's answer; raises NoMatch for whatever it does not like."""
    if not 0 < len(text) <= LONGEST:
        raise NoMatch
    try:
        answer = json.loads(text)
        if not isinstance(answer, dict):
            raise NoMatch
        return check(answer)
    except Exception as wrong:  # a parser of what a stranger sends raises whatever it stumbles over
        raise NoMatch from wrong


async def of(user_id: int) -> list[Row]:
    """The person's passkeys, oldest first."""
    return await sql.rows(f"{OF} ORDER BY id", user_id)


def asked_to_make(viewer: Viewer, held: list[Row], challenge: str) -> str:
    """What the browser is asked to make a passkey; none where one of those held is already."""
    user = PublicKeyCredentialUserEntity(id=f"user {viewer.id}".encode(), name=viewer.email, display_name=viewer.name)
    options, _ = _server().register_begin(
        user,
        [_kept(row) for row in held],
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=VERIFIED,
        challenge=websafe_decode(challenge),
    )
    return _options(options)


def asked_to_use(held: list[Row], challenge: str) -> str:
    """What the browser is asked to use one of these."""
    options, _ = _server().authenticate_begin(
        [_kept(row) for row in held], user_verification=VERIFIED, challenge=websafe_decode(challenge)
    )
    return _options(options)


async def add(user_id: int, challenge: str, answer: str, name: str) -> None:
    """Keep the passkey that the browser has made; raises Invalid."""

    def check(given: dict[str, Any]) -> AttestedCredentialData:
        made = _server().register_complete(_state(challenge), RegistrationResponse.from_dict(given)).credential_data
        known = made and made.public_key.get(ALGORITHM) in CoseKey.supported_algorithms()
        if made is None or not known or len(websafe_encode(made.credential_id)) > LONGEST_ID:
            raise NoMatch
        return made

    try:
        made = _stranger(check, answer)
    except NoMatch as wrong:
        raise Invalid(NOT_THIS) from wrong
    kept = await sql.value(
        """INSERT INTO passkeys ("user", credential, public_key, sign_count, name, made_at)
        VALUES ($1, $2, $3, 0, $4, $5) ON CONFLICT DO NOTHING RETURNING id""",
        *(user_id, websafe_encode(made.credential_id)),
        *(websafe_encode(cbor.encode(made.public_key)), name, datetime.now(UTC)),
    )
    if kept is None:
        raise Invalid(KNOWN_ALREADY)


async def take(user_id: int, challenge: str, answer: str) -> bool:
    """Whether one of the person's passkeys has signed the challenge.

    One that counts its signatures and has counted no further is a copy, and not taken.
    """
    held = [_kept(row) for row in await of(user_id)]

    def check(given: dict[str, Any]) -> tuple[str, int]:
        response = AuthenticationResponse.from_dict(given)
        used = _server().authenticate_complete(_state(challenge), held, response)
        return websafe_encode(used.credential_id), response.response.authenticator_data.counter

    try:
        credential, count = _stranger(check, answer)
    except NoMatch:
        return False
    taken = await sql.value(
        """UPDATE passkeys SET sign_count = $3, last_used_at = $4 WHERE "user" = $1 AND credential = $2
            AND (sign_count < $3 OR (sign_count = 0 AND $3 = 0)) RETURNING id""",
        *(user_id, credential, count, datetime.now(UTC)),
    )
    return taken is not None


async def rename(user_id: int, passkey_id: int, name: str) -> None:
    """Raises Missing for another's."""
    await _own('UPDATE passkeys SET name = $3 WHERE id = $1 AND "user" = $2 RETURNING id', passkey_id, user_id, name)


async def remove(user_id: int, passkey_id: int) -> None:
    """Raises Missing for another's."""
    await _own('DELETE FROM passkeys WHERE id = $1 AND "user" = $2 RETURNING id', passkey_id, user_id)


async def _own(statement: str, passkey_id: int, user_id: int, *more: str) -> None:
    if not 0 < passkey_id < 2**31 or await sql.value(statement, passkey_id, user_id, *more) is None:
        raise Missing


async def forget(user_id: int) -> None:
    await sql.run('DELETE FROM passkeys WHERE "user" = $1', user_id)
