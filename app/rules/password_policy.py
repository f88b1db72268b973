"""What a password must be: one list for the page, for the ticks beside the field, and for the check (LOGIN-4)."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.rules import passwords
from app.rules.common_passwords import is_common
from app.rules.passwords import LONGEST
from app.rules.refusals import Invalid, Missing
from app.rules.settings import settings
from db import sql

ASKS = "/password-requirements/common"  # the list of common ones is too long for a page
MOST_FOLDED = 5 * LONGEST
SHORTEST_NAME = 4  # letters of a name, address or company that a password must not hold
WHO = """
SELECT u.name, u.email, u.password_hash, u.password_is_temporary, c.name AS company,
    u.is_administrator OR u.company IS NULL AS is_privileged
FROM users u LEFT JOIN companies c ON c.id = u.company WHERE u.id = $1 AND u.deleted_at IS NULL
"""
PAST = 'SELECT password_hash FROM past_passwords WHERE "user" = $1 ORDER BY set_at DESC, id DESC LIMIT $2'


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of the list. A browser ticks it by `pattern`, by what it `lacks`, or by what the address in `asks` says.

    `lacks` are words without accents, in lower case. Without any of them it is known only once a password is set.
    """

    code: str
    label: str
    is_met: Callable[[str], bool]
    pattern: str = ""
    lacks: tuple[str, ...] = ()
    asks: str = ""


def folded(text: str) -> str:
    """Text as names are compared: without case and accents; no more of it than any of them needs.

    Sorting the accents of a long text takes seconds, in which nobody else is answered.
    """
    apart = unicodedata.normalize("NFKD", text[:MOST_FOLDED].casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


def name_parts(names: Iterable[str]) -> tuple[str, ...]:
    """The words of names, addresses and companies that are long enough to count; the end of a domain is none."""
    found: dict[str, None] = {}
    for name in names:
        text = name.rpartition(".")[0] if "@" in name else name
        words = re.split(r"[\W\d_]+", folded(text))
        found.update(dict.fromkeys(word for word in words if len(word) >= SHORTEST_NAME))
    return tuple(found)


def _class(code: str, label: str, holds: Callable[[str], bool], pattern: str) -> Requirement:
    """A kind of character; from `PORTAL_PASSWORD_FREE_LENGTH` on only the length counts."""
    free = settings.password_free_length

    def is_met(password: str) -> bool:
        return len(password) >= free or any(holds(char) for char in password)

    return Requirement(code, label, is_met, rf"{pattern}|^.{{{free},}}$")


def _is_special(char: str) -> bool:
    return not char.isalpha() and not unicodedata.category(char).startswith(("N", "M"))


def _length(is_privileged: bool) -> Requirement:
    least = settings.password_length_administrators if is_privileged else settings.password_length

    def is_met(password: str) -> bool:
        return least <= len(password) <= LONGEST

    return Requirement(
        "length", f"At least {least} characters, at most {LONGEST}", is_met, rf"^.{{{least},{LONGEST}}}$"
    )


def _classes() -> list[Requirement]:
    return [
        _class("upper", "An upper-case letter", str.isupper, r"\p{Lu}"),
        _class("lower", "A lower-case letter", str.islower, r"\p{Ll}"),
        _class("digit", "A digit", str.isdecimal, r"\p{Nd}"),
        _class("special", "A special character, such as ! - # or a blank", _is_special, r"[^\p{L}\p{N}\p{M}]"),
    ]


def _names(names: Iterable[str]) -> Requirement:
    parts = name_parts(names)

    def is_met(password: str) -> bool:
        return not any(part in folded(password) for part in parts)

    named = f" ({', '.join(parts)})" if parts else ""
    return Requirement(
        "names", f"Without your name, e-mail address or company{named}", is_met, "" if parts else "^", parts
    )


def requirements(is_privileged: bool, names: Iterable[str] = ()) -> list[Requirement]:
    """What a new password must be, from the live settings; the last ten are compared by `check_new` alone."""
    common = Requirement("common", "Not a common password or word, also with digits round it", is_uncommon, asks=ASKS)
    past = Requirement("past", f"Not one of your last {settings.past_passwords}", _is_nowhere)
    return [_length(is_privileged), *_classes(), _names(names), common, past]


def is_uncommon(password: str) -> bool:
    return not is_common(password[:LONGEST])


def _is_nowhere(_: str) -> bool:
    return True


async def requirements_for(user_id: int) -> list[Requirement]:
    """The list for one person; raises Missing."""
    who = await sql.row(WHO, user_id)
    if who is None:
        raise Missing
    return requirements(bool(who["is_privileged"]), (who["name"], who["email"], who["company"] or settings.distributor))


async def check_new(user_id: int, password: str) -> None:
    """Raise Invalid({"new_password": …}) with everything that is missing. Slow: outside any transaction."""
    await check_requirements(user_id, password)
    await check_past(user_id, password)


async def check_requirements(user_id: int, password: str) -> None:
    """The quick half of `check_new`."""
    if not password:
        raise Invalid({"new_password": "Type a new password."})
    lacking = [one.label for one in await requirements_for(user_id) if not one.is_met(password)]
    if lacking:
        raise Invalid({"new_password": f"This does not fit yet. {'. '.join(lacking)}."})


async def check_past(user_id: int, password: str) -> None:
    """The slow half: a quarter of a second for each of the last passwords. Raises Invalid or Overloaded."""
    if await passwords.fits_any(password, await _last(user_id)):
        words = f"You have had this password before. Choose one that is not among your last {settings.past_passwords}."
        raise Invalid({"new_password": words})


async def _last(user_id: int) -> list[str]:
    """The hashes of the last passwords, the newest first; one that was mailed is among the past ones already."""
    who = await sql.row(WHO, user_id)
    current = [who["password_hash"]] if who and who["password_hash"] and not who["password_is_temporary"] else []
    past = await sql.rows(PAST, user_id, settings.past_passwords)
    return [*current, *(row["password_hash"] for row in past)][: settings.past_passwords]
