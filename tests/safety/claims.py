"""What a door says of who may pass it, and what it must therefore answer: derived from its guards alone."""

from app.routes.guards import open_to_all, signed_in
from app.rules.notifications import KINDS
from app.rules.privileges import Role
from tests.safety.people import Someone
from tests.safety.portal_map import Door

PREFERENCES = "/account/profile/notifications"
LED_TO_LOG_IN = {"GET": 303, "POST": 401}


def admits(guard: object, one: Someone) -> bool:
    """Whether this guard lets the person pass; raises AssertionError for a guard of an unknown kind."""
    if guard is open_to_all:
        return True
    if guard is signed_in:
        return one.signed_in
    if hasattr(guard, "of_company"):
        return bool(one.company)
    if hasattr(guard, "own_hands"):
        return one.signed_in and not one.is_acted
    if hasattr(guard, "privilege"):
        return one.may(guard.privilege)
    if hasattr(guard, "administrators"):
        return bool(one.company) and one.is_administrator
    assert hasattr(guard, "roles"), f"nobody knows what {guard} asks for"
    return (
        one.signed_in and not one.company and (not guard.roles or bool(one.roles & {Role.ADMINISTRATOR, *guard.roles}))
    )


def guards_of(door: Door) -> list[object]:
    found: list[object] = list(door.handler.resolve_guards())
    assert found, f"{door.name} does not say who may pass"
    return found


def is_open(door: Door) -> bool:
    return all(guard is open_to_all for guard in guards_of(door))


def for_the_desk(door: Door) -> bool:
    """Whether staff pass here: they see the things of every company."""
    return any(hasattr(guard, "roles") for guard in guards_of(door))


def refused_by_rules(door: Door, one: Someone) -> bool:
    """What no guard can say: mail and Quick Links are for users of companies, a type of mail for who may read it."""
    if one.signed_in and (door.name == "POST /settings" or door.path.startswith(PREFERENCES)):
        return not one.company or ("code" in door.holes and not any(map(one.may, KINDS[0].privileges)))
    return False


def refusal(door: Door, one: Someone) -> int:
    """The status with which the door turns the person away, whatever is asked for; 0 for who may pass."""
    if all(admits(guard, one) for guard in guards_of(door)) and not refused_by_rules(door, one):
        return 0
    return 403 if one.signed_in else LED_TO_LOG_IN[door.method]
