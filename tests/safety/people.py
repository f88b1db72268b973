"""People made from the vocabulary: one for each privilege that there is, one for each that is lacking, one a role."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from app.rules import sessions
from app.rules.privileges import ALL, Privilege, Role
from app.rules.sealed import seal
from db import sql
from db.second_steps import Authenticator
from tests.browser import Browser
from tests.cast import APP_SECRET, Cast, Person, new_person

BRIGHTBYTE, COASTLINE, DESK = "Brightbyte", "Coastline", ""


@dataclass(frozen=True)
class Someone:
    """What a person may do, as the vocabulary says; nobody in particular yet."""

    label: str
    company: str = DESK
    privileges: frozenset[Privilege] = frozenset()
    roles: frozenset[Role] = frozenset()
    is_administrator: bool = False
    is_acted: bool = False  # staff see the portal as this person
    signed_in: bool = True

    def may(self, privilege: Privilege) -> bool:
        return bool(self.company) and (self.is_administrator or privilege in self.privileges)


def with_needed(privilege: Privilege) -> frozenset[Privilege]:
    """The privilege and all that it needs."""
    return frozenset({privilege}).union(*(with_needed(one) for one in privilege.needs))


def without(privilege: Privilege) -> frozenset[Privilege]:
    """Every privilege but this one and what needs it."""
    return frozenset(one for one in ALL if privilege not in with_needed(one))


def holders(company: str) -> list[Someone]:
    """For each privilege somebody who holds it, what it needs, and no more."""
    return [Someone(f"{company}, only {one}", company, with_needed(one)) for one in Privilege]


def lackers(company: str) -> list[Someone]:
    """For each privilege somebody who holds all the others, as far as they can be held."""
    return [Someone(f"{company}, all but {one}", company, without(one)) for one in Privilege]


def at_the_edges(company: str) -> list[Someone]:
    """Nothing, all, and the website administrator; and staff who act as each of the last two."""
    with_all = Someone(f"{company}, all", company, ALL)
    administrator = Someone(f"{company}, administrator", company, is_administrator=True)
    acted = [replace(one, label=f"{one.label}, acted", is_acted=True) for one in (with_all, administrator)]
    return [Someone(f"{company}, nothing", company), with_all, administrator, *acted]


def staff() -> list[Someone]:
    """For each role somebody who holds it alone, and somebody without any."""
    return [Someone("staff without a role"), *(Someone(f"staff, {one}", roles=frozenset({one})) for one in Role)]


ADMINISTRATOR = Someone("who may do all at Brightbyte", BRIGHTBYTE, is_administrator=True)
EVERY_ROLE = Someone("who may do all at the desk", roles=frozenset(Role))
VISITOR = Someone("a visitor", signed_in=False)
GROUPS: dict[str, list[Someone]] = {
    "who holds one privilege at Brightbyte": holders(BRIGHTBYTE),
    "who lacks one privilege at Brightbyte": lackers(BRIGHTBYTE),
    "who holds one privilege at Coastline": holders(COASTLINE),
    "who lacks one privilege at Coastline": lackers(COASTLINE),
    "who holds nothing or all": [*at_the_edges(BRIGHTBYTE), *at_the_edges(COASTLINE)],
    "the desk and visitors": [*staff(), VISITOR],
}
EVERYBODY = [one for group in GROUPS.values() for one in group]


def company_of(cast: Cast, one: Someone) -> int | None:
    return {BRIGHTBYTE: cast.brightbyte, COASTLINE: cast.coastline}.get(one.company)


_numbers = count(1)


async def arrive(browser: Browser, cast: Cast, one: Someone) -> Person | None:
    """Make the person and let the browser be theirs; a visitor has a page with a form open."""
    browser.sign_out()
    if not one.signed_in:
        await browser.get("/login")
        return None
    person = await _new(cast, one)
    browser.plant(await _session(cast, one, person))
    return person


async def _new(cast: Cast, one: Someone) -> Person:
    role, email = " ".join(sorted(one.roles)), f"one{next(_numbers)}@everybody.example"
    async with sql.transaction():
        person = await new_person(
            one.label, email, company_of(cast, one), *one.privileges, administrator=one.is_administrator, role=role
        )
        if not role:  # staff have one from the cast; without it there are no passkeys
            sealed, now = seal("authenticator", APP_SECRET), datetime.now(UTC)
            await Authenticator.insert(
                Authenticator(user=person.id, sealed_secret=sealed, confirmed_at=now, made_at=now)
            )
    return person


async def _session(cast: Cast, one: Someone, person: Person) -> str:
    """A session of the person, who gave the password just now, or of Moana who acts as the person."""
    whose = cast.moana if one.is_acted else person
    token = await sessions.start(whose.id, whose.email, "127.0.0.1", "tests")
    given = "UPDATE sessions SET password_given_at = $1 WHERE token_hash = $2"
    await sql.run(given, datetime.now(UTC), sessions.digest(token))
    if one.is_acted:
        await sql.run(
            "UPDATE sessions SET acting_as = $1, acting_until = $2 WHERE token_hash = $3",
            *(person.id, datetime.now(UTC) + timedelta(hours=1), sessions.digest(token)),
        )
    return token
