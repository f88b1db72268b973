"""What each door asks for is what the rules say: by its address, so that a door with the wrong guard fails too."""

import pytest

from app.routes.guards import open_to_all, signed_in
from app.rules.privileges import Privilege, Role
from tests.rules_named import rule
from tests.safety.claims import guards_of
from tests.safety.portal_map import Door, doors, named

P = Privilege
DESK, ANYBODY, LOGGED_IN, ADMINISTRATORS, ONESELF = "the desk", "anybody", "logged in", "administrators", "oneself"
OF_A_COMPANY = "of a company"
# What must be asked for at an address and below; the longest that fits counts.
ASKED: dict[str, set[object]] = {
    "/": {ANYBODY},
    "/{elsewhere:path}": {ANYBODY},
    "/products": {ANYBODY},
    "/products/{sku:str}/favourite": {OF_A_COMPANY},
    "/favourites": {OF_A_COMPANY},
    "/favourites/basket": {OF_A_COMPANY, P.USE_BASKETS},
    "/searches": {OF_A_COMPANY},
    "/login": {ANYBODY},
    "/password": {ANYBODY},
    "/password-requirements": {ANYBODY},
    "/become-a-reseller": {ANYBODY},
    "/email-changes": {ANYBODY},
    "/notification-addresses": {ANYBODY},
    "/staff/{token:str}": {ANYBODY},
    "/healthz": {ANYBODY},
    "/readyz": {ANYBODY},
    "/metrics": {ANYBODY},
    "/logout": {LOGGED_IN},
    "/acting/removal": {LOGGED_IN},
    "/welcome": {ONESELF},
    "/settings": {LOGGED_IN},
    "/baskets": {P.USE_BASKETS},
    "/company-baskets": {P.USE_BASKETS},
    "/part-numbers": {P.USE_BASKETS},
    "/quick-order": {P.USE_BASKETS},
    "/baskets/{basket_id:int}/order": {P.PLACE_ORDERS},
    "/orders": {P.SEE_OWN_ORDERS},
    "/account": {LOGGED_IN},
    "/account/profile/email": {ONESELF},
    "/account/profile/password": {ONESELF},
    "/account/profile/challenge": {ONESELF},
    "/account/profile/second-step": {ONESELF},
    "/account/profile/sessions": {ONESELF},
    "/account/profile/notifications/{code:str}/addresses": {ONESELF},
    "/account/users/second-step": {ADMINISTRATORS, ONESELF},
    "/account/addresses": {P.PLACE_ORDERS},
    "/account/addresses/new": {P.PLACE_ORDERS, P.DELIVER_ANYWHERE},
    "/account/addresses/{address_id:int}": {P.PLACE_ORDERS, P.DELIVER_ANYWHERE},
    "/account/users": {ADMINISTRATORS},
    "/account/users/{user_id:int}/password": {ADMINISTRATORS, ONESELF},
    "/account/audit": {ADMINISTRATORS},
    "/desk": {DESK},
    "/desk/applications": {DESK, Role.SALES},
    "/desk/cases": {DESK, Role.SALES},
    "/desk/companies": {DESK, Role.SALES, Role.CREDIT},
    "/desk/companies/{company_id:int}": {DESK, Role.SALES},
    "/desk/companies/{company_id:int}/limit": {DESK, Role.CREDIT},
    "/desk/staff": {DESK, Role.ADMINISTRATOR},
    "/desk/audit": {DESK, Role.ADMINISTRATOR},
}


def claims_of(door: Door) -> set[object]:
    """What the guards of the door ask for, in the words of the table."""
    found: set[object] = set()
    for guard in guards_of(door):
        found |= {guard.privilege} if hasattr(guard, "privilege") else set()
        found |= {DESK, *guard.roles} if hasattr(guard, "roles") else set()
        found |= {ADMINISTRATORS} if hasattr(guard, "administrators") else set()
        found |= {OF_A_COMPANY} if hasattr(guard, "of_company") else set()
        found |= {ONESELF} if hasattr(guard, "own_hands") else set()
        found |= {ANYBODY} if guard is open_to_all else {LOGGED_IN} if guard is signed_in else set()
    return found


def wanted(door: Door) -> set[object]:
    """What the table says for this address; raises where it says nothing."""
    under = [
        path for path in ASKED if door.path == path or (door.path.startswith(f"{path.rstrip('/')}/") and path != "/")
    ]
    assert under, f"{door.name}: no rule says who may pass"
    return ASKED[max(under, key=len)]


@rule("USER-4", "DESK-1")
@pytest.mark.parametrize("door", doors(), ids=named)
def test_each_door_asks_for_what_the_rules_say(door: Door) -> None:
    asked = claims_of(door)
    assert wanted(door) <= asked, door.name
    if ANYBODY not in wanted(door):
        assert ANYBODY not in asked, door.name
    assert not {one for one in asked if isinstance(one, Role)} or DESK in wanted(door)
